"""The word tables of this folder, read once: words/*.yaml, talk.yaml and letters.yaml."""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

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
_T = TypeVar("_T")


class TableFault(ValueError):
    """A table cannot be read: which file, and what is wrong with it, for whoever edited it."""


@cache
def load_dictionary() -> Dictionary:
    """All tables in one value, the same at every call."""
    return read_dictionary(files("recruitwatch.names"))


def read_dictionary(folder: Traversable) -> Dictionary:
    """The tables of a folder in one value, or a TableFault that names the file to be mended."""
    return make_dictionary([*_words(folder), *_talk(folder)], _letters(folder))


@cache
def read_with() -> str:
    """What a reading of an agency depends on besides the agency: the word tables, and the code that reads
    with them. With any other of these, stored readings are made again."""
    folder = files("recruitwatch.names")
    digest = sha256()
    for part in (folder, folder / "words", folder / "rules"):
        for entry in sorted(part.iterdir(), key=lambda one: one.name):
            if entry.name.endswith((".yaml", ".py")):
                digest.update(entry.name.encode() + sha256(entry.read_bytes()).digest())
    return digest.hexdigest()


def _words(folder: Traversable) -> Iterator[Form]:
    meanings = _read(folder / "words" / MEANINGS, _Meanings)
    kinds = {meaning.meaning: meaning.kind for meaning in meanings.meanings}
    for table in sorted((folder / "words").iterdir(), key=lambda entry: entry.name):
        if table.name.endswith(".yaml") and table.name != MEANINGS:
            for word in _read(table, _Words).words:
                kind = word.kind or kinds.get(word.meaning)
                if kind is None:
                    raise TableFault(f"{table.name}: {word.meaning} is no meaning of {MEANINGS}.")
                for form in word.forms:
                    yield Form(form, kind, word.meaning)


def _talk(folder: Traversable) -> Iterator[Form]:
    for table in _read(folder / "talk.yaml", list[_Talk]):
        for word in table.words.split("|"):
            if word.strip():
                yield Form(word.strip(), WordKind.TALK, "")


def _letters(folder: Traversable) -> Iterator[tuple[str, str]]:
    for table in _read(folder / "letters.yaml", list[_Letters]):
        for letter, forms in table.letters.items():
            for form in forms.split():
                yield form, letter


def _read(table: Traversable, kind: type[_T]) -> _T:
    try:
        return msgspec.yaml.decode(table.read_bytes(), type=kind)
    except msgspec.MsgspecError as fault:
        raise TableFault(f"{table.name}: {fault}") from fault
