"""What is over goes: drafts after 14 days, cases when their period ends, and the keys with them."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from conftest import KEY, NOW
from factories.complaint_steps import walk_to
from factories.complaints import TOLD, desk_with_officers, file_case, store_escrow, vault_of
from recruitwatch.complaints.actions.codes import code_key
from recruitwatch.complaints.actions.drafting import start_draft
from recruitwatch.complaints.actions.following import enter_code
from recruitwatch.complaints.actions.opening import open_case
from recruitwatch.complaints.actions.retaining import retain
from recruitwatch.complaints.values.cases import CaseUnknown, Entry
from recruitwatch.complaints.values.states import State
from recruitwatch.db.files import store
from recruitwatch.keys import Vault

pytestmark = pytest.mark.committed


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return vault_of(tmp_path, KEY)


@pytest.fixture
def open_session(fresh_engine: AsyncEngine) -> Callable[[], AsyncSession]:
    return lambda: AsyncSession(fresh_engine, expire_on_commit=False, autoflush=False)


async def test_a_draft_and_its_key_go_after_fourteen_days(
    open_session: Callable[[], AsyncSession], vault: Vault, tmp_path: Path
) -> None:
    async with open_session() as session, session.begin():
        await start_draft(session, NOW, vault, language="en", told=TOLD)
    drafts = [one for one in vault.retention.list_periods() if one.startswith("draft")]
    assert len(drafts) == 1
    await retain(open_session, NOW + timedelta(days=13), vault, tmp_path)
    assert await _count(open_session, "complaint_drafts") == 1
    await retain(open_session, NOW + timedelta(days=16), vault, tmp_path)
    assert await _count(open_session, "complaint_drafts") == 0
    assert not [one for one in vault.retention.list_periods() if one.startswith("draft")]


async def test_a_case_is_counted_but_not_read_after_its_period(
    open_session: Callable[[], AsyncSession], vault: Vault, tmp_path: Path
) -> None:
    async with open_session() as session, session.begin():
        await store_escrow(session)
        officer = (await desk_with_officers(session)).officers[0]
        filed = await file_case(session, vault)
        await walk_to(session, filed.case_id, State.CLOSED, officer.actor.id)
    late = NOW + timedelta(days=11 * 366)
    await retain(open_session, late, vault, tmp_path)
    assert await _count(open_session, "complaints") == 1
    assert await _count(open_session, "case_keys") == 0
    async with open_session() as session, session.begin():
        entered = await enter_code(session, NOW, vault, key=await code_key(KEY, filed.code))
        assert entered.entry is Entry.REFUSED
        with pytest.raises(CaseUnknown):
            await open_case(
                session, officer.actor, NOW, vault, case_id=filed.case_id,
                private_key=officer.pair.private,
            )  # fmt: skip


@pytest.mark.parametrize("years", [[9.5, 18.5, 28], [11]], ids=["in time", "after a long stop"])
async def test_an_open_case_is_kept_until_somebody_judges_it(
    open_session: Callable[[], AsyncSession], vault: Vault, tmp_path: Path, years: list[float]
) -> None:
    async with open_session() as session, session.begin():
        await store_escrow(session)
        officer = (await desk_with_officers(session)).officers[0]
        filed = await file_case(session, vault)
        lost = await file_case(session, vault)
        await session.execute(
            text("update complaints set period = 'general-2001-01' where id = :id"),
            {"id": lost.case_id},
        )
    for later in years:
        now = NOW + timedelta(days=later * 365.25)
        await retain(open_session, now, vault, tmp_path)
    assert await _count(open_session, "case_keys") == 2
    async with open_session() as session, session.begin():
        case = await open_case(
            session, officer.actor, now, vault, case_id=filed.case_id,
            private_key=officer.pair.private,
        )  # fmt: skip
        assert case.told == TOLD


async def test_stored_bytes_that_belong_to_nothing_are_swept_up_but_not_at_once(
    open_session: Callable[[], AsyncSession], vault: Vault, tmp_path: Path
) -> None:
    name = store(tmp_path / "sealed", b"left by a request that was cut")
    place = tmp_path / "sealed" / name[:2] / name
    os.utime(place, (NOW.timestamp(), NOW.timestamp()))
    await retain(open_session, NOW + timedelta(hours=1), vault, tmp_path / "sealed")
    assert place.exists()
    await retain(open_session, NOW + timedelta(days=2), vault, tmp_path / "sealed")
    assert not place.exists()


async def _count(open_session: Callable[[], AsyncSession], table: str) -> int:
    async with open_session() as session:
        return await session.scalar(text(f"select count(*) from {table}")) or 0
