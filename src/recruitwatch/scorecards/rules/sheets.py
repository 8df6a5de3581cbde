"""Checklist versions made ready to read audits by: what follows from them alone, worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from recruitwatch.checklists.rules import Parameters, credit
from recruitwatch.checklists.values import (
    Checklist,
    Item,
    NotScoredBecause,
    Unit,
)
from recruitwatch.checklists.values import Severity as WrittenSeverity
from recruitwatch.scorecards.rules.figures import Figures, figures_of
from recruitwatch.scorecards.values import ItemDefinition, Principle, Profile, Severity
from recruitwatch.scorecards.values.evidence import Library


class Question(Struct, frozen=True):
    """An item and what follows from its checklist alone. `refers`: to a figure of national law."""

    item: Item
    definition: ItemDefinition
    weight: int
    refers: bool


class Sheet(Struct, frozen=True):
    """`interview`: one is filled in per worker."""

    id: str
    version: int
    interview: bool
    figures: Figures
    questions: tuple[Question, ...]


Sheets = Mapping[tuple[str, int], Sheet]

_SEVERITIES = {one: Severity(one.value) for one in WrittenSeverity}


def sheets_of(library: Library, profile: Profile) -> Sheets:
    """Every version of the library by id and version."""
    figures = {
        version: figures_of(vocabulary, library.settings)
        for version, vocabulary in library.vocabularies.items()
    }
    return {
        (one.id, one.version): _sheet(one, figures[one.vocabulary], profile)
        for one in library.checklists.values()
    }


def is_unset(item: Item, parameters: Parameters) -> bool:
    """Whether the item compares with a figure the ministry has not set (part 4.13)."""
    earned = credit(item, None, today=date.max, parameters=parameters)
    return earned.because is NotScoredBecause.PARAMETER_NOT_SET


def _sheet(checklist: Checklist, figures: Figures, profile: Profile) -> Sheet:
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
            weight = profile.severity[definition.severity]
            questions.append(Question(item, definition, weight, is_unset(item, {})))
    return Sheet(checklist.id, checklist.version, interview, figures, tuple(questions))
