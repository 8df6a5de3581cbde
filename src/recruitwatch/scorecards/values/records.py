"""Records as the rules of 4.12 need them: dated answers, inspections, interviews."""

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


class InspectionRecord(Struct, frozen=True, kw_only=True):
    """One audit of one list. Only approved ones count."""

    checklist: str
    held_on: date
    approved: bool
    applicable_weight: int
    checked_weight: int


class AnswerRecord(Struct, frozen=True, kw_only=True):
    """An approved answer, a verified follow-up, or a confirmed contract finding.

    `sequence` decides between answers of the same day: the higher came later.
    """

    item: str
    answered_on: date
    answer: Answer | Ratio
    evidence: Evidence | None = None
    sequence: int = 0
    source: str | None = None


class InterviewRecord(Struct, frozen=True, kw_only=True):
    """One worker's answer to one item; `compliant` is empty where the item does not apply."""

    item: str
    answered_on: date
    compliant: bool | None
    evidence: Evidence = Evidence.E3


class PooledAnswer(Struct, frozen=True, kw_only=True):
    """What the workers of 24 months said on one item. No answers at all: it applies to none."""

    item: str
    answers: Ratio
    evidence: Evidence
    withheld: bool
