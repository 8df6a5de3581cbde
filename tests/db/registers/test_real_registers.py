"""Whole real registers, where the machine has them: every row goes in, again changes nothing, and
undoing leaves nothing behind."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from conftest import SHARED_DATA
from factories.accounts import NOW
from factories.registers import store_import
from recruitwatch.accounts.values import Role
from recruitwatch.agencies.tables import agencies, agency_names, licences
from recruitwatch.registers.actions.undoing import undo_import

pytestmark = pytest.mark.skipif(
    not SHARED_DATA.exists(), reason="the real registers are not part of the project"
)
ROWS = {
    "bangladesh": 463,
    "bangladesh-manning": 75,
    "hongkong": 2986,
    "indonesia": 656,
    "malaysia": 50,
    "jamaica": 61,
    "us-staffing": 528,
}


async def _count(session: AsyncSession, table: object) -> int:
    return await session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize("register_id", ROWS)
async def test_every_row_of_a_real_register_goes_in_and_out_again(
    session: AsyncSession, actor_of, register_id: str
) -> None:
    actor = await actor_of(Role.REGULATOR)
    content = (SHARED_DATA / f"agencies-{register_id}.csv").read_bytes()
    aliases = (SHARED_DATA / "agency-aliases.csv").read_bytes()

    report = await store_import(session, actor, content, register_id=register_id, aliases=aliases)
    assert report.errors == ()
    assert report.created == report.rows_read == ROWS[register_id]
    assert await _count(session, agencies) == ROWS[register_id]
    assert await _count(session, licences) == 0
    assert report.aliases is not None
    attached = 1732 if register_id == "hongkong" else 0
    assert report.aliases.attached == attached
    assert report.aliases.of_other_registers == 1732 - attached

    again = await store_import(session, actor, content, register_id=register_id, aliases=aliases)
    assert (again.unchanged, again.created, again.changed) == (ROWS[register_id], 0, 0)

    assert report.import_id is not None
    await undo_import(session, actor, NOW, import_id=report.import_id)
    assert await _count(session, agencies) == 0
    assert await _count(session, agency_names) == 0


async def test_a_list_of_row_keys_gives_nobody_a_licence_number(
    session: AsyncSession, actor_of
) -> None:
    actor = await actor_of(Role.REGULATOR)
    content = (SHARED_DATA / "agencies-indonesia.csv").read_bytes()
    await store_import(session, actor, content, register_id="indonesia")
    numbered = select(func.count()).where(agencies.c.licence_no.is_not(None))
    assert await session.scalar(numbered) == 0
