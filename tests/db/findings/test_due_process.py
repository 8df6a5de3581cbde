"""The right of reply, held by the database itself and by the actions."""

from datetime import date, timedelta

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
from recruitwatch.findings.rules import state_of
from recruitwatch.findings.values import (
    DecidedByInspector,
    FindingFilter,
    FindingState,
    NewDecision,
    NewStep,
    StepKind,
    StepRefused,
)

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
            taken_by=other.id, now=NOW,
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


async def test_the_database_lets_no_inspector_decide(session: AsyncSession) -> None:
    inspector = await store_person(session, Role.INSPECTOR, Role.REGULATOR)
    finding_id = await store_finding(session, inspector)
    for kind in (S, R):
        await queries.insert_step(
            session, finding_id, kind=kind, on_date=DAY, text="…", taken_by=inspector.id, now=NOW
        )
    with pytest.raises(DBAPIError) as problem:
        await queries.insert_step(
            session, finding_id, kind=C, on_date=DAY, text="…", taken_by=inspector.id, now=NOW
        )
    assert isinstance(error_for(problem.value, queries.CONSTRAINTS), DecidedByInspector)


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
    (scored,) = await queries.list_confirmed_failures(session, [found.agency_id], later.date())
    assert (scored.served_on, scored.replied_on) == (DAY, later.date())
    assert scored.confirmed_by == regulator.id
    assert not await queries.list_confirmed_failures(session, [found.agency_id], DAY)


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
