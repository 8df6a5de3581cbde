"""Issued scorecards: immutable snapshots with revisions."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from recruitwatch.errors import N_, Conflict, NotFound
from recruitwatch.scorecards.values.card import Card
from recruitwatch.scorecards.values.inputs import CardInputs
from recruitwatch.scorecards.values.words import Grade


class CurrentCard(Struct, frozen=True, kw_only=True):
    """A card as the records stand, with what it was computed from."""

    agency_id: UUID
    inputs: CardInputs
    card: Card


class IssuedLine(Struct, frozen=True, kw_only=True):
    """One line of the list of an agency's issued cards."""

    id: UUID
    revision: int
    as_of: date
    grade: Grade
    issued_at: datetime
    issued_by_name: str
    inputs_sha256: str


class IssuedCard(Struct, frozen=True, kw_only=True):
    """A card as it was issued, read from its snapshot and never computed again."""

    id: UUID
    agency_id: UUID
    revision: int
    as_of: date
    profile: str
    inputs_sha256: str
    inputs: CardInputs
    card: Card
    issued_at: datetime
    issued_by_name: str
    newest_revision: int


class CardUnknown(NotFound):
    code = "scorecard.unknown"
    sentence = N_("There is no such scorecard.")


class IssuedMeanwhile(Conflict):
    code = "scorecard.issued-meanwhile"
    sentence = N_("Somebody issued a card of this agency in the meantime. Look again.")


class NothingNew(Conflict):
    code = "scorecard.nothing-new"
    sentence = N_("Nothing has changed since the last issued card.")
