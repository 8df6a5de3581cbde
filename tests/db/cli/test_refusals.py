"""What cannot be done is told in one sentence on standard error, without a trace."""

import os
import socket
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.cli.conftest import (
    PROGRAM,
    REGISTER,
    Installation,
    NewDatabase,
    Ordinary,
    environment,
    free_port,
    refusal,
    run,
    sentence_in,
)
from db.embedded.conftest import LIBRARIES, NOBODY, SOURCE, python_for
from recruitwatch.db.files import store
from recruitwatch.db.schema import head

HEAD = head()


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_busy_port_is_noticed_before_anything_slow(command: str, roomy: Path, keys: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = refusal(command, DATA=roomy / "data", RECRUITWATCH_KEYS=keys, PORT=port)
    assert said == (
        f"Port {port} on 127.0.0.1 cannot be used (Address already in use): "
        "stop what uses it, or choose another with PORT=."
    )
    assert not (roomy / "data").exists()


def test_an_address_that_is_not_ours(roomy: Path, keys: Path) -> None:
    said = refusal("serve", DATA=roomy / "data", RECRUITWATCH_KEYS=keys, HOST="192.0.2.1")
    assert "set HOST to an address of this machine." in said


@pytest.mark.parametrize("command", [("serve",), ("worker",), ("migrate",), ("backup", "/nowhere")])
def test_without_the_key_nothing_runs_and_none_is_made(
    command: tuple[str, ...], roomy: Path
) -> None:
    said = refusal(*command, DATA=roomy / "data")
    assert said.startswith(f"The installation key {roomy}/data/keys/installation.key is missing:")
    assert not (roomy / "data").exists()


@pytest.mark.parametrize("content", [b"", b"c2hvcnQ=", b"not a key", "ключ".encode()])
def test_a_damaged_key_is_neither_used_nor_replaced(content: bytes, keys: Path) -> None:
    (keys / "installation.key").write_bytes(content)
    for command in ("serve", "init"):
        said = refusal(command, DATA=keys.parent / "data", RECRUITWATCH_KEYS=keys)
        assert said.startswith(f"The installation key {keys}/installation.key ")
    assert (keys / "installation.key").read_bytes() == content


@pytest.mark.skipif(
    os.geteuid() == 0 and python_for(NOBODY) is None,
    reason="root may write everywhere, and nobody needs a Python it can reach",
)
def test_a_folder_that_this_account_may_not_write(roomy: Path) -> None:
    account = NOBODY if os.geteuid() == 0 else None
    closed = roomy / "closed"
    closed.mkdir(mode=0o555)
    done = subprocess.run(
        [str(python_for(account)), "-c", "import sys; from recruitwatch.cli import main; sys.exit(main(['init']))"],
        env={**environment(DATA=closed / "data"), "PYTHONPATH": f"{SOURCE}:{LIBRARIES}"},
        cwd="/", capture_output=True, text=True, check=False,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )  # fmt: skip
    assert done.returncode == 1
    assert sentence_in(done.stderr) == (
        f"This account may not use {closed}/data: choose another folder or change its permissions."
    )


def test_a_folder_that_is_a_file(roomy: Path) -> None:
    (roomy / "data").write_text("")
    assert f"{roomy}/data" in refusal("init", DATA=roomy / "data")


@pytest.mark.parametrize(
    ("version", "said"),
    [
        (
            "003",
            f"The database has schema 003, this version needs {HEAD}: run `recruitwatch migrate`.",
        ),
        ("999", "The database is of a newer recruitwatch (schema 999): install that version."),
    ],
)
def test_another_schema(version: str, said: str, ordinary: Ordinary, keys: Path) -> None:
    ordinary.ask("update alembic_version set version_num = $1", version)
    settings = {"DATA": keys.parent / "data", "RECRUITWATCH_KEYS": keys}
    for command in (("serve",), ("worker",), ("agencies", "import", REGISTER, "--register", "x")):
        assert refusal(*command, DATABASE_URL=ordinary.app, **settings) == said


def test_migrate_leaves_a_newer_database_alone(ordinary: Ordinary, keys: Path) -> None:
    ordinary.ask("update alembic_version set version_num = '999'")
    said = refusal(
        "migrate", DATABASE_URL=ordinary.app, DATABASE_OWNER_URL=ordinary.owner,
        RECRUITWATCH_KEYS=keys, DATA=keys.parent / "data",
    )  # fmt: skip
    assert said == "The database is of a newer recruitwatch (schema 999): install that version."
    assert ordinary.ask("select version_num from alembic_version")[0][0] == "999"


@pytest.mark.parametrize("powerful", ["owner", "superuser"])
@pytest.mark.parametrize("command", ["serve", "migrate"])
def test_the_application_does_not_run_with_the_power_to_change_history(
    command: str, powerful: str, ordinary: Ordinary, keys: Path
) -> None:
    said = refusal(
        command, DATABASE_URL=getattr(ordinary, powerful), DATABASE_OWNER_URL=ordinary.owner,
        RECRUITWATCH_KEYS=keys, DATA=keys.parent / "data",
    )  # fmt: skip
    assert said.startswith("DATABASE_URL names the owner of the tables or a superuser:")
    # Migrating "for" the owner must not have taken the owner's own rights.
    assert ordinary.ask("select count(*) from people", url=ordinary.owner)[0][0] == 0


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://a:secret@127.0.0.1:1/x", "The database cannot be used: "),
        ("postgresql://a:secret@nohost.invalid/x", "The database cannot be used: "),
        ("postgresql://a:secret@127.0.0.1:port/x", "DATABASE_URL cannot be read: write "),
        ("postgresql://a:secret@127.0.0.1/x?sslmode=require", "DATABASE_URL takes no options (sslmode): "),
        ("mysql://a:secret@127.0.0.1/x", "DATABASE_URL must begin with postgresql://."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", [("serve",), ("migrate",), ("backup", "/nowhere/to/save")])
def test_a_database_that_cannot_be_reached(
    command: tuple[str, ...], url: str, said: str, keys: Path, roomy: Path
) -> None:
    command = tuple(word.replace("/nowhere", str(roomy)) for word in command)
    sentence = refusal(
        *command, DATABASE_URL=url, DATABASE_OWNER_URL=url,
        RECRUITWATCH_KEYS=keys, DATA=roomy / "data",
    )  # fmt: skip
    assert sentence.startswith(said)
    assert "secret" not in sentence


def test_a_wrong_password_of_the_database(ordinary: Ordinary, keys: Path, roomy: Path) -> None:
    name, _, place = ordinary.app.removeprefix("postgresql://").partition("@")
    wrong = f"postgresql://{name.split(':')[0]}:guess@{place}"
    said = refusal("serve", DATABASE_URL=wrong, RECRUITWATCH_KEYS=keys, DATA=roomy / "data")
    assert said.startswith("The database cannot be used: password authentication failed")


@pytest.mark.parametrize("command", [("init",), ("migrate",), ("backup", "/nowhere/to/save")])
def test_a_command_that_needs_the_owner(
    command: tuple[str, ...], ordinary: Ordinary, keys: Path, roomy: Path
) -> None:
    command = tuple(word.replace("/nowhere", str(roomy)) for word in command)
    said = refusal(*command, DATABASE_URL=ordinary.app, RECRUITWATCH_KEYS=keys, DATA=roomy / "data")
    assert said == "Set DATABASE_OWNER_URL: this command needs the database's owner."


def test_a_locale_that_cannot_search_bangla(new_database: NewDatabase, roomy: Path) -> None:
    place = new_database("C")
    settings = {
        "DATABASE_URL": place.app,
        "DATABASE_OWNER_URL": place.owner,
        "DATA": roomy / "data",
    }
    said = refusal("init", **settings)
    assert said.startswith("The database's locale cannot search Bangla or Arabic names:")
    # Refused as a whole: the operator makes the database anew, and finds nothing half done in it.
    assert place.ask("select count(*) from pg_tables where schemaname = 'public'")[0][0] == 0


def test_a_database_nobody_has_set_up(new_database: NewDatabase, keys: Path, roomy: Path) -> None:
    place = new_database()
    said = refusal("serve", DATABASE_URL=place.app, RECRUITWATCH_KEYS=keys, DATA=roomy / "data")
    assert said == "The extension pg_trgm is not in this database: run `recruitwatch migrate`."


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"PORT": "0"}, "PORT must be a number from 1 to 65535, not '0'."),
        ({"PORT": "70000"}, "PORT must be a number from 1 to 65535, not '70000'."),
        ({"PORT": "http"}, "PORT must be a number from 1 to 65535, not 'http'."),
        ({"RECRUITWATCH_HTTPS": "maybe"}, "RECRUITWATCH_HTTPS must be yes or no, not 'maybe'."),
    ],
)
def test_a_wrong_setting(settings: dict[str, str], said: str, roomy: Path) -> None:
    assert refusal("serve", DATA=roomy / "data", **settings) == said


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.csv", None, "There is no {file}."),
        ("empty.csv", b"", "{file} was not imported: nothing was changed."),
        ("program.csv", bytes(range(128, 256)), "{file} was not imported: nothing was changed."),
        (
            "other.csv",
            b"fruit,colour\napple,red\n",
            "{file} was not imported: nothing was changed.",
        ),
    ],
)
def test_a_file_that_is_no_register(
    name: str, content: bytes | None, said: str, ordinary: Ordinary, keys: Path, roomy: Path
) -> None:
    file = roomy / name
    if content is not None:
        file.write_bytes(content)
    sentence = refusal(
        "agencies", "import", file, "--register", "testland",
        DATABASE_URL=ordinary.app, RECRUITWATCH_KEYS=keys, DATA=roomy / "data",
    )  # fmt: skip
    assert sentence == said.format(file=file)
    assert ordinary.ask("select count(*) from agencies")[0][0] == 0


