"""Who uses the server: locks that the kernel releases, even on kill -9.

`entry` is held while somebody comes or goes. `users` is shared by all users: who leaves and gets
it alone was the last. `watched` is shared by all users too, and the keeper waits for it: it is
apart from `users`, or the keeper could snatch the lock by which a leaver learns that it is last.
"""

import fcntl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from recruitwatch.db.embedded import postmaster
from recruitwatch.db.embedded.failures import Busy, DidNotStart, plainly
from recruitwatch.db.embedded.places import Ground, remove_socket_folder


class Presence:
    """One user's share of the server, from coming to leaving."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._held: list[IO[str]] = []

    @property
    def is_here(self) -> bool:
        return bool(self._held)

    def come(self) -> None:
        for name in ("watched", "users"):
            lock = (self._ground.locks / name).open("a")
            self._held.append(lock)
            fcntl.flock(lock, fcntl.LOCK_SH)

    def leave(self) -> None:
        """Call with the entry held. Stops the server if nobody else uses it."""
        watched, *rest = self._held
        # Closed rather than unlocked: a forked child that still uses the server keeps its share.
        for lock in rest:
            lock.close()
        try:
            if rest and is_unused(self._ground):
                postmaster.stop(self._ground.data)
                remove_socket_folder(self._ground)
        finally:
            watched.close()
            self._held.clear()


def is_unused(ground: Ground) -> bool:
    """Call with the entry held: whether no user at all holds a share."""
    with (ground.locks / "users").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def entry(ground: Ground, timeout: float) -> Iterator[None]:
    """One comes or goes at a time."""
    end = time.monotonic() + timeout
    with plainly(ground.root):
        lock = (ground.locks / "entry").open("a")
    with lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > end:
                    raise Busy(folder=str(ground.root), seconds=round(timeout)) from None
                time.sleep(postmaster.POLL)
        yield


def post_keeper(ground: Ground) -> None:
    """Starts the small process that stops the server when all its users are gone.

    Not `prctl(PR_SET_PDEATHSIG)`: that fires when the starting *thread* ends, even cleanly, and
    would take the server from under everybody who has come since (docs/decisions/0008).
    """
    # -S and -I: no site packages, no environment; it starts in milliseconds and stays small.
    command = [sys.executable, "-I", "-S", str(Path(postmaster.__file__)), str(ground.root)]
    with ground.log.open("ab") as log:
        posted = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            start_new_session=True,
            check=False,
        )
    if posted.returncode != 0:
        raise DidNotStart(folder=str(ground.root), why=f"no keeper, see {ground.log}.")
