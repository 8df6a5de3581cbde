"""The public keys of the escrow: one at a time takes new cases, retired ones keep their own."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.complaints.tables import complaints, escrow_keys


class EscrowKey(msgspec.Struct, frozen=True, kw_only=True):
    """The escrow that new cases are wrapped for."""

    id: UUID
    public_key: bytes
    made_at: datetime


class EscrowUse(msgspec.Struct, frozen=True, kw_only=True):
    """An escrow, present or retired, with the number of cases its shares still open."""

    id: UUID
    made_at: datetime
    retired_at: datetime | None
    cases: int


async def find_escrow_key(session: AsyncSession) -> EscrowKey | None:
    """The present escrow, if one was made."""
    statement = select(escrow_keys.c.id, escrow_keys.c.public_key, escrow_keys.c.made_at)
    found = await session.execute(statement.where(escrow_keys.c.retired_at.is_(None)))
    row = found.mappings().one_or_none()
    return EscrowKey(**row) if row is not None else None


async def insert_escrow_key(
    session: AsyncSession, *, escrow_id: UUID, public_key: bytes, now: datetime
) -> bool:
    """False, and nothing stored, while another one is not retired."""
    statement = (
        insert(escrow_keys)
        .values(id=escrow_id, public_key=public_key, made_at=now)
        .on_conflict_do_nothing()
        .returning(escrow_keys.c.id)
    )
    return await session.scalar(statement) is not None


async def retire_escrow_key(session: AsyncSession, *, escrow_id: UUID, now: datetime) -> bool:
    """No new case goes to it any more; False if it was retired before."""
    statement = (
        update(escrow_keys)
        .where(escrow_keys.c.id == escrow_id, escrow_keys.c.retired_at.is_(None))
        .values(retired_at=now)
        .returning(escrow_keys.c.id)
    )
    return await session.scalar(statement) is not None


async def list_escrow_uses(
    session: AsyncSession, *, limit: int, offset: int = 0
) -> list[EscrowUse]:
    """Newest first."""
    cases = (
        select(func.count())
        .select_from(complaints)
        .where(complaints.c.escrow_id == escrow_keys.c.id, complaints.c.erased_at.is_(None))
        .scalar_subquery()
    )
    statement = (
        select(
            escrow_keys.c.id, escrow_keys.c.made_at, escrow_keys.c.retired_at, cases.label("cases")
        )
        .order_by(escrow_keys.c.made_at.desc(), escrow_keys.c.id)
        .limit(limit)
        .offset(offset)
    )
    return [EscrowUse(**row) for row in (await session.execute(statement)).mappings()]


async def find_escrow_by_public_key(session: AsyncSession, public_key: bytes) -> UUID | None:
    """The escrow, present or retired, that these shares belong to."""
    statement = select(escrow_keys.c.id).where(escrow_keys.c.public_key == public_key)
    return await session.scalar(statement)
