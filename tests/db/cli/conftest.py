"""The command as an operator meets it: a program with an environment, an exit code and sentences."""

import asyncio
import atexit
import functools
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import asyncpg
import httpx
import msgspec
import pytest
from sqlalchemy import make_url

from conftest import ROOT
from db.embedded.conftest import make_roomy
from recruitwatch.db.embedded import Cluster, postmaster
from recruitwatch.keys import make_key

PROGRAM = Path(sys.executable).with_name("recruitwatch")
REGISTER = ROOT / "tests" / "data" / "registers" / "testland.csv"
OURS = ("DATA", "HOST", "PORT", "DATABASE", "RECRUITWATCH", "RW_", "PG")
Environment = dict[str, str]


def environment(**settings: object) -> Environment:
    """This machine's environment with no setting of recruitwatch but these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**kept, **{name: str(value) for name, value in settings.items()}}


def run(*arguments: object, code: int | None = 0, **settings: object) -> "Said":
    """Run one command to its end and check how it ended."""
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        status = forker().code(arguments, environment(**settings), out, err)
        said = Said(code=status, out=out.read_text(), err=err.read_text())
    assert code is None or said.code == code, said
    return said


class Forker:
    """Stands for the installed program: the same `main`, each time in a process of its own."""

    def __init__(self) -> None:
        self.program = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("forker.py")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment(),
        )  # fmt: skip

    def code(self, arguments: Sequence[object], env: Environment, out: Path, err: Path) -> int:
        assert self.program.stdin is not None
        assert self.program.stdout is not None
        request = {
            "arguments": [*map(str, arguments)], "environment": env, "out": str(out), "err": str(err)
        }  # fmt: skip
        print(json.dumps(request), file=self.program.stdin, flush=True)
        return int(self.program.stdout.readline())

    def close(self) -> None:
        self.program.communicate()


@functools.cache
def forker() -> Forker:
    made = Forker()
    atexit.register(made.close)
    return made


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What a command left behind."""

    code: int
    out: str
    err: str


def refusal(*arguments: object, **settings: object) -> str:
    """The one sentence on standard error of a command that must fail."""
    said = run(*arguments, code=1, **settings)
    return sentence_in(said.err)


def sentence_in(err: str) -> str:
    assert "Traceback" not in err, err
    lines = [line for line in err.splitlines() if line.startswith("recruitwatch: ")]
    assert len(lines) == 1, err
    assert err.splitlines()[-1] == lines[0], err
    return lines[0].removeprefix("recruitwatch: ")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Serving:
    """A `recruitwatch serve` that runs until it is told to stop, or killed."""

    def __init__(self, *arguments: object, port: int | None = None, **settings: object) -> None:
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = tempfile.TemporaryFile("a+")  # noqa: SIM115
        self.program = subprocess.Popen(
            [PROGRAM, *map(str, arguments or ("serve",))],
            env=environment(PORT=self.port, **settings),
            cwd="/", stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
        )  # fmt: skip

    def wait_ready(self) -> "Serving":
        end = time.monotonic() + 120
        while self.program.poll() is None and time.monotonic() < end:
            try:
                if httpx.get(f"{self.address}/readyz", timeout=10).status_code == 200:
                    return self
            except httpx.TransportError:
                time.sleep(0.02)
        raise AssertionError(f"not ready: {self.said()}")

    def wait_for(self, sentence: str) -> None:
        end = time.monotonic() + 120
        while sentence not in self.said():
            assert time.monotonic() < end, self.said()
            time.sleep(0.02)

    def said(self) -> str:
        self.log.seek(0)
        return self.log.read()

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> int:
        self.program.send_signal(sign)
        return self.program.wait(30)

    def kill(self) -> None:
        self.program.kill()
        self.program.wait()

    def close(self) -> None:
        if self.program.poll() is None:
            self.kill()
        self.log.close()


NewServing = Callable[..., Serving]


@pytest.fixture
def serving() -> Iterator[NewServing]:
    """`serving(DATA=…)` starts a server that does not outlive the test."""
    made: list[Serving] = []

    def make(*arguments: object, port: int | None = None, **settings: object) -> Serving:
        made.append(Serving(*arguments, port=port, **settings))
        return made[-1]

    yield make
    for one in made:
        one.close()


