"""Checklist versions made ready to read audits by: what follows from them alone, worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from recruitwatch.checklists.rules import Parameters, credit
from recruitwatch.checklists.rules.figures import Figures, figures_of
from recruitwatch.checklists.values import (
    ALWAYS,
    Checklist,
    Item,
    NotScoredBecause,
    Unit,
)
from recruitwatch.checklists.values import Severity as WrittenSeverity
from recruitwatch.scorecards.values import ItemDefinition, Principle, Profile, Severity
from recruitwatch.scorecards.values.evidence import Library
from recruitwatch.scorecards.values.issued import CardQuestion


class Question(Struct, frozen=True):
    """An item and what follows from its checklist alone. `refers`: to a figure of national law."""

    item: Item
    definition: ItemDefinition
    refers: bool


class Sheet(Struct, frozen=True):
    """`interview`: one is filled in per worker. `conditional` are the questions that facts of the visit may
    rule out."""

    id: str
    version: int
    interview: bool
    figures: Figures
    questions: tuple[Question, ...]
    conditional: tuple[Question, ...]


class Sheets(Struct, frozen=True, kw_only=True):
    """The sheets by checklist and version, every question that is put to workers one by one with its
    checklist, the words of each version's questions, and what an item of each severity weighs."""

    versions: Mapping[tuple[str, int], Sheet]
    interview_items: Mapping[str, str]
    words: Mapping[tuple[str, int], Mapping[str, CardQuestion]]
    weights: Mapping[WrittenSeverity, int]


_SEVERITIES = {one: Severity(one.value) for one in WrittenSeverity}


def sheets_of(library: Library, profile: Profile) -> Sheets:
    """Every version of the library, made ready. Questions that nobody answered are among the interview
    items: that a question was put at all, or to whom it applies, tells of few people as well."""
    figures = {
        version: figures_of(vocabulary, library.settings)
        for version, vocabulary in library.vocabularies.items()
    }
    versions = {
        (one.id, one.version): _sheet(one, figures[one.vocabulary])
        for one in library.checklists.values()
    }
    return Sheets(
        versions=versions,
        interview_items={
            one.item.id: sheet.id
            for sheet in versions.values()
            if sheet.interview
            for one in sheet.questions
        },
        words={key: _words(sheet) for key, sheet in versions.items()},
        weights={written: profile.severity[own] for written, own in _SEVERITIES.items()},
    )


def is_unset(item: Item, parameters: Parameters) -> bool:
    """Whether the item compares with a figure the ministry has not set (part 4.13)."""
    earned = credit(item, None, today=date.max, parameters=parameters)
    return earned.because is NotScoredBecause.PARAMETER_NOT_SET


def _words(sheet: Sheet) -> dict[str, CardQuestion]:
    return {
        one.item.id: CardQuestion(checklist_id=sheet.id, version=sheet.version, text=one.item.text)
        for one in sheet.questions
    }


def _sheet(checklist: Checklist, figures: Figures) -> Sheet:
    interview = checklist.unit is Unit.ONE_PER_WORKER
    questions = []
    for section in checklist.sections:
        for item in section.items:
            definition = ItemDefinition(
                id=item.id,
                checklist=checklist.id,
                principle=Principle(item.principle),
                severity=_SEVERITIES[item.severity],
                gender=item.gender,
                interview=interview,
            )
            questions.append(Question(item, definition, is_unset(item, {})))
    conditional = tuple(one for one in questions if one.item.applies_if != ALWAYS)
    return Sheet(checklist.id, checklist.version, interview, figures, tuple(questions), conditional)
