"""SQL of desks: who takes cases, with which key; offices and numbers of help."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import offices, people, person_keys, person_roles
from recruitwatch.accounts.values import Role
from recruitwatch.complaints.tables import complaint_desks, desk_officers, help_numbers
from recruitwatch.complaints.values.desks import (
    Desk,
    DeskOfficer,
    DeskUnknown,
    HelpNumber,
    OfficeName,
    StaffName,
)
from recruitwatch.complaints.values.filing import DeskHolder

MOST_HOLDERS = 5000
MOST_LISTED = 300
_DESKS = 0x6465_736B
MOST_NUMBERS = 20
MOST_OFFICES = 60
STAFF_AT_ONCE = 5000
_desk, _own = complaint_desks.c, desk_officers.c


def fits_desk() -> ColumnElement[bool]:
    """The person's office and role are those of the desk."""

    def holds(role: Role) -> ColumnElement[bool]:
        return (
            select(person_roles.c.role)
            .where(person_roles.c.person_id == people.c.id, person_roles.c.role == role.value)
            .exists()
        )

    return or_(
        and_(_desk.kind == "oversight", holds(Role.OVERSIGHT)),
        and_(
            _desk.kind == "office",
            people.c.office_id == _desk.office_id,
            holds(Role.COMPLAINTS_OFFICER),
        ),
    )


def _admitted_with_this_key() -> ColumnElement[bool]:
    """Whoever resets a password could sign in and get a new key: a key made after the admission does not
    count until a colleague of the desk, or two shares of the escrow, let the person in again."""
    return _own.admitted_at >= person_keys.c.made_at


async def list_holders(
    session: AsyncSession,
    desk_id: UUID | None = None,
    *,
    lock: bool = False,
    any_key: bool = False,
) -> list[DeskHolder]:
    """Officers at their desk who fit it and have a key, by desk in the order they opened. All desks, or one;
    also those that nobody has confirmed yet. It is never cut: somebody would be left without a key.

    Only keys that were there at the admission count, but with `any_key`. With `lock` no key that was found
    is destroyed before this transaction ends: who is disabled meanwhile cannot make a Send fail.
    """
    statement = (
        select(
            _desk.id.label("desk_id"), (_desk.kind == "oversight").label("oversight"),
            _desk.takes_public, _desk.confirmed_at.is_not(None).label("confirmed"),
            people.c.id.label("person_id"), people.c.office_id, people.c.full_name, _own.cleared,
            person_keys.c.id.label("key_id"), person_keys.c.public_key,
        )
        .join(desk_officers, _own.desk_id == _desk.id)
        .join(people, people.c.id == _own.person_id)
        .join(person_keys, person_keys.c.person_id == people.c.id)
        .where(_own.left_at.is_(None), people.c.disabled_at.is_(None), fits_desk())
        .order_by(_desk.opened_at, _desk.id, people.c.id)
        .limit(MOST_HOLDERS + 1)
    )  # fmt: skip
    if desk_id is not None:
        statement = statement.where(_desk.id == desk_id)
    if not any_key:
        statement = statement.where(_admitted_with_this_key())
    if lock:
        statement = statement.with_for_update(read=True, key_share=True, of=person_keys)
    rows = (await session.execute(statement)).mappings().all()
    if len(rows) > MOST_HOLDERS:
        raise RuntimeError(f"more than {MOST_HOLDERS} officers are at desks")
    return [DeskHolder(**row) for row in rows]


async def list_staff_names(session: AsyncSession) -> list[StaffName]:
    """Everybody, also whose account is closed and may be opened again: a name that she hides her case from
    may be anybody's."""
    found: list[StaffName] = []
    statement = (
        select(people.c.id.label("person_id"), people.c.full_name)
        .order_by(people.c.id)
        .limit(STAFF_AT_ONCE)
    )
    batch = statement
    while rows := (await session.execute(batch)).mappings().all():
        found += [StaffName(**row) for row in rows]
        if len(rows) < STAFF_AT_ONCE:
            break
        batch = statement.where(people.c.id > found[-1].person_id)
    return found


async def list_desks(session: AsyncSession) -> list[Desk]:
    statement = (
        select(
            _desk.id, _desk.kind, _desk.office_id, func.coalesce(offices.c.name, ""),
            _desk.takes_public, _desk.opened_by, _desk.opened_at, _desk.confirmed_at,
        )
        .outerjoin(offices, offices.c.id == _desk.office_id)
        .order_by(_desk.opened_at, _desk.id)
        .limit(MOST_OFFICES)
    )  # fmt: skip
    return [_desk_of(*row) for row in await session.execute(statement)]


async def get_desk(session: AsyncSession, desk_id: UUID) -> Desk:
    found = next((one for one in await list_desks(session) if one.id == desk_id), None)
    if found is None:
        raise DeskUnknown
    return found


