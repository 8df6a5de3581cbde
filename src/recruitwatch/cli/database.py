"""The database of a command: the ordinary one that the settings name, or the embedded one."""

import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.cli.failures import CommandFailed
from recruitwatch.db.embedded import Cluster, cluster
from recruitwatch.db.engine import OpenSession, make_engine, session_opener
from recruitwatch.settings import Settings


class Database(msgspec.Struct, frozen=True, kw_only=True):
    """Where the database is, for the application's role and, if known, for its owner."""

    app_url: str
    owner_url: str | None
    embedded: Cluster | None

    def owner(self) -> str:
        """The owner's URL; raises CommandFailed where it was not given."""
        if self.owner_url is None:
            raise CommandFailed("Set DATABASE_OWNER_URL: this command needs the database's owner.")
        return self.owner_url

    def tool(self, name: str) -> Path:
        """A PostgreSQL program such as pg_dump; raises CommandFailed if there is none."""
        if self.embedded is not None:
            return self.embedded.tools(name)
        found = shutil.which(name)
        if found is None:
            raise CommandFailed(f"The PostgreSQL program {name} is not installed on this machine.")
        return Path(found)


@contextmanager
def database(settings: Settings, *, quiet: bool = False) -> Iterator[Database]:
    """The database while the command runs. The embedded server stops with its last user."""
    if settings.database_url is not None:
        yield Database(
            app_url=settings.database_url, owner_url=settings.owner_url, embedded=None
        )
        return
    settings.data.mkdir(parents=True, exist_ok=True)
    say = None if quiet else tell
    with cluster(settings.postgres, tied=True, say=say) as server:
        yield Database(
            app_url=server.app_url(), owner_url=server.owner_url(), embedded=server
        )


def tell(sentence: str) -> None:
    """Progress for the person at the terminal; results alone go to standard output."""
    print(sentence, file=sys.stderr, flush=True)


@asynccontextmanager
async def sessions(url: str) -> AsyncIterator[OpenSession]:
    """A way to open sessions, closed at the end of the command."""
    engine = make_engine(url, connections=5)
    try:
        yield session_opener(engine)
    finally:
        await engine.dispose()


@asynccontextmanager
async def transaction(url: str) -> AsyncIterator[AsyncSession]:
    """One transaction: committed when the block ends well."""
    async with sessions(url) as open_session, open_session() as session, session.begin():
        yield session
