"""Rounds of issuing on stored records, and the daily check of what was issued."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from db.scorecards.test_computing import CountQueries, store_approved, whole_list
from factories import agencies as agencies_factory
from factories.accounts import NOW, store_person
from recruitwatch.accounts.values import Role
from recruitwatch.actor import Actor
from recruitwatch.db.engine import session_opener
from recruitwatch.history.queries import count_entries, list_entries
from recruitwatch.history.values import Action
from recruitwatch.scorecards.actions import issue_scorecard
from recruitwatch.scorecards.actions.daily_check import check_cards
from recruitwatch.scorecards.actions.issuing_all import issue_batch
from recruitwatch.scorecards.queries import get_issued, get_prepared, list_issued
from recruitwatch.scorecards.queries.issuing_all import find_check
from recruitwatch.scorecards.rules.rounds import parse_period
from recruitwatch.scorecards.tables import public_cards
from recruitwatch.scorecards.values.issued import NothingNew
from recruitwatch.scorecards.values.rounds import Cause, Round

Q1, Q2, Q3 = parse_period("2026-Q1"), parse_period("2026-Q2"), parse_period("2026-Q3")
VISIT = date(2026, 6, 1)


@pytest.fixture
async def regulator(session: AsyncSession) -> Actor:
    return await store_person(session, Role.REGULATOR)


async def crowd(session: AsyncSession, size: int = 3) -> list[UUID]:
    return [await agencies_factory.store_agency(session) for _ in range(size)]


async def test_a_round_issues_once_and_again_only_what_changed(
    session: AsyncSession, regulator: Actor
) -> None:
    agencies = await crowd(session)
    first = await issue_batch(session, regulator, NOW, period=Q2, agency_ids=agencies)
    assert first == Round(issued=3, grades={"U": 3})
    again = await issue_batch(session, regulator, NOW, period=Q2, agency_ids=agencies)
    assert again == Round(unchanged=3)
    await store_approved(session, *whole_list(), visited_on=VISIT, agency_id=agencies[1])
    third = await issue_batch(session, regulator, NOW, period=Q2, agency_ids=agencies)
    assert (third.issued, third.unchanged) == (1, 2)
    prepared = await get_prepared(session, agencies[1], 2)
    assert prepared.reason == "Issued for the period 2026-Q2."
    assert await session.scalar(select(func.count()).select_from(public_cards)) == 4


async def test_an_agency_has_its_draft_for_as_long_as_the_ministry_set(
    session: AsyncSession, regulator: Actor
) -> None:
    agencies = await crowd(session, 2)
    usual, longer = agencies
    await issue_batch(session, regulator, NOW, period=Q2, agency_ids=[usual])
    await issue_batch(session, regulator, NOW, period=Q2, agency_ids=[longer], draft_days=30)
    assert (await get_prepared(session, usual, 1)).draft_days == 14
    assert (await get_prepared(session, longer, 1)).draft_days == 30


async def test_a_new_period_gives_each_agency_its_card_and_another_day_does_not(
    session: AsyncSession, regulator: Actor
) -> None:
    agency_id = await store_approved(session, *whole_list(), visited_on=VISIT)
    days = [(NOW, Q2), (NOW + timedelta(days=2), Q3), (NOW + timedelta(days=40), Q3)]
    rounds = [
        await issue_batch(session, regulator, at, period=period, agency_ids=[agency_id])
        for at, period in days
    ]
    assert [one.issued for one in rounds] == [1, 1, 0]
    lines = await list_issued(session, agency_id, limit=9)
    assert [line.as_of for line in lines] == [date(2026, 7, 2), date(2026, 6, 30)]


async def test_a_past_period_counts_what_was_approved_by_its_last_day(
    session: AsyncSession, regulator: Actor
) -> None:
    agency_id = await store_approved(session, *whole_list(), visited_on=VISIT)
    before = await issue_batch(session, regulator, NOW, period=Q1, agency_ids=[agency_id])
    assert before == Round(issued=1, grades={"U": 1})
    issued = await get_issued(session, agency_id, 1)
    assert (issued.as_of, issued.inputs.items) == (date(2026, 3, 31), ())


async def test_a_card_of_a_later_day_stands(session: AsyncSession, regulator: Actor) -> None:
    [agency_id] = await crowd(session, 1)
    await issue_scorecard(session, regulator, NOW, agency_id=agency_id)
    outcome = await issue_batch(session, regulator, NOW, period=Q1, agency_ids=[agency_id])
    assert outcome == Round(newer=1)


async def test_a_round_and_a_single_card_give_the_same(
    session: AsyncSession, regulator: Actor
) -> None:
    one, other = [await store_approved(session, *whole_list(), visited_on=VISIT) for _ in range(2)]
    await issue_scorecard(session, regulator, NOW, agency_id=one)
    await issue_batch(session, regulator, NOW, period=Q2, agency_ids=[other])
    single, round_ = await get_issued(session, one, 1), await get_issued(session, other, 1)
    assert single.snapshot.card.score == round_.snapshot.card.score
    assert single.snapshot.questions == round_.snapshot.questions
    with pytest.raises(NothingNew):
        await issue_scorecard(session, regulator, NOW, agency_id=other)


async def test_history_names_who_issued_each_card_and_how(
    session: AsyncSession, regulator: Actor
) -> None:
    agencies = await crowd(session, 2)
    await issue_batch(
        session, regulator, NOW, period=Q2, agency_ids=agencies, reason="Yearly review"
    )
    lines = [(await list_entries(session, subject=("agency", one), limit=1))[0] for one in agencies]
    assert {line.actor_name for line in lines} == {regulator.name}
    assert {(line.action, line.details["through"]) for line in lines} == {
        ("scorecard_issued", "command")
    }


async def test_statements_do_not_grow_with_the_agencies(
    session: AsyncSession, regulator: Actor, queries: CountQueries
) -> None:
    for size in (1, 6):
        agencies = await crowd(session, size)
        with queries(21):
            await issue_batch(session, regulator, NOW, period=Q2, agency_ids=agencies)


async def stored(engine: AsyncEngine) -> tuple[Actor, dict[str, UUID]]:
    """Agencies with cards issued two years ago: one that stays, one that time lowers, one that
    gets a visit since, and one without a card."""
    async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
        regulator = await store_person(session, Role.REGULATOR)
        agencies = {"stays": await agencies_factory.store_agency(session)}
        for name in ("ages", "visited"):
            agencies[name] = await store_approved(
                session, *whole_list(), visited_on=date(2026, 6, 1)
            )
        for agency_id in agencies.values():
            await issue_scorecard(session, regulator, NOW, agency_id=agency_id)
        agencies["new"] = await agencies_factory.store_agency(session)
    return regulator, agencies


@pytest.mark.committed
async def test_the_daily_check_tells_time_from_records(fresh_engine: AsyncEngine) -> None:
    _, agencies = await stored(fresh_engine)
    open_session = session_opener(fresh_engine)
    later = datetime(2028, 6, 2, 9, 0, tzinfo=UTC)
    async with open_session() as session, session.begin():
        before = {
            name: (await list_issued(session, agency_id, limit=1))[0].grade.value
            for name, agency_id in agencies.items()
            if name != "new"
        }
        await store_approved(
            session, *whole_list()[:3], visited_on=date(2026, 6, 29),
            agency_id=agencies["visited"], approved_at=later - timedelta(days=20),
        )  # fmt: skip
    await check_cards(open_session, later)
    await check_cards(open_session, later + timedelta(hours=3))
    async with open_session() as session, session.begin():
        found = await find_check(session)
        lines = await count_entries(session, action=Action.CARD_CHECKED)
        cards = await list_issued(session, agencies["ages"], limit=9)
    assert found is not None
    assert (found.day, found.checked, found.never_issued, lines) == (later.date(), 4, 1, 1)
    causes = {one.agency_id: one for one in found.moved}
    assert before["ages"] == before["visited"] == "C"
    assert causes[agencies["ages"]].cause is Cause.TIME
    assert causes[agencies["ages"]].today.value == "U"
    assert causes[agencies["visited"]].cause is Cause.RECORDS
    assert agencies["stays"] not in causes
    assert (found.by_time, found.by_records, found.same) == (1, 1, 1)
    assert len(cards) == 1


@pytest.mark.committed
async def test_without_any_agency_the_check_says_so(fresh_engine: AsyncEngine) -> None:
    open_session = session_opener(fresh_engine)
    async with open_session() as session, session.begin():
        assert await find_check(session) is None
    await check_cards(open_session, NOW)
    async with open_session() as session, session.begin():
        found = await find_check(session)
    assert found is not None
    assert (found.checked, found.moved) == (0, ())


@pytest.mark.committed
async def test_two_rounds_at_once_issue_each_card_once(fresh_engine: AsyncEngine) -> None:
    open_session = session_opener(fresh_engine)
    async with open_session() as session, session.begin():
        regulator = await store_person(session, Role.REGULATOR)
        agencies = await crowd(session)
    async with open_session() as first, open_session() as second:
        await first.begin()
        await issue_batch(first, regulator, NOW, period=Q2, agency_ids=agencies[:2])
        await second.begin()
        waiting = asyncio.create_task(
            issue_batch(second, regulator, NOW, period=Q2, agency_ids=agencies)
        )
        await asyncio.sleep(0.3)
        await first.commit()
        outcome = await waiting
        await second.commit()
    assert outcome == Round(issued=1, meanwhile=2, grades={"U": 1})
