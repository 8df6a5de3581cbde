"""Names that workers use for an agency, as officers wrote them down: how they are heard, when they count."""

import re
from collections.abc import Iterable

from msgspec.structs import replace
from rapidfuzz.distance import OSA

from recruitwatch.names.rules.agencies import read_agency
from recruitwatch.names.rules.reading import OWN_KINDS, read_words
from recruitwatch.names.values import (
    AgencyName,
    Dictionary,
    NameKind,
    ReadAgency,
    ReadQuery,
    Word,
    WordKind,
)

CASES_NEEDED = 5
"""As on the public card: what rests on fewer than five cases points to those who told."""
SHORTEST_NAME, LONGEST_NAME = 2, 100
MOST_WORDS = 8
FEWEST_SOUNDS = 3
MOST_DIGITS = 4
SHORTEST_ALIKE = 4
_NET = re.compile(r"\bwww\b|\w\.(?:com|net|org|info|biz|[a-z]{2})\b", re.IGNORECASE)
_SAYING_NOTHING = frozenset({WordKind.LEGAL, WordKind.ARTICLE})


def heard_as(text: str, dictionary: Dictionary) -> str:
    """All sounds of a name in a row: what blanks, hyphens, scripts and most misspellings leave as it is."""
    return _heard(read_words(text, dictionary))


def heard_in(query: ReadQuery) -> tuple[str, ...]:
    """The same of every stretch of somebody's words that may be the name."""
    found = (_heard(query.words[start:end]) for start, end in query.spans)
    return tuple(dict.fromkeys(one for one in found if len(one) >= FEWEST_SOUNDS))


def _heard(words: Iterable[Word]) -> str:
    return "".join(word.sound or word.text for word in words if word.kind not in _SAYING_NOTHING)


def with_taught(agency: ReadAgency, names: Iterable[str], dictionary: Dictionary) -> ReadAgency:
    """The agency as officers are to find it, with the names that few cases have taught so far."""
    taught = (AgencyName(name, NameKind.ALIAS, taught=True) for name in names)
    return read_agency(replace(agency.facts, names=(*agency.facts.names, *taught)), dictionary)


def is_a_name(text: str, dictionary: Dictionary) -> bool:
    """Whether the words can be the name of an agency: short, with a word of its own, no sentence, and no
    number that could be a telephone."""
    words = read_words(text, dictionary)
    talk = sum(word.kind is WordKind.TALK for word in words)
    own = [word for word in words if word.kind in OWN_KINDS]
    return (
        SHORTEST_NAME <= len(text) <= LONGEST_NAME
        and 0 < len(words) <= MOST_WORDS
        and bool(own)
        and len(_heard(words)) >= FEWEST_SOUNDS
        and talk < 2
        and sum(c.isnumeric() for c in text) <= MOST_DIGITS
        and not any(sign in text for sign in "@/\n")
        and not _NET.search(text)
    )


def shares_a_word(
    text: str, others: Iterable[str], besides: Iterable[str], dictionary: Dictionary
) -> bool:
    """Whether a word of its own stands, or sounds so, in one of the other texts as well; words of `besides`
    aside. Persons are called by such words."""
    known = _own_sounds(besides, dictionary)
    own = _own_sounds([text], dictionary) - known
    theirs = _own_sounds(others, dictionary)
    return any(_alike(one, other) for one in own for other in theirs)


def _alike(one: str, other: str) -> bool:
    """Rahima and Raheema: one sound more, less or other in a word that is not short."""
    long = min(len(one), len(other)) >= SHORTEST_ALIKE
    return one == other or (long and OSA.distance(one, other) == 1)


def _own_sounds(texts: Iterable[str], dictionary: Dictionary) -> set[str]:
    return {
        word.sound or word.text
        for text in texts
        for word in read_words(text, dictionary)
        if word.kind in OWN_KINDS and word.kind is not WordKind.NUMBER
    }
