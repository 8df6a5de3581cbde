"""The word tables of this folder, read once: words/*.yaml, talk.yaml and letters.yaml."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec
from msgspec import Struct

from recruitwatch.names.rules.tables import Form, make_dictionary
from recruitwatch.names.values import Dictionary, WordKind


class _Meaning(Struct, frozen=True, forbid_unknown_fields=True):
    meaning: str
    kind: WordKind
    note: str = ""


class _Meanings(Struct, frozen=True, forbid_unknown_fields=True):
    meanings: list[_Meaning]


class _Word(Struct, frozen=True, forbid_unknown_fields=True):
    meaning: str
    forms: list[str]
    kind: WordKind | None = None


class _Words(Struct, frozen=True, forbid_unknown_fields=True):
    language: str
    script: str
    words: list[_Word]


class _Talk(Struct, frozen=True, forbid_unknown_fields=True):
    language: str
    words: str


class _Letters(Struct, frozen=True, forbid_unknown_fields=True):
    script: str
    letters: dict[str, str]


MEANINGS = "meanings.yaml"


@cache
def load_dictionary() -> Dictionary:
    """All tables in one value, the same at every call."""
    folder = files("recruitwatch.names")
    return make_dictionary([*_words(folder), *_talk(folder)], _letters(folder))


def _words(folder: Traversable) -> Iterator[Form]:
    meanings = msgspec.yaml.decode((folder / "words" / MEANINGS).read_bytes(), type=_Meanings)
    kinds = {meaning.meaning: meaning.kind for meaning in meanings.meanings}
    for table in sorted((folder / "words").iterdir(), key=lambda entry: entry.name):
        if table.name.endswith(".yaml") and table.name != MEANINGS:
            for word in msgspec.yaml.decode(table.read_bytes(), type=_Words).words:
                for form in word.forms:
                    yield Form(form, word.kind or kinds[word.meaning], word.meaning)


def _talk(folder: Traversable) -> Iterator[Form]:
    for table in msgspec.yaml.decode((folder / "talk.yaml").read_bytes(), type=list[_Talk]):
        for word in table.words.split("|"):
            if word.strip():
                yield Form(word.strip(), WordKind.TALK, "")


def _letters(folder: Traversable) -> Iterator[tuple[str, str]]:
    for table in msgspec.yaml.decode((folder / "letters.yaml").read_bytes(), type=list[_Letters]):
        for letter, forms in table.letters.items():
            for form in forms.split():
                yield form, letter
