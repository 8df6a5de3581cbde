"""What everyone can look up, without an account, a script or a cookie."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import uuid4

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser
from factories.agencies import full_record, make_record, store_agency, store_licence
from factories.licences import new
from recruitwatch.accounts.values import Role
from recruitwatch.agencies.tables import agencies
from recruitwatch.agencies.values import LicenceState

S = LicenceState


async def test_the_first_page_says_what_to_do_and_leads_to_the_rest(browser: Browser) -> None:
    page = await browser.get("/")
    assert page.heading == "Check a recruitment agency"
    links = page.links()
    assert links["Read the checklists"] == "/en/checklists"
    assert links["Sign in"] == "/en/sign-in"
    assert links["See all agencies in the register"] == "/en/agencies"


async def test_the_public_pages_set_no_cookie(browser: Browser, session: AsyncSession) -> None:
    agency_id = await store_agency(session, full_record())
    await session.commit()
    for address in ("/", "/agencies", "/agencies?q=padma", f"/agencies/{agency_id}"):
        page = await browser.get(address)
        assert "set-cookie" not in page.response.headers


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("padma", "1 agency begins like this"),
        ("RL 0042", "This agency was found for certain"),
        ("পদ্মা", "1 agency begins like this"),
        ("Podma Oversees", "1 agency fits"),
        ("Jobs of Padma", "1 agency fits"),
    ],
)
async def test_a_search_leads_to_the_agency(
    browser: Browser, session: AsyncSession, typed: str, outcome: str
) -> None:
    agency_id = await store_agency(session, full_record())
    await session.commit()
    page = await browser.get("/agencies", params={"q": typed})
    assert page.links()["Padma Overseas Ltd"] == f"/en/agencies/{agency_id}"
    assert outcome in page.text


async def test_a_search_without_a_hit_says_what_to_do(browser: Browser) -> None:
    page = await browser.get("/agencies", params={"q": "<b>nowhere</b>"})
    assert "No agency fits" in page.text
    assert "Ask the labour authority before you pay" in page.text
    assert "<b>nowhere" not in page.html


async def test_a_long_list_comes_in_pages(browser: Browser, session: AsyncSession) -> None:
    for number in range(51):
        await store_agency(session, make_record(legal_name=f"Agency {number:02}"))
    await session.commit()
    first = await browser.get("/agencies", params={"q": "agency"})
    assert "Agency 49" in first.text
    assert "Agency 50" not in first.text
    second = await browser.get("/agencies?q=agency&page=2")
    assert "Agency 50" in second.text
    assert "51 agencies begin like this" in second.text


async def test_an_agency_shows_what_is_public_and_nothing_else(
    browser: Browser, session: AsyncSession, queries
) -> None:  # type: ignore[no-untyped-def]
    agency_id = await store_agency(session, full_record())
    await session.commit()
    with queries(at_most=4):
        page = await browser.get(f"/agencies/{agency_id}")
    assert page.heading == "Padma Overseas Ltd"
    for shown in (
        "পদ্মা ওভারসিজ", "12 Lake Road", "Sylhet office", "Construction", "Qatar", "120",
        "The source list-2023 calls it “listed”.", "It says: until 31 January 2027.",
    ):  # fmt: skip
        assert shown in page.text
    assert "Not known" in page.text
    for hidden in ("Secret Owner", "Moved in 2024"):
        assert hidden not in page.html


@pytest.mark.parametrize(
    ("on", "word", "sentence"),
    [
        ("2023-12-31", "Not known", "We do not know if this agency has a licence."),
        ("2024-01-01", "Valid", "Until 31 December 2026."),
        ("2025-03-15", "Suspended", "Reason: because"),
        ("২০২৭-০১-০১", "Expired", "Since 1 January 2027."),
    ],
)
async def test_the_licence_on_another_day(
    browser: Browser,
    session: AsyncSession,
    actor_of,
    on: str,
    word: str,
    sentence: str,  # type: ignore[no-untyped-def]
) -> None:
    agency_id = await store_agency(session)
    await store_licence(
        session,
        await actor_of(Role.REGULATOR),
        agency_id,
        new(S.VALID, "2024-01-01"),
        new(S.SUSPENDED, "2025-03-01", "2025-05-31"),
    )
    await session.commit()
    page = await browser.get(f"/agencies/{agency_id}", params={"on": on})
    assert word in page.text
    assert sentence in page.text
    assert "Licence on" in page.text


async def test_a_day_that_does_not_exist_is_pointed_out(
    browser: Browser, session: AsyncSession
) -> None:
    agency_id = await store_agency(session)
    await session.commit()
    page = await browser.get(f"/agencies/{agency_id}?on=2025-02-30", status=422)
    assert "real date" in page.errors()["on"]
    answer = await browser.client.get(f"/api/agencies/{agency_id}?on=2025-02-30")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "agency.day")


@pytest.mark.parametrize("address", ["/agencies/{id}", "/agencies/not-an-id"])
async def test_an_unknown_agency_is_not_found(browser: Browser, address: str) -> None:
    page = await browser.get(address.format(id=uuid4()), status=404)
    assert page.heading == "Page not found"


async def test_machines_read_the_same(browser: Browser, session: AsyncSession) -> None:
    agency_id = await store_agency(session, full_record())
    await session.commit()
    found = (await browser.client.get("/api/agencies", params={"q": "padma"})).json()
    assert found["total"] == 1
    assert found["hits"][0]["id"] == str(agency_id)
    answer = await browser.client.get(f"/api/agencies/{agency_id}?on=2025-01-01")
    agency = answer.json()
    assert agency["legal_name"] == "Padma Overseas Ltd"
    assert agency["status"]["as_of"] == "2025-01-01"
    assert agency["status"]["state"] is None
    assert agency["known"] == [
        "licence_number", "address", "contact", "sectors", "destinations", "deployments",
    ]  # fmt: skip
    assert agency["not_known"] == ["licence_decision"]
    assert "Secret Owner" not in answer.text
    assert "officers" not in agency
    missing = await browser.client.get(f"/api/agencies/{uuid4()}")
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, "agency.unknown")
    other = await browser.client.get("/api/agencies?register=elsewhere")
    assert other.json() == {"hits": [], "total": 0, "outcome": None, "begins": False}


async def test_machines_read_the_licence_of_today_or_of_another_day(
    browser: Browser, session: AsyncSession, actor_of
) -> None:  # type: ignore[no-untyped-def]
    agency_id = await store_agency(session)
    actor = await actor_of(Role.REGULATOR)
    suspended = new(S.SUSPENDED, "2025-03-01", "2025-05-31")
    await store_licence(session, actor, agency_id, new(S.VALID, "2024-01-01"), suspended)
    await session.commit()

    async def status(day: str) -> list[str | None]:
        answer = await browser.client.get(f"/api/agencies/{agency_id}{day}")
        told = answer.json()["status"]
        return [told[name] for name in ("as_of", "state", "since", "until", "licence_no")]

    assert await status("?on=2025-03-15") == [
        "2025-03-15", "suspended", "2025-03-01", "2025-05-31", "RL-0042",
    ]  # fmt: skip
    assert await status("") == ["2026-06-30", "valid", "2025-06-01", "2026-12-31", "RL-0042"]


async def test_a_worker_reads_plain_words_and_one_licence_number(
    browser: Browser, session: AsyncSession, actor_of, sign_in
) -> None:  # type: ignore[no-untyped-def]
    agency_id = await store_agency(session, full_record(licence_no="RL 0042"))
    actor = await actor_of(Role.REGULATOR)
    await store_licence(session, actor, agency_id, new(S.DELISTED, "2026-01-01"))
    other = await store_agency(session, make_record(licence_no="RL-7"))
    await session.commit()
    page = await browser.get(f"/agencies/{agency_id}")
    assert "Taken off the list" in page.text
    assert page.text.count("0042") == 1
    for staff_word in ("Delisted", "Ground", "recorded here", "Number in the register"):
        assert staff_word not in page.text
    assert "Licence number RL-7" in (await browser.get(f"/agencies/{other}")).text
    regulator = await sign_in(Role.REGULATOR)
    assert "Delisted" in (await regulator.get(f"/register/{agency_id}")).text


async def test_today_and_the_day_of_a_change_are_those_of_the_ministry(
    browser: Browser, session: AsyncSession, clock
) -> None:  # type: ignore[no-untyped-def]
    agency_id = await store_agency(session)
    late = datetime(2026, 6, 30, 20, 0, tzinfo=UTC)
    await session.execute(update(agencies).values(updated_at=late))
    await session.commit()
    clock.at = late.astimezone(timezone(timedelta(hours=6)))
    page = await browser.get(f"/agencies/{agency_id}")
    assert "Entry last changed on 1 July 2026." in page.text
    answer = await browser.client.get(f"/api/agencies/{agency_id}")
    assert answer.json()["status"]["as_of"] == "2026-07-01"


async def test_a_number_in_the_register_that_is_not_the_licences_is_said_to_be_another(
    browser: Browser, session: AsyncSession, actor_of
) -> None:  # type: ignore[no-untyped-def]
    agency_id = await store_agency(session, make_record(licence_no="RL-7"))
    actor = await actor_of(Role.REGULATOR)
    await store_licence(session, actor, agency_id, new(S.VALID, "2024-01-01"))
    await session.commit()
    page = await browser.get(f"/agencies/{agency_id}")
    assert "Licence number RL-0042" in page.text
    assert "Also listed under the number RL-7" in page.text


@pytest.mark.parametrize("language", ["bn", "ar"])
async def test_the_pages_work_in_every_language(
    browser: Browser, session: AsyncSession, language: str
) -> None:
    agency_id = await store_agency(session, full_record())
    await session.commit()
    for address in ("/", "/agencies?q=padma", f"/agencies/{agency_id}"):
        await browser.get(address, language=language)


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%25_%25",
        "q=" + "a%20" * 500,
        "q=%E2%80%8D",
        "register=%00",
        "page=-3",
        "page=99999999",
    ],
)
async def test_nothing_that_is_typed_breaks_the_search(browser: Browser, query: str) -> None:
    await browser.get(f"/agencies?{query}")
    answer = await browser.client.get(f"/api/agencies?{query}")
    assert answer.status_code == 200
