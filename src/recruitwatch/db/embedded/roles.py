"""The database and its two roles, made once by the superuser: who owns it, and who only uses it."""

import asyncio
import secrets
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import asyncpg

from recruitwatch.db.embedded.failures import (
    DiskFull,
    NoExtension,
    NoPassword,
    NotPrepared,
    NoTrigrams,
)
from recruitwatch.db.embedded.places import Ground
from recruitwatch.db.embedded.server import SUPERUSER, Server, password_file, write_safely

DATABASE = "recruitwatch"
OWNER = "recruitwatch_owner"
APP = "recruitwatch_app"
REQUIRED = ("btree_gist", "pg_trgm", "unaccent")
OPTIONAL = ("fuzzystrmatch",)
POWERLESS = "login nosuperuser nocreatedb nocreaterole noreplication nobypassrls"


def prepare(ground: Ground, server: Server, patience: float) -> None:
    """Does what is missing, once for each start of the server."""
    done = ground.root / "prepared"
    mark = f"{server.pid} {server.started}"
    if done.exists() and done.read_text() == mark:
        return
    # In a thread of its own, because the caller may already run an event loop.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, _prepare_or_say_why(ground, server, patience)).result()
    write_safely(done, mark)


async def _prepare_or_say_why(ground: Ground, server: Server, patience: float) -> None:
    try:
        async with asyncio.timeout(patience):
            await _prepare_cluster(ground, server)
            await _prepare_database(ground, server)
    except asyncpg.DiskFullError as failure:
        raise DiskFull(folder=str(ground.root)) from failure
    except asyncpg.InvalidPasswordError as failure:
        file = password_file(ground.root, SUPERUSER)
        raise NoPassword(file=str(file)) from failure
    except (asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as failure:
        why = str(failure) or "it did not answer in time."
        raise NotPrepared(folder=str(ground.root), why=why) from failure


async def _connect(ground: Ground, server: Server, database: str) -> asyncpg.Connection:
    file = password_file(ground.root, SUPERUSER)
    if not file.exists():
        raise NoPassword(file=str(file))
    return await asyncpg.connect(
        host=str(server.socket_folder),
        port=server.port,
        user=SUPERUSER,
        password=file.read_text(),
        database=database,
    )


async def _prepare_cluster(ground: Ground, server: Server) -> None:
    connection = await _connect(ground, server, "postgres")
    try:
        for role in (OWNER, APP):
            await _prepare_role(ground, connection, role)
        if not await connection.fetchval(
            "select exists (select from pg_database where datname = $1)", DATABASE
        ):
            await connection.execute(f"create database {DATABASE} owner {OWNER}")
        await _run(
            connection,
            [
                f"alter database {DATABASE} owner to {OWNER}",
                f"revoke all on database {DATABASE} from public",
                f"grant connect on database {DATABASE} to {APP}",
                "revoke all on database postgres, template1 from public",
            ],
        )
    finally:
        await connection.close()


async def _prepare_role(ground: Ground, connection: asyncpg.Connection, role: str) -> None:
    file = password_file(ground.root, role)
    exists = await connection.fetchval(
        "select exists (select from pg_roles where rolname = $1)", role
    )
    if not exists:
        await connection.execute(f"create role {role}")
    await connection.execute(f"alter role {role} with {POWERLESS}")
    if not exists or not file.exists():
        password = secrets.token_urlsafe(24)
        # The file comes last: if we are cut short before it, the next start sets a new password.
        file.unlink(missing_ok=True)
        await connection.execute(f"alter role {role} password '{password}'")
        write_safely(file, password)


async def _prepare_database(ground: Ground, server: Server) -> None:
    connection = await _connect(ground, server, DATABASE)
    try:
        rows = await connection.fetch("select name from pg_available_extensions")
        available = {row["name"] for row in rows}
        if lacking := [name for name in REQUIRED if name not in available]:
            raise NoExtension(names=", ".join(lacking))
        wanted = (*REQUIRED, *(name for name in OPTIONAL if name in available))
        await _run(
            connection,
            [
                "revoke all on schema public from public",
                f"grant usage on schema public to {APP}",
                "set client_min_messages = warning",
                *(f"create extension if not exists {name} schema public" for name in wanted),
            ],
        )
        if not await connection.fetchval("select show_trgm($1)", "ক"):
            raise NoTrigrams(folder=str(ground.root))
    finally:
        await connection.close()


async def _run(connection: asyncpg.Connection, statements: Sequence[str]) -> None:
    async with connection.transaction():
        for statement in statements:
            await connection.execute(statement)
