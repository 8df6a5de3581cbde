"""Two public cards in a row tell nobody apart: one case or one talk more or less changes nothing."""

from dataclasses import dataclass
from datetime import date
from math import fsum
from uuid import UUID

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from recruitwatch.scorecards.rules.compute import compute
from recruitwatch.scorecards.rules.public import FEWEST, public_basis, public_card
from recruitwatch.scorecards.values import (
    Answer,
    CardInputs,
    CaseSeverity,
    ComplaintInput,
    Duties,
    Evidence,
    ItemInput,
    Outcome,
    Principle,
    Ratio,
    Responsibility,
    Severity,
)
from recruitwatch.scorecards.values.public import PublicBasis, PublicCard, PublicLineKind
from rules.scorecards.example import example

AGENCY = UUID(int=7)
DECIDED = [one for one in Outcome if one is not Outcome.PENDING]
NOTHING = PublicBasis()

complaints = st.builds(
    ComplaintInput,
    id=st.text("ABCDEFGH", min_size=7, max_size=7),
    severity=st.sampled_from(CaseSeverity),
    outcome=st.sampled_from(Outcome),
    age_months=st.integers(0, 35).map(float),
    workers=st.integers(1, 40),
    responsibility=st.sampled_from(Responsibility),
)
histories = st.lists(complaints, max_size=14, unique_by=lambda one: one.id)


@dataclass(frozen=True)
class Facts:
    """What is on record about an agency: its inputs, the questions to workers, the talks."""

    inputs: CardInputs
    talks: frozenset[str]

    @property
    def asked(self) -> dict[str, str]:
        return {"Q1": "talks", "Q2": "talks"}

    def basis(self, previous: PublicBasis = NOTHING, *also: PublicBasis) -> PublicBasis:
        return public_basis(self.inputs, self.asked, self.talks, (previous, *also))

    def card(self, previous: PublicBasis = NOTHING) -> PublicCard:
        return public_card(AGENCY, self.inputs, self.asked, self.basis(previous))


def question(name: str, ok: int, checked: int) -> ItemInput:
    return ItemInput(
        id=name, principle=Principle.P06, severity=Severity.MAJOR,
        answer=Ratio(ok=ok, checked=checked) if checked else Answer.NOT_CHECKED,
        evidence=Evidence.E3 if checked >= FEWEST else Evidence.E1,
    )  # fmt: skip


def facts(cases: list[ComplaintInput], ok: int = 6, asked: int = 9, late: int = 0) -> Facts:
    """The worked example with other complaints and with two questions to workers."""
    base = example()
    decided = [one for one in cases if one.outcome is not Outcome.PENDING]
    names = tuple(sorted(one.id for one in decided[:late]))
    duties = Duties(on_time=len(decided) - len(names), due=len(decided), late=names)
    items = (*base.items, question("Q1", min(ok, asked), asked), question("Q2", asked, asked))
    return Facts(
        replace(base, complaints=tuple(cases), cases=duties, items=items, interviews=asked),
        frozenset(f"talk/{number}" for number in range(asked)),
    )


def differing(one: list[ComplaintInput], other: list[ComplaintInput]) -> int:
    """How many decided cases are not the same in both."""
    first, second = (
        {each.id: each for each in cases if each.outcome is not Outcome.PENDING}
        for cases in (one, other)
    )
    return sum(first.get(case) != second.get(case) for case in {*first, *second})


@given(cases=histories, more=st.lists(complaints, max_size=6, unique_by=lambda one: one.id))
def test_fewer_than_five_cases_that_changed_since_the_last_figures_change_nothing(
    cases: list[ComplaintInput], more: list[ComplaintInput]
) -> None:
    new = {one.id for one in more}
    before, after = facts(cases), facts([*(one for one in cases if one.id not in new), *more])
    basis = before.basis()
    if differing(list(basis.complaints.complaints), list(after.inputs.complaints)) < FEWEST:
        assert after.card(basis) == before.card()


