"""What a paper does not say: an empty list, a missing currency, a line of nothing."""

from datetime import date

import msgspec
import pytest

from factories.contract_checks import after_arrival, checked, make_check, make_paper
from recruitwatch.contracts.values.checking import CheckReport, Step, Way
from recruitwatch.contracts.values.terms import TermValue
from recruitwatch.web.saying import say

AFTER = date(2026, 3, 30)
NO_DIFFERENCE = "No difference was found"


def ways(report: CheckReport) -> dict[str, Way]:
    return {one.change.name: one.change.way for one in (*report.changes, *report.improvements)}


def fired(report: CheckReport, rule: str) -> list[int]:
    return sorted(one.paper.place for one in report.findings if one.rule == f"CHK-{rule}")


def v17(report: CheckReport) -> str:
    notes = (*report.findings, *report.information)
    return " ".join(say(one.message) for one in notes if one.rule == "CHK-V17")


@pytest.mark.parametrize(
    ("name", "value", "way"),
    [
        ("tests_required", ("pregnancy",), Way.WORSE),
        ("tests_required", ("hiv",), Way.OTHER),
        ("cctv_locations", ("bedroom",), Way.OTHER),
    ],
)
def test_an_empty_list_says_that_there_is_none(name: str, value: tuple[str, ...], way: Way) -> None:
    older = make_paper(**{name: ()})
    newer = make_paper(Step.AFTER_ARRIVAL, signed_on=AFTER, **{name: value})
    report = checked(make_check(older, newer))
    assert ways(report) == {name: way}
    assert NO_DIFFERENCE not in v17(report)
    assert (fired(report, "V17") == [2]) == (way is Way.WORSE)
    gone = checked(make_check(make_paper(**{name: value}), msgspec.structs.replace(
        newer, terms=msgspec.structs.replace(newer.terms, values={**newer.terms.values, name: ()})
    )))  # fmt: skip
    assert ways(gone) == {name: Way.BETTER if way is Way.WORSE else Way.OTHER}


def few(**values: TermValue) -> CheckReport:
    """The clean contract, and a few values of a paper signed after arrival."""
    paper = make_paper(Step.AFTER_ARRIVAL, signed_on=AFTER)
    terms = msgspec.structs.replace(paper.terms, values=values, clauses=())
    thin = msgspec.structs.replace(paper, terms=terms, whole=False)
    return checked(make_check(make_paper(death_benefit=50000), thin))


def test_a_paper_without_a_currency_means_that_of_the_other() -> None:
    report = few(wage_amount=1200, death_benefit=100)
    assert ways(report)["death_benefit"] is Way.WORSE
    assert fired(report, "V17") == [2]
    assert NO_DIFFERENCE in v17(few(wage_amount=1500, death_benefit=50000))


def test_money_in_two_currencies_without_a_rate_is_a_change() -> None:
    report = few(wage_amount=1500, wage_currency="USD", death_benefit=50000)
    assert ways(report) == {"wage_amount": Way.OTHER, "death_benefit": Way.OTHER}
    assert NO_DIFFERENCE not in v17(report)
    told = {one.change.name: (say(one.change.old), say(one.change.new)) for one in report.changes}
    assert told["death_benefit"] == ("50,000 SAR", "50,000 USD")
    assert told["wage_amount"] == ("1,500 SAR", "1,500 USD")


def test_nothing_that_can_be_read_is_a_gap() -> None:
    report = checked(after_arrival(embassy_phone="\u200d \u2014"))
    assert ways(report) == {"embassy_phone": Way.LEFT_OUT}
