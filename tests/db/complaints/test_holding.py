"""Who holds the key of a case: those of its desk who may, and from the moment they may not, nobody else."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from conftest import KEY, NOW
from factories import accounts
from factories.complaints import (
    CALENDAR,
    TOLD,
    DeskMade,
    Filed,
    Officer,
    desk_with_officers,
    file_case,
    store_escrow,
    store_officer,
    vault_of,
)
from recruitwatch.accounts import queries as people
from recruitwatch.accounts.actions.people import change_person, disable_person, reset_password
from recruitwatch.accounts.values import PersonChange, PersonKey, Role
from recruitwatch.complaints.actions import working
from recruitwatch.complaints.actions.holding import (
    admit_officer,
    confirm_desk,
    leave_desk,
    open_desk,
)
from recruitwatch.complaints.actions.opening import open_case
from recruitwatch.complaints.queries.cases import (
    count_queue,
    get_boxes,
    get_head,
    get_queue_counts,
    list_queue,
)
from recruitwatch.complaints.values.cases import CaseUnknown
from recruitwatch.complaints.values.codes import Compartment
from recruitwatch.complaints.values.desks import (
    ConfirmedByAnother,
    LastReader,
    NobodyMayRead,
    NobodyToAdmit,
    NoKey,
    NotAtThisDesk,
    OnlyThemself,
)
from recruitwatch.complaints.values.judging import NewClassification, Stage
from recruitwatch.complaints.values.queue import QueueFilter, Which
from recruitwatch.db.constraints import constraint_name
from recruitwatch.keys import Vault
from recruitwatch.keys.boxes import new_pair, new_secret, wrap


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return vault_of(tmp_path, KEY)


@pytest.fixture
async def desk(session: AsyncSession) -> DeskMade:
    """Two cleared officers and one who is not."""
    await store_escrow(session)
    return await desk_with_officers(session, cleared=2, uncleared=1)


async def key_of(session: AsyncSession, officer: Officer) -> UUID | None:
    return await session.scalar(
        text("select id from person_keys where person_id = :id"), {"id": officer.actor.id}
    )


async def number_of_keys(session: AsyncSession, officer: Officer) -> int:
    """Wrapped keys that fit this officer's own."""
    return (
        await session.scalar(
            text(
                "select count(*) from case_keys join person_keys on person_keys.id = key_id"
                " where person_id = :id"
            ),
            {"id": officer.actor.id},
        )
        or 0
    )


async def sees_nothing(session: AsyncSession, vault: Vault, officer: Officer, *cases: UUID) -> None:
    """Neither lists nor counts nor addresses tell this person that there are such cases."""
    for which in Which:
        assert (
            await list_queue(session, officer.actor, QueueFilter(which=which), NOW, limit=99) == []
        )
        assert await count_queue(session, officer.actor, QueueFilter(which=which), NOW) == 0
    counts = await get_queue_counts(session, officer.actor, NOW)
    assert not any(counts.by_urgency.values())
    for case_id in cases:
        with pytest.raises(CaseUnknown):
            await get_head(session, officer.actor, case_id)
        with pytest.raises(CaseUnknown):
            await get_boxes(session, officer.actor, case_id)
        with pytest.raises(CaseUnknown):
            await open_case(
                session, officer.actor, NOW, vault, case_id=case_id,
                private_key=officer.pair.private,
            )  # fmt: skip


async def reads(session: AsyncSession, vault: Vault, officer: Officer, case_id: UUID) -> None:
    opened = await open_case(
        session, officer.actor, NOW, vault, case_id=case_id, private_key=officer.pair.private
    )
    assert opened.told.happened_said == TOLD.happened_said


async def give(session: AsyncSession, case_id: UUID, officer: Officer) -> None:
    """Write a wrapped key, as no action of ours would."""
    await session.execute(
        text("insert into case_keys values (:case, :key, :box, null, :at)"),
        {
            "case": case_id, "key": await key_of(session, officer), "at": NOW,
            "box": wrap(officer.pair.public, "x", new_secret()),
        },
    )  # fmt: skip