def apart(one: PublicBasis, other: PublicBasis) -> bool:
    """Whether two bases tell nobody apart: equal, one of them empty, or five cases and more between them."""
    cases = [list(basis.complaints.complaints) for basis in (one, other)]
    return one.complaints == other.complaints or not all(cases) or differing(*cases) >= FEWEST


@given(first=histories, steps=st.lists(histories, min_size=1, max_size=4))
@settings(max_examples=60)
def test_a_card_is_apart_from_each_card_that_may_lie_beside_it(
    first: list[ComplaintInput], steps: list[list[ComplaintInput]]
) -> None:
    """The first was published. Of the later ones any may be shown: what came and went again between them
    must not tell of one case either."""
    bases = [facts(first).basis()]
    for cases in steps:
        newest, *before = reversed(bases)
        bases.append(facts(cases).basis(newest, *before))
    for place, one in enumerate(bases):
        assert all(apart(one, other) for other in bases[:place])


def test_a_change_taken_back_does_not_bare_the_one_case_that_stayed() -> None:
    def case(number: int, outcome: Outcome) -> ComplaintInput:
        return ComplaintInput(
            id=f"CASE{number}", severity=CaseSeverity.MAJOR, outcome=outcome, age_months=2,
            workers=1, responsibility=Responsibility.AGENCY,
        )  # fmt: skip

    stands = [case(n, Outcome.UPHELD) for n in range(6)]
    more = [case(n, Outcome.UPHELD) for n in range(6, 11)]
    back = [case(n, Outcome.NOT_UPHELD) for n in range(6, 10)]
    published = facts(stands).basis()
    served = facts([*stands, *more]).basis(published)
    now = facts([*stands, *back, more[-1], case(11, Outcome.UPHELD)])
    assert now.basis(served).complaints != served.complaints
    assert now.basis(served, published).complaints == served.complaints


@given(steps=st.lists(histories, min_size=2, max_size=5))
@settings(max_examples=60)
def test_figures_about_complaints_change_for_five_cases_or_not_at_all(
    steps: list[list[ComplaintInput]],
) -> None:
    basis, last = NOTHING, None
    for cases in steps:
        one = facts(cases)
        card, new = one.card(basis), one.basis(basis)
        about = (card.complaints, card.responsiveness, card.caps, card.complaints_of)
        if last is not None and about != last:
            gone = list(basis.complaints.complaints)
            assert differing(gone, list(new.complaints.complaints)) >= FEWEST
        basis, last = new, about


@given(asked=st.integers(0, 20), ok=st.integers(0, 20), more=st.integers(1, 8))
def test_fewer_than_five_talks_since_the_last_figures_change_nothing(
    asked: int, ok: int, more: int
) -> None:
    before, after = facts([], ok, asked), facts([], ok + more, asked + more)
    counted = before.basis().interviews.count
    same = after.card(before.basis()) == before.card()
    assert same is (asked + more - counted < FEWEST)


@given(cases=histories, late=st.integers(0, 3))
@settings(max_examples=60)
def test_which_case_was_which_cannot_be_told(cases: list[ComplaintInput], late: int) -> None:
    """The same set of facts spread over the cases in another way gives the same card."""
    turned = [replace(one, id=cases[place - 1].id) for place, one in enumerate(cases)]
    first, second = facts(cases), facts(turned)
    assert first.card() == second.card()
    assert late >= 0


@given(cases=histories, ok=st.integers(0, 12), asked=st.integers(0, 12), late=st.integers(0, 6))
def test_the_lines_add_up_and_name_no_case(
    cases: list[ComplaintInput], ok: int, asked: int, late: int
) -> None:
    card = facts(cases, ok, asked, late).card()
    assert card.score is not None
    assert fsum(line.points for line in card.lines) == pytest.approx(100 - card.score, abs=1e-9)
    totals = [one for one in card.lines if one.kind is PublicLineKind.COMPLAINTS]
    assert len(totals) == 1
    written = msgspec.json.encode(card).decode()
    assert not any(one.id in written for one in cases)


@pytest.mark.parametrize(("asked", "shown"), [(4, False), (5, True)])
def test_what_fewer_than_five_workers_said_is_withheld(asked: int, shown: bool) -> None:
    """Below five not even the question is there: it would tell that somebody was asked."""
    card = facts([], ok=1, asked=asked).card()
    assert card.withheld_items == ()
    assert any(line.item == "Q1" for line in card.lines) is shown
    assert card.interviews == (asked if shown else 0)


