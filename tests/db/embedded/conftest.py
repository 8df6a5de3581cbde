"""Folders for real servers, and programs that use them and can be killed."""

import asyncio
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import sqlalchemy
from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import create_async_engine

import recruitwatch
from recruitwatch.db.embedded import cluster, postmaster
from recruitwatch.db.embedded.places import Account, is_reachable

SOURCE = Path(recruitwatch.__file__).parents[1]
SCRIPT = Path(__file__).with_name("one_user.py")
LIBRARIES = Path(sqlalchemy.__file__).parents[1]
NOBODY = Account(
    name="nobody", uid=pwd.getpwnam("nobody").pw_uid, gid=pwd.getpwnam("nobody").pw_gid
)


def python_for(account: Account | None) -> str | None:
    """This Python, or the same one of the system if ours lies in a private folder."""
    if account is None:
        return sys.executable
    if not (is_reachable(SOURCE, account) and is_reachable(LIBRARIES, account)):
        return None
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for place in (Path(sys.executable), Path("/usr/local/bin", version), Path("/usr/bin", version)):
        if place.exists() and is_reachable(place.resolve(), account):
            return str(place)
    return None


@pytest.fixture
def roomy() -> Iterator[Path]:
    """A folder every account can enter, which pytest's own tmp_path is not."""
    yield from make_roomy()


@pytest.fixture(scope="module")
def roomy_for_all() -> Iterator[Path]:
    yield from make_roomy()


def make_roomy() -> Iterator[Path]:
    # In memory where there is room: most of the time would go into copying and syncing.
    memory = Path("/dev/shm")
    fits = memory.is_dir() and shutil.disk_usage(memory).free > 2_000_000_000
    folder = Path(tempfile.mkdtemp(prefix="rw-test-", dir=memory if fits else None))
    folder.chmod(0o777)
    yield folder
    for pid_file in folder.rglob("postmaster.pid"):
        postmaster.stop(pid_file.parent)
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def made() -> Iterator[Path]:
    """A root folder with a database in it, for copying: making one takes longest."""
    for folder in make_roomy():
        with cluster(folder / "root", profile="test"):
            pass
        yield folder / "root"


@pytest.fixture
def root(roomy: Path, made: Path) -> Path:
    # cp keeps the owners, which shutil does not.
    subprocess.run(["cp", "-a", str(made), str(roomy / "root")], check=True)
    return roomy / "root"


class User:
    """Another program that uses the server."""

    def __init__(self, root: Path, *, profile: str, tied: bool, account: Account | None) -> None:
        python = python_for(account)
        assert python is not None
        self.program = subprocess.Popen(
            [python, str(SCRIPT), str(root), profile, "tied" if tied else "free"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": f"{SOURCE}:{LIBRARIES}"},
            cwd="/",
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )

    def said(self) -> str:
        assert self.program.stdout is not None
        return self.program.stdout.readline().strip()

    def server(self) -> int:
        return int(self.said())

    def leave(self) -> int:
        self.program.communicate(timeout=60)
        return self.program.returncode

    def kill(self) -> None:
        self.program.kill()
        self.program.communicate()

    def close(self) -> None:
        """However the test ended, leaves no program and no open pipe."""
        if self.program.poll() is None:
            self.program.kill()
        for pipe in (self.program.stdin, self.program.stdout):
            if pipe is not None:
                pipe.close()
        self.program.wait()


NewUser = Callable[..., User]


@pytest.fixture
def new_user(roomy: Path) -> Iterator[NewUser]:
    made: list[User] = []

    def make(
        root: Path = roomy / "root",
        *,
        profile: str = "test",
        tied: bool = False,
        account: Account | None = None,
    ) -> User:
        made.append(User(root, profile=profile, tied=tied, account=account))
        return made[-1]

    yield make
    for user in made:
        user.close()


def is_running(pid: int) -> bool:
    """Whether the process is there and is no zombie."""
    asked = ["ps", "-o", "stat=", "-p", str(pid)]
    state = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    return bool(state) and not state.startswith("Z")


def ends(pid: int) -> bool:
    """Waits for the process to end; generous, because the machine may be busy."""
    limit = time.monotonic() + 30
    while is_running(pid):
        if time.monotonic() > limit:
            return False
        time.sleep(0.02)
    return True


def ask(url: str, *statements: str) -> Sequence[Row[tuple[object, ...]]]:
    """Runs the statements one by one, as the application connects; the rows of the last."""
    return asyncio.run(_ask(url, statements))


async def _ask(url: str, statements: Sequence[str]) -> Sequence[Row[tuple[object, ...]]]:
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            for statement in statements:
                result = await connection.execute(text(statement))
            return result.all() if result.returns_rows else ()
    finally:
        await engine.dispose()
