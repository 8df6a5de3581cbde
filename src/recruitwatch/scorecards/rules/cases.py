"""From the cases about an agency to what its card counts of them (parts 4.3, 4.4, 4.12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, tzinfo

from recruitwatch.complaints.values.evidence import LinkedCase, StandingDecision
from recruitwatch.complaints.values.states import Outcome as Ending
from recruitwatch.scorecards.rules.inputs import is_within, whole_months
from recruitwatch.scorecards.values import (
    CaseSeverity,
    ComplaintInput,
    Duties,
    Outcome,
    Profile,
    Responsibility,
)

OUTCOMES: Mapping[Ending, Outcome] = {
    Ending.SUBSTANTIATED: Outcome.UPHELD,
    Ending.PARTLY_SUBSTANTIATED: Outcome.PARTLY_UPHELD,
    Ending.SETTLED_CONFIRMED: Outcome.SETTLED,
    Ending.WITHDRAWN_PRESSURE: Outcome.WITHDRAWN_PRESSURE,
    Ending.NOT_SUBSTANTIATED: Outcome.NOT_UPHELD,
    Ending.INSUFFICIENT_EVIDENCE: Outcome.NOT_UPHELD,
    Ending.WITHDRAWN_OWN_WISH: Outcome.NOT_UPHELD,
}
"""Part 4.12. Cases that ended otherwise say nothing of the agency and leave the card: outside the
mandate, the duplicate of another, referred, no contact with the worker any more, malicious. That they
leave R as well is the project's reading: the standard is silent."""


def window(profile: Profile) -> int:
    """The months a decided case counts for: the last of the age weights (part 4.3)."""
    return int(profile.complaints.age_weights[-1][0])


def closed_on(decision: StandingDecision, zone: tzinfo | None) -> date:
    """The day a case was closed, in the ministry's zone. Ages count from it (part 4.3)."""
    return decision.closed_at.astimezone(zone).date()


def complaint_inputs(
    cases: Iterable[LinkedCase], as_of: date, zone: tzinfo | None, profile: Profile
) -> tuple[ComplaintInput, ...]:
    """Decided cases of 36 months by outcome, and pending ones, by reference (part 4.12)."""
    found = (_complaint(case, as_of, zone, profile) for case in cases)
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.id))


def _complaint(
    case: LinkedCase, as_of: date, zone: tzinfo | None, profile: Profile
) -> ComplaintInput | None:
    severity, decision = CaseSeverity(case.severity), case.decision
    if decision is None:
        return ComplaintInput(id=case.reference, severity=severity, outcome=Outcome.PENDING)
    outcome, day = OUTCOMES.get(decision.outcome), closed_on(decision, zone)
    if outcome is None or not is_within(day, as_of, window(profile)):
        return None
    return ComplaintInput(
        id=case.reference,
        severity=severity,
        outcome=outcome,
        age_months=whole_months(day, as_of),
        workers=decision.workers,
        responsibility=Responsibility(decision.responsibility.value),
    )


def case_duties(
    cases: Iterable[LinkedCase], as_of: date, zone: tzinfo | None, profile: Profile
) -> Duties:
    """Cases with a time limit (part 4.4): due once closed or once the last day for deciding is over.

    On time are those closed by that day; no money can be ordered yet, so none is unpaid. The 36
    months count from the closing, or from the limit of a case that stands open.
    """
    met, late, still_open = 0, [], 0
    for case in cases:
        decision = case.decision
        if decision is None and case.decide_due_on >= as_of:
            still_open += 1
            continue
        day = case.decide_due_on if decision is None else closed_on(decision, zone)
        counts = decision is None or decision.outcome in OUTCOMES
        if not counts or not is_within(day, as_of, window(profile)):
            continue
        if decision is not None and day <= case.decide_due_on:
            met += 1
        else:
            late.append(case.reference)
    names: Sequence[str] = sorted(late)
    return Duties(on_time=met, due=met + len(late), open=still_open, late=tuple(names))