def test_output_that_finds_a_full_disk(roomy: Path, ordinary: Ordinary) -> None:
    settings = {
        "DATABASE_URL": ordinary.app, "DATABASE_OWNER_URL": ordinary.owner, "DATA": roomy / "data"
    }  # fmt: skip
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [PROGRAM, "init"],
            env=environment(**settings), stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert sentence_in(done.stderr) == (
        "The disk is full: the output could not be written. Free some space and start again."
    )
    # Nobody has seen the first password, so it must not be anybody's.
    assert ordinary.ask("select count(*) from people")[0][0] == 0
    assert "First password" in run("init", **settings).out


def test_output_that_nobody_reads_any_more(installation: Installation) -> None:
    command = f"{PROGRAM} agencies import {REGISTER} --register testland --json | true"
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        env=environment(DATA=installation.data), stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    assert done.stderr == ""


@pytest.fixture
def small_disk(roomy: Path) -> Iterator[Callable[[str], Path]]:
    """`small_disk("20m")` is a folder with no more room than that."""
    folder = roomy / "small"
    folder.mkdir(mode=0o755)
    mounted = []

    def mount(size: str) -> Path:
        command = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0755", "tmpfs", str(folder)]
        if (
            os.geteuid() != 0
            or subprocess.run(command, capture_output=True, check=False).returncode
        ):
            pytest.skip("no small disk can be mounted here; /dev/full is tested all the same")
        mounted.append(folder)
        return folder

    yield mount
    for one in mounted:
        subprocess.run(["umount", str(one)], check=True)


