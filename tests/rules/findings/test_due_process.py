"""Who may decide a finding and when, and what the agency may see of it."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.findings import make_finding, make_step
from recruitwatch.findings.rules import (
    BEFORE_OPENED,
    BEFORE_SERVED,
    DATE_AHEAD,
    DECIDED,
    NOT_SERVED,
    REPLY_OPEN,
    SAME_PERSON,
    SERVED_TWICE,
    disclosed,
    may_decide,
    may_reply,
    may_serve,
    reply_until,
    state_of,
)
from recruitwatch.findings.values import FindingState, Step, StepKind, Workers

S, R, C, D = StepKind.SERVED, StepKind.REPLIED, StepKind.CONFIRMED, StepKind.DISMISSED
DAY = date(2026, 6, 1)
INSPECTOR, OTHER = uuid4(), uuid4()


def steps_of(*kinds: StepKind) -> tuple[Step, ...]:
    return tuple(make_step(kind, DAY) for kind in kinds)


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ((), FindingState.OPEN),
        ((S,), FindingState.SERVED),
        ((S, R), FindingState.REPLIED),
        ((S, R, R), FindingState.REPLIED),
        ((S, C), FindingState.CONFIRMED),
        ((S, R, C), FindingState.CONFIRMED),
        ((S, R, D), FindingState.DISMISSED),
    ],
)
def test_the_state_follows_from_the_steps(kinds: tuple[StepKind, ...], state: FindingState) -> None:
    assert state_of(kinds) is state


@pytest.mark.parametrize(
    ("kinds", "actor", "days", "reasons"),
    [
        ((), OTHER, 100, [NOT_SERVED]),
        ((), INSPECTOR, 100, [SAME_PERSON, NOT_SERVED]),
        ((S,), OTHER, 0, [REPLY_OPEN]),
        ((S,), OTHER, 14, [REPLY_OPEN]),
        ((S,), OTHER, 15, []),
        ((S,), INSPECTOR, 15, [SAME_PERSON]),
        ((S,), INSPECTOR, 3, [SAME_PERSON, REPLY_OPEN]),
        ((S, R), OTHER, 0, []),
        ((S, R), INSPECTOR, 0, [SAME_PERSON]),
        ((S, C), OTHER, 30, [DECIDED]),
        ((S, R, D), INSPECTOR, 30, [DECIDED]),
    ],
)
def test_when_a_finding_may_be_decided(
    kinds: tuple[StepKind, ...], actor: UUID, days: int, reasons: list[str]
) -> None:
    found = may_decide(
        steps_of(*kinds), found_by=INSPECTOR, actor_id=actor, on=DAY + timedelta(days=days)
    )
    assert [reason.key for reason in found] == reasons


@given(
    kinds=st.lists(st.sampled_from([S, R]), max_size=4),
    days=st.integers(min_value=0, max_value=60),
    actor=st.sampled_from([INSPECTOR, OTHER]),
)
def test_no_decision_without_service_and_a_chance_to_reply(
    kinds: list[StepKind], days: int, actor: UUID
) -> None:
    on = DAY + timedelta(days=days)
    allowed = not may_decide(steps_of(*kinds), found_by=INSPECTOR, actor_id=actor, on=on)
    if allowed:
        assert actor != INSPECTOR
        assert R in kinds or (S in kinds and days > 14)
    if S in kinds and R in kinds and actor != INSPECTOR:
        assert allowed


@pytest.mark.parametrize(
    ("kinds", "on", "reasons"),
    [
        ((), DAY, []),
        ((), DAY - timedelta(days=1), [BEFORE_OPENED]),
        ((), DAY + timedelta(days=6), [DATE_AHEAD]),
        ((S,), DAY, [SERVED_TWICE]),
        ((S, R, C), DAY, [SERVED_TWICE]),
    ],
)
def test_when_service_may_be_recorded(
    kinds: tuple[StepKind, ...], on: date, reasons: list[str]
) -> None:
    today = DAY + timedelta(days=5)
    found = may_serve(steps_of(*kinds), opened_on=DAY, on=on, today=today)
    assert [reason.key for reason in found] == reasons


@pytest.mark.parametrize(
    ("kinds", "on", "reasons"),
    [
        ((), DAY, [NOT_SERVED]),
        ((S,), DAY, []),
        ((S, R), DAY + timedelta(days=5), []),
        ((S,), DAY - timedelta(days=1), [BEFORE_SERVED]),
        ((S,), DAY + timedelta(days=6), [DATE_AHEAD]),
        ((S, D), DAY, [DECIDED]),
    ],
)
def test_when_a_reply_may_be_recorded(
    kinds: tuple[StepKind, ...], on: date, reasons: list[str]
) -> None:
    found = may_reply(steps_of(*kinds), on=on, today=DAY + timedelta(days=5))
    assert [reason.key for reason in found] == reasons


def test_what_was_found_in_the_office_is_shown_whole() -> None:
    finding = make_finding(make_step(S, DAY))
    shown = disclosed(finding)
    assert (shown.answer, shown.evidence, shown.note) == (
        finding.answer, finding.evidence, finding.note,
    )  # fmt: skip
    assert (shown.served_on, shown.reply_until) == (DAY, date(2026, 6, 15))


@given(asked=st.integers(min_value=1, max_value=40), data=st.data())
def test_of_workers_only_counts_are_shown_and_none_of_fewer_than_five(
    asked: int, data: st.DataObject
) -> None:
    failing = data.draw(st.integers(min_value=1, max_value=asked))
    finding = make_finding(
        workers=Workers(failing=failing, asked=asked), note="Amina said so", statement="numbers"
    )
    shown = disclosed(finding)
    assert (shown.answer, shown.evidence, shown.note) == (None, None, "")
    assert (shown.workers is None) == (shown.statement == "") == (asked < 5)


def test_the_reply_is_in_time_until_the_end_of_the_fourteenth_day() -> None:
    assert reply_until(date(2026, 2, 20)) == date(2026, 3, 6)
