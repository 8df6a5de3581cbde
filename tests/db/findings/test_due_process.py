"""The right of reply, held by the database itself and by the actions."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from factories.accounts import store_person
from factories.findings import NOW, store_finding
from recruitwatch.accounts.values import Role
from recruitwatch.db.constraints import constraint_name, error_for
from recruitwatch.findings import queries
from recruitwatch.findings.actions import decide_finding, record_reply, serve_evidence
from recruitwatch.findings.rules import FEW_WORKERS, state_of
from recruitwatch.findings.values import (
    DateAhead,
    DecidedByInspector,
    DecidedByReviewer,
    DecidedByWorker,
    FewWorkers,
    FindingFilter,
    FindingState,
    NewDecision,
    NewStep,
    StepKind,
    StepRefused,
    Workers,
)
from recruitwatch.history.queries import list_entries

DAY = date(2026, 6, 30)
S, R, C, D = StepKind.SERVED, StepKind.REPLIED, StepKind.CONFIRMED, StepKind.DISMISSED

CASES = [
    ("reply to nothing served", [(R, 0)], "tr_finding_steps_not_served"),
    ("confirmed without service", [(C, 30)], "tr_finding_steps_not_served"),
    ("dismissed without service", [(D, 30)], "tr_finding_steps_not_served"),
    ("decided on the day of service", [(S, 0), (C, 0)], "tr_finding_steps_reply_open"),
    ("decided on the fourteenth day", [(S, 0), (C, 14)], "tr_finding_steps_reply_open"),
    ("dismissed on the fourteenth day", [(S, 0), (D, 14)], "tr_finding_steps_reply_open"),
    ("decided after fourteen full days", [(S, 0), (C, 15)], None),
    ("decided after a reply", [(S, 0), (R, 1), (C, 1)], None),
    ("two replies", [(S, 0), (R, 1), (R, 5), (D, 6)], None),
    ("reply before service", [(S, 5), (R, 4)], "tr_finding_steps_before_served"),
    ("served before it was opened", [(S, -2)], "tr_finding_steps_before_opened"),
    ("served on the day before in UTC", [(S, -1)], None),
    ("served twice", [(S, 0), (S, 1)], "uq_finding_steps_served"),
    ("decided twice", [(S, 0), (R, 1), (C, 2), (D, 3)], "tr_finding_steps_decided"),
    ("reply after the decision", [(S, 0), (R, 1), (C, 2), (R, 3)], "tr_finding_steps_decided"),
]


@pytest.mark.parametrize(
    ("steps", "refused_by"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
async def test_the_database_keeps_the_order_of_steps(
    session: AsyncSession, steps: list[tuple[StepKind, int]], refused_by: str | None
) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    other = await store_person(session, Role.REGULATOR)
    finding_id = await store_finding(session, inspector)

    async def take(kind: StepKind, days: int) -> None:
        await queries.insert_step(
            session, finding_id, kind=kind, on_date=DAY + timedelta(days=days), text="…",
            taken_by=other.id, now=NOW + timedelta(days=days),
        )  # fmt: skip

    for kind, days in steps[:-1]:
        await take(kind, days)
    if refused_by is None:
        await take(*steps[-1])
        return
    with pytest.raises(DBAPIError) as problem:
        await take(*steps[-1])
    assert constraint_name(problem.value) == refused_by
    assert error_for(problem.value, queries.CONSTRAINTS) is not None


async def refused(
    session: AsyncSession, finding_id: UUID, kind: StepKind, by: UUID, *, on: date = DAY
) -> object:
    """The error in which the database's refusal of this step ends."""
    with pytest.raises(DBAPIError) as problem:
        await queries.insert_step(
            session, finding_id, kind=kind, on_date=on, text="…", taken_by=by, now=NOW
        )
    return error_for(problem.value, queries.CONSTRAINTS)


@pytest.mark.parametrize(
    ("place", "error"), [(0, DecidedByInspector), (1, DecidedByWorker), (2, DecidedByReviewer)]
)
async def test_nobody_with_a_part_in_the_audit_decides(
    session: AsyncSession, place: int, error: type[Exception]
) -> None:
    parts = [await store_person(session, Role.INSPECTOR, Role.REGULATOR) for _ in range(3)]
    finding_id = await store_finding(
        session, parts[0], worked_by=[parts[1].id], reviewed_by=[parts[2].id]
    )
    for kind in (S, R):
        await queries.insert_step(
            session, finding_id, kind=kind, on_date=DAY, text="…", taken_by=parts[0].id, now=NOW
        )
    decision = NewDecision(kind=C, text="Clear.")
    with pytest.raises(error):
        await decide_finding(session, parts[place], NOW, finding_id=finding_id, decision=decision)
    assert isinstance(await refused(session, finding_id, C, parts[place].id), error)


@pytest.mark.parametrize("kind", list(StepKind))
async def test_no_step_is_dated_ahead_of_the_day_on_which_it_is_recorded(
    session: AsyncSession, kind: StepKind
) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    other = await store_person(session, Role.REGULATOR)
    finding_id = await store_finding(session, inspector)
    if kind is not S:
        await queries.insert_step(
            session, finding_id, kind=S, on_date=DAY, text="…", taken_by=other.id, now=NOW
        )
    ahead = await refused(session, finding_id, kind, other.id, on=DAY + timedelta(days=15))
    assert isinstance(ahead, DateAhead)


