"""What is over cannot be read from yesterday's backup either; and a wrong code goes the way of a right one."""

import io
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from conftest import KEY, NOW
from factories.complaint_steps import walk_to
from factories.complaints import (
    CALENDAR,
    TOLD,
    DeskMade,
    Filed,
    desk_with_officers,
    file_case,
    store_escrow,
    vault_of,
)
from recruitwatch.complaints.actions import working
from recruitwatch.complaints.actions.codes import code_key
from recruitwatch.complaints.actions.drafting import (
    content_key,
    give_code,
    open_draft,
    owner_of,
    start_draft,
)
from recruitwatch.complaints.actions.following import (
    Entered,
    enter_code,
    get_own_case,
    open_visit,
    prove_code,
    write_message,
)
from recruitwatch.complaints.actions.judging import close_case, propose_decision
from recruitwatch.complaints.actions.opening import open_case
from recruitwatch.complaints.actions.recovering import recover_keys
from recruitwatch.complaints.actions.retaining import retain
from recruitwatch.complaints.values.cases import CaseUnknown, Entry, VisitOver
from recruitwatch.complaints.values.filing import DraftGone
from recruitwatch.complaints.values.judging import NewClassification, NewDecision, Stage
from recruitwatch.complaints.values.states import Outcome, Responsibility, State
from recruitwatch.db.embedded import Cluster
from recruitwatch.db.engine import OpenSession
from recruitwatch.keys import Vault
from recruitwatch.keys.boxes import DoesNotOpen, unseal, unwrap
from recruitwatch.keys.escrow import NewEscrow, restore

TABLES = (
    "complaints", "case_keys", "complaint_drafts", "complaint_visits", "complaint_messages",
)  # fmt: skip


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return vault_of(tmp_path / "keys", KEY)


@pytest.fixture
def open_session(fresh_engine: AsyncEngine) -> OpenSession:
    return lambda: AsyncSession(fresh_engine, expire_on_commit=False, autoflush=False)


