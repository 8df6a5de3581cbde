"""The order of the questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitwatch.complaints.pages import words
from recruitwatch.complaints.queries.codes import get_code_book
from recruitwatch.complaints.rules.codes import codes_offered
from recruitwatch.complaints.rules.questions import (
    LONG,
    SHORT,
    about_an_official,
    is_enough,
    last_look,
    next_question,
    place_of,
    question_before,
    with_official,
)
from recruitwatch.complaints.values.filing import Told
from recruitwatch.complaints.values.questions import (
    ABOUT_AN_OFFICIAL,
    HAPPENINGS,
    IN_DANGER_FIRST,
    Place,
    Question,
)

Q = Question
SAFE, DANGER = Told(), Told(danger=True)


def test_wishes_come_first_then_what_happened_and_papers_before_names() -> None:
    assert LONG[:2] == (Q.WISHES, Q.HAPPENED)
    ladder = [Q.PAPER, Q.LICENCE, Q.PHONE, Q.PLACE, Q.NAME, Q.BROKER, Q.JOURNEY, Q.EMPLOYER]
    assert list(LONG[3:11]) == ladder
    assert LONG[-2:] == (Q.CHECK, Q.CODE)


@given(st.sampled_from(LONG), st.booleans())
def test_back_undoes_going_on(at: Question, danger: bool) -> None:
    told = Told(danger=danger)
    after = next_question(told, at)
    if after is not at:
        assert question_before(told, after) is at or (danger and at not in SHORT)


@given(st.sampled_from(LONG), st.booleans())
def test_going_on_always_ends_at_the_code(at: Question, danger: bool) -> None:
    told = Told(danger=danger)
    for _ in range(len(LONG)):
        at = next_question(told, at)
    assert at is Q.CODE


@pytest.mark.parametrize(
    ("told", "at", "place"),
    [(SAFE, Q.WISHES, Place(1, 16)), (SAFE, Q.CODE, Place(16, 16)), (DANGER, Q.HAPPENED, Place(1, 3)),
     (DANGER, Q.CODE, Place(3, 3)), (DANGER, Q.PAID, Place(12, 16))],
)  # fmt: skip
def test_how_far_she_is(told: Told, at: Question, place: Place) -> None:
    assert place_of(told, at) == place


def test_before_the_first_question_is_the_start() -> None:
    assert question_before(SAFE, Q.WISHES) is Q.START
    assert question_before(DANGER, Q.HAPPENED) is Q.START


def test_in_danger_finishing_leads_straight_to_the_code() -> None:
    assert last_look(SAFE) is Q.CHECK
    assert last_look(DANGER) is Q.CODE


@pytest.mark.parametrize(
    ("told", "enough"),
    [(Told(), False), (Told(happened=("FEE-01",)), True), (Told(happened_said="x"), True),
     (Told(happened_said="  \n"), False), (Told(licence="RL 1", paid="2 lakh"), False)],
)  # fmt: skip
def test_only_what_happened_must_be_told(told: Told, enough: bool) -> None:
    assert is_enough(told) is enough


@pytest.mark.parametrize(
    ("before", "wanted", "after"),
    [(("FEE-01",), True, ("FEE-01", ABOUT_AN_OFFICIAL)), (("OFF-03",), True, ("OFF-03",)),
     (("FEE-01", "OFF-03"), False, ("FEE-01",)), ((), False, ())],
)  # fmt: skip
def test_the_tick_about_an_official(
    before: tuple[str, ...], wanted: bool, after: tuple[str, ...]
) -> None:
    assert with_official(before, wanted) == after
    assert about_an_official(after) is wanted


def test_what_can_be_ticked_is_in_the_book_and_has_a_sentence() -> None:
    offered = {one.code for one in codes_offered(get_code_book())}
    assert {*HAPPENINGS, ABOUT_AN_OFFICIAL} <= offered
    assert set(words.HAPPENINGS) == set(HAPPENINGS)
    assert set(IN_DANGER_FIRST) <= set(HAPPENINGS)
