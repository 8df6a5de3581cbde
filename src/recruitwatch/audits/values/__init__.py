"""Audits: the visit, its answers and interviews, the frozen document, reviews.

`AuditDocument` is the stable form `audit/1`: what was submitted is read by it for ever.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from recruitwatch.checklists.values import AnswerValue, Checklist, EvidenceLevel, Item
from recruitwatch.errors import N_, Conflict, NotAllowed, NotFound, Rejected

InterviewNo = Annotated[int, Meta(ge=1, le=999)]


class AuditState(StrEnum):
    """Where an audit stands. `ABANDONED` is kept for visits that were never made."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    ABANDONED = "abandoned"


OPEN_STATES = frozenset({AuditState.DRAFT, AuditState.RETURNED})

STATE_NAMES = {
    AuditState.DRAFT: N_("Draft"),
    AuditState.SUBMITTED: N_("Waiting for review"),
    AuditState.RETURNED: N_("Returned to the inspector"),
    AuditState.APPROVED: N_("Approved"),
    AuditState.ABANDONED: N_("Abandoned"),
}


class Verdict(StrEnum):
    APPROVED = "approved"
    RETURNED = "returned"


class ListChoice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A checklist in the version that is answered."""

    checklist_id: str
    version: int


class NewAudit(msgspec.Struct, frozen=True, kw_only=True):
    """A visit as the inspector starts it. The id comes with the form, so that sending it twice
    starts one audit."""

    id: UUID
    agency_id: UUID
    announced: bool
    unannounced_reason: str
    visited_on: date
    lists: tuple[ListChoice, ...]
    facts: Mapping[str, bool]


class VisitChange(msgspec.Struct, frozen=True, kw_only=True):
    """What can be put right about a visit while it is open."""

    announced: bool
    unannounced_reason: str
    visited_on: date
    facts: Mapping[str, bool]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What is recorded for one item. Interviews have numbers from 1, the lists of the visit 0.

    Without a value the item is unanswered, and the note may say why.
    """

    checklist_id: str
    item_id: str
    value: AnswerValue | None
    evidence: EvidenceLevel | None = None
    note: str = ""
    na_reason: str = ""
    interview_no: int = 0


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What one saved page says: answers to write, and items whose answer is taken back. Items that
    are in neither stay as they are."""

    answers: tuple[Answer, ...] = ()
    cleared: tuple[str, ...] = ()


class InterviewForm(msgspec.Struct, frozen=True, kw_only=True):
    """A worker's form as it is saved. Without consent everything else is dropped."""

    held_on: date
    facts: Mapping[str, bool]
    changes: Changes


class Interview(msgspec.Struct, frozen=True, kw_only=True):
    """One private talk: a number, a day and facts. Never a name or a contact."""

    checklist_id: str
    interview_no: int
    held_on: date
    facts: Mapping[str, bool]


class Audit(msgspec.Struct, frozen=True, kw_only=True):
    """An audit without its answers."""

    id: UUID
    agency_id: UUID
    agency_name: str
    register_id: str
    state: AuditState
    announced: bool
    unannounced_reason: str
    visited_on: date
    facts: dict[str, bool]
    inspector_id: UUID
    inspector_name: str
    office_id: UUID
    revision: int
    lists: tuple[ListChoice, ...]
    created_at: datetime
    updated_at: datetime


class AuditLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a list of audits."""

    id: UUID
    agency_id: UUID
    agency_name: str
    state: AuditState
    visited_on: date
    inspector_name: str
    checklist_ids: tuple[str, ...]
    updated_at: datetime


class AuditFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which audits a list shows; an empty field shows all."""

    state: AuditState | None = None
    inspector_id: UUID | None = None
    agency_id: UUID | None = None


class UsedList(msgspec.Struct, frozen=True, kw_only=True):
    """A checklist of an audit with its content and the hash of its published file."""

    checklist: Checklist
    sha256: str


class SectionProgress(msgspec.Struct, frozen=True, kw_only=True):
    """How many of a section's applicable items are answered."""

    checklist_id: str
    code: str
    applicable: int
    answered: int


