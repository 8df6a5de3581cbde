"""Records as the rules of 4.12 need them: dated answers, inspections, pooled interviews."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from recruitwatch.scorecards.values.inputs import Ratio
from recruitwatch.scorecards.values.words import Answer, Evidence, Principle, Severity


class ItemDefinition(Struct, frozen=True, kw_only=True):
    """What the checklist says about an item. `interview`: asked of workers one by one."""

    id: str
    checklist: str
    principle: Principle
    severity: Severity
    gender: bool = False
    interview: bool = False


class InspectionRecord(Struct, frozen=True, gc=False, kw_only=True):
    """One audit of one list. Only approved ones count; of one day the higher sequence is newer."""

    checklist: str
    held_on: date
    approved: bool
    applicable_weight: int
    checked_weight: int
    sequence: int = 0


class AnswerRecord(Struct, frozen=True, gc=False, kw_only=True):
    """An approved answer. `sequence` decides between answers of one day: the higher came later.

    `not_scored`: the figure it compares with was not set when the visit was approved.
    """

    item: str
    answered_on: date
    answer: Answer | Ratio
    evidence: Evidence | None = None
    not_scored: bool = False
    sequence: int = 0
    source: str | None = None


class PooledAnswer(Struct, frozen=True, kw_only=True):
    """What the workers of 24 months said on one item. Nobody asked: it applies to none of them.

    `few`: too few answers to be shown outside the ministry. `not_scored`: somebody answered while
    the figure it compares with was not set.
    """

    item: str
    answers: Ratio
    asked: int
    evidence: Evidence
    few: bool
    not_scored: bool = False
    sources: tuple[str, ...] = ()
