"""SQL of people, offices and sign-ins."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import (
    offices,
    people,
    person_roles,
    role_settings,
    sign_in_attempts,
    sign_ins,
)
from recruitwatch.accounts.values import (
    Credentials,
    NameTaken,
    Office,
    OfficeTaken,
    OfficeUnknown,
    Person,
    PersonUnknown,
    Role,
    SignedIn,
)

CONSTRAINTS = {"uq_people_sign_in_name": NameTaken, "uq_offices_name": OfficeTaken}

_roles_of = (
    select(func.array_agg(person_roles.c.role))
    .where(person_roles.c.person_id == people.c.id)
    .correlate(people)
    .scalar_subquery()
)
_PERSON = (
    select(
        people.c.id, people.c.sign_in_name, people.c.full_name, people.c.office_id,
        offices.c.name.label("office_name"), _roles_of.label("roles"),
        people.c.totp_confirmed_at.is_not(None).label("has_second_factor"),
        people.c.must_change_password, people.c.disabled_at, people.c.created_at, people.c.version,
    )
    .join(offices, offices.c.id == people.c.office_id)
)  # fmt: skip


def _roles(names: list[str] | None) -> frozenset[Role]:
    return frozenset(Role(name) for name in names or ())


async def list_people(session: AsyncSession, *, limit: int, offset: int = 0) -> list[Person]:
    """Active people first, then by name."""
    statement = _PERSON.order_by(people.c.disabled_at.is_not(None), people.c.full_name, people.c.id)
    rows = (await session.execute(statement.limit(limit).offset(offset))).mappings()
    return [Person(**{**row, "roles": _roles(row["roles"])}) for row in rows]


async def count_people(session: AsyncSession) -> int:
    return await session.scalar(select(func.count()).select_from(people)) or 0


async def get_person(session: AsyncSession, person_id: UUID) -> Person:
    row = (await session.execute(_PERSON.where(people.c.id == person_id))).mappings().one_or_none()
    if row is None:
        raise PersonUnknown
    return Person(**{**row, "roles": _roles(row["roles"])})


async def list_people_of_role(session: AsyncSession, role: Role) -> list[Person]:
    """People of this role who are not disabled, by name. A ministry has some hundreds at most."""
    holders = select(person_roles.c.person_id).where(person_roles.c.role == role.value)
    statement = _PERSON.where(people.c.id.in_(holders), people.c.disabled_at.is_(None))
    statement = statement.order_by(people.c.full_name, people.c.id).limit(500)
    rows = (await session.execute(statement)).mappings()
    return [Person(**{**row, "roles": _roles(row["roles"])}) for row in rows]


async def find_person(session: AsyncSession, sign_in_name: str) -> UUID | None:
    """Who signs in with this name."""
    statement = select(people.c.id).where(people.c.sign_in_name == sign_in_name)
    found: UUID | None = await session.scalar(statement)
    return found


async def lock_person(session: AsyncSession, person_id: UUID) -> Person:
    """The person, locked until the end of the transaction."""
    await session.execute(select(people.c.id).where(people.c.id == person_id).with_for_update())
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
    office_id: UUID,
    roles: Collection[Role],
    password_hash: str,
    must_change_password: bool,
    now: datetime,
) -> None:
    await session.execute(
        insert(people).values(
            id=person_id,
            sign_in_name=sign_in_name,
            full_name=full_name,
            office_id=office_id,
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
        people.c.id.label("person_id"), people.c.full_name, people.c.office_id,
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


async def list_offices(session: AsyncSession) -> list[Office]:
    """Every office, open ones first. A ministry has tens of them."""
    members = (
        select(func.count())
        .where(people.c.office_id == offices.c.id, people.c.disabled_at.is_(None))
        .correlate(offices)
        .scalar_subquery()
    )
    statement = (
        select(offices.c.id, offices.c.name, members.label("people"), offices.c.closed_at)
        .order_by(offices.c.closed_at.is_not(None), offices.c.name, offices.c.id)
        .limit(500)
    )
    return [Office(**row) for row in (await session.execute(statement)).mappings()]


async def insert_office(
    session: AsyncSession, *, office_id: UUID, name: str, now: datetime
) -> None:
    await session.execute(insert(offices).values(id=office_id, name=name, created_at=now))


async def lock_office(session: AsyncSession, office_id: UUID) -> str:
    """The name of the office, locked until the end of the transaction."""
    statement = select(offices.c.name).where(offices.c.id == office_id).with_for_update()
    name: str | None = await session.scalar(statement)
    if name is None:
        raise OfficeUnknown
    return name


async def find_office(session: AsyncSession, name: str) -> UUID | None:
    """The office of this name, written in capitals or not."""
    statement = select(offices.c.id).where(func.lower(offices.c.name) == func.lower(name))
    found: UUID | None = await session.scalar(statement.order_by(offices.c.id).limit(1))
    return found


async def set_office(session: AsyncSession, office_id: UUID, *, name: str) -> None:
    await session.execute(update(offices).where(offices.c.id == office_id).values(name=name))


async def insert_sign_in(
    session: AsyncSession,
    *,
    token_hash: bytes,
    person_id: UUID,
    now: datetime,
    expires_at: datetime,
) -> None:
    await session.execute(
        insert(sign_ins).values(
            token_hash=token_hash,
            person_id=person_id,
            created_at=now,
            last_seen_at=now,
            expires_at=expires_at,
        )
    )
    await session.execute(delete(sign_ins).where(sign_ins.c.expires_at < now))


async def find_sign_in(session: AsyncSession, token_hash: bytes, now: datetime) -> SignedIn | None:
    """The sign-in of this token if it is not over and its person is not disabled."""
    required = (
        select(func.bool_or(role_settings.c.second_factor_required))
        .select_from(role_settings.join(person_roles, person_roles.c.role == role_settings.c.role))
        .where(person_roles.c.person_id == people.c.id)
        .correlate(people)
        .scalar_subquery()
    )
    statement = (
        select(
            sign_ins.c.token_hash, sign_ins.c.person_id, people.c.full_name, people.c.office_id,
            offices.c.name.label("office_name"), _roles_of.label("roles"),
            people.c.must_change_password,
            people.c.totp_confirmed_at.is_not(None).label("has_second_factor"),
            func.coalesce(required, False).label("second_factor_required"),
            sign_ins.c.second_factor_at, sign_ins.c.last_seen_at, sign_ins.c.expires_at,
        )
        .join(people, people.c.id == sign_ins.c.person_id)
        .join(offices, offices.c.id == people.c.office_id)
        .where(
            sign_ins.c.token_hash == token_hash,
            sign_ins.c.expires_at > now,
            people.c.disabled_at.is_(None),
        )
    )  # fmt: skip
    row = (await session.execute(statement)).mappings().one_or_none()
    return SignedIn(**{**row, "roles": _roles(row["roles"])}) if row else None


async def set_seen(
    session: AsyncSession, token_hash: bytes, *, now: datetime, expires_at: datetime
) -> None:
    await session.execute(
        update(sign_ins)
        .where(sign_ins.c.token_hash == token_hash)
        .values(last_seen_at=now, expires_at=expires_at)
    )


async def get_sign_in_start(session: AsyncSession, token_hash: bytes) -> datetime:
    """When this sign-in began; the row must exist."""
    statement = select(sign_ins.c.created_at).where(sign_ins.c.token_hash == token_hash)
    started: datetime = (await session.execute(statement)).scalar_one()
    return started


async def set_second_factor_done(session: AsyncSession, token_hash: bytes, now: datetime) -> None:
    await session.execute(
        update(sign_ins).where(sign_ins.c.token_hash == token_hash).values(second_factor_at=now)
    )


async def delete_sign_in(session: AsyncSession, token_hash: bytes) -> None:
    await session.execute(delete(sign_ins).where(sign_ins.c.token_hash == token_hash))


async def delete_sign_ins_of(
    session: AsyncSession, person_id: UUID, *, except_token: bytes | None = None
) -> None:
    """End every sign-in of a person, except possibly the one in use."""
    statement = delete(sign_ins).where(sign_ins.c.person_id == person_id)
    if except_token is not None:
        statement = statement.where(sign_ins.c.token_hash != except_token)
    await session.execute(statement)


async def lock_tries(session: AsyncSession, name_hash: bytes, since: datetime) -> tuple[int, int]:
    """Refused tries of one name and of all since then. Tries of one name wait for each other, in
    every worker, so that parallel guessing gains nothing."""
    key = int.from_bytes(name_hash[:8], "big", signed=True)
    await session.execute(text("select pg_advisory_xact_lock(:key)"), {"key": key})
    statement = select(
        func.count().filter(sign_in_attempts.c.name_hash == name_hash), func.count()
    ).where(sign_in_attempts.c.at > since)
    by_name, in_total = (await session.execute(statement)).one()
    return by_name, in_total


async def insert_try(
    session: AsyncSession, name_hash: bytes, now: datetime, *, forget_before: datetime
) -> None:
    await session.execute(insert(sign_in_attempts).values(name_hash=name_hash, at=now))
    await session.execute(delete(sign_in_attempts).where(sign_in_attempts.c.at < forget_before))


async def delete_tries(session: AsyncSession, name_hash: bytes) -> None:
    await session.execute(delete(sign_in_attempts).where(sign_in_attempts.c.name_hash == name_hash))


async def list_second_factor_roles(session: AsyncSession) -> frozenset[Role]:
    """Roles that must use a second factor."""
    statement = (
        select(role_settings.c.role)
        .where(role_settings.c.second_factor_required)
        .order_by(role_settings.c.role)
    )
    return frozenset(Role(name) for name in await session.scalars(statement))


async def set_second_factor_rule(session: AsyncSession, role: Role, required: bool) -> None:
    statement = upsert(role_settings).values(role=role.value, second_factor_required=required)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["role"], set_={"second_factor_required": required}
        )
    )