def test_a_disk_that_fills_while_the_database_is_made(small_disk: Callable[[str], Path]) -> None:
    small = small_disk("20m")
    said = refusal("init", DATA=small / "data")
    assert said == f"The disk that holds the database folder {small}/data/postgres is full."


@pytest.mark.parametrize(
    ("size", "said"),
    [
        ("64k", "pg_dump failed: the disk is full; free some space and start again."),
        ("1m", "The disk is full: "),
    ],
)
def test_a_disk_that_fills_while_saving(
    size: str, said: str, small_disk: Callable[[str], Path], installation: Installation
) -> None:
    place = small_disk(size)
    store(installation.data / "files", os.urandom(1_500_000))
    assert refusal("backup", place, DATA=installation.data).startswith(said)
    # What broke off is not taken for a backup.
    assert [folder.suffix for folder in place.iterdir()] == [".unfinished"]
    (left,) = place.iterdir()
    assert refusal("restore", left, DATA=place / "new").startswith(
        f"{left} is not a complete backup"
    )


def test_the_key_is_for_this_account_alone(installation: Installation) -> None:
    key = installation.keys / "installation.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(installation.keys.stat().st_mode) == 0o700


def test_the_invented_country_is_never_mixed_with_a_real_one(installation: Installation) -> None:
    before = installation.data
    said = refusal("demo", DATA=before, PORT=free_port())
    assert said == f"{before} holds a real installation: choose another folder with DATA=."
