"""Files made of rows: what a spreadsheet, a program and the checking script find in them."""

import asyncio
import csv
import importlib.util
import io
import json
from collections.abc import AsyncGenerator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitwatch.web import downloads
from recruitwatch.web.downloads import (
    FORMULA,
    Cell,
    Download,
    TooManyDownloads,
    guarded,
    streamed_csv,
    streamed_json,
    streamed_json_lines,
)

SCRIPT = Path(__file__).parents[3] / "docs" / "verify_download.py"
spec = importlib.util.spec_from_file_location("verify_download", SCRIPT)
assert spec is not None
assert spec.loader is not None
verify = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify)

# What PostgreSQL can hold: any text without NUL and halves of surrogate pairs.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
cells = st.one_of(texts, st.integers(), st.none())
tables = st.lists(st.tuples(texts, cells, cells), max_size=8)


async def each(rows: Sequence[Any]) -> AsyncGenerator[Any, None]:
    for row in rows:
        yield row


def whole(download: Download) -> bytes:
    async def read() -> bytes:
        return b"".join([chunk async for chunk in download.chunks])

    return asyncio.run(read())


def as_csv(rows: Sequence[Sequence[Cell]]) -> bytes:
    return whole(streamed_csv(("id", "name", "figure"), each(rows), name="x.csv"))


def as_json(rows: Sequence[object]) -> bytes:
    head = {"as_of": "2026-06-30", "register": None}
    return whole(streamed_json(head, each(rows), of="agencies", name="x.json"))


def as_lines(rows: Sequence[object]) -> bytes:
    return whole(streamed_json_lines(each(rows), name="x.jsonl"))


def unmarked(text: str) -> str:
    """What docs/downloads.md says gives back the register's own text."""
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+880 2 955-0101", "'+880 2 955-0101"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        ("  =1", "'  =1"),
        ("＝1＋1", "'＝1＋1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠x", "'＠x"),
        ("'=1", "''=1"),
        ("O'Brien = Sons", "O'Brien = Sons"),
        ("'Adil", "'Adil"),
        ("a-b@c", "a-b@c"),
        ("", ""),
        (-5, -5),
        (-0.5, -0.5),
        (None, None),
    ],
)
def test_text_that_a_spreadsheet_would_calculate_is_marked(text: Cell, written: Cell) -> None:
    assert guarded(text) == written


@given(texts)
def test_a_marked_text_begins_no_formula_and_gives_back_what_it_was(text: str) -> None:
    written = guarded(text)
    assert isinstance(written, str)
    assert not written.lstrip().startswith(tuple("=+-@＝＋－＠"))
    assert unmarked(written) == text


@given(tables)
def test_a_csv_reader_finds_every_cell(rows: list[tuple[str, Cell, Cell]]) -> None:
    data = as_csv(rows)
    assert data.startswith("\ufeffid,name,figure\r\n".encode())
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    cells = [[unmarked(cell) if isinstance(was, str) else cell for cell, was in zip(line, row, strict=True)] for line, row in zip(read[1:-2], rows, strict=True)]  # fmt: skip
    assert cells == [["" if cell is None else str(cell) for cell in row] for row in rows]
    assert read[-2] == ["#rows", str(len(rows))]
    assert read[-1] == ["#sha256", sha256(data[: data.rindex(b"#sha256,")]).hexdigest()]
    assert verify.check(data) == f"complete and unchanged: {len(rows)} rows, SHA-256 {read[-1][1]}"


entries = st.lists(
    st.dictionaries(texts, st.one_of(cells, st.lists(texts)), max_size=4), max_size=6
)


@given(entries)
def test_json_holds_every_row_and_the_hash_of_the_list(rows: list[dict[str, object]]) -> None:
    data = as_json(rows)
    read = json.loads(data)
    assert list(read) == ["as_of", "register", "agencies", "rows", "sha256"]
    assert read["agencies"] == rows
    assert read["rows"] == len(rows)
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    assert read["sha256"] == sha256(text.encode()).hexdigest()
    said = verify.check(data)
    assert said.startswith(f"complete and unchanged: {len(rows)} rows")
    assert verify.check(json.dumps(read, indent=4).encode()) == said


@given(entries)
def test_json_lines_hold_a_row_each(rows: list[dict[str, object]]) -> None:
    data = as_lines(rows)
    *lines, end = data.decode().removesuffix("\n").split("\n")
    assert [json.loads(line) for line in lines] == rows
    assert json.loads(end)["rows"] == len(rows)
    assert verify.check(data).startswith(f"complete and unchanged: {len(rows)} rows")


