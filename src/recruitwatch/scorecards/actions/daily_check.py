"""The daily check: today's cards against the newest issued ones. Nothing is issued; what differs is named.

It runs beside the pages, so it works in batches with a session each, and computes in a thread.
"""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import SYSTEM
from recruitwatch.db.engine import OpenSession
from recruitwatch.db.snapshot import read_snapshot
from recruitwatch.history.queries import list_entries, record
from recruitwatch.history.values import Action
from recruitwatch.scorecards.actions.computing import compute_cards
from recruitwatch.scorecards.queries import collect_evidence, get_library, get_whole_evidence
from recruitwatch.scorecards.queries import issuing_all as queries
from recruitwatch.scorecards.rules import last_instant
from recruitwatch.scorecards.rules.gather import gather
from recruitwatch.scorecards.rules.rounds import why_moved
from recruitwatch.scorecards.values import CardInputs
from recruitwatch.scorecards.values.issued import CurrentCard
from recruitwatch.scorecards.values.rounds import CardCheck, Cause, IssuedGrade, MovedGrade

# Reading the records of a batch holds up the pages of this process: 500 agencies did for 1.8 s, 100 for 0.07.
BATCH = 100
MOST_NAMED = 200


async def check_cards(open_session: OpenSession, now: datetime) -> None:
    """Once a day; a second call on one day does nothing."""
    async with open_session() as session, session.begin():
        if await _is_checked(session, now.date()):
            return
    found = CardCheck(day=now.date(), checked=0, same=0, never_issued=0, by_time=0, by_records=0)
    last: UUID | None = None
    while True:
        async with read_snapshot(open_session) as session:
            batch = await queries.list_agencies_after(session, last, limit=BATCH)
            if not batch:
                break
            last = batch[-1][0]
            found = _added(found, *await _check_batch(session, [one for one, _ in batch], now))
        await asyncio.sleep(0)  # pages and a stop have their turn
    async with open_session() as session, session.begin():
        await _note(session, now, found)


async def _is_checked(session: AsyncSession, day: date) -> bool:
    return bool(await list_entries(session, subject=("check", day.isoformat()), limit=1))


async def _note(session: AsyncSession, now: datetime, found: CardCheck) -> None:
    """Two workers may have checked at the same time: one line a day is enough."""
    await queries.lock_check(session)
    if await _is_checked(session, found.day):
        return
    await record(
        session, SYSTEM, Action.CARD_CHECKED, subject=("check", found.day.isoformat()), now=now,
        details=msgspec.to_builtins(found),
    )  # fmt: skip


def _added(found: CardCheck, checked: int, never: int, moved: Sequence[MovedGrade]) -> CardCheck:
    by_time = sum(one.cause is Cause.TIME for one in moved)
    return CardCheck(
        day=found.day,
        checked=found.checked + checked,
        same=found.same + checked - never - len(moved),
        never_issued=found.never_issued + never,
        by_time=found.by_time + by_time,
        by_records=found.by_records + len(moved) - by_time,
        moved=(*found.moved, *moved)[:MOST_NAMED],
    )


async def _check_batch(
    session: AsyncSession, agency_ids: list[UUID], now: datetime
) -> tuple[int, int, list[MovedGrade]]:
    """How many were checked, how many have no card to compare with, and those whose letter differs."""
    issued = await queries.find_issued_grades(session, agency_ids)
    known = [one for one in agency_ids if one in issued]
    if not known:
        return len(agency_ids), len(agency_ids), []
    current, _ = await compute_cards(session, known, now)
    moved = [one for one in current if one.card.grade is not issued[one.agency_id].grade]
    named = [await _name(session, one, issued[one.agency_id], now) for one in moved]
    return len(agency_ids), len(agency_ids) - len(known), named


async def _name(
    session: AsyncSession, current: CurrentCard, issued: IssuedGrade, now: datetime
) -> MovedGrade:
    """Say why: once more with the records of then, as of both days."""
    agency_id, then = current.agency_id, issued.issued_at.astimezone(now.tzinfo)
    until = last_instant(issued.as_of, then)
    cause = why_moved(
        await queries.get_issued_inputs(session, agency_id, issued.revision),
        current.inputs,
        reissued=await _inputs(session, agency_id, issued.as_of, until, then),
        without_news=await _inputs(session, agency_id, current.inputs.as_of, until, then),
    )
    return MovedGrade(
        agency_id=agency_id,
        agency_name=issued.agency_name,
        revision=issued.revision,
        issued=issued.grade,
        today=current.card.grade,
        cause=cause,
    )


async def _inputs(
    session: AsyncSession, agency_id: UUID, as_of: date, until: datetime, then: datetime
) -> CardInputs:
    """The facts of a card of any day from what was on record at any instant, with the corrections that
    were known when it was issued."""
    found = await collect_evidence(session, [agency_id], as_of, until, corrected_until=then)
    evidence = found[agency_id]
    inputs = gather(evidence, await get_library(session, [evidence]))
    if inputs.months_since_inspection is None:
        [evidence] = await get_whole_evidence(session, [evidence])
        inputs = gather(evidence, await get_library(session, [evidence]))
    return inputs
