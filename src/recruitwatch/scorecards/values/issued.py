"""Issued scorecards: immutable snapshots with revisions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from recruitwatch.errors import N_, Conflict, NotFound
from recruitwatch.scorecards.values.card import Card
from recruitwatch.scorecards.values.evidence import AgencyEvidence
from recruitwatch.scorecards.values.inputs import CardInputs
from recruitwatch.scorecards.values.records import PooledAnswer
from recruitwatch.scorecards.values.words import Evidence, Grade


class CurrentCard(Struct, frozen=True, kw_only=True):
    """A card as the records stand, with what it was computed from: what workers said question by
    question, and a name for each of their talks."""

    agency_id: UUID
    evidence: AgencyEvidence
    inputs: CardInputs
    card: Card
    pooled: Mapping[str, PooledAnswer] = {}
    talks: frozenset[str] = frozenset()


class CardQuestion(Struct, frozen=True, kw_only=True):
    """A question of the card as it was put, and where it stands."""

    checklist_id: str
    version: int
    text: str


class PooledVisit(Struct, frozen=True, kw_only=True):
    submission_id: UUID
    visited_on: date


class InterviewLine(Struct, frozen=True, kw_only=True):
    """What the workers of 24 months said on one question. `few`: not to be shown outside the
    ministry. `visits` are those whose talks were added up, oldest first."""

    item_id: str
    ok: int
    answered: int
    asked: int
    evidence: Evidence
    few: bool
    visits: tuple[PooledVisit, ...]


class Snapshot(Struct, frozen=True, kw_only=True):
    """Everything a reader of a card sees, so that an issued card never asks the records again.
    `questions` goes by item."""

    card: Card
    questions: Mapping[str, CardQuestion]
    interviews: tuple[InterviewLine, ...]


class IssuedLine(Struct, frozen=True, kw_only=True):
    """One line of the list of an agency's issued cards."""

    id: UUID
    revision: int
    as_of: date
    grade: Grade
    issued_at: datetime
    issued_by_name: str
    inputs_sha256: str


class IssuedCard(Struct, frozen=True, kw_only=True):
    """A card as it was issued, read from its snapshot and never computed again."""

    id: UUID
    agency_id: UUID
    revision: int
    as_of: date
    profile: str
    inputs_sha256: str
    inputs: CardInputs
    snapshot: Snapshot
    issued_at: datetime
    issued_by_name: str
    newest_revision: int


class CardUnknown(NotFound):
    code = "scorecard.unknown"
    sentence = N_("There is no such scorecard.")


class IssuedMeanwhile(Conflict):
    code = "scorecard.issued-meanwhile"
    sentence = N_("Somebody issued a card of this agency in the meantime. Look again.")


class NothingNew(Conflict):
    code = "scorecard.nothing-new"
    sentence = N_("Nothing has changed since the last issued card.")


class NothingShown(Conflict):
    code = "scorecard.nothing-shown"
    sentence = N_(
        "Nothing has changed that a published card shows. The agency gets its next card in the next period."
    )
