"""The life of a case: states, who may move it, outcomes. Names are final; some are entered by later work."""

from enum import StrEnum

import msgspec


class State(StrEnum):
    """Where a case stands. `safety` runs beside the others and is kept as a mark of the case."""

    RECEIVED = "received"
    TRIAGE = "triage"
    SCREEN = "screen"
    DUPLICATE = "duplicate"
    NOT_A_COMPLAINT = "not_a_complaint"
    PARTLY_OUTSIDE = "partly_outside"
    REFERRED_OUT = "referred_out"
    LINKING = "linking"
    UNLINKED_PATTERN = "unlinked_pattern"
    ASSIGNED = "assigned"
    REASSIGN = "reassign"
    PLAN = "plan"
    CONSENT_NOTICE = "consent_notice"
    HOLD = "hold"
    NOTICED = "noticed"
    REPLY_IN = "reply_in"
    REPLY_LATE = "reply_late"
    INSPECT_ONLY = "inspect_only"
    INVESTIGATE = "investigate"
    CONCILIATE = "conciliate"
    SETTLED = "settled"
    DECIDE = "decide"
    REMEDY = "remedy"
    PAID = "paid"
    PART_PAID = "part_paid"
    DEFAULT = "default"
    ENFORCE = "enforce"
    APPEAL = "appeal"
    CLOSED = "closed"
    REOPENED = "reopened"


class Mover(StrEnum):
    """Who may take a step."""

    OFFICER = "officer"
    WORKER = "worker"
    EITHER = "either"


class Transition(msgspec.Struct, frozen=True):
    """One allowed step. `enabled` is False for steps of later work: they are refused."""

    before: State
    after: State
    mover: Mover = Mover.OFFICER
    enabled: bool = True


class Outcome(StrEnum):
    """How a case ended; the words of the ministry and of the score."""

    SUBSTANTIATED = "substantiated"
    PARTLY_SUBSTANTIATED = "partly_substantiated"
    NOT_SUBSTANTIATED = "not_substantiated"
    INSUFFICIENT_EVIDENCE = "insufficient_evidence"
    SETTLED_CONFIRMED = "settled_confirmed"
    WITHDRAWN_OWN_WISH = "withdrawn_own_wish"
    WITHDRAWN_PRESSURE = "withdrawn_pressure"
    REFERRED_ACCEPTED = "referred_accepted"
    OUTSIDE_MANDATE = "outside_mandate"
    DUPLICATE_LINKED = "duplicate_linked"
    NO_CONTACT_SLEEPING = "no_contact_sleeping"
    MALICIOUS = "malicious"


class Responsibility(StrEnum):
    """Who answers for what happened. `agency` includes its staff, sub-agents and partners."""

    AGENCY = "agency"
    EMPLOYER = "employer"
    EMPLOYER_TOLD = "employer_told"