async def test_the_word_of_few_workers_is_never_served(session: AsyncSession) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    other = await store_person(session, Role.REGULATOR)
    few = Workers(failing=2, asked=4)
    finding_id = await store_finding(session, inspector, workers=few)
    with pytest.raises(StepRefused) as problem:
        await serve_evidence(
            session, other, NOW, finding_id=finding_id, step=NewStep(on_date=DAY, text="By hand")
        )
    assert [reason.key for reason in problem.value.reasons] == [FEW_WORKERS]
    (line,) = await queries.list_findings(session, FindingFilter(), limit=5)
    assert line.kept_back
    assert isinstance(await refused(session, finding_id, S, other.id), FewWorkers)


async def test_a_document_that_bears_few_workers_out_is_served(session: AsyncSession) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    few = Workers(failing=2, asked=4)
    finding_id = await store_finding(session, inspector, workers=few, borne_out_by="COV-FEE-01")
    await serve_evidence(
        session, inspector, NOW, finding_id=finding_id, step=NewStep(on_date=DAY, text="By hand")
    )
    (line,) = await queries.list_findings(session, FindingFilter(), limit=5)
    assert (line.kept_back, line.state) == (False, FindingState.SERVED)


@pytest.mark.parametrize("zone", ["America/Jamaica", "Asia/Manila", "UTC"])
async def test_the_days_to_reply_end_with_the_ministrys_own_day(
    session: AsyncSession, zone: str
) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    regulator = await store_person(session, Role.REGULATOR)

    def at(day: int, hour: int, minute: int = 30) -> datetime:
        return datetime(2026, 1, day, hour, minute, tzinfo=ZoneInfo(zone))

    finding_id = await store_finding(session, inspector, now=at(1, 7))
    step = NewStep(on_date=date(2026, 1, 1), text="By hand")
    await serve_evidence(session, regulator, at(1, 7), finding_id=finding_id, step=step)
    decision = NewDecision(kind=C, text="No reply came.")
    for early in (at(15, 19), at(15, 23, 59)):
        with pytest.raises(StepRefused):
            await decide_finding(
                session, regulator, early, finding_id=finding_id, decision=decision
            )
    await decide_finding(session, regulator, at(16, 0, 1), finding_id=finding_id, decision=decision)
    found = await queries.get_finding(session, finding_id)
    assert found.steps[-1].on_date == date(2026, 1, 16)


async def test_history_holds_the_words_of_each_step(session: AsyncSession) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    finding_id = await store_finding(session, inspector)
    step = NewStep(on_date=DAY, text="By hand, receipt 7")
    await serve_evidence(session, inspector, NOW, finding_id=finding_id, step=step)
    (line, _opened) = await list_entries(session, subject=("finding", finding_id), limit=9)
    assert line.details == {"on_date": "2026-06-30", "text": "By hand, receipt 7"}


@pytest.mark.parametrize("table", ["findings", "finding_steps"])
@pytest.mark.parametrize("statement", ["update {0} set found_on = found_on", "delete from {0}"])
async def test_what_was_found_cannot_be_changed(
    session: AsyncSession, table: str, statement: str
) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    finding_id = await store_finding(session, inspector)
    await queries.insert_step(
        session, finding_id, kind=S, on_date=DAY, text="…", taken_by=inspector.id, now=NOW
    )
    words = statement.format(table).replace(
        "found_on", "found_on" if table == "findings" else "on_date"
    )
    with pytest.raises(DBAPIError, match="permission denied"):
        await session.execute(text(words))


async def test_a_finding_goes_its_whole_way(session: AsyncSession) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    regulator = await store_person(session, Role.REGULATOR)
    finding_id = await store_finding(session, inspector)
    served = NewStep(on_date=DAY, text="By hand, receipt 7")
    await serve_evidence(session, regulator, NOW, finding_id=finding_id, step=served)
    decision = NewDecision(kind=C, text="The receipts agree.")
    with pytest.raises(StepRefused) as early:
        await decide_finding(session, regulator, NOW, finding_id=finding_id, decision=decision)
    assert early.value.reasons[0].values == {"until": "2026-07-14"}
    later = NOW + timedelta(days=3)
    reply = NewStep(on_date=later.date(), text="We repaid.")
    await record_reply(session, regulator, later, finding_id=finding_id, step=reply)
    with pytest.raises(DecidedByInspector):
        await decide_finding(session, inspector, later, finding_id=finding_id, decision=decision)
    await decide_finding(session, regulator, later, finding_id=finding_id, decision=decision)
    found = await queries.get_finding(session, finding_id)
    assert state_of(step.kind for step in found.steps) is FindingState.CONFIRMED
    assert [(step.kind, step.on_date) for step in found.steps] == [
        (S, DAY), (R, later.date()), (C, later.date()),
    ]  # fmt: skip
    assert found.steps[-1].taken_by == regulator.id


async def test_the_queue_shows_each_state_and_counts_what_waits(session: AsyncSession) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    regulator = await store_person(session, Role.REGULATOR)
    ways = {
        FindingState.OPEN: (),
        FindingState.SERVED: (S,),
        FindingState.REPLIED: (S, R),
        FindingState.CONFIRMED: (S, R, C),
        FindingState.DISMISSED: (S, R, D),
    }
    before = await queries.count_waiting_findings(session)
    for steps in ways.values():
        finding_id = await store_finding(session, inspector)
        for kind in steps:
            await queries.insert_step(
                session, finding_id, kind=kind, on_date=DAY, text="…", taken_by=regulator.id,
                now=NOW,
            )  # fmt: skip
    for state in ways:
        chosen = FindingFilter(state=state)
        lines = await queries.list_findings(session, chosen, limit=50)
        assert [line.state for line in lines] == [state] * len(lines)
        assert len(lines) == await queries.count_findings(session, chosen) == 1
    assert await queries.count_waiting_findings(session) == before + 3
