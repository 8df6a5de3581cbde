"""What an agency sees of itself: cards it was handed, notices served on it, lines it contested."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from recruitwatch.checklists.values import Severity
from recruitwatch.errors import N_, NotFound
from recruitwatch.findings.values import Disclosure
from recruitwatch.scorecards.values import Grade
from recruitwatch.scorecards.values.contests import Ground


class OwnCard(msgspec.Struct, frozen=True, kw_only=True):
    """A card that was handed to the agency, in a list. Its grade is that of the public card. `overtaken`: a
    newer revision is published."""

    revision: int
    as_of: date
    grade: Grade
    score_shown: float | None
    overtaken: bool


class OwnLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a card that the agency contested; `upheld` is None until it is decided."""

    line_id: str
    contest_id: UUID
    ground: Ground
    filed_at: datetime
    due_on: date
    upheld: bool | None
    decided_at: datetime | None
    decision_reason: str | None


class NoticeState(StrEnum):
    """Where a notice stands for the agency."""

    WAITING = "waiting"
    REPLIED = "replied"
    STANDS = "stands"
    DISMISSED = "dismissed"


class NoticeLine(msgspec.Struct, frozen=True, kw_only=True):
    """A served notice in a list. `served_on` is that of the finding whose last day comes first."""

    id: UUID
    item_id: str
    question: str
    severity: Severity
    served_on: date
    replied: bool
    decided: bool


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """That the agency answered, and when. `text` is none where an officer wrote the reply down: those are
    the officer's words."""

    on_date: date
    text: str | None


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """One served notice. Several findings may carry the same one to the letter (`findings.rules.disclosed`),
    and then the agency sees one: `undecided` are those that a reply goes to."""

    shown: Disclosure
    served_on: date
    reply_until: date
    state: NoticeState
    undecided: tuple[UUID, ...]
    replies: tuple[Reply, ...]


class CardUnknown(NotFound):
    code = "portal.card-unknown"
    sentence = N_("There is no such card of your agency.")


class NoticeUnknown(NotFound):
    code = "portal.notice-unknown"
    sentence = N_("There is no such finding about your agency.")
