"""What an upheld contest leaves out of what workers said, on the full card and on the public one."""

from dataclasses import replace as copy
from datetime import date

import pytest
from msgspec.structs import replace

from recruitwatch.scorecards.rules.correcting import corrected, corrected_basis
from recruitwatch.scorecards.values import Answer, CardInputs, Evidence, ItemInput, Ratio
from recruitwatch.scorecards.values.contests import Correction, CorrectionKind
from rules.scorecards.example import example
from rules.scorecards.test_gather import LIBRARY as LIBRARY_OF_LISTS
from rules.scorecards.test_gather import YES, answer, audit, inputs_of, item, kept, talk
from rules.scorecards.test_public_card import Facts, facts

WORD = "PDI-CON-01"
CONSENT = answer("PDI-CNS-01", YES, None, "predeparture")
SAID = answer(WORD, YES, None, "predeparture")


def visit(day: date, talks: int):  # type: ignore[no-untyped-def]
    return audit(
        lists=("predeparture",), visited_on=day,
        interviews=tuple(talk(n, CONSENT, SAID, held_on=day) for n in range(1, talks + 1)),
    )  # fmt: skip


def left_out(item_id: str, *sources: str) -> Correction:
    return Correction(kind=CorrectionKind.LEFT_OUT, item=item_id, sources=sources, pooled=True)


def test_what_workers_said_is_left_out_of_the_visits_that_were_contested_and_no_other() -> None:
    old, new = visit(date(2026, 4, 1), 6), visit(date(2026, 5, 1), 7)
    source = str(kept(old, LIBRARY_OF_LISTS).submission_id)
    both = inputs_of(old, new)
    without = inputs_of(old, new, corrections=(left_out(WORD, source),))
    assert item(both, WORD).answer == Ratio(ok=13, checked=13)
    assert item(without, WORD).answer == Ratio(ok=7, checked=7)
    assert without.interviews == both.interviews == 13
    assert item(without, "PDI-CNS-01") == item(both, "PDI-CNS-01")


def test_a_question_left_out_of_every_visit_is_not_checked() -> None:
    old = visit(date(2026, 4, 1), 6)
    source = str(kept(old, LIBRARY_OF_LISTS).submission_id)
    found = item(inputs_of(old, corrections=(left_out(WORD, source),)), WORD)
    assert (found.answer, found.evidence, found.source) == (Answer.NOT_CHECKED, None, None)


def one_item(source: str) -> tuple[CardInputs, ItemInput]:
    inputs = example()
    contested = replace(inputs.items[0], answer=Answer.NO, evidence=Evidence.E1, source=source)
    return replace(inputs, items=(contested, *inputs.items[1:])), contested


@pytest.mark.parametrize("source", ["visit/sop/X", "later/sop/X"])
def test_an_answer_is_put_right_only_where_it_comes_from_the_contested_source(source: str) -> None:
    inputs, contested = one_item(source)
    right = Correction(
        kind=CorrectionKind.ANSWER, item=contested.id, sources=("visit/sop/X",),
        answer=Answer.YES, evidence=Evidence.E2,
    )  # fmt: skip
    after = corrected(inputs, [right]).items[0]
    assert (after == contested) is (source == "later/sop/X")
    assert after.answer is (Answer.YES if source == "visit/sop/X" else Answer.NO)


def test_of_two_corrections_the_later_counts() -> None:
    inputs, contested = one_item("visit/sop/X")
    first, second = (
        Correction(
            kind=CorrectionKind.ANSWER, item=contested.id, sources=("visit/sop/X",),
            answer=word, evidence=Evidence.E1,
        )
        for word in (Answer.PARTIAL, Answer.YES)
    )  # fmt: skip
    assert corrected(inputs, [first, second]).items[0].answer is Answer.YES


def with_talks(known: Facts, names: set[str]) -> Facts:
    return copy(known, talks=frozenset(names))


def shown(basis: object) -> list[str]:
    return [one.id for one in basis.interviews.items]  # type: ignore[attr-defined]


def test_a_question_leaves_the_public_card_at_once_and_comes_back_with_five_new_talks() -> None:
    """One talk more is too few to show anything new: what stood must go all the same, and stay gone."""
    before = facts([], asked=9)
    basis = before.basis()
    assert shown(basis) == ["Q1", "Q2"]
    gone = corrected_basis(basis, [left_out("Q1", "visit")])
    assert shown(gone) == ["Q2"]
    nine = set(before.talks)
    few = with_talks(facts([], asked=9), nine | {"new/1"})
    assert shown(few.basis(corrected_basis(gone, [left_out("Q1", "visit")]))) == ["Q2"]
    many = with_talks(facts([], asked=14), nine | {f"new/{n}" for n in range(5)})
    again = many.basis(gone)
    assert shown(again) == ["Q1", "Q2"]
    assert corrected_basis(again, [left_out("Q1", "visit")]) == again
    assert shown(corrected_basis(again, [left_out("Q1", "visit", "new")])) == ["Q2"]
