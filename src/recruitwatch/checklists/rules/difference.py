"""What changed between two versions of a checklist, told so that an inspector can read it."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from recruitwatch.checklists.values import (
    Change,
    Checklist,
    ChecklistDifference,
    Item,
    Move,
    Section,
)

# The new version always has its own number, predecessor and reason; they are no news.
_OWN = frozenset({"version", "supersedes", "why", "sections"})


class _Place(NamedTuple):
    section: str
    position: int
    item: Item


def difference(old: Checklist, new: Checklist) -> ChecklistDifference:
    """What became of items and sections, and of what is said about the list itself.

    An item moved when it stands in another section or in another order beside the items that
    stayed; one that only makes room for a new neighbour did not move.
    """
    before, after = _places(old), _places(new)
    old_sections = {one.code: one for one in old.sections}
    new_sections = {one.code: one for one in new.sections}
    return ChecklistDifference(
        added=tuple(one for one in after if one not in before),
        removed=tuple(one for one in before if one not in after),
        moved=tuple(_moved(before, after)),
        changed=tuple(_changed(before, after)),
        sections_added=tuple(one for one in new_sections if one not in old_sections),
        sections_removed=tuple(one for one in old_sections if one not in new_sections),
        about=tuple(_about(old, new, old_sections, new_sections)),
    )


def _places(checklist: Checklist) -> dict[str, _Place]:
    return {
        item.id: _Place(section.code, position, item)
        for section in checklist.sections
        for position, item in enumerate(section.items, start=1)
    }


def _moved(before: Mapping[str, _Place], after: Mapping[str, _Place]) -> Iterator[Move]:
    order = {name: rank for rank, name in enumerate(before)}
    kept = [
        name for name in after if name in before and before[name].section == after[name].section
    ]
    stayed = {kept[at] for at in _longest_rise([order[name] for name in kept])}
    for name, place in after.items():
        if name in before and name not in stayed:
            yield Move(
                item=name,
                old_section=before[name].section,
                old_position=before[name].position,
                new_section=place.section,
                new_position=place.position,
            )


def _longest_rise(ranks: Sequence[int]) -> list[int]:
    """Positions of a longest rising run: as few items as possible are then said to have moved."""
    tails: list[int] = []
    last_at: list[int] = []
    before: list[int | None] = []
    for at, rank in enumerate(ranks):
        length = bisect_left(tails, rank)
        before.append(last_at[length - 1] if length else None)
        tails[length : length + 1] = [rank]
        last_at[length : length + 1] = [at]
    chain: list[int] = []
    step = last_at[-1] if last_at else None
    while step is not None:
        chain.append(step)
        step = before[step]
    return chain[::-1]


def _changed(before: Mapping[str, _Place], after: Mapping[str, _Place]) -> Iterator[Change]:
    for name, place in after.items():
        if name in before:
            yield from _fields(name, before[name].item, place.item)


def _about(
    old: Checklist,
    new: Checklist,
    old_sections: Mapping[str, Section],
    new_sections: Mapping[str, Section],
) -> Iterator[Change]:
    yield from _fields(new.id, old, new, _OWN)
    for code, section in new_sections.items():
        if code in old_sections:
            yield from _fields(code, old_sections[code], section, frozenset({"items"}))


def _fields(
    where: str, old: msgspec.Struct, new: msgspec.Struct, leave: frozenset[str] = frozenset()
) -> Iterator[Change]:
    before, after = _flat(old, leave), _flat(new, leave)
    for name in [*before, *(one for one in after if one not in before)]:
        was, now = before.get(name), after.get(name)
        if was != now:
            yield Change(where=where, field=name, old=was, new=now)


def _flat(value: msgspec.Struct, leave: frozenset[str]) -> dict[str, str | None]:
    """Fields as text. Nested ones are opened up, so that the reader sees the part that changed."""
    flat: dict[str, str | None] = {}
    for name, one in msgspec.to_builtins(value).items():
        if name not in leave:
            _unfold(name, one, flat)
    return flat


def _unfold(name: str, value: object, flat: dict[str, str | None]) -> None:
    if isinstance(value, dict) and name.startswith(("answer", "translations")):
        for key, inner in value.items():
            _unfold(f"{name}.{key}", inner, flat)
    else:
        flat[name] = _text(value)


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return msgspec.json.encode(value).decode()
