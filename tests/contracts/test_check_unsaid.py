"""What a paper does not say: an empty list, a missing currency, a line of nothing."""

from datetime import date

import msgspec
import pytest

from factories.contract_checks import after_arrival, checked, make_check, make_paper
from recruitwatch.contracts.rules.checking import joined, read_check
from recruitwatch.contracts.values.checking import CheckRefused, CheckReport, Licence, Step, Way
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


def unchecked(report: CheckReport, rule: str) -> list[tuple[int, str]]:
    return [
        (one.paper.place, say(one.message)) for one in report.unchecked if one.rule == f"CHK-{rule}"
    ]


def bought(*said: bool | None) -> CheckReport:
    steps = (Step.SIGNED, Step.REGISTERED, Step.AFTER_ARRIVAL)
    days = (date(2026, 3, 1), date(2026, 3, 5), AFTER)
    return checked(make_check(*(
        make_paper(step, signed_on=day, seen={"rest_days_paid_out": one})
        for step, day, one in zip(steps, days, said, strict=False)
    )))  # fmt: skip


def test_rest_days_that_nobody_asked_about_were_not_put_right() -> None:
    report = bought(True, None, True)
    assert fired(report, "V09") == fired(report, "V17") == []
    assert unchecked(report, "V09") == [(3, "Rest days paid out in money: not known")]
    assert fired(bought(False, None, True), "V09") == [3]
    assert fired(bought(True, False, True), "V09") == [3]
    assert unchecked(bought(False, None), "V09") == [(2, "Rest days paid out in money: not known")]
    assert unchecked(bought(True, None), "V09") == unchecked(bought(None, False), "V09") == []


def test_a_code_is_not_judged_by_an_older_version_than_the_newest() -> None:
    second = make_paper(Step.REGISTERED, signed_on=date(2026, 3, 10),
                        seen={"printed_code": "1234 1234 1234 1234"})  # fmt: skip
    thin = msgspec.structs.replace(
        second, terms=msgspec.structs.replace(second.terms, values={}, clauses=()), whole=False
    )
    report = checked(make_check(make_paper(Step.REGISTERED), thin))
    assert fired(report, "V16") == []
    assert [place for place, _ in unchecked(report, "V16")] == [1, 2]


def registered_late(signed: date | None, **known: object) -> CheckReport:
    papers = [make_paper(Step.REGISTERED, signed_on=date(2026, 3, 25))]
    if signed is not None:
        papers.append(make_paper(signed_on=signed))
    return checked(make_check(*papers, **known))


def test_the_contract_signed_at_home_is_judged_by_its_day_and_not_its_registration() -> None:
    assert fired(registered_late(date(2026, 3, 1)), "S15") == []
    assert fired(registered_late(None), "S15") == []
    late = registered_late(date(2026, 3, 17))
    assert [(one.paper.place, say(one.message)[:20]) for one in late.findings
            if one.rule == "CHK-S15"] == [(1, "It was signed 2 days")]  # fmt: skip
    assert [one for one, _ in unchecked(registered_late(date(2026, 3, 1), departs_on=None), "S15")] == [1]  # fmt: skip


@pytest.mark.parametrize("turned", [False, True])
def test_a_renewed_licence_holds_whichever_entry_comes_first(turned: bool) -> None:
    def licences(*entries: Licence) -> CheckReport:
        known = (*(entries[::-1] if turned else entries), Licence(number="SA-77120"))
        return checked(make_check(make_paper(seen={"licences": known})))

    renewed = Licence(number="rl 9914", valid_from=date(2027, 1, 1))
    now = Licence(number="RL-9914", valid_to=date(2026, 12, 31))
    elsewhere = Licence(number="RL-9914", valid_to=date(2026, 12, 31), destinations=("KW",))
    assert fired(licences(now, renewed), "S13") == []
    assert fired(licences(now, elsewhere), "S13") == []
    (found,) = [one for one in licences(renewed, elsewhere).findings if one.rule == "CHK-S13"]
    assert "does not cover" in say(found.message)


@pytest.mark.parametrize("value", ["\u200d", "\u200c\u200d", "\u2014", " - "])
def test_a_line_of_nothing_is_blank(value: str) -> None:
    assert fired(checked(make_check(make_paper(employer_name=value))), "S02") == [1]


@pytest.mark.parametrize("sign", ["\u115f", "\u1160", "\u3164", "\uffa0", "\u2800"])
def test_letters_that_nobody_can_see_are_refused(sign: str) -> None:
    with pytest.raises(CheckRefused):
        checked(make_check(make_paper(employer_name=f"Faisal{sign}")))


def test_a_paper_that_may_be_one_after_arrival_is_not_called_checked() -> None:
    assert unchecked(registered_late(date(2026, 3, 1)), "V17") == [
        (2, "A paper signed after arrival: not known")
    ]
    before = checked(make_check(make_paper(), make_paper(Step.REGISTERED)))
    assert unchecked(before, "V17") == []
    alone = msgspec.json.encode(make_paper(Step.REGISTERED, signed_on=AFTER).terms)
    older = make_check(make_paper(Step.REGISTERED), arrived_on=None)
    together = joined(older, read_check(alone))
    assert unchecked(checked(together), "V17") == [(2, "The day of arrival is not known.")]
