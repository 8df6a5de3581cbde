"""A case as its two sides see it: the worker with her code, and the officers who hold its key."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from recruitwatch.complaints.values.codes import Compartment, Urgency
from recruitwatch.complaints.values.filing import Told
from recruitwatch.complaints.values.states import Outcome, Responsibility, State
from recruitwatch.errors import N_, Conflict, NotAllowed, NotFound


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One message, opened. Officers have no name on her side: `written_by` is for colleagues."""

    id: UUID
    from_worker: bool
    text: str
    at: datetime
    written_by: str | None = None


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody opened the case or a file of it: the role and when, never who."""

    role: str
    part: str
    at: datetime


class FileFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What is sealed about a file: its two file keys and what the contents hash to."""

    kind: str
    size: int
    pages: int
    original_key: bytes
    original_sha256: str
    copy_key: bytes
    copy_sha256: str


class CaseFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a draft or case as a list shows it."""

    id: UUID
    kind: str
    size: int
    pages: int
    added_at: datetime


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """A worker who showed her code: her case and its key, until the visit is over."""

    case_id: UUID
    key: bytes


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a case. `person_name` is empty where she took it."""

    before: State
    after: State
    at: datetime
    person_name: str | None


class OwnCase(msgspec.Struct, frozen=True, kw_only=True):
    """What she sees of her case."""

    state: State
    state_since: datetime
    next_news_on: date
    contacted: bool
    outcome: Outcome | None
    told: str
    """The reasons of the decision in plain words, once it stands."""
    messages: tuple[Message, ...]
    messages_in_all: int
    openings: tuple[Opening, ...]
    openings_in_all: int
    files: tuple[CaseFile, ...]
    withdrawn_at: datetime | None
    closed_at: datetime | None