ROWS = [("1", "Padma", 3), ("2", "পদ্মা\r\n#rows,7", -1)]
ENTRIES = [{"id": "1", "names": ["Padma"]}, {"id": "2", "names": ["পদ্মা"]}]
FILES = {"csv": as_csv(ROWS), "json": as_json(ENTRIES), "jsonl": as_lines(ENTRIES)}


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_wherever_a_file_breaks_off_the_script_says_so(data: bytes) -> None:
    for length in range(len(data) - 1):
        with pytest.raises(verify.Faulty, match="Download it again"):
            verify.check(data[:length])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (FILES["csv"].replace(b"Padma", b"Jamuna"), "was changed"),
        (FILES["csv"].replace(b"\r\n", b"\n"), "not complete"),
        (FILES["json"].replace(b"Padma", b"Jamuna"), "was changed"),
        (FILES["json"].replace(b'"rows":2', b'"rows":3'), "holds 2 rows and says 3"),
        (FILES["jsonl"].replace(b"Padma", b"Jamuna"), "was changed"),
        (FILES["jsonl"].replace(b'"rows":2', b'"rows":3'), "holds 2 rows and says 3"),
        (b"\xff\xfe" + FILES["csv"], "was changed|not readable"),
        (b"<html>Sign in</html>", "not complete"),
    ],
)
def test_the_script_says_what_is_wrong(data: bytes, reason: str) -> None:
    with pytest.raises(verify.Faulty, match=reason):
        verify.check(data)


class Reader:
    """A browser as the server sees it; it goes after so many pieces of the body."""

    def __init__(self, goes_after: int = 10**9) -> None:
        self.goes_after = goes_after
        self.pieces: list[bytes] = []
        self.status: int | None = None
        self.complete = False
        self.gone = asyncio.Event()

    async def receive(self) -> Any:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            return
        self.pieces.append(message["body"])
        self.complete = not message["more_body"]
        if len(self.pieces) >= self.goes_after:
            self.gone.set()


class Rows:
    """Rows so long that each is a piece of the body, with what became of them."""

    def __init__(self, count: int, fails_at: int | None = None) -> None:
        self.count, self.fails_at = count, fails_at
        self.given = 0
        self.closed = False

    async def __call__(self) -> AsyncGenerator[Sequence[Cell], None]:
        try:
            for number in range(self.count):
                if number == self.fails_at:
                    raise ConnectionResetError("the database went away")
                self.given += 1
                yield ["x" * downloads.CHUNK]
        finally:
            self.closed = True


def answer(rows: Rows, reader: Reader, **state: bool) -> None:
    download = streamed_csv(("text",), rows(), name="x.csv")
    scope: Any = {"type": "http", "state": state}
    asyncio.run(download(scope, reader.receive, reader.send))


def test_a_reader_who_stays_gets_all() -> None:
    rows, reader = Rows(5), Reader()
    answer(rows, reader)
    assert reader.complete
    assert verify.check(b"".join(reader.pieces)).startswith("complete and unchanged: 5 rows")


def test_when_the_reader_goes_the_rows_are_closed_and_no_more_are_read() -> None:
    rows, reader = Rows(1000), Reader(goes_after=2)
    answer(rows, reader)
    assert rows.closed
    assert rows.given == 2
    assert not reader.complete


def test_what_fails_on_the_way_breaks_the_file_off_before_its_end() -> None:
    rows, reader = Rows(5, fails_at=3), Reader()
    with pytest.raises(ConnectionResetError):
        answer(rows, reader)
    assert reader.status == 200
    assert not reader.complete
    assert rows.closed
    with pytest.raises(verify.Faulty, match="not complete"):
        verify.check(b"".join(reader.pieces))


def test_what_fails_before_the_first_piece_is_no_answer_yet() -> None:
    reader = Reader()
    with pytest.raises(ConnectionResetError):
        answer(Rows(5, fails_at=0), reader)
    assert reader.status is None


def test_who_asks_for_the_head_only_does_not_have_the_rows_read() -> None:
    rows, reader = Rows(1000), Reader()
    answer(rows, reader, asked_for_head=True)
    assert (reader.status, reader.pieces, reader.complete) == (200, [b""], True)
    assert rows.closed
    assert rows.given == 1


def test_one_too_many_is_refused_until_another_ends() -> None:
    async def run() -> None:
        readers = [Reader() for _ in range(downloads.MOST_AT_ONCE)]
        stalled = asyncio.Event()

        async def wait(message: Any) -> None:
            await stalled.wait()

        scope: Any = {"type": "http", "state": {}}
        running = [
            asyncio.create_task(
                streamed_csv(("text",), Rows(1)(), name="x.csv")(scope, r.receive, wait)
            )
            for r in readers
        ]
        await asyncio.sleep(0)
        late = Reader()
        with pytest.raises(TooManyDownloads):
            await streamed_csv(("text",), Rows(1)(), name="x.csv")(scope, late.receive, late.send)
        stalled.set()
        await asyncio.gather(*running)
        await streamed_csv(("text",), Rows(1)(), name="x.csv")(scope, late.receive, late.send)
        assert late.complete

    asyncio.run(run())
