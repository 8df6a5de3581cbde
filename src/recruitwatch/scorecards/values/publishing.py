"""From an issued card to a published one: its steps, and what everybody sees of an agency's cards."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from recruitwatch.errors import N_, Conflict, NotFound, Rejected
from recruitwatch.scorecards.values.public import PublicCard
from recruitwatch.scorecards.values.words import Grade

DRAFT_DAYS = 14
"""Days an agency has with the draft before it may be published (4.9 of the method)."""


class CardStepKind(StrEnum):
    SERVED = "served"
    REPLIED = "replied"
    PUBLISHED = "published"
    RECALLED = "recalled"


class CardState(StrEnum):
    """Where a card stands. REPLACED: a newer revision of the agency is published."""

    ISSUED = "issued"
    SERVED = "served"
    VALID = "valid"
    REPLACED = "replaced"
    RECALLED = "recalled"


class CardStep(Struct, frozen=True, kw_only=True):
    """`text`: how the draft was served, what the agency replied, or why the card was recalled."""

    kind: CardStepKind
    on_date: date
    text: str
    taken_by_name: str
    taken_at: datetime


class NewCardStep(Struct, frozen=True, kw_only=True):
    kind: CardStepKind
    on_date: date
    text: str


class PreparedCard(Struct, frozen=True, kw_only=True):
    """The public card of an issued one, as it was frozen. `reason`: why this revision was issued;
    empty where it corrects contested lines, which `contest_id` names."""

    card_id: UUID
    agency_id: UUID
    revision: int
    card: PublicCard
    sha256: str
    draft_days: int
    reason: str
    issued_at: datetime
    steps: tuple[CardStep, ...]
    newest_published: int | None
    """The newest published revision of the agency, recalled or not."""
    contest_id: UUID | None = None


class PublishedCard(Struct, frozen=True, kw_only=True):
    """What everybody may read of one revision: never the names of those who took the steps.

    `corrects`: it puts lines right that the agency contested. `contested` and `pending` count the lines
    of this revision that are contested, and those of them not yet decided.
    """

    card_id: UUID
    agency_id: UUID
    agency_name: str
    licence_no: str | None
    revision: int
    state: CardState
    card: PublicCard
    sha256: str
    issued_on: date
    published_on: date
    recalled_on: date | None
    recall_reason: str
    replies: tuple[str, ...]
    reason: str
    newest_published: int
    corrects: bool = False
    contested: int = 0
    pending: int = 0


class PublishedLine(Struct, frozen=True, kw_only=True):
    """One line of the list of published revisions: the trend."""

    revision: int
    as_of: date
    grade: Grade
    score_shown: float | None
    published_on: date
    state: CardState
    contested: int = 0
    pending: int = 0


class Paper(Struct, frozen=True, kw_only=True):
    """What is known of a card's paper in one language: the same bytes every time it is made."""

    card_id: UUID
    language: str
    sha256: str
    size: int
    made_at: datetime


class StepRefused(Rejected):
    code = "scorecard.step-refused"


class ReasonMissing(Rejected):
    code = "scorecard.reason-missing"
    sentence = N_("Write down why a new revision is issued. Everybody will read it.")


class RecallUnexplained(Rejected):
    code = "scorecard.recall-unexplained"
    sentence = N_("Write down why the card is recalled. Everybody will read it.")


class NotServed(Conflict):
    code = "scorecard.not-served"
    sentence = N_("The agency has not got the draft yet. Serve it first.")


class TooEarly(Conflict):
    code = "scorecard.too-early"
    sentence = N_("The days that the agency has with the draft are not over.")


class NotPublished(Conflict):
    code = "scorecard.not-published"
    sentence = N_("This card is not published.")


class NewerPublished(Conflict):
    code = "scorecard.newer-published"
    sentence = N_("A newer revision is published already.")


class StepTaken(Conflict):
    code = "scorecard.step-taken"
    sentence = N_("Somebody did this already. Look again.")


class NotPrepared(NotFound):
    code = "scorecard.not-prepared"
    sentence = N_("This card has no public form. Issue a new one.")


class NoPublicCard(NotFound):
    code = "scorecard.no-public-card"
    sentence = N_("No card of this agency is published.")
