"""How urgent a case is. Nothing told ever makes it less urgent; only people lower, two from S1."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitwatch.complaints.queries.codes import get_code_book
from recruitwatch.complaints.rules.codes import code_of
from recruitwatch.complaints.rules.urgency import (
    AT_ONCE_REASONS,
    ONE_CLASS_REASONS,
    most_urgent,
    raised,
    rank,
    seconds_needed,
    urgency_of,
)
from recruitwatch.complaints.values.codes import ComplaintCode, Condition, Escalator, Urgency

BOOK = get_code_book()
CLASSES = st.sampled_from(Urgency)
SOME_CODES = st.lists(st.sampled_from(BOOK.codes), max_size=4)
SOME_ESCALATORS = st.sets(st.sampled_from(Escalator))


def codes(names: str) -> list[ComplaintCode]:
    return [code_of(BOOK, name) for name in names.split()]


def test_s1_comes_first() -> None:
    assert sorted([Urgency.S3, Urgency.S1, Urgency.S4, Urgency.S2], key=rank) == list(Urgency)
    assert [rank(one) for one in Urgency] == [1, 2, 3, 4]
    assert most_urgent([]) is Urgency.S4


@pytest.mark.parametrize(
    ("names", "escalators", "danger", "expected"),
    [
        ("", "", False, "S4"),
        ("", "", True, "S1"),
        ("OTH-01", "", True, "S1"),
        ("WAG-03", "", False, "S4"),
        ("WAG-03 FEE-01", "", False, "S3"),
        ("FEE-01 DOC-01 WAG-03", "", False, "S2"),
        ("FEE-01", "living_with_accused", False, "S2"),
        ("FEE-01", "pregnant_or_with_child", False, "S2"),
        ("FEE-01", "several_people", False, "S2"),
        ("WAG-03", "several_people pregnant_or_with_child", False, "S2"),
        ("WAG-03", "several_people pregnant_or_with_child living_with_accused", False, "S1"),
        ("DOC-01", "several_people pregnant_or_with_child", False, "S1"),
        ("VIO-01", "several_people", False, "S1"),
        ("VIO-03", "", False, "S2"),
        ("VIO-03", "living_with_accused", False, "S1"),
        ("DOC-01", "passport_held_and_wants_to_leave", False, "S1"),
    ],
)
def test_how_urgent_a_case_is(names: str, escalators: str, danger: bool, expected: str) -> None:
    given_escalators = {Escalator(one) for one in escalators.split()}

    assert urgency_of(codes(names), given_escalators, danger).urgency == expected


@pytest.mark.parametrize("one", Escalator)
def test_each_escalator_lifts_an_ordinary_case_and_is_named(one: Escalator) -> None:
    reading = urgency_of(codes("OTH-01"), [one], False)

    assert reading.urgency is (Urgency.S3 if one in ONE_CLASS_REASONS else Urgency.S1)
    reason = {**AT_ONCE_REASONS, **ONE_CLASS_REASONS}[one]
    assert reason in [reason.key for reason in reading.reasons]


def test_two_months_without_wages_are_graver() -> None:
    unpaid = [Condition.UNPAID_TWO_MONTHS]

    assert urgency_of(codes("WAG-02"), [], False).urgency is Urgency.S3
    assert urgency_of(codes("WAG-02"), [], False, unpaid).urgency is Urgency.S2
    assert urgency_of(codes("WAG-03"), [], False, unpaid).urgency is Urgency.S4


def test_the_reasons_are_told_gravest_first() -> None:
    reading = urgency_of(
        codes("FEE-01 WAG-02 VIO-03"),
        [Escalator.LIVING_WITH_ACCUSED, Escalator.LOCKED_IN],
        True,
    )

    assert [one.key % one.values for one in reading.reasons] == [
        "The worker is in danger now.",
        "The worker is locked in.",
        "The worker lives there, so VIO-03 is of urgency S1.",
        "The worker still lives with the person complained of.",
    ]


def test_only_the_codes_that_set_the_class_are_named() -> None:
    reading = urgency_of(codes("WAG-02 FEE-03 DOC-01"), [], False, [Condition.UNPAID_TWO_MONTHS])

    assert [one.key % one.values for one in reading.reasons] == [
        "Wages of two months or more are unpaid, so WAG-02 is of urgency S2.",
        "What happened (DOC-01) is of urgency S2.",
    ]


def test_a_case_about_which_nothing_is_known_says_so() -> None:
    reasons = urgency_of([], [], False).reasons

    assert [one.key for one in reasons] == ["Nothing told so far makes the case more urgent."]


@given(SOME_CODES, SOME_ESCALATORS, SOME_CODES, SOME_ESCALATORS, st.booleans())
def test_telling_more_never_makes_a_case_less_urgent(
    first: list[ComplaintCode],
    escalators: set[Escalator],
    more: list[ComplaintCode],
    further: set[Escalator],
    danger: bool,
) -> None:
    before = urgency_of(first, escalators, False)
    after = urgency_of(first + more, escalators | further, danger, list(Condition))

    assert rank(after.urgency) <= rank(before.urgency)
    assert after.reasons


@given(CLASSES, CLASSES)
def test_a_later_reading_only_raises(old: Urgency, new: Urgency) -> None:
    assert rank(raised(old, new)) == min(rank(old), rank(new))


@given(CLASSES, CLASSES)
def test_lowering_from_s1_takes_two_officers(old: Urgency, new: Urgency) -> None:
    assert seconds_needed(old, new) == (1 if old is Urgency.S1 is not new else 0)
