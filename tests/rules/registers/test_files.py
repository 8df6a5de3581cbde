"""From bytes to rows: what is wrong with a file, a row or a field is told where it stands."""

import pytest

from factories.registers import make_csv, read_data
from recruitwatch.agencies.values import NameKind
from recruitwatch.registers.rules import files, rows
from recruitwatch.registers.rules.rows import name_kind, read_aliases, read_date, read_register
from recruitwatch.registers.values import COLUMNS, MOST_BYTES, MOST_ROWS, Fault

HEADER = ",".join(COLUMNS)


def told(faults: tuple[Fault, ...]) -> set[tuple[int | None, str | None, str]]:
    return {(fault.row, fault.column, fault.message.key) for fault in faults}


def read(content: bytes | str):  # type: ignore[no-untyped-def]
    return read_register(content if isinstance(content, bytes) else content.encode(), "testland")


def test_a_right_file_gives_every_row_as_it_was_written() -> None:
    found = read(read_data("testland.csv"))
    assert (found.rows_read, found.refused, found.errors, found.notices) == (7, 0, (), ())
    assert [row.row_no for row in found.rows] == [2, 3, 4, 5, 6, 7, 8]
    assert found.rows[0].phones == ("9840115", "9840116")
    assert found.rows[1].name == "সূর্যোদয় ওভারসিজ"
    assert found.rows[2].phones == ("28138080", "28138081")
    assert found.rows[3].name == "PT BINTANG TIMUR1"
    assert found.rows[5].name == '=HYPERLINK("http://bad.example","Click")'


def test_a_byte_order_mark_and_either_line_end_make_no_difference() -> None:
    plain = read_data("testland.csv").replace(b"\r\n", b"\n")
    expected = read(plain).rows
    assert read(b"\xef\xbb\xbf" + plain).rows == expected
    assert read(plain.replace(b"\n", b"\r\n")).rows == expected


