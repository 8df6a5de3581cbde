"""What changed between two versions of a pack: clauses, wording and values, for people to read."""

from collections.abc import Iterator

import msgspec

from recruitwatch.contracts.rules.slots import worded
from recruitwatch.contracts.rules.wording import BASE_LANGUAGE
from recruitwatch.contracts.values.judged import OccupationPack, TemplateDifference, TextChange
from recruitwatch.contracts.values.written import Clause, ClauseTexts, Parameter

_OF_CLAUSES = ("mandatory", "in_use", "group")


def difference(
    old: OccupationPack, new: OccupationPack, language: str = BASE_LANGUAGE
) -> TemplateDifference:
    """Clauses that came, went or moved, and every row and value that reads differently."""
    before = {one.id: one for one in old.clauses}
    after = {one.id: one for one in new.clauses}
    stayed_old = [name for name in before if name in after]
    stayed_new = [name for name in after if name in before]
    changes = [
        change
        for name in stayed_new
        for change in (
            *_clause(before[name], after[name]),
            *_texts(name, old.texts[language][name], new.texts[language][name]),
        )
    ]
    return TemplateDifference(
        pack=new.id,
        old_version=old.version,
        new_version=new.version,
        added=tuple(name for name in after if name not in before),
        removed=tuple(name for name in before if name not in after),
        moved=tuple(
            there for here, there in zip(stayed_old, stayed_new, strict=True) if here != there
        ),
        changes=tuple(changes),
    )


def _clause(old: Clause, new: Clause) -> Iterator[TextChange]:
    for name in _OF_CLAUSES:
        yield from _changed(new.id, name, getattr(old, name), getattr(new, name))
    for name in dict.fromkeys((*old.parameters, *new.parameters)):
        yield from _parameter(new.id, name, old.parameters.get(name), new.parameters.get(name))


def _parameter(
    clause: str, name: str, old: Parameter | None, new: Parameter | None
) -> Iterator[TextChange]:
    if old is None or new is None:
        one = old or new
        label = one.label if one else name
        yield TextChange(
            clause=clause, what=name, old=label if old else None, new=label if new else None
        )
        return
    for field in msgspec.structs.fields(Parameter):
        before, after = getattr(old, field.name), getattr(new, field.name)
        yield from _changed(clause, f"{name}.{field.name}", before, after)


def _texts(clause: str, old: ClauseTexts, new: ClauseTexts) -> Iterator[TextChange]:
    yield from _changed(clause, "title", old.title, new.title)
    for variant in dict.fromkeys((*old.rows, *new.rows)):
        before = [worded(one, feminine=False) for one in old.rows.get(variant, ())]
        after = [worded(one, feminine=False) for one in new.rows.get(variant, ())]
        for at in range(max(len(before), len(after))):
            yield from _changed(
                clause,
                f"{variant}.{at + 1}",
                before[at] if at < len(before) else None,
                after[at] if at < len(after) else None,
            )


def _changed(clause: str, what: str, old: object, new: object) -> Iterator[TextChange]:
    if old != new:
        yield TextChange(clause=clause, what=what, old=_said(old), new=_said(new))


def _said(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value)
