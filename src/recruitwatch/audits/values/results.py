"""What the answers of an approved audit earned: the form `result/1`, kept when the audit is approved.

Nothing in it depends on a scoring method: no weights, no principles. Decision 0019.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

from recruitwatch.checklists.values import EvidenceLevel, Severity


class EarnedAnswer(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One answer of the visit: its credit, or so many in order of so many checked.

    Without `earned` it was left out: it does not apply or is only recorded. `unset`: because the
    ministry had not set the figure it compares with.
    """

    item_id: str
    earned: float | tuple[int, int] | None
    evidence: EvidenceLevel | None
    unset: bool = False


class ListResult(msgspec.Struct, frozen=True, kw_only=True):
    """One list of the visit. `applicable` and `checked` count its scored questions by severity.

    A question left unanswered, or counted with nothing checked, is not among the answers.
    """

    checklist_id: str
    version: int
    applicable: Mapping[Severity, int]
    checked: Mapping[Severity, int]
    answers: tuple[EarnedAnswer, ...]


class Heard(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """How many workers' answers to one question earned all of it, or less, how many said nothing, how
    many could not be judged for want of a figure, and to how many the question does not apply."""

    whole: int
    less: int
    nothing: int
    unset: int
    left_out: int


class TalkDay(msgspec.Struct, frozen=True, kw_only=True):
    """The talks of the visit that were held on one day, added up question by question.

    `talks` names those that were more than a refusal. `asked` and `know`: workers who were asked whom
    they could call, and those who could name anybody.
    """

    held_on: date
    talks: tuple[str, ...]
    asked: int
    know: int
    said: Mapping[str, Heard]


class AuditResult(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that cards read of an approved audit. `files`: the largest number checked in any count of
    the visit."""

    format: Literal["result/1"] = "result/1"
    facts: Mapping[str, bool]
    files: int
    lists: tuple[ListResult, ...]
    days: tuple[TalkDay, ...]


class JudgedAudit(msgspec.Struct, frozen=True, kw_only=True):
    """An approved audit with its result."""

    submission_id: UUID
    agency_id: UUID
    visited_on: date
    approved_at: datetime
    result: AuditResult
