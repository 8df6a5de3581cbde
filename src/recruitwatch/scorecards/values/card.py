"""The scorecard and its parts: what the method gives back."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from recruitwatch.scorecards.values.words import (
    Certainty,
    Gate,
    Grade,
    LineKind,
    NoteCode,
    Principle,
)


class PrincipleScore(Struct, frozen=True, gc=False, kw_only=True):
    """`mid` is empty when nothing of the principle was checked."""

    principle: Principle
    mid: float | None
    low: float
    high: float


class Coverage(Struct, frozen=True, kw_only=True):
    """Item weights. The two shares are empty when nothing applies."""

    applicable: int
    checked: int
    verified: int
    checked_share: float | None
    verified_share: float | None


class AuditPart(Struct, frozen=True, kw_only=True):
    """A before the recency fade (`mid low high`) and after it (`mid_faded` and so on)."""

    mid: float | None
    low: float | None
    high: float | None
    mid_faded: float | None
    low_faded: float | None
    high_faded: float | None
    principles: tuple[PrincipleScore, ...]


class GenderView(Struct, frozen=True, kw_only=True):
    """A over the items of special importance to women alone, before any fade."""

    mid: float | None
    low: float
    high: float
    items: int


class ComplaintPart(Struct, frozen=True, kw_only=True):
    """C and what it rests on. `before_silence` equals `mid` unless the silence rule lowered it."""

    mid: float
    low: float
    high: float
    before_silence: float
    points: float
    exposure: float
    rate: float
    rate_low: float
    rate_high: float
    decided: int
    pending: int
    mid_if_pending_upheld: float


class ResponsivenessPart(Struct, frozen=True, kw_only=True):
    mid: float
    low: float
    high: float


class Cap(Struct, frozen=True, kw_only=True):
    """An active gate, its cap, and what tripped it (item or complaint ids where known)."""

    gate: Gate
    cap: Grade
    subjects: tuple[str, ...] = ()


class LedgerLine(Struct, frozen=True, gc=False, kw_only=True):
    """One reason why points are missing."""

    id: str
    kind: LineKind
    source: str
    points: float
    principle: Principle | None = None


class Note(Struct, frozen=True, kw_only=True):
    """Something the card must say in words beside the figures."""

    code: NoteCode
    subjects: tuple[str, ...] = ()


class Card(Struct, frozen=True, kw_only=True):
    """One scorecard, with everything that has to stand beside the grade."""

    as_of: date
    profile: str
    months_since_inspection: float | None
    interviews: int
    files: int | None
    deployed: tuple[int, int, int]
    licence_valid: bool | None
    audit: AuditPart
    complaints: ComplaintPart
    responsiveness: ResponsivenessPart
    score: float | None
    score_low: float | None
    score_high: float | None
    score_shown: float | None
    band: Grade | None
    caps: tuple[Cap, ...]
    grade: Grade
    certainty: Certainty
    coverage: Coverage
    gender: GenderView | None
    ledger: tuple[LedgerLine, ...]
    ledger_total: float | None
    notes: tuple[Note, ...]
