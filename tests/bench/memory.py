"""Memory as the system counts it: PSS, where a page shared by three processes counts a third in each."""

import time
from collections.abc import Iterable
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
    """Of a server of ours and the PostgreSQL of its installation, which may be a child of it."""
    postgres = _family(_postmaster(data))
    return Memory(_sum(_family(pid) - postgres), _sum(postgres))


def postgres_memory(data: Path) -> int:
    return pss_of_family(_postmaster(data))


def pss_of_family(pid: int) -> int:
    return _sum(_family(pid))


def _postmaster(data: Path) -> int:
    return int((data / "postgres" / "data" / "postmaster.pid").read_text().split()[0])


def _family(pid: int) -> set[psutil.Process]:
    parent = psutil.Process(pid)
    return {parent, *parent.children(recursive=True)}


def _sum(processes: Iterable[psutil.Process]) -> int:
    return sum(map(_pss, processes))


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
