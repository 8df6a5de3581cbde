"""What was filed and judged stands: nothing is lowered, written over, agreed to by its author or removed."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.pool import NullPool

from conftest import KEY, NOW
from factories.complaint_steps import store_urgency, walk_to
from factories.complaints import (
    CALENDAR,
    TOLD,
    DeskMade,
    desk_with_officers,
    file_case,
    store_escrow,
    store_officer,
    vault_of,
)
from recruitwatch.accounts.values import Role
from recruitwatch.complaints.actions import working
from recruitwatch.complaints.actions.judging import propose_decision, second_decision
from recruitwatch.complaints.queries import CONSTRAINTS
from recruitwatch.complaints.queries.cases import get_head
from recruitwatch.complaints.queries.retaining import erase_case
from recruitwatch.complaints.values.cases import NotYourOwn, SecondNeeded, Undecided
from recruitwatch.complaints.values.codes import Urgency
from recruitwatch.complaints.values.judging import (
    NewClassification,
    NewDecision,
    NewUrgency,
    Stage,
)
from recruitwatch.complaints.values.states import Outcome, Responsibility, State
from recruitwatch.db.constraints import constraint_name, error_for
from recruitwatch.db.embedded import Cluster
from recruitwatch.db.privileges import APPEND, PRIVILEGES
from recruitwatch.keys import Vault

JUDGED = sorted(
    table
    for table, rights in PRIVILEGES.items()
    if rights == APPEND and table.startswith(("complaint_", "case_"))
)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return vault_of(tmp_path, KEY)


@pytest.fixture
async def desk(session: AsyncSession) -> DeskMade:
    await store_escrow(session)
    return await desk_with_officers(session, cleared=3)


@pytest.fixture
def officer(desk: DeskMade) -> UUID:
    return desk.officers[0].actor.id


@pytest.fixture
async def case_id(session: AsyncSession, vault: Vault, desk: DeskMade) -> UUID:
    return (await file_case(session, vault)).case_id


async def refused(session: AsyncSession, write: Callable[[], Awaitable[object]]) -> str | None:
    """The constraint that refused; the case is as it was."""
    before = (await session.execute(text("select * from complaints"))).all()
    with pytest.raises(DBAPIError) as problem:
        async with session.begin_nested():
            await write()
    assert (await session.execute(text("select * from complaints"))).all() == before
    return constraint_name(problem.value)


async def refused_change(session: AsyncSession, changes: str, **values: object) -> str | None:
    return await refused(
        session, lambda: session.execute(text(f"update complaints set {changes}"), values)
    )


async def change(session: AsyncSession, changes: str, **values: object) -> None:
    await session.execute(text(f"update complaints set {changes}"), values)


async def agree(session: AsyncSession, change_id: UUID, by: UUID) -> None:
    await session.execute(
        text("insert into complaint_urgency_seconds values (:id, :by, :at)"),
        {"id": change_id, "by": by, "at": NOW},
    )


LOWER = "urgency = :to, urgency_change_id = :change"


async def test_urgency_is_raised_by_anybody_and_lowered_by_nobody_without_a_reason(
    session: AsyncSession, case_id: UUID, officer: UUID
) -> None:
    assert await refused_change(session, "urgency = 'S4'") == "tr_complaints_urgency"
    other = uuid4()
    by = await refused_change(session, LOWER, to="S4", change=other)
    assert by == "tr_complaints_urgency"
    await change(session, "urgency = 'S2'")
    reason = await store_urgency(session, case_id, officer, "S3", "S4")
    by = await refused_change(session, LOWER, to="S4", change=reason)
    assert by == "tr_complaints_urgency", "the reason was for another lowering"
    reason = await store_urgency(session, case_id, officer, "S2", "S3")
    by = await refused_change(session, LOWER, to="S4", change=reason)
    assert by == "tr_complaints_urgency", "lower than the reason says"
    await change(session, LOWER, to="S3", change=reason)


async def test_a_reason_is_of_the_case_it_was_given_for(
    session: AsyncSession, vault: Vault, case_id: UUID, officer: UUID
) -> None:
    other = (await file_case(session, vault)).case_id
    reason = await store_urgency(session, other, officer, "S3", "S4")
    with pytest.raises(DBAPIError) as problem:
        async with session.begin_nested():
            await session.execute(
                text(f"update complaints set {LOWER} where id = :id"),
                {"to": "S4", "change": reason, "id": case_id},
            )
    assert constraint_name(problem.value) == "tr_complaints_urgency"


async def test_one_officer_does_not_lower_from_s1(
    session: AsyncSession, case_id: UUID, desk: DeskMade, officer: UUID
) -> None:
    await change(session, "urgency = 'S1'")
    reason = await store_urgency(session, case_id, officer, "S1", "S3")
    assert await refused_change(session, LOWER, to="S3", change=reason) == "tr_complaints_urgency"
    by = await refused(session, lambda: agree(session, reason, officer))
    assert by == "tr_seconds_another"
    await agree(session, reason, desk.officers[1].actor.id)
    await change(session, LOWER, to="S3", change=reason)


async def test_a_reason_lowers_once(
    session: AsyncSession, case_id: UUID, desk: DeskMade, officer: UUID
) -> None:
    """Raised again because of something new, the case is not lowered again by the old word."""
    await change(session, "urgency = 'S1'")
    reason = await store_urgency(session, case_id, officer, "S1", "S3")
    await agree(session, reason, desk.officers[1].actor.id)
    await change(session, LOWER, to="S3", change=reason)
    await change(session, "urgency = 'S1'")
    assert await refused_change(session, LOWER, to="S3", change=reason) == "tr_complaints_urgency"
    assert await refused_change(session, "urgency = 'S3'") == "tr_complaints_urgency"


async def test_actions_lower_as_the_database_asks(
    session: AsyncSession, vault: Vault, case_id: UUID, desk: DeskMade
) -> None:
    first, second, _ = desk.officers

    async def set_to(urgency: Urgency, minute: int) -> Urgency:
        await working.set_urgency(
            session, first.actor, NOW + timedelta(minutes=minute), vault, case_id=case_id, private_key=first.pair.private,
            new=NewUrgency(urgency=urgency, reason="She is safe now."), calendar=CALENDAR,
        )  # fmt: skip
        return (await get_head(session, first.actor, case_id)).urgency

    assert await set_to(Urgency.S1, 1) is Urgency.S1
    assert await set_to(Urgency.S4, 2) is Urgency.S1
    with pytest.raises(DBAPIError) as problem:
        async with session.begin_nested():
            await working.second_urgency(
                session, first.actor, NOW, case_id=case_id, calendar=CALENDAR
            )
    assert isinstance(error_for(problem.value, CONSTRAINTS), NotYourOwn)
    await working.second_urgency(session, second.actor, NOW, case_id=case_id, calendar=CALENDAR)
    assert (await get_head(session, first.actor, case_id)).urgency is Urgency.S4
    with pytest.raises(SecondNeeded):
        await working.second_urgency(session, second.actor, NOW, case_id=case_id, calendar=CALENDAR)


async def test_oversight_may_agree_after_two_others_did(
    session: AsyncSession, vault: Vault, desk: DeskMade, case_id: UUID
) -> None:
    """Two agreements without oversight must not shut the door on the one that is missing."""
    first, second, third = desk.officers
    await working.classify_case(
        session, first.actor, NOW, vault, case_id=case_id, private_key=first.pair.private,
        new=NewClassification(
            codes=("FEE-01",), main_code="FEE-01", stage=Stage.UNKNOWN, escalators=()
        ),
        danger=False, calendar=CALENDAR,
    )  # fmt: skip
    await walk_to(session, case_id, State.DECIDE, first.actor.id)
    await propose_decision(
        session, first.actor, NOW, vault, case_id=case_id, private_key=first.pair.private,
        new=NewDecision(
            outcome=Outcome.MALICIOUS, responsibility=Responsibility.AGENCY, workers=1,
            reasons="A rival wrote it.", told="We found that this did not happen.",
        ),
    )  # fmt: skip
    fourth = await store_officer(session, office_id=desk.office_id)
    await session.execute(
        text("insert into person_roles values (:id, :role)"),
        {"id": third.actor.id, "role": Role.OVERSIGHT.value},
    )
    await session.execute(
        text("insert into desk_officers values (:desk, :id, true, :id, :at)"),
        {"desk": desk.desk_id, "id": fourth.actor.id, "at": NOW},
    )
    key_id = await session.scalar(
        text("select id from person_keys where person_id = :id"), {"id": fourth.actor.id}
    )
    await session.execute(
        text("insert into case_keys values (:case, :key, '', null, :at)"),
        {"case": case_id, "key": key_id, "at": NOW},
    )
    for one in (second.actor, fourth.actor):
        await second_decision(session, one, NOW, case_id=case_id)
    both = replace(third.actor, roles=third.actor.roles | {Role.OVERSIGHT.value})
    await second_decision(session, both, NOW, case_id=case_id)
    with pytest.raises(Undecided):
        await second_decision(session, both, NOW, case_id=case_id)


@pytest.mark.parametrize(
    "changes",
    [
        "reference = 'ANOTHER'",
        "card_mark = 'ANOTHER'",
        "channel = 'operator'",
        "filed_at = filed_at - interval '1 day'",
        "id = 'a7b1f1d0-0000-4000-8000-000000000001'",
        "statement_sealed = '\\x00'",
        "statement_sealed = null",
        "code_hash = '\\x00'",
        "code_public = '\\x00'",
        "secret_by_code = '\\x00'",
    ],
)
async def test_what_was_filed_stands(session: AsyncSession, case_id: UUID, changes: str) -> None:
    await session.execute(text("delete from case_keys"))
    by = await refused_change(session, changes)
    assert by in ("tr_complaints_filed", "ck_complaints_sealed")


async def test_a_case_moves_to_fewer_readers_only(session: AsyncSession, case_id: UUID) -> None:
    await change(session, "compartment = 'protected'")
    assert await refused_change(session, "compartment = 'general'") == "tr_complaints_readers"
    await change(session, "compartment = 'oversight'")
    for wider in ("general", "protected"):
        by = await refused_change(session, "compartment = :wider", wider=wider)
        assert by == "tr_complaints_readers"


@pytest.mark.parametrize("table", [*JUDGED, "brokers"])
@pytest.mark.parametrize(
    "write", ["update {} set {} = {}", "delete from {}", "truncate {} cascade"]
)
async def test_the_application_may_only_add(
    session: AsyncSession, case_id: UUID, table: str, write: str
) -> None:
    column = await _a_column(session, table)
    before = await session.scalar(text(f"select count(*) from {table}"))
    with pytest.raises(DBAPIError, match="permission denied"):
        async with session.begin_nested():
            await session.execute(text(write.format(table, column, column)))
    assert await session.scalar(text(f"select count(*) from {table}")) == before


@pytest.mark.parametrize("table", ["complaints", "complaint_states", "complaint_transitions"])
async def test_cases_and_the_table_of_steps_are_not_removed(
    session: AsyncSession, case_id: UUID, table: str
) -> None:
    for write in (f"delete from {table}", f"truncate {table} cascade"):
        with pytest.raises(DBAPIError, match="permission denied"):
            async with session.begin_nested():
                await session.execute(text(write))


@pytest.mark.parametrize(
    "write", ["update {} set {} = {}", "delete from {}", "truncate {} cascade"]
)
async def test_the_owner_of_the_tables_may_only_add_either(
    postgres: Cluster, database: str, write: str
) -> None:
    engine = create_async_engine(postgres.owner_url(database), poolclass=NullPool)
    try:
        for table in JUDGED:
            async with AsyncSession(engine) as owner:
                column = await _a_column(owner, table)
                with pytest.raises(DBAPIError, match="append-only"):
                    await owner.execute(text(write.format(table, column, column)))
    finally:
        await engine.dispose()


async def test_whom_a_case_is_hidden_from_stands_until_it_is_erased(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    """Then it goes, too: who feared whom is nobody's business any more."""
    word = desk.officers[0].actor.name.split()[-1]
    filed = await file_case(session, vault, told=replace(TOLD, hide_person=word))
    stays = await file_case(session, vault, told=replace(TOLD, hide_person=word))
    writes = (
        "delete from case_exclusions",
        "update case_exclusions set person_id = gen_random_uuid()",
        "truncate case_exclusions",
    )
    for write in writes:
        with pytest.raises(DBAPIError, match=r"append-only|permission denied"):
            async with session.begin_nested():
                await session.execute(text(write))
    await erase_case(session, filed.case_id, NOW)
    left = await session.scalars(text("select case_id from case_exclusions"))
    assert list(left) == [stays.case_id]
    was = await session.scalars(text("select id from complaints where was_hidden"))
    assert list(was) == [filed.case_id]
    by = await refused_change(session, "was_hidden = false")
    assert by == "tr_complaints_filed"


