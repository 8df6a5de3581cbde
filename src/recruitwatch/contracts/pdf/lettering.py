"""Texts of a contract in the letters of their language: sizes that look alike, values kept together."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from recruitwatch.contracts.values.paper import PaperLanguage, Piece, Text, Texts
from recruitwatch.contracts.values.paper import plain as plain_of
from recruitwatch.documents import INK, Align, Span, Style, isolated
from recruitwatch.documents.typefaces import script_of_language

MUTED = 0x45494C
# Letters of these scripts look smaller than Latin ones of the same size.
_LARGER = {"Arab": 1.12, "Beng": 1.06, "Deva": 1.06, "Ethi": 1.04, "Khmr": 1.06, "Mymr": 1.02}


@lru_cache(maxsize=256)
def style_of(
    language: str, size: float, *, bold: bool = False, colour: int = INK,
    align: Align = Align.START,
) -> Style:  # fmt: skip
    larger = _LARGER.get(script_of_language(language), 1.0)
    return Style(language=language, size=size * larger, bold=bold, colour=colour, align=align)


def spans_of(text: Text) -> tuple[Span, ...]:
    """The words, each value in an isolate: it keeps its own order in lines of the other direction."""
    return tuple(map(_span, text)) or (Span(""),)


def _span(piece: Piece) -> Span:
    if not piece.value or not piece.text:
        return Span(piece.text)
    # Names and addresses in Latin letters are set whole in a Latin typeface, their numbers too.
    latin = piece.text.isascii() and any(map(str.isalpha, piece.text))
    return Span(isolated(piece.text), language="en" if latin else None)


def said(languages: tuple[PaperLanguage, ...], texts: Texts) -> Iterator[tuple[str, Text]]:
    """Each text that says something, with the code of its language."""
    for language, text in zip(languages, texts, strict=True):
        if plain_of(text).strip():
            yield language.code, text
