"""V01, V08 and C01 on wages by the hour, the day and the week, and on hours counted with breaks."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.contract_checks import SIGNED_ON, checked, make_check, make_paper
from recruitwatch.contracts.rules.checking.normalising import PERIODS
from recruitwatch.contracts.values.checking import CheckReport, Step
from recruitwatch.contracts.values.corridors import Gravity
from recruitwatch.contracts.values.terms import Rate, TermValue
from recruitwatch.web.saying import say

Values = dict[str, TermValue]
NO_HOURS: Values = {"hours_normal_day": None, "hours_normal_week": None}


def wage(amount: float, period: str | None, **more: TermValue) -> Values:
    return {"wage_amount": amount, "wage_period": period, **more}


def beside(
    older: Values, newer: Values, *, breaks: tuple[bool, bool] = (False, False), rates: object = ()
) -> CheckReport:
    papers = (
        make_paper(step, seen={"hours_with_breaks": counts}, **values)
        for step, values, counts in zip(
            (Step.SIGNED, Step.REGISTERED), (older, newer), breaks, strict=True
        )
    )
    return checked(make_check(*papers, rates=rates))


def fired(report: CheckReport, rule: str) -> list[Gravity]:
    return [one.severity for one in report.findings if one.rule == rule]


def raised(report: CheckReport) -> bool:
    return "wage_amount" in {one.change.name for one in report.improvements}


LESS, SAME, MORE = "less", "same", "more"
LONG: Values = {"hours_normal_day": 9, "hours_normal_week": 54}
FEW: Values = {"hours_normal_day": 8, "hours_normal_week": 40}
# older, newer, whether they count breaks, what that is for the worker
COMPARED: list[tuple[str, Values, Values, tuple[bool, bool], str]] = [
    ("an hour without hours", wage(10, "hour", **FEW), wage(9, "hour", **NO_HOURS),
     (False, False), LESS),
    ("an hour that had no hours", wage(9, "hour", **NO_HOURS), wage(10, "hour", **FEW),
     (False, False), MORE),
    ("a day with breaks", wage(60, "day"), wage(54, "day", **LONG), (False, True), LESS),
    ("a day that had breaks", wage(54, "day", **LONG), wage(60, "day"), (True, False), MORE),
    ("the same day with breaks", wage(60, "day"), wage(60, "day", **LONG), (False, True), SAME),
    ("the same hour with breaks", wage(8, "hour"), wage(8, "hour", **LONG), (False, True), SAME),
    ("an hour with breaks becomes a month", wage(8, "hour", **LONG), wage(1664, "month"),
     (True, False), SAME),
    ("an hour and a month that names no hours", wage(8, "hour"), wage(1664, "month", **NO_HOURS),
     (False, False), SAME),
    ("a month and an hour that names no hours", wage(1664, "month"), wage(7, "hour", **NO_HOURS),
     (False, False), LESS),
    ("weeks", wage(350, "week"), wage(349.99, "week"), (False, False), LESS),
    ("a paper without a currency", wage(1500, "month"),
     wage(1499, "month", wage_currency=None), (False, False), LESS),
    ("an older paper without a currency", wage(1500, "month", wage_currency=None),
     wage(1501, "month"), (False, False), MORE),
    ("no currency and another period", wage(350, "week"),
     wage(1500, "month", wage_currency=None), (False, False), LESS),
    ("a paper without a period", wage(350, "week"), wage(350, None), (False, False), SAME),
]  # fmt: skip


@pytest.mark.parametrize(("older", "newer", "breaks", "way"), [one[1:] for one in COMPARED],
                         ids=[one[0] for one in COMPARED])  # fmt: skip
def test_wages_of_one_period_are_compared_as_they_are_written(
    older: Values, newer: Values, breaks: tuple[bool, bool], way: str
) -> None:
    report = beside(older, newer, breaks=breaks)
    assert bool(fired(report, "CHK-V01")) is (way == LESS)
    assert raised(report) is (way == MORE)
    assert fired(report, "CHK-V08") == []


def test_less_an_hour_is_said_by_the_hour() -> None:
    report = beside(wage(10, "hour"), wage(9, "hour", **NO_HOURS))
    assert next(say(one.message) for one in report.findings if one.rule == "CHK-V01") == (
        "The basic wage was 10 SAR per hour and is now 9 SAR per hour: 10 per cent less."
    )


def test_the_same_hours_counted_with_breaks_are_no_longer_hours() -> None:
    report = beside({}, LONG, breaks=(False, True))
    assert fired(report, "CHK-V08") == []
    assert not report.improvements
    assert fired(beside({}, LONG), "CHK-V08") == [Gravity.SERIOUS]


@pytest.mark.parametrize("period", ["hour", "day"])
def test_without_hours_different_periods_are_not_compared(period: str) -> None:
    report = beside(wage(1500, "month", **NO_HOURS), wage(1, period, **NO_HOURS))
    assert fired(report, "CHK-V01") == []
    assert not raised(report)
    for rule in ("CHK-V01", "CHK-C01"):
        said = [say(one.message) for one in report.unchecked if one.rule == rule]
        assert any("hours of a day and a week" in one for one in said)


@settings(max_examples=60, deadline=None)
@given(
    period=st.sampled_from(PERIODS),
    old=st.integers(1, 5000),
    new=st.integers(1, 5000),
    hours=st.lists(st.sampled_from([None, 8, 9, 40, 48, 54]), min_size=4, max_size=4),
    breaks=st.tuples(st.booleans(), st.booleans()),
)
def test_in_one_period_the_lower_amount_is_less_whatever_the_hours(
    period: str, old: int, new: int, hours: list[int | None], breaks: tuple[bool, bool]
) -> None:
    older = wage(old, period, hours_normal_day=hours[0], hours_normal_week=hours[1])
    newer = wage(new, period, hours_normal_day=hours[2], hours_normal_week=hours[3])
    report = beside(older, newer, breaks=breaks)
    assert bool(fired(report, "CHK-V01")) is (new < old)
    assert raised(report) is (new > old)


def test_no_number_is_too_large_to_be_compared() -> None:
    most = 10**9
    huge = wage(most, "hour", wage_currency="USD", hours_normal_week=most)
    report = beside(huge, wage(1, "month"), rates=(rate(0, 1e9),))
    assert fired(report, "CHK-V01") == [Gravity.CRITICAL]
    assert all(say(one.message) for one in report.findings)


def rate(days_before: int, worth: float = 3.75, of: str = "USD", to: str = "SAR") -> Rate:
    on = SIGNED_ON - timedelta(days=days_before)
    return Rate(of=of, to=to, rate=worth, on=on, source="Central bank")


DOLLARS = {"wage_amount": 400, "wage_currency": "USD"}
# the rates, and whether the wages are compared at all, and whether 1,400 SAR are less than 400 USD
RATES: list[tuple[str, tuple[Rate, ...], bool, bool]] = [
    ("of the day", (rate(0),), True, True),
    ("of 31 days before", (rate(31),), True, True),
    ("of 32 days before", (rate(32),), False, False),
    ("of 1990", (Rate(of="USD", to="SAR", rate=3.75, on=date(1990, 3, 1), source="Bank"),),
     False, False),
    ("of the day after", (rate(-1),), False, False),
    ("the newest counts", (rate(20, 3.0), rate(2)), True, True),
    ("whichever way it is written", (rate(20), rate(2, 1 / 3, "SAR", "USD")), True, False),
]  # fmt: skip


@pytest.mark.parametrize(("rates", "compared", "less"), [one[1:] for one in RATES],
                         ids=[one[0] for one in RATES])  # fmt: skip
def test_the_newest_rate_of_the_month_before_signing_counts(
    rates: tuple[Rate, ...], compared: bool, less: bool
) -> None:
    report = beside(DOLLARS, {"wage_amount": 1400}, rates=rates)
    assert bool(fired(report, "CHK-V01")) is less
    said = [say(one.message) for one in report.information if one.rule == "CHK-V01"]
    assert bool(said) is not compared
    assert all("31 days before it nobody can compare them" in one for one in said)