def test_five_decided_cases_count_all_at_once() -> None:
    cases = [
        ComplaintInput(
            id=f"CASE00{n}", severity=CaseSeverity.MAJOR, outcome=Outcome.UPHELD, age_months=1
        )
        for n in range(FEWEST)
    ]
    four, five = facts(cases[:4]), facts(cases)
    assert four.card().complaints_of is None
    assert five.card(four.basis()).complaints < four.card().complaints
    assert five.card(four.basis()).complaints == compute(five.inputs).complaints.mid


def test_without_anything_held_back_both_cards_have_the_same_points() -> None:
    cases = [
        ComplaintInput(
            id=f"CASE00{n}", severity=CaseSeverity.MINOR, outcome=Outcome.UPHELD, age_months=2
        )
        for n in range(8)
    ]
    one = facts(cases)
    assert one.card().score == compute(one.inputs).score


def upheld(name: str, *, age: float = 1, outcome: Outcome = Outcome.UPHELD) -> ComplaintInput:
    return ComplaintInput(
        id=name, severity=CaseSeverity.MAJOR, outcome=outcome, age_months=age, workers=1
    )


def five(*, age: float = 1) -> list[ComplaintInput]:
    return [upheld(f"CASE00{number}", age=age) for number in range(FEWEST)]


def test_one_case_that_is_left_of_six_is_not_shown_alone() -> None:
    six = facts([*five(), upheld("LAST001")])
    left = replace(facts([upheld("LAST001")]).inputs, as_of=date(2026, 9, 30))
    card = Facts(left, six.talks).card(six.basis())
    assert card.complaints_of is None
    assert card.complaints == facts([]).card().complaints


def test_cases_that_only_grew_older_hide_no_new_one() -> None:
    before = facts(five(age=1))
    after = facts([*five(age=14), upheld("NEW0001")])
    assert after.card(before.basis()).complaints == before.card().complaints


def test_cases_without_points_hide_no_case_with_points() -> None:
    cases = [
        upheld("GRAVE01"),
        *(upheld(f"NONE00{n}", outcome=Outcome.NOT_UPHELD) for n in range(4)),
    ]
    assert facts(cases).card().complaints_of is None


def test_after_a_year_all_cases_grow_older_at_once() -> None:
    before = facts(five(age=1))
    later = replace(facts(five(age=14)).inputs, as_of=date(2026, 7, 30))
    card = Facts(later, before.talks).card(before.basis())
    assert card.complaints > before.card().complaints
    assert card.complaints_of == date(2026, 7, 30)


def test_a_pending_case_that_is_overdue_does_not_show() -> None:
    cases = five()
    late = replace(facts(cases).inputs.cases, due=FEWEST + 1, late=("PENDING",))
    pending = upheld("PENDING", outcome=Outcome.PENDING)
    inputs = replace(facts([*cases, pending]).inputs, cases=late)
    assert Facts(inputs, frozenset()).card().responsiveness == facts(cases).card().responsiveness


def test_one_of_five_new_workers_who_answered_a_question_does_not_show() -> None:
    before = facts([], ok=8, asked=8)
    items = [
        replace(one, answer=Ratio(ok=8, checked=9)) if one.id == "Q1" else one
        for one in before.inputs.items
    ]
    talks = before.talks | {f"new/{number}" for number in range(FEWEST)}
    after = Facts(replace(before.inputs, items=tuple(items), interviews=13), talks)
    assert [one for one in after.card(before.basis()).lines if one.item == "Q1"] == [
        one for one in before.card().lines if one.item == "Q1"
    ]


def test_fewer_than_five_talks_that_are_left_are_not_shown() -> None:
    before = facts([], ok=8, asked=8)
    after = Facts(replace(before.inputs, interviews=2), frozenset({"talk/0", "talk/1"}))
    card = after.card(before.basis())
    assert (card.interviews, card.interviews_of) == (0, None)
