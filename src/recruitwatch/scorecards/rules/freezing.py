"""A card as it is kept: the whole one, the public one and what that rests on, with their hashes."""

import hashlib
from typing import NamedTuple
from uuid import UUID

import msgspec

from recruitwatch.scorecards.values import CardInputs
from recruitwatch.scorecards.values.issued import Snapshot
from recruitwatch.scorecards.values.public import PublicBasis, PublicCard
from recruitwatch.scorecards.values.rounds import FrozenCard


class WrittenInputs(NamedTuple):
    """The facts of a card as they are kept, and their hash."""

    text: bytes
    sha256: str


def write_inputs(inputs: CardInputs) -> WrittenInputs:
    """The facts with sorted keys: the same facts have the same hash, and need no new card."""
    text = msgspec.json.encode(inputs, order="sorted")
    return WrittenInputs(text, hashlib.sha256(text).hexdigest())


def freeze(
    agency_id: UUID,
    written: WrittenInputs,
    snapshot: Snapshot,
    public: PublicCard,
    basis: PublicBasis,
    *,
    card_id: UUID,
    revision: int,
    reason: str = "",
) -> FrozenCard:
    """The card ready to be kept. The hash of the public one is that of the bytes everybody can fetch."""
    shown = msgspec.json.encode(public, order="sorted")
    return FrozenCard(
        card_id=card_id,
        agency_id=agency_id,
        revision=revision,
        as_of=snapshot.card.as_of,
        profile=snapshot.card.profile,
        grade=snapshot.card.grade,
        inputs=written.text.decode(),
        inputs_sha256=written.sha256,
        snapshot=msgspec.json.encode(snapshot).decode(),
        public_card=shown.decode(),
        public_sha256=hashlib.sha256(shown).hexdigest(),
        basis=msgspec.json.encode(basis, order="sorted").decode(),
        reason=reason,
    )


def issued_details(card: FrozenCard, **more: str) -> dict[str, object]:
    """What history says of an issued card; `more` is how it came to be issued."""
    details: dict[str, object] = {
        "card": str(card.card_id), "revision": card.revision, "grade": card.grade.value,
        "inputs_sha256": card.inputs_sha256, "public_sha256": card.public_sha256, **more,
    }  # fmt: skip
    return {**details, "reason": card.reason} if card.reason else details
