"""What officers hand in: classifications, judgements, decisions; and whom a case may be about."""

from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

import msgspec

from recruitwatch.brokers.values import TieEvidence
from recruitwatch.complaints.values.codes import Urgency
from recruitwatch.complaints.values.states import Outcome, Responsibility
from recruitwatch.errors import N_, Message
from recruitwatch.names.rules.reasons import SENTENCES


class Stage(StrEnum):
    """When it happened on the way."""

    BEFORE_DEPARTURE = "before_departure"
    TRANSIT = "transit"
    AT_WORK = "at_work"
    RETURN = "return"
    UNKNOWN = "unknown"


class Target(StrEnum):
    """Whom a case is about. NONE: nobody on record, said by an officer and not by silence."""

    AGENCY = "agency"
    BROKER = "broker"
    NONE = "none"


class Judgement(StrEnum):
    """An officer's word on a link. A withdrawn one takes an earlier word back."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Basis(StrEnum):
    """What a confirmed link rests on: a name alone is never enough."""

    DOCUMENT = "document"
    TWO_FACTS = "two_facts"
    ADMITTED = "admitted"
    NONE = "none"


class NewClassification(msgspec.Struct, frozen=True, kw_only=True):
    """`main_code` is one of `codes`. `escalators` and `conditions` are words of the code book's."""

    codes: tuple[str, ...]
    main_code: str
    stage: Stage
    escalators: tuple[str, ...]
    conditions: tuple[str, ...] = ()


class NewLink(msgspec.Struct, frozen=True, kw_only=True):
    target: Target
    judgement: Judgement
    basis: Basis
    reason: str
    agency_id: UUID | None = None
    broker_id: UUID | None = None
    supersedes: UUID | None = None
    also: str = ""
    """What workers call the agency, if an officer says that it shall be kept as a name of it."""


class NewDecision(msgspec.Struct, frozen=True, kw_only=True):
    """`reasons` are for colleagues and appeals, `told` for the worker in plain words. `other_reference` is
    the case that goes on where this one was told before."""

    outcome: Outcome
    responsibility: Responsibility
    workers: int
    reasons: str
    told: str
    other_reference: str = ""


class NewUrgency(msgspec.Struct, frozen=True, kw_only=True):
    urgency: Urgency
    reason: str


class Evidence(StrEnum):
    """Why an agency is offered besides the reasons of the matcher: its broker was named."""

    BROKER_DOCUMENT = "broker_document"
    BROKER_SAME_NUMBER = "broker_same_number"
    BROKER_ADMITTED = "broker_admitted"
    BROKER_FINDING = "broker_finding"
    BROKER_VISIT = "broker_visit"
    BROKER_DECISION = "broker_decision"
    BROKER_CASES = "broker_cases"


EVIDENCE_NAMES: Mapping[str, str] = {
    **SENTENCES,
    Evidence.BROKER_DOCUMENT: N_("This broker works for it: a document shows it."),
    Evidence.BROKER_SAME_NUMBER: N_("This broker works for it: both have the same number."),
    Evidence.BROKER_ADMITTED: N_("This broker works for it: one of them admits it."),
    Evidence.BROKER_FINDING: N_("This broker works for it: a finding says so."),
    Evidence.BROKER_VISIT: N_("This broker works for it: an officer saw it on a visit."),
    Evidence.BROKER_DECISION: N_("This broker works for it: a case was decided so."),
    Evidence.BROKER_CASES: N_("This broker works for it: several workers said so."),
}
"""Why an agency is offered, features of the matcher first, in the words that officers read beside it."""
TIED_BY = {
    TieEvidence.DOCUMENT: Evidence.BROKER_DOCUMENT,
    TieEvidence.SAME_NUMBER: Evidence.BROKER_SAME_NUMBER,
    TieEvidence.ADMITTED: Evidence.BROKER_ADMITTED,
    TieEvidence.FINDING: Evidence.BROKER_FINDING,
    TieEvidence.VISIT: Evidence.BROKER_VISIT,
    TieEvidence.DECISION: Evidence.BROKER_DECISION,
    TieEvidence.CASES: Evidence.BROKER_CASES,
}
"""How the evidence that ties a broker to an agency is said of a candidate."""


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One reason for a candidate: what kind, and what of her words, or which broker, it rests on."""

    evidence: str
    said: str

    @property
    def sentence(self) -> Message:
        return Message(EVIDENCE_NAMES[self.evidence])


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """How the matcher did on a case when an officer judged an agency, without a word of hers. `rank` is the
    place of that agency among the suggested ones, 1 to 5."""

    matcher: str
    script: str
    outcome: str
    rank: int | None
    score: float | None


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """An agency the case may be about. A machine only offers; an officer links."""

    agency_id: UUID
    legal_name: str
    licence_no: str | None
    register_title: str
    city: str
    facts: tuple[Fact, ...]
