"""Findings: what failed, the steps of the agency's right of reply, and the decision."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from recruitwatch.checklists.values import AnswerValue, EvidenceLevel, Gate, Severity
from recruitwatch.errors import N_, Conflict, NotAllowed, NotFound, Rejected


class SourceKind(StrEnum):
    """Where a finding comes from: a submitted audit, or a contract that was checked."""

    AUDIT = "audit"
    CONTRACT = "contract"


class StepKind(StrEnum):
    """What can happen to a finding. The first is once, replies are many, one decision ends it."""

    SERVED = "served"
    REPLIED = "replied"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class FindingState(StrEnum):
    """Where a finding stands; it follows from its steps and is never set."""

    OPEN = "open"
    SERVED = "served"
    REPLIED = "replied"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


STATE_NAMES = {
    FindingState.OPEN: N_("Evidence not served"),
    FindingState.SERVED: N_("Waiting for a reply"),
    FindingState.REPLIED: N_("Reply received"),
    FindingState.CONFIRMED: N_("Confirmed"),
    FindingState.DISMISSED: N_("Dismissed"),
}
STEP_NAMES = {
    StepKind.SERVED: N_("Evidence served on the agency"),
    StepKind.REPLIED: N_("Reply of the agency received"),
    StepKind.CONFIRMED: N_("Finding confirmed"),
    StepKind.DISMISSED: N_("Finding dismissed"),
}
SEVERITY_NAMES = {
    Severity.CRITICAL: N_("Critical"),
    Severity.MAJOR: N_("Major"),
    Severity.MINOR: N_("Minor"),
    Severity.INFO: N_("For information"),
}


class Workers(msgspec.Struct, frozen=True, kw_only=True):
    """How many workers gave a failing answer, of those who answered."""

    failing: int
    asked: int


class NewFinding(msgspec.Struct, frozen=True, kw_only=True):
    """One failed item, ready to be opened. `question` and `statement` stay in English: they are data.

    `workers` is set for what was asked of workers one by one; answer and note are then empty, so that
    nothing one worker said travels with the finding. `borne_out_by` is then the item of the same audit
    whose failure in the documents bears the workers out.
    """

    agency_id: UUID
    source_kind: SourceKind
    source_id: UUID
    checklist_id: str
    checklist_version: int
    item_id: str
    principle: str
    severity: Severity
    gate: Gate | None
    question: str
    statement: str
    trips_gate: bool
    office_id: UUID
    found_by: UUID
    found_on: date
    answer: AnswerValue | None = None
    evidence: EvidenceLevel | None = None
    note: str = ""
    workers: Workers | None = None
    borne_out_by: str | None = None


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened to a finding."""

    kind: StepKind
    on_date: date
    text: str
    taken_by: UUID
    taken_by_name: str
    taken_at: datetime


class NewStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step as somebody reports it."""

    on_date: date
    text: str


class NewDecision(msgspec.Struct, frozen=True, kw_only=True):
    """How the decision maker finds, and why."""

    kind: StepKind
    text: str


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A finding with its steps, oldest first. For staff.

    `barred` are the people who may not decide it: who worked on the audit, handed it in or reviewed
    it. `reviewers` are those among them who reviewed.
    """

    id: UUID
    agency_id: UUID
    agency_name: str
    source_kind: SourceKind
    source_id: UUID
    checklist_id: str
    checklist_version: int
    item_id: str
    principle: str
    severity: Severity
    gate: Gate | None
    question: str
    statement: str
    trips_gate: bool
    found_by: UUID
    found_by_name: str
    barred: frozenset[UUID]
    reviewers: frozenset[UUID]
    found_on: date
    opened_at: datetime
    answer: AnswerValue | None
    evidence: EvidenceLevel | None
    note: str
    workers: Workers | None
    borne_out_by: str | None
    steps: tuple[Step, ...]


class Disclosure(msgspec.Struct, frozen=True, kw_only=True):
    """What the agency is shown of a finding, and nothing else."""

    finding_id: UUID
    source_kind: SourceKind
    agency_name: str
    checklist_id: str
    checklist_version: int
    item_id: str
    principle: str
    severity: Severity
    question: str
    statement: str
    answer: AnswerValue | None
    evidence: EvidenceLevel | None
    note: str
    workers: Workers | None
    found_on: date
    served_on: date | None
    reply_until: date | None


class FindingLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the queue. `kept_back` where the evidence would tell who spoke."""

    id: UUID
    agency_id: UUID
    agency_name: str
    item_id: str
    question: str
    severity: Severity
    state: FindingState
    opened_at: datetime
    served_on: date | None
    kept_back: bool


class FindingFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which findings a list shows; an empty field shows all. `waiting` leaves out decided ones."""

    state: FindingState | None = None
    severity: Severity | None = None
    agency_id: UUID | None = None
    waiting: bool = False


class FindingUnknown(NotFound):
    code = "finding.unknown"
    sentence = N_("There is no such finding.")


class FindingTwice(Conflict):
    code = "finding.twice"
    sentence = N_("This audit was reviewed in the meantime. Its findings are already open.")


class FindingDecided(Conflict):
    code = "finding.decided"
    sentence = N_("The finding is decided. Nothing can be added to it.")


class EvidenceServedTwice(Conflict):
    code = "finding.served-twice"
    sentence = N_("It is already recorded that the evidence was served.")


class FewWorkers(Conflict):
    code = "finding.few-workers"
    sentence = N_(
        "This finding rests on the word of fewer than five workers. Serving it would tell the agency "
        "who spoke."
    )


class EvidenceNotServed(Conflict):
    code = "finding.not-served"
    sentence = N_("The evidence has not been served on the agency yet.")


class BeforeOpened(Conflict):
    code = "finding.before-opened"
    sentence = N_("This date is before the day on which the finding was opened.")


class DateAhead(Conflict):
    code = "finding.date-ahead"
    sentence = N_("This date is still to come.")


class BeforeServed(Conflict):
    code = "finding.before-served"
    sentence = N_("This date is before the day on which the evidence was served.")


class ReplyPeriodOpen(Conflict):
    code = "finding.reply-open"
    sentence = N_("The agency has 14 full days to reply, and they are not over.")


class DecidedByInspector(NotAllowed):
    code = "finding.same-person"
    sentence = N_("Whoever inspected may not decide. Ask another decision maker.")


class DecidedByReviewer(NotAllowed):
    code = "finding.reviewer"
    sentence = N_("Whoever reviewed the audit may not decide. Ask another decision maker.")


class DecidedByWorker(NotAllowed):
    code = "finding.worked-on"
    sentence = N_("Whoever answered in the audit may not decide. Ask another decision maker.")


class StepRefused(Rejected):
    code = "finding.step-refused"
    sentence = N_("This step cannot be recorded.")
