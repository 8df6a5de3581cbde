"""Engines and the way to open a session."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

STATEMENT_SECONDS = 30
LONG_TASK_SECONDS = 600

OpenSession = Callable[[], AbstractAsyncContextManager[AsyncSession]]


def make_engine(
    url: str, *, connections: int = 10, seconds: int = STATEMENT_SECONDS
) -> AsyncEngine:
    """An engine whose statements are limited in time, so that none holds a lock for ever. What they are
    about, a worker's words among it, is in no error message and so in no log."""
    return create_async_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=10,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={
            "server_settings": {
                "application_name": "recruitwatch",
                "jit": "off",
                "statement_timeout": f"{seconds}s",
            }
        },
    )


def session_opener(engine: AsyncEngine) -> OpenSession:
    return async_sessionmaker(engine, expire_on_commit=False, autoflush=False)
