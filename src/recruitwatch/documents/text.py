"""What is to be set: a style, and text that may change its look or language on the way."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

INK = 0x0B0C0C


class Align(StrEnum):
    """START is left where text runs to the right, and right where it runs to the left."""

    START = "start"
    END = "end"
    CENTRE = "centre"


class Hand(StrEnum):
    """The two hands of Urdu. USUAL is Nastaliq for Urdu, and says nothing elsewhere."""

    USUAL = ""
    NASKH = "naskh"
    NASTALIQ = "nastaliq"


class Style(Struct, frozen=True, kw_only=True):
    """How a paragraph looks. Sizes are in points; `leading` 0 is what the script needs; `colour` is
    0xRRGGBB. `rtl` None follows the language: direction is never guessed from the text."""

    language: str = "en"
    size: float = 10.0
    leading: float = 0.0
    bold: bool = False
    colour: int = INK
    align: Align = Align.START
    hand: Hand = Hand.USUAL
    rtl: bool | None = None


class Span(Struct, frozen=True):
    """A part of a paragraph. What is None is as in the paragraph."""

    text: str
    bold: bool | None = None
    colour: int | None = None
    language: str | None = None


Text = str | Sequence[Span]


def spans_of(text: Text) -> tuple[Span, ...]:
    return (Span(text),) if isinstance(text, str) else tuple(text)


def plain(text: Text) -> str:
    """The words alone."""
    return text if isinstance(text, str) else "".join(span.text for span in text)
