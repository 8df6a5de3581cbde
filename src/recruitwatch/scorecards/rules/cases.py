"""From the cases about an agency to what its card counts of them (parts 4.3, 4.4, 4.12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, tzinfo
from operator import attrgetter
from typing import NamedTuple

from recruitwatch.complaints.values.evidence import LinkedCase, StandingDecision
from recruitwatch.complaints.values.states import Outcome as Ending
from recruitwatch.complaints.values.states import Responsibility as Blame
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


_SEVERITIES = {one.value: one for one in CaseSeverity}
_RESPONSIBILITIES = {one: Responsibility(one.value) for one in Blame}
_id = attrgetter("id")


def window(profile: Profile) -> int:
    """The months a decided case counts for: the last of the age weights (part 4.3)."""
    return int(profile.complaints.age_weights[-1][0])


def closed_on(decision: StandingDecision, zone: tzinfo | None) -> date:
    """The day a case was closed, in the ministry's zone. Ages count from it (part 4.3)."""
    return decision.closed_at.astimezone(zone).date()


class CaseFacts(NamedTuple):
    """What a card counts of an agency's cases."""

    complaints: tuple[ComplaintInput, ...]
    duties: Duties


def case_facts(
    cases: Iterable[LinkedCase], as_of: date, zone: tzinfo | None, profile: Profile
) -> CaseFacts:
    """Decided cases of 36 months by outcome, and pending ones, by reference (part 4.12); and those with a
    time limit (part 4.4): due once closed or once the last day for deciding is over.

    On time are those closed by that day; no money can be ordered yet, so none is unpaid. The 36
    months count from the closing, or from the limit of a case that stands open.
    """
    months = window(profile)
    complaints, late = [], []
    met = still_open = 0
    for case in cases:
        decision, limit = case.decision, case.decide_due_on
        if decision is None:
            complaints.append(_pending(case))
            if limit >= as_of:
                still_open += 1
            elif is_within(limit, as_of, months):
                late.append(case.reference)
            continue
        day = closed_on(decision, zone)
        if decision.outcome not in OUTCOMES or not is_within(day, as_of, months):
            continue
        complaints.append(_decided(case, decision, whole_months(day, as_of)))
        if day <= limit:
            met += 1
        else:
            late.append(case.reference)
    duties = Duties(on_time=met, due=met + len(late), open=still_open, late=tuple(sorted(late)))
    return CaseFacts(tuple(sorted(complaints, key=_id)), duties)


def _pending(case: LinkedCase) -> ComplaintInput:
    return ComplaintInput(
        id=case.reference, severity=_SEVERITIES[case.severity], outcome=Outcome.PENDING
    )


def _decided(case: LinkedCase, decision: StandingDecision, months: int) -> ComplaintInput:
    return ComplaintInput(
        id=case.reference,
        severity=_SEVERITIES[case.severity],
        outcome=OUTCOMES[decision.outcome],
        age_months=months,
        workers=decision.workers,
        responsibility=_RESPONSIBILITIES[decision.responsibility],
    )
