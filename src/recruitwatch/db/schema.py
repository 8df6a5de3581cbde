"""Bringing a database to this version, and refusing one that does not fit, in one sentence each."""

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
            before = await version_of(connection)
            await connection.execute(text("select pg_advisory_xact_lock(7410)"))
            await connection.run_sync(_upgrade)
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
        raise DatabaseUnfit(
            f"The database is of a newer recruitwatch (schema {current}): install that version."
        )
    command.upgrade(config, "head")


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
        raise DatabaseUnfit(
            "DATABASE_URL names the owner of the tables or a superuser: the application must run "
            "under a role that can change neither history nor issued scorecards."
        )


def role_of(url: str) -> str:
    """The role a URL signs in with; raises DatabaseUnfit if it names none."""
    name = make_url(url).username
    if not name:
        raise DatabaseUnfit("DATABASE_URL must name the application's role.")
    return name


def _sentence(problem: Exception) -> str:
    cause = getattr(problem, "driver_exception", None) or problem
    return f"The database cannot be used: {str(cause).splitlines()[0] if str(cause) else cause!r}."
