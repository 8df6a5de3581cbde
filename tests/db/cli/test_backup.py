"""The drill: save, lose everything, restore, compare, sign in; and every way it must refuse."""

import asyncio
import hashlib
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import httpx
import msgspec
import pytest
from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from db.cli.conftest import (
    Installation,
    NewServing,
    Ordinary,
    refusal,
    run,
)
from db.cli.test_keys import Place
from db.embedded.conftest import ask, make_roomy
from recruitwatch.cli.backup import Manifest
from recruitwatch.db.embedded import cluster
from recruitwatch.db.files import store
from recruitwatch.db.fingerprints import Fingerprint, fingerprints
from recruitwatch.keys import RetentionKeys, make_key, read_key

INSUFFICIENT_PRIVILEGE = "42501"


class Saved(msgspec.Struct, frozen=True, kw_only=True):
    """A backup, its keys, and what was there when it was made."""

    folder: Path
    keys: Path
    installation: Installation
    tables: list[Fingerprint]
    file_sha256: str

    def copy(self, to: Path) -> Path:
        return Path(shutil.copytree(self.folder, to))


def tables_of(postgres: Path) -> list[Fingerprint]:
    async def read(url: str) -> list[Fingerprint]:
        engine = create_async_engine(url)
        async with engine.connect() as connection:
            found = await fingerprints(connection)
        await engine.dispose()
        return found

    with cluster(postgres, tied=True) as server:
        return asyncio.run(read(server.owner_url()))


def save(place: Installation, to: Path) -> Path:
    said = run("backup", to / "backups", "--keys-to", to / "elsewhere", DATA=place.data)
    return Path(said.out.strip())


@pytest.fixture
def saved(installation: Installation, roomy: Path) -> Saved:
    """Saved, and the installation destroyed."""
    sha256 = store(installation.data / "files", b"a photograph of a notice board")
    tables = tables_of(installation.postgres)
    folder = save(installation, roomy)
    shutil.rmtree(installation.data)
    return Saved(
        folder=folder, keys=roomy / "elsewhere", installation=installation, tables=tables,
        file_sha256=sha256,
    )  # fmt: skip


def test_the_drill(saved: Saved, roomy: Path, serving: NewServing) -> None:
    new = Installation(data=roomy / "new", password=saved.installation.password)
    said = run("restore", saved.folder, "--keys-from", saved.keys, DATA=new.data)
    rows = {table.table: table.rows for table in saved.tables}
    assert rows["agencies"] == 7
    assert said.out == (f"Restored and compared: {len(rows)} tables, {sum(rows.values())} rows.\n")
    assert tables_of(new.postgres) == saved.tables
    assert read_key(new.keys) == read_key(saved.keys)
    assert contents(new.keys) == contents(saved.keys)
    assert len(contents(new.keys)) > 300
    file = new.data / "files" / saved.file_sha256[:2] / saved.file_sha256
    assert hashlib.sha256(file.read_bytes()).hexdigest() == saved.file_sha256
    server = serving(DATA=new.data).wait_ready()
    with httpx.Client(base_url=server.address) as visitor:
        assert sign_in(visitor, "administrator", "a guess") == ""
        assert sign_in(visitor, "administrator", new.password) == "/en/home"
    assert server.stop() == 0


def contents(folder: Path) -> dict[str, bytes]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def sign_in(visitor: httpx.Client, name: str, password: str) -> str:
    """Where signing in leads to; where it is refused, nowhere."""
    visitor.get("/en/sign-in")
    form = {"_csrf_token": visitor.cookies["rw_form"], "sign_in_name": name, "password": password}
    answer = visitor.post("/en/sign-in", data=form)
    return answer.headers.get("location", "").partition("?")[0]


