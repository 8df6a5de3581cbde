"""Fixtures shared by all tests: a database migrated once, a connection rolled back, one application.

One PostgreSQL serves the whole run; each xdist worker clones its own database from the migrated
template. `session` and `client` work on one connection whose transaction is rolled back. Tests that
need true commits are marked `committed` and get a clone of their own.
"""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio
from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import NullPool

from clients import Browser, CountedQueries, count_queries, open_browser
from factories import accounts as accounts_factory
from factories import agencies as agencies_factory
from recruitwatch.accounts.values import Role
from recruitwatch.actor import Actor
from recruitwatch.app import as_served, create_app
from recruitwatch.bundled import folder
from recruitwatch.db.embedded import Cluster, cluster
from recruitwatch.db.schema import migrate
from recruitwatch.keys import InstallationKey
from recruitwatch.settings import Settings

ROOT = Path(__file__).parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"
NOW = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)
KEY = InstallationKey(b"k" * 32)
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")


class Clock:
    """The tests' time; moves only when told."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """One server for all workers; the last one stops it."""
    with cluster(ROOT / "var" / "test-postgres", profile="test") as server:
        yield server


def _template_name() -> str:
    files = [
        *sorted(folder("migrations").rglob("*.py")),
        ROOT / "src/recruitwatch/db/privileges.py",
    ]
    content = b"".join(file.read_bytes() for file in files)
    return f"rw_template_{hashlib.sha256(content).hexdigest()[:12]}"


async def _super(server: Cluster, statement: str) -> None:
    url = make_url(server.superuser_url())
    connection = await asyncpg.connect(
        url.set(drivername="postgresql").render_as_string(hide_password=False)
    )
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def _make_template(server: Cluster, name: str) -> None:
    """Built under another name and renamed when complete, by one worker while the others wait."""
    url = make_url(server.superuser_url()).set(drivername="postgresql")
    connection = await asyncpg.connect(url.render_as_string(hide_password=False))
    try:
        await connection.execute("select pg_advisory_lock(77)")
        if await connection.fetchval("select 1 from pg_database where datname = $1", name):
            return
        await connection.execute(f"drop database if exists {name}_new with (force)")
        await connection.execute(f"create database {name}_new owner recruitwatch_owner")
        await migrate(server.owner_url(f"{name}_new"), "recruitwatch_app")
        await connection.execute(f"alter database {name}_new rename to {name}")
    finally:
        await connection.close()


async def clone(server: Cluster, name: str) -> None:
    """A fresh database from the migrated template."""
    await _super(server, f"drop database if exists {name} with (force)")
    await _super(
        server,
        f"create database {name} owner recruitwatch_owner template {_template_name()} "
        "strategy file_copy",
    )


async def drop(server: Cluster, name: str) -> None:
    await _super(server, f"drop database if exists {name} with (force)")


@pytest.fixture(scope="session")
def database(postgres: Cluster) -> Iterator[str]:
    """The name of this worker's database; two runs at once do not meet."""
    name = f"rw_{WORKER}_{os.getpid()}"

    async def build() -> None:
        await _make_template(postgres, _template_name())
        await clone(postgres, name)

    asyncio.run(build())
    yield name
    asyncio.run(drop(postgres, name))


@pytest_asyncio.fixture(scope="session")
async def engine(postgres: Cluster, database: str) -> AsyncIterator[AsyncEngine]:
    """Signed in as the application's role: what it may not do fails in tests too."""
    made = create_async_engine(postgres.app_url(database))
    yield made
    await made.dispose()


