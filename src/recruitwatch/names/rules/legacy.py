"""Texts typed with old fonts, which look like garbage elsewhere, told apart and read."""

import re

from recruitwatch.names.rules.fonts import FONTS, REPH, Font
from recruitwatch.names.rules.tables import key_tokens
from recruitwatch.names.values import Dictionary, WordKind

# A shorter word can be shown by chance.
SHORTEST_SHOWN = 4
_TELLING = frozenset(WordKind) - {WordKind.NUMBER, WordKind.ARTICLE, WordKind.TALK, WordKind.NAME}


def decode_legacy(text: str, dictionary: Dictionary) -> tuple[str, str]:
    """The text in Unicode and the name of the old font it was typed with, or as it is and nothing.

    Such a text makes no sense in Latin letters and shows a word of the tables in the font's own: IfvimxR
    is ওভারসীজ. Both must hold, since what a font shows for an ordinary name is a word by no chance.
    """
    if not text.strip() or any(ord(c) > 0x2122 for c in text) or _known(text, dictionary):
        return text, ""
    shown = [(decoded(text, font), font.name) for font in FONTS]
    best = max(shown, key=lambda one: _known(one[0], dictionary))
    return best if _known(best[0], dictionary) else (text, "")


def decoded(text: str, font: Font) -> str:
    """What the font shows for the keys of the text, each sign behind the letter it belongs to."""
    spelt = _PATTERNS[font.name].sub(lambda found: font.keys[found[0]], text)
    letter = r"[^\W\d_]"
    cluster = rf"(?:{letter}{font.virama})*{letter}(?:{font.virama}{letter})*"
    spelt = spelt.replace(2 * font.virama, font.virama)
    spelt = re.sub(rf"([{font.before}])({cluster})", r"\2\1", spelt)
    spelt = re.sub(rf"({cluster}[^\w\s{REPH}]*){REPH}", rf"{font.ra}{font.virama}\1", spelt)
    for pair, sign in font.pairs:
        spelt = spelt.replace(pair, sign)
    return spelt.replace(REPH, "")


def _of_keys(font: Font) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(font.keys, key=len, reverse=True))))


_PATTERNS = {font.name: _of_keys(font) for font in FONTS}


def _known(text: str, dictionary: Dictionary) -> int:
    """How many words of the text the tables have as written."""
    senses = (
        dictionary.senses.get(token) for token in key_tokens(text) if len(token) >= SHORTEST_SHOWN
    )
    return sum(sense is not None and sense.kind in _TELLING for sense in senses)