@pytest.mark.parametrize(
    "forbidden",
    [
        "update history_entries set action = 'x'",
        "delete from history_entries",
        "update issued_scorecards set id = id",
        "delete from audit_submissions",
        "drop table history_entries",
    ],
)
def test_after_restoring_the_application_cannot_change_history(
    forbidden: str, restored: Path
) -> None:
    with cluster(restored / "postgres", tied=True) as server:
        url = make_url(server.app_url()).set(drivername="postgresql")
        assert ask(server.app_url(), "select count(*) from agencies") == [(7,)]
        assert (
            code_of(url.render_as_string(hide_password=False), forbidden) == INSUFFICIENT_PRIVILEGE
        )


def code_of(url: str, statement: str) -> str | None:
    async def execute() -> str | None:
        connection = await asyncpg.connect(url)
        try:
            await connection.execute(statement)
        except asyncpg.PostgresError as problem:
            return str(problem.sqlstate)
        finally:
            await connection.close()
        return None

    return asyncio.run(execute())


@pytest.fixture(scope="module")
def restored(
    made_installation: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    for folder in make_roomy():
        subprocess.run(["cp", "-a", str(made_installation.data), str(folder / "old")], check=True)
        old = msgspec.structs.replace(made_installation, data=folder / "old")
        run("restore", save(old, folder), "--keys-from", folder / "elsewhere", DATA=folder / "new")
        yield folder / "new"


def test_what_is_not_a_whole_backup_is_refused_before_anything_is_made(
    saved: Saved, roomy: Path
) -> None:
    def restore(folder: Path) -> str:
        return refusal("restore", folder, "--keys-from", saved.keys, DATA=roomy / "new")

    damaged = saved.copy(roomy / "damaged")
    content = bytearray((damaged / "database.dump").read_bytes())
    content[len(content) // 2] ^= 1
    (damaged / "database.dump").write_bytes(content)
    assert restore(damaged) == (
        f"{damaged}/database.dump is missing or damaged: its SHA-256 differs."
    )
    for name in ("database.dump", "files.tar"):
        without = saved.copy(roomy / f"without-{name}")
        (without / name).unlink()
        assert restore(without) == f"{without}/{name} is missing or damaged: its SHA-256 differs."
    unfinished = saved.copy(roomy / "without.unfinished")
    (unfinished / "manifest.json").unlink()
    assert restore(unfinished) == (
        f"{unfinished} is not a complete backup: it has no manifest.json."
    )
    odd = saved.copy(roomy / "odd")
    (odd / "manifest.json").write_text("{}")
    assert restore(odd).startswith(f"{odd}/manifest.json cannot be read:")
    newer = saved.copy(roomy / "newer")
    manifest = msgspec.json.decode((newer / "manifest.json").read_bytes(), type=Manifest)
    (newer / "manifest.json").write_bytes(
        msgspec.json.encode(msgspec.structs.replace(manifest, schema="999"))
    )
    assert restore(newer) == "The backup is of a newer recruitwatch (schema 999)."
    assert restore(roomy / "nowhere").startswith(f"{roomy}/nowhere is not a complete backup")
    assert not (roomy / "new").exists()


def test_tables_that_differ_from_the_manifest_are_named(saved: Saved, roomy: Path) -> None:
    manifest = msgspec.json.decode((saved.folder / "manifest.json").read_bytes(), type=Manifest)
    tables = [
        msgspec.structs.replace(table, rows_hash="1") if table.table == "agencies" else table
        for table in manifest.tables
    ]
    changed = msgspec.structs.replace(manifest, tables=tables)
    (saved.folder / "manifest.json").write_bytes(msgspec.json.encode(changed))
    said = refusal("restore", saved.folder, "--keys-from", saved.keys, DATA=roomy / "new")
    assert said == "The restored tables differ from the backup: agencies."


def test_a_full_installation_is_never_restored_over(
    installation: Installation, roomy: Path
) -> None:
    folder = save(installation, roomy)
    before = tables_of(installation.postgres)
    said = refusal("restore", folder, DATA=installation.data)
    assert said == "The database is not empty: restore into a new installation."
    assert tables_of(installation.postgres) == before
    store(roomy / "new" / "files", b"somebody's evidence")
    said = refusal("restore", folder, "--keys-from", roomy / "elsewhere", DATA=roomy / "new")
    assert said == f"{roomy}/new/files is not empty: restore into a new installation."
    assert not (roomy / "new" / "keys").exists()


def test_another_key_is_never_overwritten(installation: Installation, roomy: Path) -> None:
    other = make_key(roomy / "other")
    said = refusal(
        "backup", roomy / "backups", "--keys-to", roomy / "other", DATA=installation.data
    )
    assert said == f"{roomy}/other/installation.key holds another key: it was not overwritten."
    assert not (roomy / "backups").exists()
    folder = save(installation, roomy)
    make_key(roomy / "new" / "keys")
    kept = read_key(roomy / "new" / "keys")
    said = refusal("restore", folder, "--keys-from", roomy / "other", DATA=roomy / "new")
    assert said == f"{roomy}/new/keys/installation.key holds another key: it was not overwritten."
    assert (read_key(roomy / "new" / "keys"), read_key(roomy / "other")) == (kept, other)


ENDED, COMING = "general-2020-01", "general-2099-01"


def test_expiry_reaches_the_copied_keys(installation: Installation, roomy: Path) -> None:
    own, copy = RetentionKeys(installation.keys), roomy / "elsewhere"
    own.make(iter([COMING]))
    RetentionKeys(copy).make(iter([ENDED]))

    def backup() -> str:
        return run("backup", roomy / "b", "--keys-to", copy, DATA=installation.data).err

    number = len(own.list_periods()) + 1
    assert f"Keys copied to {copy}: {number}. Ended ones destroyed there: 1.\n" in backup()
    assert contents(copy) == contents(installation.keys)
    assert f"Keys copied to {copy}: 0. Ended ones destroyed there: 0.\n" in backup()
    # Lost here before its time, so the copy is the only one left.
    own.destroy([COMING])
    assert f"Only the copy holds the keys of {COMING}: they were lost here." in backup()
    assert RetentionKeys(copy).has(COMING)


def test_another_retention_key_is_never_overwritten(
    installation: Installation, roomy: Path
) -> None:
    folder = save(installation, roomy)
    make_key(roomy / "new" / "keys")
    shutil.copy(installation.keys / "installation.key", roomy / "new" / "keys")
    for place in (roomy / "elsewhere", roomy / "new" / "keys"):
        RetentionKeys(place).make(iter([COMING]))
    before = contents(roomy / "new" / "keys")
    said = refusal("restore", folder, "--keys-from", roomy / "elsewhere", DATA=roomy / "new")
    name = f"retention/{COMING}.key holds another key: it was not overwritten."
    assert said == f"{roomy}/new/keys/{name}"
    assert contents(roomy / "new" / "keys") == before
    RetentionKeys(installation.keys).make(iter([COMING]))
    copy = roomy / "elsewhere"
    said = refusal("backup", roomy / "more", "--keys-to", copy, DATA=installation.data)
    assert said == f"{copy}/{name}"
    assert not (roomy / "more").exists()


def test_ended_keys_do_not_come_back_from_an_old_copy(saved: Saved, roomy: Path) -> None:
    RetentionKeys(saved.keys).make(iter([ENDED]))
    run("restore", saved.folder, "--keys-from", saved.keys, DATA=roomy / "new")
    assert RetentionKeys(saved.keys).has(ENDED)
    assert not RetentionKeys(roomy / "new" / "keys").has(ENDED)


def test_what_cannot_be_read_without_the_keys_folder_is_told(
    ordinary: Ordinary, keys: Path, roomy: Path
) -> None:
    place = Place(ordinary, keys)
    RetentionKeys(keys).make(iter([COMING, "protected-2099-02"]))
    for period in (COMING, COMING, "protected-2099-02", ENDED):
        place.store_case(period)
    folder = run("backup", roomy / "backups", "--keys-to", roomy / "copy", **place.owner).out
    make_key(roomy / "alone")
    shutil.copy(keys / "installation.key", roomy / "alone")

    def restore(name: str, **settings: object) -> list[str]:
        said = run("restore", folder.strip(), DATA=roomy / name, **settings).out
        return said.splitlines()[1:]

    assert restore("without", RECRUITWATCH_KEYS=roomy / "alone") == [
        f"Retention keys are missing: {COMING}, protected-2099-02.",
        "What they seal cannot be read by anybody: 3 (cases), 0 (drafts). "
        "Put the copied keys folder in place before cases are filed again.",
    ]
    assert RetentionKeys(roomy / "alone").list_periods() == []
    assert restore("with", RECRUITWATCH_KEYS=roomy / "copy") == []


def test_backup_and_keys_and_data_are_kept_apart(installation: Installation, roomy: Path) -> None:
    def backup(folder: Path, *more: object) -> str:
        return refusal("backup", folder, *more, DATA=installation.data)

    inside = roomy / "backups" / "keys"
    assert backup(roomy / "backups", "--keys-to", inside) == (
        "Keep the keys apart: choose a folder outside the backup's."
    )
    (roomy / "link").symlink_to(roomy / "backups")
    assert backup(roomy / "backups", "--keys-to", roomy / "link" / "keys").startswith(
        "Keep the keys"
    )
    assert backup(installation.data / "backups") == (
        "Keep the backup apart: choose a folder outside DATA."
    )
    assert not (roomy / "backups").exists()


def test_restoring_without_the_key_makes_none(saved: Saved, roomy: Path) -> None:
    said = refusal("restore", saved.folder, DATA=roomy / "new")
    assert said.startswith(f"The installation key {roomy}/new/keys/installation.key is missing")
    assert not (roomy / "new").exists()


def test_nothing_to_save(roomy: Path, keys: Path) -> None:
    said = refusal("backup", roomy / "backups", DATA=roomy / "data", RECRUITWATCH_KEYS=keys)
    assert said == "There is nothing to save: the database holds no tables of ours."


def test_a_backup_while_people_write_is_of_one_moment(
    ordinary: Ordinary, keys: Path, roomy: Path
) -> None:
    """Each write puts one office and one line of history into one transaction: a backup must hold
    as many of one as of the other, and files that come and go must not break it."""
    stop, written = threading.Event(), threading.Event()

    async def write() -> None:
        connection = await asyncpg.connect(ordinary.app)
        while not stop.is_set():
            async with connection.transaction():
                await connection.execute(
                    "insert into offices (id, name, created_at)"
                    " values (gen_random_uuid(), gen_random_uuid()::text, now())"
                )
                await connection.execute(
                    "insert into history_entries (at, actor_name, action, subject_kind, subject_id)"
                    " values (now(), 'Writer', 'office-created', 'office', gen_random_uuid())"
                )
            store(
                roomy / "data" / "files", str(await connection.fetchval("select random()")).encode()
            )
            written.set()
        await connection.close()

    writers = [threading.Thread(target=lambda: asyncio.run(write())) for _ in range(3)]
    for writer in writers:
        writer.start()
    try:
        written.wait(30)
        said = run(
            "backup", roomy / "backups", DATABASE_URL=ordinary.app,
            DATABASE_OWNER_URL=ordinary.owner, DATA=roomy / "data", RECRUITWATCH_KEYS=keys,
        )  # fmt: skip
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    run("restore", said.out.strip(), DATA=roomy / "new", RECRUITWATCH_KEYS=keys)
    with cluster(roomy / "new" / "postgres", tied=True) as server:
        counts = (
            "select (select count(*) from offices),"
            " (select count(*) from history_entries where actor_name = 'Writer')"
        )
        offices, lines = ask(server.owner_url(), counts)[0]
    assert offices == lines
    assert 0 < int(str(offices)) < ordinary.ask("select count(*) from offices")[0][0]
