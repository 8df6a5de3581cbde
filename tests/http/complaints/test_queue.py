"""The officers' queue: most urgent first, its counts, and who finds nothing in it at all."""

from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser, Page
from conftest import NOW, Clock, SignIn
from factories.complaints import TOLD, desk_with_officers
from factories.deciding import reference_of
from officers import Office, of, open_office
from recruitwatch.accounts.values import Role
from recruitwatch.settings import Settings

VIOLENCE = {"happened": ("VIO-02",), "happened_said": "He forced me."}


@pytest.fixture
async def office(session: AsyncSession, sign_in: SignIn, settings: Settings) -> Office:
    return await open_office(session, sign_in, settings, cleared=2, uncleared=1)


def references(page: Page) -> list[str]:
    """The references of the rows in their order."""
    return [text for text, url in page.links().items() if "/cases/" in url and len(text) == 7]


async def test_the_most_urgent_case_comes_first(office: Office, session: AsyncSession) -> None:
    usual = await office.file()
    danger = await office.file(danger=True, happened=("WAG-02",))
    slow = await office.file(happened=("FEE-03",), escalators=())
    page = await (await office.browser()).get("/cases")
    expected = [await reference_of(session, one.case_id) for one in (danger, usual, slow)]
    assert references(page)[0] == expected[0]
    assert sorted(references(page)) == sorted(expected)
    assert "Danger now" in page.text
    assert "Somebody must speak to her by 30 June 2026 10:00 UTC" in page.text


async def test_counts_are_those_of_open_cases(office: Office) -> None:
    await office.file()
    await office.file(danger=True)
    browser = await office.browser()
    page = await browser.get("/cases")
    figures = {
        "".join(one.itertext()): "".join(other.itertext())
        for one, other in zip(page.all("dt"), page.all("dd"), strict=True)
    }
    assert figures["Danger now"] == "1"
    assert figures["Within three working days"] == "1"
    assert figures["Nobody has spoken to her yet"] == "2"
    assert figures["Overdue"] == "0"


async def test_a_case_is_overdue_in_words_once_its_clock_is_over(
    office: Office, clock: Clock
) -> None:
    filed = await office.file(danger=True)
    browser = await office.browser()
    assert "Nothing is overdue." in (await browser.get("/cases?which=overdue")).text
    clock.at = NOW + timedelta(minutes=61)
    page = await browser.get("/cases?which=overdue")
    assert "Overdue: tell the head of the unit" in page.text
    clock.at = NOW + timedelta(minutes=95)
    assert "Long overdue: tell oversight" in (await browser.get("/cases")).text
    await browser.post(of(filed.case_id, "/contacted"))
    page = await browser.get("/cases?which=overdue")
    assert "Long overdue" not in page.text


async def test_a_case_past_its_last_day_for_deciding_is_overdue(
    office: Office, clock: Clock
) -> None:
    filed = await office.file()
    clock.at = NOW + timedelta(hours=1)
    browser = await office.browser()
    await browser.post(of(filed.case_id, "/contacted"))
    await office.session.execute(
        text("update complaints set decide_due_on = '2026-06-29', state_due_at = null")
    )
    await office.session.commit()
    page = await browser.get("/cases?which=overdue")
    assert "The decision is due by 29 June 2026" in page.text


async def test_a_worker_who_waits_for_news_is_overdue(office: Office) -> None:
    """The day was promised to her on her own page."""
    filed = await office.file()
    browser = await office.browser()
    await browser.post(of(filed.case_id, "/contacted"))
    assert "Nothing is overdue." in (await browser.get("/cases?which=overdue")).text
    await office.session.execute(text("update complaints set next_news_on = '2026-06-29'"))
    await office.session.commit()
    page = await browser.get("/cases?which=overdue")
    assert "She must hear from us by 29 June 2026" in page.text
    await browser.post(of(filed.case_id, "/message"), {"text": "We still look for the papers."})
    assert "Nothing is overdue." in (await browser.get("/cases?which=overdue")).text