class Installation(msgspec.Struct, frozen=True, kw_only=True):
    """An installation with the embedded database."""

    data: Path
    password: str

    @property
    def keys(self) -> Path:
        return self.data / "keys"

    @property
    def postgres(self) -> Path:
        return self.data / "postgres"

    def postmaster(self) -> int | None:
        return postmaster.live_pid(self.postgres / "data")

    def processes(self) -> list[str]:
        """Every process whose command names a folder of this installation."""
        return processes_of(self.data)


def processes_of(folder: Path) -> list[str]:
    said = subprocess.run(
        ["ps", "-ww", "-eo", "pid=,args="], capture_output=True, text=True, check=True
    )
    return [line for line in said.stdout.splitlines() if str(folder) in line]


def none_left(folder: Path) -> bool:
    """Waits for them to end; generous, because the machine may be busy."""
    end = time.monotonic() + 30
    while processes_of(folder):
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture(scope="session")
def made_installation() -> Iterator[Installation]:
    """Made once by the command itself, for copying."""
    for folder in make_roomy():
        data = folder / "data"
        said = run("init", "--office", "Office of Testland", DATA=data)
        found = re.search(r"First password .*: (\S+)", said.out)
        assert found is not None
        run("agencies", "import", REGISTER, "--register", "testland", DATA=data)
        yield Installation(data=data, password=found.group(1))


@pytest.fixture
def roomy() -> Iterator[Path]:
    yield from make_roomy()


@pytest.fixture
def installation(roomy: Path, made_installation: Installation) -> Installation:
    # cp keeps the owners, which shutil does not.
    subprocess.run(["cp", "-a", str(made_installation.data), str(roomy / "data")], check=True)
    return msgspec.structs.replace(made_installation, data=roomy / "data")


class Ordinary(msgspec.Struct, frozen=True, kw_only=True):
    """A database in an ordinary PostgreSQL, with a role that owns and a role that uses it."""

    name: str
    app: str
    owner: str
    superuser: str

    def ask(self, statement: str, *values: object, url: str | None = None) -> list[asyncpg.Record]:
        return asyncio.run(_ask(url or self.superuser, statement, values))


async def _ask(url: str, statement: str, values: Sequence[object]) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url)
    try:
        return list(await connection.fetch(statement, *values))
    finally:
        await connection.close()


def over_tcp(server: Cluster, url: str) -> str:
    """The address as an operator would write it."""
    plain = make_url(url).set(drivername="postgresql", host="127.0.0.1", port=server.port, query={})
    return plain.render_as_string(hide_password=False)


def ordinary_on(server: Cluster, name: str) -> Ordinary:
    return Ordinary(
        name=name,
        app=over_tcp(server, server.app_url(name)),
        owner=over_tcp(server, server.owner_url(name)),
        superuser=over_tcp(server, server.superuser_url(name)),
    )


@pytest.fixture
def ordinary(postgres: Cluster, fresh_database: str) -> Ordinary:
    """A migrated database of this test's own, without a person in it."""
    return ordinary_on(postgres, fresh_database)


NewDatabase = Callable[..., Ordinary]


@pytest.fixture
def new_database(postgres: Cluster) -> Iterator[NewDatabase]:
    """Empty databases; by default as the handbook tells operators to make them."""
    server, names = ordinary_on(postgres, "postgres"), []

    def make(locale: str = "C.UTF-8") -> Ordinary:
        names.append(f"rw_cli_{os.getpid()}_{os.urandom(4).hex()}")
        server.ask(
            f"create database {names[-1]} owner recruitwatch_owner template template0"
            f" encoding 'UTF8' locale_provider libc locale '{locale}'"
        )
        return ordinary_on(postgres, names[-1])

    yield make
    for name in names:
        server.ask(f"drop database if exists {name} with (force)")


@pytest.fixture
def keys(roomy: Path) -> Path:
    """A folder with a key, for commands on an ordinary database."""
    make_key(roomy / "keys")
    return roomy / "keys"
