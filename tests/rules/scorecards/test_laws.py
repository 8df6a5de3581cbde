"""What must hold for every agency, whatever the facts."""

from __future__ import annotations

from datetime import date
from math import fsum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import json
from msgspec.structs import replace

from recruitwatch.scorecards.rules import DEFAULT_0_1, complaint_weight, compute
from recruitwatch.scorecards.values import (
    Answer,
    CardInputs,
    CaseSeverity,
    ComplaintInput,
    Duties,
    Evidence,
    FailureCap,
    GateFailure,
    ItemInput,
    LicenceState,
    Outcome,
    Principle,
    Ratio,
    Responsibility,
    Severity,
    Silence,
)
from rules.scorecards.example import complaint

# Enough examples to find a broken law, few enough for a quick run; no verdict on time.
law = settings(max_examples=60, deadline=None)

months = st.integers(0, 40)
ratios = st.integers(0, 12).flatmap(
    lambda checked: st.builds(Ratio, ok=st.integers(0, checked), checked=st.just(checked))
)
items = st.builds(
    ItemInput,
    id=st.text("abcdef", min_size=1, max_size=3),
    principle=st.sampled_from(Principle),
    severity=st.sampled_from(Severity),
    answer=st.sampled_from(Answer) | ratios,
    evidence=st.none() | st.sampled_from(Evidence),
    gender=st.booleans(),
)
decided = [each for each in Outcome if each is not Outcome.PENDING]
complaints = st.builds(
    ComplaintInput,
    id=st.text("uvwxyz", min_size=1, max_size=3),
    severity=st.sampled_from(CaseSeverity),
    outcome=st.sampled_from(decided),
    age_months=months,
    workers=st.integers(1, 60),
    responsibility=st.sampled_from(Responsibility),
) | st.builds(
    ComplaintInput,
    id=st.text("uvwxyz", min_size=1, max_size=3),
    severity=st.sampled_from(CaseSeverity),
    outcome=st.just(Outcome.PENDING),
    age_months=st.none(),
)
duties = st.integers(0, 20).flatmap(
    lambda due: st.builds(
        Duties, on_time=st.integers(0, due), due=st.just(due), open=st.integers(0, 9)
    )
)
failures = st.builds(
    GateFailure,
    item=st.sampled_from(["a", "b", "c"]),
    cap=st.sampled_from(FailureCap),
    confirmed=st.booleans(),
    closed_months_ago=st.none() | months,
)
silences = st.integers(0, 20).flatmap(
    lambda asked: st.builds(Silence, asked=st.just(asked), know=st.integers(0, asked))
)
sent = st.integers(0, 20_000)
facts = st.builds(
    CardInputs,
    as_of=st.just(date(2025, 6, 30)),
    months_since_inspection=st.none() | months,
    interviews=st.integers(0, 20),
    licence_valid=st.none() | st.booleans(),
    licence_state=st.none() | st.sampled_from(LicenceState),
    items=st.lists(items, max_size=12, unique_by=lambda each: each.id).map(tuple),
    complaints=st.lists(complaints, max_size=6, unique_by=lambda each: each.id).map(tuple),
    deployed=st.tuples(sent, sent, sent),
    cases=duties,
    actions=duties,
    gate_failures=st.lists(failures, max_size=4).map(tuple),
    critical_complaints_12m=st.none() | st.integers(0, 4),
    award_overdue_days=st.lists(st.integers(0, 60), max_size=2).map(tuple),
    overdue_major_actions=st.integers(0, 7),
    silence=st.none() | silences,
)


@law
@given(facts)
def test_ledger_adds_up_to_what_is_missing(inputs: CardInputs) -> None:
    card = compute(inputs)
    if card.score is None:
        assert card.ledger == ()
        return
    whole = sum(line.points for line in card.ledger)
    assert whole == pytest.approx(100 - card.score, abs=1e-9)
    assert card.ledger_total == pytest.approx(100 - card.score, abs=1e-9)
    assert all(line.points > 0 for line in card.ledger)
    assert len({line.id for line in card.ledger}) == len(card.ledger)


@law
@given(facts)
def test_range_encloses_the_score_and_stays_within_bounds(inputs: CardInputs) -> None:
    card = compute(inputs)
    if card.score is not None:
        assert card.score_low is not None
        assert card.score_high is not None
        assert 0 <= card.score_low <= card.score <= card.score_high <= 100
    for part in (card.complaints, card.responsiveness):
        assert 0 <= part.low <= part.mid <= part.high <= 100


