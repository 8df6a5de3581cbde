"""Makes the data folder and starts the server in it."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

import msgspec

from recruitwatch.db.embedded import postmaster
from recruitwatch.db.embedded.binaries import Binaries
from recruitwatch.db.embedded.failures import (
    CannotSwitchAccount,
    NotADatabase,
    NotReady,
    PortTaken,
    UsedElsewhere,
    WrongMajor,
    WrongProfile,
    from_log,
    plainly,
)
from recruitwatch.db.embedded.places import Account, Ground, hand_over, make_socket_folder

Profile = Literal["normal", "test"]
SUPERUSER = "postgres"
PORTS_TRIED = 5
LOG_LIMIT = 10_000_000

# Nothing that a person typed may reach the log: terse leaves out DETAIL lines, which quote rows.
COMMON = {"jit": "off", "timezone": "UTC", "log_timezone": "UTC", "log_error_verbosity": "terse"}
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
LOSABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
SETTINGS: dict[Profile, dict[str, str]] = {
    "normal": COMMON
    | DURABLE
    | {"shared_buffers": "128MB", "max_connections": "100", "random_page_cost": "1.1"},
    "test": COMMON
    | LOSABLE
    | {
        "shared_buffers": "64MB",
        "max_connections": "100",
        "random_page_cost": "1.1",
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "autovacuum": "off",
    },
}


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What is to run where, and how long to wait for it."""

    ground: Ground
    binaries: Binaries
    profile: Profile
    timeout: float


class Server(msgspec.Struct, frozen=True, kw_only=True):
    """What a running server says of itself in its postmaster.pid."""

    pid: int
    started: int
    port: int
    socket_folder: Path


def running(ground: Ground) -> Server | None:
    """The server that runs in this folder and is ready; None while it starts or is not there."""
    try:
        lines = (ground.data / "postmaster.pid").read_text().splitlines()
        said = Server(
            pid=int(lines[0]),
            started=int(lines[2]),
            port=int(lines[3]),
            socket_folder=Path(lines[4]),
        )
        ready = lines[7].strip() == "ready"
    except (OSError, ValueError, IndexError):
        return None
    # A postmaster that was killed leaves a file that still says ready.
    return said if ready and said.pid == postmaster.live_pid(ground.data) else None


def write_safely(path: Path, text: str) -> None:
    """Either the whole text under this name or nothing, readable by us alone, even after a cut."""
    aside = path.with_name(f".{path.name}.new")
    aside.unlink(missing_ok=True)
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        hand_over(file.fileno(), path.parent)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


def password_file(root: Path, role: str) -> Path:
    return root / f"{role}.password"


def make_data_folder(plan: Plan) -> bool:
    """Makes the data folder if there is none, else checks that it is ours to open."""
    ground = plan.ground
    if (ground.data / "PG_VERSION").exists():
        _check_data_folder(plan)
        return False
    if ground.data.exists() and any(ground.data.iterdir()):
        raise NotADatabase(folder=str(ground.data))
    # initdb works aside and the folder is renamed, so that one cut short is never taken for whole.
    fresh = ground.root / "data.new"
    secret = ground.root / "initial-password"
    with plainly(ground.root):
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        ground.own(fresh)
        password = secrets.token_urlsafe(24)
        write_safely(secret, password)
        ground.own(secret)
        try:
            _initdb(plan, fresh, secret)
            write_safely(password_file(ground.root, SUPERUSER), password)
            write_safely(ground.root / "profile", plan.profile)
            if ground.data.exists():
                ground.data.rmdir()
            fresh.rename(ground.data)
        finally:
            secret.unlink()
            shutil.rmtree(fresh, ignore_errors=True)
    return True


def _check_data_folder(plan: Plan) -> None:
    ground, binaries = plan.ground, plan.binaries
    with plainly(ground.root):
        made = (ground.data / "PG_VERSION").read_text().strip()
        mark = ground.root / "profile"
        made_for = mark.read_text().strip() if mark.exists() else "normal"
    if made != str(binaries.major):
        raise WrongMajor(
            folder=str(ground.data),
            made=made,
            found=binaries.major,
            binaries=str(binaries.folder),
        )
    if made_for != plan.profile:
        raise WrongProfile(folder=str(ground.data), made=made_for, asked=plan.profile)


def _initdb(plan: Plan, fresh: Path, secret: Path) -> None:
    command = [
        plan.binaries.program("initdb"),
        f"--pgdata={fresh}",
        f"--username={SUPERUSER}",
        f"--pwfile={secret}",
        "--encoding=UTF8",
        "--auth=scram-sha-256",
        "--data-checksums",
        *_locale(plan.binaries.major),
        *(["--no-sync", "--wal-segsize=1"] if plan.profile == "test" else []),
    ]
    made = _launch(command, plan.ground.account, output=subprocess.PIPE)
    said = made.communicate()[0].decode(errors="replace")
    if made.returncode != 0:
        raise from_log(plan.ground.root, said)


