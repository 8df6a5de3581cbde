"""What a worker tells, question by question; the draft that keeps it; what comes of sending it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from recruitwatch.complaints.values.codes import Compartment, Urgency
from recruitwatch.errors import N_, Conflict, NotFound, Unavailable

Short = Annotated[str, Meta(max_length=300)]
Long = Annotated[str, Meta(max_length=5000)]
Ticked = Annotated[tuple[Annotated[str, Meta(max_length=60)], ...], Meta(max_length=40)]


class Wish(StrEnum):
    """What she wants to happen. Asked before anything else."""

    BE_SAFE = "be_safe"
    GO_HOME = "go_home"
    PAPERS_BACK = "papers_back"
    MONEY_BACK = "money_back"
    WAGES = "wages"
    OTHER_JOB = "other_job"
    STOP_AGENCY = "stop_agency"
    ADVICE = "advice"


class Told(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything said in one filing, kept as said. Only `happened` or `happened_said` is needed.

    `wishes` are words of `Wish`, `happened` codes of the code book and `escalators` those that were
    ticked. The questions from `licence` on follow the evidence ladder: paper first, employer last.
    """

    danger: bool = False
    wishes: Ticked = ()
    wish_said: Short = ""
    happened: Ticked = ()
    happened_said: Long = ""
    escalators: Ticked = ()
    licence: Short = ""
    phone: Short = ""
    place: Short = ""
    name: Short = ""
    broker: Short = ""
    journey: Short = ""
    employer: Short = ""
    paid: Short = ""
    paid_when: Short = ""
    hide_offices: Ticked = ()
    hide_person: Short = ""
    call_me: Short = ""
    reach: Short = ""
    reach_how: Short = ""
    caller_consents: bool = False
    read_back: bool = False


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """The sealed content of a draft. `code` is given once its page was shown."""

    told: Told = Told()
    code: str | None = None
    language: str = "en"


class OpenDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A draft whose token (or code) was shown, with the key its content is sealed under.

    `key` is what files of the draft are sealed under, too: the case keeps it.
    """

    token_hash: bytes
    case_id: UUID
    draft: Draft
    key: bytes
    sent: bool
    operator_id: UUID | None
    expires_at: datetime


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What Send answers, the first time and every time again."""

    code: str
    next_news_on: date


class SendOutcome(StrEnum):
    """Refusals are answers, not errors, so that what was typed stays."""

    SENT = "sent"
    NOTHING_TOLD = "nothing_told"
    WRONG_DIGITS = "wrong_digits"


class DeskHolder(msgspec.Struct, frozen=True, kw_only=True):
    """An officer admitted to a desk whose key can be wrapped for."""

    desk_id: UUID
    oversight: bool
    takes_public: bool
    confirmed: bool
    person_id: UUID
    office_id: UUID
    full_name: str
    cleared: bool
    key_id: UUID
    public_key: bytes


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """Which desk takes a case and who holds its key. `hidden_people` are those she named, by id."""

    desk_id: UUID
    compartment: Compartment
    holders: tuple[DeskHolder, ...]
    hidden_offices: tuple[UUID, ...]
    hidden_people: tuple[UUID, ...]


class NewCase(msgspec.Struct, frozen=True, kw_only=True):
    """The plain part of a case that begins."""

    id: UUID
    reference: str
    card_mark: str
    desk_id: UUID
    compartment: Compartment
    channel: str
    language: str
    urgency: Urgency
    safety: bool
    filed_at: datetime
    contact_due_at: datetime
    decide_due_on: date
    next_news_on: date


class DraftGone(NotFound):
    code = "complaint.draft-gone"
    sentence = N_("This page is too old. If you sent it, use your code. If not, start again.")


class NobodyThere(Unavailable):
    code = "complaint.nobody-there"
    sentence = N_(
        "We cannot take this now. It is not lost. Call a help number, or try again later."
    )


class HiddenFromAll(NobodyThere):
    code = "complaint.hidden-from-all"
    sentence = N_("Nobody is left who could read this. Hide it from fewer offices or people.")


class SentAlready(Conflict):
    code = "complaint.sent-already"
    sentence = N_("This was sent already.")
