"""The readings that settle open points of the standard, case by case."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from recruitwatch.scorecards.rules import DEFAULT_0_1, band, certainty, compute, rounded
from recruitwatch.scorecards.values import (
    Answer,
    Card,
    CaseSeverity,
    Duties,
    Evidence,
    ItemInput,
    NoteCode,
    Principle,
    Ratio,
    Severity,
)
from rules.scorecards.example import bare, complaint, example, failure, item, with_items

NOT_CHECKED = Answer.NOT_CHECKED


def codes(card: Card) -> set[NoteCode]:
    return {note.code for note in card.notes}


def test_never_inspected() -> None:
    card = compute(example(months_since_inspection=None))
    assert (card.audit.mid, card.score, card.band) == (None, None, None)
    assert (card.ledger, card.ledger_total) == ((), None)
    assert (card.grade, card.certainty) == ("U", "low")
    assert (card.audit.low, card.audit.high) == (0, 100)
    assert card.complaints.mid == compute(example()).complaints.mid
    assert NoteCode.NEVER_INSPECTED in codes(card)


@pytest.mark.parametrize(
    ("changes", "grade"),
    [({}, "U"), ({"licence_valid": False}, "E"), ({"gate_failures": (failure(),)}, "D")],
)
def test_never_inspected_keeps_d_and_e_caps(changes: dict[str, object], grade: str) -> None:
    assert compute(bare(months_since_inspection=None, **changes)).grade == grade


def test_nothing_scored_has_a_range_only() -> None:
    card = compute(bare(item(answer=NOT_CHECKED), item("X2", Answer.NA)))
    assert (card.audit.mid, card.score, card.ledger) == (None, None, ())
    assert (card.audit.low, card.audit.high) == (0, 100)
    assert card.score_low == pytest.approx(0.25 * card.complaints.low + 0.15 * 70)
    assert card.score_high == pytest.approx(60 + 0.25 * card.complaints.high + 0.15 * 70)
    assert (card.grade, card.certainty) == ("U", "low")
    assert NoteCode.NOTHING_SCORED in codes(card)


def test_nothing_applicable_has_no_range_and_no_coverage() -> None:
    card = compute(bare(item(answer=Answer.NA), item("X2", severity=Severity.INFO)))
    assert (card.score, card.score_low, card.score_high) == (None, None, None)
    assert (card.audit.low, card.audit.high) == (None, None)
    assert card.coverage.checked_share is None
    assert [cap.gate for cap in card.caps] == ["G9"]
    assert (card.grade, card.certainty) == ("U", "low")


def test_ratio_with_nothing_checked_is_not_checked() -> None:
    as_ratio = compute(bare(item("X1"), item("X2", Ratio(ok=0, checked=0))))
    as_word = compute(bare(item("X1"), item("X2", NOT_CHECKED)))
    assert as_ratio == as_word


def test_answer_without_evidence_is_e0() -> None:
    assert compute(bare(item(evidence=None))) == compute(bare(item(evidence=Evidence.E0)))
    assert compute(bare(item(evidence=None))).audit.mid == 50


def test_principle_wholly_unchecked_is_in_the_range_only() -> None:
    card = compute(bare(item("a"), item("b", NOT_CHECKED, principle=Principle.P02)))
    assert card.audit.mid == 100
    assert card.audit.low == pytest.approx(100 * 8 / 24)
    assert card.audit.high == 100
    scores = {each.principle: (each.mid, each.low, each.high) for each in card.audit.principles}
    assert scores[Principle.P02] == (None, 0, 100)


def test_principle_of_info_items_only_drops_out() -> None:
    info = item("b", Answer.NO, principle=Principle.P02, severity=Severity.INFO)
    assert compute(bare(item("a"), info)) == compute(bare(item("a")))


def test_questions_without_a_principle_are_not_scored() -> None:
    consent = item("b", Answer.NO, principle=Principle.NOT_SCORED)
    assert compute(bare(item("a"), consent)) == compute(bare(item("a")))


def test_low_and_high_read_weak_evidence_at_its_worst_and_best() -> None:
    for level, low, mid in ((0, 0, 50), (1, 50, 80), (2, 100, 100), (3, 100, 100)):
        audit = compute(bare(item(evidence=Evidence(level)))).audit
        assert (audit.low, audit.mid, audit.high) == (low, mid, 100)


def test_failure_is_a_failure_at_any_level() -> None:
    for level in Evidence:
        audit = compute(bare(item(answer=Answer.NO, evidence=level))).audit
        assert (audit.low, audit.mid, audit.high) == (0, 0, 0)


@pytest.mark.parametrize(
    ("months", "faded"),
    [
        (0, 100),
        (12, 100),
        (13, 60 + 40 * 11 / 12),
        (18, 80),
        (23, 60 + 40 / 12),
        (24, 60),
        (99, 60),
    ],
)
def test_good_marks_fade(months: int, faded: float) -> None:
    audit = compute(bare(item(), months_since_inspection=months)).audit
    assert audit.mid == 100
    assert audit.mid_faded == pytest.approx(faded)


def test_bad_marks_do_not_heal_by_waiting() -> None:
    audit = compute(bare(item(answer=Answer.PARTIAL), months_since_inspection=30)).audit
    assert (audit.mid, audit.mid_faded) == (50, 50)


def test_each_end_of_the_range_fades_by_itself() -> None:
    card = compute(example(months_since_inspection=18))
    audit = card.audit
    assert (audit.low, audit.high) == pytest.approx((69.0118, 87.4230), abs=5e-5)
    assert audit.low_faded == pytest.approx(60 + (audit.low - 60) / 2)
    assert audit.high_faded == pytest.approx(60 + (audit.high - 60) / 2)
    assert card.score_low == pytest.approx(
        0.6 * audit.low_faded + 0.25 * card.complaints.low + 0.15 * card.responsiveness.low
    )


def test_coverage_uses_item_weights_and_counts_failing_answers_as_verified() -> None:
    card = compute(
        bare(
            item("a", severity=Severity.CRITICAL, answer=Answer.NO, principle=Principle.P12),
            item("b", severity=Severity.MAJOR, evidence=Evidence.E1, principle=Principle.P02),
            item("c", NOT_CHECKED, severity=Severity.MINOR),
        )
    )
    assert card.coverage.checked_share == 12 / 13
    assert card.coverage.verified_share == 8 / 13


def test_exactly_eighty_and_sixty_per_cent_pass() -> None:
    def minor(name: str, answer: Answer, evidence: Evidence = Evidence.E2) -> ItemInput:
        return item(name, answer, evidence, severity=Severity.MINOR)

    three = [minor(str(n), Answer.YES) for n in range(3)]
    e1, open_one = minor("e1", Answer.YES, Evidence.E1), minor("open", NOT_CHECKED)
    passing = compute(bare(*three, e1, open_one))
    assert (passing.coverage.checked_share, passing.coverage.verified_share) == (0.8, 0.6)
    assert passing.caps == ()
    too_little_checked = compute(bare(*three, open_one))
    assert [cap.gate for cap in too_little_checked.caps] == ["G9"]
    too_little_verified = compute(bare(*three[:2], e1, minor("e2", Answer.YES, Evidence.E1)))
    assert [cap.gate for cap in too_little_verified.caps] == ["G9"]


def test_failing_critical_item_alone_trips_no_gate() -> None:
    failing = item("F1", Answer.NO, principle=Principle.P02, severity=Severity.CRITICAL)
    assert compute(with_items(example(), failing)).caps == ()


@pytest.mark.parametrize(
    ("score", "shown", "letter"),
    [
        (84.95, "85.0", "A"),
        (84.94999999999999, "85.0", "A"),
        (84.949, "84.9", "B"),
        (85.0, "85.0", "A"),
        (69.95, "70.0", "B"),
        (69.94, "69.9", "C"),
        (54.95, "55.0", "C"),
        (39.95, "40.0", "D"),
        (39.94, "39.9", "E"),
        (0.0, "0.0", "E"),
        (0.05, "0.1", "E"),
        (1e-7, "0.0", "E"),
        (100.0, "100.0", "A"),
    ],
)
def test_rounded_half_up_before_the_band(score: float, shown: str, letter: str) -> None:
    assert str(rounded(score)) == shown
    assert band(score, DEFAULT_0_1) == letter


@pytest.mark.parametrize(
    ("low", "high", "wanted"),
    [
        (70.0, 84.9, "high"),
        (69.95, 84.94, "high"),
        (69.9, 84.9, "medium"),
        (54.9, 84.9, "low"),
        (10, 39.9, "high"),
        (10, 40, "medium"),
        (None, None, "low"),
    ],
)
def test_certainty_compares_bands(low: float | None, high: float | None, wanted: str) -> None:
    assert certainty(low, high, DEFAULT_0_1) == wanted


def test_certainty_ignores_caps() -> None:
    assert compute(example(licence_valid=False)).certainty == "medium"


def test_no_cases_at_all_is_seventy() -> None:
    part = compute(example(cases=Duties(), actions=Duties())).responsiveness
    assert (part.low, part.mid, part.high) == pytest.approx((70, 70, 70))


def test_each_late_case_has_its_line_and_leads_to_the_case() -> None:
    cases = Duties(on_time=1, due=3, late=("case-9", "case-4"))
    lines = [line for line in compute(example(cases=cases)).ledger if line.kind == "late_case"]
    assert [(line.source, line.points) for line in lines] == [
        ("case-4", pytest.approx(9 / 7)),
        ("case-9", pytest.approx(9 / 7)),
    ]


def test_ledger_leads_to_the_answer() -> None:
    wrong = replace(item(answer=Answer.NO), source="answer-17")
    (line,) = [line for line in compute(bare(wrong)).ledger if line.kind == "answer"]
    assert (line.id, line.source, line.principle) == ("item:X1:answer", "answer-17", "P01")


def test_gender_view_is_the_audit_part_over_flagged_items() -> None:
    card = compute(
        bare(
            item("a", gender=True),
            item("b", Answer.NO, principle=Principle.P02, gender=True),
            item("c", Answer.NO, principle=Principle.P04),
        )
    )
    assert card.gender is not None
    assert card.gender.mid == pytest.approx(100 * 8 / 24)
    assert card.gender.items == 2
    assert compute(bare(item())).gender is None


def test_what_the_card_must_say_is_said() -> None:
    card = compute(
        example(
            unset_parameters=("SOP-LIC-10",),
            deployment_missing=("2023",),
            licence_conditions=("no new job orders",),
            months_since_inspection=18,
        )
    )
    said = {(note.code, note.subjects) for note in card.notes}
    assert (NoteCode.PARAMETER_NOT_SET, ("SOP-LIC-10",)) in said
    assert (NoteCode.DEPLOYMENT_MISSING, ("2023",)) in said
    assert (NoteCode.LICENCE_CONDITION, ("no new job orders",)) in said
    assert (NoteCode.FADED, ()) in said
    assert card.caps == ()


def test_same_fact_as_finding_and_complaint_trips_two_gates_once_each() -> None:
    inputs = example(
        gate_failures=(failure("F1"), failure("F1")),
        complaints=(complaint(severity=CaseSeverity.CRITICAL),),
    )
    assert [f"{cap.gate} {cap.cap}" for cap in compute(inputs).caps] == ["G3 D", "G5 C"]
