"""The slots of a text. A text can name values and nothing else: it is data and never run."""

import re
from typing import NamedTuple

from recruitwatch.contracts.values.written import Gendered, Wording

_SLOT = re.compile(r"\{\{ (?P<name>[a-z][a-z0-9_]{0,39})(?P<unit>: unit)? \}\}")
_CODE = re.compile(r"[{}<>]|\$\(|`")


class Slot(NamedTuple):
    """The place of a value; `with_unit` asks for the number together with its unit."""

    name: str
    with_unit: bool


class CodeInText(ValueError):
    """A text holds something that is neither words nor a slot; the message shows it."""


Pieces = tuple[str | Slot, ...]


def pieces(text: str) -> Pieces:
    """A text as words and slots in order. `{{ name }}` and `{{ name: unit }}` are slots; any other
    brace, a tag or a back quote is refused, because wording holds no code."""
    found: list[str | Slot] = []
    at = 0
    for match in _SLOT.finditer(text):
        found.append(_words(text[at : match.start()]))
        found.append(Slot(match["name"], match["unit"] is not None))
        at = match.end()
    found.append(_words(text[at:]))
    return tuple(one for one in found if one != "")


def _words(text: str) -> str:
    if wrong := _CODE.search(text):
        shown = text[max(0, wrong.start() - 10) : wrong.start() + 30]
        raise CodeInText(f"holds code or a broken slot near “{shown.strip()}”")
    return text


def slot_names(text: str) -> list[str]:
    """The values a text names, sorted, each as often as it stands there."""
    return sorted(one.name for one in pieces(text) if isinstance(one, Slot))


def wordings(wording: Wording) -> tuple[str, ...]:
    """Every text that a wording can be printed as."""
    if isinstance(wording, Gendered):
        return (wording.neutral, wording.feminine)
    return (wording,)


def worded(wording: Wording, *, feminine: bool) -> str:
    """The text for this worker: the feminine one for a woman, where the language makes a difference."""
    if isinstance(wording, Gendered):
        return wording.feminine if feminine else wording.neutral
    return wording


def has_digits(text: str) -> bool:
    """Whether a number is typed into the wording, in any script. Numbers come from parameters."""
    return any(char.isdigit() for one in pieces(text) if isinstance(one, str) for char in one)
