"""Complaint weights, the published table of rates, the silence rule, the pending line."""

from __future__ import annotations

from math import sqrt

import pytest

from recruitwatch.scorecards.rules import (
    DEFAULT_0_1,
    complaint_weight,
    compute,
)
from recruitwatch.scorecards.values import (
    CaseSeverity,
    LineKind,
    NoteCode,
    Outcome,
    Responsibility,
    Silence,
)
from rules.scorecards.example import bare, complaint, example, item


@pytest.mark.parametrize(
    ("deployed", "minors", "score"),
    [
        (50, 0, 72.97),
        (50, 4, 47.94),
        (500, 0, 84.09),
        (500, 12, 42.04),
        (5000, 0, 96.90),
        (5000, 30, 70.71),
        (5000, 120, 27.48),
    ],
)
def test_published_table_of_rates(deployed: int, minors: int, score: float) -> None:
    cases = ()
    if minors:
        cases = (complaint(severity=CaseSeverity.MINOR, workers=minors),)
    part = compute(bare(item(), complaints=cases, deployed=(deployed, 0, 0))).complaints
    assert part.points == minors
    assert part.mid == pytest.approx(score, abs=5e-3)


@pytest.mark.parametrize(
    ("age", "weight"),
    [(0, 4), (11, 4), (12, 2), (23, 2), (24, 1), (35, 1), (36, 0), (120, 0)],
)
def test_age_buckets_end_on_the_exact_month(age: int, weight: float) -> None:
    assert complaint_weight(complaint(age_months=age), DEFAULT_0_1) == weight


@pytest.mark.parametrize(
    ("outcome", "weight"),
    [
        (Outcome.UPHELD, 4),
        (Outcome.PARTLY_UPHELD, 3),
        (Outcome.SETTLED, 2),
        (Outcome.WITHDRAWN_PRESSURE, 2),
        (Outcome.NOT_UPHELD, 0),
        (Outcome.PENDING, 0),
    ],
)
def test_outcomes(outcome: Outcome, weight: float) -> None:
    assert complaint_weight(complaint(outcome=outcome), DEFAULT_0_1) == weight


@pytest.mark.parametrize(
    ("who", "weight"),
    [
        (Responsibility.AGENCY, 4),
        (Responsibility.EMPLOYER, 2),
        (Responsibility.EMPLOYER_TOLD, 4),
    ],
)
def test_responsibility(who: Responsibility, weight: float) -> None:
    assert complaint_weight(complaint(responsibility=who), DEFAULT_0_1) == weight


def test_latest_year_of_deployment_comes_first() -> None:
    assert compute(example(deployed=(1000, 0, 0))).complaints.exposure == 1.0
    assert compute(example(deployed=(0, 1000, 0))).complaints.exposure == 0.5
    assert compute(example(deployed=(0, 0, 1000))).complaints.exposure == 0.25


def test_no_deployment_and_no_complaint_stands_at_the_benchmark() -> None:
    part = compute(bare(item())).complaints
    assert part.rate == 6.0
    assert part.mid == pytest.approx(100 / sqrt(2))
    assert part.low < part.mid < part.high


def test_complaints_of_no_weight_leave_no_line() -> None:
    cases = (
        complaint("a", Outcome.NOT_UPHELD),
        complaint("b", age_months=36),
        complaint("c", Outcome.PENDING, None),
    )
    card = compute(bare(item(), complaints=cases))
    assert [line for line in card.ledger if line.kind is LineKind.COMPLAINT] == []
    assert card.complaints.mid == compute(bare(item())).complaints.mid


@pytest.mark.parametrize(
    ("asked", "know", "lowered"),
    [(8, 3, True), (8, 4, False), (9, 4, True), (7, 0, False), (0, 0, False), (100, 50, False)],
)
def test_silence_needs_eight_asked_and_fewer_than_half(
    asked: int, know: int, lowered: bool
) -> None:
    inputs = example(complaints=(), silence=Silence(asked=asked, know=know))
    part = compute(inputs).complaints
    assert (part.mid == pytest.approx(100 / sqrt(2))) is lowered
    assert (part.mid < part.before_silence) is lowered


def test_silence_lowers_both_ends_of_the_range() -> None:
    loud = compute(example(complaints=(), deployed=(5000, 5000, 5000))).complaints
    quiet = compute(
        example(complaints=(), deployed=(5000, 5000, 5000), silence=Silence(asked=10, know=0))
    ).complaints
    assert min(loud.low, loud.mid, loud.high) > 100 / sqrt(2)
    assert (quiet.low, quiet.mid, quiet.high) == pytest.approx((100 / sqrt(2),) * 3)


def test_silence_never_lifts_a_bad_record() -> None:
    before = compute(example())
    after = compute(example(silence=Silence(asked=10, know=0)))
    assert after.complaints.mid == before.complaints.mid
    assert after.score == before.score
    assert LineKind.SILENCE not in {line.kind for line in after.ledger}
    assert NoteCode.SILENCE_RULE in {note.code for note in after.notes}


def test_pending_changes_nothing_but_is_said() -> None:
    pending = complaint("p", Outcome.PENDING, None, severity=CaseSeverity.CRITICAL)
    with_it, without = compute(bare(item(), complaints=(pending,))), compute(bare(item()))
    assert with_it.score == without.score
    assert with_it.complaints.pending == 1
    assert ("p",) in {note.subjects for note in with_it.notes}


def test_pending_line_takes_cases_as_decided_today_under_the_silence_rule() -> None:
    pending = complaint("p", Outcome.PENDING, 30)
    decided = complaint("p", Outcome.UPHELD, 0)
    part = compute(bare(item(), complaints=(pending,))).complaints
    assert part.mid_if_pending_upheld == compute(bare(item(), complaints=(decided,))).complaints.mid
    small = complaint("p", Outcome.PENDING, None, severity=CaseSeverity.MINOR)
    quiet = compute(
        bare(
            item(),
            complaints=(small,),
            deployed=(9000, 0, 0),
            silence=Silence(asked=8, know=0),
        )
    ).complaints
    assert quiet.mid_if_pending_upheld == pytest.approx(100 / sqrt(2))


def test_range_is_clamped_around_the_rate_for_a_tiny_shape() -> None:
    heavy = complaint(severity=CaseSeverity.CRITICAL, workers=1)
    part = compute(bare(item(), complaints=(heavy,), deployed=(0, 0, 0))).complaints
    assert 0 <= part.rate_low <= part.rate <= part.rate_high
    assert part.low <= part.mid <= part.high
