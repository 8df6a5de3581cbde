"""V19: what was paid beside what was agreed, however often wages are paid and whatever was agreed later."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.contract_checks import checked, make_check, make_paper
from recruitwatch.contracts.values.checking import (
    CheckedPaper,
    CheckInput,
    Finding,
    Payment,
    Step,
)
from recruitwatch.contracts.values.corridors import Gravity
from recruitwatch.contracts.values.terms import Rate, TermValue
from recruitwatch.web.saying import say

Day = tuple[int, int]
Slip = tuple[Day, float]


def slips(*each: Slip, currency: str = "SAR", paid: bool = True) -> tuple[Payment, ...]:
    """Wages of 2026, each paid on the day it was due, or never."""
    days = [(date(2026, *day), amount) for day, amount in each]
    return tuple(
        Payment(due_on=on, amount=amount, currency=currency, paid_on=on if paid else None)
        for on, amount in days
    )


def signed(step: Step, on: Day, **values: TermValue) -> CheckedPaper:
    return make_paper(step, signed_on=date(2026, *on), **values)


def v19(check: CheckInput) -> list[Finding]:
    return [one for one in checked(check).findings if one.rule == "CHK-V19"]


def unchecked(check: CheckInput) -> list[str]:
    return [say(one.message) for one in checked(check).unchecked if one.rule == "CHK-V19"]


AT_HOME = signed(Step.SIGNED, (3, 1), wage_amount=1000)
RAISED = signed(Step.REGISTERED, (6, 1), wage_amount=1500)
LOWERED = signed(Step.REGISTERED, (6, 1), wage_amount=900)
RAISED_ABROAD = signed(Step.AFTER_ARRIVAL, (6, 1), wage_amount=1500)
LOWERED_ABROAD = signed(Step.AFTER_ARRIVAL, (6, 1), wage_amount=900)
# what was agreed, what was paid and when, and the wage that is called missing
AGREED: list[tuple[str, tuple[CheckedPaper, ...], Slip, str | None]] = [
    ("before a rise", (AT_HOME, RAISED), ((4, 1), 1000), None),
    ("too little before a rise", (AT_HOME, RAISED), ((4, 1), 900), "1,000 SAR"),
    ("from the day of a rise", (AT_HOME, RAISED), ((7, 1), 1000), "1,500 SAR"),
    ("before all papers", (AT_HOME, RAISED), ((2, 1), 1000), None),
    ("before a lower paper", (AT_HOME, LOWERED), ((4, 1), 900), "1,000 SAR"),
    ("after a lower paper", (AT_HOME, LOWERED), ((7, 1), 900), "1,000 SAR"),
    ("after a rise abroad", (AT_HOME, RAISED_ABROAD), ((7, 1), 1000), "1,500 SAR"),
    ("before a rise abroad", (AT_HOME, RAISED_ABROAD), ((4, 1), 1000), None),
    ("after a lower paper abroad", (AT_HOME, LOWERED_ABROAD), ((7, 1), 900), "1,000 SAR"),
    ("a thin paper hides nothing", (AT_HOME, signed(Step.REGISTERED, (3, 5), wage_amount=None)),
     ((4, 1), 900), "1,000 SAR"),
]  # fmt: skip


@pytest.mark.parametrize(("papers", "slip", "owed"), [each[1:] for each in AGREED],
                         ids=[each[0] for each in AGREED])  # fmt: skip
def test_each_payday_owes_the_best_that_was_agreed_by_then(
    papers: tuple[CheckedPaper, ...], slip: Slip, owed: str | None
) -> None:
    check = make_check(*papers, payments=slips(slip), looked_on=date(2026, 7, 20))
    said = [say(one.message) for one in v19(check)]
    assert len(said) == (0 if owed is None else 1)
    assert owed is None or f"was {owed}. Paid was" in said[0]


@settings(max_examples=40, deadline=None)
@given(
    home=st.integers(500, 3000),
    later=st.integers(500, 3000),
    month=st.integers(2, 8),
    step=st.sampled_from((Step.REGISTERED, Step.AFTER_ARRIVAL)),
)
def test_who_pays_what_was_agreed_at_home_before_a_later_paper_owes_nothing(
    home: int, later: int, month: int, step: Step
) -> None:
    papers = (
        signed(Step.SIGNED, (1, 1), wage_amount=home),
        signed(step, (month, 15), wage_amount=later),
    )
    due = tuple(((at, 1), float(home)) for at in range(2, month + 1))
    given = make_check(*papers, payments=slips(*due), looked_on=date(2026, 12, 31))
    assert v19(given) == []
    after = (*due, ((month + 2, 1), float(home)))
    again = make_check(*papers, payments=slips(*after), looked_on=date(2026, 12, 31))
    assert len(v19(again)) == (1 if later > home else 0)


def every(days: int, amount: float, count: int = 9) -> tuple[Slip, ...]:
    all_days = [date(2026, 5, 1) + timedelta(days=days * at) for at in range(count)]
    return tuple(((one.month, one.day), amount) for one in all_days)


BY_DAY: dict[str, TermValue] = {"wage_period": "day", "wage_amount": 60}
BY_WEEK: dict[str, TermValue] = {"wage_period": "week", "wage_amount": 400}
TWICE: list[Slip] = [((5, 1), 700), ((5, 16), 700)]
# the wage, what was paid, and how often it was too little
RHYTHMS: list[tuple[str, dict[str, TermValue], list[Slip], int]] = [
    ("a daily wage paid daily", BY_DAY, [*every(1, 60)], 0),
    ("too little each day", BY_DAY, [*every(1, 59)], 5),
    ("a daily wage paid on every other day", BY_DAY, [*every(2, 60)], 0),
    ("a daily wage paid each week", BY_DAY, [*every(7, 360)], 0),
    ("too little of it each week", BY_DAY, [*every(7, 300, 2)], 2),
    ("a monthly wage paid daily", {}, [*every(1, 57.7)], 0),
    ("too little of it daily", {}, [*every(1, 45, 2)], 2),
    ("a daily wage paid once", BY_DAY, [((5, 1), 60)], 0),
    ("twice a month, too little", {}, TWICE, 1),
    ("twice a month in full", {}, [((5, 1), 750), ((5, 15), 750)], 0),
    ("an advance and the rest", {}, [((5, 1), 500), ((5, 15), 1000)], 0),
    ("twice a month, too little in two months", {},
     [((5, 1), 700), ((5, 16), 700), ((6, 1), 700), ((6, 16), 700)], 2),
    ("twice a month for long", {},
     [((5, 15), 750), ((5, 31), 750), ((6, 15), 750), ((6, 30), 750), ((7, 15), 750)], 0),
    ("a fortnight's wage every four weeks", {"wage_period": "fortnight", "wage_amount": 700},
     [*every(28, 1400, 3)], 0),
    ("too little every four weeks", {"wage_period": "fortnight", "wage_amount": 700},
     [*every(28, 1399, 3)], 3),
    ("a monthly wage every four weeks", {}, [*every(28, 1384.62, 3)], 0),
    ("February is a month", {}, [((2, 1), 1500), ((3, 1), 1385)], 1),
    ("every two weeks", {}, [*every(14, 692.31)], 0),
    ("a slip of weekly wages missing", BY_WEEK,
     [((4, 3), 400), ((4, 10), 400), ((4, 24), 400)], 0),
    ("every other weekly slip missing", BY_WEEK, [*every(14, 400)], 0),
    ("monthly wages paid weekly with slips missing", {},
     [((4, 3), 360), ((4, 10), 360), ((4, 24), 360), ((5, 8), 360)], 0),
    ("a week's wage each month", BY_WEEK, [((4, 1), 400), ((5, 1), 400), ((6, 1), 400)], 3),
    ("a half missing", {}, [((4, 1), 750), ((4, 15), 750), ((5, 15), 750)], 0),
    ("halves missing on both sides", {},
     [((4, 1), 750), ((5, 1), 750), ((5, 15), 750), ((6, 15), 750)], 0),
    ("most halves missing", {}, [((4, 1), 750), ((4, 16), 750), ((5, 16), 750), ((6, 16), 750)], 0),
    ("halves of different months", {}, [((4, 5), 750), ((5, 20), 750)], 0),
    ("half of each month's wage", {}, [((4, 5), 750), ((5, 5), 750)], 2),
    ("weekly wages rounded up with slips missing", {},
     [((6, 2), 347), ((6, 23), 347), ((7, 7), 347)], 0),
    ("halves through February", {},
     [((2, 1), 700), ((2, 15), 700), ((3, 1), 700), ((3, 15), 700)], 2),
    ("fortnights through February", {},
     [((2, 3), 692.31), ((2, 17), 692.31), ((3, 3), 692.31), ((3, 17), 692.31)], 0),
    ("fortnights from the first of February", {},
     [((2, 1), 692.31), ((2, 15), 692.31), ((3, 1), 692.31), ((3, 15), 692.31)], 0),
    ("a fortnight's slip missing", {}, [((5, 1), 692.31), ((5, 15), 692.31), ((6, 12), 692.31)], 0),
    ("two paydays of four weeks", {}, [((3, 6), 1384.62), ((4, 3), 1384.62)], 0),
    ("too little of four weeks", {}, [((3, 6), 1380), ((4, 3), 1384.62)], 1),
    ("four weeks with a slip missing", {},
     [((3, 6), 1384.62), ((4, 3), 1384.62), ((5, 29), 1384.62)], 0),
    ("the ends of January and February", {}, [((1, 31), 1500), ((2, 28), 1385)], 1),
    ("two paydays of two weeks", {}, [((4, 3), 692.31), ((4, 17), 692.31)], 0),
    ("too little for two weeks too", {}, [((4, 3), 600), ((4, 17), 600)], 2),
    ("a correction between monthly wages", {},
     [((4, 1), 1500), ((5, 1), 1500), ((5, 10), 50), ((6, 1), 1500)], 0),
    ("a correction soon after the first of two", {},
     [((4, 1), 1500), ((4, 9), 50), ((5, 1), 1500)], 0),
    ("a correction before the first", {}, [((4, 20), 50), ((5, 1), 1500), ((6, 1), 1500)], 0),
    ("too little with a correction", {},
     [((4, 1), 1400), ((5, 1), 1400), ((5, 10), 50), ((6, 1), 1400)], 3),
    ("two weeks' wages twice a month", {"wage_period": "fortnight", "wage_amount": 700}, TWICE, 0),
]  # fmt: skip


@pytest.mark.parametrize(("values", "paid", "count"), [each[1:] for each in RHYTHMS],
                         ids=[each[0] for each in RHYTHMS])  # fmt: skip
def test_the_paydays_tell_how_often_wages_are_paid(
    values: dict[str, TermValue], paid: list[Slip], count: int
) -> None:
    check = make_check(make_paper(**values), payments=slips(*paid), looked_on=date(2026, 12, 31))
    assert len(v19(check)) == count


def test_one_slip_alone_is_monthly_only_on_the_payday_of_the_paper() -> None:
    part = slips(((5, 1), 375))
    named, nameless = make_paper(payday_day=1), make_paper(payday_day=None)
    looked = date(2026, 7, 1)
    assert len(v19(make_check(named, payments=part, looked_on=looked))) == 1
    open_one = make_check(nameless, payments=part, looked_on=looked)
    assert v19(open_one) == []
    assert any("fit two ways" in one for one in unchecked(open_one))
    another = make_check(named, payments=slips(((5, 12), 375)), looked_on=looked)
    assert v19(another) == []
    moved = make_check(named, payments=slips(((4, 30), 375)), looked_on=looked)
    assert len(v19(moved)) == 1
    nothing = slips(((5, 1), 1500), paid=False)
    assert len(v19(make_check(nameless, payments=nothing, looked_on=looked))) == 1


def test_two_halves_of_a_month_are_judged_together() -> None:
    found = v19(make_check(payments=slips(*TWICE), looked_on=date(2026, 5, 25)))
    assert [say(one.message) for one in found] == [
        "The wages due from 1 May 2026 to 16 May 2026 were 1,500 SAR together. Paid was 1,400 SAR:"
        " 100 SAR is missing."
    ]


def test_a_month_with_one_of_two_paydays_is_unchecked() -> None:
    paid = slips(((5, 15), 750), ((5, 31), 750), ((6, 15), 500))
    check = make_check(payments=paid, looked_on=date(2026, 12, 31))
    assert v19(check) == []
    assert any("twice a month" in one for one in unchecked(check))


def test_paydays_that_fit_two_rhythms_are_unchecked_and_never_called_short() -> None:
    for paid in (((4, 3), 692.31), ((4, 17), 692.31)), (((5, 1), 700), ((5, 15), 700)):
        check = make_check(payments=slips(*paid), looked_on=date(2026, 7, 1))
        assert v19(check) == []
        assert any("fit two ways" in one for one in unchecked(check))


def test_what_is_short_in_both_rhythms_is_told_as_the_smaller_gap() -> None:
    check = make_check(payments=slips(((4, 3), 600), ((4, 17), 600)), looked_on=date(2026, 4, 30))
    assert all("was 692.31 SAR. Paid was 600 SAR" in say(one.message) for one in v19(check))


# what came on the first and the fifteenth, the day somebody looked, and the wage told as missing
HIDDEN: list[tuple[float | None, float | None, Day, str | None]] = [
    (None, 750, (4, 17), "The wage due on 1 April 2026 was 750 SAR. Paid was 0 SAR"),
    (None, None, (4, 6), "The wage due on 1 April 2026 was 750 SAR. Paid was 0 SAR"),
    (None, None, (4, 4), None),
    (700, 750, (4, 17), "The wage due on 1 April 2026 was 750 SAR. Paid was 700 SAR"),
    (500, None, (4, 14), None),
    (500, 1000, (4, 17), None),
    (None, 750, (4, 25), "together. Paid was 750 SAR: 750 SAR is missing."),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "looked", "told"), HIDDEN)
def test_a_later_payday_of_a_month_hides_no_overdue_one(
    first: float | None, second: float | None, looked: Day, told: str | None
) -> None:
    march = slips(((3, 1), 750), ((3, 15), 750))
    april = tuple(
        slips(((4, day), amount or 750), paid=amount is not None)[0]
        for day, amount in ((1, first), (15, second))
    )
    found = v19(make_check(payments=(*march, *april), looked_on=date(2026, *looked)))
    assert len(found) == (0 if told is None else 1)
    assert told is None or told in say(found[0].message)


def test_half_a_wage_counts_as_late_from_its_own_day() -> None:
    march = slips(((3, 1), 750), ((3, 15), 750), ((4, 15), 750))
    unpaid = slips(((4, 1), 750), paid=False)
    for looked, gravity in (((5, 1), Gravity.SERIOUS), ((5, 2), Gravity.CRITICAL)):
        check = make_check(payments=(*march, *unpaid), looked_on=date(2026, *looked))
        assert [one.severity for one in v19(check)] == [gravity]


# paid of 1,500 on the day it was due, the day somebody looked, and whether it fires
LOOKED: list[tuple[float, int | None, bool]] = [
    (700, 2, False),
    (700, 4, False),
    (700, 5, True),
    (700, None, True),
    (1500, 5, False),
]


@pytest.mark.parametrize(("amount", "looked", "fires"), LOOKED)
def test_a_part_of_a_wage_is_judged_after_the_days_of_grace(
    amount: float, looked: int | None, fires: bool
) -> None:
    on = None if looked is None else date(2026, 5, looked)
    check = make_check(payments=slips(((5, 1), amount)), looked_on=on)
    assert bool(v19(check)) is fires


def test_what_was_paid_later_shows_how_long_somebody_looked() -> None:
    paid = slips(((5, 1), 900), ((6, 1), 1500), ((7, 1), 1500))
    assert [one.severity for one in v19(make_check(payments=paid))] == [Gravity.CRITICAL]


def test_pay_of_900_of_1000_tells_the_gap() -> None:
    papers = make_paper(wage_amount=1000)
    one = v19(make_check(papers, payments=slips(((5, 1), 900))))
    assert [say(each.message) for each in one] == [
        "The wage due on 1 May 2026 was 1,000 SAR. Paid was 900 SAR: 100 SAR is missing."
    ]
    three = slips(((5, 1), 900), ((6, 1), 800), ((7, 1), 1000))
    two = v19(make_check(papers, payments=three, looked_on=date(2026, 7, 2)))
    assert "Altogether 300 SAR is missing from wages due between 1 May 2026 and 1 June 2026" in say(
        two[0].message
    )
    assert "in each month with a gap 150 SAR on average" in say(two[0].message)


def test_of_many_paydays_the_gravest_are_told_and_the_others_counted() -> None:
    days = [date(2020, 1, 3) + timedelta(days=7 * at) for at in range(312)]
    paid = tuple(
        Payment(due_on=one, amount=200 if at == 100 else 300, currency="SAR", paid_on=one)
        for at, one in enumerate(days)
    )
    papers = make_paper(wage_period="week", wage_amount=350)
    found = v19(make_check(papers, payments=paid, looked_on=date(2026, 3, 1)))
    assert len(found) == 5
    first = say(found[0].message)
    assert "Paid was 200 SAR: 150 SAR is missing." in first
    assert "nothing to compare: 307." in first
    assert "Altogether 15,700 SAR is missing" in first


def test_an_hourly_wage_without_hours_is_unchecked() -> None:
    hourly = make_paper(
        wage_period="hour", wage_amount=8, hours_normal_week=None, hours_normal_day=None
    )
    check = make_check(hourly, payments=slips(*every(7, 100)), looked_on=date(2026, 12, 31))
    assert v19(check) == []
    assert any("hours of a day and a week" in one for one in unchecked(check))


# what fell due and was not paid, with the wage that is called missing
UNPAID: list[tuple[dict[str, TermValue], tuple[Slip, ...], str]] = [
    ({}, (((5, 1), 1500),), "1,500 SAR"),
    (BY_DAY, (((5, 1), 60),), "60 SAR"),
    ({}, (((5, 1), 750), ((5, 16), 750)), "1,500 SAR"),
    ({}, (((5, 15), 750), ((6, 1), 750)), "750 SAR"),
]


@pytest.mark.parametrize(("values", "due", "missing"), UNPAID)
def test_a_wage_that_never_came_is_critical_after_a_month(
    values: dict[str, TermValue], due: tuple[Slip, ...], missing: str
) -> None:
    check = make_check(
        make_paper(**values), payments=slips(*due, paid=False), looked_on=date(2026, 8, 1)
    )
    found = v19(check)
    assert {one.severity for one in found} == {Gravity.CRITICAL}
    assert all(f"Paid was 0 SAR: {missing} is missing." in say(one.message) for one in found)


def test_an_earlier_day_of_looking_hides_no_later_payday() -> None:
    paid = slips(((5, 1), 900), ((6, 1), 1500), ((7, 1), 1500))
    assert len(v19(make_check(payments=paid, looked_on=date(2026, 4, 1)))) == 1


def test_what_a_bank_rounds_is_no_loss() -> None:
    on = date(2026, 5, 1)
    rate = Rate(of="USD", to="SAR", rate=3.7503, on=on, source="Central bank")
    for amount, count in ((399.97, 0), (399.9, 1)):
        paid = slips(((5, 1), amount), currency="USD")
        check = make_check(payments=paid, rates=(rate,), looked_on=date(2026, 5, 20))
        assert len(v19(check)) == count


def test_another_currency_without_a_rate_is_told_in_its_own_words() -> None:
    paid = slips(((5, 1), 400), ((6, 1), 400), currency="USD")
    report = checked(make_check(payments=paid, looked_on=date(2026, 7, 1)))
    said = [say(one.message) for one in report.information if one.rule == "CHK-V19"]
    assert len(said) == 1
    assert "The wage due on 1 May 2026 was 1,500 SAR. Paid was 400 USD." in said[0]
    assert "nothing to compare: 1." in said[0]
