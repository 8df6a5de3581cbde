"""SQL of cases whose time is over."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.complaints.tables import case_keys, complaints

_case = complaints.c
MONTH = 7


async def list_ended(session: AsyncSession, today: date, *, limit: int) -> list[UUID]:
    """Cases that are not erased and whose month lies before this one. An open case has ten years from its
    filing; one still open then would be erased too, which the queue has warned of for years."""
    statement = (
        select(_case.id)
        .where(_case.erased_at.is_(None), func.right(_case.period, MONTH) < f"{today:%Y-%m}")
        .order_by(_case.period, _case.id)
        .limit(limit)
        .with_for_update()
    )
    return list(await session.scalars(statement))


async def erase_case(session: AsyncSession, case_id: UUID, now: datetime) -> None:
    await session.execute(delete(case_keys).where(case_keys.c.case_id == case_id))
    await session.execute(
        update(complaints)
        .where(_case.id == case_id)
        .values(
            statement_sealed=None, code_hash=None, code_public=None, secret_by_code=None,
            secret_by_escrow=None, pepper_sealed=None, erased_at=now,
        )
    )  # fmt: skip