def _desk_of(
    desk_id: UUID,
    kind: str,
    office_id: UUID | None,
    name: str,
    public: bool,
    opened_by: UUID,
    opened_at: datetime,
    confirmed_at: datetime | None,
) -> Desk:
    return Desk(
        id=desk_id,
        oversight=kind == "oversight",
        office_id=office_id,
        office_name=name,
        takes_public=public,
        opened_by=opened_by,
        opened_at=opened_at,
        confirmed_at=confirmed_at,
    )


async def list_desk_offices(session: AsyncSession) -> list[OfficeName]:
    """The offices she can hide her case from: those with a desk."""
    statement = (
        select(offices.c.id, offices.c.name)
        .join(complaint_desks, _desk.office_id == offices.c.id)
        .order_by(offices.c.name, offices.c.id)
        .limit(MOST_OFFICES)
    )
    return [OfficeName(**row) for row in (await session.execute(statement)).mappings()]


async def insert_desk(
    session: AsyncSession,
    *,
    desk_id: UUID,
    office_id: UUID | None,
    takes_public: bool,
    opened_by: UUID,
    now: datetime,
) -> None:
    await session.execute(
        insert(complaint_desks).values(
            id=desk_id,
            kind="oversight" if office_id is None else "office",
            office_id=office_id,
            takes_public=takes_public,
            opened_by=opened_by,
            opened_at=now,
        )
    )


async def set_confirmed(
    session: AsyncSession, desk_id: UUID, *, confirmed_by: UUID, now: datetime
) -> None:
    await session.execute(
        update(complaint_desks)
        .where(_desk.id == desk_id, _desk.confirmed_at.is_(None))
        .values(confirmed_by=confirmed_by, confirmed_at=now)
    )


async def set_takes_public(session: AsyncSession, desk_id: UUID, takes_public: bool) -> None:
    await session.execute(
        update(complaint_desks).where(_desk.id == desk_id).values(takes_public=takes_public)
    )


async def list_desk_officers(session: AsyncSession, desk_id: UUID) -> list[DeskOfficer]:
    """Who is at the desk, first, and who could be: its role, and its office."""
    statement = (
        select(
            people.c.id.label("person_id"), people.c.full_name,
            person_keys.c.id.is_not(None).label("has_key"),
            func.coalesce(_own.cleared, False).label("cleared"), _own.admitted_at,
        )
        .select_from(complaint_desks)
        .join(people, and_(fits_desk(), people.c.disabled_at.is_(None)))
        .outerjoin(person_keys, person_keys.c.person_id == people.c.id)
        .outerjoin(
            desk_officers,
            and_(
                _own.desk_id == _desk.id,
                _own.person_id == people.c.id,
                _own.left_at.is_(None),
                _admitted_with_this_key(),
            ),
        )
        .where(_desk.id == desk_id)
        .order_by(_own.admitted_at.is_(None), people.c.full_name, people.c.id)
        .limit(MOST_LISTED)
    )  # fmt: skip
    return [DeskOfficer(**row) for row in (await session.execute(statement)).mappings()]


async def lock_desk(session: AsyncSession, desk_id: UUID) -> None:
    """Filing at a desk and changes of its officers wait for each other: nobody is forgotten."""
    await session.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _DESKS})
    await session.execute(select(_desk.id).where(_desk.id == desk_id).with_for_update())


async def share_desks(session: AsyncSession) -> None:
    """Filing holds this lock, so that an officer admitted meanwhile is not left without a key. It is no lock
    of rows: those let new filings pass for ever before an officer who waits."""
    await session.execute(text("select pg_advisory_xact_lock_shared(:lock)"), {"lock": _DESKS})


async def set_desk_officer(
    session: AsyncSession,
    *,
    desk_id: UUID,
    person_id: UUID,
    cleared: bool,
    admitted_by: UUID | None,
    now: datetime,
) -> None:
    """Admit, admit again, or change the clearance. Nobody admits whom shares of the escrow let in."""
    values = {"cleared": cleared, "admitted_by": admitted_by, "admitted_at": now, "left_at": None}
    statement = upsert(desk_officers).values(desk_id=desk_id, person_id=person_id, **values)
    await session.execute(
        statement.on_conflict_do_update(index_elements=["desk_id", "person_id"], set_=values)
    )


async def set_left(session: AsyncSession, desk_id: UUID, person_id: UUID, now: datetime) -> None:
    await session.execute(
        update(desk_officers)
        .where(_own.desk_id == desk_id, _own.person_id == person_id, _own.left_at.is_(None))
        .values(left_at=now)
    )


async def list_help_numbers(session: AsyncSession) -> list[HelpNumber]:
    statement = (
        select(help_numbers)
        .order_by(help_numbers.c.position, help_numbers.c.id)
        .limit(MOST_NUMBERS)
    )
    return [HelpNumber(**row) for row in (await session.execute(statement)).mappings()]


async def set_help_numbers(session: AsyncSession, numbers: Sequence[HelpNumber]) -> None:
    """These numbers and no others, in this order."""
    await session.execute(delete(help_numbers))
    if numbers:
        rows = [
            {"id": one.id, "position": one.position, "name": one.name, "number": one.number,
             "hours": one.hours}
            for one in numbers
        ]  # fmt: skip
        await session.execute(insert(help_numbers), rows)
