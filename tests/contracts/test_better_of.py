"""The better-of rule: the value that is best for the worker wins, and the report names whose it is."""

from datetime import date

import msgspec
import pytest

from factories.contracts import ask, choice_of, library, make_contract
from recruitwatch.contracts.rules.assembling import assemble
from recruitwatch.contracts.rules.choosing import DECLARED, convert, per_month
from recruitwatch.contracts.rules.report import report_of
from recruitwatch.contracts.values.corridors import How
from recruitwatch.contracts.values.judged import (
    DayNotCovered,
    DestinationUnknown,
    InputRefused,
    LanguageUnknown,
    OriginUnknown,
    PackUnknown,
    Whose,
    WorkNotCovered,
)
from recruitwatch.contracts.values.terms import Rate, TermValue, WorkerIs
from recruitwatch.web.saying import say

D, O, E, G, M, N = Whose.DESTINATION, Whose.ORIGIN, Whose.ORIGIN_EVERYWHERE, Whose.GIVEN, Whose.MODEL, Whose.NOBODY  # noqa: E741  # fmt: skip

PROMISED = {
    "annual_leave_days", "copies_count", "death_benefit", "deduction_cap_percent",
    "duration_months", "eos_days_per_year", "final_pay_days", "food_allowance",
    "guaranteed_hours", "guaranteed_hours_percent", "home_ticket_months", "hours_normal_day",
    "hours_normal_week", "housing_cost_worker", "maternity_pay_percent", "maternity_weeks",
    "min_age_years", "notice_days_employer", "overtime_max_hours_day", "overtime_rate_percent",
    "payment_grace_days", "public_holidays_paid", "rest_daily_hours", "rest_night_hours",
    "rest_weekly_hours", "restday_protected_per_month", "restday_work_percent", "sick_full_days",
    "travel_allowance_day", "trial_days", "wage_amount",
}  # fmt: skip
# corridor, day, what was given, the parameter, its value, whose it is, where it was read
TABLE: list[tuple[str, str, dict[str, TermValue], str, float | None, Whose, str | None]] = [
    ("PH-HK", "2025-12-01", {}, "wage_amount", 5100, D, "S28b"),
    ("PH-HK", "2024-01-01", {}, "wage_amount", 4870, D, "S28b"),
    ("PH-HK", "2022-12-01", {}, "wage_amount", 4730, D, "S28b"),
    ("PH-HK", "2024-12-01", {}, "wage_amount", 4990, D, "S28b"),
    ("PH-HK", "2025-12-01", {"wage_amount": 5200}, "wage_amount", 5200, G, None),
    ("PH-HK", "2025-12-01", {"wage_amount": 4000}, "wage_amount", 5100, D, "S28b"),
    ("PH-HK", "2025-12-01", {}, "trial_days", 0, D, "S28"),
    ("PH-HK", "2025-12-01", {}, "food_allowance", 1236, D, "S28"),
    ("PH-HK", "2025-12-01", {}, "travel_allowance_day", 100, D, "S28"),
    ("PH-QA", "2026-01-15", {}, "wage_amount", 1460, O, "S26"),
    ("PH-QA", "2026-01-15", {}, "rest_night_hours", 8, E, "S24"),
    ("BD-QA", "2026-01-15", {}, "wage_amount", 1000, D, "S48"),
    ("BD-QA", "2018-01-15", {}, "wage_amount", None, N, None),
    ("BD-QA", "2018-01-15", {}, "food_allowance", None, N, None),
    ("PH-SG", "2026-01-15", {}, "restday_protected_per_month", 2, M, None),
    ("BD-SA", "2026-03-01", {}, "wage_amount", 800, O, "S19"),
    ("BD-SA", "2026-03-01", {}, "min_age_years", 25, E, "S19"),
    ("BD-SA", "2026-03-01", {"trial_days": 120}, "trial_days", 90, D, "S31"),
    ("BD-SA", "2026-03-01", {}, "deduction_cap_percent", 10, M, None),
    ("BD-KW", "2026-03-01", {}, "wage_amount", 60, D, "S39"),
    ("BD-KW", "2026-03-01", {"overtime_max_hours_day": 4}, "overtime_max_hours_day", 2, D, "S40"),
    ("BD-JO", "2026-03-01", {}, "wage_amount", None, N, None),
    ("NP-AE", "2026-03-01", {}, "wage_amount", 900, O, "S67"),
    ("NP-AE", "2026-03-01", {"annual_leave_days": 20}, "annual_leave_days", 30, D, "S51"),
    ("NP-AE", "2026-03-01", {}, "payment_grace_days", 3, M, None),
    ("IN-KW", "2026-03-01", {}, "wage_amount", 120, O, "S43"),
    ("LK-AE", "2020-03-01", {}, "wage_amount", 850, O, "S67"),
    ("LK-AE", "2022-03-01", {}, "wage_amount", None, N, None),
    ("PH-OM", "2026-03-01", {}, "final_pay_days", 3, M, None),
    ("PH-OM", "2026-03-01", {"restday_work_percent": 150}, "restday_work_percent", 200, D, "S53"),
    ("PH-US-A3G5", "2026-03-01", {}, "overtime_rate_percent", 150, D, "S79"),
]  # fmt: skip


