"""The published codes of complaints, read from their file once in each process."""

from functools import lru_cache
from pathlib import Path

from recruitwatch.bundled import folder
from recruitwatch.checklists.rules import file_of, parse_vocabulary
from recruitwatch.checklists.rules.library import CODES_FOLDER, VOCABULARY_FOLDER
from recruitwatch.checklists.values import ComplaintCategory, Vocabulary
from recruitwatch.complaints.rules.codes import read_code_book
from recruitwatch.complaints.values.codes import (
    NEWEST_CODES,
    CodeBook,
    CodeBookRefused,
    CodeBookUnknown,
)


def get_code_book(version: int = NEWEST_CODES) -> CodeBook:
    """A published version of the codes; raises `CodeBookUnknown`, or `CodeBookRefused` with every
    mistake of its file."""
    return _read(folder("checklists"), version)


@lru_cache
def get_code_categories(version: int = NEWEST_CODES) -> tuple[ComplaintCategory, ...]:
    """The complaint categories which that version of the codes names, in their published order."""
    return _categories(folder("checklists"))[get_code_book(version).vocabulary]


@lru_cache(maxsize=8)
def _read(source: Path, version: int) -> CodeBook:
    name = file_of(CODES_FOLDER, version)
    if not (source / name).is_file():
        raise CodeBookUnknown(version=version)
    book = read_code_book((source / name).read_bytes(), name, _categories(source))
    if isinstance(book, list):
        raise CodeBookRefused(book)
    return book


@lru_cache(maxsize=2)
def _categories(source: Path) -> dict[int, tuple[ComplaintCategory, ...]]:
    found: dict[int, tuple[ComplaintCategory, ...]] = {}
    for file in sorted((source / VOCABULARY_FOLDER).glob("*.yaml")):
        vocabulary = parse_vocabulary(file.read_bytes(), f"{VOCABULARY_FOLDER}/{file.name}")
        if not isinstance(vocabulary, Vocabulary):
            raise CodeBookRefused(vocabulary)
        found[vocabulary.version] = vocabulary.complaint_categories
    return found
