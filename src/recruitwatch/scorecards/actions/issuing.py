"""Issuing a card as an immutable snapshot."""

import hashlib
from datetime import datetime
from uuid import UUID, uuid4

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.scorecards import queries
from recruitwatch.scorecards.actions.computing import compute_cards
from recruitwatch.scorecards.rules.snapshot import snapshot_of
from recruitwatch.scorecards.values.issued import NothingNew


async def issue_scorecard(
    session: AsyncSession, actor: Actor, now: datetime, *, agency_id: UUID
) -> int:
    """Freeze today's card with its inputs; gives the revision. Issuing is not publishing.

    Raises NothingNew when the newest issued card rests on the same inputs.
    """
    newest = await queries.lock_newest_issued(session, agency_id)
    [current], library = await compute_cards(session, [agency_id], now)
    inputs = msgspec.json.encode(current.inputs, order="sorted")
    digest = hashlib.sha256(inputs).hexdigest()
    if newest is not None and newest.inputs_sha256 == digest:
        raise NothingNew
    card_id = uuid4()
    revision = 1 if newest is None else newest.revision + 1
    await queries.insert_issued(
        session, actor, now, card_id=card_id, revision=revision, current=current,
        snapshot=snapshot_of(current, library), inputs=inputs.decode(), inputs_sha256=digest,
    )  # fmt: skip
    await record(
        session, actor, Action.SCORECARD_ISSUED, subject=("agency", agency_id), now=now,
        details={"card": str(card_id), "revision": revision, "grade": current.card.grade.value,
                 "inputs_sha256": digest},
    )  # fmt: skip
    return revision
