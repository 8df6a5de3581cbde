"""Whatever happens to the process that looks at a file, the one who asked gets an answer."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from recruitwatch.errors import Unavailable
from recruitwatch.viewing.apart import copy_apart
from recruitwatch.viewing.copying import make_copy
from recruitwatch.viewing.kinds import FileKind, require_kind
from recruitwatch.viewing.limits import LARGEST_FILE
from recruitwatch.viewing.refusals import FileRefused, Reason
from rules.viewing.samples import PDFS, PHOTOS, Sample, nested_forms, pdf, photo, saved

READY = "import os, sys, time; sys.stdout.write('ready\\n'); sys.stdout.flush(); "


def child(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


@pytest.mark.parametrize("sample", [*PHOTOS.values(), *PDFS.values()], ids=[*PHOTOS, *PDFS])
async def test_the_process_apart_makes_the_same_copy(sample: Sample) -> None:
    kind = require_kind(sample.content)
    assert await copy_apart(sample.content, kind) == make_copy(sample.content, kind)


@pytest.mark.parametrize("sample", [*PHOTOS.values(), *PDFS.values()], ids=[*PHOTOS, *PDFS])
async def test_a_machine_without_a_filter_of_calls_makes_it_too(sample: Sample) -> None:
    code = (
        "import sys\n"
        "from recruitwatch.viewing.__main__ import answer\n"
        "from recruitwatch.viewing.confining import lower_limits\n"
        "from recruitwatch.viewing.kinds import FileKind\n"
        "lower_limits()\n"
        "answer(FileKind(sys.argv[1]))\n"
    )
    kind = require_kind(sample.content)
    assert await copy_apart(sample.content, kind, child=child(code)) == make_copy(
        sample.content, kind
    )


@pytest.mark.parametrize(
    ("content", "kind", "reason"),
    [
        (pdf(pages=21), FileKind.PDF, Reason.TOO_MANY_PAGES),
        (pdf(pages=0), FileKind.PDF, Reason.DAMAGED),
        (b"GIF89a<script>", FileKind.GIF, Reason.DAMAGED),
        (saved(photo(), "JPEG"), FileKind.PNG, Reason.DAMAGED),
        (bytes(LARGEST_FILE + 1), FileKind.PNG, Reason.TOO_HEAVY),
        (nested_forms(depth=12, width=20), FileKind.PDF, Reason.NOT_OPENED),
    ],
    ids=["pages", "no page", "web page", "another kind", "bytes", "years of work"],
)
async def test_a_refusal_comes_back_with_its_reason(
    content: bytes, kind: FileKind, reason: Reason
) -> None:
    with pytest.raises(FileRefused) as refused:
        await copy_apart(content, kind)
    assert refused.value.reason is reason


@pytest.mark.parametrize(
    "code",
    [
        "os.abort()",
        "sys.exit(3)",
        "time.sleep(60)",
        "sys.stdin.read(); time.sleep(60)",
        "[sys.stdout.write('copied 1\\n' + 'x' * 65536) for _ in iter(int, 1)]",
        "sys.stdout.write('copied 1\\n<html><script>alert(1)</script>')",
        "sys.stdout.write('copied 1\\n%PDF-1.4 for a photo')",
        "sys.stdout.buffer.write(b'copied 900\\n\\xff\\xd8\\xff')",
        "sys.stdout.buffer.write(b'copied 1\\n\\xff\\xd8\\xff'); sys.exit(1)",
        "sys.stdout.write('refused because-i-say-so\\n')",
        "sys.stdout.write('\\n\\n')",
        "pass",
    ],
)
async def test_a_process_that_fails_hangs_or_lies_means_refused(code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        await copy_apart(
            PHOTOS["jpeg: XMP"].content, FileKind.JPEG, child=child(READY + code), seconds=2
        )
    assert refused.value.reason is Reason.NOT_OPENED


@pytest.mark.parametrize(
    "command", [child("raise ImportError"), ("/nowhere/python",)], ids=["broken", "missing"]
)
async def test_an_installation_that_cannot_look_at_files_does_not_blame_the_file(
    command: tuple[str, ...],
) -> None:
    with pytest.raises(Unavailable):
        await copy_apart(PHOTOS["jpeg: XMP"].content, FileKind.JPEG, child=command)


async def until(found: Path, count: int) -> list[Path]:
    """The files that other processes have made, once there are so many."""
    async with asyncio.timeout(20):
        while len(entries := [found / name for name in os.listdir(found)]) < count:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return entries


async def test_a_request_that_goes_away_takes_its_process_along(tmp_path: Path) -> None:
    code = f"open({str(tmp_path)!r} + '/' + str(os.getpid()), 'w'); time.sleep(60)"
    asked = asyncio.create_task(copy_apart(b"x", FileKind.PNG, child=child(READY + code)))
    (started,) = await until(tmp_path, 1)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    with pytest.raises(ProcessLookupError):
        os.kill(int(started.name), 0)


async def test_two_files_are_looked_at_and_the_third_waits(tmp_path: Path) -> None:
    seen, go = tmp_path / "seen", tmp_path / "go"
    seen.mkdir()
    code = (
        f"open({str(seen)!r} + '/' + str(os.getpid()), 'w')\n"
        f"while not os.path.exists({str(go)!r}): time.sleep(0.02)\n"
    )
    wanted = [
        asyncio.create_task(copy_apart(b"x", FileKind.PNG, child=child(READY + "\n" + code)))
        for _ in range(3)
    ]
    await until(seen, 2)
    await asyncio.sleep(0.3)
    assert len(list(seen.iterdir())) == 2
    go.touch()
    answers = await asyncio.gather(*wanted, return_exceptions=True)
    assert [type(answer) for answer in answers] == [FileRefused] * 3
    assert len(list(seen.iterdir())) == 3


async def test_who_waits_too_long_for_a_turn_is_told_to_come_again(tmp_path: Path) -> None:
    code = f"open({str(tmp_path)!r} + '/' + str(os.getpid()), 'w'); time.sleep(60)"
    busy = [
        asyncio.create_task(copy_apart(b"x", FileKind.PNG, child=child(READY + code)))
        for _ in range(2)
    ]
    await until(tmp_path, 2)
    with pytest.raises(Unavailable):
        await copy_apart(PHOTOS["jpeg: XMP"].content, FileKind.JPEG, seconds=0.2)
    for task in busy:
        task.cancel()
    await asyncio.gather(*busy, return_exceptions=True)


async def test_the_process_is_told_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECRUITWATCH_DATABASE", "postgresql://planted")
    told = tmp_path / "told"
    code = f"open({str(told)!r}, 'w').write(repr(dict(os.environ)))"
    with pytest.raises(FileRefused):
        await copy_apart(b"x", FileKind.PNG, child=child(READY + code))
    assert "LC_ALL" in told.read_text()
    assert "RECRUITWATCH" not in told.read_text()


@pytest.mark.skipif(sys.platform != "linux", reason="the limits are those of Linux")
@pytest.mark.parametrize(
    "attempt",
    [
        "open(sys.argv[1])",
        "open(sys.argv[1], 'a')",
        "os.listdir('/')",
        "socket.socket()",
        "os.pipe()",
        "os.write(3, b'x')",
        "bytearray(1100 * 1024 * 1024)",
    ],
)
def test_the_confined_process_can_do_nothing_but_calculate(attempt: str, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("theirs")
    code = (
        "import os, socket, sys\n"
        "from recruitwatch.viewing.confining import confine\n"
        "confine()\n"
        f"try: {attempt}\n"
        "except (OSError, MemoryError): print('refused')\n"
        "else: print('done')\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=False
    )
    assert said.stdout == "refused\n", said.stderr
    assert file.read_text() == "theirs"


@pytest.mark.skipif(
    sys.platform != "linux" or os.uname().machine != "x86_64",
    reason="calls are filtered on Linux for x86-64",
)
@pytest.mark.parametrize(
    "attempt",
    [
        "os.fork()",
        "os.kill(os.getppid(), 0)",
        "os.execv('/bin/true', ['true'])",
        "os.unlink(sys.argv[1])",
    ],
)
def test_calls_that_no_picture_needs_are_refused(attempt: str, tmp_path: Path) -> None:
    test_the_confined_process_can_do_nothing_but_calculate(attempt, tmp_path)
