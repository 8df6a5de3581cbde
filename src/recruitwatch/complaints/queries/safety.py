"""SQL of the care for a worker's safety: who ended it and why."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import people
from recruitwatch.complaints.tables import complaint_safety_ends

_end = complaint_safety_ends.c


class SealedSafetyEnd(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    reason_sealed: bytes
    ended_by: str
    ended_at: datetime


async def insert_safety_end(
    session: AsyncSession,
    case_id: UUID,
    *,
    end_id: UUID,
    reason_sealed: bytes,
    ended_by: UUID,
    now: datetime,
) -> None:
    await session.execute(
        insert(complaint_safety_ends).values(
            id=end_id, case_id=case_id, reason_sealed=reason_sealed, ended_by=ended_by, ended_at=now
        )
    )


async def find_safety_end(session: AsyncSession, case_id: UUID) -> SealedSafetyEnd | None:
    """The newest."""
    statement = (
        select(_end.id, _end.reason_sealed, people.c.full_name.label("ended_by"), _end.ended_at)
        .join(people, people.c.id == _end.ended_by)
        .where(_end.case_id == case_id)
        .order_by(_end.ended_at.desc(), _end.id)
        .limit(1)
    )
    row = (await session.execute(statement)).mappings().one_or_none()
    return None if row is None else SealedSafetyEnd(**row)
