"""Periods, who gets a new card in one, and why a grade is another one today."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from recruitwatch.scorecards.rules.public import public_basis, public_card
from recruitwatch.scorecards.rules.rounds import (
    card_day,
    needs_card,
    parse_period,
    period_of,
    recent_periods,
    why_moved,
)
from recruitwatch.scorecards.values import CardInputs, LicenceState
from recruitwatch.scorecards.values.public import PublicCard
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


def public(inputs: CardInputs) -> PublicCard:
    """The public card that nothing was shown before."""
    return public_card(AGENCY, inputs, {}, public_basis(inputs, (), (), ()))


def newest(inputs: CardInputs, as_of: date) -> Newest:
    shown = replace(inputs, as_of=as_of)
    return Newest(
        agency_id=AGENCY, revision=1, as_of=as_of, inputs_sha256="old", inputs=shown,
        public=public(shown), recalled=False,
    )  # fmt: skip


AGENCY = UUID(int=1)
NOW = replace(example(), as_of=TODAY)
MAY = date(2026, 5, 20)
VISITED_AGAIN = tuple(replace(one, source="another visit") for one in NOW.items)


@pytest.mark.parametrize(
    ("last", "changes", "needed"),
    [
        (None, {}, True),
        (MAY, {}, False),
        (MAY, {"months_since_inspection": 3}, False),
        (MAY, {"months_since_inspection": 23}, True),
        (MAY, {"complaints": (complaint("Z9"),)}, False),
        (MAY, {"interviews": 40}, False),
        (MAY, {"gate_failures": (failure(confirmed=False),)}, False),
        (MAY, {"gate_failures": (failure(),)}, True),
        (MAY, {"licence_state": LicenceState.EXPIRED}, True),
        (MAY, {"items": VISITED_AGAIN}, True),
        (date(2026, 3, 31), {}, True),
    ],
    ids=[
        "no card yet", "only the day", "a month older, no point lost", "faded", "a complaint",
        "more interviews", "a finding not confirmed", "a confirmed one", "licence",
        "the same found again", "of the period before",
    ],
)  # fmt: skip
def test_who_gets_a_new_card(last: date | None, changes: dict[str, object], needed: bool) -> None:
    before = replace(NOW, months_since_inspection=2)
    after = replace(before, **changes)
    known = newest(before, last) if last else None
    assert needs_card(after, public(after), known, Q2, ()) is needed


def test_a_recalled_card_does_not_hold() -> None:
    known = replace(newest(NOW, MAY), recalled=True)
    assert needs_card(NOW, public(NOW), known, Q2, ())


def test_questions_to_workers_alone_make_no_card() -> None:
    asked = {NOW.items[0].id}
    after = replace(NOW, items=(replace(NOW.items[0], source="another"), *NOW.items[1:]))
    assert not needs_card(after, public(NOW), newest(NOW, MAY), Q2, asked)
    assert needs_card(after, public(NOW), newest(NOW, MAY), Q2, ())


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