class Classification(msgspec.Struct, frozen=True, kw_only=True):
    """What officers set a case to be about; the newest counts."""

    book_version: int
    codes: tuple[str, ...]
    main_code: str
    stage: str
    escalators: tuple[str, ...]
    conditions: tuple[str, ...]
    compartment: Compartment
    set_by: str
    set_at: datetime


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A judgement on whom the case is about; one that is superseded is no longer shown."""

    id: UUID
    target: str
    agency_id: UUID | None
    broker_id: UUID | None
    name: str
    number: str
    judgement: str
    basis: str
    reason: str
    judged_by: str
    judged_at: datetime


class UrgencyChange(msgspec.Struct, frozen=True, kw_only=True):
    """A lowering of the urgency and its reason; from S1 it waits for a second officer."""

    id: UUID
    before: Urgency
    after: Urgency
    reason: str
    set_by_id: UUID
    set_by: str
    set_at: datetime
    seconded: bool


class SafetyEnd(msgspec.Struct, frozen=True, kw_only=True):
    """Who ended the care for her safety, and why."""

    reason: str
    ended_by: str
    ended_at: datetime


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """A decision, standing or waiting for those who must agree."""

    id: UUID
    outcome: Outcome
    responsibility: Responsibility
    workers: int
    severity: str
    category: str
    reasons: str
    told: str
    proposed_by_id: UUID
    proposed_by: str
    proposed_at: datetime
    seconds_needed: int
    seconds: int
    seconded_by_oversight: bool

    @property
    def stands(self) -> bool:
        """Whether everybody needed has agreed."""
        needs_oversight = self.outcome is Outcome.MALICIOUS and not self.seconded_by_oversight
        return self.seconds >= self.seconds_needed and not needs_oversight


class CaseHead(msgspec.Struct, frozen=True, kw_only=True):
    """The plain part of a case: routing and clocks, nothing she said."""

    id: UUID
    reference: str
    desk_id: UUID
    compartment: Compartment
    channel: str
    language: str
    state: State
    state_since: datetime
    state_due_at: datetime | None
    urgency: Urgency
    safety: bool
    filed_at: datetime
    contact_due_at: datetime
    contacted_at: datetime | None
    decide_due_on: date
    next_news_on: date
    assigned_to: UUID | None
    assigned_name: str | None
    withdrawn_at: datetime | None
    withdrawn_pressed: bool
    closed_at: datetime | None
    unread: bool = False


class OpenedCase(msgspec.Struct, frozen=True, kw_only=True):
    """A case whose key this officer holds, opened. `key` opens its files; it goes no further."""

    head: CaseHead
    told: Told
    key: bytes
    secret: bytes
    messages: tuple[Message, ...]
    openings: tuple[Opening, ...]
    steps: tuple[Step, ...]
    classification: Classification | None
    links: tuple[Link, ...]
    lowering: UrgencyChange | None
    safety_end: SafetyEnd | None
    decision: Decision | None
    files: tuple[CaseFile, ...]


class Entry(StrEnum):
    """What a typed code led to. A refusal is an answer, so that it stays counted."""

    CASE = "case"
    DRAFT = "draft"
    REFUSED = "refused"


class VisitOver(NotFound):
    code = "complaint.visit-over"
    sentence = N_("This page was open too long. Type your code again.")


class CaseUnknown(NotFound):
    code = "complaint.unknown"
    sentence = N_("There is no such case, or you may not see it.")


class StepRefused(Conflict):
    code = "complaint.step-refused"
    sentence = N_("The case cannot be moved there from where it stands.")


class CaseMoved(Conflict):
    code = "complaint.moved"
    sentence = N_("Somebody moved this case meanwhile. Look at it again.")


class NotLinked(Conflict):
    code = "complaint.not-linked"
    sentence = N_("First say whom the case is about: an agency, a broker, or nobody known.")


class Undecided(Conflict):
    code = "complaint.undecided"
    sentence = N_("First decide the case. Some outcomes need a second person to agree.")


class Unread(Conflict):
    code = "complaint.unread"
    sentence = N_("She wrote since you looked. Read it first.")


class NotTakenBack(Conflict):
    code = "complaint.not-taken-back"
    sentence = N_("She did not take the case back. Choose another outcome.")


class OtherCaseUnknown(Conflict):
    code = "complaint.other-unknown"
    sentence = N_("Give the reference of the other case. It must be one that you may read.")


class SecondNeeded(Conflict):
    code = "complaint.second-needed"
    sentence = N_("Urgency is lowered by an officer with a reason, and from S1 by two.")


class NotYourOwn(NotAllowed):
    code = "complaint.not-your-own"
    sentence = N_("Nobody agrees to their own decision. Ask a colleague.")


class MayNotHold(NotAllowed):
    code = "complaint.may-not-hold"
    sentence = N_("This person may not hold the key of this case.")


class FiledStands(Conflict):
    code = "complaint.filed-stands"
    sentence = N_("What was filed stands and cannot be changed.")


class TooFewCases(NotAllowed):
    code = "complaint.too-few-cases"
    sentence = N_("The cases that you read do not show this.")


class JudgedMeanwhile(Conflict):
    code = "complaint.judged-meanwhile"
    sentence = N_("Somebody judged this meanwhile. Look at the case again.")


class BasisNeeded(Conflict):
    code = "complaint.basis-needed"
    sentence = N_("A name alone is not enough. Say what shows that this is the one.")


class TooManyMessages(Conflict):
    code = "complaint.too-many-messages"
    sentence = N_("You wrote many messages today. Write again tomorrow, or call a help number.")


class TooManyFiles(Conflict):
    code = "complaint.too-many-files"
    sentence = N_("You can add five files. To add another, remove one first.")


class NotClassified(Conflict):
    code = "complaint.not-classified"
    sentence = N_("First set what the case is about.")


class OutcomeLater(Conflict):
    code = "complaint.outcome-later"
    sentence = N_(
        "This outcome needs a payment or referral on record. That cannot be recorded yet."
    )


class OpenedFile(msgspec.Struct, frozen=True, kw_only=True):
    """The bytes of a file, and what they are by their content."""

    content: bytes
    media_type: str


class FileDamaged(Conflict):
    code = "complaint.file-damaged"
    sentence = N_("This file is not what she sent any more. Tell those who run the system.")


class FileUnknown(NotFound):
    code = "complaint.file-unknown"
    sentence = N_("There is no such file.")


class NotForOversight(Conflict):
    code = "complaint.not-for-oversight"
    sentence = N_("This case is with oversight already, or nothing waits for them.")