@pytest.mark.parametrize(
    ("content", "row", "key"),
    [
        (b"", None, files.EMPTY),
        ((HEADER + "\nCaf").encode() + b"\xe9,", 2, files.NOT_UTF8),
        (HEADER.encode("utf-16"), 1, files.NOT_UTF8),
        ((HEADER + "\nA\0B").encode(), 2, files.HAS_NUL),
        ((HEADER + '\n"open').encode(), 2, files.BROKEN),
        ((HEADER + '\nx,"a"b').encode(), 2, files.BROKEN),
        (HEADER.replace(",", ";").encode(), 1, files.SEMICOLONS),
        (b"x" * (MOST_BYTES + 1), None, files.TOO_LARGE),
        ((HEADER + "\n" + "\n" * (MOST_ROWS + 1)).encode(), None, files.TOO_MANY_ROWS),
    ],
    ids=[
        "empty", "latin-1", "utf-16", "nul", "open-quote", "quote-inside", "semicolons", "bytes",
        "rows",
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_whole(
    content: bytes, row: int | None, key: str
) -> None:
    found = read(content)
    assert found.refused_whole
    assert [(fault.row, fault.message.key) for fault in found.errors] == [(row, key)]
    assert found.rows == ()


def test_every_missing_column_is_named() -> None:
    found = read("name,country,Name\nA,BD,x")
    missing = {column for _, column, key in told(found.errors) if key == files.COLUMN_MISSING}
    assert missing == set(COLUMNS) - {"name", "country"}
    assert (1, "name", files.COLUMN_TWICE) in told(found.errors)


def test_a_column_nobody_knows_is_told_and_the_rows_still_go_in() -> None:
    found = read(make_csv({"owner": "x"}, columns=(*COLUMNS, "owner")))
    assert told(found.notices) == {(1, "owner", files.COLUMN_UNKNOWN)}
    assert len(found.rows) == 1


def test_columns_may_stand_in_any_order_and_in_capitals() -> None:
    turned = tuple(reversed(COLUMNS))
    content = make_csv({}, columns=turned).replace(b"name", b"NAME", 1)
    assert read(content).rows == read(make_csv({})).rows


@pytest.mark.parametrize(
    ("field", "column", "key"),
    [
        ({"name": "  "}, "name", rows.NAME_EMPTY),
        ({"name": "x" * 301}, "name", rows.TOO_LONG),
        ({"address": "x" * 501}, "address", rows.TOO_LONG),
        ({"valid_until": "2026-02-30"}, "valid_until", rows.BAD_DATE),
        ({"valid_until": "31/12/2026"}, "valid_until", rows.BAD_DATE),
        ({"valid_until": "20261231"}, "valid_until", rows.BAD_DATE),
        ({"country": ""}, "country", rows.BAD_COUNTRY),
        ({"country": "BGD"}, "country", rows.BAD_COUNTRY),
        ({"country": "ZZ"}, "country", rows.BAD_COUNTRY),
        ({"name": "A\tB"}, "name", rows.CONTROL),
        ({"phone": "98\x07"}, "phone", rows.CONTROL),
        ({"name": "Good\u202eytnegA"}, "name", rows.CONTROL),
    ],
)
def test_a_bad_field_refuses_its_row_and_is_told(
    field: dict[str, str], column: str, key: str
) -> None:
    found = read(make_csv({"licence_no": "1"}, {"licence_no": "2", **field}))
    assert told(found.errors) == {(3, column, key)}
    assert [row.number for row in found.rows] == ["1"]
    assert (found.rows_read, found.refused) == (2, 1)


def test_all_errors_of_a_row_are_told_and_it_counts_once() -> None:
    found = read(make_csv({"name": "", "country": "?", "valid_until": "soon"}))
    assert {column for _, column, _ in told(found.errors)} == {"name", "country", "valid_until"}
    assert found.refused == 1


def test_a_row_with_too_few_or_too_many_fields_is_told_with_both_counts() -> None:
    found = read(HEADER + "\nA,1\n" + "x," * 20)
    assert [(fault.row, fault.message.values) for fault in found.errors] == [
        (2, {"found": 2, "expected": 11}),
        (3, {"found": 21, "expected": 11}),
    ]


def test_empty_rows_are_passed_over_and_rows_keep_the_numbers_of_a_spreadsheet() -> None:
    lines = make_csv({"licence_no": "1"}, {"licence_no": "2"}).decode().splitlines()
    found = read("\n".join([lines[0], lines[1], "", ",,,,,,,,,,", lines[2], ""]))
    assert [row.row_no for row in found.rows] == [2, 5]
    assert found.rows_read == 2
    assert [fault.message.values for fault in found.notices] == [{"count": 2}]


def test_a_line_break_inside_an_address_is_a_blank_and_joiners_stay_in_names() -> None:
    found = read(make_csv({"address": "12 Lake Road\n3rd Floor", "name": "শ্রী\u200dলতা"}))
    assert found.rows[0].address == "12 Lake Road 3rd Floor"
    assert found.rows[0].name == "শ্রী\u200dলতা"


def test_a_row_without_a_source_is_of_its_register() -> None:
    assert read(make_csv({"source": ""})).rows[0].source == "testland"


def test_a_number_without_letter_or_digit_is_none() -> None:
    assert read(make_csv({"licence_no": "--"})).rows[0].number == ""


@pytest.mark.parametrize(
    ("text", "right"),
    [("2026-03-31", True), ("1900-01-01", True), ("1899-12-31", False), ("2201-01-01", False)],
)
def test_dates_lie_between_1900_and_2200(text: str, right: bool) -> None:
    assert (read_date(text) is not None) is right


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("registered name in Chinese", NameKind.LEGAL),
        ("trading name", NameKind.TRADING),
        ("Trade Name", NameKind.TRADING),
        ("formerly", NameKind.FORMER),
        ("old name", NameKind.FORMER),
        ("household", NameKind.ALIAS),
        ("", NameKind.ALIAS),
    ],
)
def test_kinds_of_names(words: str, kind: NameKind) -> None:
    assert name_kind(words) is kind


def test_aliases_of_other_registers_are_counted_and_passed_over() -> None:
    found = read_aliases(read_data("testland-aliases.csv"), "testland")
    assert [alias.name for alias in found.aliases] == [
        "金龙雇佣中心", "Sunrise Recruiting", "Nobody Ltd.",
    ]  # fmt: skip
    assert (found.rows_read, found.of_other_registers, found.refused) == (4, 1, 0)


def test_a_bad_alias_is_refused() -> None:
    content = b"register,licence_no,alias,kind\ntestland,1,,x\ntestland,2,A\x01,x\n"
    found = read_aliases(content, "testland")
    assert told(found.errors) == {(2, "alias", rows.ALIAS_EMPTY), (3, "alias", rows.CONTROL)}
    assert (found.refused, found.aliases) == (2, ())
