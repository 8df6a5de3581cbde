"""SQL of sign-ins, refused tries, and which roles need a second factor."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.queries.people import named_roles, roles_of
from recruitwatch.accounts.tables import (
    offices,
    people,
    person_roles,
    role_settings,
    sign_in_attempts,
    sign_ins,
)
from recruitwatch.accounts.values import Role, SignedIn


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
            func.coalesce(offices.c.name, "").label("office_name"), people.c.agency_id,
            roles_of.label("roles"), people.c.must_change_password,
            people.c.totp_confirmed_at.is_not(None).label("has_second_factor"),
            func.coalesce(required, False).label("second_factor_required"),
            sign_ins.c.second_factor_at, sign_ins.c.last_seen_at, sign_ins.c.expires_at,
            sign_ins.c.key_sealed,
        )
        .join(people, people.c.id == sign_ins.c.person_id)
        .outerjoin(offices, offices.c.id == people.c.office_id)
        .where(
            sign_ins.c.token_hash == token_hash,
            sign_ins.c.expires_at > now,
            people.c.disabled_at.is_(None),
        )
    )  # fmt: skip
    row = (await session.execute(statement)).mappings().one_or_none()
    return SignedIn(**{**row, "roles": named_roles(row["roles"])}) if row else None


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


async def set_sign_in_key(session: AsyncSession, token_hash: bytes, box: bytes) -> None:
    await session.execute(
        update(sign_ins).where(sign_ins.c.token_hash == token_hash).values(key_sealed=box)
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
