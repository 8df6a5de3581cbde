"""The running server seen from outside: is it alive, stop it, and the keeper that outlives us.

Standard library only, and nothing of ours: the keeper runs this file by its path, so that it
starts in milliseconds and stays small.
"""

import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

POLL = 0.005
STARTED_HERE: set[int] = set()
"""Postmasters that this process started, so that it has to reap them."""


def live_pid(data: Path) -> int | None:
    """The pid of the running postmaster of this data folder.

    A killed postmaster that nobody has reaped yet still answers `kill(pid, 0)`, so `pg_ctl stop`
    would wait for it for a minute; and the pid of a stale file may belong to somebody else by now.
    """
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    _reap(pid)
    return pid if _is_postmaster(pid, data) else None


def _reap(pid: int) -> None:
    if pid not in STARTED_HERE:
        return
    try:
        reaped, _ = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        reaped = pid  # Somebody was faster, or this is a fork of the process that started it.
    if reaped:
        STARTED_HERE.discard(pid)


def _is_postmaster(pid: int, data: Path) -> bool:
    if not Path("/proc/self/stat").exists():
        return _is_postmaster_by_ps(pid, data)
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return state not in "ZX" and os.fsencode(data) in words


def _is_postmaster_by_ps(pid: int, data: Path) -> bool:
    asked = ["ps", "-ww", "-o", "stat=,command=", "-p", str(pid)]
    said = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    return bool(said) and not said.startswith("Z") and str(data) in said


def stop(data: Path, patience: float = 60) -> None:
    """A fast shutdown; after the patience an immediate one, from which the next start recovers."""
    for sign, wait in ((signal.SIGINT, patience), (signal.SIGQUIT, 10.0)):
        pid = live_pid(data)
        if pid is None:
            return
        try:
            os.kill(pid, sign)
        except ProcessLookupError:
            return
        end = time.monotonic() + wait
        while live_pid(data) == pid and time.monotonic() < end:
            time.sleep(POLL)


def keep(root: Path) -> None:
    """Waits until the kernel has released the last user's lock, however that user ended."""
    only = (root / "locks" / "keeper").open("a")
    try:
        fcntl.flock(only, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return  # There is a keeper already.
    watched = (root / "locks" / "watched").open("a")
    if os.fork() > 0:
        os._exit(0)  # Tells the starter, who waits for this, that the keeper is in place.
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, signal.SIG_IGN)
    fcntl.flock(watched, fcntl.LOCK_EX)
    stop(root / "data")
    # In this order: whoever gets the watched lock next must find the keeper's place free.
    only.close()
    watched.close()


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