class Faulty(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that cannot stand, and why, as keys of sentences."""

    checklist_id: str
    interview_no: int
    item_id: str
    sentences: tuple[str, ...]


class Unanswered(msgspec.Struct, frozen=True, kw_only=True):
    """An applicable item of the visit without an answer."""

    checklist_id: str
    section: str
    item: Item


class DocumentList(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    checklist_id: str
    version: int
    sha256: str


class DocumentAnswer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Without a value the item was not checked, and the note says why."""

    checklist_id: str
    item_id: str
    value: AnswerValue | None
    evidence: EvidenceLevel | None
    note: str
    na_reason: str


class DocumentInterview(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One worker's form. Kept apart from the answers of the visit, which the agency may see."""

    checklist_id: str
    interview_no: InterviewNo
    held_on: date
    facts: dict[str, bool]
    answers: tuple[DocumentAnswer, ...]


class AuditDocument(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was submitted, whole: form `audit/1`. Only applicable items are in it."""

    format: Literal["audit/1"] = "audit/1"
    audit_id: UUID
    revision: int
    agency_id: UUID
    register_id: str
    office_id: UUID
    inspector_id: UUID
    visited_on: date
    announced: bool
    unannounced_reason: str
    lists: tuple[DocumentList, ...]
    facts: dict[str, bool]
    answers: tuple[DocumentAnswer, ...]
    interviews: tuple[DocumentInterview, ...]


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """A frozen document with who handed it in."""

    id: UUID
    audit_id: UUID
    agency_id: UUID
    agency_name: str
    revision: int
    sha256: str
    document: AuditDocument
    submitted_by: UUID
    submitted_by_name: str
    submitted_at: datetime


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """What the second person found."""

    submission_id: UUID
    revision: int
    verdict: Verdict
    reason: str
    reviewer_name: str
    reviewed_at: datetime


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What the inspector, or a device, gets for a submission. `already` when it was here before."""

    submission_id: UUID
    audit_id: UUID
    revision: int
    sha256: str
    submitted_at: datetime
    already: bool


class WaitingReview(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the reviewers' queue."""

    submission_id: UUID
    audit_id: UUID
    agency_name: str
    inspector_name: str
    visited_on: date
    revision: int
    submitted_at: datetime


class ApprovedAudit(msgspec.Struct, frozen=True, kw_only=True):
    """An approved submission, to be judged."""

    submission_id: UUID
    agency_id: UUID
    document: AuditDocument
    approved_at: datetime


class AuditUnknown(NotFound):
    code = "audit.unknown"
    sentence = N_("There is no such audit.")


class SubmissionUnknown(NotFound):
    code = "audit.submission-unknown"
    sentence = N_("There is no such submission.")


class InterviewUnknown(NotFound):
    code = "audit.interview-unknown"
    sentence = N_("There is no such interview.")


class SectionUnknown(NotFound):
    code = "audit.section-unknown"
    sentence = N_("This audit has no such section.")


class NotYourAudit(NotAllowed):
    code = "audit.not-yours"
    sentence = N_("Only the inspector of this audit can change it.")


class AuditClosed(Conflict):
    code = "audit.closed"
    sentence = N_("This audit was handed in. It can be changed only if the reviewer returns it.")


class SubmissionDiffers(Conflict):
    code = "audit.submission-differs"
    sentence = N_("Answers changed since you looked. Check them again, then hand in the audit.")


class AuditTaken(Conflict):
    code = "audit.taken"
    sentence = N_("Another audit already has this number. Start again from the agency's page.")


class InterviewTaken(Conflict):
    code = "audit.interview-taken"
    sentence = N_("Another interview was added in the meantime. Look at the list again.")


class ReviewedTwice(Conflict):
    code = "audit.reviewed-twice"
    sentence = N_("Somebody has already reviewed this audit.")


class ReviewedByInspector(NotAllowed):
    code = "audit.same-person"
    sentence = N_("Nobody reviews an audit that they worked on. Ask another reviewer.")


class AuditFaulty(Rejected):
    code = "audit.faulty"
    sentence = N_("Some answers cannot stand. Put them right, then hand in the audit.")


class HandOverRefused(Rejected):
    code = "audit.hand-over-refused"
    sentence = N_("The audits can be handed over only to an inspector who can sign in.")


class ListRefused(Rejected):
    code = "audit.list-refused"
    sentence = N_("These checklists cannot be used as asked.")