async def _a_column(session: AsyncSession, table: str) -> str:
    name = await session.scalar(
        text(
            "select column_name from information_schema.columns"
            " where table_name = :table and is_identity = 'NO' order by ordinal_position limit 1"
        ),
        {"table": table},
    )
    return str(name)


async def test_the_guards_run_whoever_writes(postgres: Cluster, database: str) -> None:
    """Every guard is there, switched on, and looks names up in one schema that it chose itself."""
    engine = create_async_engine(postgres.owner_url(database), poolclass=NullPool)
    try:
        async with AsyncSession(engine) as owner:
            rows = await owner.execute(
                text(
                    "select tgname, tgenabled, prosecdef, proconfig, tgrelid::regclass::text as table"
                    " from pg_trigger join pg_proc on pg_proc.oid = tgfoid"
                    " where not tgisinternal and tgrelid::regclass::text ~ '^(complaint|case_)'"
                )
            )
            found = {row.tgname: row for row in rows}
    finally:
        await engine.dispose()
    for name in (
        "complaint_steps_allowed", "complaint_steps_taken", "complaint_decisions_stand",
        "complaints_by_steps", "complaint_decision_seconds_another",
        "complaint_urgency_seconds_another", "case_keys_holder", "case_keys_holder_changed",
    ):  # fmt: skip
        assert found[name].prosecdef, name
        assert found[name].proconfig == ["search_path=public, pg_temp"], name
    assert {row.tgenabled for row in found.values()} == {b"O"}
    assert {f"{table}_append_only" for table in JUDGED} <= found.keys()
