"""Memory as the system counts it: PSS, where a page shared by three processes counts a third in each."""

import time
from pathlib import Path

import msgspec
import psutil

MB = 1_000_000


class Memory(msgspec.Struct, frozen=True):
    """Of the application with its worker, and of PostgreSQL with all its processes, in bytes."""

    application: int
    postgres: int

    @property
    def total(self) -> int:
        return self.application + self.postgres

    def __str__(self) -> str:
        return (
            f"{self.total / MB:.0f} MB (application {self.application / MB:.0f}, "
            f"PostgreSQL {self.postgres / MB:.0f})"
        )


def memory_of(pid: int, data: Path) -> Memory:
    """Of a server of ours and the PostgreSQL of its installation."""
    return Memory(pss_of_family(pid), postgres_memory(data))


def postgres_memory(data: Path) -> int:
    return pss_of_family(
        int((data / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
    )


def pss_of_family(pid: int) -> int:
    parent = psutil.Process(pid)
    return sum(_pss(one) for one in (parent, *parent.children(recursive=True)))


def _pss(process: psutil.Process) -> int:
    """Nothing for a process that has just ended, and what there is where the system has no PSS."""
    try:
        found = process.memory_full_info()
    except psutil.NoSuchProcess:
        return 0
    return int(getattr(found, "pss", found.rss))


def settled(seconds: float = 3) -> None:
    """Wait until a server that has just started has nothing left to do."""
    time.sleep(seconds)
