"""Each gate, what trips it and what lifts it."""

from __future__ import annotations

import pytest

from recruitwatch.scorecards.rules import compute
from recruitwatch.scorecards.values import (
    CardInputs,
    CaseSeverity,
    ComplaintInput,
    GateFailure,
    LicenceState,
    NoteCode,
    Outcome,
    Responsibility,
)
from rules.scorecards.example import complaint, example, failure


def caps(inputs: CardInputs) -> list[str]:
    return [f"{cap.gate} {cap.cap}" for cap in compute(inputs).caps]


@pytest.mark.parametrize(
    ("valid", "state", "trips"),
    [
        (True, None, False),
        (False, None, True),
        (None, None, False),
        (None, "valid", False),
        (None, "expired", True),
        (None, "suspended", True),
        (None, "cancelled", True),
        (True, "suspended", True),
        (False, "valid", True),
        (True, "valid", False),
    ],
)
def test_g1_licence(valid: bool | None, state: str | None, trips: bool) -> None:
    licence = None if state is None else LicenceState(state)
    inputs = example(licence_valid=valid, licence_state=licence)
    assert caps(inputs) == (["G1 E"] if trips else [])


def test_unknown_licence_is_said_and_costs_nothing() -> None:
    card = compute(example(licence_valid=None))
    assert card.grade == "B"
    assert card.licence_valid is None
    assert NoteCode.LICENCE_UNKNOWN in {note.code for note in card.notes}


@pytest.mark.parametrize(
    ("failures", "wanted"),
    [
        ([], []),
        ([failure(cap="E")], ["G2 E"]),
        ([failure(cap="E", closed=0)], ["G2 E"]),
        ([failure(cap="E", closed=11)], ["G2 E"]),
        ([failure(cap="E", closed=12)], ["G2 C"]),
        ([failure(cap="E", closed=23)], ["G2 C"]),
        ([failure(cap="E", closed=24)], []),
        ([failure(cap="E", confirmed=False)], []),
        ([failure(cap="D")], ["G3 D"]),
        ([failure(cap="D", closed=0)], ["G3 C"]),
        ([failure(cap="D", closed=5)], ["G3 C"]),
        ([failure(cap="D", closed=6)], []),
        ([failure(cap="D", confirmed=False)], []),
        ([failure("a", "D"), failure("b", "D")], ["G4 E"]),
        ([failure("a", "D"), failure("b", "D", closed=1)], ["G3 D"]),
        ([failure("a", "D"), failure("b", "D", confirmed=False)], ["G3 D"]),
        ([failure("a", "E"), failure("b", "E")], ["G2 E", "G4 E"]),
        ([failure("a", "E"), failure("b", "D")], ["G2 E", "G4 E"]),
        ([failure("a", "E", closed=13), failure("b", "D")], ["G2 C", "G3 D"]),
        ([failure("a", "E", closed=13), failure("b", "E", closed=1)], ["G2 E"]),
        ([failure("a", "D"), failure("a", "D")], ["G3 D"]),
    ],
)
def test_g2_to_g4_critical_failures(failures: list[GateFailure], wanted: list[str]) -> None:
    assert caps(example(gate_failures=tuple(failures))) == wanted


def test_two_events_on_one_item_are_two() -> None:
    twice = tuple(
        GateFailure(item="F1", cap=failure().cap, event=event)
        for event in ("contract-1", "audit-2")
    )
    assert caps(example(gate_failures=twice)) == ["G4 E"]


def test_unconfirmed_failure_is_under_urgent_review() -> None:
    card = compute(example(gate_failures=(failure(confirmed=False),)))
    assert card.grade == "B"
    (note,) = [note for note in card.notes if note.code is NoteCode.UNDER_URGENT_REVIEW]
    assert note.subjects == ("F1",)


def critical(name: str, **changes: object) -> ComplaintInput:
    return complaint(name, **{"severity": CaseSeverity.CRITICAL, **changes})


