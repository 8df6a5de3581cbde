"""Text cut into runs of one direction, one script, one typeface and one look."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from recruitwatch.documents import bidi
from recruitwatch.documents.faces import Face
from recruitwatch.documents.text import Hand, Span, Style
from recruitwatch.documents.typefaces import face_for, is_hidden, missing_of, script_of

SHARED = frozenset(("Zyyy", "Zinh", "Zzzz"))


class Run(Struct, frozen=True):
    """Characters from `start` to `end` of a paragraph."""

    start: int
    end: int
    level: int
    script: str
    face: Face
    span: int


def runs_of(text: str, spans: Sequence[Span], style: Style, *, rtl: bool) -> list[Run]:
    """The runs of one line of source text, in the order in which it is read."""
    levels = bidi.levels(text, rtl=rtl)
    scripts = scripts_of(text)
    owners = [number for number, span in enumerate(spans) for _ in span.text]
    looks = list(_looks(text, owners, spans, style))
    runs: list[Run] = []
    start = 0
    for at in range(1, len(text) + 1):
        last = at - 1
        if at < len(text) and (
            levels[at] == levels[last] and scripts[at] == scripts[last] and looks[at] == looks[last]
        ):
            continue
        runs.append(Run(start, at, levels[last], scripts[last], *looks[last]))
        start = at
    return runs


@lru_cache(maxsize=400)
def scripts_of(text: str) -> tuple[str, ...]:
    """The script of each character; what scripts share goes with what stands before it, or after."""
    found: list[str] = []
    before = ""
    for one in text:
        script = script_of(one)
        before = before if script in SHARED else script
        found.append(before)
    first = next((one for one in found if one), "Latn")
    return tuple(one or first for one in found)


def clusters(text: str) -> Iterator[tuple[int, int]]:
    """Characters with the marks and joiners that stand on them."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not (_is_mark(text[at])):
            yield start, at
            start = at


@lru_cache(maxsize=4096)
def _is_mark(one: str) -> bool:
    return unicodedata.category(one)[0] == "M" or (is_hidden(one) and one not in bidi.MARKS)


def _looks(
    text: str, owners: Sequence[int], spans: Sequence[Span], style: Style
) -> Iterator[tuple[Face, int]]:
    """The face and the span of each character; marks go with the letter that they stand on."""
    before: Face | None = None
    before_bold = style.bold
    for start, end in clusters(text):
        span = spans[owners[start]]
        bold = style.bold if span.bold is None else span.bold
        if bold is not before_bold:
            before, before_bold = None, bold
        face = _face(text[start:end], span.language or style.language, style, bold, before)
        for _ in range(end - start):
            yield face, owners[start]
        before = face


def _face(cluster: str, language: str, style: Style, bold: bool, before: Face | None) -> Face:
    # Blanks, marks, and the digits and signs of codes go with the letters before them.
    if before is not None and (
        is_hidden(cluster[0])
        or (cluster.isascii() and not cluster.isalpha() and ord(cluster[0]) in before.characters)
    ):
        return before
    face = face_for(cluster, language, style.hand, bold=bold)
    if face is None:
        alone = (one for one in cluster if face_for(one, language, style.hand, bold=bold) is None)
        raise missing_of(next(alone, cluster[0]))
    return face


@lru_cache(maxsize=1024)
def lacking(text: str) -> frozenset[str]:
    """The characters of a text that no typeface here has, and marks that none has on their letter."""
    found: set[str] = set()
    for start, end in clusters(text):
        cluster = text[start:end]
        if _needs_no_glyph(cluster) or _shows(cluster):
            continue
        alone = {one for one in cluster if not (_needs_no_glyph(one) or _shows(one))}
        found |= alone or set(cluster[1:])
    return frozenset(found)


def _needs_no_glyph(cluster: str) -> bool:
    return all(one.isspace() or is_hidden(one) for one in cluster)


def _shows(cluster: str) -> bool:
    return face_for(cluster, "en", Hand.USUAL, bold=False) is not None
