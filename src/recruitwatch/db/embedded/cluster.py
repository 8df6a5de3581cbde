"""The embedded PostgreSQL as its users see it: a context to be in, and its addresses."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import msgspec

from recruitwatch.db.embedded import server as servers
from recruitwatch.db.embedded.binaries import find_binaries, reachable_binaries
from recruitwatch.db.embedded.failures import NoPassword, NoTool
from recruitwatch.db.embedded.places import settle
from recruitwatch.db.embedded.roles import APP, DATABASE, OWNER, prepare
from recruitwatch.db.embedded.server import SUPERUSER, Plan, Profile, Server, password_file
from recruitwatch.db.embedded.users import Presence, entry, post_keeper


class Cluster(msgspec.Struct, frozen=True, kw_only=True):
    """A running server. The passwords stay in their files, so that printing this shows none."""

    data: Path
    socket_folder: Path
    port: int
    binaries: Path
    moved_from: Path | None

    def app_url(self, database: str = DATABASE) -> str:
        return self._url(APP, database)

    def owner_url(self, database: str = DATABASE) -> str:
        return self._url(OWNER, database)

    def superuser_url(self, database: str = "postgres") -> str:
        return self._url(SUPERUSER, database)

    def tools(self, name: str) -> Path:
        """A program of the same version as the server: pg_dump, pg_restore, psql."""
        program = self.binaries / name
        if not program.is_file():
            raise NoTool(name=name, folder=str(self.binaries))
        return program

    def _url(self, role: str, database: str) -> str:
        file = password_file(self.data.parent, role)
        try:
            password = file.read_text()
        except OSError as refusal:
            raise NoPassword(file=str(file)) from refusal
        place = urlencode({"host": str(self.socket_folder), "port": self.port})
        return f"postgresql+asyncpg://{role}:{quote(password)}@/{quote(database, safe='')}?{place}"


@contextmanager
def cluster(
    root: Path,
    *,
    profile: Profile = "normal",
    tied: bool = False,
    timeout: float = 120,
    say: Callable[[str], None] | None = None,
) -> Iterator[Cluster]:
    """The server of this folder, started if need be, shared, and stopped by its last user.

    Tied: it also stops when the last user is killed.
    """
    found = find_binaries()
    ground = settle(root)
    binaries = reachable_binaries(found, ground.account)
    plan = Plan(ground=ground, binaries=binaries, profile=profile, timeout=timeout)
    presence = Presence(ground)
    tell = say or _silent
    try:
        with entry(ground, timeout):
            presence.come()
            if tied:
                post_keeper(ground)
            running = _run(plan, tell)
        yield Cluster(
            data=ground.data,
            socket_folder=running.socket_folder,
            port=running.port,
            binaries=binaries.folder,
            moved_from=ground.moved_from,
        )
    finally:
        if presence.is_here:
            with entry(ground, timeout):
                presence.leave()


def _run(plan: Plan, tell: Callable[[str], None]) -> Server:
    """Call with the entry held."""
    ground = plan.ground
    if ground.moved_from is not None:
        tell(f"The database is kept in {ground.root}.")
    if servers.make_data_folder(plan):
        tell(f"Made a new database in {ground.root}.")
    running = servers.running(ground)
    if running is None:
        tell("Starting the database.")
        running = servers.start(plan, servers.ports_to_try(ground))
    prepare(ground, running, plan.timeout)
    return running


def _silent(_sentence: str) -> None:
    return