async def test_tabs_and_filters_narrow_the_list(office: Office, session: AsyncSession) -> None:
    usual, danger = await office.file(), await office.file(danger=True)
    browser = await office.browser()
    await browser.post(of(usual.case_id, "/take"))
    of_usual, of_danger = [await reference_of(session, one.case_id) for one in (usual, danger)]
    assert references(await browser.get("/cases?which=mine")) == [of_usual]
    assert references(await browser.get("/cases?urgency=S1")) == [of_danger]
    assert references(await browser.get("/cases?stands=received&urgency=S3")) == [of_usual]
    assert references(await browser.get(f"/cases?reference={of_danger.lower()}")) == [of_danger]
    assert references(await browser.get("/cases?which=closed")) == []
    assert "No case that you may read" in (await browser.get("/cases?stands=plan")).text


async def test_a_new_message_of_hers_is_marked_until_the_case_is_opened(
    office: Office, clock: Clock
) -> None:
    filed = await office.file()
    browser = await office.browser()
    await browser.get(of(filed.case_id))
    clock.at = NOW + timedelta(hours=1)
    await office.session.execute(
        text(
            "insert into complaint_messages (id, case_id, from_worker, sealed, at)"
            " select gen_random_uuid(), id, true, '\\x00', :at from complaints"
        ),
        {"at": NOW + timedelta(minutes=30)},
    )
    await office.session.commit()
    assert "New message" in (await browser.get("/cases")).text


async def test_whoever_does_not_hold_a_case_finds_nothing(
    office: Office, session: AsyncSession, sign_in: SignIn
) -> None:
    """Another office, an officer without clearance, one she hid it from, oversight, a regulator."""
    hidden = office.desk.officers[1]
    filed = await office.file(**VIOLENCE, hide_person=hidden.actor.name.split()[1])
    reference = await reference_of(session, filed.case_id)
    other = await desk_with_officers(session, cleared=1)
    above = await desk_with_officers(session, cleared=1, oversight=True)
    strangers = [
        await office.browser(hidden),
        await office.browser(office.desk.officers[2]),
        await office.browser(other.officers[0]),
        await office.browser(above.officers[0]),
    ]
    for browser in strangers:
        await sees_nothing(browser, reference, of(filed.case_id))
    holder = await office.browser()
    assert references(await holder.get("/cases")) == [reference]
    regulator = await sign_in(Role.REGULATOR)
    await regulator.get("/cases", status=403)
    await regulator.get(of(filed.case_id), status=403)


async def test_a_complaint_about_an_official_is_read_by_oversight_alone(
    office: Office, session: AsyncSession
) -> None:
    above = await desk_with_officers(session, cleared=1, oversight=True)
    filed = await office.file(happened=("OFF-03",), happened_said="He wanted money from me.")
    reference = await reference_of(session, filed.case_id)
    for officer in office.desk.officers:
        await sees_nothing(await office.browser(officer), reference, of(filed.case_id))
    overseer = await office.browser(above.officers[0])
    page = await overseer.get(of(filed.case_id))
    assert "Only oversight reads it. No desk of an office does." in page.text
    assert "Read the case (Oversight)" in page.text


async def sees_nothing(browser: Browser, reference: str, address: str) -> None:
    """Not in a list, a count, by the reference or the address; as if it did not exist."""
    listed = await browser.get("/cases")
    assert reference not in listed.html
    assert "No open cases." in listed.text
    assert {"".join(one.itertext()) for one in listed.all("dd")} == {"0"}
    found = await browser.get(f"/cases?reference={reference}")
    assert references(found) == []
    for rest in ("", "/about", "/whom", "/decision", "/earlier/messages"):
        missing = await browser.get(address + rest, status=404)
        nowhere = await browser.get(
            "/cases/00000000-0000-4000-8000-000000000000" + rest, status=404
        )
        assert missing.text == nowhere.text
    for rest in ("/take", "/contacted", "/safety"):
        await browser.post(address + rest, status=404)


async def test_a_sign_in_without_its_key_lists_but_opens_nothing(
    office: Office, sign_in: SignIn
) -> None:
    filed = await office.file()
    browser = await sign_in(person=office.desk.officers[0].actor)
    listed = await browser.get("/cases")
    assert "You have no key in this sign-in." in listed.text
    page = await browser.get(of(filed.case_id), status=403)
    assert "sign in with your password" in page.text


async def test_a_long_queue_comes_in_pages(office: Office) -> None:
    for _ in range(52):
        await office.file()
    browser = await office.browser()
    first = await browser.get("/cases")
    assert len(references(first)) == 50
    assert len(references(await browser.get("/cases?page=2"))) == 2
    assert msgspec.structs.asdict(TOLD)["happened_said"] not in first.html
