"""Whether the database answers."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession


async def reach(session: AsyncSession) -> None:
    """Raises what the driver raises if the database does not answer."""
    await session.execute(text("select 1"))
