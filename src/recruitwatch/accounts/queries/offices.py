"""SQL of offices."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import offices, people
from recruitwatch.accounts.values import Office, OfficeUnknown


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
