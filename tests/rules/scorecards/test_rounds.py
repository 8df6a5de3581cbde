"""Periods, who gets a new card in one, and why a grade is another one today."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from recruitwatch.scorecards.rules import compute
from recruitwatch.scorecards.rules.rounds import (
    card_day,
    needs_card,
    parse_period,
    period_of,
    recent_periods,
    why_moved,
)
from recruitwatch.scorecards.values import CardInputs, LicenceState
from recruitwatch.scorecards.values.rounds import Cause, Newest, PeriodAhead, PeriodUnknown, Round
from rules.scorecards.example import complaint, example, failure

Q2 = parse_period("2026-Q2")
TODAY = date(2026, 6, 20)


@given(day=st.dates(date(1900, 1, 1), date(2990, 12, 31)))
def test_every_day_lies_in_the_period_of_its_name(day: date) -> None:
    period = period_of(day)
    assert period.first <= day <= period.last
    assert parse_period(period.name.lower()) == period


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        (" 2024-q1 ", date(2024, 1, 1), date(2024, 3, 31)),
    ],
)
def test_a_period_is_a_quarter(name: str, first: date, last: date) -> None:
    period = parse_period(name)
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize("name", ["", "2026", "2026-Q5", "2026-Q0", "26-Q1", "2026-12", "Q4-2026"])
def test_anything_else_is_no_period(name: str) -> None:
    with pytest.raises(PeriodUnknown):
        parse_period(name)


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2026, 4, 1), date(2026, 4, 1)),
        (TODAY, TODAY),
        (date(2026, 6, 30), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 6, 30)),
    ],
)
def test_cards_are_of_the_last_day_or_of_today(today: date, day: date) -> None:
    assert card_day(Q2, today) == day


def test_a_period_that_has_not_begun_has_no_cards() -> None:
    with pytest.raises(PeriodAhead):
        card_day(Q2, date(2026, 3, 31))


def test_the_periods_to_choose_from_are_this_one_and_three_before() -> None:
    names = [one.name for one in recent_periods(date(2026, 2, 3))]
    assert names == ["2026-Q1", "2025-Q4", "2025-Q3", "2025-Q2"]


def newest(inputs: CardInputs, as_of: date) -> Newest:
    return Newest(
        agency_id=UUID(int=1), revision=1, as_of=as_of,
        issued_at=datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC),
        inputs_sha256="old", card=compute(replace(inputs, as_of=as_of)),
    )  # fmt: skip


NOW = replace(example(), as_of=TODAY)
MAY = date(2026, 5, 20)


@pytest.mark.parametrize(
    ("last", "changes", "sha256", "needed"),
    [
        (None, {}, "new", True),
        (MAY, {}, "old", False),
        (MAY, {}, "new", False),
        (MAY, {"months_since_inspection": 3}, "new", False),
        (MAY, {"months_since_inspection": 23}, "new", True),
        (MAY, {"complaints": (complaint("Z9"),)}, "new", True),
        (MAY, {"interviews": 40}, "new", True),
        (MAY, {"licence_state": LicenceState.EXPIRED}, "new", True),
        (date(2026, 3, 31), {}, "new", True),
        (date(2026, 3, 31), {}, "old", False),
    ],
    ids=[
        "no card yet", "same inputs", "only the day", "a month older, no point lost",
        "faded", "a complaint", "more interviews", "licence", "of the period before",
        "same inputs of the period before",
    ],
)  # fmt: skip
def test_who_gets_a_new_card(
    last: date | None, changes: dict[str, object], sha256: str, needed: bool
) -> None:
    before = replace(NOW, months_since_inspection=2)
    card = compute(replace(before, **changes))
    known = newest(before, last) if last else None
    assert needs_card(card, sha256, known, Q2) is needed


OTHER = {"interviews": 1}


@pytest.mark.parametrize(
    ("issued", "today", "reissued", "without_news", "cause"),
    [
        ({}, {}, {}, {}, Cause.TIME),
        ({}, {"months_since_inspection": 9}, {}, {"months_since_inspection": 9}, Cause.TIME),
        ({}, OTHER, {}, {}, Cause.RECORDS),
        ({}, {}, OTHER, {}, Cause.RECORDS),
        (
            {"licence_state": LicenceState.VALID}, {"licence_state": LicenceState.EXPIRED},
            {"licence_state": LicenceState.VALID}, {"licence_state": LicenceState.EXPIRED},
            Cause.TIME,
        ),
        (
            {"licence_state": LicenceState.VALID}, {"licence_state": LicenceState.SUSPENDED},
            {"licence_state": LicenceState.VALID}, {"licence_state": LicenceState.SUSPENDED},
            Cause.RECORDS,
        ),
        ({}, {"gate_failures": (failure(),)}, {}, {"gate_failures": (failure(),)}, Cause.RECORDS),
    ],
    ids=["nothing", "older", "news", "news of the past", "expired", "suspended", "confirmed"],
)  # fmt: skip
def test_why_a_grade_is_another(
    issued: dict[str, object], today: dict[str, object], reissued: dict[str, object],
    without_news: dict[str, object], cause: Cause,
) -> None:  # fmt: skip
    assert (
        why_moved(
            example(**issued), example(**today),
            reissued=example(**reissued), without_news=example(**without_news),
        )
        is cause
    )  # fmt: skip


def test_rounds_add_up() -> None:
    first = Round(issued=2, unchanged=1, grades={"A": 1, "U": 1})
    second = Round(issued=1, newer=4, meanwhile=1, grades={"B": 1})
    assert first + second == Round(
        issued=3, unchanged=1, newer=4, meanwhile=1, grades={"A": 1, "B": 1, "U": 1}
    )
