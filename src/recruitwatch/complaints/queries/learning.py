"""SQL of what single cases teach: which may, and which name one taught, sealed in the case."""

from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.complaints.tables import case_exclusions, link_taught_names

_own = link_taught_names.c


async def is_hidden(session: AsyncSession, case_id: UUID) -> bool:
    """Whether she hid the case from an office or a person."""
    hidden = select(case_exclusions.c.id).where(case_exclusions.c.case_id == case_id).exists()
    return bool(await session.scalar(select(hidden)))


async def insert_link_name(session: AsyncSession, link_id: UUID, name_sealed: bytes) -> None:
    await session.execute(
        insert(link_taught_names).values(link_id=link_id, name_sealed=name_sealed)
    )


async def find_link_name(session: AsyncSession, link_id: UUID) -> bytes | None:
    found: bytes | None = await session.scalar(
        select(_own.name_sealed).where(_own.link_id == link_id)
    )
    return found
