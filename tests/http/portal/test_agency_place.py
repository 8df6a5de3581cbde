"""The first page of an agency's people, and the lists that it leads to."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser, text_of
from conftest import NOW
from factories.agencies import store_licence
from factories.findings import store_finding
from factories.licences import new
from factories.published_cards import store_published, take_step
from recruitwatch.actor import Actor
from recruitwatch.agencies.values import LicenceState
from recruitwatch.findings.actions import serve_evidence
from recruitwatch.findings.values import NewStep
from recruitwatch.scorecards.values.publishing import CardStepKind
from rules.scorecards.example import example

SignInFor = Callable[[UUID], Awaitable[Browser]]
TODAY = NOW.date()
INPUTS = example(as_of=TODAY)


async def test_a_new_agency_reads_what_it_will_find_here(
    sign_in_for: SignInFor, agency_id: UUID
) -> None:
    browser = await sign_in_for(agency_id)
    page = await browser.follow(await browser.get("/home", status=303))
    assert page.heading == "Padma Overseas Ltd"
    assert "The ministry has recorded no decision about your licence." in page.text
    assert "The ministry has not handed you a card yet." in page.text
    assert "Nothing. When a line of your card is wrong" in page.text
    assert "None. When the ministry serves a finding" in page.text
    for address, words in (
        ("/agency/cards", "not handed you a card yet"),
        ("/agency/contests", "Nothing."),
        ("/agency/findings", "None."),
    ):
        assert words in (await browser.get(address)).text


async def test_the_menu_leads_to_nothing_of_the_ministry(
    sign_in_for: SignInFor, agency_id: UUID
) -> None:
    browser = await sign_in_for(agency_id)
    page = await browser.get("/agency/cards")
    menu = [a for nav in page.all("nav") for a in nav.iter() if a.tag.endswith("}a")]
    staff = [a.get("href") for a in menu if "/agency" not in (a.get("href") or "")]
    assert {one for one in staff if one and not one.endswith("/agency/cards")} <= {
        "/en/account", "/bn/agency/cards", "/ar/agency/cards",
    }  # fmt: skip
    here = [a.get("href") for a in page.all("a") if a.get("aria-current")]
    assert here == ["/en/agency/cards"]
    assert not [one for one in page.all("form") if one.get("role") == "search"]


async def test_the_own_account_speaks_of_no_office_and_no_complaints(
    sign_in_for: SignInFor, agency_id: UUID
) -> None:
    page = await (await sign_in_for(agency_id)).get("/account")
    facts = [text_of(one) for one in page.all("dt")]
    assert facts == ["Name", "Roles", "Password", "Second factor"]


async def test_the_licence_of_today_is_shown(
    sign_in_for: SignInFor, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    await store_licence(session, officer, agency_id, new(LicenceState.APPLIED, "2026-01-01"))
    browser = await sign_in_for(agency_id)
    assert (
        "The agency has applied for a licence and has none yet."
        in (await browser.get("/agency")).text
    )


async def test_a_draft_says_from_which_day_it_may_be_published_and_what_to_do(
    sign_in_for: SignInFor, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    await store_published(session, officer, agency_id, INPUTS, published=False)
    browser = await sign_in_for(agency_id)
    page = await browser.get("/agency")
    assert "Draft" in page.text
    assert "This is a draft. The ministry may publish it from 30 June 2026 on." in page.text
    assert "Contest the lines that are wrong." in page.text
    assert page.links()["Read the card and its reasons"] == "/en/agency/cards/1"


async def test_a_published_and_a_recalled_card_say_so(
    sign_in_for: SignInFor, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    await store_published(session, officer, agency_id, INPUTS)
    browser = await sign_in_for(agency_id)
    assert "Published on 30 June 2026." in (await browser.get("/agency")).text
    newer = await store_published(session, officer, agency_id, INPUTS, revision=2)
    await take_step(session, officer, newer, CardStepKind.RECALLED, "Wrong visit.", TODAY)
    await session.commit()
    page = await browser.get("/agency")
    assert "Recalled on 30 June 2026." in page.text
    assert "Wrong visit." in page.text
    cards = await browser.get("/agency/cards")
    assert page.links()["Revision 1"] == cards.links()["Revision 1"] == "/en/agency/cards/1"
    assert "Replaced" in cards.text
    assert "Recalled" in cards.text


async def test_a_card_that_was_not_handed_over_is_not_there(
    sign_in_for: SignInFor, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    await store_published(session, officer, agency_id, INPUTS)
    await store_published(session, officer, agency_id, INPUTS, revision=2, served=False)
    browser = await sign_in_for(agency_id)
    assert "Revision 2" not in (await browser.get("/agency/cards")).text
    assert "revision 1" in (await browser.get("/agency")).text
    for address in ("/agency/cards/2", "/agency/cards/2/contest?line=recency"):
        page = await browser.get(address, status=404)
        assert "There is no such card of your agency." in page.text
    page = await browser.post("/agency/cards/2/reply", {"reply": "We know."}, status=404)
    assert "There is no such card of your agency." in page.text
    await browser.get("/agency/cards/3", status=404)
    await browser.get(f"/agency/cards/{2**40}", status=404)


async def test_a_served_finding_stands_with_its_last_day(
    sign_in_for: SignInFor, session: AsyncSession, officer: Actor, agency_id: UUID
) -> None:
    finding_id = await store_finding(session, officer, agency_id=agency_id)
    await store_finding(session, officer, agency_id=agency_id, question="Is it hidden?")
    served = NewStep(on_date=TODAY, text="By hand to Mr Rahman")
    await serve_evidence(session, officer, NOW, finding_id=finding_id, step=served)
    browser = await sign_in_for(agency_id)
    page = await browser.get("/agency")
    until = TODAY + timedelta(days=14)
    assert f"Last day for a reply: {until.day} July 2026" in page.text
    assert page.links()["Does the agency charge no fee?"] == f"/en/agency/findings/{finding_id}"
    assert "Is it hidden?" not in page.text
    assert "Mr Rahman" not in page.text
    assert "Do not look for the people who may have spoken" in page.text


async def test_the_first_page_takes_few_statements(
    sign_in_for: SignInFor,
    session: AsyncSession,
    officer: Actor,
    agency_id: UUID,
    queries: Callable[[int], AbstractContextManager[Any]],
) -> None:
    for revision in range(1, 8):
        await store_published(session, officer, agency_id, INPUTS, revision=revision)
        finding = await store_finding(session, officer, agency_id=agency_id)
        step = NewStep(on_date=TODAY, text="By hand")
        await serve_evidence(session, officer, NOW, finding_id=finding, step=step)
    browser = await sign_in_for(agency_id)
    with queries(at_most=16):
        page = await browser.get("/agency")
    assert page.links()["All your cards"] == "/en/agency/cards"
    assert page.links()["All findings served on you"] == "/en/agency/findings"
