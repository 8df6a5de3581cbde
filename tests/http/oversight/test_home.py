"""The first page after signing in: each role sees its own piles, with true counts."""

from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Page, text_of
from conftest import SignIn
from factories.agencies import store_agency
from factories.audits import store_audit
from factories.findings import store_finding
from recruitwatch.accounts.values import Role

DRAFTS, REVIEWS, FINDINGS = "Audits to finish", "Audits to review", "Findings without a decision"
AGENCIES, PEOPLE, HISTORY = "Agencies in the register", "People", "Entries in the history"
CONTESTS = "Contested scorecards"


def piles(page: Page) -> dict[str, str]:
    """Name of each pile and its count."""
    cards = [li for li in page.all("li") if li.get("class") == "rw-card"]
    found = {}
    for card in cards:
        count, _hint = [text_of(p) for p in card if p.tag.endswith("}p")]
        found[text_of(next(iter(h for h in card if h.tag.endswith("}h2"))))] = count
    return found


@pytest.mark.parametrize(
    ("roles", "names"),
    [
        ([Role.ADMINISTRATOR], [PEOPLE]),
        ([Role.INSPECTOR], [DRAFTS, AGENCIES]),
        ([Role.REVIEWER], [REVIEWS, FINDINGS, AGENCIES]),
        ([Role.COMPLAINTS_OFFICER], [AGENCIES]),
        ([Role.REGULATOR], [FINDINGS, CONTESTS, AGENCIES]),
        ([Role.HOTLINE_OPERATOR], [AGENCIES]),
        ([Role.OVERSIGHT], [AGENCIES, HISTORY]),
        ([Role.INSPECTOR, Role.REVIEWER], [DRAFTS, REVIEWS, FINDINGS, AGENCIES]),
    ],
)
async def test_each_role_sees_its_own_piles(
    sign_in: SignIn, roles: list[Role], names: list[str]
) -> None:
    browser = await sign_in(*roles)
    assert list(piles(await browser.get("/home"))) == names


async def test_an_inspector_sees_only_the_own_open_audits(
    sign_in: SignIn, session: AsyncSession
) -> None:
    browser = await sign_in(Role.INSPECTOR)
    other = await sign_in(Role.INSPECTOR)
    await store_audit(session, browser.actor)
    await session.commit()
    assert piles(await browser.get("/home"))[DRAFTS] == "1"
    assert piles(await other.get("/home"))[DRAFTS] == "0"


async def test_findings_and_agencies_are_counted(sign_in: SignIn, session: AsyncSession) -> None:
    regulator = await sign_in(Role.REGULATOR)
    inspector = await sign_in(Role.INSPECTOR)
    agency = await store_agency(session)
    await store_finding(session, inspector.actor, agency_id=agency)
    await session.commit()
    assert piles(await regulator.get("/home")) == {
        FINDINGS: "1",
        CONTESTS: "0",
        AGENCIES: "1",
    }


async def test_an_administrators_page_asks_about_no_case(sign_in: SignIn, queries: Any) -> None:
    browser = await sign_in(Role.ADMINISTRATOR)
    with queries(at_most=3) as seen:
        await browser.get("/home")
    asked = " ".join(seen.statements)
    assert "audits" not in asked
    assert "findings" not in asked
    assert "agencies" not in asked


async def test_every_pile_leads_somewhere(sign_in: SignIn) -> None:
    for roles in (
        [Role.ADMINISTRATOR],
        [Role.OVERSIGHT],
        [Role.INSPECTOR, Role.REVIEWER, Role.REGULATOR],
    ):
        browser = await sign_in(*roles)
        page = await browser.get("/home")
        for name in piles(page):
            await browser.get(page.links()[name])


async def test_home_speaks_the_language_of_the_address(sign_in: SignIn) -> None:
    browser = await sign_in(Role.INSPECTOR)
    page = await browser.get("/home", language="ar")
    assert page.links()[next(iter(piles(page)))].startswith("/ar/")
    assert "٠" in piles(page).values()
