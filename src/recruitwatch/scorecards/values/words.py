"""The closed vocabularies of the scoring method."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Principle(StrEnum):
    """The twelve principles; NOT_SCORED marks questions that are recorded only."""

    P01 = "P01"
    P02 = "P02"
    P03 = "P03"
    P04 = "P04"
    P05 = "P05"
    P06 = "P06"
    P07 = "P07"
    P08 = "P08"
    P09 = "P09"
    P10 = "P10"
    P11 = "P11"
    P12 = "P12"
    NOT_SCORED = "NA"


class Severity(StrEnum):
    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"
    INFO = "info"


class CaseSeverity(StrEnum):
    """A complaint is never `info`: the categories know three severities."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"


class Answer(StrEnum):
    YES = "yes"
    PARTIAL = "partial"
    NO = "no"
    NA = "na"
    NOT_CHECKED = "not_checked"


class Evidence(IntEnum):
    """E0 the agency says so, E1 one document or statement, E2 tested, E3 confirmed from outside."""

    E0 = 0
    E1 = 1
    E2 = 2
    E3 = 3


class Outcome(StrEnum):
    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    SETTLED = "settled"
    WITHDRAWN_PRESSURE = "withdrawn_pressure"
    NOT_UPHELD = "not_upheld"
    PENDING = "pending"


class Responsibility(StrEnum):
    """Who answers for it. AGENCY includes its staff, sub-agents and partners."""

    AGENCY = "agency"
    EMPLOYER = "employer"
    EMPLOYER_TOLD = "employer_told"


class LicenceState(StrEnum):
    VALID = "valid"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"


class Grade(StrEnum):
    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    U = "U"


class FailureCap(StrEnum):
    """The cap a checklist sets on a critical item: D, or E for zero tolerance."""

    D = "D"
    E = "E"


class Certainty(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Gate(StrEnum):
    G1 = "G1"
    G2 = "G2"
    G3 = "G3"
    G4 = "G4"
    G5 = "G5"
    G6 = "G6"
    G7 = "G7"
    G8 = "G8"
    G9 = "G9"


class LineKind(StrEnum):
    ANSWER = "answer"
    EVIDENCE = "evidence"
    RECENCY = "recency"
    COMPLAINT = "complaint"
    BENCHMARK = "benchmark"
    SILENCE = "silence"
    LATE_CASE = "late_case"
    CASE_PRIOR = "case_prior"
    LATE_ACTION = "late_action"
    ACTION_PRIOR = "action_prior"


class NoteCode(StrEnum):
    NEVER_INSPECTED = "never_inspected"
    NOTHING_SCORED = "nothing_scored"
    UNDER_URGENT_REVIEW = "under_urgent_review"
    LICENCE_UNKNOWN = "licence_unknown"
    LICENCE_CONDITION = "licence_condition"
    PENDING_COMPLAINTS = "pending_complaints"
    DEPLOYMENT_MISSING = "deployment_missing"
    PARAMETER_NOT_SET = "parameter_not_set"
    SILENCE_RULE = "silence_rule"
    FADED = "faded"
