"""Gates: conditions that cap the final grade whatever the points say (part 4.5)."""

from __future__ import annotations

from collections.abc import Iterable

from recruitwatch.scorecards.values import (
    Cap,
    CardInputs,
    CaseSeverity,
    ComplaintInput,
    Coverage,
    FailureCap,
    Gate,
    GateFailure,
    Grade,
    LicenceState,
    Outcome,
    Profile,
    Responsibility,
)


def active_caps(inputs: CardInputs, found: Coverage, profile: Profile) -> tuple[Cap, ...]:
    """Every active cap, in the order of the gates. Several may be active; all are shown."""
    several = several_open_failures(inputs, profile)
    caps = (
        licence_gate(inputs),
        zero_tolerance_gate(inputs, profile),
        None if several else critical_failure_gate(inputs, profile),
        several,
        critical_complaint_gate(inputs, profile),
        award_gate(inputs, profile),
        overdue_action_gate(inputs, profile),
        interview_gate(inputs, profile),
        evidence_gate(inputs, found, profile),
    )
    return tuple(cap for cap in caps if cap is not None)


def licence_in_force(inputs: CardInputs) -> bool | None:
    """False if either statement about the licence says so, None if neither was made (4.13)."""
    state = inputs.licence_state
    if inputs.licence_valid is False or (state is not None and state is not LicenceState.VALID):
        return False
    return None if inputs.licence_valid is None and state is None else True


def licence_gate(inputs: CardInputs) -> Cap | None:
    """G1: licence expired, suspended or cancelled. An unknown licence trips nothing."""
    return Cap(gate=Gate.G1, cap=Grade.E) if licence_in_force(inputs) is False else None


def _events(failures: Iterable[GateFailure]) -> tuple[str, ...]:
    return tuple(sorted({each.event or each.item for each in failures}))


def _confirmed(inputs: CardInputs) -> list[GateFailure]:
    return [each for each in inputs.gate_failures if each.confirmed]


def _closed_within(failure: GateFailure, months: float) -> bool:
    closed = failure.closed_months_ago
    return closed is not None and closed < months


def zero_tolerance_gate(inputs: CardInputs, profile: Profile) -> Cap | None:
    """G2: E while open and 12 months after verified closure, then C for 12.

    The periods end on the exact month: at 12 the cap is C, at 24 it is gone.
    """
    rule = profile.gates
    failures = [each for each in _confirmed(inputs) if each.cap is FailureCap.E]
    full = [
        each
        for each in failures
        if each.closed_months_ago is None or _closed_within(each, rule.zero_tolerance_full_months)
    ]
    if full:
        return Cap(gate=Gate.G2, cap=Grade.E, subjects=_events(full))
    after = [each for each in failures if _closed_within(each, rule.zero_tolerance_after_months)]
    return Cap(gate=Gate.G2, cap=Grade.C, subjects=_events(after)) if after else None


def critical_failure_gate(inputs: CardInputs, profile: Profile) -> Cap | None:
    """G3: D while open, then C for 6 months after verified closure (gone at exactly 6)."""
    failures = [each for each in _confirmed(inputs) if each.cap is FailureCap.D]
    open_ones = [each for each in failures if each.closed_months_ago is None]
    if open_ones:
        return Cap(gate=Gate.G3, cap=Grade.D, subjects=_events(open_ones))
    after = [each for each in failures if _closed_within(each, profile.gates.critical_after_months)]
    return Cap(gate=Gate.G3, cap=Grade.C, subjects=_events(after)) if after else None


def several_open_failures(inputs: CardInputs, profile: Profile) -> Cap | None:
    """G4: two or more open critical failures of any kind; it stands in the place of G3.

    One event counts once: two entries of one event (the item, unless told otherwise) are one.
    """
    events = _events(each for each in _confirmed(inputs) if each.closed_months_ago is None)
    if len(events) < profile.gates.several_open:
        return None
    return Cap(gate=Gate.G4, cap=Grade.E, subjects=events)


def _counts_for_g5(complaint: ComplaintInput, profile: Profile) -> bool:
    return (
        complaint.severity is CaseSeverity.CRITICAL
        and complaint.outcome is Outcome.UPHELD
        and complaint.responsibility is not Responsibility.EMPLOYER
        and complaint.age_months is not None
        and complaint.age_months < profile.gates.complaint_months
    )


def critical_complaint_gate(inputs: CardInputs, profile: Profile) -> Cap | None:
    """G5: critical complaints upheld in the last 12 months: one or two C, three or more D.

    Complaints are counted, not workers; upheld only; against the agency, or the employer when
    the agency was told and did not act. A count given by the caller replaces the derived one.
    """
    ids: tuple[str, ...] = ()
    count = inputs.critical_complaints_12m
    if count is None:
        ids = tuple(sorted(each.id for each in inputs.complaints if _counts_for_g5(each, profile)))
        count = len(ids)
    if not count:
        return None
    cap = Grade.D if count >= profile.gates.complaints_for_d else Grade.C
    return Cap(gate=Gate.G5, cap=cap, subjects=ids)


def award_gate(inputs: CardInputs, profile: Profile) -> Cap | None:
    """G6: a money award overdue by more than 30 days."""
    late = any(days > profile.gates.award_days for days in inputs.award_overdue_days)
    return Cap(gate=Gate.G6, cap=Grade.D) if late else None


def overdue_action_gate(inputs: CardInputs, profile: Profile) -> Cap | None:
    """G7: five or more overdue corrective actions of major findings."""
    many = inputs.overdue_major_actions >= profile.gates.overdue_major_actions
    return Cap(gate=Gate.G7, cap=Grade.C) if many else None


def interview_gate(inputs: CardInputs, profile: Profile) -> Cap | None:
    """G8: fewer than 8 worker interviews in 24 months."""
    few = inputs.interviews < profile.gates.interviews
    return Cap(gate=Gate.G8, cap=Grade.C) if few else None


def evidence_gate(inputs: CardInputs, found: Coverage, profile: Profile) -> Cap | None:
    """G9: too little checked, too little verified, an old inspection or none; withheld (U).

    Exactly 80 and 60 per cent pass; where nothing applies coverage is not met (part 4.13).
    The shares are divided before they are compared, which is exact at the threshold.
    """
    rule = profile.gates
    months = inputs.months_since_inspection
    enough = (
        months is not None
        and months < rule.inspection_months
        and found.checked_share is not None
        and found.checked_share >= rule.coverage
        and found.verified_share is not None
        and found.verified_share >= rule.verified
    )
    return None if enough else Cap(gate=Gate.G9, cap=Grade.U)


def under_urgent_review(inputs: CardInputs) -> tuple[str, ...]:
    """Open critical findings not yet confirmed: shown on the card, without a cap (part 4.5)."""
    return _events(
        each
        for each in inputs.gate_failures
        if not each.confirmed and each.closed_months_ago is None
    )
