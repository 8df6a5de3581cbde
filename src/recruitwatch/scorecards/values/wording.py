"""The words that stand for the method's codes, as English sentences to translate."""

from __future__ import annotations

from collections.abc import Mapping

from recruitwatch.errors import N_
from recruitwatch.scorecards.values.contests import Ground
from recruitwatch.scorecards.values.words import (
    CaseSeverity,
    Certainty,
    Gate,
    Grade,
    LicenceState,
    LineKind,
    NoteCode,
    Outcome,
    Principle,
    Responsibility,
)

GRADES: Mapping[Grade, str] = {
    Grade.A: N_("Strong"),
    Grade.B: N_("Good"),
    Grade.C: N_("Needs work"),
    Grade.D: N_("Poor"),
    Grade.E: N_("Failing"),
    Grade.U: N_("Not enough evidence"),
}

CERTAINTIES: Mapping[Certainty, str] = {
    Certainty.HIGH: N_("High: worst and best reading give the same grade"),
    Certainty.MEDIUM: N_("Medium: worst and best reading lie one grade apart"),
    Certainty.LOW: N_("Low: worst and best reading lie more than one grade apart"),
}

PRINCIPLES: Mapping[Principle, str] = {
    Principle.P01: N_("Licence, legality and premises"),
    Principle.P02: N_("Fees and costs"),
    Principle.P03: N_("True information and advertising"),
    Principle.P04: N_("Contracts and pay terms"),
    Principle.P05: N_("Documents and freedom"),
    Principle.P06: N_("Equal treatment and safety of women"),
    Principle.P07: N_("Training, health and insurance before departure"),
    Principle.P08: N_("Partners, sub-agents and job screening"),
    Principle.P09: N_("Welfare follow-up of placed workers"),
    Principle.P10: N_("Complaints and remedy"),
    Principle.P11: N_("Return and repatriation"),
    Principle.P12: N_("Records, reporting and data protection"),
}

GATES: Mapping[Gate, str] = {
    Gate.G1: N_("The licence is expired, suspended or cancelled."),
    Gate.G2: N_("A zero-tolerance failure is confirmed."),
    Gate.G3: N_("A critical failure is confirmed and not yet put right."),
    Gate.G4: N_("Two or more critical failures are confirmed and not yet put right."),
    Gate.G5: N_("Critical complaints were upheld in the last 12 months."),
    Gate.G6: N_("Money awarded to a worker is overdue by more than 30 days."),
    Gate.G7: N_("Five or more major corrective actions are overdue."),
    Gate.G8: N_("Fewer than 8 workers were interviewed in the last 24 months."),
    Gate.G9: N_("Too little was checked or verified, or too long ago, to give a grade."),
}

LINES: Mapping[LineKind, str] = {
    LineKind.ANSWER: N_("Answer"),
    LineKind.EVIDENCE: N_("Weak evidence"),
    LineKind.RECENCY: N_("Last full inspection more than 12 months ago"),
    LineKind.COMPLAINT: N_("A decided complaint"),
    LineKind.BENCHMARK: N_("Start from the national average, because few workers were sent"),
    LineKind.SILENCE: N_("Fewer than half of the workers asked know whom they could call"),
    LineKind.LATE_CASE: N_("Complaint case not closed in time"),
    LineKind.CASE_PRIOR: N_("Start from the usual record of cases, because there are few"),
    LineKind.LATE_ACTION: N_("Corrective action not closed in time"),
    LineKind.ACTION_PRIOR: N_(
        "Start from the usual record of corrective actions, because there are few"
    ),
}

CASE_SEVERITIES: Mapping[CaseSeverity, str] = {
    CaseSeverity.CRITICAL: N_("Critical"),
    CaseSeverity.MAJOR: N_("Major"),
    CaseSeverity.MINOR: N_("Minor"),
}

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.UPHELD: N_("upheld"),
    Outcome.PARTLY_UPHELD: N_("partly upheld"),
    Outcome.SETTLED: N_("settled, and the settlement confirmed"),
    Outcome.WITHDRAWN_PRESSURE: N_("withdrawn under pressure, as two officers found"),
    Outcome.NOT_UPHELD: N_("not upheld"),
    Outcome.PENDING: N_("pending"),
}

