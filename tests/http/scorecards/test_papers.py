"""Papers of published cards: for everybody one by one, for officers all of them."""

import hashlib
import io
import zipfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pypdfium2
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from clients import Browser, open_browser
from conftest import KEY, Clock
from factories.accounts import NOW, store_person, store_sign_in
from factories.agencies import make_record, store_agency
from factories.published_cards import DAY, store_published, take_step
from recruitwatch.accounts.values import Role
from recruitwatch.actor import Actor
from recruitwatch.app import as_served, create_app
from recruitwatch.db.engine import session_opener
from recruitwatch.scorecards.actions.papers import make_paper, place_of
from recruitwatch.scorecards.actions.publishing import take_card_step
from recruitwatch.scorecards.values.publishing import CardStepKind, NewCardStep
from recruitwatch.settings import Settings
from rules.scorecards.example import example

ActorOf = Callable[..., Awaitable[Actor]]
SignIn = Callable[..., Awaitable[Browser]]
CountQueries = Callable[[int], AbstractContextManager[Any]]
INPUTS = example(as_of=DAY)


async def store_with_paper(
    session: AsyncSession, actor: Actor, settings: Settings, **licence: str
) -> tuple[UUID, UUID]:
    """An agency with a published card and its paper: the agency's id and the card's."""
    agency_id = await store_agency(session, make_record(**licence))
    card_id = await store_published(session, actor, agency_id, INPUTS)
    await make_paper(session, NOW, place_of(settings), card_id=card_id)
    return agency_id, card_id


