"""Finding sentences for translators in published files. Used by `make translations` alone."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import IO

import yaml

Sentence = tuple[int, str, str, list[str]]


def complaint_codes(
    fileobj: IO[bytes],
    keywords: Mapping[str, object],
    comment_tags: Collection[str],
    options: Mapping[str, object],
) -> Iterator[Sentence]:
    """The headings and sentences of a book of complaint codes, as Babel's extractors give them."""
    del keywords, comment_tags, options  # Babel names them; a book of codes needs none
    book = yaml.safe_load(fileobj)
    yield from _each(family["title"] for family in book["families"])
    yield from _each(code["says"] for code in book["codes"])


def contract_library(
    fileobj: IO[bytes],
    keywords: Mapping[str, object],
    comment_tags: Collection[str],
    options: Mapping[str, object],
) -> Iterator[Sentence]:
    """What pages say from a file of the contract library: titles of packs and labels of their values,
    known patterns, schemes and units of figures. Countries are not among it: the tables of Unicode name
    them."""
    del keywords, comment_tags, options
    file = yaml.safe_load(fileobj)
    for clause in file.get("clauses", ()):
        yield from _each(one["label"] for one in clause.get("parameters", {}).values())
    if "title" in file:
        yield from _each((file["title"],))
    for pattern in file.get("patterns", ()):
        yield from _each((pattern["name"], pattern["story"]))
    for place in (*file.get("destinations", ()), *file.get("origins", ())):
        if place["code"] != place.get("country", place["code"]):
            yield from _each((place["name"],))
        yield from _each(
            one["unit"] for one in place.get("facts", ()) if one["unit"] != one.get("currency")
        )


def _each(sentences: Iterable[str]) -> Iterator[Sentence]:
    for one in sentences:
        yield 1, "gettext", one, []
