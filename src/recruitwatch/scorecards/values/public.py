"""The public card: what everybody may read of a card, in a type that cannot hold a single complaint."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from recruitwatch.scorecards.values.card import PrincipleScore
from recruitwatch.scorecards.values.inputs import ComplaintInput, Duties, ItemInput, Silence
from recruitwatch.scorecards.values.words import Certainty, Gate, Grade, LicenceState, Principle


class PublicLineKind(StrEnum):
    """COMPLAINTS is one total of everything about complaints, cases and knowing whom to call."""

    ANSWER = "answer"
    EVIDENCE = "evidence"
    RECENCY = "recency"
    COMPLAINTS = "complaints"
    ACTIONS = "actions"


class PublicLine(Struct, frozen=True, gc=False, kw_only=True):
    """One reason why points are missing. `item` is empty but for answers and their evidence."""

    id: str
    kind: PublicLineKind
    points: float
    item: str = ""
    principle: Principle | None = None


class PublicCap(Struct, frozen=True, kw_only=True):
    gate: Gate
    cap: Grade


class PublicGender(Struct, frozen=True, kw_only=True):
    mid: float | None
    low: float
    high: float
    items: int


class PublicCard(Struct, frozen=True, kw_only=True):
    """A published card. The points of `lines` add up to 100 - `score`.

    `complaints_of`: the day of the records about complaints that count here; empty while fewer than five
    were decided, and then none counts. `interviews_of`: the same for what workers said.
    """

    agency_id: UUID
    as_of: date
    profile: str
    grade: Grade
    score: float | None
    score_shown: float | None
    score_low: float | None
    score_high: float | None
    certainty: Certainty
    licence_state: LicenceState | None
    audit: float | None
    complaints: float
    responsiveness: float
    principles: tuple[PrincipleScore, ...]
    gender: PublicGender | None
    caps: tuple[PublicCap, ...]
    lines: tuple[PublicLine, ...]
    months_since_inspection: float | None
    files: int | None
    interviews: int
    deployed: tuple[int, int, int]
    withheld_items: tuple[str, ...]
    complaints_of: date | None
    interviews_of: date | None
    notes: tuple[str, ...]


class ComplaintBasis(Struct, frozen=True, kw_only=True):
    """The cases that count on the public card, as they stood on `of`. Never published."""

    of: date | None = None
    complaints: tuple[ComplaintInput, ...] = ()
    cases: Duties = Duties()


class InterviewBasis(Struct, frozen=True, kw_only=True):
    """What workers said as it counts on the public card, as it stood on `of`. Never published.

    `talks` names the talks it was pooled from. `left_out` are the questions, each with a visit, that were
    taken out of it since the agency contested them.
    """

    of: date | None = None
    talks: tuple[str, ...] = ()
    items: tuple[ItemInput, ...] = ()
    count: int = 0
    silence: Silence | None = None
    left_out: tuple[str, ...] = ()


class PublicBasis(Struct, frozen=True, kw_only=True):
    """What the last public card rested on, kept with it so that the next one tells nobody apart."""

    complaints: ComplaintBasis = ComplaintBasis()
    interviews: InterviewBasis = InterviewBasis()
