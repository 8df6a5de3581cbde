"""One state of the database to read from, for a body that is made after its request's transaction.

A request's own transaction ends before the first byte (docs/decisions/0002), and holds each statement's
own state. What is read here in many statements fits together, and nothing can be written.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.db.engine import OpenSession

READING = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


@asynccontextmanager
async def read_snapshot(open_session: OpenSession) -> AsyncIterator[AsyncSession]:
    """A session in a read-only transaction of its own, which sees what was committed when it began."""
    async with open_session() as session, session.begin():
        await session.connection(execution_options=READING)
        yield session
