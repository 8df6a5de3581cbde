"""From the bytes of a CSV file to its rows, or to what is wrong with the file as a whole."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from recruitwatch.errors import N_, Message
from recruitwatch.registers.values import MOST_BYTES, MOST_ROWS, Fault, File

TOO_LARGE = N_(
    "The file is larger than %(most)s MB. Nothing was read. Split it, or leave out rows."
)
TOO_MANY_ROWS = N_("The file has more than %(most)s rows. Nothing was read. Split it.")
EMPTY = N_("The file is empty.")
HAS_NUL = N_("The file holds bytes that no text has (at byte %(byte)s). Save it as CSV UTF-8.")
NOT_UTF8 = N_("The file is not UTF-8 text (at byte %(byte)s). Save it as CSV UTF-8.")
BROKEN = N_("The quotation marks do not fit together from here on. Nothing after this can be read.")
SEMICOLONS = N_("The fields are separated by another sign. Save the file as CSV with commas.")
COLUMN_MISSING = N_("The file has no column with this name in its first row.")
COLUMN_TWICE = N_("The first row names this column twice.")
COLUMN_UNKNOWN = N_("This column is not known and was not read.")
FIELD_COUNT = N_("The row has %(found)s fields; the first row has %(expected)s.")
BLANK_ROWS = N_("Empty rows passed over: %(count)s")


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of a file by column name. `refused_whole` says that nothing of it can be used."""

    rows: tuple[tuple[int, Mapping[str, str]], ...] = ()
    rows_read: int = 0
    bad_rows: frozenset[int] = frozenset()
    errors: tuple[Fault, ...] = ()
    notices: tuple[Fault, ...] = ()
    refused_whole: bool = False


def read_sheet(content: bytes, columns: Sequence[str], file: File) -> Sheet:
    """Decode a CSV file and take its rows apart. Every column must be there: one that is left out
    would otherwise read as "the source no longer says this" and empty the register.
    Source: RFC 4180 for quoting; UTF-8 with or without its mark."""
    text = _decode(content, file)
    if isinstance(text, Fault):
        return Sheet(errors=(text,), refused_whole=True)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records: list[tuple[int, list[str]]] = []
    try:
        for number, fields in enumerate(reader, start=1):
            if number > MOST_ROWS + 1:
                return _whole(Message(TOO_MANY_ROWS, {"most": MOST_ROWS}), file)
            records.append((number, fields))
    except csv.Error:
        return _whole(Message(BROKEN), file, row=len(records) + 1)
    if not records:
        return _whole(Message(EMPTY), file)
    header = [name.strip().lower() for name in records[0][1]]
    faults = tuple(_header_errors(header, columns, file))
    if faults:
        return Sheet(errors=faults, refused_whole=True)
    return _rows(header, records[1:], columns, file)


def _whole(message: Message, file: File, row: int | None = None) -> Sheet:
    return Sheet(errors=(Fault(message=message, file=file, row=row),), refused_whole=True)


def _decode(content: bytes, file: File) -> str | Fault:
    if len(content) > MOST_BYTES:
        megabytes = MOST_BYTES // (1024 * 1024)
        return Fault(message=Message(TOO_LARGE, {"most": megabytes}), file=file)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        return _at_byte(NOT_UTF8, content, problem.start, file)
    place = content.find(b"\0")
    return _at_byte(HAS_NUL, content, place, file) if place >= 0 else text


def _at_byte(key: str, content: bytes, place: int, file: File) -> Fault:
    row = content.count(b"\n", 0, place) + 1
    return Fault(message=Message(key, {"byte": place + 1}), file=file, row=row)


def _header_errors(header: list[str], columns: Sequence[str], file: File) -> Iterator[Fault]:
    if len(header) == 1 and any(sign in header[0] for sign in ";\t|"):
        yield Fault(message=Message(SEMICOLONS), file=file, row=1)
        return
    for name in columns:
        if name not in header:
            yield Fault(message=Message(COLUMN_MISSING), file=file, row=1, column=name)
        elif header.count(name) > 1:
            yield Fault(message=Message(COLUMN_TWICE), file=file, row=1, column=name)


def _rows(
    header: list[str],
    records: Sequence[tuple[int, list[str]]],
    columns: Sequence[str],
    file: File,
) -> Sheet:
    places = {name: header.index(name) for name in columns}
    rows: list[tuple[int, Mapping[str, str]]] = []
    errors: list[Fault] = []
    blank = 0
    for number, fields in records:
        if not any(field.strip() for field in fields):
            blank += 1
        elif len(fields) != len(header):
            counts = {"found": len(fields), "expected": len(header)}
            errors.append(Fault(message=Message(FIELD_COUNT, counts), file=file, row=number))
        else:
            rows.append((number, {name: fields[at].strip() for name, at in places.items()}))
    notices = [
        Fault(message=Message(COLUMN_UNKNOWN), file=file, row=1, column=name[:100] or "–")
        for name in header
        if name not in columns
    ]
    if blank:
        notices.append(Fault(message=Message(BLANK_ROWS, {"count": blank}), file=file))
    return Sheet(
        rows=tuple(rows),
        rows_read=len(records) - blank,
        bad_rows=frozenset(fault.row for fault in errors if fault.row),
        errors=tuple(errors),
        notices=tuple(notices),
    )
