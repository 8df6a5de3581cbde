"""SQL of cases whose time is over."""

from datetime import date, datetime
from uuid import UUID

import msgspec
from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.complaints.tables import case_exclusions, case_keys, complaints
from recruitwatch.complaints.values.codes import Compartment

_case = complaints.c
MONTH = 7


async def list_ended(session: AsyncSession, today: date, *, limit: int) -> list[UUID]:
    """Closed cases that are not erased and whose month lies before this one. What is open is never over."""
    statement = (
        select(_case.id)
        .where(
            _case.erased_at.is_(None),
            _case.closed_at.is_not(None),
            func.right(_case.period, MONTH) < f"{today:%Y-%m}",
        )
        .order_by(_case.period, _case.id)
        .limit(limit)
        .with_for_update()
    )
    return list(await session.scalars(statement))


class OpenCase(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    compartment: Compartment


async def list_open_ending(
    session: AsyncSession, before: date, *, after: UUID | None, limit: int
) -> list[OpenCase]:
    """Open cases whose month lies before that of this day, in order of their ids, from `after` on."""
    statement = (
        select(_case.id, _case.compartment)
        .where(
            _case.erased_at.is_(None),
            _case.closed_at.is_(None),
            func.right(_case.period, MONTH) < f"{before:%Y-%m}",
        )
        .order_by(_case.id)
        .limit(limit)
        .with_for_update()
    )
    if after is not None:
        statement = statement.where(_case.id > after)
    return [
        OpenCase(id=row.id, compartment=Compartment(row.compartment))
        for row in await session.execute(statement)
    ]


async def erase_case(session: AsyncSession, case_id: UUID, now: datetime) -> None:
    """Every sealed part and wrapped key goes, and at last whom it was hidden from: the database lets that go
    only of a case that is erased. That it was hidden from somebody stays: history keeps it from everybody."""
    hidden = select(case_exclusions.c.id).where(case_exclusions.c.case_id == case_id).exists()
    await session.execute(delete(case_keys).where(case_keys.c.case_id == case_id))
    await session.execute(
        update(complaints)
        .where(_case.id == case_id)
        .values(
            statement_sealed=None, code_hash=None, code_public=None, secret_by_code=None,
            secret_by_escrow=None, pepper_sealed=None, erased_at=now, was_hidden=hidden,
        )
    )  # fmt: skip
    await session.execute(delete(case_exclusions).where(case_exclusions.c.case_id == case_id))
