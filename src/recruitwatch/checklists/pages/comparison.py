"""What changed between two versions, item by item, in words."""

from collections.abc import Mapping

import msgspec

from recruitwatch.checklists.pages.words import Text, in_english, title
from recruitwatch.checklists.rules import difference, items_with_paths
from recruitwatch.checklists.values import Change, Checklist, Move
from recruitwatch.errors import N_
from recruitwatch.web.languages import gettext

FIELDS: Mapping[str, str] = {
    "text": N_("Question"),
    "guidance": N_("How to judge"),
    "principle": N_("Part of the score"),
    "severity": N_("Severity"),
    "gate": N_("Limit on the grade"),
    "evidence": N_("Evidence wanted"),
    "applies_if": N_("Asked only if"),
    "gender": N_("Of special importance to women or to equality"),
    "complaint_category": N_("Kind of complaint"),
    "corroborates": N_("Bears out"),
    "clause": N_("Clause of the official text"),
    "refs": N_("Sources"),
    "answer.type": N_("Kind of answer"),
    "answer.options": N_("Answers to choose from"),
    "answer.min": N_("Smallest number"),
    "answer.max": N_("Largest number"),
    "answer.whole": N_("Whole numbers only"),
    "answer.negative": N_("May be below zero"),
    "answer.compliant": N_("Compliant answer"),
    "answer.compliant.op": N_("Compliant answer: how it is compared"),
    "answer.compliant.value": N_("Compliant answer: compared with"),
    "answer.compliant.value.param": N_("Compliant answer: compared with"),
    "title": N_("Title"),
    "purpose": N_("Purpose"),
    "filled_by": N_("Filled in by"),
    "mode": N_("How it is done"),
    "unit": N_("How often"),
    "subject": N_("About"),
    "provenance": N_("Where the questions come from"),
    "vocabulary": N_("Version of the vocabulary"),
}


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One field before and after; None where there was nothing."""

    field: str
    old: str | None
    new: str | None


class Altered(msgspec.Struct, frozen=True, kw_only=True):
    """An item, a section or the list itself, with what reads differently."""

    where: str
    name: Text
    lines: tuple[Line, ...]


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    item: str
    name: Text
    old_section: Text
    new_section: Text
    old_position: int
    new_position: int


class Named(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: Text


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    is_empty: bool
    added: tuple[Named, ...]
    removed: tuple[Named, ...]
    moved: tuple[Moved, ...]
    changed: tuple[Altered, ...]
    sections_added: tuple[Named, ...]
    sections_removed: tuple[Named, ...]
    about: tuple[Altered, ...]


def compared(old: Checklist, new: Checklist, language: str) -> Comparison:
    found = difference(old, new)
    names = {**_names(old, language), **_names(new, language)}
    return Comparison(
        is_empty=found.is_empty,
        added=_named(found.added, names),
        removed=_named(found.removed, names),
        moved=tuple(_moved(one, names) for one in found.moved),
        changed=_altered(found.changed, names),
        sections_added=_named(found.sections_added, names),
        sections_removed=_named(found.sections_removed, names),
        about=_altered(found.about, names),
    )


def field_name(field: str) -> str:
    """A field in words; translations and fields of later formats by their plain name."""
    known = FIELDS.get(field)
    return gettext(known) if known else field.replace(".", ": ").replace("_", " ")


def _names(checklist: Checklist, language: str) -> dict[str, Text]:
    sections = {
        one.code: title(one.title, one.translations, language) for one in checklist.sections
    }
    items = {item.id: in_english(item.text) for _, item in items_with_paths(checklist)}
    own = {checklist.id: title(checklist.title, checklist.translations, language)}
    return {**own, **sections, **items}


def _named(codes: tuple[str, ...], names: Mapping[str, Text]) -> tuple[Named, ...]:
    return tuple(Named(id=code, name=names[code]) for code in codes)


def _altered(changes: tuple[Change, ...], names: Mapping[str, Text]) -> tuple[Altered, ...]:
    by_place: dict[str, list[Line]] = {}
    for one in changes:
        line = Line(field=field_name(one.field), old=one.old, new=one.new)
        by_place.setdefault(one.where, []).append(line)
    return tuple(
        Altered(where=where, name=names[where], lines=tuple(lines))
        for where, lines in by_place.items()
    )


def _moved(move: Move, names: Mapping[str, Text]) -> Moved:
    return Moved(
        item=move.item,
        name=names[move.item],
        old_section=names[move.old_section],
        new_section=names[move.new_section],
        old_position=move.old_position,
        new_position=move.new_position,
    )