@law
@given(facts, complaints, st.sampled_from([Outcome.UPHELD, Outcome.PARTLY_UPHELD]), months)
def test_an_upheld_complaint_never_raises_c(
    inputs: CardInputs, case: ComplaintInput, outcome: Outcome, age: int
) -> None:
    case = replace(case, id="new", outcome=outcome, age_months=float(age))
    after = replace(inputs, complaints=(*inputs.complaints, case))
    assert compute(after).complaints.mid <= compute(inputs).complaints.mid


def with_first(inputs: CardInputs, item: ItemInput) -> CardInputs:
    return replace(inputs, items=(replace(item, id="new"), *inputs.items))


def never_lower(before: CardInputs, after: CardInputs) -> None:
    was, now = compute(before).score, compute(after).score
    if was is not None:
        assert now is not None
        assert now >= was


@law
@given(facts, items, st.sampled_from(Evidence), st.sampled_from(Evidence))
def test_better_evidence_never_lowers_the_score(
    inputs: CardInputs, item: ItemInput, one: Evidence, other: Evidence
) -> None:
    weaker, stronger = min(one, other), max(one, other)
    never_lower(
        with_first(inputs, replace(item, evidence=weaker)),
        with_first(inputs, replace(item, evidence=stronger)),
    )


@law
@given(facts, items)
def test_failing_turned_compliant_never_lowers_the_score(
    inputs: CardInputs, item: ItemInput
) -> None:
    never_lower(
        with_first(inputs, replace(item, answer=Answer.NO)),
        with_first(inputs, replace(item, answer=Answer.YES)),
    )


@law
@given(facts, items)
def test_an_item_that_does_not_apply_changes_nothing(inputs: CardInputs, item: ItemInput) -> None:
    idle = replace(item, id="new", answer=Answer.NA)
    assert compute(replace(inputs, items=(idle, *inputs.items))) == compute(inputs)


@law
@given(facts, st.randoms(use_true_random=False))
def test_order_of_input_is_irrelevant(inputs: CardInputs, random: object) -> None:
    def mixed(values: tuple[object, ...]) -> tuple[object, ...]:
        shuffled = list(values)
        random.shuffle(shuffled)
        return tuple(shuffled)

    turned = replace(
        inputs,
        items=mixed(inputs.items),
        complaints=mixed(inputs.complaints),
        gate_failures=mixed(inputs.gate_failures),
        award_overdue_days=mixed(inputs.award_overdue_days),
    )
    assert compute(turned) == compute(inputs)


@law
@given(facts)
def test_stored_inputs_give_the_same_card_again(inputs: CardInputs) -> None:
    stored = json.decode(json.encode(inputs), type=CardInputs)
    assert json.encode(compute(stored)) == json.encode(compute(inputs))


@law
@given(facts)
def test_grade_is_never_better_than_points_or_a_d_or_e_cap(inputs: CardInputs) -> None:
    card = compute(inputs)
    letters = [cap.cap for cap in card.caps]
    if "U" not in letters:
        assert card.grade == max([card.band, *letters])
    elif "E" in letters:
        assert card.grade == "E"
    elif "D" in letters:
        assert card.grade == "D"
    else:
        assert card.grade == "U"


@law
@given(facts, st.text("uvwxyz", min_size=1, max_size=3))
def test_pending_cases_never_change_the_score(inputs: CardInputs, name: str) -> None:
    pending = complaint(f"new-{name}", Outcome.PENDING, None)
    after = compute(replace(inputs, complaints=(*inputs.complaints, pending)))
    before = compute(inputs)
    assert (after.score, after.score_low, after.score_high, after.ledger) == (
        before.score,
        before.score_low,
        before.score_high,
        before.ledger,
    )


@law
@given(facts)
def test_complaints_come_to_what_each_weighs_by_itself_to_the_last_digit(
    inputs: CardInputs,
) -> None:
    part = compute(inputs).complaints
    weights = [complaint_weight(one, DEFAULT_0_1) * one.workers for one in inputs.complaints]
    assert part.points == fsum(weights)
    upheld = tuple(
        replace(one, outcome=Outcome.UPHELD, age_months=0.0)
        if one.outcome is Outcome.PENDING
        else one
        for one in inputs.complaints
    )
    assert part.mid_if_pending_upheld == compute(replace(inputs, complaints=upheld)).complaints.mid
