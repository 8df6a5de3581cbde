"""What a card counts of the cases about an agency, from their plain facts."""

from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitwatch.complaints.values.evidence import LinkedCase, StandingDecision
from recruitwatch.complaints.values.states import Outcome, Responsibility
from recruitwatch.scorecards.rules import DEFAULT_0_1
from recruitwatch.scorecards.rules.cases import case_facts
from recruitwatch.scorecards.values import ComplaintInput, Duties

AS_OF = date(2026, 6, 30)
NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)


def make_case(
    reference: str = "BCDFGHJ", due: date = AS_OF, closed_at: datetime | None = None,
    outcome: Outcome = Outcome.SUBSTANTIATED,
) -> LinkedCase:  # fmt: skip
    decision = None
    if closed_at is not None:
        decision = StandingDecision(
            outcome=outcome, responsibility=Responsibility.AGENCY, workers=3, closed_at=closed_at
        )
    return LinkedCase(
        agency_id=UUID(int=1), reference=reference, decide_due_on=due, severity="major",
        decision=decision,
    )  # fmt: skip


def inputs_of(*cases: LinkedCase) -> tuple[ComplaintInput, ...]:
    return case_facts(cases, AS_OF, UTC, DEFAULT_0_1).complaints


def duties_of(*cases: LinkedCase) -> Duties:
    return case_facts(cases, AS_OF, UTC, DEFAULT_0_1).duties


@pytest.mark.parametrize(
    ("outcome", "word"),
    [("substantiated", "upheld"), ("partly_substantiated", "partly_upheld"),
     ("settled_confirmed", "settled"), ("withdrawn_pressure", "withdrawn_pressure"),
     ("not_substantiated", "not_upheld"), ("insufficient_evidence", "not_upheld"),
     ("withdrawn_own_wish", "not_upheld"), ("outside_mandate", None),
     ("duplicate_linked", None), ("referred_accepted", None), ("no_contact_sleeping", None),
     ("malicious", None)],
)  # fmt: skip
def test_every_ending_has_its_word_or_leaves_the_card(outcome: str, word: str | None) -> None:
    case = make_case(closed_at=NOON, outcome=Outcome(outcome))
    assert [one.outcome.value for one in inputs_of(case)] == ([word] if word else [])
    assert duties_of(case).due == (1 if word else 0)


@pytest.mark.parametrize(
    ("closed_at", "age"),
    [(NOON, 0), (datetime(2026, 5, 31, tzinfo=UTC), 0), (datetime(2026, 5, 30, tzinfo=UTC), 1),
     (datetime(2025, 6, 30, tzinfo=UTC), 12), (datetime(2023, 7, 1, tzinfo=UTC), 35),
     (datetime(2023, 6, 30, tzinfo=UTC), None)],
)  # fmt: skip
def test_age_counts_whole_months_from_the_closing_and_ends_at_thirty_six(
    closed_at: datetime, age: int | None
) -> None:
    case = make_case(closed_at=closed_at)
    assert [one.age_months for one in inputs_of(case)] == ([] if age is None else [age])
    assert duties_of(case).due == (age is not None)


@pytest.mark.parametrize(
    ("due", "closed_at", "expected"),
    [(AS_OF, None, Duties(open=1)),
     (AS_OF - timedelta(days=1), None, Duties(due=1, late=("BCDFGHJ",))),
     (AS_OF, NOON, Duties(on_time=1, due=1)),
     (AS_OF - timedelta(days=1), NOON, Duties(due=1, late=("BCDFGHJ",))),
     (AS_OF + timedelta(days=60), NOON, Duties(on_time=1, due=1)),
     (date(2023, 7, 1), None, Duties(due=1, late=("BCDFGHJ",))),
     (date(2023, 6, 30), None, Duties())],
)  # fmt: skip
def test_a_case_is_due_once_closed_or_once_its_last_day_is_over(
    due: date, closed_at: datetime | None, expected: Duties
) -> None:
    assert duties_of(make_case(due=due, closed_at=closed_at)) == expected


def test_the_day_of_closing_is_that_of_the_ministry() -> None:
    evening = datetime(2026, 6, 29, 20, tzinfo=UTC)
    case = make_case(due=date(2026, 6, 29), closed_at=evening)
    dhaka = timezone(timedelta(hours=6))
    assert duties_of(case).on_time == 1
    assert case_facts([case], AS_OF, dhaka, DEFAULT_0_1).duties.on_time == 0


def test_a_pending_case_has_neither_age_nor_workers_to_count() -> None:
    [pending] = inputs_of(make_case())
    assert (pending.id, pending.outcome.value, pending.age_months) == ("BCDFGHJ", "pending", None)


CASES = st.lists(
    st.builds(
        make_case,
        reference=st.text("BCDFGH23456789", min_size=7, max_size=7),
        due=st.dates(date(2022, 1, 1), date(2026, 12, 31)),
        closed_at=st.none() | st.integers(0, 1600).map(lambda days: NOON - timedelta(days=days)),
        outcome=st.sampled_from(Outcome),
    ),
    unique_by=lambda one: one.reference,
    max_size=12,
)


@given(CASES)
def test_the_order_of_cases_does_not_matter(cases: list[LinkedCase]) -> None:
    mixed = sorted(cases, key=lambda one: one.reference[::-1])
    assert inputs_of(*cases) == inputs_of(*mixed)
    assert duties_of(*cases) == duties_of(*mixed)


@given(CASES)
def test_each_case_is_counted_once_at_most(cases: list[LinkedCase]) -> None:
    duties = duties_of(*cases)
    assert len(inputs_of(*cases)) <= len(cases)
    assert duties.due + duties.open <= len(cases)
    assert len(duties.late) == duties.due - duties.on_time