def _locale(major: int) -> list[str]:
    # With locale C, pg_trgm makes no trigrams of Bangla, Arabic or Devanagari. The C library's
    # part counts as well as the provider's, and macOS calls the same rules "UTF-8".
    plain = ["--locale=C", "--lc-ctype=UTF-8"] if sys.platform == "darwin" else ["--locale=C.UTF-8"]
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if major >= 17 else []
    return builtin + plain


def _launch(command: list[str], account: Account | None, output: int) -> "subprocess.Popen[bytes]":
    """Runs a program of PostgreSQL as the server's account, out of reach of our Ctrl-C."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    environment["LC_ALL"] = "C" if sys.platform == "darwin" else "C.UTF-8"
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd="/",
            start_new_session=True,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
    except PermissionError as refusal:
        if account is None:
            raise
        raise CannotSwitchAccount(name=account.name) from refusal


def ports_to_try(ground: Ground) -> Iterator[int]:
    """The port of last time, if free, so that other programs find the server again."""
    last = ground.root / "port"
    if last.exists() and (text := last.read_text().strip()).isdigit() and _is_free(int(text)):
        yield int(text)
    for _ in range(PORTS_TRIED):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        yield port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def start(plan: Plan, ports: Iterable[int]) -> Server:
    """Starts the server, or waits for the one that somebody started and did not live to see."""
    ground = plan.ground
    end = time.monotonic() + plan.timeout
    if postmaster.live_pid(ground.data) is not None:
        found = _wait(plan, end, None)
        if found is not None:
            return found
    _refuse_if_used_elsewhere(ground)
    tried: list[str] = []
    for port in ports:
        found = _start_on(plan, port, end)
        if found is not None:
            write_safely(ground.root / "port", str(port))
            return found
        tried.append(str(port))
    raise PortTaken(ports=", ".join(tried))


def _refuse_if_used_elsewhere(ground: Ground) -> None:
    """A server in another container is not in our /proc, but it answers on the shared socket."""
    for path in ground.socket_folder.glob(".s.PGSQL.*"):
        if path.is_socket():
            with socket.socket(socket.AF_UNIX) as probe:
                if probe.connect_ex(str(path)) == 0:
                    raise UsedElsewhere(folder=str(ground.data))


def _start_on(plan: Plan, port: int, end: float) -> Server | None:
    """None if the port was taken in the meantime."""
    ground = plan.ground
    while True:
        said_from = _open_log(ground)
        with plainly(ground.root), ground.log.open("ab") as log:
            make_socket_folder(ground)
            _clear_stale_files(ground)
            child = _launch(_server_command(plan, port), ground.account, output=log.fileno())
        postmaster.STARTED_HERE.add(child.pid)
        try:
            found = _wait(plan, end, child)
        finally:
            if child.returncode is None:
                # It may outlive us for others to use; postmaster.live_pid is who reaps it.
                child.returncode = 0
        if found is not None:
            return found
        with ground.log.open("rb") as log:
            log.seek(said_from)
            said = log.read().decode(errors="replace")
        if "Address already in use" in said:
            return None
        # Backends of a postmaster that was killed need a moment to notice and to end.
        if "pre-existing shared memory block" not in said or time.monotonic() > end:
            raise from_log(ground.root, said)
        time.sleep(0.05)


def _server_command(plan: Plan, port: int) -> list[str]:
    options = SETTINGS[plan.profile] | {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": f'"{plan.ground.socket_folder}"',
        "unix_socket_permissions": "0700",
    }
    settings = [word for key, value in options.items() for word in ("-c", f"{key}={value}")]
    return [plan.binaries.program("postgres"), "-D", str(plan.ground.data), *settings]


def _open_log(ground: Ground) -> int:
    """Where the new lines will begin. One old log is kept."""
    with plainly(ground.root):
        if ground.log.exists() and ground.log.stat().st_size > LOG_LIMIT:
            ground.log.replace(ground.log.with_name("log.old"))
        # The folder may be a plain user's and we root: a link there must not lead us elsewhere.
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW
        with os.fdopen(os.open(ground.log, flags, 0o600), "ab") as log:
            hand_over(log.fileno(), ground.root)
            return log.seek(0, os.SEEK_END)


def _clear_stale_files(ground: Ground) -> None:
    # Only called when no server runs here. PostgreSQL itself refuses to start when the pid in
    # such a file has meanwhile gone to another program, as it does in a restarted container.
    (ground.data / "postmaster.pid").unlink(missing_ok=True)
    for path in ground.socket_folder.glob(".s.PGSQL.*"):
        path.unlink(missing_ok=True)


def _wait(plan: Plan, end: float, child: "subprocess.Popen[bytes] | None") -> Server | None:
    """The server once it is ready; None if it ended instead."""
    data = plan.ground.data
    while True:
        if (found := running(plan.ground)) is not None:
            return found
        alive = postmaster.live_pid(data) is not None if child is None else child.poll() is None
        if not alive:
            return None
        if time.monotonic() > end:
            postmaster.stop(data, patience=5)
            if child is not None:
                child.kill()
                child.wait()
            log = str(plan.ground.log)
            raise NotReady(folder=str(data), seconds=round(plan.timeout), log=log)
        time.sleep(postmaster.POLL)
