"""A client that asks as fast as it is answered: HTTP/1.1, connections kept alive, one request at a
time on each. A hundredth of the work of a full client, so that the server is what is measured."""

import asyncio
import re
import time
from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import cast

import msgspec

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CONNECTIONS = 16


class Load(msgspec.Struct, frozen=True):
    """How many answers a second, and how long each took."""

    rate: float
    seconds: list[float]


class NotAnswered(Exception):
    """An answer that is not 200, or none: the figure would be of something else."""


class Asker(asyncio.Protocol):
    """One connection that asks until the end of the time."""

    def __init__(self, requests: Iterator[bytes], until: float, done: asyncio.Future[None]) -> None:
        self.requests, self.until, self.done = requests, until, done
        self.seconds: list[float] = []
        self.got = b""
        self.wanted = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are of no class of asyncio.
        self.transport = cast(asyncio.Transport, transport)
        self.ask()

    def ask(self) -> None:
        self.asked = time.perf_counter()
        self.transport.write(next(self.requests))

    def data_received(self, data: bytes) -> None:
        self.got = self.got + data if self.got else data
        if not self.wanted:
            end = self.got.find(b"\r\n\r\n")
            if end < 0:
                return
            length = LENGTH.search(self.got, 0, end)
            if length is None or not self.got.startswith(b"HTTP/1.1 200"):
                self.fail(self.got[:200].decode("latin-1"))
                return
            self.wanted = end + 4 + int(length[1])
        if len(self.got) >= self.wanted:
            self.answered()

    def answered(self) -> None:
        now = time.perf_counter()
        self.seconds.append(now - self.asked)
        self.got, self.wanted = b"", 0
        if now < self.until:
            self.ask()
        else:
            self.transport.close()

    def connection_lost(self, problem: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)
        if self.got:
            self.fail("the connection was closed in the middle of an answer")

    def fail(self, why: str) -> None:
        if not self.done.done():
            self.done.set_exception(NotAnswered(why))
        self.transport.close()


async def load(port: int, paths: Sequence[str], seconds: float) -> Load:
    """Ask for these paths in turn, on all connections, for so long."""
    requests = cycle([f"GET {path} HTTP/1.1\r\nhost: bench\r\n\r\n".encode() for path in paths])
    loop = asyncio.get_running_loop()
    begun = time.perf_counter()
    askers = []
    for _ in range(CONNECTIONS):
        asker = Asker(requests, begun + seconds, loop.create_future())
        await loop.create_connection(lambda one=asker: one, "127.0.0.1", port)
        askers.append(asker)
    async with asyncio.timeout(seconds + 30):
        await asyncio.gather(*(asker.done for asker in askers))
    taken = time.perf_counter() - begun
    times = [one for asker in askers for one in asker.seconds]
    return Load(len(times) / taken, times)