@pytest.mark.parametrize(
    ("cases", "wanted"),
    [
        ([critical("a")], ["G5 C"]),
        ([critical("a"), critical("b")], ["G5 C"]),
        ([critical("a"), critical("b"), critical("c")], ["G5 D"]),
        ([critical("a", workers=9)], ["G5 C"]),
        ([critical("a", age_months=11)], ["G5 C"]),
        ([critical("a", age_months=12)], []),
        ([critical("a", outcome=Outcome.PARTLY_UPHELD)], []),
        ([critical("a", outcome=Outcome.SETTLED)], []),
        ([critical("a", outcome=Outcome.PENDING, age_months=None)], []),
        ([critical("a", responsibility=Responsibility.EMPLOYER)], []),
        ([critical("a", responsibility=Responsibility.EMPLOYER_TOLD)], ["G5 C"]),
        ([complaint("a")], []),
    ],
)
def test_g5_critical_complaints(cases: list[ComplaintInput], wanted: list[str]) -> None:
    assert caps(example(complaints=tuple(cases))) == wanted


@pytest.mark.parametrize(
    ("given", "wanted"), [(0, []), (1, ["G5 C"]), (2, ["G5 C"]), (3, ["G5 D"])]
)
def test_g5_takes_the_given_count(given: int, wanted: list[str]) -> None:
    inputs = example(complaints=(critical("a"),), critical_complaints_12m=given)
    assert caps(inputs) == wanted


@pytest.mark.parametrize(
    ("days", "wanted"), [((), []), ((30,), []), ((31,), ["G6 D"]), ((3, 45), ["G6 D"])]
)
def test_g6_overdue_award(days: tuple[int, ...], wanted: list[str]) -> None:
    assert caps(example(award_overdue_days=days)) == wanted


@pytest.mark.parametrize(("overdue", "wanted"), [(4, []), (5, ["G7 C"])])
def test_g7_overdue_major_actions(overdue: int, wanted: list[str]) -> None:
    assert caps(example(overdue_major_actions=overdue)) == wanted


@pytest.mark.parametrize(("interviews", "wanted"), [(8, []), (7, ["G8 C"])])
def test_g8_interviews(interviews: int, wanted: list[str]) -> None:
    assert caps(example(interviews=interviews)) == wanted


@pytest.mark.parametrize(("months", "wanted"), [(23, []), (24, ["G9 U"]), (None, ["G9 U"])])
def test_g9_age_of_the_inspection(months: int | None, wanted: list[str]) -> None:
    assert caps(example(months_since_inspection=months)) == wanted


def test_several_caps_are_all_shown_and_the_worst_counts() -> None:
    inputs = example(
        licence_valid=False,
        interviews=0,
        award_overdue_days=(31,),
        overdue_major_actions=5,
        months_since_inspection=30,
    )
    assert caps(inputs) == ["G1 E", "G6 D", "G7 C", "G8 C", "G9 U"]
    assert compute(inputs).grade == "E"


@pytest.mark.parametrize(
    ("changes", "grade"),
    [
        ({}, "U"),
        ({"interviews": 0}, "U"),
        ({"gate_failures": (failure(cap="E", closed=13),)}, "U"),
        ({"award_overdue_days": (31,)}, "D"),
        ({"licence_valid": False}, "E"),
        ({"award_overdue_days": (31,), "interviews": 0}, "D"),
    ],
)
def test_withheld_hides_points_and_c_but_not_d_or_e(changes: dict[str, object], grade: str) -> None:
    assert compute(example(months_since_inspection=24, **changes)).grade == grade


def test_withheld_points_do_not_worsen_a_d_cap() -> None:
    poor = tuple(complaint(str(n), workers=500) for n in range(3))
    inputs = example(items=example().items[3:4], complaints=poor, award_overdue_days=(31,))
    assert compute(inputs).band == "E"
    assert compute(inputs).grade == "E"
    assert (
        compute(example(**{"months_since_inspection": None, "award_overdue_days": (31,)})).grade
        == "D"
    )
    old = example(
        items=example().items[3:4],
        complaints=poor,
        award_overdue_days=(31,),
        months_since_inspection=24,
    )
    assert (compute(old).band, compute(old).grade) == ("E", "D")
