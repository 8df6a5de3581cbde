"""A ZIP archive that is sent while it is made: one file in memory at a time, whatever their number.

Files are stored as they are (papers are compressed already). The list at the archive's end grows with
every file, so it waits in a temporary file and not in memory. Knows no feature.
"""

import asyncio
import struct
import tempfile
import zlib
from collections.abc import AsyncGenerator
from contextlib import aclosing

from recruitwatch.web.downloads import CHUNK, Chunks, Download

NamedFiles = AsyncGenerator[tuple[str, bytes], None]

_LOCAL, _LISTED = b"PK\x03\x04", b"PK\x01\x02"
_WIDE_END, _WIDE_PLACE, _END = b"PK\x06\x06", b"PK\x06\x07", b"PK\x05\x06"
_PLAIN, _WIDE = 20, 45
"""The version of the format that a reader needs: 45 knows archives beyond 4 GB and 65,535 files."""
_UTF8 = 1 << 11
_ON_DISK = 1 << 20
_MOST_16, _MOST_32 = 0xFFFF, 0xFFFFFFFF
# 1 January 1980, the first day of the format: the same files make the same archive on any day.
_TIME, _DAY = 0, 0x21


async def zip_chunks(files: NamedFiles) -> Chunks:
    """The archive of these files, in their order. Each must be smaller than 4 GB."""
    count = place = listed = 0
    with tempfile.SpooledTemporaryFile(max_size=_ON_DISK) as ending:
        async with aclosing(files):
            async for name, content in files:
                entry = _entry(name, content)
                head = _LOCAL + struct.pack("<H", _PLAIN) + entry
                listed += ending.write(_listed(entry, place))
                place += len(head) + len(content)
                count += 1
                yield head + content
        ending.seek(0)
        while chunk := await asyncio.to_thread(ending.read, CHUNK):
            yield chunk
    yield _end(count, listed, place)


def _entry(name: str, content: bytes) -> bytes:
    """What the head of a file and its line in the list have in common, and its name."""
    letters = name.encode()
    size = len(content)
    return (
        struct.pack("<HHHHLLLHH", _UTF8, 0, _TIME, _DAY, zlib.crc32(content), size, size,
                    len(letters), 0)
        + letters
    )  # fmt: skip


def _listed(entry: bytes, place: int) -> bytes:
    """The line of a file in the list: where it begins stands in an extra field when it is far away."""
    fixed, letters = entry[:22], entry[24:]
    extra = struct.pack("<HHQ", 1, 8, place) if place >= _MOST_32 else b""
    version = _WIDE if extra else _PLAIN
    return (
        _LISTED
        + struct.pack("<HH", version, version)
        + fixed
        + struct.pack("<HHHHLL", len(extra), 0, 0, 0, 0, min(place, _MOST_32))
        + letters
        + extra
    )


def _end(count: int, listed: int, place: int) -> bytes:
    wide = b""
    if count >= _MOST_16 or listed >= _MOST_32 or place >= _MOST_32:
        wide = _WIDE_END + struct.pack(
            "<QHHLLQQQQ", 44, _WIDE, _WIDE, 0, 0, count, count, listed, place
        )
        wide += _WIDE_PLACE + struct.pack("<LQL", 0, place + listed, 1)
    few = min(count, _MOST_16)
    return (
        wide
        + _END
        + struct.pack("<HHHHLLH", 0, 0, few, few, min(listed, _MOST_32), min(place, _MOST_32), 0)
    )


def streamed_zip(files: NamedFiles, *, name: str) -> Download:
    """The files as a ZIP archive called `name`."""
    return Download(zip_chunks(files), name=name, media_type="application/zip")