async def refused(session: AsyncSession, write: Callable[[], Awaitable[object]]) -> str | None:
    before = (await session.execute(text("select * from case_keys order by 1, 2"))).all()
    with pytest.raises(DBAPIError) as problem:
        async with session.begin_nested():
            await write()
    after = (await session.execute(text("select * from case_keys order by 1, 2"))).all()
    assert after == before
    return constraint_name(problem.value)


HOLDER = "tr_case_keys_holder"


async def test_the_database_gives_no_key_to_somebody_not_at_the_desk(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    filed = await file_case(session, vault)
    colleague = await store_officer(session, office_id=desk.office_id)
    stranger = await store_officer(session)
    other = await desk_with_officers(session, takes_public=False)
    for one in (colleague, stranger, other.officers[0]):
        assert await refused(session, lambda one=one: give(session, filed.case_id, one)) == HOLDER


async def test_nor_to_somebody_of_another_office_role_or_disabled(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    filed = await file_case(session, vault)
    officer = desk.officers[0]
    await session.execute(text("delete from case_keys"))
    changes = {
        "update people set office_id = :office where id = :id": {
            "office": await accounts.store_office(session)
        },
        "update people set disabled_at = :at where id = :id": {"at": NOW},
        "delete from person_roles where person_id = :id": {},
        "update desk_officers set left_at = :at where person_id = :id": {"at": NOW},
    }
    for change, values in changes.items():
        async with session.begin_nested() as undone:
            await session.execute(text(change), {"id": officer.actor.id, **values})
            by = await refused(session, lambda: give(session, filed.case_id, officer))
            assert by == HOLDER, change
            await undone.rollback()
    await give(session, filed.case_id, officer)


async def test_nor_of_a_protected_case_to_the_uncleared(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    filed = await file_case(session, vault, told=replace(TOLD, happened=("VIO-02",)))
    by = await refused(session, lambda: give(session, filed.case_id, desk.officers[2]))
    assert by == HOLDER


async def test_nor_of_a_case_about_an_official_to_an_office(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    """Not even where such a case came to lie at an office's desk."""
    filed = await file_case(session, vault)
    await session.execute(text("delete from case_keys"))
    await session.execute(text("update complaints set compartment = 'oversight'"))
    by = await refused(session, lambda: give(session, filed.case_id, desk.officers[0]))
    assert by == HOLDER


@pytest.mark.parametrize("hidden", ["person", "office"])
async def test_nor_to_whom_she_hid_it_from(
    session: AsyncSession, vault: Vault, desk: DeskMade, hidden: str
) -> None:
    filed = await file_case(session, vault)
    officer = desk.officers[0]
    await session.execute(text("delete from case_keys"))
    value = officer.actor.id if hidden == "person" else desk.office_id
    await session.execute(
        text(f"insert into case_exclusions (case_id, {hidden}_id) values (:case, :value)"),
        {"case": filed.case_id, "value": value},
    )
    assert await refused(session, lambda: give(session, filed.case_id, officer)) == HOLDER
    await sees_nothing(session, vault, officer, filed.case_id)


async def test_no_key_is_moved_to_somebody_else(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    filed = await file_case(session, vault)
    stranger = await store_officer(session, office_id=desk.office_id)

    async def move() -> None:
        await session.execute(
            text("update case_keys set key_id = :new where key_id = :old"),
            {
                "new": await key_of(session, stranger),
                "old": await key_of(session, desk.officers[0]),
            },
        )

    assert await refused(session, move) == HOLDER
    await sees_nothing(session, vault, stranger, filed.case_id)


async def test_one_wrong_row_among_many_is_refused(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    filed = await file_case(session, vault)
    await session.execute(text("delete from case_keys"))
    stranger = await store_officer(session)
    keys = [await key_of(session, one) for one in (*desk.officers, stranger)]
    by = await refused(
        session,
        lambda: session.execute(
            text(
                "insert into case_keys select :case, key, '', null, :at from unnest(cast(:keys as uuid[])) key"
            ),
            {"case": filed.case_id, "keys": keys, "at": NOW},
        ),
    )
    assert by == HOLDER


async def admit(
    session: AsyncSession, vault: Vault, desk: DeskMade, new: Officer, *, cleared: bool, by: int = 0
) -> int:
    own = desk.officers[by]
    return await admit_officer(
        session, own.actor, NOW, vault, desk_id=desk.desk_id, person_id=new.actor.id,
        cleared=cleared, private_key=own.pair.private,
    )  # fmt: skip


async def several(session: AsyncSession, vault: Vault, hidden: str) -> dict[str, Filed]:
    return {
        "plain": await file_case(session, vault),
        "violence": await file_case(session, vault, told=replace(TOLD, happened=("VIO-02",))),
        "hidden": await file_case(session, vault, told=replace(TOLD, hide_person=hidden)),
    }


@pytest.mark.parametrize("cleared", [True, False])
async def test_who_is_admitted_gets_what_they_may_read_and_nothing_else(
    session: AsyncSession, vault: Vault, desk: DeskMade, cleared: bool
) -> None:
    new = await store_officer(session, office_id=desk.office_id)
    filed = await several(session, vault, hidden=new.actor.name.split()[-1])
    await sees_nothing(session, vault, new, *(one.case_id for one in filed.values()))
    given = await admit(session, vault, desk, new, cleared=cleared)
    expected = {"plain", "violence"} if cleared else {"plain"}
    assert given == len(expected) == await number_of_keys(session, new)
    listed = await list_queue(session, new.actor, QueueFilter(), NOW, limit=99)
    assert {one.id for one in listed} == {filed[name].case_id for name in expected}
    for name in expected:
        await reads(session, vault, new, filed[name].case_id)
    assert await admit(session, vault, desk, new, cleared=cleared) == 0


async def test_clearance_comes_and_goes_with_its_cases(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    officer = desk.officers[2]
    filed = await file_case(session, vault, told=replace(TOLD, happened=("VIO-02",)))
    plain = await file_case(session, vault)
    assert await admit(session, vault, desk, officer, cleared=True) == 1
    await reads(session, vault, officer, filed.case_id)
    with pytest.raises(OnlyThemself):
        await admit(session, vault, desk, officer, cleared=False)
    await admit(session, vault, desk, officer, cleared=False, by=2)
    await reads(session, vault, officer, plain.case_id)
    assert await number_of_keys(session, officer) == 1
    with pytest.raises(CaseUnknown):
        await get_head(session, officer.actor, filed.case_id)


async def test_a_clearance_given_back_at_one_desk_stays_at_the_other(
    session: AsyncSession, vault: Vault
) -> None:
    await store_escrow(session)
    oversight = await desk_with_officers(session, oversight=True, cleared=2)
    both = oversight.officers[0]
    violence = replace(TOLD, happened=("VIO-02",))
    kept = await file_case(session, vault, told=violence)
    await session.execute(
        text("insert into person_roles (person_id, role) values (:id, :role)"),
        {"id": both.actor.id, "role": Role.COMPLAINTS_OFFICER.value},
    )
    office = await desk_with_officers(session, cleared=2, office_id=both.actor.office_id)
    await admit(session, vault, office, both, cleared=True)
    gone = await file_case(session, vault, told=violence)
    assert await number_of_keys(session, both) == 2
    await admit_officer(
        session, both.actor, NOW, vault, desk_id=office.desk_id, person_id=both.actor.id,
        cleared=False, private_key=both.pair.private,
    )  # fmt: skip
    await reads(session, vault, both, kept.case_id)
    with pytest.raises(CaseUnknown):
        await get_head(session, both.actor, gone.case_id)


async def test_only_the_cleared_give_a_clearance(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    new = await store_officer(session, office_id=desk.office_id)
    with pytest.raises(NotAtThisDesk):
        await admit(session, vault, desk, new, cleared=True, by=2)
    with pytest.raises(NotAtThisDesk):
        await admit(session, vault, desk, desk.officers[2], cleared=True, by=2)
    with pytest.raises(NotAtThisDesk):
        await admit(session, vault, desk, desk.officers[0], cleared=False, by=2)
    assert await admit(session, vault, desk, new, cleared=False, by=2) == 0


async def test_nobody_is_admitted_from_outside_or_by_outsiders(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    await file_case(session, vault)
    other_office = await store_officer(session)
    with pytest.raises(NobodyToAdmit):
        async with session.begin_nested():
            await admit(session, vault, desk, other_office, cleared=False)
    no_role = await store_officer(session, Role.OVERSIGHT, office_id=desk.office_id)
    with pytest.raises(NobodyToAdmit):
        async with session.begin_nested():
            await admit(session, vault, desk, no_role, cleared=False)
    outsider = replace(desk, officers=(other_office,))
    with pytest.raises(NotAtThisDesk):
        await admit(session, vault, outsider, other_office, cleared=False)
    with pytest.raises(NoKey):
        await admit_officer(
            session, desk.officers[0].actor, NOW, vault, desk_id=desk.desk_id,
            person_id=desk.officers[1].actor.id, cleared=True, private_key=None,
        )  # fmt: skip
    for one in (other_office, no_role):
        assert await number_of_keys(session, one) == 0


async def test_who_leaves_loses_all_at_once(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    filed = await several(session, vault, hidden="nobody of that kind")
    leaver = desk.officers[0]
    assert await number_of_keys(session, leaver) == 3
    await leave_desk(session, leaver.actor, NOW, desk_id=desk.desk_id)
    assert await number_of_keys(session, leaver) == 0
    await sees_nothing(session, vault, leaver, *(one.case_id for one in filed.values()))
    later = await file_case(session, vault)
    await sees_nothing(session, vault, leaver, later.case_id)
    await reads(session, vault, desk.officers[1], later.case_id)


async def administrator(session: AsyncSession) -> accounts.Actor:
    return await accounts.store_person(session, Role.ADMINISTRATOR)


async def moved(session: AsyncSession, officer: Officer, **new: object) -> None:
    person = await people.get_person(session, officer.actor.id)
    change = PersonChange(
        full_name=person.full_name, office_id=person.office_id, roles=person.roles,
        version=person.version,
    )  # fmt: skip
    await change_person(
        session, await administrator(session), NOW, person_id=officer.actor.id,
        change=replace(change, **new),
    )  # fmt: skip


async def disabled(session: AsyncSession, officer: Officer) -> None:
    await disable_person(session, await administrator(session), NOW, person_id=officer.actor.id)


async def reset(session: AsyncSession, officer: Officer) -> None:
    await reset_password(session, await administrator(session), NOW, person_id=officer.actor.id)


async def moved_office(session: AsyncSession, officer: Officer) -> None:
    await moved(session, officer, office_id=await accounts.store_office(session))


async def other_role(session: AsyncSession, officer: Officer) -> None:
    await moved(session, officer, roles=frozenset({Role.INSPECTOR}))


@pytest.mark.parametrize("lose", [disabled, reset, moved_office, other_role])
async def test_who_is_disabled_reset_or_moved_loses_all_at_once(
    session: AsyncSession,
    vault: Vault,
    desk: DeskMade,
    lose: Callable[[AsyncSession, Officer], Awaitable[None]],
) -> None:
    filed = await several(session, vault, hidden="nobody of that kind")
    leaver = desk.officers[0]
    await lose(session, leaver)
    assert await key_of(session, leaver) is None
    held = await session.scalar(text("select count(*) from case_keys"))
    assert held == 3 + 2, (
        "the other cleared officer holds three, the uncleared one the two plain ones"
    )
    await sees_nothing(session, vault, leaver, *(one.case_id for one in filed.values()))
    later = await file_case(session, vault)
    await sees_nothing(session, vault, leaver, later.case_id)


async def test_a_key_made_after_a_reset_reads_nothing_until_a_colleague_lets_it_in(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    """An administrator could reset a password and sign in as that officer."""
    colleague, officer = desk.officers[:2]
    old = await file_case(session, vault)
    await reset(session, officer)
    later = NOW + timedelta(hours=1)
    pair = new_pair()
    await people.insert_person_key(
        session,
        PersonKey(
            id=uuid4(), person_id=officer.actor.id, public_key=pair.public,
            private_sealed=b"-", salt=b"-", made_at=later,
        ),
    )  # fmt: skip
    new = await file_case(session, vault, now=later)
    assert await count_queue(session, officer.actor, QueueFilter(), later) == 0
    await admit_officer(
        session, colleague.actor, later, vault, desk_id=desk.desk_id,
        person_id=officer.actor.id, cleared=True, private_key=colleague.pair.private,
    )  # fmt: skip
    for filed in (old, new):
        opened = await open_case(
            session, officer.actor, later, vault, case_id=filed.case_id, private_key=pair.private
        )
        assert opened.told == TOLD


async def test_the_last_officer_stays(session: AsyncSession, vault: Vault) -> None:
    await store_escrow(session)
    desk = await desk_with_officers(session, cleared=1)
    filed = await file_case(session, vault)
    own = desk.officers[0]
    with pytest.raises(LastReader):
        await leave_desk(session, own.actor, NOW, desk_id=desk.desk_id)
    await reads(session, vault, own, filed.case_id)


async def test_the_last_cleared_officer_stays_cleared_and_at_the_desk(
    session: AsyncSession, vault: Vault
) -> None:
    """Or nobody could read protected cases, nor clear anybody ever again."""
    await store_escrow(session)
    desk = await desk_with_officers(session, cleared=1, uncleared=2)
    filed = await file_case(session, vault, told=replace(TOLD, happened=("VIO-02",)))
    own = desk.officers[0]
    with pytest.raises(LastReader):
        await leave_desk(session, own.actor, NOW, desk_id=desk.desk_id)
    with pytest.raises(LastReader):
        await admit(session, vault, desk, own, cleared=False)
    await reads(session, vault, own, filed.case_id)


async def test_the_only_reader_of_a_case_stays_until_somebody_else_reads_it(
    session: AsyncSession, vault: Vault
) -> None:
    await store_escrow(session)
    desk = await desk_with_officers(session, cleared=2)
    only, hidden = desk.officers
    told = replace(TOLD, hide_person=hidden.actor.name.split()[-1])
    filed = await file_case(session, vault, told=told)
    with pytest.raises(LastReader):
        await leave_desk(session, only.actor, NOW, desk_id=desk.desk_id)
    new = await store_officer(session, office_id=desk.office_id)
    assert await admit(session, vault, desk, new, cleared=True) == 1
    await leave_desk(session, only.actor, NOW, desk_id=desk.desk_id)
    await reads(session, vault, new, filed.case_id)


async def test_the_only_reader_of_a_protected_case_keeps_the_clearance(
    session: AsyncSession, vault: Vault
) -> None:
    """Another cleared officer is there, but she hid the case from that one."""
    await store_escrow(session)
    desk = await desk_with_officers(session, cleared=2)
    only, hidden = desk.officers
    told = replace(TOLD, happened=("VIO-02",), hide_person=hidden.actor.name.split()[-1])
    filed = await file_case(session, vault, told=told)
    with pytest.raises(LastReader):
        await admit(session, vault, desk, only, cleared=False)
    await reads(session, vault, only, filed.case_id)
    new = await store_officer(session, office_id=desk.office_id)
    await admit(session, vault, desk, new, cleared=True)
    await admit(session, vault, desk, only, cleared=False)
    await reads(session, vault, new, filed.case_id)
    await sees_nothing(session, vault, only, filed.case_id)


async def test_who_works_on_open_cases_hands_over_before_leaving(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    filed = await file_case(session, vault, told=replace(TOLD, happened=("VIO-02",)))
    first, second = desk.officers[:2]

    async def give_to(officer: Officer) -> None:
        await working.assign_case(
            session, first.actor, NOW, case_id=filed.case_id, person_id=officer.actor.id
        )

    await give_to(first)
    with pytest.raises(LastReader):
        await leave_desk(session, first.actor, NOW, desk_id=desk.desk_id)
    with pytest.raises(LastReader):
        await admit(session, vault, desk, first, cleared=False)
    await give_to(second)
    await leave_desk(session, first.actor, NOW, desk_id=desk.desk_id)
    await reads(session, vault, second, filed.case_id)


async def test_a_newcomer_whose_name_she_hid_it_from_gets_no_key(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    """Nobody of that name was there when she filed."""
    hidden = await file_case(session, vault, told=replace(TOLD, hide_person="Rohim sir"))
    plain = await file_case(session, vault)
    new = await store_officer(session, office_id=desk.office_id)
    await people.set_person(
        session, new.actor.id, full_name="Abdur Rahim", office_id=desk.office_id
    )
    assert await admit(session, vault, desk, new, cleared=True) == 1
    await reads(session, vault, new, plain.case_id)
    with pytest.raises(CaseUnknown):
        await get_head(session, new.actor, hidden.case_id)
    assert await refused(session, lambda: give(session, hidden.case_id, new)) == HOLDER
    assert await admit(session, vault, desk, new, cleared=True) == 0


async def test_nor_when_the_case_moves_to_the_desk_of_that_name(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    filed = await file_case(session, vault, told=replace(TOLD, hide_person="Rohim sir"))
    above = await desk_with_officers(session, oversight=True, cleared=2)
    named, other = above.officers
    await people.set_person(
        session, named.actor.id, full_name="Abdur Rahim", office_id=named.actor.office_id
    )
    await classify(session, vault, desk.officers[0], filed.case_id, "OFF-01")
    await reads(session, vault, other, filed.case_id)
    await sees_nothing(session, vault, named, filed.case_id)


async def test_history_tells_no_number_of_cases_that_were_given(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    await file_case(session, vault)
    new = await store_officer(session, office_id=desk.office_id)
    assert await admit(session, vault, desk, new, cleared=True) == 1
    details = await session.scalar(
        text(
            "select details::text from history_entries where action = 'case_keys_given'"
            " order by seq desc limit 1"
        )
    )
    assert "1" not in str(details)


async def test_an_unconfirmed_desk_holds_no_key(session: AsyncSession, vault: Vault) -> None:
    await store_escrow(session)
    new = await desk_with_officers(session, confirmed=False)
    desk = await desk_with_officers(session)
    filed = await file_case(session, vault)
    await reads(session, vault, desk.officers[0], filed.case_id)
    await sees_nothing(session, vault, new.officers[0], filed.case_id)
    await session.execute(text("delete from case_keys"))
    await session.execute(
        text("update complaint_desks set confirmed_by = null, confirmed_at = null")
    )
    by = await refused(session, lambda: give(session, filed.case_id, desk.officers[0]))
    assert by == HOLDER


async def test_a_desk_is_confirmed_by_a_second_person(session: AsyncSession) -> None:
    await store_escrow(session)
    opener = await store_officer(session)
    office = await open_desk(session, opener.actor, NOW, oversight=False, takes_public=True)
    unconfirmed = (await desk_with_officers(session, confirmed=False)).officers[0].actor
    regulator = await accounts.store_person(session, Role.REGULATOR)
    both = replace(opener.actor, roles=opener.actor.roles | {Role.REGULATOR.value})
    for one in (opener.actor, both, unconfirmed, await administrator(session)):
        with pytest.raises(ConfirmedByAnother):
            await confirm_desk(session, one, NOW, desk_id=office)
    await confirm_desk(session, regulator, NOW, desk_id=office)
    watcher = await store_officer(session, Role.OVERSIGHT)
    above = await open_desk(session, watcher.actor, NOW, oversight=True, takes_public=False)
    with pytest.raises(ConfirmedByAnother):
        await confirm_desk(session, opener.actor, NOW, desk_id=above)
    await confirm_desk(session, regulator, NOW, desk_id=above)
    third = await store_officer(session)
    desk = await open_desk(session, third.actor, NOW, oversight=False, takes_public=True)
    await confirm_desk(session, opener.actor, NOW, desk_id=desk)
    confirmed = await session.scalars(
        text("select confirmed_by from complaint_desks where id = any(:ids)"),
        {"ids": [office, above, desk]},
    )
    assert sorted(confirmed) == sorted([regulator.id, regulator.id, opener.actor.id])


async def classify(
    session: AsyncSession, vault: Vault, by: Officer, case_id: UUID, *codes: str
) -> None:
    await working.classify_case(
        session, by.actor, NOW, vault, case_id=case_id, private_key=by.pair.private,
        new=NewClassification(
            codes=codes, main_code=codes[0], stage=Stage.UNKNOWN, escalators=()
        ),
        danger=False, calendar=CALENDAR,
    )  # fmt: skip


async def test_a_case_that_is_about_violence_leaves_the_uncleared(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    filed = await file_case(session, vault)
    first, second, uncleared = desk.officers
    await reads(session, vault, uncleared, filed.case_id)
    await classify(session, vault, uncleared, filed.case_id, "FEE-01", "VIO-02")
    await sees_nothing(session, vault, uncleared, filed.case_id)
    assert await number_of_keys(session, uncleared) == 0
    for one in (first, second):
        await reads(session, vault, one, filed.case_id)
        head = await get_head(session, one.actor, filed.case_id)
        assert head.compartment is Compartment.PROTECTED
    await classify(session, vault, first, filed.case_id, "FEE-01")
    head = await get_head(session, first.actor, filed.case_id)
    assert head.compartment is Compartment.PROTECTED
    await sees_nothing(session, vault, uncleared, filed.case_id)


async def test_a_case_about_an_official_goes_to_oversight_alone(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    oversight = await desk_with_officers(session, oversight=True, cleared=1, uncleared=1)
    filed = await file_case(session, vault)
    await classify(session, vault, desk.officers[0], filed.case_id, "FEE-01", "OFF-01")
    for one in desk.officers:
        await sees_nothing(session, vault, one, filed.case_id)
        assert await number_of_keys(session, one) == 0
    for one in oversight.officers:
        await reads(session, vault, one, filed.case_id)
        head = await get_head(session, one.actor, filed.case_id)
        assert head.compartment is Compartment.OVERSIGHT


async def test_whoever_may_not_read_it_any_more_is_not_its_officer_either(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    filed = await file_case(session, vault)
    uncleared = desk.officers[2]
    await working.assign_case(
        session, desk.officers[0].actor, NOW, case_id=filed.case_id, person_id=uncleared.actor.id
    )
    await classify(session, vault, desk.officers[0], filed.case_id, "VIO-02")
    head = await get_head(session, desk.officers[0].actor, filed.case_id)
    assert head.assigned_to is None


async def test_a_case_in_a_hidden_office_moves_past_it(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    """She hid it from the office in which oversight sits, too: then nobody gets it by moving."""
    watcher = await desk_with_officers(session, oversight=True, cleared=1)
    hidden = str(watcher.officers[0].actor.office_id)
    filed = await file_case(session, vault, told=replace(TOLD, hide_offices=(hidden,)))
    with pytest.raises(NobodyMayRead):
        async with session.begin_nested():
            await classify(session, vault, desk.officers[0], filed.case_id, "OFF-01")
    await sees_nothing(session, vault, watcher.officers[0], filed.case_id)
    await reads(session, vault, desk.officers[0], filed.case_id)


@pytest.mark.committed
async def test_who_is_admitted_while_others_file_holds_every_case(
    fresh_engine: AsyncEngine, vault: Vault
) -> None:
    def open_session() -> AsyncSession:
        return AsyncSession(fresh_engine, expire_on_commit=False, autoflush=False)

    async with open_session() as session, session.begin():
        await store_escrow(session)
        desk = await desk_with_officers(session, cleared=1)
        new = [await store_officer(session, office_id=desk.office_id) for _ in range(3)]
    over = asyncio.Event()

    async def file_on() -> int:
        filed = 0
        while not over.is_set():
            async with open_session() as session, session.begin():
                await file_case(session, vault)
            filed += 1
        return filed

    filing = [asyncio.create_task(file_on()) for _ in range(6)]
    for one in new:
        await asyncio.sleep(0.3)
        async with open_session() as session, session.begin():
            await admit(session, vault, desk, one, cleared=True)
    await asyncio.sleep(0.3)
    over.set()
    filed = sum(await asyncio.gather(*filing))
    async with open_session() as session:
        assert filed > len(new)
        assert await session.scalar(text("select count(*) from complaints")) == filed
        for one in (*desk.officers, *new):
            assert await number_of_keys(session, one) == filed
            assert await count_queue(session, one.actor, QueueFilter(), NOW) == filed
