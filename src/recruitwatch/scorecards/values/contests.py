"""Contested lines of a card: what an agency says against them, how they are decided, and corrections.

Source: part 4.9 of the method: lines are contested by id with reason and evidence, another officer
decides line by line with reasons, and upheld lines give a new revision.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from recruitwatch.errors import N_, Conflict, NotAllowed, NotFound, Rejected
from recruitwatch.scorecards.values.inputs import Ratio
from recruitwatch.scorecards.values.words import Answer, Evidence
from recruitwatch.viewing.refusals import SENTENCES, Reason

DECIDE_DAYS = 30
"""Days within which a contest is to be decided (4.9 of the method)."""
MOST_PAPERS = 10
LONGEST_TEXT = 4000
CAP = "cap:"
"""Begins the id of a limit on the grade, which is contested like a line: `cap:G1`."""


class Ground(StrEnum):
    """Why a line is contested (4.9)."""

    WRONG_FACT = "wrong_fact"
    WRONG_RULE = "wrong_rule"
    WRONG_WEIGHT = "wrong_weight"
    WRONG_ATTRIBUTION = "wrong_attribution"
    ALREADY_FIXED = "already_fixed"


class CorrectionKind(StrEnum):
    """How an upheld line is put right: another answer, the answer left out of the card, or the record
    that the line rests on was corrected where it is kept (licence, complaint, audit, deployment)."""

    ANSWER = "answer"
    LEFT_OUT = "left_out"
    RECORDS = "records"


class Correction(Struct, frozen=True, kw_only=True):
    """What an upheld line changes. For an answer `sources` are those it came from: a later answer from
    elsewhere is not touched. For workers' pooled answers they are the visits of the talks."""

    kind: CorrectionKind
    item: str = ""
    sources: tuple[str, ...] = ()
    pooled: bool = False
    answer: Answer | Ratio | None = None
    evidence: Evidence | None = None


class NewContestLine(Struct, frozen=True, kw_only=True):
    line_id: str
    ground: Ground
    reason: str


class NewPaper(Struct, frozen=True, kw_only=True):
    """An uploaded document, photo or PDF, as it came."""

    file_name: str
    content: bytes


class NewContest(Struct, frozen=True, kw_only=True):
    lines: tuple[NewContestLine, ...]
    papers: tuple[NewPaper, ...] = ()


class NewLineDecision(Struct, frozen=True, kw_only=True):
    """`how` says how an upheld line is put right; with ANSWER the corrected answer and its evidence."""

    line_id: str
    upheld: bool
    reason: str
    how: CorrectionKind | None = None
    answer: Answer | Ratio | None = None
    evidence: Evidence | None = None


class LineDecision(Struct, frozen=True, kw_only=True):
    upheld: bool
    reason: str
    correction: Correction | None
    decided_by_name: str
    decided_at: datetime


class ContestedLine(Struct, frozen=True, kw_only=True):
    """`points`: what the line cost when it was contested; empty for a limit on the grade."""

    line_id: str
    points: float | None
    ground: Ground
    reason: str
    decision: LineDecision | None


class ContestPaper(Struct, frozen=True, kw_only=True):
    """A document of the agency. Officers see the copy, made without hidden data and scripts."""

    id: UUID
    file_name: str
    media_type: str
    sha256: str
    copy_sha256: str
    size: int
    added_at: datetime


class Contest(Struct, frozen=True, kw_only=True):
    """`corrected`: the revision that put upheld lines right, once all lines are decided."""

    id: UUID
    agency_id: UUID
    agency_name: str
    card_id: UUID
    revision: int
    filed_by_name: str
    filed_at: datetime
    due_on: date
    lines: tuple[ContestedLine, ...]
    papers: tuple[ContestPaper, ...]
    corrected: int | None
    barred: frozenset[UUID]
    """Who issued, served, published or recalled the card: they decide nothing about it."""


class ContestSummary(Struct, frozen=True, kw_only=True):
    """One line of a list of contests."""

    id: UUID
    agency_id: UUID
    agency_name: str
    revision: int
    filed_at: datetime
    due_on: date
    lines: int
    decided: int
    upheld: int


class MarkState(StrEnum):
    PENDING = "pending"
    UPHELD = "upheld"
    NOT_UPHELD = "not_upheld"


class ContestMark(Struct, frozen=True, kw_only=True):
    """What everybody sees of a contested line: never who contested it or why in their words."""

    line_id: str
    ground: Ground
    filed_on: date
    state: MarkState
    decided_on: date | None


class ContestRefused(Rejected):
    code = "contest.refused"


class PapersRefused(Rejected):
    """Documents that cannot be opened; `refused` are their names, and why."""

    code = "contest.papers-refused"
    sentence = N_("Some documents cannot be added.")

    def __init__(self, refused: tuple[tuple[str, Reason], ...]) -> None:
        super().__init__(tuple(SENTENCES[reason] for _, reason in refused))
        self.refused = refused


class DecisionRefused(Rejected):
    code = "contest.decision-refused"


class ContestUnknown(NotFound):
    code = "contest.unknown"
    sentence = N_("There is no such contest.")


class ContestPaperUnknown(NotFound):
    code = "contest.paper-unknown"
    sentence = N_("There is no such document.")


class LineContested(Conflict):
    code = "contest.line-contested"
    sentence = N_("This line was contested already.")


class LineDecided(Conflict):
    code = "contest.line-decided"
    sentence = N_("This line is decided already. Look again.")


class DecidedByVisitor(NotAllowed):
    code = "contest.decided-by-visitor"
    sentence = N_("Who inspected or reviewed what this line comes from decides nothing about it.")


class DecidedByIssuer(NotAllowed):
    code = "contest.decided-by-issuer"
    sentence = N_("Who issued, served or published this card decides nothing about it.")
