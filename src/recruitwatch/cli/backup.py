"""backup and restore: the database, uploaded files and, apart from both, the keys."""

import argparse
import asyncio
import hashlib
import os
import subprocess
import tarfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from recruitwatch.app import clock_in
from recruitwatch.cli.database import Database, database, tell
from recruitwatch.cli.failures import CommandFailed
from recruitwatch.cli.install import bring_up_to_date
from recruitwatch.cli.keys import say_what_is_missing
from recruitwatch.db.fingerprints import Fingerprint, fingerprints
from recruitwatch.db.schema import head, plainly, version_of
from recruitwatch.keys import read_key
from recruitwatch.keys.copies import (
    copy_keys,
    destroy_ended_copies,
    find_differing,
    list_only_in,
)
from recruitwatch.settings import Settings

UNFINISHED_FILE = ".new-"
"""How db/files.py names what is not whole yet."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup holds, so that a restore can be checked."""

    made_at: datetime
    schema: str
    database_sha256: str
    files_sha256: str
    tables: list[Fingerprint]


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    save = commands.add_parser("backup", help="save database and files; keys go to another folder")
    save.add_argument("folder", type=Path, help="a new folder is made in it for each backup")
    save.add_argument("--keys-to", type=Path, help="also copy the keys, to a folder kept elsewhere")
    save.set_defaults(run=run_backup)
    back = commands.add_parser("restore", help="fill an empty database from a backup and compare")
    back.add_argument("folder", type=Path, help="the folder of one backup")
    back.add_argument("--keys-from", type=Path, help="folder with the copied keys")
    back.set_defaults(run=run_restore)


def run_backup(settings: Settings, options: argparse.Namespace) -> int:
    read_key(settings.keys)
    if options.keys_to:
        if options.keys_to.resolve().is_relative_to(options.folder.resolve()):
            raise CommandFailed("Keep the keys apart: choose a folder outside the backup's.")
        _refuse_other_key(settings.keys, options.keys_to)
    if options.folder.resolve().is_relative_to(settings.data.resolve()):
        raise CommandFailed("Keep the backup apart: choose a folder outside DATA.")
    now = datetime.now(UTC)
    target: Path = options.folder / f"recruitwatch-{now:%Y%m%dT%H%M%S%fZ}"
    unfinished = target.with_suffix(".unfinished")
    unfinished.mkdir(parents=True, mode=0o700)
    with database(settings) as place:
        asyncio.run(_save(settings, place, unfinished, now))
    unfinished.rename(target)
    sync(options.folder)
    if options.keys_to:
        _copy_all(settings, options.keys_to)
    print(target)
    return 0


async def _save(settings: Settings, place: Database, folder: Path, now: datetime) -> None:
    """Tables are counted in the very snapshot that is dumped."""
    async with _connection(place.owner()) as connection:
        await connection.execute(text("set transaction isolation level repeatable read"))
        snapshot = await connection.scalar(text("select pg_export_snapshot()"))
        schema = await version_of(connection)
        if schema is None:
            raise CommandFailed("There is nothing to save: the database holds no tables of ours.")
        tables = await fingerprints(connection)
        tell("Saving the database.")
        await _tool(
            place, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--no-comments",
            f"--snapshot={snapshot}", f"--file={folder / 'database.dump'}",
        )  # fmt: skip
    _finish(settings, folder, now, schema, tables)


def _finish(
    settings: Settings, folder: Path, now: datetime, schema: str, tables: list[Fingerprint]
) -> None:
    """The files, and the manifest last: a folder without it is no backup."""
    tell("Saving the files.")
    dump, archive = folder / "database.dump", folder / "files.tar"
    with tarfile.open(archive, "w") as tar:
        for path in sorted(settings.files.rglob("*")):
            # What is just being written is in no committed row yet, and may be gone the next moment.
            if path.is_file() and not path.name.startswith(UNFINISHED_FILE):
                tar.add(path, arcname=f"files/{path.relative_to(settings.files)}")
    manifest = Manifest(
        made_at=now,
        schema=schema,
        database_sha256=_sha256(dump),
        files_sha256=_sha256(archive),
        tables=tables,
    )
    (folder / "manifest.json").write_bytes(msgspec.json.format(msgspec.json.encode(manifest)))
    for file in folder.iterdir():
        file.chmod(0o600)
        sync(file)
    sync(folder)


