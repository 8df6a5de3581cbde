"""The database of a command: the ordinary one that the settings name, or the embedded one."""

import asyncio
import contextlib
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import msgspec
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.cli.failures import CommandFailed
from recruitwatch.db.embedded import Cluster, EmbeddedPostgresError, cluster, postmaster
from recruitwatch.db.embedded.binaries import DEBIAN, find_binaries
from recruitwatch.db.engine import LONG_TASK_SECONDS, OpenSession, make_engine, session_opener
from recruitwatch.db.schema import plainly
from recruitwatch.settings import Settings

LOOK_EVERY = 1.0


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

    def tool(self, name: str, major: int) -> Path:
        """pg_dump or pg_restore for a server of this major version: the same one if it is here, else
        the next newer; an older one refuses. Raises CommandFailed if there is none."""
        if self.embedded is not None:
            return self.embedded.tools(name)
        found = {version: path for path in _programs(name) for version in _versions(path)}
        fitting = sorted(version for version in found if version >= major)
        if not fitting:
            raise CommandFailed(
                f"The program {name} of PostgreSQL {major} or later is needed on this machine: "
                "install it, or set RW_PG_BIN to the folder that holds it."
            )
        return found[fitting[0]]


def _programs(name: str) -> Iterator[Path]:
    if on_path := shutil.which(name):
        yield Path(on_path)
    yield from DEBIAN.glob(f"*/bin/{name}")
    with contextlib.suppress(EmbeddedPostgresError):
        yield find_binaries().folder / name


def _versions(program: Path) -> list[int]:
    """The major version that the program names, or none if it cannot be run."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return []
    return [int(number) for number in re.findall(r"\) (\d+)", said.stdout)[:1]]


@contextmanager
def database(settings: Settings, *, quiet: bool = False) -> Iterator[Database]:
    """The database while the command runs. The embedded server stops with its last user."""
    if settings.database_url is not None:
        _check_address("DATABASE_URL", settings.database_url)
        if settings.owner_url is not None:
            _check_address("DATABASE_OWNER_URL", settings.owner_url)
        yield Database(app_url=settings.database_url, owner_url=settings.owner_url, embedded=None)
        return
    settings.data.mkdir(parents=True, exist_ok=True)
    say = None if quiet else tell
    with cluster(settings.postgres, tied=True, say=say) as server:
        yield Database(app_url=server.app_url(), owner_url=server.owner_url(), embedded=server)


async def keep_running(place: Database, stop: asyncio.Event) -> None:
    """Until `stop` is set, start the embedded database again if it was killed, as the kernel does
    when memory is short. What was acknowledged is in its journal and comes back with it."""
    server = place.embedded
    if server is None:
        return
    root = server.moved_from or server.data.parent
    with contextlib.ExitStack() as again:
        while not stop.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), LOOK_EVERY)
            if stop.is_set() or postmaster.live_pid(server.data) is not None:
                continue
            tell("The database ended unexpectedly: it is started again.")
            try:
                await asyncio.to_thread(again.enter_context, cluster(root, tied=True))
            except EmbeddedPostgresError as problem:
                tell(str(problem))


def _check_address(name: str, url: str) -> None:
    """Raise CommandFailed for an address that no connection can be made with."""
    try:
        options = sorted({*make_url(url).query} - {"host", "port"})
    except (ValueError, ArgumentError):
        raise CommandFailed(
            f"{name} cannot be read: write postgresql://ROLE:PASSWORD@HOST:PORT/DATABASE."
        ) from None
    if options:
        raise CommandFailed(
            f"{name} takes no options ({', '.join(options)}): set PostgreSQL's own variables, "
            "such as PGSSLMODE and PGSSLROOTCERT."
        )


def tell(sentence: str) -> None:
    """Progress for the person at the terminal; results alone go to standard output."""
    print(sentence, file=sys.stderr, flush=True)


@asynccontextmanager
async def sessions(url: str) -> AsyncIterator[OpenSession]:
    """A way to open sessions, closed at the end of the command."""
    engine = make_engine(url, connections=5, seconds=LONG_TASK_SECONDS)
    try:
        with plainly():
            yield session_opener(engine)
    finally:
        await engine.dispose()


@asynccontextmanager
async def transaction(url: str) -> AsyncIterator[AsyncSession]:
    """One transaction: committed when the block ends well."""
    async with sessions(url) as open_session, open_session() as session, session.begin():
        yield session