@pytest.mark.parametrize(("corridor", "on", "given", "name", "value", "whose", "source"), TABLE)
def test_the_best_value_for_the_worker_wins(
    corridor: str,
    on: str,
    given: dict[str, TermValue],
    name: str,
    value: float | None,
    whose: Whose,
    source: str | None,
) -> None:
    choice = choice_of(make_contract(ask(corridor, on=on, **given)), name)
    assert (choice.value, choice.whose, choice.source) == (value, whose, source)


def test_what_was_given_and_was_worse_is_told() -> None:
    contract = make_contract(ask("PH-HK", wage_amount=4000, wage_currency="HKD"))
    assert choice_of(contract, "wage_amount").given == 4000
    said = [say(one) for one in report_of(contract, library())]
    assert any(
        "Basic wage: 5,100 HKD, by the law of Hong Kong SAR China (S28b" in one for one in said
    )
    assert any("4,000 HKD was given, and the rule is better" in one for one in said)


@pytest.mark.parametrize("corridor", ["BD-SA", "NP-AE", "ID-SG"])
def test_what_the_worker_says_she_paid_is_never_overwritten(corridor: str) -> None:
    contract = make_contract(ask(corridor, declared_worker_payment=3000, wage_currency="SAR"))
    choice = choice_of(contract, "declared_worker_payment")
    assert (choice.value, choice.whose, choice.given) == (3000, G, None)
    assert contract.terms.values["declared_worker_payment"] == 3000
    said = [say(one) for one in report_of(contract, library()) if "3,000 SAR was paid" in say(one)]
    assert len(said) == len(choice.bounds) >= 1
    assert all("asks that a worker pays at most 0 SAR (" in one for one in said)


def test_a_law_on_fees_says_nothing_against_a_worker_who_paid_nothing() -> None:
    contract = make_contract(ask("BD-SA", declared_worker_payment=0))
    assert choice_of(contract, "declared_worker_payment").value == 0
    assert not [one for one in report_of(contract, library()) if "was paid to get" in say(one)]


def test_only_what_has_happened_is_kept_from_the_better_of_rule() -> None:
    """Whoever adds a number with a limit says here whether it tells of the past."""
    limited = {
        name
        for pack in library().packs.values()
        for name, one in pack.parameters.items()
        if one.floor or one.ceiling
    }
    assert limited & DECLARED == {"declared_worker_payment"}
    assert limited - DECLARED == PROMISED


def test_doubtful_figures_never_win_and_are_shown_with_both_sources() -> None:
    choice = choice_of(make_contract(ask("BD-KW")), "wage_amount")
    assert choice.value == 60
    (doubtful,) = [one for one in choice.doubtful if one.value == 75]
    assert doubtful.how is How.CONFLICT
    assert {doubtful.source, *doubtful.other_sources} == {"S21b", "S42", "S39"}
    said = [say(one) for one in report_of(make_contract(ask("BD-KW")), library())]
    assert any("sources disagree" in one and "S21b" in one and "75 KWD" in one for one in said)


def test_nothing_marked_general_or_conflict_ever_counts() -> None:
    for corridor in ("BD-SA", "KE-SA", "PH-MY", "BD-BH", "ID-TW", "MD-IL"):
        for choice in make_contract(ask(corridor)).choices:
            assert all(one.how is How.SEEN for one in choice.bounds), choice.parameter


def test_a_floor_in_another_currency_counts_only_with_a_rate() -> None:
    asked = ask("PH-QA", on="2026-01-15", wage_currency="QAR")
    without = choice_of(make_contract(asked), "wage_amount")
    assert (without.value, without.source) == (1460, "S26")
    assert [(one.value, one.currency) for one in without.unmatched] == [(500, "USD")]
    assert not without.doubtful
    said = [say(one) for one in report_of(make_contract(asked), library())]
    assert any("500 USD. That is sure, and cannot be compared" in one for one in said)
    rate = Rate(of="USD", to="QAR", rate=3.64, on=date(2026, 1, 15), source="Central bank")
    with_rate = choice_of(make_contract(msgspec.structs.replace(asked, rates=(rate,))), "wage_amount")  # fmt: skip
    assert (with_rate.value, with_rate.whose, with_rate.source) == (1820, E, "S20")


