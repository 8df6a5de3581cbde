"""Computing cards from the records as they stand, and issuing one as an immutable snapshot."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.scorecards import queries
from recruitwatch.scorecards.rules import compute
from recruitwatch.scorecards.rules.gather import gather_all
from recruitwatch.scorecards.values.evidence import Library
from recruitwatch.scorecards.values.issued import CurrentCard, IssuedCard, NothingNew


async def compute_cards(
    session: AsyncSession, agency_ids: Sequence[UUID], as_of: date
) -> tuple[list[CurrentCard], Library]:
    """The cards of these agencies, in their order, from a constant number of statements, and the
    checklists they rest on."""
    evidence = await queries.collect_evidence(session, agency_ids, as_of)
    library = await queries.get_library(session, evidence.values())
    gathered = gather_all((evidence[agency_id] for agency_id in agency_ids), library)
    cards = [
        CurrentCard(agency_id=agency_id, inputs=inputs, card=compute(inputs))
        for agency_id, inputs in zip(agency_ids, gathered, strict=True)
    ]
    return cards, library


async def issue_scorecard(
    session: AsyncSession, actor: Actor, now: datetime, *, agency_id: UUID
) -> int:
    """Freeze today's card with its inputs; gives the revision. Issuing is not publishing.

    Raises NothingNew when the newest issued card rests on the same inputs.
    """
    newest = await queries.lock_newest_issued(session, agency_id)
    [current], _ = await compute_cards(session, [agency_id], now.date())
    inputs = msgspec.json.encode(current.inputs, order="sorted")
    digest = hashlib.sha256(inputs).hexdigest()
    if newest is not None and newest.inputs_sha256 == digest:
        raise NothingNew
    card_id = uuid4()
    revision = 1 if newest is None else newest.revision + 1
    await queries.insert_issued(
        session, actor, now, card_id=card_id, revision=revision, current=current,
        inputs=inputs.decode(), inputs_sha256=digest,
    )  # fmt: skip
    await record(
        session, actor, Action.SCORECARD_ISSUED, subject=("agency", agency_id), now=now,
        details={"card": str(card_id), "revision": revision, "grade": current.card.grade.value,
                 "inputs_sha256": digest},
    )  # fmt: skip
    return revision


async def get_issued_library(session: AsyncSession, issued: IssuedCard) -> Library:
    """The checklists whose questions an issued card names."""
    evidence = await queries.collect_evidence(session, [issued.agency_id], issued.as_of)
    return await queries.get_library(session, evidence.values())
