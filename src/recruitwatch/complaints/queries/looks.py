"""SQL of cases without an agency, and with which state of the register each was compared last."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.complaints.queries.cases import held_by, without_agency
from recruitwatch.complaints.tables import case_register_looks, complaints
from recruitwatch.complaints.values.learning import Look

_case, _look = complaints.c, case_register_looks.c


def _is_stale(version: int) -> ColumnElement[bool]:
    return or_(_look.version.is_(None), _look.version < version)


async def list_stale(
    session: AsyncSession, actor: Actor, *, version: int, limit: int
) -> list[UUID]:
    """Open cases without an agency that the actor holds and that were not compared with this state of the
    register: most urgent first."""
    statement = (
        select(_case.id)
        .outerjoin(case_register_looks, _look.case_id == _case.id)
        .where(held_by(actor), _case.closed_at.is_(None), without_agency(), _is_stale(version))
        .order_by(_case.urgency, _case.filed_at, _case.id)
        .limit(limit)
    )
    return list(await session.scalars(statement))


async def list_looks(
    session: AsyncSession, case_ids: Sequence[UUID], *, version: int
) -> dict[UUID, Look]:
    """Whether something fits, and whether the register has changed since, for cases that were compared."""
    statement = (
        select(_look.case_id, _look.fits, _is_stale(version))
        .where(_look.case_id == func.any(list(case_ids)))
        .order_by(_look.case_id)
    )
    rows = await session.execute(statement)
    return {case_id: Look(fits=fits, is_stale=is_stale) for case_id, fits, is_stale in rows}


async def set_look(session: AsyncSession, case_id: UUID, *, version: int, fits: bool) -> None:
    values = {"version": version, "fits": fits}
    statement = insert(case_register_looks).values(case_id=case_id, **values)
    await session.execute(statement.on_conflict_do_update(index_elements=["case_id"], set_=values))


async def delete_look(session: AsyncSession, case_id: UUID) -> None:
    """Compare the case again, whatever the register."""
    await session.execute(delete(case_register_looks).where(_look.case_id == case_id))
