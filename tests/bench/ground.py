"""Where a run takes place: an installation in a temporary folder with a durable embedded PostgreSQL,
and servers on free ports of 127.0.0.1 that are stopped at the end of their block."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

import asyncpg
import msgspec
from sqlalchemy import make_url

from recruitwatch.db.embedded import Cluster, cluster
from recruitwatch.db.embedded.roles import DATABASE
from recruitwatch.db.engine import OpenSession, make_engine, session_opener

ROOT = Path(__file__).parents[2]
RECRUITWATCH = str(Path(sys.executable).parent / "recruitwatch")
PATIENCE = 600


class Ground(msgspec.Struct, frozen=True):
    """An installation whose PostgreSQL runs."""

    data: Path
    server: Cluster

    @property
    def dsn(self) -> str:
        """The application's role, for asyncpg."""
        return _plain(self.server.app_url())

    @asynccontextmanager
    async def connection(self, *, owner: bool = False) -> AsyncIterator[asyncpg.Connection]:
        """A bare connection; the owner's is a superuser's, for COPY past the triggers of people."""
        dsn = _plain(self.server.superuser_url(DATABASE)) if owner else self.dsn
        opened = await asyncpg.connect(dsn, server_settings={"jit": "off"})
        try:
            yield opened
        finally:
            await opened.close()

    @asynccontextmanager
    async def sessions(self) -> AsyncIterator[OpenSession]:
        """Sessions as the product opens them."""
        engine = make_engine(self.server.app_url())
        try:
            yield session_opener(engine)
        finally:
            await engine.dispose()


def _plain(url: str) -> str:
    plain = make_url(url).set(drivername="postgresql")
    return plain.render_as_string(hide_password=False)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Open to the account under which PostgreSQL runs when we are root."""
    with TemporaryDirectory(prefix="recruitwatch-bench-") as name:
        os.chmod(name, 0o711)
        yield Path(name)


@contextmanager
def running(data: Path) -> Iterator[Ground]:
    """The installation in `data` with its PostgreSQL."""
    with cluster(data / "postgres", tied=True) as server:
        yield Ground(data, server)


def install(data: Path) -> None:
    """A new installation, as a ministry makes it."""
    command = [RECRUITWATCH, "init"]
    subprocess.run(command, env=environment(data), check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)  # fmt: skip


def environment(data: Path, port: int = 0, **more: str) -> dict[str, str]:
    """That of the caller without what chooses another installation."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("RECRUITWATCH_", "DATABASE_"))
    }
    tests = str(ROOT / "tests")
    return {
        **kept,
        "PYTHONPATH": tests,
        "DATA": str(data),
        "PORT": str(port or free_port()),
        **more,
    }


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port


class Served(msgspec.Struct, frozen=True):
    """A server that answers, and how long it took from its start to its first answer."""

    port: int
    pid: int
    seconds: float


@contextmanager
def serving(command: list[str], ready: str, settings: Mapping[str, str]) -> Iterator[Served]:
    """A server of ours in a session of its own, so that only it and its children are stopped."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, env=dict(settings), start_new_session=True, cwd=ROOT,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        wait_until_ready(process, int(settings["PORT"]), ready)
        yield Served(int(settings["PORT"]), process.pid, time.perf_counter() - begun)
    finally:
        stop(process)


def wait_until_ready(process: "subprocess.Popen[bytes]", port: int, ready: str) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        if process.poll() is not None:
            said = process.stderr.read().decode() if process.stderr else ""
            raise SystemExit(f"The server ended instead of answering:\n{said}")
        if time.monotonic() > end:
            raise SystemExit(f"The server did not answer within {PATIENCE} seconds.")
        try:
            with urlopen(f"http://127.0.0.1:{port}{ready}", timeout=10) as answer:
                if answer.status == 200:
                    return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.01)


def stop(process: "subprocess.Popen[bytes]") -> None:
    """As Ctrl-C does: the whole group of the process that we started; killed if it will not end."""
    for sign, patience in ((signal.SIGINT, 30), (signal.SIGKILL, 5)):
        if process.poll() is None:
            os.killpg(process.pid, sign)
        try:
            process.wait(patience)
            break
        except subprocess.TimeoutExpired:
            continue
    if process.stderr:
        process.stderr.close()


def product(data: Path) -> tuple[list[str], str, dict[str, str]]:
    """`recruitwatch serve`, with its worker."""
    return [RECRUITWATCH, "serve"], "/readyz", environment(data)


def demo(data: Path) -> tuple[list[str], str, dict[str, str]]:
    return [RECRUITWATCH, "demo"], "/readyz", environment(data)


def bare(kind: str, ready: str, dsn: str = "") -> tuple[list[str], str, dict[str, str]]:
    """A server of bench/bare.py."""
    command = [sys.executable, "-m", "bench.bare", kind]
    return command, ready, environment(Path("unused"), BENCH_DSN=dsn)