@pytest_asyncio.fixture
async def connection(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    async with engine.connect() as opened:
        transaction = await opened.begin()
        yield opened
        await transaction.rollback()


def _open_on(connection: AsyncConnection) -> Callable[[], AsyncSession]:
    def open_session() -> AsyncSession:
        return AsyncSession(
            bind=connection,
            join_transaction_mode="create_savepoint",
            expire_on_commit=False,
            autoflush=False,
        )

    return open_session


@pytest_asyncio.fixture
async def session(connection: AsyncConnection) -> AsyncIterator[AsyncSession]:
    async with _open_on(connection)() as opened:
        yield opened


@pytest_asyncio.fixture
async def fresh_database(postgres: Cluster, database: str) -> AsyncIterator[str]:
    """A database of this test's own, for tests marked `committed`."""
    name = f"rw_{WORKER}_{os.getpid()}_{uuid4().hex[:8]}"
    await clone(postgres, name)
    yield name
    await drop(postgres, name)


@pytest_asyncio.fixture
async def fresh_engine(postgres: Cluster, fresh_database: str) -> AsyncIterator[AsyncEngine]:
    made = create_async_engine(postgres.app_url(fresh_database), pool_size=10, max_overflow=0)
    yield made
    await made.dispose()


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    data = tmp_path_factory.mktemp("data")
    return Settings(data=data, keys=data / "keys", ministry="Ministry of Labour of Testland")


class Slot:
    """Where the one application finds the connection of the running test."""

    open_session: Callable[[], AsyncSession]


@pytest.fixture(scope="session")
def slot() -> Slot:
    return Slot()


@pytest.fixture(scope="session")
def application(settings: Settings, clock: Clock, slot: Slot):  # type: ignore[no-untyped-def]
    """Built once a run: building it costs more than a test."""
    app = create_app(settings, KEY, lambda: slot.open_session(), clock=clock)
    return app, as_served(app, https=False)


@pytest_asyncio.fixture
async def browser(
    application,
    connection: AsyncConnection,
    slot: Slot,
    clock: Clock,  # type: ignore[no-untyped-def]
) -> AsyncIterator[Browser]:
    """A visitor without script, whose every page is checked as it arrives."""
    slot.open_session = _open_on(connection)
    clock.at = NOW
    async with open_browser(application[1]) as visitor:
        yield visitor


SignIn = Callable[..., Awaitable[Browser]]


async def _new_person(session: AsyncSession, *roles: Role) -> Actor:
    """Somebody with these roles; people of agencies belong to an agency of their own."""
    if roles == (Role.AGENCY,):
        agency_id = await agencies_factory.store_agency(session)
        return await accounts_factory.store_agency_person(session, agency_id)
    return await accounts_factory.store_person(session, *roles)


@pytest_asyncio.fixture
async def sign_in(
    application,
    connection: AsyncConnection,
    slot: Slot,
    session: AsyncSession,
    clock: Clock,  # type: ignore[no-untyped-def]
) -> AsyncIterator[SignIn]:
    """`await sign_in(Role.INSPECTOR)` gives a browser signed in as a new person of that role."""
    slot.open_session = _open_on(connection)
    clock.at = NOW
    opened = []

    async def begin(*roles: Role, person: Actor | None = None) -> Browser:
        actor = person or await _new_person(session, *roles)
        token = await accounts_factory.store_sign_in(session, actor)
        await session.commit()
        manager = open_browser(application[1], token=token, actor=actor)
        opened.append(manager)
        return await manager.__aenter__()

    yield begin
    for manager in opened:
        await manager.__aexit__(None, None, None)


@pytest_asyncio.fixture
async def actor_of(session: AsyncSession) -> Callable[..., Awaitable[Actor]]:
    """`await actor_of(Role.REGULATOR)` stores a person and gives the actor."""

    async def make(*roles: Role) -> Actor:
        return await _new_person(session, *roles)

    return make


@pytest.fixture
def queries(connection: AsyncConnection):  # type: ignore[no-untyped-def]
    """`with queries(at_most=6):` counts the statements of the block."""

    def limit(at_most: int) -> CountedQueries:
        return count_queries(connection.sync_connection, at_most)

    return limit


@asynccontextmanager
async def served(server: Cluster, name: str, settings: Settings) -> AsyncIterator[Browser]:
    """A browser of an application with real commits on the database `name`."""
    made = create_async_engine(server.app_url(name), poolclass=NullPool)

    def open_session() -> AsyncSession:
        return AsyncSession(made, expire_on_commit=False, autoflush=False)

    app = create_app(settings, KEY, open_session, clock=Clock())
    async with open_browser(as_served(app, https=False)) as visitor:
        yield visitor
    await made.dispose()