def test_a_rule_for_women_binds_contracts_of_women() -> None:
    woman = make_contract(ask("BD-SA", worker_is=WorkerIs.WOMAN))
    man = make_contract(ask("BD-SA", worker_is=WorkerIs.MAN))
    assert choice_of(woman, "min_age_years").value == 25
    assert choice_of(man, "min_age_years").value == 21


def test_a_rule_for_women_is_told_where_nobody_said_who_the_worker_is() -> None:
    for worker_is, told in ((WorkerIs.NOT_SAID, 1), (WorkerIs.MAN, 0), (WorkerIs.WOMAN, 0)):
        contract = make_contract(ask("BD-SA", worker_is=worker_is))
        said = [say(one) for one in report_of(contract, library())]
        found = [one for one in said if one.startswith("Lowest age of the worker: for a woman")]
        assert len(found) == told
        assert all("25 years" in one and "would count for a woman" in one for one in found)


@pytest.mark.parametrize(
    ("amount", "period", "month"),
    [(1300, "month", 1300), (300, "week", 1300), (600, "fortnight", 1300), (6.25, "hour", 1300)],
)
def test_wages_are_compared_by_the_month(amount: float, period: str, month: float) -> None:
    assert round(per_month(amount, period, 48), 6) == month


def test_a_monthly_floor_binds_an_hourly_wage() -> None:
    choice = choice_of(make_contract(ask("PH-HK", wage_period="hour", hours_normal_week=48)), "wage_amount")  # fmt: skip
    assert choice.value == 24.52
    assert per_month(choice.value, "hour", 48) >= 5100


def test_rates_go_both_ways() -> None:
    rate = Rate(of="USD", to="SAR", rate=3.75, on=date(2026, 1, 1), source="Central bank")
    assert convert(100, "USD", "SAR", [rate]) == 375
    assert convert(375, "SAR", "USD", [rate]) == 100
    assert convert(100, "USD", "KWD", [rate]) is None
    assert convert(0, "USD", "KWD", []) == 0


def test_a_closed_corridor_is_told() -> None:
    contract = make_contract(ask("NP-AE", on="2026-02-10"))
    said = [say(one) for one in report_of(contract, library())]
    assert any(one.startswith("Nepal closed or restricted this work") for one in said)


@pytest.mark.parametrize(
    ("changed", "refusal", "named"),
    [
        ({"origin": "FR"}, OriginUnknown, "FR"),
        ({"destination": "MARS"}, DestinationUnknown, "MARS"),
        ({"signed_on": date(1999, 1, 1)}, DayNotCovered, "1 January 1999"),
        ({"signed_on": date(2040, 1, 1)}, DayNotCovered, "31 December 2027"),
        ({"languages": ("en", "xx")}, LanguageUnknown, "xx"),
        ({"pack": "mining"}, PackUnknown, "mining"),
        ({"template_version": 99}, PackUnknown, "99"),
        ({"destination": "CA-SAWP"}, WorkNotCovered, "seasonal farm work from Mexico"),
    ],
)
def test_what_nobody_gathered_is_refused_by_name(
    changed: dict[str, object], refusal: type[Exception], named: str
) -> None:
    with pytest.raises(refusal) as problem:
        assemble(msgspec.structs.replace(ask(), **changed), library())
    message = problem.value.message  # type: ignore[attr-defined]
    assert named in say(message)


def test_every_wrong_value_is_named_at_once() -> None:
    asked = ask(
        without=("WAGE",),
        also=("SINGING",),
        colour="red",
        wage_amount="much",
        trial_days=400,
        min_age_years=16,
        copies_count=3.5,
        phone_kept_by_worker=False,
        direct_hire="yes",
        job_title="dancer",
        task_list=("cleaning", "juggling"),
        start_date="soon",
        employer_name="two\nlines",
        worker_name="hidden \u202e turn",
        governing_law="Atlantis",
        wage_currency="gold",
        terms_hash_short="0000",
        next_of_kin_name=7,
    )
    with pytest.raises(InputRefused) as problem:
        make_contract(asked)
    named = {str(one.values["name"]) for one in problem.value.reasons}
    assert named == {*asked.values, "WAGE", "SINGING"}
    assert all(say(one) for one in problem.value.reasons)
