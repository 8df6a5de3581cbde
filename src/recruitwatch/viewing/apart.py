"""Making a copy in a process of its own, so that a file that breaks its reader breaks nothing else.

The process is given the file and nothing more: no environment, no settings, no key. It is believed
only as far as its answer is checked here.
"""

import asyncio
import subprocess
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from recruitwatch.errors import Unavailable
from recruitwatch.viewing.kinds import FileKind, ViewingCopy, kind_of
from recruitwatch.viewing.limits import (
    LARGEST_COPY,
    LARGEST_FILE,
    MOST_AT_ONCE,
    MOST_PAGES,
    MOST_SECONDS,
)
from recruitwatch.viewing.refusals import FileRefused, Reason

# -P: nothing is loaded from the folder it starts in; -s: nor from the user's own packages.
CHILD = (sys.executable, "-P", "-s", "-B", "-m", "recruitwatch.viewing")

_PACKAGES = Path(__file__).parents[2]
_ENVIRONMENT = {"PYTHONPATH": str(_PACKAGES), "LC_ALL": "C.UTF-8"}
_READY = b"ready\n"
_LONGEST_ANSWER = LARGEST_COPY + 1024
_turns = asyncio.Semaphore(MOST_AT_ONCE)


async def copy_apart(
    content: bytes,
    kind: FileKind,
    *,
    child: Sequence[str] = CHILD,
    seconds: float = MOST_SECONDS,
) -> ViewingCopy:
    """The copy, or FileRefused. Unavailable where no process could be started or had for a while."""
    if len(content) > LARGEST_FILE:
        raise FileRefused(Reason.TOO_HEAVY)
    async with _turn(seconds), _started(child, kind) as process:
        try:
            async with asyncio.timeout(seconds):
                said = await _asked(process, content)
                status = await process.wait()
        except TimeoutError:
            raise FileRefused(Reason.NOT_OPENED) from None
    if not said.startswith(_READY):
        raise Unavailable
    if status != 0:
        raise FileRefused(Reason.NOT_OPENED)
    return _understood(said.removeprefix(_READY), kind)


@asynccontextmanager
async def _turn(seconds: float) -> AsyncIterator[None]:
    """Two at once leave the machine to everybody else; who waits too long is told to come again."""
    try:
        async with asyncio.timeout(seconds):
            await _turns.acquire()
    except TimeoutError:
        raise Unavailable from None
    try:
        yield
    finally:
        _turns.release()


@asynccontextmanager
async def _started(child: Sequence[str], kind: FileKind) -> AsyncIterator[Process]:
    """A process that is gone afterwards, also when the request that wanted it was cancelled."""
    try:
        process = await asyncio.create_subprocess_exec(
            *child,
            kind.value,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
            cwd=_PACKAGES,
            start_new_session=True,
        )
    except OSError:
        raise Unavailable from None
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        # Not wait(): it would not end while something it said is still unread.
        await process.communicate()


async def _asked(process: Process, content: bytes) -> bytes:
    """Write and read at once: a process that answers early must not be stuck behind its question."""
    said, _ = await asyncio.gather(_read(process), _write(process, content))
    return said


async def _write(process: Process, content: bytes) -> None:
    pipe = process.stdin
    if pipe is None:
        return
    # It may end before it has read everything; what it said by then decides.
    with suppress(ConnectionError):
        pipe.write(content)
        await pipe.drain()
        pipe.close()
        await pipe.wait_closed()


async def _read(process: Process) -> bytes:
    """Everything it says, up to the most it may say: it is stopped if it goes on."""
    said = bytearray()
    while process.stdout is not None and (part := await process.stdout.read(65536)):
        said += part
        if len(said) > _LONGEST_ANSWER:
            del said[_LONGEST_ANSWER + 1 :]
            with suppress(ProcessLookupError):
                process.kill()
    return bytes(said)


def _understood(said: bytes, kind: FileKind) -> ViewingCopy:
    head, _, content = said.partition(b"\n")
    word, _, value = head.decode("ascii", "replace").partition(" ")
    if word == "refused" and value in list(Reason):
        raise FileRefused(Reason(value))
    expected = kind.kind_of_copy
    fits = kind_of(content) is expected and len(content) <= LARGEST_COPY
    if word != "copied" or not fits or value not in {str(n) for n in range(1, MOST_PAGES + 1)}:
        raise FileRefused(Reason.NOT_OPENED)
    return ViewingCopy(content=content, kind=expected, pages=int(value))