class Backup:
    """The rows of complaints as a dump of the database keeps them, and a way to put them back."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self.connection = connection
        self.kept: dict[str, bytes] = {}

    async def take(self) -> None:
        for table in TABLES:
            held = io.BytesIO()
            await self.connection.copy_from_table(table, output=held, format="binary")
            self.kept[table] = held.getvalue()

    async def put_back(self) -> None:
        async with self.connection.transaction():
            await self.connection.execute("set local session_replication_role = replica")
            for table in reversed(TABLES):
                await self.connection.execute(f"delete from {table}")
            for table, content in self.kept.items():
                await self.connection.copy_to_table(
                    table, source=io.BytesIO(content), format="binary"
                )


@pytest.fixture
async def backup(postgres: Cluster, fresh_database: str) -> AsyncIterator[Backup]:
    url = make_url(postgres.superuser_url(fresh_database)).set(drivername="postgresql")
    connection = await asyncpg.connect(url.render_as_string(hide_password=False))
    yield Backup(connection)
    await connection.close()


async def entered(session: AsyncSession, vault: Vault, code: str) -> Entered:
    return await enter_code(session, NOW, vault, key=await code_key(KEY, code))


async def by_escrow(session: AsyncSession, vault: Vault, filed: Filed, made: NewEscrow) -> bytes:
    """What two of the three shares read. Raises DoesNotOpen."""
    row = (
        await session.execute(
            text(
                "select secret_by_escrow, pepper_sealed, period, statement_sealed from complaints"
                " where id = :id"
            ),
            {"id": filed.case_id},
        )
    ).one()
    private = restore(made.shares[:2]).private
    secret = unwrap(private, owner_of("escrow", filed.case_id), row.secret_by_escrow)
    pepper = vault.retention.unseal(
        row.period, owner_of("pepper", filed.case_id), row.pepper_sealed
    )
    key = content_key(secret, pepper)
    return unseal(key, owner_of("statement", filed.case_id), row.statement_sealed)


async def close(session: AsyncSession, vault: Vault, desk: DeskMade, filed: Filed) -> None:
    own = desk.officers[0]
    keyed = {"case_id": filed.case_id, "private_key": own.pair.private}
    await working.classify_case(
        session, own.actor, NOW, vault, danger=False, calendar=CALENDAR, **keyed,
        new=NewClassification(
            codes=("FEE-01",), main_code="FEE-01", stage=Stage.UNKNOWN, escalators=()
        ),
    )  # fmt: skip
    await walk_to(session, filed.case_id, State.DECIDE, own.actor.id)
    await working.note_contact(session, own.actor, NOW, case_id=filed.case_id, calendar=CALENDAR)
    await propose_decision(
        session, own.actor, NOW, vault, **keyed,
        new=NewDecision(
            outcome=Outcome.SUBSTANTIATED, responsibility=Responsibility.AGENCY, workers=1,
            reasons="The receipt.", told="You were right.",
        ),
    )  # fmt: skip
    await close_case(session, own.actor, NOW, vault, case_id=filed.case_id, calendar=CALENDAR)


async def everybody_reads(
    open_session: OpenSession, vault: Vault, desk: DeskMade, filed: Filed, made: NewEscrow
) -> None:
    own = desk.officers[0]
    async with open_session() as session, session.begin():
        case = await open_case(
            session, own.actor, NOW, vault, case_id=filed.case_id, private_key=own.pair.private
        )
        assert case.told == TOLD
        assert TOLD.happened_said.encode() in await by_escrow(session, vault, filed, made)
        visit = await open_visit(
            session, NOW, vault, token=(await entered(session, vault, filed.code)).token or ""
        )
        own_case = await get_own_case(session, visit=visit)
        assert [one.text for one in own_case.messages] == ["It goes on."]


async def nobody_reads(
    open_session: OpenSession,
    vault: Vault,
    desk: DeskMade,
    filed: Filed,
    made: NewEscrow,
    visit_token: str,
) -> None:
    own = desk.officers[0]
    async with open_session() as session, session.begin():
        assert await session.scalar(text("select count(*) from case_keys")) == 1, "restored"
        with pytest.raises(CaseUnknown):
            await open_case(
                session, own.actor, NOW, vault, case_id=filed.case_id,
                private_key=own.pair.private,
            )  # fmt: skip
        with pytest.raises(DoesNotOpen):
            await by_escrow(session, vault, filed, made)
        with pytest.raises(VisitOver):
            await open_visit(session, NOW, vault, token=visit_token)
        again = await entered(session, vault, filed.code)
        with pytest.raises(VisitOver):
            await open_visit(session, NOW, vault, token=again.token or "")
        await session.execute(text("delete from case_keys"))
        await recover_keys(
            session,
            NOW,
            vault,
            shares=made.shares[1:],
            desk_id=desk.desk_id,
            person_id=own.actor.id,
        )
        with pytest.raises(CaseUnknown):
            await open_case(
                session, own.actor, NOW, vault, case_id=filed.case_id,
                private_key=own.pair.private,
            )  # fmt: skip


@pytest.mark.committed
@pytest.mark.parametrize(
    ("closed_before_the_backup", "years"),
    [
        pytest.param(True, 4, id="backup after closing"),
        pytest.param(False, 11, id="backup of an open case"),
    ],
)
async def test_a_backup_of_a_case_whose_time_is_over_opens_to_nobody(
    open_session: OpenSession,
    backup: Backup,
    vault: Vault,
    tmp_path: Path,
    closed_before_the_backup: bool,
    years: int,
) -> None:
    async with open_session() as session, session.begin():
        made = await store_escrow(session)
        desk = await desk_with_officers(session)
        filed = await file_case(session, vault)
        visit_token = (await entered(session, vault, filed.code)).token or ""
        visit = await open_visit(session, NOW, vault, token=visit_token)
        await write_message(session, NOW, vault, visit=visit, text="It goes on.", calendar=CALENDAR)
        if closed_before_the_backup:
            await close(session, vault, desk, filed)
    await backup.take()
    if not closed_before_the_backup:
        async with open_session() as session, session.begin():
            await close(session, vault, desk, filed)
    await everybody_reads(open_session, vault, desk, filed, made)
    await backup.put_back()
    await everybody_reads(open_session, vault, desk, filed, made)
    if not closed_before_the_backup:
        async with open_session() as session, session.begin():
            await close(session, vault, desk, filed)

    late = NOW + timedelta(days=366 * years)
    await retain(open_session, late, vault, tmp_path)
    async with open_session() as session, session.begin():
        assert (await entered(session, vault, filed.code)).entry is Entry.REFUSED
    await backup.put_back()
    await nobody_reads(open_session, vault, desk, filed, made, visit_token)


@pytest.mark.committed
async def test_a_case_that_was_opened_again_is_not_erased_while_somebody_works_on_it(
    open_session: OpenSession, vault: Vault, tmp_path: Path
) -> None:
    async with open_session() as session, session.begin():
        made = await store_escrow(session)
        desk = await desk_with_officers(session)
        filed = await file_case(session, vault)
        token = (await entered(session, vault, filed.code)).token or ""
        visit = await open_visit(session, NOW, vault, token=token)
        await write_message(session, NOW, vault, visit=visit, text="It goes on.", calendar=CALENDAR)
        await close(session, vault, desk, filed)
        await working.move_case(
            session, desk.officers[0].actor, NOW + timedelta(days=1000), vault,
            case_id=filed.case_id, before=State.CLOSED, after=State.REOPENED, calendar=CALENDAR,
        )  # fmt: skip
    await retain(open_session, NOW + timedelta(days=366 * 4), vault, tmp_path)
    await everybody_reads(open_session, vault, desk, filed, made)


@pytest.mark.committed
async def test_a_backup_of_a_draft_opens_to_nobody_after_its_day(
    open_session: OpenSession, backup: Backup, vault: Vault
) -> None:
    async with open_session() as session, session.begin():
        token = await start_draft(session, NOW, vault, language="en", told=TOLD)
        code = (await give_code(session, NOW, vault, token=token)).draft.code or ""
    await backup.take()
    async with open_session() as session:
        assert (await open_draft(session, NOW, vault, token=token)).draft.told == TOLD
    last = date(2026, 7, 14)
    assert vault.retention.destroy_ended(last) == []
    assert vault.retention.destroy_ended(last + timedelta(days=1)) == ["draft-2026-07-14"]
    await backup.put_back()
    async with open_session() as session, session.begin():
        with pytest.raises(DraftGone):
            await open_draft(session, NOW, vault, token=token)
        again = await entered(session, vault, code)
        with pytest.raises(DraftGone):
            await open_draft(session, NOW, vault, token=again.token or "")


@pytest.mark.committed
async def test_a_backup_of_a_draft_says_nothing_about_the_case_that_came_of_it(
    open_session: OpenSession, backup: Backup, vault: Vault
) -> None:
    """The draft's day ends long before the case: a backup from before Send is closed with that day."""
    async with open_session() as session, session.begin():
        await store_escrow(session)
        await desk_with_officers(session)
        token = await start_draft(session, NOW, vault, language="en", told=TOLD)
        await give_code(session, NOW, vault, token=token)
    await backup.take()
    vault.retention.destroy_ended(date(2026, 7, 15))
    await backup.put_back()
    async with open_session() as session, session.begin():
        with pytest.raises(DraftGone):
            await open_draft(session, NOW, vault, token=token)


