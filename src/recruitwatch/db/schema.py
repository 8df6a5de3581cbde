"""Bringing a database to this version, and refusing one that does not fit, in one sentence each."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from recruitwatch.bundled import folder
from recruitwatch.db.base import metadata
from recruitwatch.db.privileges import apply_privileges

OLDEST_SERVER = 150000
POWERFUL = (
    "DATABASE_URL names the owner of the tables or a superuser: the application must run "
    "under a role that can change neither history nor issued scorecards."
)
FAULTS_OF_THE_SERVER = ("08", "25006", "28", "3D", "53", "55", "57", "58")
"""Connection, read-only, sign-in, no such database, resources, not in that state, operator, system."""
NOT_OF_A_CONNECTION = (errno.ENOSPC, errno.EDQUOT, errno.EPIPE, errno.EMFILE, errno.EIO)
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist")


class DatabaseUnfit(Exception):
    """The database cannot be used as it is; the message is one sentence."""


def head() -> str:
    """The newest migration of this version."""
    return (folder("migrations") / "HEAD").read_text(encoding="ascii").strip()


def alembic_config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder("migrations")))
    config.set_main_option("prepend_sys_path", str(folder("migrations")))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    config.attributes["metadata"] = metadata
    return config


async def migrate(owner_url: str, app_role: str) -> tuple[str | None, str]:
    """Migrate to this version and give the application's role its rights.

    Returns the version before and after. Raises DatabaseUnfit; running it again changes nothing.
    """
    engine = create_async_engine(owner_url, poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            await check_server(connection, need_extensions=False)
            await _refuse_owner_as(connection, app_role)
            await connection.execute(text("select pg_advisory_xact_lock(7410)"))
            before = await version_of(connection)
            await connection.run_sync(_upgrade)
            await check_locale(connection)
            await apply_privileges(connection, app_role)
        return before, head()
    except (OSError, DBAPIError) as problem:
        raise DatabaseUnfit(_sentence(problem)) from problem
    finally:
        await engine.dispose()


def _upgrade(connection: Connection) -> None:
    config = alembic_config(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    current = _current(connection)
    if current is not None and current not in known:
        raise DatabaseUnfit(_newer(current))
    command.upgrade(config, "head")


def _newer(version: str) -> str:
    return f"The database is of a newer recruitwatch (schema {version}): install that version."


async def _refuse_owner_as(connection: AsyncConnection, app_role: str) -> None:
    """Taking rights from the application's role must never take them from the owner."""
    powerful = await connection.scalar(
        text(
            "select rolsuper or pg_has_role(rolname, current_user, 'member') "
            "from pg_roles where rolname = :role"
        ),
        {"role": app_role},
    )
    if powerful is None:
        raise DatabaseUnfit(f"DATABASE_URL names the role {app_role}, which is not on this server.")
    if powerful:
        raise DatabaseUnfit(POWERFUL)


def _current(connection: Connection) -> str | None:
    if connection.scalar(text("select to_regclass('public.alembic_version')")) is None:
        return None
    version: str | None = connection.scalar(text("select version_num from alembic_version"))
    return version


async def version_of(connection: AsyncConnection) -> str | None:
    """The schema version of a database, None if it has none."""
    return await connection.run_sync(_current)


async def check_server(connection: AsyncConnection, *, need_extensions: bool = True) -> None:
    """Raise DatabaseUnfit unless server, locale and extensions are as they must be."""
    number = int(await connection.scalar(text("show server_version_num")) or 0)
    if number < OLDEST_SERVER:
        raise DatabaseUnfit("PostgreSQL 15 or later is needed; this server is older.")
    encoding = await connection.scalar(text("show server_encoding"))
    if encoding != "UTF8":
        raise DatabaseUnfit(f"The database must be encoded in UTF8; it is {encoding}.")
    rows = await connection.execute(
        text("select name, installed_version from pg_available_extensions where name = any(:n)"),
        {"n": list(EXTENSIONS)},
    )
    found: dict[str, str | None] = {name: installed for name, installed in rows}  # noqa: C416
    for extension in EXTENSIONS:
        if extension not in found:
            raise DatabaseUnfit(
                f"The PostgreSQL extension {extension} is missing: install the server's contrib package."
            )
        if need_extensions and found[extension] is None:
            raise DatabaseUnfit(
                f"The extension {extension} is not in this database: run `recruitwatch migrate`."
            )
    if found.get("pg_trgm"):
        await check_locale(connection)


async def check_locale(connection: AsyncConnection) -> None:
    """With locale C, PostgreSQL makes no trigrams of Bangla or Arabic and a search finds nothing."""
    trigrams = await connection.scalar(text("select cardinality(show_trgm('ক'))"))
    if not trigrams:
        raise DatabaseUnfit(
            "The database's locale cannot search Bangla or Arabic names: create it with "
            "`LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'` (PostgreSQL 17) or locale C.UTF-8."
        )


async def check_ready(url: str) -> None:
    """Raise DatabaseUnfit unless the application can run on this database with this role."""
    engine = create_async_engine(url, poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await check_server(connection)
            version = await version_of(connection)
            if version is not None and version > head():
                raise DatabaseUnfit(_newer(version))
            if version != head():
                raise DatabaseUnfit(
                    f"The database has schema {version or 'none'}, this version needs {head()}: "
                    "run `recruitwatch migrate`."
                )
            await _check_role(connection)
    except (OSError, DBAPIError) as problem:
        raise DatabaseUnfit(_sentence(problem)) from problem
    finally:
        await engine.dispose()


async def _check_role(connection: AsyncConnection) -> None:
    powerful = await connection.scalar(
        text(
            "select rolsuper or pg_has_role(current_user, (select relowner from pg_class "
            "where oid = 'public.history_entries'::regclass), 'member') "
            "from pg_roles where rolname = current_user"
        )
    )
    if powerful:
        raise DatabaseUnfit(POWERFUL)


def role_of(url: str) -> str:
    """The role a URL signs in with; raises DatabaseUnfit if it names none."""
    name = make_url(url).username
    if not name:
        raise DatabaseUnfit("DATABASE_URL must name the application's role.")
    return name


@contextmanager
def plainly() -> Iterator[None]:
    """Turn a database that does not answer, or refuses whoever asks, into one sentence. A file that
    cannot be used and a fault of ours stay what they are."""
    try:
        yield
    except OSError as problem:
        if problem.filename is not None or problem.errno in NOT_OF_A_CONNECTION:
            raise
        raise DatabaseUnfit(_sentence(problem)) from problem
    except DBAPIError as problem:
        state = str(getattr(problem.driver_exception, "sqlstate", None) or "08")
        if not (problem.connection_invalidated or state.startswith(FAULTS_OF_THE_SERVER)):
            raise
        raise DatabaseUnfit(_sentence(problem)) from problem


def _sentence(problem: OSError | DBAPIError) -> str:
    cause = problem.driver_exception if isinstance(problem, DBAPIError) else problem
    said = (str(cause).splitlines() or [type(cause).__name__])[0].rstrip(".")
    return f"The database cannot be used: {said}."
