"""A ZIP that is made while it is sent is a ZIP like any other."""

import io
import zipfile
from collections.abc import AsyncGenerator, Sequence

import pytest

from recruitwatch.web.archive import zip_chunks

Files = Sequence[tuple[str, bytes]]


async def archive_of(files: Files) -> bytes:
    async def each() -> AsyncGenerator[tuple[str, bytes], None]:
        for file in files:
            yield file

    return b"".join([chunk async for chunk in zip_chunks(each())])


@pytest.mark.parametrize("number", [0, 1, 3, 70_000])
async def test_an_archive_holds_its_files_in_their_order(number: int) -> None:
    """70,000 are more than the format counted at first."""
    files = [(f"pâper-{at}.pdf", b"%d" % at) for at in range(number)]
    with zipfile.ZipFile(io.BytesIO(await archive_of(files))) as archive:
        assert archive.testzip() is None
        assert [(info.filename, archive.read(info)) for info in archive.infolist()] == files


async def test_the_same_files_make_the_same_archive() -> None:
    files = [("a.pdf", b"one"), ("b.pdf", b"")]
    assert await archive_of(files) == await archive_of(files)


async def test_each_file_is_sent_before_the_next_is_asked_for() -> None:
    asked: list[str] = []

    async def each() -> AsyncGenerator[tuple[str, bytes], None]:
        for name in ("a", "b"):
            asked.append(name)
            yield name, name.encode()

    chunks = zip_chunks(each())
    assert (await anext(chunks)).endswith(b"a")
    assert asked == ["a"]
    await chunks.aclose()


async def test_an_archive_that_breaks_off_does_not_open() -> None:
    whole = await archive_of([("a.pdf", b"one"), ("b.pdf", b"two")])
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(whole[:-1]))
