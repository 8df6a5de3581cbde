"""From an issued card to a published and a recalled one, as a regulator does it in the browser."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser, Page, text_of
from conftest import NOW, Clock
from factories import agencies as agencies_factory
from factories.accounts import store_person
from recruitwatch.accounts.actions.secrets import new_token, token_hash
from recruitwatch.accounts.guards import COOKIE
from recruitwatch.accounts.queries import insert_sign_in
from recruitwatch.accounts.rules import sign_in_ends
from recruitwatch.accounts.values import Role
from recruitwatch.history.tables import entries
from recruitwatch.scorecards.actions import issue_scorecard
from recruitwatch.scorecards.queries import get_prepared
from recruitwatch.scorecards.tables import public_cards

SignIn = Callable[..., Awaitable[Browser]]
TODAY = NOW.date()


@pytest.fixture
async def agency_id(session: AsyncSession) -> UUID:
    return await agencies_factory.store_agency(session, licence_no="RL-77")


@pytest.fixture
async def regulator(sign_in: SignIn) -> Browser:
    return await sign_in(Role.REGULATOR)


Later = Callable[[int], Awaitable[Browser]]


@pytest.fixture
def later(session: AsyncSession, regulator: Browser, clock: Clock) -> Later:
    """The same regulator so many days after NOW, signed in again."""

    async def come_back(days: int) -> Browser:
        clock.at = NOW + timedelta(days=days)
        token = new_token()
        await insert_sign_in(
            session,
            token_hash=token_hash(token),
            person_id=regulator.actor.id,
            now=clock.at,
            expires_at=sign_in_ends(clock.at, clock.at),
        )
        await session.commit()
        regulator.client.cookies.clear()
        regulator.client.cookies.set(COOKIE, token)
        return regulator

    return come_back


def day(name: str, on: date) -> dict[str, str]:
    return {
        f"{name}-day": str(on.day),
        f"{name}-month": str(on.month),
        f"{name}-year": str(on.year),
    }


def served(on: date = TODAY, text: str = "By hand, receipt 7.") -> dict[str, str]:
    return {"kind": "served", "served_text": text, **day("served_on", on)}


def replied(on: date = TODAY, text: str = "We disagree with line 3.") -> dict[str, str]:
    return {"kind": "replied", "replied_text": text, **day("replied_on", on)}


PUBLISHED = {"kind": "published"}


def recalled(text: str = "The wrong inspection was counted.") -> dict[str, str]:
    return {"kind": "recalled", "recalled_text": text}


async def issue(visitor: Browser, agency_id: UUID, reason: str = "") -> Page:
    sent = await visitor.post(f"/agencies/{agency_id}/card/issue", {"reason": reason}, status=303)
    return await visitor.follow(sent)


async def step(visitor: Browser, agency_id: UUID, form: dict[str, str], revision: int = 1) -> Page:
    address = f"/agencies/{agency_id}/card/{revision}/steps"
    return await visitor.follow(await visitor.post(address, form, status=303))


async def refused(
    visitor: Browser, agency_id: UUID, form: dict[str, str], revision: int = 1
) -> dict[str, str]:
    address = f"/agencies/{agency_id}/card/{revision}/steps"
    return (await visitor.post(address, form, status=422)).errors()


def states(page: Page) -> list[str]:
    """The list of issued cards, newest first, by the state behind each."""
    return [text_of(row).rpartition(" ")[2] for row in page.all("li") if "Revision" in text_of(row)]


async def test_a_card_goes_from_draft_to_recall(
    regulator: Browser, session: AsyncSession, agency_id: UUID, later: Later
) -> None:
    page = await issue(regulator, agency_id)
    assert states(page) == ["Issued"]
    assert "The agency gets the draft first and has it for 14 days." in page.text
    page = await step(regulator, agency_id, served())
    assert "Recorded: the agency got the draft." in page.text
    assert "It may be published from 14 July 2026 on." in page.text
    assert "Publish this card" not in page.text
    regulator = await later(5)
    await step(regulator, agency_id, replied(TODAY + timedelta(days=5)))
    regulator = await later(14)
    page = await regulator.get(f"/agencies/{agency_id}/card/1")
    assert "Publish this card" in page.text
    page = await step(regulator, agency_id, PUBLISHED)
    assert states(page) == ["Published"]
    assert "Publish this card" not in page.text
    page = await step(regulator, agency_id, recalled())
    assert states(page) == ["Recalled"]
    assert "The wrong inspection was counted." in page.text
    assert not [form for form in page.all("form") if "/steps" in form.get("action", "")]
    taken = await session.scalars(
        select(entries.c.action)
        .where(entries.c.subject_id == str(agency_id))
        .order_by(entries.c.seq)
    )
    assert [one for one in taken if "card" in one] == [
        "scorecard_issued", "card_served", "card_replied", "card_published", "card_recalled",
    ]  # fmt: skip


async def test_publishing_before_the_days_are_over_is_refused_and_says_when(
    regulator: Browser, session: AsyncSession, agency_id: UUID, later: Later
) -> None:
    await issue(regulator, agency_id)
    await step(regulator, agency_id, served())
    regulator = await later(13)
    [sentence] = (await refused(regulator, agency_id, PUBLISHED)).values()
    assert "2026-07-14" in sentence or "14 July 2026" in sentence
    prepared = await get_prepared(session, agency_id, 1)
    assert [one.kind.value for one in prepared.steps] == ["served"]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        (replied(), "The agency has not got the draft yet. Serve it first."),
        (PUBLISHED, "The agency has not got the draft yet. Serve it first."),
        (recalled(), "The agency has not got the draft yet. Serve it first."),
        (served(TODAY + timedelta(days=1)), "This day lies in the future."),
        (served(TODAY - timedelta(days=1)), "This day lies before the day of the card."),
        (served(text=" "), "Write down how the agency got the draft."),
        ({"kind": "praised"}, "Choose one of the answers."),
        ({"kind": "served", "served_text": "By hand."}, "Fill in this field."),
    ],
)
async def test_what_cannot_be_done_with_a_new_card(
    regulator: Browser,
    session: AsyncSession,
    agency_id: UUID,
    form: dict[str, str],
    sentence: str,
) -> None:
    await issue(regulator, agency_id)
    assert list((await refused(regulator, agency_id, form)).values()) == [sentence]
    assert (await get_prepared(session, agency_id, 1)).steps == ()


async def test_a_recall_needs_a_reason_and_a_publication(
    regulator: Browser, session: AsyncSession, agency_id: UUID, later: Later
) -> None:
    await issue(regulator, agency_id)
    await step(regulator, agency_id, served())
    assert list((await refused(regulator, agency_id, recalled())).values()) == [
        "This card is not published."
    ]
    regulator = await later(14)
    await step(regulator, agency_id, PUBLISHED)
    assert await refused(regulator, agency_id, recalled("")) == {
        "recalled_text": "Write down why the card is recalled. Everybody will read it."
    }
    assert len((await get_prepared(session, agency_id, 1)).steps) == 2


async def test_what_was_typed_stands_there_again(regulator: Browser, agency_id: UUID) -> None:
    await issue(regulator, agency_id)
    form = served(TODAY + timedelta(days=3), "By post to the <director>.")
    page = await regulator.post(f"/agencies/{agency_id}/card/1/steps", form, status=422)
    assert "By post to the <director>." in page.text
    assert page.form("/steps")["served_on-day"] == "3"


async def test_a_later_revision_says_why_and_the_older_one_can_no_longer_be_published(
    regulator: Browser, agency_id: UUID, later: Later
) -> None:
    await issue(regulator, agency_id)
    await step(regulator, agency_id, served())
    regulator = await later(1)
    missing = await regulator.post(f"/agencies/{agency_id}/card/issue", {}, status=422)
    assert missing.errors() == {
        "reason": "Write down why a new revision is issued. Everybody will read it."
    }
    page = await issue(regulator, agency_id, "A line was corrected.")
    assert "A line was corrected." in page.text
    await step(regulator, agency_id, served(TODAY + timedelta(days=1)), revision=2)
    regulator = await later(15)
    page = await step(regulator, agency_id, PUBLISHED, revision=2)
    assert states(page) == ["Published", "served"]
    assert list((await refused(regulator, agency_id, PUBLISHED)).values()) == [
        "A newer revision is published already."
    ]
    page = await regulator.get(f"/agencies/{agency_id}/card/1")
    assert "A newer revision is published already." in page.text


async def test_a_published_card_is_replaced_by_the_next(
    regulator: Browser, agency_id: UUID, later: Later
) -> None:
    for revision, since in ((1, 0), (2, 14)):
        await issue(regulator, agency_id, "News.")
        await step(regulator, agency_id, served(TODAY + timedelta(days=since)), revision)
        regulator = await later(since + 14)
        page = await step(regulator, agency_id, PUBLISHED, revision)
    assert states(page) == ["Published", "Replaced"]


async def test_the_page_for_everybody_can_be_looked_at_before(
    regulator: Browser, agency_id: UUID
) -> None:
    page = await issue(regulator, agency_id)
    assert f"/en/agencies/{agency_id}/card/1/public" in page.links().values()
    preview = await regulator.get(f"/agencies/{agency_id}/card/1/public")
    assert "For staff only" in preview.text
    assert "Fewer than five complaints were decided" in preview.text


async def test_the_ministrys_own_days_of_the_draft(
    session: AsyncSession, regulator: Browser, agency_id: UUID
) -> None:
    issuer = await store_person(session, Role.REGULATOR)
    await issue_scorecard(session, issuer, NOW, agency_id=agency_id, draft_days=0)
    await step(regulator, agency_id, served())
    page = await step(regulator, agency_id, PUBLISHED)
    assert states(page) == ["Published"]


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.INSPECTOR, Role.OVERSIGHT])
async def test_only_regulators_take_steps(
    session: AsyncSession, sign_in: SignIn, agency_id: UUID, role: Role
) -> None:
    issuer = await store_person(session, Role.REGULATOR)
    await issue_scorecard(session, issuer, NOW, agency_id=agency_id)
    visitor = await sign_in(role)
    page = await visitor.get(f"/agencies/{agency_id}/card/1")
    assert "On its way to the public" in page.text
    assert "Record service" not in page.text
    await visitor.post(f"/agencies/{agency_id}/card/1/steps", served(), status=403)
    await visitor.get(f"/agencies/{agency_id}/card/1/public")
    assert (await get_prepared(session, agency_id, 1)).steps == ()


async def test_what_a_public_card_rests_on_stands_on_no_page(
    session: AsyncSession, regulator: Browser, browser: Browser, agency_id: UUID, later: Later
) -> None:
    await issue(regulator, agency_id)
    await step(regulator, agency_id, served())
    regulator = await later(14)
    await step(regulator, agency_id, PUBLISHED)
    [basis] = await session.scalars(
        select(public_cards.c.basis).where(public_cards.c.agency_id == agency_id)
    )
    assert basis.startswith("{")
    pages = [
        await regulator.get(f"/agencies/{agency_id}/card/1"),
        await regulator.get(f"/agencies/{agency_id}/card/1/public"),
        await browser.get(f"/cards/{agency_id}"),
    ]
    assert not any(basis in page.text or '"talks"' in page.text for page in pages)
