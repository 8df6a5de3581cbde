"""A case whose agency nobody found is compared again when the register changes."""

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Page
from conftest import SignIn
from factories.agencies import store_agency
from factories.brokers import store_broker
from factories.complaints import Officer, desk_with_officers
from factories.deciding import reference_of
from officers import Office, of, open_office
from recruitwatch.agencies.queries import get_register_version
from recruitwatch.settings import Settings

UNMATCHED = "/cases?which=unmatched"
FITS = "Somebody on record fits now"
NOT_YET = "Not compared yet"
CHANGED = "The register has changed since it was compared"


@pytest.fixture
async def office(session: AsyncSession, sign_in: SignIn, settings: Settings) -> Office:
    return await open_office(session, sign_in, settings)


def marks(page: Page) -> list[str]:
    return [one for one in (FITS, CHANGED, NOT_YET) for _ in range(page.text.count(one))]


async def openings(session: AsyncSession) -> int:
    return await session.scalar(text("select count(*) from complaint_openings")) or 0


async def test_an_agency_that_is_registered_later_is_found_by_the_list(
    session: AsyncSession, office: Office
) -> None:
    await store_agency(session, legal_name="Kashful Enterprise", licence_no="RL-0777")
    filed = await office.file(name="Dolonchampa Travel", licence="")
    browser = await office.browser()
    assert marks(await browser.get(UNMATCHED)) == []
    await store_agency(session, legal_name="Dolonchapa Travels", licence_no="RL-0123")
    await session.commit()
    page = await browser.get(UNMATCHED)
    assert marks(page) == [FITS]
    assert await reference_of(session, filed.case_id) in page.text
    assert await openings(session) == 0, "the program looked, and nobody else"
    whom = await browser.get(of(filed.case_id, "/whom"))
    assert "Dolonchapa Travels" in whom.text


async def test_what_an_officer_ruled_out_is_no_news(session: AsyncSession, office: Office) -> None:
    agency_id = await store_agency(session, legal_name="Dolonchapa Travels", licence_no="RL-0123")
    filed = await office.file(name="Dolonchampa Travel", licence="")
    browser = await office.browser()
    assert marks(await browser.get(UNMATCHED)) == [FITS]
    no = {"target": "agency", "id": str(agency_id), "judgement": "rejected", "reason": "Another."}
    await browser.post(of(filed.case_id, "/judge"), no)
    assert marks(await browser.get(UNMATCHED)) == []


async def test_a_case_with_an_agency_leaves_the_list(session: AsyncSession, office: Office) -> None:
    agency_id = await store_agency(session, legal_name="Dolonchapa Travels", licence_no="RL-0123")
    filed = await office.file(name="Dolonchampa Travel", licence="")
    browser = await office.browser()
    yes = {
        "target": "agency", "id": str(agency_id), "judgement": "confirmed", "basis": "document",
        "reason": "The receipt bears its name.",
    }  # fmt: skip
    await browser.post(of(filed.case_id, "/judge"), yes)
    assert "An agency is known in every open case." in (await browser.get(UNMATCHED)).text


async def test_ten_cases_are_compared_at_a_time_and_the_others_are_marked(
    session: AsyncSession, office: Office
) -> None:
    for _ in range(12):
        await office.file(name="Dolonchampa Travel", licence="")
    await store_agency(session, legal_name="Dolonchapa Travels", licence_no="RL-0123")
    browser = await office.browser()
    assert marks(await browser.get(UNMATCHED)) == [FITS] * 10 + [NOT_YET] * 2
    assert marks(await browser.get(UNMATCHED)) == [FITS] * 12
    await store_agency(session, legal_name="Kashful Enterprise", licence_no="RL-0777")
    await session.commit()
    assert marks(await browser.get(UNMATCHED)) == [FITS] * 10 + [CHANGED] * 2


async def test_whoever_does_not_hold_a_case_neither_sees_nor_compares_it(
    session: AsyncSession, office: Office
) -> None:
    await store_agency(session, legal_name="Dolonchapa Travels", licence_no="RL-0123")
    await office.file(name="Dolonchampa Travel", licence="")
    other = await desk_with_officers(session, takes_public=False)
    stranger: Officer = other.officers[0]
    page = await (await office.browser(stranger)).get(UNMATCHED)
    assert marks(page) == []
    assert await session.scalar(text("select count(*) from case_register_looks")) == 0


async def test_the_version_grows_with_agencies_and_brokers(
    session: AsyncSession, office: Office
) -> None:
    before = await get_register_version(session)
    await store_agency(session, legal_name="Dolonchapa Travels")
    added = await get_register_version(session)
    assert added > before
    await store_broker(session, office.desk.officers[0].actor, name="Kamal")
    assert await get_register_version(session) > added