def run_restore(settings: Settings, options: argparse.Namespace) -> int:
    manifest = _read_manifest(options.folder)
    if options.keys_from:
        _refuse_other_key(options.keys_from, settings.keys)
    else:
        read_key(settings.keys)
    if settings.files.exists() and any(settings.files.iterdir()):
        raise CommandFailed(f"{settings.files} is not empty: restore into a new installation.")
    with database(settings) as place:
        asyncio.run(_refuse_full(place))
        if options.keys_from:
            copy_keys(options.keys_from, settings.keys, clock_in(settings.zone)().date())
        tell("Restoring the database.")
        dump = options.folder / "database.dump"
        asyncio.run(
            _tool(place, "pg_restore", "--no-owner", "--no-privileges", "--exit-on-error",
                  "--single-transaction", f"--dbname={_named(place)}", str(dump))
        )  # fmt: skip
        asyncio.run(_compare(place, manifest))
        bring_up_to_date(place)
        unreadable = asyncio.run(say_what_is_missing(settings, place))
    with tarfile.open(options.folder / "files.tar") as tar:
        settings.data.mkdir(parents=True, exist_ok=True)
        tar.extractall(settings.data, filter="data")
    print(
        f"Restored and compared: {len(manifest.tables)} tables, "
        f"{sum(table.rows for table in manifest.tables)} rows."
    )
    for sentence in unreadable:
        print(sentence)
    return 0


def _read_manifest(folder: Path) -> Manifest:
    """The manifest; raises CommandFailed if the backup is incomplete or damaged."""
    try:
        raw = (folder / "manifest.json").read_bytes()
        manifest = msgspec.json.decode(raw, type=Manifest)
    except (FileNotFoundError, NotADirectoryError):
        raise CommandFailed(
            f"{folder} is not a complete backup: it has no manifest.json."
        ) from None
    except msgspec.DecodeError as problem:
        raise CommandFailed(f"{folder}/manifest.json cannot be read: {problem}.") from problem
    for name, expected in (
        ("database.dump", manifest.database_sha256),
        ("files.tar", manifest.files_sha256),
    ):
        if not (folder / name).is_file() or _sha256(folder / name) != expected:
            raise CommandFailed(f"{folder / name} is missing or damaged: its SHA-256 differs.")
    if manifest.schema > head():
        raise CommandFailed(f"The backup is of a newer recruitwatch (schema {manifest.schema}).")
    return manifest


async def _refuse_full(place: Database) -> None:
    async with _connection(place.owner()) as connection:
        tables = "select exists (select from pg_tables where schemaname = 'public')"
        if await connection.scalar(text(tables)):
            raise CommandFailed("The database is not empty: restore into a new installation.")


async def _compare(place: Database, manifest: Manifest) -> None:
    async with _connection(place.owner()) as connection:
        found = await fingerprints(connection)
    if found != manifest.tables:
        differing = sorted({table.table for table in {*found} ^ {*manifest.tables}})
        raise CommandFailed(f"The restored tables differ from the backup: {', '.join(differing)}.")


@asynccontextmanager
async def _connection(url: str) -> AsyncIterator[AsyncConnection]:
    engine = create_async_engine(url, poolclass=NullPool)
    try:
        with plainly():
            async with engine.begin() as connection:
                yield connection
    finally:
        await engine.dispose()


async def _tool(place: Database, name: str, *arguments: str) -> None:
    """Run a PostgreSQL program as the owner; the password goes by the environment, not the command."""
    async with _connection(place.owner()) as connection:
        major = int(await connection.scalar(text("show server_version_num")) or 0) // 10_000
    url = make_url(place.owner())
    host = url.query.get("host", url.host)
    port = url.query.get("port", url.port)
    environment = {
        **os.environ,
        "PGHOST": str(host or "localhost"),
        "PGPORT": str(port or 5432),
        "PGUSER": url.username or "",
        "PGPASSWORD": str(url.password or ""),
        "PGDATABASE": _named(place),
    }
    process = await asyncio.create_subprocess_exec(
        str(place.tool(name, major)), *arguments, env=environment, stderr=subprocess.PIPE
    )
    _, problem = await process.communicate()
    if process.returncode:
        raise CommandFailed(f"{name} failed: {_reason(problem.decode(errors='replace'))}.")


def _named(place: Database) -> str:
    """The database's name; PostgreSQL takes the role's where none is given."""
    url = make_url(place.owner())
    return url.database or url.username or ""


def _reason(said: str) -> str:
    if "No space left on device" in said:
        return "the disk is full; free some space and start again"
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    told = [line for line in lines if "error:" in line] or lines or ["no reason given"]
    return told[0].rstrip(".")


def _refuse_other_key(source: Path, target: Path) -> None:
    read_key(source)
    if copy := find_differing(source, target):
        raise CommandFailed(f"{copy} holds another key: it was not overwritten.")


def _copy_all(settings: Settings, target: Path) -> None:
    """Keys were made and destroyed while the database was saved: hence compared again, and last."""
    _refuse_other_key(settings.keys, target)
    today = clock_in(settings.zone)().date()
    copied = copy_keys(settings.keys, target, today)
    removed = destroy_ended_copies(settings.keys, target, today)
    tell(f"Keys copied to {target}: {copied}. Ended ones destroyed there: {len(removed)}.")
    if lost := list_only_in(target, settings.keys):
        tell(
            f"Only the copy holds the keys of {', '.join(lost)}: they were lost here. "
            f"Copy them back to {settings.keys}."
        )


def sync(path: Path) -> None:
    """A backup must survive the power cut that follows it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
