"""Downloads: rows become a CSV or JSON file while they are read, with their count and a hash at its end.

A file is never held as a whole. One that breaks off has no end, so that a reader sees that it is not
complete (docs/downloads.md; docs/verify_download.py checks a file). Knows no feature.
"""

import asyncio
import csv
import io
import json
import re
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import aclosing, contextmanager
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import TypeVar

import msgspec
import structlog
from litestar.types import Receive, Scope, Send

from recruitwatch.errors import N_, Unavailable
from recruitwatch.web.security import ASKED_FOR_HEAD

log = structlog.get_logger()

Cell = str | int | float | Decimal | None
Chunks = AsyncGenerator[bytes, None]
Entry = TypeVar("Entry", bound=msgspec.Struct | Mapping[str, object])

CHUNK = 64 * 1024
# Each holds a connection while its reader takes the file: most of the pool stays with the pages.
MOST_AT_ONCE = 3
MOST_SECONDS = 600
# Spreadsheets take text that begins so for a formula, some after blanks too. The apostrophes in the
# beginning make the mark reversible: text that looks marked already is marked once more.
FORMULA = re.compile(r"['\s]*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]|'*[\t\r\n]")


class TooManyDownloads(Unavailable):
    code = "downloads.busy"
    sentence = N_("Too many files are being downloaded just now. Try again in some minutes.")


class Turns:
    """How many downloads run at once in this process, which is what shares one pool of connections."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.taken = 0

    @contextmanager
    def take(self) -> Iterator[None]:
        if self.taken >= self.most:
            raise TooManyDownloads
        self.taken += 1
        try:
            yield
        finally:
            self.taken -= 1


TURNS = Turns(MOST_AT_ONCE)


def file_name(subject: str, day: date, ending: str) -> str:
    """`register-2026-06-30.csv`. The subject holds small letters, digits and hyphens only."""
    return f"{subject}-{day.isoformat()}.{ending}"


def guarded(cell: Cell) -> Cell:
    """The cell as no spreadsheet takes it for a formula: an apostrophe stands before such text.
    Numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell


def canonical(value: object) -> bytes:
    """JSON in the one way that is hashed: no blanks, letters of every script as they are, the order of
    the fields kept. It is what `json.dumps(…, ensure_ascii=False, separators=(",", ":"))` writes."""
    plain = msgspec.to_builtins(value)
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode()


async def csv_chunks(columns: Sequence[str], rows: AsyncGenerator[Sequence[Cell], None]) -> Chunks:
    """RFC 4180 in UTF-8. The byte order mark is there because Excel reads no other script without."""
    text, digest, count = io.StringIO("\ufeff", newline=""), sha256(), 0
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text)
    writer.writerow(columns)
    async with aclosing(rows):
        async for row in rows:
            writer.writerow([guarded(cell) for cell in row])
            count += 1
            if text.tell() >= CHUNK:
                chunk = text.getvalue().encode()
                digest.update(chunk)
                text.seek(0)
                text.truncate()
                yield chunk
    writer.writerow(["#rows", count])
    chunk = text.getvalue().encode()
    digest.update(chunk)
    yield chunk
    yield f"#sha256,{digest.hexdigest()}\r\n".encode()


async def json_chunks(
    head: Mapping[str, object], rows: AsyncGenerator[Entry, None], name: str
) -> Chunks:
    """One object: the head, the rows as the list `name`, their count and the hash of the list."""
    out, digest, count = bytearray(canonical({**head, name: []})[:-2]), sha256(b"["), 0
    async with aclosing(rows):
        async for row in rows:
            entry = canonical(row)
            if count:
                out += b","
                digest.update(b",")
            out += b"\n" + entry
            digest.update(entry)
            count += 1
            if len(out) >= CHUNK:
                yield bytes(out)
                out.clear()
    digest.update(b"]")
    end = canonical({"rows": count, "sha256": digest.hexdigest()})
    yield bytes(out) + b"\n]," + end[1:] + b"\n"


async def json_line_chunks(rows: AsyncGenerator[Entry, None]) -> Chunks:
    """One row a line; the last line holds the count and the hash of all bytes before it."""
    out, digest, count = bytearray(), sha256(), 0
    async with aclosing(rows):
        async for row in rows:
            line = canonical(row) + b"\n"
            out += line
            digest.update(line)
            count += 1
            if len(out) >= CHUNK:
                yield bytes(out)
                out.clear()
    yield bytes(out) + canonical({"rows": count, "sha256": digest.hexdigest()}) + b"\n"


class Download:
    """An answer whose body is read while it is sent. A handler returns it as an `ASGIApp`.

    The first chunk is made before the answer begins: what fails until then is answered as a failure.
    What fails later breaks the answer off. However it ends, the chunks are closed, and with them the
    rows and their transaction: the framework's own stream leaves that to the garbage collector.
    """

    def __init__(self, chunks: Chunks, *, name: str, media_type: str) -> None:
        self.chunks = chunks
        self.headers = [
            (b"content-type", media_type.encode()),
            (b"content-disposition", f'attachment; filename="{name}"'.encode()),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with TURNS.take():
            async with aclosing(self.chunks) as chunks:
                first = await anext(chunks)
                await send({"type": "http.response.start", "status": 200, "headers": self.headers})
                if scope.get("state", {}).get(ASKED_FOR_HEAD):
                    await _end(send)
                else:
                    await _pour(first, chunks, receive, send)


async def _pour(first: bytes, chunks: Chunks, receive: Receive, send: Send) -> None:
    """Send chunk by chunk, until the reader has all, has gone, or has taken too long.

    A reader who goes is noticed between two chunks. Nothing is cancelled on that account, because a
    statement cut off in the middle would cost the connection.
    """
    ends_at = asyncio.get_running_loop().time() + MOST_SECONDS
    gone = asyncio.create_task(_gone(receive))
    chunk: bytes | None = first
    try:
        while chunk is not None:
            async with asyncio.timeout_at(ends_at):
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
                await asyncio.sleep(0)  # others have their turn, and `gone` is told
            if gone.done():
                return
            chunk = await anext(chunks, None)
        await _end(send)
    except TimeoutError:
        log.warning("download_too_slow", seconds=MOST_SECONDS)
    finally:
        gone.cancel()
        await asyncio.gather(gone, return_exceptions=True)


async def _end(send: Send) -> None:
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def streamed_csv(
    columns: Sequence[str], rows: AsyncGenerator[Sequence[Cell], None], *, name: str
) -> Download:
    """The rows as a CSV file called `name`, with the columns as its first line."""
    media_type = "text/csv; charset=utf-8; header=present"
    return Download(csv_chunks(columns, rows), name=name, media_type=media_type)


def streamed_json(
    head: Mapping[str, object], rows: AsyncGenerator[Entry, None], *, of: str, name: str
) -> Download:
    """The rows as the list `of` of one JSON object that begins with the head."""
    return Download(json_chunks(head, rows, of), name=name, media_type="application/json")


def streamed_json_lines(rows: AsyncGenerator[Entry, None], *, name: str) -> Download:
    """The rows as JSON, one a line."""
    return Download(json_line_chunks(rows), name=name, media_type="application/x-ndjson")