def words(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return " ".join(page.get_textpage().get_text_bounded() for page in document)


async def test_publishing_makes_the_paper_and_everybody_can_fetch_it(
    session: AsyncSession, actor_of: ActorOf, browser: Browser, settings: Settings
) -> None:
    actor = await actor_of(Role.REGULATOR)
    agency_id = await store_agency(
        session, make_record(legal_name="Padma Overseas", licence_no='RL/42 "x"')
    )
    card_id = await store_published(
        session, actor, agency_id, INPUTS, replies=["We mended it."], published=False
    )
    address = f"/en/cards/{agency_id}/1/paper.pdf"
    await browser.get(address, status=404)
    await take_card_step(
        session, actor, NOW, agency_id=agency_id, revision=1, place=place_of(settings),
        new=NewCardStep(kind=CardStepKind.PUBLISHED, on_date=DAY, text=""),
    )  # fmt: skip
    got = (await browser.get(address)).response
    assert got.status_code == 200
    assert got.headers["content-type"] == "application/pdf"
    assert (
        got.headers["content-disposition"] == 'inline; filename="scorecard-rl-42-x-revision-1.pdf"'
    )
    sha256 = hashlib.sha256(got.content).hexdigest()
    assert got.headers["etag"] == f'"{sha256}"'
    text = words(got.content)
    for part in ("Padma Overseas", settings.ministry, "We mended it.", "Published cards"):
        assert part in text
    assert f"{settings.public_address}/verify/{card_id}" in "".join(text.split())
    again = await browser.get(address, status=304, headers={"If-None-Match": f'"{sha256}"'})
    assert again.response.content == b""


async def test_a_paper_is_made_once(
    session: AsyncSession, actor_of: ActorOf, settings: Settings, queries: CountQueries
) -> None:
    _, card_id = await store_with_paper(session, await actor_of(Role.REGULATOR), settings)
    with queries(at_most=1):
        first = await make_paper(session, NOW, place_of(settings), card_id=card_id)
        assert first.made_at == NOW
    later = NOW + timedelta(days=400)
    assert await make_paper(session, later, place_of(settings), card_id=card_id) == first


async def test_the_paper_of_an_old_card_stays_and_its_name_says_what_became_of_it(
    session: AsyncSession, actor_of: ActorOf, browser: Browser, settings: Settings
) -> None:
    actor = await actor_of(Role.REGULATOR)
    agency_id, _ = await store_with_paper(session, actor, settings, licence_no="RL-1")
    before = (await browser.get(f"/en/cards/{agency_id}/1/paper.pdf")).response
    newer = await store_published(session, actor, agency_id, INPUTS, revision=2)
    await make_paper(session, NOW, place_of(settings), card_id=newer)
    await take_step(session, actor, newer, CardStepKind.RECALLED, "An error", DAY)
    after = (await browser.get(f"/en/cards/{agency_id}/1/paper.pdf")).response
    assert after.content == before.content
    assert "rl-1-revision-1-replaced.pdf" in after.headers["content-disposition"]
    recalled = (await browser.get(f"/en/cards/{agency_id}/2/paper.pdf")).response
    assert "rl-1-revision-2-recalled.pdf" in recalled.headers["content-disposition"]


@pytest.mark.parametrize("revision", [1, 7])
async def test_where_nothing_is_published_there_is_no_paper(
    session: AsyncSession, actor_of: ActorOf, browser: Browser, revision: int
) -> None:
    agency_id = await store_agency(session, make_record())
    await store_published(
        session, await actor_of(Role.REGULATOR), agency_id, INPUTS, published=False
    )
    await browser.get(f"/en/cards/{agency_id}/{revision}/paper.pdf", status=404)
    await browser.get(f"/en/cards/{uuid4()}/1/paper.pdf", status=404)


async def test_strangers_do_not_get_all_papers(browser: Browser) -> None:
    answer = await browser.get("/en/cards/all.zip", status=303)
    assert "/sign-in" in answer.response.headers["location"]


@pytest.fixture
async def officer(
    fresh_engine: AsyncEngine, settings: Settings
) -> AsyncIterator[tuple[Browser, Actor]]:
    """Signed in at an application that really commits."""
    async with AsyncSession(fresh_engine, expire_on_commit=False) as session, session.begin():
        actor = await store_person(session, Role.REGULATOR)
        token = await store_sign_in(session, actor)
    app = create_app(settings, KEY, session_opener(fresh_engine), clock=Clock())
    async with open_browser(as_served(app, https=False), token=token, actor=actor) as browser:
        yield browser, actor


@pytest.mark.committed
async def test_all_papers_come_in_one_archive_without_recalled_and_replaced_ones(
    fresh_engine: AsyncEngine, settings: Settings, officer: tuple[Browser, Actor]
) -> None:
    browser, actor = officer
    empty = (await browser.get("/en/cards/all.zip")).response
    assert zipfile.ZipFile(io.BytesIO(empty.content)).namelist() == []
    async with AsyncSession(fresh_engine, expire_on_commit=False) as session, session.begin():
        kept, _ = await store_with_paper(session, actor, settings, licence_no="RL-1")
        twice, _ = await store_with_paper(session, actor, settings, licence_no="RL-2")
        newer = await store_published(session, actor, twice, INPUTS, revision=2)
        await make_paper(session, NOW, place_of(settings), card_id=newer)
        _, gone = await store_with_paper(session, actor, settings, licence_no="RL-3")
        await take_step(session, actor, gone, CardStepKind.RECALLED, "An error", DAY)
        await store_published(session, actor, await store_agency(session, make_record()), INPUTS)
    got = (await browser.get("/en/cards/all.zip")).response
    assert got.headers["content-type"] == "application/zip"
    assert got.headers["content-disposition"].endswith(f'"scorecards-{DAY.isoformat()}.zip"')
    archive = zipfile.ZipFile(io.BytesIO(got.content))
    assert archive.testzip() is None
    assert sorted(archive.namelist()) == sorted(
        [f"rl-1-{kept}-revision-1.pdf", f"rl-2-{twice}-revision-2.pdf"]
    )
    assert archive.namelist() == sorted(archive.namelist(), key=lambda name: UUID(name[5:41]))
    one = (await browser.get(f"/en/cards/{kept}/1/paper.pdf")).response
    assert archive.read(f"rl-1-{kept}-revision-1.pdf") == one.content
