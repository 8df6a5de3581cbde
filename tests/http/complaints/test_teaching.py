"""A confirmed link teaches a name: written down by an officer, and pointing to no case."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser, Page
from conftest import SignIn
from factories.agencies import store_agency
from officers import Office, of, open_office
from recruitwatch.accounts.values import Role
from recruitwatch.agencies.queries import list_meant, match_said
from recruitwatch.complaints.values.filing import Told
from recruitwatch.names.values import Outcome, Said
from recruitwatch.settings import Settings

SAID = Told(name="Blue Gate", licence="", happened=("FEE-01",), call_me="Rahima")


@pytest.fixture
async def office(session: AsyncSession, sign_in: SignIn, settings: Settings) -> Office:
    return await open_office(session, sign_in, settings, cleared=2)


@pytest.fixture
async def agency_id(session: AsyncSession) -> UUID:
    await store_agency(session, legal_name="Kashful Enterprise", licence_no="RL-0777")
    return await store_agency(session, legal_name="Dolonchapa Travels", licence_no="RL-0123")


def yes(agency_id: UUID, **changes: str) -> dict[str, str]:
    return {
        "target": "agency", "id": str(agency_id), "judgement": "confirmed", "basis": "document",
        "reason": "The receipt bears its name.", **changes,
    }  # fmt: skip


async def teach(
    office: Office, browser: Browser, agency_id: UUID, told: Told = SAID, **changes: str
) -> tuple[UUID, Page]:
    filed = await office.file(told)
    status = 422 if changes.pop("refused", "") else 303
    values = yes(agency_id, **{"teach": "yes", "also": told.name, **changes})
    return filed.case_id, await browser.post(of(filed.case_id, "/judge"), values, status=status)


async def names(session: AsyncSession) -> list[tuple[object, ...]]:
    rows = await session.execute(
        text("select name, cases, is_public, since_month from taught_names order by name")
    )
    return [tuple(row) for row in rows]


async def meant(session: AsyncSession, words: str) -> list[str]:
    hits = await list_meant(session, Said(text=words), limit=5)
    return [hit.legal_name for hit in hits if hit.outcome is not Outcome.UNMATCHED]


async def found_by_all(session: AsyncSession, words: str) -> bool:
    return (await match_said(session, Said(text=words))).outcome is not Outcome.UNMATCHED


async def test_a_name_is_kept_when_an_officer_ticks_it_and_only_then(
    session: AsyncSession, office: Office, agency_id: UUID
) -> None:
    filed = await office.file(SAID)
    browser = await office.browser()
    asked = {"target": "agency", "id": str(agency_id), "judgement": "confirmed"}
    page = await browser.post(of(filed.case_id, "/judge/ask"), asked, status=200)
    assert page.form("/judge")["also"] == "Blue Gate"
    await browser.post(of(filed.case_id, "/judge"), yes(agency_id, also="Blue Gate"))
    assert await names(session) == []
    await teach(office, browser, agency_id)
    assert await names(session) == [("Blue Gate", 1, False, date(2026, 6, 1))]


async def test_officers_find_the_agency_by_it_at_once_and_nobody_else(
    session: AsyncSession, office: Office, agency_id: UUID, sign_in: SignIn
) -> None:
    browser = await office.browser()
    assert await meant(session, "the man from Bluegate") == []
    await teach(office, browser, agency_id)
    assert await meant(session, "the man from Bluegate") == ["Dolonchapa Travels"]
    filed = await office.file(SAID)
    page = await browser.get(of(filed.case_id, "/whom"))
    assert "Workers are known to use this name." in page.text
    assert not await found_by_all(session, "Blue Gate")
    listed = await (await sign_in(Role.REGULATOR)).get("/matching/names")
    assert "Blue Gate" not in listed.text


async def test_everybody_finds_it_from_the_fifth_case_on_until_a_regulator_removes_it(
    session: AsyncSession, office: Office, agency_id: UUID, sign_in: SignIn
) -> None:
    browser = await office.browser()
    for _ in range(4):
        await teach(office, browser, agency_id)
    assert not await found_by_all(session, "Blue Gate")
    await teach(office, browser, agency_id)
    assert await found_by_all(session, "Blue Gate")
    public = await sign_in(Role.INSPECTOR)
    page = await public.get(f"/agencies/{agency_id}")
    assert "Blue Gate" not in page.text
    search = await public.get("/agencies?q=Blue+Gate")
    assert "Dolonchapa Travels" in search.text
    assert "Workers are known" not in search.text
    regulator = await sign_in(Role.REGULATOR)
    listed = await regulator.get("/matching/names")
    assert "Blue Gate" in listed.text
    name_id = await session.scalar(text("select id from taught_names"))
    await public.post(f"/matching/names/{name_id}/remove", status=403)
    await regulator.post(f"/matching/names/{name_id}/remove")
    assert not await found_by_all(session, "Blue Gate")


async def test_a_judgement_taken_back_takes_its_name_along(
    session: AsyncSession, office: Office, agency_id: UUID
) -> None:
    browser = await office.browser()
    case_id, _ = await teach(office, browser, agency_id)
    link_id = await session.scalar(text("select id from complaint_links"))
    back = yes(agency_id, judgement="withdrawn", supersedes=str(link_id))
    await browser.post(of(case_id, "/judge"), back)
    assert await names(session) == []
    assert await meant(session, "Blue Gate") == []


@pytest.mark.parametrize(
    ("also", "says"),
    [
        ("Blue Gate 01711 223344", "This is no name of an agency."),
        ("Blue Gate Rahima", "Words of this may point to her"),
        ("Dolonchapa Travels", "The agency has this name already."),
        ("Kashful Enterprise", "Another agency has this name."),
        ("", "Write the name, or take the tick away."),
    ],
)
async def test_what_is_no_name_is_refused_and_nothing_is_judged(
    session: AsyncSession, office: Office, agency_id: UUID, also: str, says: str
) -> None:
    browser = await office.browser()
    _, page = await teach(office, browser, agency_id, also=also, refused="yes")
    assert says in page.errors()["also"]
    assert await session.scalar(text("select count(*) from complaint_links")) == 0


async def test_a_case_that_few_may_know_of_teaches_nothing(
    session: AsyncSession, office: Office, agency_id: UUID
) -> None:
    filed = await office.file(SAID, happened=("VIO-02",))
    browser = await office.browser()
    asked = {"target": "agency", "id": str(agency_id), "judgement": "confirmed"}
    page = await browser.post(of(filed.case_id, "/judge/ask"), asked, status=200)
    assert "also" not in page.form("/judge")
    values = yes(agency_id, teach="yes", also="Blue Gate")
    await browser.post(of(filed.case_id, "/judge"), values, status=422)
    assert await names(session) == []


async def test_a_case_that_moves_to_fewer_readers_takes_its_name_along_once(
    session: AsyncSession, office: Office, agency_id: UUID
) -> None:
    browser = await office.browser()
    case_id, _ = await teach(office, browser, agency_id)
    await teach(office, browser, agency_id)
    await teach(office, browser, agency_id)
    violence = {"codes": "VIO-02", "stage": "at_work"}
    asked = await browser.post(of(case_id, "/about"), violence, status=200)
    sure = asked.form("/about")["sure"]
    await browser.post(of(case_id, "/about"), {**violence, "sure": sure})
    assert [one[1] for one in await names(session)] == [2]
    link_id = await session.scalar(
        text("select id from complaint_links where case_id = :id"), {"id": case_id}
    )
    back = yes(agency_id, judgement="withdrawn", supersedes=str(link_id))
    await browser.post(of(case_id, "/judge"), back)
    assert [one[1] for one in await names(session)] == [2]


async def test_a_case_hidden_from_a_name_that_nobody_has_yet_teaches_nothing(
    session: AsyncSession, office: Office, agency_id: UUID
) -> None:
    """Whoever it means may be at another desk, or come later, and would be told of her by the name."""
    filed = await office.file(SAID, hide_person="Mr Zakaria of the passport hall")
    browser = await office.browser()
    asked = {"target": "agency", "id": str(agency_id), "judgement": "confirmed"}
    page = await browser.post(of(filed.case_id, "/judge/ask"), asked, status=200)
    assert "also" not in page.form("/judge")
    values = yes(agency_id, teach="yes", also="Blue Gate")
    await browser.post(of(filed.case_id, "/judge"), values, status=422)
    assert await names(session) == []


async def test_nothing_that_is_kept_ties_the_name_to_a_case(
    session: AsyncSession, office: Office, agency_id: UUID
) -> None:
    """Neither history nor the entry of the agency changes by it."""
    before = await session.scalar(
        text("select version from agencies where id = :id"), {"id": agency_id}
    )
    await teach(office, await office.browser(), agency_id)
    after = await session.scalar(
        text("select version from agencies where id = :id"), {"id": agency_id}
    )
    assert before == after
    about = await session.scalar(
        text("select count(*) from history_entries where subject_kind = 'agency'")
    )
    assert about == 0
    said = await session.scalar(
        text("select count(*) from history_entries where details::text like '%Blue%'")
    )
    assert said == 0
