"""Times are read as an interval that the words surely cover, or not at all."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recruitwatch.complaints.rules.said_dates import read_date

with (Path(__file__).parent / "dates.csv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file))

_words = st.sampled_from(
    "1 2 ৩ 12 31 99 2023 2080 2095 9999 0000 march মার্চ مارس এই last this year month week day ago "
    "before قبل after since eid baisakh شهرين / - . a today yesterday 12/3/2024 1/1/1".split()
)
_texts = st.one_of(
    st.text(max_size=2_000),
    st.lists(_words, max_size=8).map(" ".join),
    st.lists(_words, max_size=8).map("".join),
)


@pytest.mark.parametrize("case", CASES, ids=[f"{c['said']} {c['today']}" for c in CASES])
def test_time_as_said(case: dict[str, str]) -> None:
    today = date.fromisoformat(case["today"])
    found = read_date(case["said"], today, month_first=bool(case["month_first"]))
    ends = tuple("" if end is None else end.isoformat() for end in (found.earliest, found.latest))
    assert ends == (case["earliest"], case["latest"])
    assert found.forgotten == bool(case["forgotten"])
    assert found.calendar == (case["calendar"] or None)


@given(_texts, st.dates(), st.booleans())
@example("99 years ago", date.min, False)
@example("last month", date.min, False)
@example("after Eid 9999", date.max, False)
@example("after 9999", date.max, False)
@example("this week", date.max, False)
@example("0/0/0000", date(2026, 7, 15), True)
@example("1/" * 1_000, date(2026, 7, 15), False)
@example("1 - " * 500, date(2026, 7, 15), False)
@example("\ud800 2023", date(2026, 7, 15), False)
def test_any_text_is_kept_and_intervals_run_forward(text: str, today: date, first: bool) -> None:
    found = read_date(text, today, month_first=first)
    assert found.said == text
    if found.earliest and found.latest:
        assert found.earliest <= found.latest
    if found.forgotten:
        assert found.earliest is found.latest is None


@given(st.dates(date(1950, 1, 1), date(2030, 12, 31)))
def test_a_date_in_figures_is_one_day(day: date) -> None:
    today = date(2026, 7, 15)
    for text in (day.isoformat(), f"{day.day}.{day.month}.{day.year}", f"{day:%d %B %Y}"):
        found = read_date(text, today)
        assert (found.earliest, found.latest) == (day, day)


@given(st.integers(1, 40), st.sampled_from(["week", "month", "year"]))
def test_ago_covers_the_very_day(number: int, unit: str) -> None:
    today = date(2026, 7, 15)
    days = {"week": 7, "month": 30.4, "year": 365.2}[unit]
    found = read_date(f"{number} {unit}s ago", today)
    assert found.earliest is not None
    assert found.latest is not None
    assert found.earliest < today - timedelta(days=number * days) < found.latest
