"""A register filled with invented records gives cards as real records do, and nothing else is touched."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import NullPool

from conftest import NOW
from factories import agencies as agencies_factory
from factories.checklists import store_library
from recruitwatch.audits.rules.freezing import read_document
from recruitwatch.audits.rules.judging import result_of, written
from recruitwatch.checklists.queries import get_parameters, get_versions
from recruitwatch.db.embedded import Cluster
from recruitwatch.db.engine import session_opener
from recruitwatch.generating import queries
from recruitwatch.generating.filling import RegisterNotEmpty, count_made, fill_batch, found
from recruitwatch.generating.plan import Plan, Times
from recruitwatch.generating.register import entry
from recruitwatch.scorecards.actions import compute_cards
from recruitwatch.scorecards.queries.issuing_all import list_agencies_after
from recruitwatch.scorecards.values.issued import CurrentCard

TINY = Plan(agencies=20, audits=400, answers=60, complaints=600, seed=7)
TIMES = Times(now=NOW)


@pytest_asyncio.fixture
async def owner(postgres: Cluster, fresh_database: str) -> AsyncIterator[AsyncEngine]:
    made = create_async_engine(postgres.owner_url(fresh_database), poolclass=NullPool)
    yield made
    await made.dispose()


async def fill(owner: AsyncEngine, plan: Plan, until: int | None = None) -> int:
    """As the command does it, batch by batch, from where the last one stopped."""
    open_session = session_opener(owner)
    async with open_session() as session, session.begin():
        await store_library(session)
        done = await count_made(session, plan)
        ground = await found(session, TIMES, plan)
    while done < (until or plan.agencies):
        async with open_session() as session, session.begin():
            done += await fill_batch(session, ground, done)
    async with open_session() as session, session.begin():
        await queries.tidy(session)
    return done


async def cards_of(engine: AsyncEngine) -> list[CurrentCard]:
    async with AsyncSession(engine) as session:
        ids = [one for one, _ in await list_agencies_after(session, None, limit=500)]
        cards, _ = await compute_cards(session, ids, NOW)
    return cards


@pytest.mark.committed
async def test_a_filled_register_gives_cards(owner: AsyncEngine, fresh_engine: AsyncEngine) -> None:
    assert await fill(owner, TINY) == 20
    cards = await cards_of(fresh_engine)
    assert len(cards) == 20
    assert all(one.card.score is not None and one.card.ledger for one in cards)
    assert len({one.card.score for one in cards}) > 10
    async with AsyncSession(fresh_engine) as session:
        for table, wanted in (
            ("audit_results", 400),
            ("complaints", 600),
            ("complaint_links", 600),
        ):
            counted = await session.execute(text(f"select count(*) from {table}"))
            assert counted.scalar_one() == wanted
        due = await session.execute(text("select count(*) from audit_results_due"))
        assert due.scalar_one() == 0
    decided = [one for card in cards for one in card.inputs.complaints if one.outcome != "pending"]
    assert len(decided) > 100


@pytest.mark.committed
async def test_what_is_kept_of_an_audit_is_what_its_document_earns(
    owner: AsyncEngine, fresh_engine: AsyncEngine
) -> None:
    await fill(owner, Plan(agencies=2, audits=12, answers=60, complaints=0, seed=7))
    async with AsyncSession(fresh_engine) as session:
        both = await session.execute(
            text(
                "select document, result from audit_submissions "
                "join audit_results on submission_id = audit_submissions.id order by submission_id"
            )
        )
        pairs = both.all()
        documents = [read_document(document) for document, _ in pairs]
        used = {(one.checklist_id, one.version) for each in documents for one in each.lists}
        lists = {name: one for (name, _), one in (await get_versions(session, used)).items()}
        figures = dict.fromkeys(lists, await get_parameters(session))
    assert len(pairs) == 12
    assert all(len(one.answers) == 60 for one in documents)
    for document, (_, result) in zip(documents, pairs, strict=True):
        mine = {one.checklist_id: lists[one.checklist_id] for one in document.lists}
        assert written(result_of(document, mine, figures)) == result


@pytest.mark.committed
async def test_a_stopped_run_goes_on_and_another_plan_does_not(owner: AsyncEngine) -> None:
    plan = Plan(agencies=70, audits=70, answers=20, complaints=70, seed=1)
    assert await fill(owner, plan, until=50) == 50
    assert await fill(owner, plan) == 70
    assert await fill(owner, plan) == 70
    with pytest.raises(RegisterNotEmpty):
        await fill(owner, Plan(agencies=70, audits=71, answers=20, complaints=70, seed=1))


@pytest.mark.committed
async def test_a_register_that_is_not_empty_is_refused(owner: AsyncEngine) -> None:
    async with AsyncSession(owner) as session, session.begin():
        await agencies_factory.store_agency(session)
    with pytest.raises(RegisterNotEmpty):
        await fill(owner, TINY)


@pytest.mark.committed
async def test_the_guards_of_the_tables_are_on_again(
    owner: AsyncEngine, fresh_engine: AsyncEngine
) -> None:
    await fill(owner, Plan(agencies=1, audits=1, answers=5, complaints=3, seed=1))
    off = text("select count(*) from pg_trigger where tgenabled = 'D'")
    async with AsyncSession(fresh_engine) as session:
        assert (await session.execute(off)).scalar_one() == 0


def test_the_same_plan_gives_the_same_records_and_another_seed_others() -> None:
    other = Plan(agencies=20, audits=120, answers=60, complaints=600, seed=8)
    later = Times(now=NOW + timedelta(hours=1))
    assert entry(TINY, TIMES, 3) == entry(TINY, later, 3)
    assert entry(TINY, TIMES, 3) != entry(other, TIMES, 3)
