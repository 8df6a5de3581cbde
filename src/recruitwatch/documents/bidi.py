"""Direction of text: the levels of the Unicode Bidirectional Algorithm (UAX #9), and the order of a line.

The algorithm is fpdf2's, which passes Unicode's conformance tests; here is what a line of a paragraph
needs of it. Embedding and override marks are taken out: isolates do what they were for, and an override
can make a wage read otherwise than it is stored.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

TAKEN_OUT = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e"))
ISOLATES = "\u2066\u2067\u2068\u2069"
MARKS = frozenset(ISOLATES + "\u200e\u200f\u061c")
_TURNING = frozenset(("R", "AL", "AN", "RLI", "FSI"))
_STEADY = frozenset(("L", "R", "AL", "EN", "AN"))
_SHORT, _MOST_ISOLATES = 240, 40
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


def isolated(text: str) -> str:
    """A name, number or code that keeps its own order inside text of the other direction."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


def without_marks(text: str) -> str:
    """What a text says, without what only steers its setting."""
    return "".join(one for one in text if one not in MARKS)


def turns(text: str) -> bool:
    """Whether anything in it may run to the left."""
    return not text.isascii() and any(unicodedata.bidirectional(one) in _TURNING for one in text)


@lru_cache(maxsize=400)
def levels(text: str, *, rtl: bool) -> tuple[int, ...]:
    """The level of each character of one line of text; odd ones run to the left."""
    if not rtl and not turns(text):
        return (0,) * len(text)
    # It brings a PDF writer along that nobody needs who writes no such script.
    from fpdf.bidi import BidiParagraph
    from fpdf.enums import TextDirection

    base = TextDirection.RTL if rtl else TextDirection.LTR
    kept, places = _shortened(text)
    paragraph = BidiParagraph(kept, base_direction=base, preserve_bn_chars=True)
    found = [int(rtl)] * len(kept)
    for one in paragraph.get_characters_with_embedding_level():
        found[one.character_index] = one.embedding_level
    return tuple(found[place] for place in places)


def _shortened(text: str) -> tuple[str, Sequence[int]]:
    """The text with long stretches without letters and digits cut short, and where each character's level
    is found in it. The algorithm calls itself for each character of such a stretch, and all get the
    same level: thousands of dots would end in an error, not in a paragraph."""
    if len(text) <= _SHORT:
        return text, range(len(text))
    isolates = sum(one in ISOLATES for one in text)
    if isolates > _MOST_ISOLATES:
        text, isolates = text.translate(dict.fromkeys(map(ord, ISOLATES), "\u200b")), 0
    most = _SHORT // (isolates + 1)
    kept: list[str] = []
    places: list[int] = []
    stretch = 0
    for one in text:
        steady = one in ISOLATES or unicodedata.bidirectional(one) in _STEADY
        stretch = 0 if steady else stretch + 1
        if stretch <= most:
            kept.append(one)
        places.append(len(kept) - 1)
    return "".join(kept), places


def line_levels(text: str, of: Sequence[int], *, rtl: bool) -> list[int]:
    """Levels of one line: blanks at its end go with the paragraph (rule L1)."""
    found, end = list(of), len(text)
    while end and (text[end - 1].isspace() or text[end - 1] in ISOLATES):
        end -= 1
        found[end] = int(rtl)
    return found


def visual_order(of: Sequence[int]) -> list[int]:
    """Places of runs with these levels from left to right (rule L2)."""
    order = list(range(len(of)))
    for level in range(max(of, default=0), 0, -1):
        first = 0
        while first < len(order):
            if of[order[first]] < level:
                first += 1
                continue
            last = first
            while last < len(order) and of[order[last]] >= level:
                last += 1
            order[first:last] = order[first:last][::-1]
            first = last
    return order