RESPONSIBILITIES: Mapping[Responsibility, str] = {
    Responsibility.AGENCY: N_("The agency, its staff, sub-agents or partners are responsible."),
    Responsibility.EMPLOYER: N_("The employer alone is responsible."),
    Responsibility.EMPLOYER_TOLD: N_(
        "The employer is responsible; the agency was told and did nothing."
    ),
}

_USUAL_RECORD = N_(
    "Every agency starts as if four earlier ones had been due, seven in ten of them met in time. "
    "The more it has of its own, the less this counts."
)
EXPLANATIONS: Mapping[LineKind, str] = {
    LineKind.RECENCY: N_(
        "For 12 months after a full inspection good marks count in full. Then they fade, and after "
        "24 months no more than 60 points are left."
    ),
    LineKind.COMPLAINT: N_(
        "A decided complaint counts by its severity, its outcome, who is responsible, its age and "
        "how many workers it harmed."
    ),
    LineKind.BENCHMARK: N_(
        "Every agency starts as if 500 more workers had been sent, with as many complaints as the "
        "national average. The more workers it sends, the less this counts."
    ),
    LineKind.SILENCE: N_(
        "Few complaints prove little when workers do not know whom they could call, so this part "
        "is no better than the national average."
    ),
    LineKind.LATE_CASE: N_(
        "Every late one costs the same: the more were due, the less each. The time limit is the "
        "ministry's own, so the delay may not be the agency's."
    ),
    LineKind.CASE_PRIOR: _USUAL_RECORD,
    LineKind.LATE_ACTION: N_("Every late one costs the same: the more were due, the less each."),
    LineKind.ACTION_PRIOR: _USUAL_RECORD,
}

NOTES: Mapping[NoteCode, str] = {
    NoteCode.NEVER_INSPECTED: N_("No full inspection of this agency has been approved yet."),
    NoteCode.NOTHING_SCORED: N_(
        "An inspection took place, but nothing that counts was checked in the last 24 months."
    ),
    NoteCode.UNDER_URGENT_REVIEW: N_(
        "Under urgent review: a critical finding waits for the agency's reply or a decision. "
        "It does not lower the grade before that."
    ),
    NoteCode.LICENCE_UNKNOWN: N_(
        "The ministry has recorded no licence decision, so the grade does not judge the licence."
    ),
    NoteCode.LICENCE_CONDITION: N_("The licence is valid under conditions."),
    NoteCode.PENDING_COMPLAINTS: N_("Complaints are pending. They do not change the score."),
    NoteCode.DEPLOYMENT_MISSING: N_(
        "Numbers of workers sent are missing for some years and count as none."
    ),
    NoteCode.PARAMETER_NOT_SET: N_(
        "Some questions compare with a national figure that the ministry has not set. "
        "They were recorded and not scored."
    ),
    NoteCode.SILENCE_RULE: N_(
        "Too few of the workers asked know whom they could call. So few complaints prove nothing."
    ),
    NoteCode.FADED: N_(
        "Good marks fade with time: the last full inspection was more than 12 months ago."
    ),
}

LICENCES: Mapping[LicenceState, str] = {
    LicenceState.VALID: N_("Valid"),
    LicenceState.EXPIRED: N_("Expired"),
    LicenceState.SUSPENDED: N_("Suspended"),
    LicenceState.CANCELLED: N_("Cancelled"),
}

GROUNDS: Mapping[Ground, str] = {
    Ground.WRONG_FACT: N_("The fact is wrong"),
    Ground.WRONG_RULE: N_("The wrong rule was used"),
    Ground.WRONG_WEIGHT: N_("The line weighs too much"),
    Ground.WRONG_ATTRIBUTION: N_("It was not this agency"),
    Ground.ALREADY_FIXED: N_("It is already put right"),
}
