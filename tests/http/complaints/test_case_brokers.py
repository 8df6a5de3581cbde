"""Brokers in a case: who is offered, entering one, tying it to the agency, and what never leaves the case."""

import itertools
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser, Page
from conftest import SignIn
from factories.accounts import store_agency_person
from factories.agencies import store_agency
from factories.brokers import store_broker, store_tie
from officers import Office, of, open_office
from recruitwatch.accounts.values import Role
from recruitwatch.brokers.rules import CASES_NEEDED
from recruitwatch.settings import Settings

WORDS = "Seventeen blue goats crossed the river."
TO_DECISION = ("linking", "assigned", "plan", "investigate", "decide")
TO_LINKING = ("received", "triage", "screen", "linking")
DECISION = {
    "outcome": "substantiated",
    "responsibility": "agency",
    "workers": "1",
    "reasons": "The receipt shows the sum.",
    "told": "You were right.",
}
SURE = {"confidence": "certain", "reason": "It was decided so."}


@pytest.fixture
async def office(session: AsyncSession, sign_in: SignIn, settings: Settings) -> Office:
    return await open_office(session, sign_in, settings, cleared=2)


async def walk(browser: Browser, case_id: UUID, states: tuple[str, ...]) -> None:
    for before, after in itertools.pairwise(states):
        await browser.post(of(case_id, "/move"), {"before": before, "after": after})


async def link(browser: Browser, case_id: UUID, target: str, linked: UUID) -> None:
    said = {"target": target, "id": str(linked), "judgement": "confirmed", "basis": "document"}
    await browser.post(of(case_id, "/judge"), {**said, "reason": WORDS})


async def linked_case(
    office: Office, browser: Browser, agency_id: UUID, broker_id: UUID, **told: str
) -> UUID:
    """A case in which both stand confirmed."""
    filed = await office.file(**told)
    await walk(browser, filed.case_id, TO_LINKING)
    await link(browser, filed.case_id, "agency", agency_id)
    await link(browser, filed.case_id, "broker", broker_id)
    return filed.case_id


async def decide(browser: Browser, case_id: UUID) -> None:
    await browser.post(of(case_id, "/about"), {"codes": "FEE-01", "stage": "before_departure"})
    await walk(browser, case_id, TO_DECISION)
    await browser.post(of(case_id, "/contacted"))
    await browser.post(of(case_id, "/decision"), DECISION)


async def store_pair(session: AsyncSession, office: Office) -> tuple[UUID, UUID]:
    actor = office.desk.officers[0].actor
    agency_id = await store_agency(session, legal_name="Padma Overseas", licence_no="RL-0123")
    broker_id = await store_broker(session, actor, name="Kamal", phone="01712-345678")
    await session.commit()
    return agency_id, broker_id


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"phone": "০১৭১২৩৪৫৬৭৮"}, "The number she called or paid is a telephone of this broker."),
        ({"phone": "+880 1712-345678"}, "is a telephone of this broker."),
        ({"broker": "Kamal dalal"}, "People call this broker by the name she gave."),
        ({"broker": "কামাল দালাল"}, "sounds like the one she gave."),
    ],
)
async def test_a_broker_is_offered_for_her_number_or_name(
    office: Office, session: AsyncSession, told: dict[str, str], why: str
) -> None:
    await store_pair(session, office)
    browser = await office.browser()
    filed = await office.file(**told)
    page = await browser.get(of(filed.case_id, "/whom"))
    assert "Kamal" in page.links()
    assert why in page.text
    other = await office.file(phone="", broker="Wilhelmina")
    page = await browser.get(of(other.case_id, "/whom"))
    assert "Kamal" not in page.links()
    assert "No broker on record fits." in page.text


async def test_the_agency_a_broker_works_for_is_offered_with_the_reason(
    office: Office, session: AsyncSession
) -> None:
    agency_id, broker_id = await store_pair(session, office)
    await store_tie(session, office.desk.officers[0].actor, broker_id, agency_id)
    await session.commit()
    browser = await office.browser()
    filed = await office.file(phone="01712345678", licence="")
    page = await browser.get(of(filed.case_id, "/whom"))
    assert "Padma Overseas" in page.links()
    assert "This broker works for it: a document shows it." in page.text


async def test_who_may_be_on_record_already_is_shown_before_another_is_entered(
    office: Office, session: AsyncSession
) -> None:
    await store_pair(session, office)
    browser = await office.browser()
    filed = await office.file(phone="", broker="")
    page = await browser.get(of(filed.case_id, "/whom"))
    typed = {**page.form("/brokers"), "name": "কামাল"}
    page = await browser.post(of(filed.case_id, "/brokers"), typed, status=422)
    assert "Is it one of them?" in page.text
    assert "Kamal" in page.links()
    asked = await browser.post(of(filed.case_id, "/brokers"), page.form("/brokers"), status=200)
    assert asked.heading == "This is the one"
    assert await session.scalar(text("select count(*) from brokers")) == 2


