"""THE transaction: one request, one transaction (docs/decisions/0002)."""

from collections.abc import AsyncGenerator, Callable

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.db.engine import OpenSession


def session_provider(open_session: OpenSession) -> Callable[[], AsyncGenerator[AsyncSession, None]]:
    """The only generator dependency of the application."""

    async def provide_session() -> AsyncGenerator[AsyncSession, None]:
        """Commits after rendering and before the first byte; any exception rolls back."""
        async with open_session() as session, session.begin():
            yield session

    return provide_session
