"""What an answer earns, when it is a finding and when it trips a gate."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recruitwatch.checklists.rules import (
    applies,
    credit,
    is_failure,
    parameters_in_force,
    pooled_trips_gate,
    tally,
    trips_gate,
)
from recruitwatch.checklists.values import (
    AnswerValue,
    ChoiceAnswer,
    Credit,
    CreditStatus,
    DateAnswer,
    Fact,
    Money,
    MoneyAnswer,
    NotScoredBecause,
    NumberAnswer,
    Parameter,
    ParameterType,
    ParameterValue,
    RatioAnswer,
    Tally,
    Vocabulary,
    Word,
    WordAnswer,
)
from rules.checklists.samples import item_of

TODAY = date(2026, 6, 30)
YES, PARTIAL, NO, NA = (WordAnswer(word=word) for word in Word)
DID_YOU_FIND = {"compliant": {"op": "eq", "value": "no"}}
NINE_IN_TEN = {"compliant": {"op": "gte", "value": 0.9}}
ONLY_AGENCY = {"compliant": {"op": "eq", "value": "agency"}}
BOND = {"compliant": {"op": "gte", "value": {"param": "required_bond"}}}
HOURS = {"compliant": {"op": "gte", "value": {"param": "required_hours"}}}
SET: dict[str, ParameterValue | None] = {
    "required_bond": Money(amount_minor=3_500_000_00, currency="BDT"),
    "required_hours": Decimal(40),
}


def words(*given: str) -> list[AnswerValue | None]:
    return [WordAnswer(word=Word(one)) if one else None for one in given]


def bdt(amount_minor: int) -> MoneyAnswer:
    return MoneyAnswer(amount_minor=amount_minor, currency="BDT")


def number(text: str) -> NumberAnswer:
    return NumberAnswer(number=Decimal(text))


# kind, change to the answer rule, answer, credit (None: not scored), is it a finding
SCORED: list[tuple[str, dict[str, Any], AnswerValue, float, bool]] = [
    ("yes_no_partial_na", {}, YES, 1, False),
    ("yes_no_partial_na", {}, PARTIAL, 0.5, False),
    ("yes_no_partial_na", {}, NO, 0, True),
    ("yes_no_na", {}, YES, 1, False),
    ("yes_no_na", {}, NO, 0, True),
    ("yes_no_na", DID_YOU_FIND, NO, 1, False),
    ("yes_no_na", DID_YOU_FIND, YES, 0, True),
    ("yes_no_partial_na", DID_YOU_FIND, PARTIAL, 0.5, False),
    ("ratio", {}, RatioAnswer(ok=10, checked=10), 1, False),
    ("ratio", {}, RatioAnswer(ok=7, checked=10), 0.7, True),
    ("ratio", {}, RatioAnswer(ok=0, checked=3), 0, True),
    ("ratio", NINE_IN_TEN, RatioAnswer(ok=9, checked=10), 0.9, False),
    ("ratio", NINE_IN_TEN, RatioAnswer(ok=8, checked=10), 0.8, True),
    ("number", {}, number("3"), 1, False),
    ("number", {}, number("3.00"), 1, False),
    ("number", {}, number("2.99"), 0, True),
    ("number", {"compliant": {"op": "lte", "value": 0}}, number("1"), 0, True),
    ("number", {"compliant": {"op": "eq", "value": 2.5}}, number("2.5"), 1, False),
    ("number", HOURS, number("40"), 1, False),
    ("number", HOURS, number("39.5"), 0, True),
    ("money", {}, bdt(0), 1, False),
    ("money", {}, bdt(1), 0, True),
    ("money", {}, bdt(-500), 1, False),
    ("money", BOND, bdt(3_500_000_00), 1, False),
    ("money", BOND, bdt(3_499_999_99), 0, True),
    ("date", {}, DateAnswer(on=TODAY), 1, False),
    ("date", {}, DateAnswer(on=date(2026, 6, 29)), 0, True),
    ("date", {"compliant": {"op": "lte", "value": "2026-01-31"}}, DateAnswer(on=TODAY), 0, True),
    ("choice", {}, ChoiceAnswer(option="worker"), 1, False),
    ("choice", {}, ChoiceAnswer(option="agency"), 0, True),
    ("choice", ONLY_AGENCY, ChoiceAnswer(option="agency"), 1, False),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "rule", "answer", "expected", "finding"), SCORED)
def test_what_an_answer_earns_and_whether_it_is_a_finding(
    kind: str, rule: dict[str, Any], answer: AnswerValue, expected: float, finding: bool
) -> None:
    item = item_of(kind, answer=rule)

    earned = credit(item, answer, today=TODAY, parameters=SET)

    assert earned == Credit(status=CreditStatus.SCORED, value=expected)
    assert is_failure(item, answer, today=TODAY, parameters=SET) is finding


NOT_SET = NotScoredBecause.PARAMETER_NOT_SET
NO_RULE = NotScoredBecause.NO_RULE
OTHER_MONEY = NotScoredBecause.CURRENCY_DIFFERS


@pytest.mark.parametrize(
    ("kind", "rule", "answer", "parameters", "expected"),
    [
        ("yes_no_na", {}, NA, SET, Credit(status=CreditStatus.NA)),
        ("date", {}, NA, SET, Credit(status=CreditStatus.NA)),
        ("yes_no_na", {}, None, SET, Credit(status=CreditStatus.NOT_CHECKED)),
        ("ratio", {}, RatioAnswer(ok=0, checked=0), SET, Credit(status=CreditStatus.NOT_CHECKED)),
        ("money", {"compliant": None}, bdt(5), SET,
         Credit(status=CreditStatus.NOT_SCORED, because=NO_RULE)),
        ("money", {"compliant": None}, None, SET,
         Credit(status=CreditStatus.NOT_SCORED, because=NO_RULE)),
        ("money", BOND, bdt(5), {}, Credit(status=CreditStatus.NOT_SCORED, because=NOT_SET)),
        ("money", BOND, bdt(5), {"required_bond": None},
         Credit(status=CreditStatus.NOT_SCORED, because=NOT_SET)),
        ("money", BOND, None, {}, Credit(status=CreditStatus.NOT_SCORED, because=NOT_SET)),
        ("money", BOND, NA, {}, Credit(status=CreditStatus.NA)),
        ("money", BOND, MoneyAnswer(amount_minor=9, currency="USD"), SET,
         Credit(status=CreditStatus.NOT_SCORED, because=OTHER_MONEY)),
    ],
)  # fmt: skip
def test_what_is_left_out_of_the_score_is_no_finding(
    kind: str,
    rule: dict[str, Any],
    answer: AnswerValue | None,
    parameters: dict[str, ParameterValue | None],
    expected: Credit,
) -> None:
    item = item_of(kind, answer=rule, severity="info")

    assert credit(item, answer, today=TODAY, parameters=parameters) == expected
    assert not is_failure(item, answer, today=TODAY, parameters=parameters)


def test_an_answer_of_another_type_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="COV-LAW-01 takes ratio, not ChoiceAnswer"):
        credit(item_of("ratio"), ChoiceAnswer(option="worker"), today=TODAY, parameters={})


def test_a_figure_of_another_kind_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="MoneyAnswer cannot be compared with Decimal"):
        credit(
            item_of("money", answer=BOND),
            bdt(5),
            today=TODAY,
            parameters={"required_bond": Decimal(5)},
        )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [({"places_women": True}, True), ({"places_women": False}, False), ({}, True)],
)
def test_an_item_applies_while_its_fact_is_not_denied(
    facts: dict[str, bool], expected: bool
) -> None:
    assert applies(item_of(applies_if="places_women"), facts) is expected


def test_an_item_without_a_condition_always_applies() -> None:
    assert applies(item_of(), {"always": False})


@pytest.mark.parametrize(
    ("ok", "checked", "trips"),
    [
        (10, 10, False),
        (9, 10, False),  # one in ten fails: a finding, no gate
        (8, 9, True),  # below nine in ten
        (19, 20, False),
        (98, 100, True),  # two fail
        (0, 1, True),
        (0, 0, False),
    ],
)
def test_a_critical_ratio_trips_below_nine_in_ten_or_at_two_failures(
    ok: int, checked: int, trips: bool
) -> None:
    item = item_of("ratio", severity="critical")
    answer = RatioAnswer(ok=ok, checked=checked)

    assert trips_gate(item, answer, today=TODAY, parameters={}) is trips


@pytest.mark.parametrize(
    ("severity", "answer", "trips"),
    [
        ("critical", NO, True),
        ("critical", PARTIAL, False),
        ("critical", YES, False),
        ("critical", NA, False),
        ("critical", None, False),
        ("major", NO, False),
    ],
)
def test_only_a_failing_critical_answer_trips_a_gate(
    severity: str, answer: AnswerValue | None, trips: bool
) -> None:
    item = item_of(severity=severity)

    assert trips_gate(item, answer, today=TODAY, parameters={}) is trips


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (("yes", "yes", "no", "yes"), Tally(answered=4, failing=1, credit=Credit(
            status=CreditStatus.SCORED, value=0.75))),
        (("yes", "partial"), Tally(answered=2, failing=0, credit=Credit(
            status=CreditStatus.SCORED, value=0.75))),
        (("yes", "na", ""), Tally(answered=1, failing=0, credit=Credit(
            status=CreditStatus.SCORED, value=1))),
        (("na", "na"), Tally(answered=0, failing=0, credit=Credit(status=CreditStatus.NA))),
        (("na", ""), Tally(answered=0, failing=0, credit=Credit(status=CreditStatus.NOT_CHECKED))),
        ((), Tally(answered=0, failing=0, credit=Credit(status=CreditStatus.NOT_CHECKED))),
    ],
)  # fmt: skip
def test_interviews_are_added_up(given: tuple[str, ...], expected: Tally) -> None:
    assert tally(item_of(), words(*given), today=TODAY, parameters={}) == expected


def test_interviews_about_an_unset_figure_are_recorded_only() -> None:
    item = item_of("number", answer=HOURS)

    found = tally(item, [number("3"), None], today=TODAY, parameters={})

    assert found.answered == 0
    assert tally(item, [number("3")], today=TODAY, parameters={}).credit == Credit(
        status=CreditStatus.NOT_SCORED, because=NOT_SET
    )


@pytest.mark.parametrize(
    ("failing", "answered", "document", "trips"),
    [
        (0, 10, True, False),
        (1, 1, False, False),
        (1, 40, True, True),
        (2, 10, False, True),
        (2, 11, False, False),  # 18 per cent
        (3, 15, False, True),
        (2, 11, True, True),
    ],
)
def test_interviews_trip_a_gate_together(
    failing: int, answered: int, document: bool, trips: bool
) -> None:
    counted = Tally(
        answered=answered, failing=failing, credit=Credit(status=CreditStatus.SCORED, value=0.5)
    )
    critical, major = item_of(severity="critical"), item_of()

    assert pooled_trips_gate(critical, counted, document_bears_out=document) is trips
    assert not pooled_trips_gate(major, counted, document_bears_out=document)


def vocabulary_with(*parameters: Parameter) -> Vocabulary:
    return Vocabulary(
        version=1,
        supersedes=None,
        why="First.",
        language="en",
        parameters=parameters,
        facts=(Fact(name="always", meaning="No condition."),),
        evidence_codes=(),
        evidence_levels=(),
        severities=(),
        principles=(),
        instruments=(),
        complaint_categories=(),
    )


def test_a_ministry_figure_takes_the_place_of_the_default() -> None:
    vocabulary = vocabulary_with(
        Parameter(name="bond", type=ParameterType.MONEY, default=None, note="n"),
        Parameter(name="cost", type=ParameterType.MONEY, default=0, note="n"),
        Parameter(name="share", type=ParameterType.NUMBER, default=0.1, note="n"),
        Parameter(name="days", type=ParameterType.NUMBER, default=3, note="n"),
    )

    found = parameters_in_force(vocabulary, {"days": Decimal(5), "unknown": Decimal(1)})

    assert found == {
        "bond": None,
        "cost": Money(amount_minor=0, currency="XXX"),
        "share": Decimal("0.1"),
        "days": Decimal(5),
    }


def test_a_default_of_zero_cost_is_zero_in_any_currency() -> None:
    item = item_of(
        "money", answer={"compliant": {"op": "lte", "value": {"param": "cost"}}}, severity="major"
    )
    vocabulary = vocabulary_with(
        Parameter(name="cost", type=ParameterType.MONEY, default=0, note="n")
    )
    in_force = parameters_in_force(vocabulary, {})

    assert is_failure(item, bdt(1), today=TODAY, parameters=in_force)
    assert not is_failure(item, bdt(0), today=TODAY, parameters=in_force)


ratios = st.integers(min_value=1, max_value=5000).flatmap(
    lambda checked: st.integers(min_value=0, max_value=checked).map(
        lambda ok: RatioAnswer(ok=ok, checked=checked)
    )
)
numbers = st.decimals(min_value=-1000, max_value=1000, places=3).map(
    lambda one: NumberAnswer(number=one)
)
dates = st.dates().map(lambda one: DateAnswer(on=one))
any_answer = st.one_of(
    st.tuples(st.just("yes_no_partial_na"), st.sampled_from([YES, PARTIAL, NO])),
    st.tuples(st.just("ratio"), ratios),
    st.tuples(st.just("number"), numbers),
    st.tuples(st.just("date"), dates),
    st.tuples(st.just("money"), st.integers(-(10**9), 10**9).map(bdt)),
)


@settings(deadline=None)
@given(drawn=any_answer)
def test_credit_lies_between_nothing_and_one_and_a_gate_needs_a_finding(
    drawn: tuple[str, AnswerValue],
) -> None:
    kind, answer = drawn
    item = item_of(kind, severity="critical")

    earned = credit(item, answer, today=TODAY, parameters={})
    failed = is_failure(item, answer, today=TODAY, parameters={})

    assert earned.value is not None
    assert 0 <= earned.value <= 1
    assert failed is (earned.value < 1 and answer != PARTIAL)
    assert failed or not trips_gate(item, answer, today=TODAY, parameters={})


@settings(deadline=None)
@given(answer=ratios)
def test_one_more_file_in_order_never_earns_less(answer: RatioAnswer) -> None:
    item = item_of("ratio", severity="critical")
    better = RatioAnswer(ok=min(answer.ok + 1, answer.checked), checked=answer.checked)

    def value(of: RatioAnswer) -> float:
        return credit(item, of, today=TODAY, parameters={}).value or 0

    assert value(better) >= value(answer)
    assert trips_gate(item, answer, today=TODAY, parameters={}) or not trips_gate(
        item, better, today=TODAY, parameters={}
    )


@settings(deadline=None)
@given(one=numbers, other=numbers)
def test_a_larger_figure_never_earns_less_where_more_is_asked(
    one: NumberAnswer, other: NumberAnswer
) -> None:
    low, high = sorted((one, other), key=lambda answer: answer.number)
    item = item_of("number")

    def value(of: NumberAnswer) -> float:
        return credit(item, of, today=TODAY, parameters={}).value or 0

    assert value(low) <= value(high)


@settings(deadline=None)
@given(answers=st.lists(st.sampled_from([YES, PARTIAL, NO, NA, None]), max_size=30))
def test_pooled_credit_does_not_depend_on_the_order_of_interviews(
    answers: list[AnswerValue | None],
) -> None:
    item = item_of()

    assert tally(item, answers, today=TODAY, parameters={}) == tally(
        item, answers[::-1], today=TODAY, parameters={}
    )