@pytest.fixture
async def filed(session: AsyncSession, vault: Vault) -> Filed:
    await store_escrow(session)
    await desk_with_officers(session)
    return await file_case(session, vault)


async def test_a_wrong_code_goes_the_way_of_a_right_one(
    session: AsyncSession, vault: Vault, filed: Filed, queries, connection
) -> None:  # type: ignore[no-untyped-def]
    """As many questions to the database, and the slow hash before the first of them: what is looked up is
    its result."""
    token = await start_draft(session, NOW, vault, language="en", told=TOLD)
    of_draft = (await give_code(session, NOW, vault, token=token)).draft.code or ""
    wrong = f"{(int(filed.code) + 1) % 10**16:016d}"

    def open_session() -> AsyncSession:
        return AsyncSession(bind=connection, join_transaction_mode="create_savepoint")

    counts = {}
    for code, entry in ((filed.code, Entry.CASE), (of_draft, Entry.DRAFT), (wrong, Entry.REFUSED)):
        with queries(at_most=6) as seen:
            key = await prove_code(open_session, NOW, vault, typed=code)
            assert key == await code_key(KEY, code)
            asked = len(seen.statements)
            assert (await enter_code(session, NOW, vault, key=key)).entry is entry
        counts[entry] = (asked, len(seen.statements))
    assert len(set(counts.values())) == 1, counts


async def test_what_is_no_code_is_not_even_looked_up(
    session: AsyncSession, vault: Vault, queries, connection
) -> None:  # type: ignore[no-untyped-def]
    def open_session() -> AsyncSession:
        return AsyncSession(bind=connection, join_transaction_mode="create_savepoint")

    with queries(at_most=0):
        assert await prove_code(open_session, NOW, vault, typed="1234 5678") is None
