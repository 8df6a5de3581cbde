"""Issuing the cards of many agencies for one period: batch by batch by a command, or as a task of the worker.

A round may be broken off and begun again at any time: agencies whose card is there already get no second one.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.errors import N_, Message
from recruitwatch.history.queries import record_each
from recruitwatch.history.values import Action
from recruitwatch.jobs.actions import request_job
from recruitwatch.jobs.values import JobResult, JobRun, Progress
from recruitwatch.jobs.worker import JobFunction
from recruitwatch.scorecards.actions.computing import compute_cards
from recruitwatch.scorecards.queries import issuing_all as queries
from recruitwatch.scorecards.rules.freezing import (
    WrittenInputs,
    freeze,
    issued_details,
    write_inputs,
)
from recruitwatch.scorecards.rules.preparing import prepare
from recruitwatch.scorecards.rules.rounds import card_day, needs_card, parse_period
from recruitwatch.scorecards.rules.sheets import Sheets
from recruitwatch.scorecards.rules.snapshot import snapshots_of
from recruitwatch.scorecards.values.issued import CurrentCard, Snapshot
from recruitwatch.scorecards.values.public import PublicBasis, PublicCard
from recruitwatch.scorecards.values.publishing import DRAFT_DAYS
from recruitwatch.scorecards.values.rounds import FrozenCard, Newest, Period, Round

RECOMPUTE = "cards.recompute"
RECOMPUTE_TITLE = N_("Cards of %(period)s")
# Each batch reads all cases once: few large ones cost less, and each is a wait when somebody stops.
BATCH = 600
# The worker may share its process with the pages, which wait while the records of a batch are read.
TASK_BATCH = 100


class _Needed(NamedTuple):
    """A card to be issued, with its inputs as they are written."""

    current: CurrentCard
    written: WrittenInputs
    public: PublicCard
    basis: PublicBasis
    last: Newest | None


async def issue_batch(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    period: Period,
    agency_ids: Sequence[UUID],
    draft_days: int = DRAFT_DAYS,
    reason: str = "",
    through: str = "command",
) -> Round:
    """Issue the cards of these agencies as of the last day of the period, or of today while it is not
    over, to those that need one (`rules.rounds.needs_card`). At most some hundred at a time. An agency
    has its draft for `draft_days` before the card may be published."""
    day = card_day(period, now.date())
    newest = await queries.find_newest(session, agency_ids, since=period.first)
    due = [one for one in agency_ids if one not in newest or newest[one].as_of <= day]
    if not due:
        return Round(newer=len(agency_ids))
    current, sheets = await compute_cards(session, due, now, day)
    bases = await queries.find_last_bases(session, due)
    frozen = await asyncio.to_thread(_freeze_needed, current, sheets, newest, bases, period, reason)
    written = (
        await _write(session, actor, now, frozen, draft_days=draft_days, through=through)
        if frozen
        else []
    )
    return Round(
        issued=len(written),
        unchanged=len(due) - len(frozen),
        newer=len(agency_ids) - len(due),
        meanwhile=len(frozen) - len(written),
        grades=dict(Counter(one.grade.value for one in written)),
    )


def _freeze_needed(
    current: Sequence[CurrentCard],
    sheets: Sheets,
    newest: Mapping[UUID, Newest],
    bases: Mapping[UUID, Sequence[PublicBasis]],
    period: Period,
    reason: str,
) -> list[FrozenCard]:
    """Those that need a card, frozen. The inputs are written out once: for their hash, and to be kept."""
    needed = []
    for one in current:
        last = newest.get(one.agency_id)
        written = write_inputs(one.inputs)
        if last is not None and last.inputs_sha256 == written.sha256:
            continue
        public, basis = prepare(one, sheets, bases.get(one.agency_id, ()))
        if needs_card(one.inputs, public, last, period, sheets.interview_items):
            needed.append(_Needed(one, written, public, basis, last))
    snapshots = snapshots_of((one.current for one in needed), sheets)
    return [
        _frozen(one, snapshot, period, reason)
        for one, snapshot in zip(needed, snapshots, strict=True)
    ]


def _frozen(one: _Needed, snapshot: Snapshot, period: Period, reason: str) -> FrozenCard:
    return freeze(
        one.current.agency_id, one.written, snapshot, one.public, one.basis,
        card_id=uuid4(),
        revision=one.last.revision + 1 if one.last else 1,
        reason="" if one.last is None else reason or f"Issued for the period {period.name}.",
    )  # fmt: skip


async def _write(
    session: AsyncSession, actor: Actor, now: datetime, frozen: Sequence[FrozenCard],
    *, draft_days: int, through: str,
) -> list[FrozenCard]:  # fmt: skip
    """Store the cards and a line of history for each; gives those that were stored."""
    ids = await queries.insert_cards(session, actor, now, frozen, draft_days=draft_days)
    written = [one for one in frozen if one.card_id in ids]
    lines = [(("agency", one.agency_id), issued_details(one, through=through)) for one in written]
    await record_each(session, actor, Action.SCORECARD_ISSUED, lines=lines, now=now)
    return written


async def request_round(
    session: AsyncSession, actor: Actor, now: datetime, *, period: Period, reason: str = "",
    draft_days: int = DRAFT_DAYS,
) -> UUID:  # fmt: skip
    """Queue a round over all agencies; gives the task's id. Raises PeriodAhead."""
    card_day(period, now.date())
    return await request_job(
        session, actor, now, kind=RECOMPUTE,
        title=Message(RECOMPUTE_TITLE, {"period": period.name}),
        payload={"period": period.name, "reason": reason, "draft_days": draft_days},
    )  # fmt: skip


async def run_round(
    session: AsyncSession, run: JobRun, now: datetime, progress: Progress
) -> JobResult:
    """The round as a task: all of it or nothing, in the name of who asked."""
    period = parse_period(str(run.payload["period"]))
    done, total, outcome = 0, await queries.count_agencies(session), Round()
    last: UUID | None = None
    while found := await queries.list_agencies_after(session, last, limit=TASK_BATCH):
        last = found[-1][0]
        outcome += await issue_batch(
            session, run.actor, now, period=period, agency_ids=[one for one, _ in found],
            draft_days=int(str(run.payload["draft_days"])), reason=str(run.payload["reason"]),
            through="task",
        )  # fmt: skip
        done += len(found)
        await progress(done, max(done, total))
    return JobResult(address="/cards/work", report=msgspec.to_builtins(outcome))


JOBS: Mapping[str, JobFunction] = {RECOMPUTE: run_round}
"""The tasks of this feature, for the worker."""
