"""How long until the first answer, and what it costs to stay up with nobody asking."""

import subprocess
import sys
import time
from pathlib import Path
from threading import Event, Thread

import psutil

from bench.ground import (
    ROOT,
    bare,
    demo,
    environment,
    free_port,
    product,
    serving,
    stop,
    temporary_folder,
    wait_until_ready,
)
from bench.memory import MB, memory_of, pss_of_family, settled
from bench.table import Line, percent, tell


def measure(data: Path, postgres_alone: int) -> list[Line]:
    """`data` is an installation whose PostgreSQL does not run."""
    tell("Starting …")
    with serving(*bare("hello", "/")) as hello:
        settled()
        floor, least = hello.seconds, pss_of_family(hello.pid) + postgres_alone
    with serving(*product(data)) as served:
        settled()
        idle = memory_of(served.pid, data)
    with temporary_folder() as folder:
        with serving(*demo(folder)) as first:
            pass
        with serving(*demo(folder)) as second:
            settled()
            idle_demo = memory_of(second.pid, folder)
    ceiling = "bare Litestar, from start to first answer"
    return [
        *(
            Line(what, f"{one.seconds:.1f} s", ceiling, f"{floor:.1f} s", percent(floor, one.seconds))
            for what, one in (
                ("start `serve`, PostgreSQL stopped", served),
                ("start `demo`, country made already", second),
                ("start `demo` on an empty folder, installed", first),
            )
        ),
        *(
            Line(what, str(one), "bare Litestar + PostgreSQL alone (goal: 400 MB)",
                 f"{least / MB:.0f} MB", percent(least, one.total))
            for what, one in (
                ("idle memory of `serve`, 3,000 agencies", idle),
                ("idle memory of `demo`", idle_demo),
            )
        ),
    ]  # fmt: skip


def first_run() -> list[Line]:
    """A fresh clone, then `make demo` until it answers: environment, packages, front end, country."""
    with temporary_folder() as folder:
        clone, data, port = folder / "clone", folder / "data", free_port()
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        # The Python that measures: which one make finds first is not what is asked here.
        python = str(Path(sys.base_prefix) / "bin" / "python3")
        settings = environment(data, port, PYTHON=python)
        del settings["PYTHONPATH"]
        tell("make demo in a fresh clone …")
        begun = time.perf_counter()
        process = subprocess.Popen(
            ["make", "demo"], cwd=clone, env=settings, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        watch = Peak(process.pid)
        try:
            wait_until_ready(process, port, "/readyz")
            taken = time.perf_counter() - begun
            peak = watch.end()
        finally:
            stop(process)
        disk = sum(
            one.stat().st_size
            for one in folder.rglob("*")
            if one.is_file() and not one.is_symlink()
        )
    return [
        Line("first run: clone to first page", f"{taken:.0f} s", "goal, not measured: 120 s"),
        Line("  its peak of memory", f"{peak / MB:.0f} MB"),
        Line("  disk used afterwards", f"{disk / MB:.0f} MB"),
    ]


class Peak:
    """Looks at the memory of a process and all that it started, four times a second."""

    def __init__(self, pid: int) -> None:
        self.pid, self.most, self.ended = pid, 0, Event()
        self.thread = Thread(target=self._look, daemon=True)
        self.thread.start()

    def _look(self) -> None:
        while not self.ended.wait(0.25):
            try:
                self.most = max(self.most, pss_of_family(self.pid))
            except psutil.NoSuchProcess:
                return

    def end(self) -> int:
        self.ended.set()
        self.thread.join()
        return self.most
