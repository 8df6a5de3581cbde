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
from recruitwatch.db import files
from recruitwatch.db.engine import session_opener
from recruitwatch.scorecards.actions.papers import make_papers, place_of
from recruitwatch.scorecards.actions.publishing import take_card_step
from recruitwatch.scorecards.queries import insert_paper
from recruitwatch.scorecards.values.publishing import CardStepKind, NewCardStep, Paper
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
    await make_papers(session, NOW, place_of(settings), card_id=card_id)
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
        got.headers["content-disposition"]
        == 'inline; filename="scorecard-rl-42-x-revision-1-en.pdf"'
    )
    sha256 = hashlib.sha256(got.content).hexdigest()
    assert got.headers["etag"] == f'"{sha256}"'
    text = words(got.content)
    for part in ("Padma Overseas", settings.ministry, "We mended it.", "Cards over time"):
        assert part in text
    assert f"{settings.public_address}/verify/{card_id}" in "".join(text.split())
    again = await browser.get(address, status=304, headers={"If-None-Match": f'"{sha256}"'})
    assert again.response.content == b""


async def test_each_language_has_a_paper_of_its_own_that_can_be_checked(
    session: AsyncSession, actor_of: ActorOf, browser: Browser, settings: Settings
) -> None:
    agency_id, card_id = await store_with_paper(session, await actor_of(Role.REGULATOR), settings)
    sums = {}
    for language, word in (("en", "Good"), ("bn", "ভালো"), ("ar", "جيد")):
        own = f"/cards/{agency_id}/1/paper.pdf"
        got = (await browser.get(own, language=language)).response
        assert got.headers["content-language"] == language
        assert f"-{language}.pdf" in got.headers["content-disposition"]
        assert word in words(got.content)
        asked = await browser.get(f"/en/cards/{agency_id}/1/paper.pdf?language={language}")
        assert asked.response.content == got.content
        sums[language] = hashlib.sha256(got.content).hexdigest()
    assert len(set(sums.values())) == 3
    card = await browser.get(f"/en/cards/{agency_id}")
    for language in sums:
        assert f"/{language}/cards/{agency_id}/1/paper.pdf" in card.response.text
    verify = await browser.get(f"/en/verify/{card_id}")
    for language, name in (("en", "English"), ("bn", "বাংলা"), ("ar", "العربية")):
        assert sums[language] in verify.text
        assert f"SHA-256 of the paper (PDF, {name})" in verify.text
        answer = await browser.post(f"/en/verify/{card_id}", {"sha256": sums[language]}, status=200)
        assert f"this is the paper of the card that was published. ({name})" in answer.text
    await browser.get(f"/en/cards/{agency_id}/1/paper.pdf?language=xx", status=404)


async def test_a_card_from_before_papers_had_languages_gives_what_it_has(
    session: AsyncSession, actor_of: ActorOf, browser: Browser, settings: Settings
) -> None:
    agency_id = await store_agency(session, make_record())
    card_id = await store_published(session, await actor_of(Role.REGULATOR), agency_id, INPUTS)
    own = f"/cards/{agency_id}/1/paper.pdf"
    content = b"%PDF-1.7 of long ago"
    sha256 = files.store(settings.files, content)
    await insert_paper(
        session,
        Paper(card_id=card_id, language="en", sha256=sha256, size=len(content), made_at=NOW),
    )
    assert (await browser.get(own, language="bn")).response.content == content
    await make_papers(session, NOW, place_of(settings), card_id=card_id)
    assert (await browser.get(own, language="bn")).response.content != content
    assert (await browser.get(own)).response.content == content


async def test_a_paper_is_made_once(
    session: AsyncSession, actor_of: ActorOf, settings: Settings, queries: CountQueries
) -> None:
    _, card_id = await store_with_paper(session, await actor_of(Role.REGULATOR), settings)
    with queries(at_most=1):
        first = await make_papers(session, NOW, place_of(settings), card_id=card_id)
        assert [paper.language for paper in first] == ["ar", "bn", "en"]
        assert {paper.made_at for paper in first} == {NOW}
    later = NOW + timedelta(days=400)
    assert await make_papers(session, later, place_of(settings), card_id=card_id) == first


async def test_the_paper_of_an_old_card_stays_and_its_name_says_what_became_of_it(
    session: AsyncSession, actor_of: ActorOf, browser: Browser, settings: Settings
) -> None:
    actor = await actor_of(Role.REGULATOR)
    agency_id, _ = await store_with_paper(session, actor, settings, licence_no="RL-1")
    before = (await browser.get(f"/en/cards/{agency_id}/1/paper.pdf")).response
    newer = await store_published(session, actor, agency_id, INPUTS, revision=2)
    await make_papers(session, NOW, place_of(settings), card_id=newer)
    await take_step(session, actor, newer, CardStepKind.RECALLED, "An error", DAY)
    after = (await browser.get(f"/en/cards/{agency_id}/1/paper.pdf")).response
    assert after.content == before.content
    assert "rl-1-revision-1-en-replaced.pdf" in after.headers["content-disposition"]
    recalled = (await browser.get(f"/en/cards/{agency_id}/2/paper.pdf")).response
    assert "rl-1-revision-2-en-recalled.pdf" in recalled.headers["content-disposition"]


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
        await make_papers(session, NOW, place_of(settings), card_id=newer)
        _, gone = await store_with_paper(session, actor, settings, licence_no="RL-3")
        await take_step(session, actor, gone, CardStepKind.RECALLED, "An error", DAY)
        await store_published(session, actor, await store_agency(session, make_record()), INPUTS)
    got = (await browser.get("/en/cards/all.zip")).response
    assert got.headers["content-type"] == "application/zip"
    assert got.headers["content-disposition"].endswith(f'"scorecards-en-{DAY.isoformat()}.zip"')
    archive = zipfile.ZipFile(io.BytesIO(got.content))
    assert archive.testzip() is None
    assert sorted(archive.namelist()) == sorted(
        [f"rl-1-{kept}-revision-1-en.pdf", f"rl-2-{twice}-revision-2-en.pdf"]
    )
    assert archive.namelist() == sorted(archive.namelist(), key=lambda name: UUID(name[5:41]))
    one = (await browser.get(f"/en/cards/{kept}/1/paper.pdf")).response
    assert archive.read(f"rl-1-{kept}-revision-1-en.pdf") == one.content
    bangla = (await browser.get("/en/cards/all.zip?language=bn")).response
    assert sorted(zipfile.ZipFile(io.BytesIO(bangla.content)).namelist()) == sorted(
        [f"rl-1-{kept}-revision-1-bn.pdf", f"rl-2-{twice}-revision-2-bn.pdf"]
    )
    every = zipfile.ZipFile(
        io.BytesIO(
            (await browser.get("/cards/all.zip?language=all", language="ar")).response.content
        )
    )
    assert len(every.namelist()) == 6
    own = (await browser.get(f"/cards/{kept}/1/paper.pdf", language="ar")).response
    assert every.read(f"rl-1-{kept}-revision-1-ar.pdf") == own.content
    await browser.get("/en/cards/all.zip?language=xx", status=404)
