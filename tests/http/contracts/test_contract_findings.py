"""From a fault in a contract to a finding of the agency, to its card, and to the rule about patterns."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec
import pytest
from sqlalchemy import exists, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser, Page
from factories import agencies as agencies_factory
from factories.accounts import store_person
from factories.checklists import store_library
from factories.contract_checks import (
    after_arrival,
    checked,
    clean_terms,
    make_check,
    make_paper,
)
from factories.contracts import ROOT
from recruitwatch.accounts.values import Role
from recruitwatch.contracts.actions.confirming import open_contract_findings
from recruitwatch.contracts.queries.checks import list_confirmed
from recruitwatch.contracts.values.checking import CheckInput, Payment
from recruitwatch.contracts.values.confirming import NothingToOpen
from recruitwatch.findings.actions import decide_finding, record_reply, serve_evidence
from recruitwatch.findings.tables import finding_steps, findings
from recruitwatch.findings.values import NewDecision, NewStep, StepKind
from recruitwatch.scorecards.queries.evidence import collect_evidence

EXAMPLES = ROOT / "docs" / "examples" / "contract-checks"
SIGNED = (EXAMPLES / "signed.json").read_bytes()
AFTER = (EXAMPLES / "after-arrival.json").read_bytes()
SignIn = Callable[[Role], Awaitable[Browser]]


@pytest.fixture(autouse=True)
async def checklists(session: AsyncSession) -> None:
    await store_library(session)


async def send(browser: Browser, agency_id: UUID) -> Page:
    files = {"file": ("new.json", AFTER), "older": ("old.json", SIGNED)}
    data = {"agency": str(agency_id)}
    return await browser.post("/contracts/check", data, files=files, status=200)


async def test_faults_become_one_finding_for_each_item_of_the_agency(
    sign_in: SignIn, session: AsyncSession
) -> None:
    agency_id = await agencies_factory.store_agency(session)
    inspector = await sign_in(Role.INSPECTOR)
    report = await send(inspector, agency_id)
    form = report.form("/contracts/check/findings")
    refused = await inspector.post("/contracts/check/findings", form, status=422)
    assert refused.errors().keys() == {"rules", "worker_asked"}
    form["worker_asked"] = "yes"
    chosen = {**form, "rules": ["CHK-V01", "CHK-V17"]}
    done = await inspector.post("/contracts/check/findings", chosen)
    shown = await inspector.follow(done)
    assert "SOP-CON-02" in shown.text
    rows = (await session.execute(select(findings))).mappings().all()
    assert [(row["source_kind"], row["item_id"], row["evidence"]) for row in rows] == [
        ("contract", "SOP-CON-02", 2)
    ]
    assert "CHK-V01: The basic wage was 1,500 SAR" in rows[0]["statement"]
    assert "CHK-V17" in rows[0]["statement"]
    page = await inspector.get(f"/findings/{rows[0]['id']}")
    assert "1,200 SAR" in page.text
    await inspector.post("/contracts/check/findings", chosen, status=409)


async def test_people_who_decide_cannot_open_and_nobody_without_an_agency(
    sign_in: SignIn, session: AsyncSession
) -> None:
    agency_id = await agencies_factory.store_agency(session)
    regulator = await sign_in(Role.REGULATOR)
    page = await send(regulator, agency_id)
    assert "Make it a finding of the agency" not in page.text
    await regulator.post("/contracts/check/findings", {"agency": str(agency_id)}, status=403)
    files = {"file": ("new.json", AFTER), "older": ("old.json", SIGNED)}
    alone = await (await sign_in(Role.INSPECTOR)).post(
        "/contracts/check", {}, files=files, status=200
    )
    assert "start the check from the page of the agency" in alone.text


async def confirm(
    session: AsyncSession, agency_id: UUID, given: CheckInput, now: datetime, *rules: str
) -> None:
    """The whole way: opened, served, answered and confirmed by three people."""
    inspector = await store_person(session, Role.INSPECTOR)
    await open_contract_findings(
        session,
        inspector,
        now,
        agency_id=agency_id,
        given=given,
        report=checked(given),
        rules=rules,
    )
    unserved = ~exists().where(finding_steps.c.finding_id == findings.c.id)
    rows = await session.execute(select(findings.c.id).where(unserved))
    reviewer = await store_person(session, Role.REVIEWER)
    regulator = await store_person(session, Role.REGULATOR)
    step = NewStep(on_date=now.date(), text="By letter.")
    for finding_id in rows.scalars().all():
        await serve_evidence(session, reviewer, now, finding_id=finding_id, step=step)
        await record_reply(session, reviewer, now, finding_id=finding_id, step=step)
        decision = NewDecision(kind=StepKind.CONFIRMED, text="The papers show it.")
        await decide_finding(session, regulator, now, finding_id=finding_id, decision=decision)


async def test_a_confirmed_finding_reaches_the_records_of_the_card(
    session: AsyncSession, now: datetime
) -> None:
    agency_id = await agencies_factory.store_agency(session)
    given = after_arrival(wage_amount=1200)
    await confirm(session, agency_id, given, now, "CHK-V01")
    evidence = await collect_evidence(
        session, [agency_id], now.date(), now + timedelta(minutes=1), corrected_until=now
    )
    [failure] = evidence[agency_id].contracts
    assert (failure.item_id, failure.found_on) == ("SOP-CON-02", now.date())
    [gate] = evidence[agency_id].findings
    assert (gate.item_id, gate.confirmed) == ("SOP-CON-02", True)
    before = await collect_evidence(
        session, [agency_id], now.date(), now - timedelta(days=1), corrected_until=now
    )
    assert before[agency_id].contracts == ()


async def test_a_moderate_fault_trips_no_gate(session: AsyncSession, now: datetime) -> None:
    agency_id = await agencies_factory.store_agency(session)
    await confirm(session, agency_id, after_arrival(annual_leave_days=29), now, "CHK-V10")
    evidence = await collect_evidence(
        session, [agency_id], now.date(), now + timedelta(minutes=1), corrected_until=now
    )
    assert evidence[agency_id].findings == ()
    assert len(evidence[agency_id].contracts) == 1


async def test_what_is_kept_names_no_person_and_no_house(
    session: AsyncSession, now: datetime
) -> None:
    agency_id = await agencies_factory.store_agency(session)
    given = after_arrival(
        employer_id_no="7788990011", workplace_address="Villa 7, Palm Road",
        household_care_needs="a mother with dementia",
    )  # fmt: skip
    await confirm(session, agency_id, given, now, "CHK-V05", "CHK-V06", "CHK-V18")
    [statement] = (await session.execute(select(findings.c.statement))).scalars()
    assert "CHK-V05: The employer is another one" in statement
    assert "CHK-V06: The place of work was" in statement
    assert "CHK-V18: There is more work" in statement
    for told in ("7788990011", "Villa 7", "dementia", *map(str, _before())):
        assert told not in statement


def _before() -> list[object]:
    values = clean_terms().values
    return [values[one] for one in ("employer_id_no", "workplace_address")]


async def test_three_confirmed_changes_of_contracts_are_a_pattern(
    session: AsyncSession, now: datetime, sign_in: SignIn
) -> None:
    agency_id = await agencies_factory.store_agency(session)
    for wage in (1200, 1100, 1000):
        await confirm(session, agency_id, after_arrival(wage_amount=wage), now, "CHK-V01")
    known = await list_confirmed(session, agency_id, since=date.min)
    assert [one.rule for one in known] == ["CHK-V01"] * 3
    page = await send(await sign_in(Role.REVIEWER), agency_id)
    assert "Officers confirmed 3 serious changes of contracts by this agency" in page.text


async def test_an_earlier_day_in_a_file_hides_no_finding_that_is_known_today(
    session: AsyncSession, now: datetime, sign_in: SignIn
) -> None:
    agency_id = await agencies_factory.store_agency(session)
    for wage in (1200, 1100, 1000):
        await confirm(session, agency_id, after_arrival(wage_amount=wage), now, "CHK-V01")
    reviewer = await sign_in(Role.REVIEWER)
    old = msgspec.json.encode(make_check(make_paper(), looked_on=date(2026, 3, 1)))
    data = {"agency": str(agency_id)}
    page = await reviewer.post(
        "/contracts/check", data, files={"file": ("old.json", old)}, status=200
    )
    assert "Officers confirmed 3 serious changes of contracts by this agency" in page.text
    again = page.form("/contracts/check/findings")["checked"].encode()
    page = await reviewer.post(
        "/contracts/check", data, files={"file": ("again.json", again)}, status=200
    )
    assert "Officers confirmed 3 serious changes of contracts by this agency" in page.text
    form = {**page.form("/contracts/check/findings"), "rules": ["CHK-V20"], "worker_asked": "yes"}
    await reviewer.post("/contracts/check/findings", form, status=303)


async def test_a_wage_short_for_years_makes_a_statement_people_can_read(
    session: AsyncSession, now: datetime
) -> None:
    agency_id = await agencies_factory.store_agency(session)
    days = [date(2020, 1, 3) + timedelta(days=7 * at) for at in range(312)]
    paid = tuple(Payment(due_on=one, amount=300, currency="SAR", paid_on=one) for one in days)
    given = make_check(make_paper(), payments=paid, looked_on=date(2026, 3, 1))
    await confirm(session, agency_id, given, now, "CHK-V19")
    [statement] = (await session.execute(select(findings.c.statement))).scalars()
    assert statement.count("CHK-V19") == 5
    assert "nothing to compare: 307." in statement
    assert "is missing from wages due between" in statement


async def test_a_rule_that_did_not_fire_opens_nothing(session: AsyncSession, now: datetime) -> None:
    agency_id = await agencies_factory.store_agency(session)
    inspector = await store_person(session, Role.INSPECTOR)
    given = make_check(make_paper(copies_count=1))
    with pytest.raises(NothingToOpen):
        await open_contract_findings(
            session, inspector, now, agency_id=agency_id, given=given, report=checked(given),
            rules=("CHK-S13",),
        )  # fmt: skip


@pytest.mark.parametrize("table", ["contract_checks", "contract_check_rules"])
async def test_what_was_opened_stays(session: AsyncSession, table: str) -> None:
    with pytest.raises(DBAPIError, match=r"append-only|permission denied"):
        await session.execute(text(f"delete from {table}"))
