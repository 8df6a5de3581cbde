"""SQL of people: who they are, what roles they hold, what they sign in with."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import offices, people, person_keys, person_roles
from recruitwatch.accounts.values import Credentials, Person, PersonUnknown, Role

roles_of = (
    select(func.array_agg(person_roles.c.role))
    .where(person_roles.c.person_id == people.c.id)
    .correlate(people)
    .scalar_subquery()
)
_has_key = exists().where(person_keys.c.person_id == people.c.id).correlate(people)
_PERSON = (
    select(
        people.c.id, people.c.sign_in_name, people.c.full_name, people.c.office_id,
        offices.c.name.label("office_name"), roles_of.label("roles"),
        people.c.totp_confirmed_at.is_not(None).label("has_second_factor"),
        people.c.must_change_password, people.c.disabled_at, people.c.created_at, people.c.version,
        _has_key.label("has_key"),
    )
    .join(offices, offices.c.id == people.c.office_id)
)  # fmt: skip


def named_roles(names: list[str] | None) -> frozenset[Role]:
    return frozenset(Role(name) for name in names or ())


async def list_people(session: AsyncSession, *, limit: int, offset: int = 0) -> list[Person]:
    """The people of the ministry: active ones first, then by name."""
    statement = _PERSON.order_by(people.c.disabled_at.is_not(None), people.c.full_name, people.c.id)
    rows = (await session.execute(statement.limit(limit).offset(offset))).mappings()
    return [Person(**{**row, "roles": named_roles(row["roles"])}) for row in rows]


async def count_people(session: AsyncSession) -> int:
    statement = select(func.count()).where(people.c.office_id.is_not(None))
    return await session.scalar(statement) or 0


async def get_person(session: AsyncSession, person_id: UUID) -> Person:
    row = (await session.execute(_PERSON.where(people.c.id == person_id))).mappings().one_or_none()
    if row is None:
        raise PersonUnknown
    return Person(**{**row, "roles": named_roles(row["roles"])})


async def list_people_of_role(session: AsyncSession, role: Role) -> list[Person]:
    """People of this role who are not disabled, by name. A ministry has some hundreds at most."""
    holders = select(person_roles.c.person_id).where(person_roles.c.role == role.value)
    statement = _PERSON.where(people.c.id.in_(holders), people.c.disabled_at.is_(None))
    statement = statement.order_by(people.c.full_name, people.c.id).limit(500)
    rows = (await session.execute(statement)).mappings()
    return [Person(**{**row, "roles": named_roles(row["roles"])}) for row in rows]


async def find_person(session: AsyncSession, sign_in_name: str) -> UUID | None:
    """Who signs in with this name."""
    statement = select(people.c.id).where(people.c.sign_in_name == sign_in_name)
    found: UUID | None = await session.scalar(statement)
    return found


async def get_sign_in_name(session: AsyncSession, person_id: UUID) -> str:
    """The name somebody of the ministry or of an agency signs in with."""
    statement = select(people.c.sign_in_name).where(people.c.id == person_id)
    name: str | None = await session.scalar(statement)
    if name is None:
        raise PersonUnknown
    return name


async def lock_own_row(session: AsyncSession, person_id: UUID) -> None:
    """Nobody changes this person until the end of the transaction."""
    await session.execute(select(people.c.id).where(people.c.id == person_id).with_for_update())


async def lock_person(session: AsyncSession, person_id: UUID) -> Person:
    """The person, locked until the end of the transaction."""
    await lock_own_row(session, person_id)
    return await get_person(session, person_id)


async def lock_administrators(session: AsyncSession) -> int:
    """How many administrators can sign in; nobody else can count or change them meanwhile."""
    await session.execute(text("select pg_advisory_xact_lock(hashtext('administrators'))"))
    statement = (
        select(func.count())
        .select_from(people.join(person_roles, person_roles.c.person_id == people.c.id))
        .where(person_roles.c.role == Role.ADMINISTRATOR.value, people.c.disabled_at.is_(None))
    )
    return await session.scalar(statement) or 0


async def insert_person(
    session: AsyncSession,
    *,
    person_id: UUID,
    sign_in_name: str,
    full_name: str,
    office_id: UUID | None,
    roles: Collection[Role],
    password_hash: str,
    must_change_password: bool,
    now: datetime,
    agency_id: UUID | None = None,
) -> None:
    await session.execute(
        insert(people).values(
            id=person_id,
            sign_in_name=sign_in_name,
            full_name=full_name,
            office_id=office_id,
            agency_id=agency_id,
            password_hash=password_hash,
            must_change_password=must_change_password,
            created_at=now,
        )
    )
    await set_roles(session, person_id, roles)


async def set_roles(session: AsyncSession, person_id: UUID, roles: Collection[Role]) -> None:
    await session.execute(delete(person_roles).where(person_roles.c.person_id == person_id))
    rows = [{"person_id": person_id, "role": role.value} for role in sorted(roles)]
    if rows:
        await session.execute(insert(person_roles), rows)


async def set_person(
    session: AsyncSession, person_id: UUID, *, full_name: str, office_id: UUID
) -> None:
    await session.execute(
        update(people)
        .where(people.c.id == person_id)
        .values(full_name=full_name, office_id=office_id, version=people.c.version + 1)
    )


async def set_disabled(session: AsyncSession, person_id: UUID, at: datetime | None) -> None:
    await session.execute(
        update(people)
        .where(people.c.id == person_id)
        .values(disabled_at=at, version=people.c.version + 1)
    )


async def set_password(
    session: AsyncSession, person_id: UUID, *, password_hash: str, must_change: bool
) -> None:
    await session.execute(
        update(people)
        .where(people.c.id == person_id)
        .values(password_hash=password_hash, must_change_password=must_change)
    )


async def set_totp(
    session: AsyncSession, person_id: UUID, *, sealed: bytes | None, confirmed_at: datetime | None
) -> None:
    await session.execute(
        update(people)
        .where(people.c.id == person_id)
        .values(totp_sealed=sealed, totp_confirmed_at=confirmed_at, totp_last_step=0)
    )


async def use_totp_step(session: AsyncSession, person_id: UUID, step: int) -> bool:
    """Take a code's step; False if it or a later one was used before: a code works once."""
    taken = await session.execute(
        update(people)
        .where(people.c.id == person_id, people.c.totp_last_step < step)
        .values(totp_last_step=step)
        .returning(people.c.id)
    )
    return taken.first() is not None


async def find_credentials(
    session: AsyncSession,
    *,
    sign_in_name: str | None = None,
    person_id: UUID | None = None,
    lock: bool = False,
) -> Credentials | None:
    """By sign-in name or by id. With `lock` as they are now, and nobody changes them meanwhile."""
    statement = select(
        people.c.id.label("person_id"), people.c.full_name, people.c.office_id, people.c.agency_id,
        people.c.password_hash, people.c.must_change_password, people.c.totp_sealed,
        people.c.totp_confirmed_at.is_not(None).label("totp_confirmed"), people.c.totp_last_step,
        people.c.disabled_at.is_not(None).label("disabled"),
    )  # fmt: skip
    if sign_in_name is not None:
        statement = statement.where(people.c.sign_in_name == sign_in_name)
    else:
        statement = statement.where(people.c.id == person_id)
    if lock:
        statement = statement.with_for_update()
    row = (await session.execute(statement)).mappings().one_or_none()
    return Credentials(**row) if row else None
