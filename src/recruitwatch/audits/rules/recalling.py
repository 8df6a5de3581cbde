"""What history keeps of changed answers of a visit: old and new, and only what changed."""

from collections.abc import Iterable, Mapping

import msgspec

from recruitwatch.audits.values import Answer, Changes

Sides = Mapping[str, Mapping[str, object]]


def answer_changes(stored: Iterable[Answer], changes: Changes) -> dict[str, Sides]:
    """Old and new of each item that a page of the visit changes, the changed fields alone.

    Of the notes only that they changed: they are free text that may name somebody, and what was
    handed in is frozen elsewhere. Never used for interviews. Source: docs/decisions/0005.
    """
    old = {answer.item_id: answer for answer in stored}
    new: dict[str, Answer | None] = {answer.item_id: answer for answer in changes.answers}
    new.update(dict.fromkeys(changes.cleared))
    found = {name: _sides(old.get(name), answer) for name, answer in new.items()}
    return {name: sides for name, sides in found.items() if any(sides.values())}


def _sides(old: Answer | None, new: Answer | None) -> Sides:
    was, became = _fields(old), _fields(new)
    changed = [name for name in was if was[name] != became[name]]
    sides: dict[str, dict[str, object]] = {
        "old": {name: was[name] for name in changed if was[name] is not None},
        "new": {name: became[name] for name in changed if became[name] is not None},
    }
    for name in ("note", "na_reason"):
        if _words(old, name) != _words(new, name):
            sides["new"][f"{name}_changed"] = True
    return sides


def _fields(answer: Answer | None) -> dict[str, object]:
    if answer is None:
        return {"value": None, "evidence": None}
    return {"value": msgspec.to_builtins(answer.value), "evidence": answer.evidence}


def _words(answer: Answer | None, name: str) -> str:
    return "" if answer is None else str(getattr(answer, name))
