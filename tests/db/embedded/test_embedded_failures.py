"""Each thing that can go wrong is said in one plain sentence."""

import errno
import fcntl
import os
import socket
from pathlib import Path

import pytest

from recruitwatch.db.embedded import EmbeddedPostgresError, cluster
from recruitwatch.db.embedded.binaries import find_binaries, reachable_binaries
from recruitwatch.db.embedded.failures import from_log, plainly
from recruitwatch.db.embedded.places import settle
from recruitwatch.db.embedded.server import Plan, start
from recruitwatch.db.embedded.users import entry


def refusal(root: Path, timeout: float = 60) -> str:
    with (
        pytest.raises(EmbeddedPostgresError) as caught,
        cluster(root, profile="test", timeout=timeout),
    ):
        pass
    return str(caught.value)


@pytest.fixture
def plan(root: Path) -> Plan:
    ground = settle(root)
    binaries = reachable_binaries(find_binaries(), ground.account)
    return Plan(ground=ground, binaries=binaries, profile="test", timeout=60)


def test_a_folder_below_a_file(roomy: Path) -> None:
    (roomy / "file").touch()
    said = refusal(roomy / "file" / "root")
    assert said == (
        f"The database folder {roomy}/file/root cannot be written to (Not a directory)."
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_we_may_not_write_to(roomy: Path) -> None:
    (roomy / "closed").mkdir(mode=0o555)
    said = refusal(roomy / "closed" / "root")
    assert said == (
        f"The database folder {roomy}/closed/root cannot be written to (Permission denied)."
    )


def test_data_of_another_major_version(root: Path) -> None:
    with cluster(root, profile="test") as used:
        found = (used.data / "PG_VERSION").read_text().strip()
    (used.data / "PG_VERSION").write_text("14\n")
    said = refusal(root)
    assert f"was made by PostgreSQL 14, but the programs in {used.binaries}" in said
    assert f"are PostgreSQL {found}: set RW_PG_BIN" in said


def test_real_data_is_never_opened_without_protection(roomy: Path) -> None:
    with cluster(roomy / "root", profile="normal"):
        pass
    said = refusal(roomy / "root")
    assert "was made for normal use and cannot be opened for test use" in said


def test_a_folder_with_other_files(roomy: Path) -> None:
    (roomy / "root" / "data").mkdir(parents=True)
    (roomy / "root" / "data" / "holiday.jpg").touch()
    said = refusal(roomy / "root")
    assert said == f"The folder {roomy}/root/data holds files that are not a PostgreSQL database."
    assert (roomy / "root" / "data" / "holiday.jpg").exists()


def test_a_lost_password_of_the_superuser(root: Path) -> None:
    with cluster(root, profile="test"):
        pass
    (root / "postgres.password").unlink()
    assert "postgres.password is missing or is not the one" in refusal(root)


def test_binaries_that_were_asked_for_but_are_not_there(
    roomy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RW_PG_BIN", str(roomy))
    assert refusal(roomy / "root") == (
        f"RW_PG_BIN is {roomy}, but there is no usable PostgreSQL 15 or newer there."
    )


def test_a_server_that_is_not_ready_in_time(plan: Plan) -> None:
    assert "was not ready within 0 seconds" in refusal(plan.ground.root, timeout=0)


def test_somebody_else_who_never_finishes(plan: Plan) -> None:
    with entry(plan.ground, 1):
        said = refusal(plan.ground.root, timeout=0)
    assert said.startswith("Another recruitwatch command has been starting or stopping")


def test_a_server_in_another_container(plan: Plan) -> None:
    with socket.socket(socket.AF_UNIX) as other:
        other.bind(str(plan.ground.socket_folder / ".s.PGSQL.5432"))
        other.listen()
        assert "is in use by another container" in refusal(plan.ground.root)


def test_a_taken_port_is_passed_over_and_only_taken_ports_are_a_failure(plan: Plan) -> None:
    with socket.socket() as taken, socket.socket() as probe:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        busy = taken.getsockname()[1]
        with pytest.raises(EmbeddedPostgresError, match=rf"is taken: {busy}\.$"):
            start(plan, [busy])
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
        probe.close()
        assert start(plan, [busy, free]).port == free


@pytest.mark.parametrize(
    ("log", "sentence"),
    [
        (
            'FATAL:  could not write to file "pg_wal/xlogtemp.1": No space left on device',
            "The disk that holds the database folder /d is full.",
        ),
        (
            "LOG:  starting\nFATAL:  bogus data in lock file\nLOG:  database system is shut down",
            "PostgreSQL did not start in /d: FATAL:  bogus data in lock file",
        ),
        ("", "PostgreSQL did not start in /d: it gave no reason."),
    ],
)
def test_what_the_log_says(log: str, sentence: str) -> None:
    assert str(from_log(Path("/d"), log)) == sentence


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "The disk that holds the database folder /d is full."),
        (errno.EDQUOT, "The disk that holds the database folder /d is full."),
        (
            errno.EROFS,
            "The database folder /d cannot be written to (Read-only file system).",
        ),
    ],
)
def test_what_the_system_says(number: int, sentence: str) -> None:
    with pytest.raises(EmbeddedPostgresError) as caught, plainly(Path("/d")):
        raise OSError(number, os.strerror(number))
    assert str(caught.value) == sentence


def test_nothing_keeps_the_folder_locked_after_a_failure(plan: Plan) -> None:
    refusal(plan.ground.root, timeout=0)
    for name in ("entry", "users", "watched"):
        with (plan.ground.locks / name).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
