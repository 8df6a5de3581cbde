"""The whole register in pages: every agency once, each as its public page shows it, of one state."""

from contextlib import aclosing
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from factories.agencies import NOW, full_record, make_record, store_agency, store_licence
from factories.licences import new
from recruitwatch.accounts.values import Role
from recruitwatch.agencies import queries
from recruitwatch.agencies.queries.downloads import PAGE
from recruitwatch.agencies.values import (
    LicenceState,
    NumberKind,
    PublicAgency,
    Register,
    RegisterUnknown,
)
from recruitwatch.db.engine import session_opener
from recruitwatch.db.snapshot import read_snapshot

S = LicenceState
TODAY = NOW.date()
OTHER = Register(id="otherland", title="Other", country="NP", numbers=NumberKind.OFFICIAL)


async def read(
    session: AsyncSession, day: date = TODAY, register_id: str | None = None
) -> list[PublicAgency]:
    return [a async for a in queries.each_public_agency(session, day, register_id=register_id)]


async def store_many(session: AsyncSession, count: int) -> set[UUID]:
    """Half of them have one name, so that a page ends between equal names."""
    names = ["Twin" if n % 2 else f"Agency {n:04}" for n in range(count)]
    return {
        await store_agency(session, make_record(legal_name=name, licence_no=f"N{n}"))
        for n, name in enumerate(names)
    }


async def test_each_agency_is_as_its_public_page_shows_it(
    session: AsyncSession,
    actor_of,  # type: ignore[no-untyped-def]
) -> None:
    actor = await actor_of(Role.REGULATOR)
    agency_id = await store_agency(session, full_record())
    await store_licence(
        session, actor, agency_id, new(S.VALID, "2024-01-01"), new(S.SUSPENDED, "2026-06-01")
    )
    await store_agency(session, make_record(legal_name="Zeta"))
    for day in (date(2023, 1, 1), date(2026, 5, 31), TODAY, date(2027, 5, 1)):
        found = await read(session, day)
        assert [a.legal_name for a in found] == ["Padma Overseas Ltd", "Zeta"]
        assert found == [await queries.get_public_agency(session, a.id, day) for a in found]


async def test_every_agency_comes_once_by_name_in_few_statements(
    session: AsyncSession,
    queries,  # type: ignore[no-untyped-def]
) -> None:
    stored = await store_many(session, 2 * PAGE + 1)
    with queries(at_most=3 * 3 + 1 + 1):
        found = await read(session)
    assert len(found) == len(stored)
    assert {a.id for a in found} == stored
    assert [a.legal_name for a in found] == sorted(a.legal_name for a in found)


async def test_one_register_alone(session: AsyncSession) -> None:
    await queries.insert_register(session, OTHER, NOW)
    await store_agency(session, make_record(legal_name="Here"))
    await store_agency(session, make_record(legal_name="There", register_id=OTHER.id))
    assert [a.legal_name for a in await read(session, register_id=OTHER.id)] == ["There"]
    assert [a.register.title for a in await read(session)] == ["Register of Testland", "Other"]


@pytest.mark.parametrize("register_id", ["nowhere", "test\0land", "' or 1=1 --"])
async def test_an_unknown_register_is_said_to_be_unknown(
    session: AsyncSession, register_id: str
) -> None:
    with pytest.raises(RegisterUnknown):
        await read(session, register_id=register_id)


@pytest.mark.committed
async def test_a_snapshot_does_not_see_what_comes_meanwhile(fresh_engine: AsyncEngine) -> None:
    open_session = session_opener(fresh_engine)
    async with open_session() as session, session.begin():
        stored = await store_many(session, PAGE + 1)
    async with read_snapshot(open_session) as reading:
        found = queries.each_public_agency(reading, TODAY)
        async with aclosing(found):
            seen = {(await anext(found)).id}
            async with open_session() as session, session.begin():
                await store_agency(session, make_record(legal_name="Zz late"))
                await session.execute(text("update agencies set legal_name = 'Changed'"))
            rest = [a async for a in found]
    assert seen | {a.id for a in rest} == stored
    assert "Changed" not in {a.legal_name for a in rest}


@pytest.mark.committed
async def test_nothing_can_be_written_in_a_snapshot_and_the_next_session_is_as_ever(
    fresh_engine: AsyncEngine,
) -> None:
    open_session = session_opener(fresh_engine)
    with pytest.raises(DBAPIError, match="read-only"):
        async with read_snapshot(open_session) as session:
            await store_agency(session)
    async with open_session() as session, session.begin():
        assert await session.scalar(text("show transaction_isolation")) == "read committed"
        await store_agency(session)
