"""Fields as people fill them in."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitwatch.web.forms import FormReader, plain_digits


class Colour(StrEnum):
    RED = "red"


@pytest.mark.parametrize(
    ("typed", "value", "error"),
    [
        ("12", 12, None),
        (" 1,200 ", 1200, None),
        ("১২", 12, None),
        ("٤٥", 45, None),
        ("", None, None),
        ("twelve", None, "number"),
        ("12.5", None, "number"),
        ("²", None, "number"),
        ("-1", None, "from"),
        ("5000", None, "from"),
        ("9" * 400, None, "number"),
    ],
)
def test_whole_numbers(typed: str, value: int | None, error: str | None) -> None:
    reader = FormReader({"n": typed})
    assert reader.whole("n", least=0, most=2000) == value
    assert (error is None) == (not reader.errors)
    if error:
        assert error in reader.errors["n"].key


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("3.50", Decimal("3.50")),
        ("১.৫", Decimal("1.5")),
        ("1e999999", None),
        ("NaN", None),
        ("-1", None),
        ("x", None),
    ],
)
def test_amounts(typed: str, value: Decimal | None) -> None:
    reader = FormReader({"a": typed})
    assert reader.amount("a") == value
    assert bool(reader.errors) == (value is None)


@pytest.mark.parametrize(
    ("day", "month", "year", "value"),
    [
        ("31", "3", "2026", date(2026, 3, 31)),
        ("৩১", "৩", "২০২৬", date(2026, 3, 31)),
        ("31", "4", "2026", None),
        ("1", "1", "26", None),
        ("1", "", "2026", None),
    ],
)
def test_dates_in_three_fields(day: str, month: str, year: str, value: date | None) -> None:
    reader = FormReader({"d-day": day, "d-month": month, "d-year": year})
    assert reader.day("d") == value
    assert bool(reader.errors) == (value is None)


def test_every_fault_of_a_form_is_found_at_once() -> None:
    reader = FormReader({"name": "", "colour": "blue", "year": "x"}, {"boxes": ["a", "z"]})
    reader.text("name", longest=10, required=True)
    reader.choice("colour", Colour)
    reader.whole("year", least=1, most=9)
    reader.choices("boxes", {"a", "b"})
    assert set(reader.errors) == {"name", "colour", "year", "boxes"}


def test_text_keeps_joiners_and_line_breaks_and_drops_control_characters() -> None:
    reader = FormReader({"t": "  ক্\u200dষ\r\nনতুন\x00\x1b  "})
    assert reader.text("t", longest=50) == "ক্\u200dষ\nনতুন"


@given(st.integers(min_value=0, max_value=10**12))
def test_digits_of_any_script_read_the_same(number: int) -> None:
    for zero in "0০٠۰०๐":
        written = "".join(chr(ord(zero) + int(d)) for d in str(number))
        assert plain_digits(written) == str(number)
