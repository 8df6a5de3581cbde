"""The typeface of the paper, and how text of every script is brought into its letters.

Bitstream Vera comes with ReportLab and is embedded. It has the Latin letters of western and central
Europe; what it lacks would be printed as an empty box, so it is written in Latin letters instead.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

import reportlab
from anyascii import anyascii
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "RecruitwatchVera"
BOLD = "RecruitwatchVera-Bold"
_FOLDER = Path(reportlab.__file__).parent / "fonts"
_FACES = tuple(
    TTFont(name, str(_FOLDER / file))
    for name, file in ((REGULAR, "Vera.ttf"), (BOLD, "VeraBd.ttf"))
)
for _face in _FACES:
    pdfmetrics.registerFont(_face)

# Files in seven-bit letters are a fifth larger and take longer; every reader takes bytes.
rl_config.useA85 = 0

# The last code point of the table is no letter, and joining or hidden marks are nothing to print.
LETTERS = frozenset(
    chr(code)
    for code in set.intersection(*(set(face.face.charToGlyph) for face in _FACES))
    if 0x20 <= code < 0xFFFE and code != 0xAD
)


@lru_cache(maxsize=4096)
def printable(text: str) -> str:
    """The text in letters that the typeface has, line breaks kept. Never an empty box, and never
    nothing where there was something."""
    kept = "".join(map(_letter, unicodedata.normalize("NFC", text)))
    if text.strip() and not kept.strip():
        return "…"
    return kept


def _letter(letter: str) -> str:
    if letter in LETTERS or letter == "\n":
        return letter
    if unicodedata.category(letter) in ("Cf", "Mn", "Me"):
        return ""
    if letter.isspace() or unicodedata.category(letter) == "Cc":
        return " "
    return "".join(one for one in anyascii(letter) if one in LETTERS)


def is_romanised(text: str) -> bool:
    """Whether letters of this text are printed as others. Blanks and hidden marks do not count."""
    return any(
        letter not in LETTERS and unicodedata.category(letter)[0] in "LMNPS"
        for letter in unicodedata.normalize("NFC", text)
    )


@lru_cache(maxsize=16384)
def width_of(text: str, font: str, size: float) -> float:
    return float(pdfmetrics.stringWidth(text, font, size))