async def test_a_decided_case_ties_a_broker_without_naming_itself(
    office: Office, session: AsyncSession, sign_in: SignIn
) -> None:
    agency_id, broker_id = await store_pair(session, office)
    browser = await office.browser()
    case_id = await linked_case(office, browser, agency_id, broker_id)
    assert "A broker and an agency together" not in (await browser.get(of(case_id, "/whom"))).text
    pair = {"broker_id": str(broker_id), "agency_id": str(agency_id)}
    await browser.post(of(case_id, "/tie/ask"), pair, status=404)
    await decide(browser, case_id)
    page = await browser.get(of(case_id, "/whom"))
    asked = await browser.post(of(case_id, "/tie/ask"), page.form("/tie/ask"), status=200)
    assert "What shows it: A decided case" in asked.text
    refused = await browser.post(of(case_id, "/tie"), asked.form("/tie"), status=422)
    assert set(refused.errors()) == {"confidence", "reason"}
    done = await browser.post(of(case_id, "/tie"), {**asked.form("/tie"), **SURE})
    assert str(case_id) not in done.response.headers["location"]
    shown = await browser.follow(done)
    assert "Works for this agency · Certain · A decided case" in shown.text
    assert "A broker and an agency together" not in (await browser.get(of(case_id, "/whom"))).text
    person = await sign_in(person=await store_agency_person(session, agency_id))
    for address in ("/brokers", f"/brokers/{broker_id}", f"/brokers?agency={agency_id}"):
        assert "Kamal" not in (await person.get(address, status=403)).text
    await _leaks_nothing(session, await sign_in(Role.REGULATOR), case_id, broker_id, agency_id)


async def _leaks_nothing(
    session: AsyncSession, stranger: Browser, case_id: UUID, broker_id: UUID, agency_id: UUID
) -> None:
    """Whoever may not open the case learns neither which it is, nor its reference, day or words."""
    row = (
        await session.execute(
            text("select reference, card_mark, filed_at from complaints where id = :id"),
            {"id": case_id},
        )
    ).one()
    await stranger.get(of(case_id), status=403)
    pages: list[Page] = [
        await stranger.get(f"/brokers/{broker_id}"),
        await stranger.get("/brokers"),
        await stranger.get(f"/brokers?agency={agency_id}"),
        await stranger.get(f"/brokers/{broker_id}/agencies"),
        await stranger.post("/brokers/search", {"wanted": "Kamal"}, status=200),
    ]
    for page in pages:
        assert "Kamal" in page.text
        for secret in (str(case_id), row.reference, row.card_mark, WORDS):
            assert secret not in page.html
        assert f"{row.filed_at:%-d %B %Y}" not in page.text
    recorded = await session.scalars(
        text(
            "select coalesce(details::text, '') from history_entries where subject_kind = 'broker'"
        )
    )
    assert not [one for one in recorded if str(case_id) in one or row.reference in one]


async def test_several_cases_tie_a_broker_only_for_whoever_reads_them_all(
    office: Office, session: AsyncSession
) -> None:
    agency_id, broker_id = await store_pair(session, office)
    browser = await office.browser()
    cases = [
        await linked_case(office, browser, agency_id, broker_id) for _ in range(CASES_NEEDED - 1)
    ]
    assert "A broker and an agency together" not in (await browser.get(of(cases[0], "/whom"))).text
    cases.append(await linked_case(office, browser, agency_id, broker_id))
    page = await browser.get(of(cases[0], "/whom"))
    asked = await browser.post(of(cases[0], "/tie/ask"), page.form("/tie/ask"), status=200)
    assert "What shows it: Several workers, each in her own case" in asked.text
    assert str(CASES_NEEDED) not in asked.text.split("What shows it")[1].split("Cancel")[0]
    refused = await browser.post(of(cases[0], "/tie"), {**asked.form("/tie"), **SURE}, status=422)
    assert set(refused.errors()) == {"confidence"}
    likely = {**SURE, "confidence": "likely"}
    await browser.post(of(cases[0], "/tie"), {**asked.form("/tie"), **likely})
    await session.execute(
        text("insert into case_exclusions (case_id, person_id) values (:case_id, :person_id)"),
        {"case_id": cases[-1], "person_id": office.desk.officers[1].actor.id},
    )
    await session.commit()
    second = await office.browser(1)
    await second.post(
        of(cases[0], "/tie/ask"),
        {"broker_id": str(broker_id), "agency_id": str(agency_id)},
        status=404,
    )
