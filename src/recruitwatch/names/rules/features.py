"""The features of agency-match/1: what speaks for a name and what against it, each with its weight.

Every function looks at one stretch of a query beside one name of an agency and gives a number; the
points of the name are the sum of the numbers times their weights. The docstrings are the public
explanation (docs/matching.md). Weights were fitted once to judged pairs and rounded; a change of any
of them is a new version of the matcher.
"""

from collections.abc import Callable
from math import exp
from typing import NamedTuple

from recruitwatch.names.rules.comparing import Comparison
from recruitwatch.names.values import Part, ReadName, ReadQuery, WordKind

BASE = -14.0
MOST_RARE = 1.5
# Points of what was said when it names nobody: a licence number alone must be able to outweigh it.
NO_NAME = -5.0


def name_said(seen: Comparison) -> float:
    """How much of the agency's name was said, from 0 to 1.

    People leave out what all agencies have (Ltd, Overseas, International, the Arabic article) and
    seldom what is theirs alone. So each word counts by how few agencies of the register use it, and
    legal forms and trade words count little. A misspelt word counts in part.
    """
    return seen.covered


def words_explained(seen: Comparison) -> float:
    """How much of what was said is in the agency's name, from 0 to 1.

    A word that the name does not have speaks against it: "Golden Star Silver" is not "Golden Star".
    Words said around a name (I paid, the man from, near the mosque), places, and words of the
    agency's own address need little or no explanation.
    """
    return seen.explained


def sounds_alike(seen: Comparison) -> float:
    """How alike both are as one string of sounds, from 0 to 1, legal forms left aside.

    It holds together what blanks, hyphens, joined or divided words, and different scripts pull apart.
    """
    return seen.whole


def rare_words(seen: Comparison) -> float:
    """How rare the words are that fit: two rare words, or one of a single agency, hardly fit by chance.

    Rarity is counted in the register itself: "Jaya" is common in one country and rare in another.
    """
    return min(seen.fitting, MOST_RARE)


def doubtful_word(seen: Comparison) -> float:
    """How unlike the least alike of the distinctive words is: a slip, or another word?

    One wrong letter in a long word is a slip. In a short word it is often another name (Amin, Amir).
    """
    return 1.0 - seen.weakest


def name_missing(seen: Comparison) -> float:
    """Distinctive words of the name that were not said: perhaps it is a namesake with a shorter name."""
    return min(1.0, seen.missing)


def other_trade(seen: Comparison) -> float:
    """Trade words on both sides that differ (… Travels, … Overseas): often two agencies of one brand."""
    return min(seen.trade_missing, seen.trade_extra)


def trade_missing(seen: Comparison) -> float:
    """Trade words of the name that were not said. It counts little, since people drop them."""
    return seen.trade_missing


def said_elsewhere(seen: Comparison) -> float:
    """The share of distinctive words that stand in another stretch of the sentence.

    A sentence names other things than the agency; still, the more of it the name explains the better.
    """
    return seen.outside / (seen.outside + seen.fitting) if seen.outside else 0.0


def same_order(seen: Comparison) -> float:
    """Whether the words stand in the same order: people turn names round, but seldom."""
    return seen.order


class Feature(NamedTuple):
    """A feature by name, with its weight."""

    name: str
    weight: float
    value: Callable[[Comparison], float]


FEATURES = (
    Feature("name-said", 5.0, name_said),
    Feature("words-explained", 5.0, words_explained),
    Feature("sounds-alike", 3.0, sounds_alike),
    Feature("rare-words", 3.5, rare_words),
    Feature("doubtful-word", -5.5, doubtful_word),
    Feature("name-missing", -1.0, name_missing),
    Feature("other-trade", -2.0, other_trade),
    Feature("trade-missing", -3.0, trade_missing),
    Feature("said-elsewhere", -3.0, said_elsewhere),
    Feature("same-order", 1.0, same_order),
)


def name_points(seen: Comparison) -> float:
    """The points of a name: 0 is as likely right as wrong."""
    return BASE + sum(feature.weight * feature.value(seen) for feature in FEATURES)


def name_parts(seen: Comparison) -> tuple[Part, ...]:
    """The same points, feature by feature: where every name begins, then each number times its weight."""
    # Nothing times a negative weight is nothing, not less.
    weighed = (Part(f.name, round(f.weight * f.value(seen), 4) + 0.0) for f in FEATURES)
    return (Part("base", BASE), *weighed)


# A word of three letters is somebody's initials by chance more often than one of five.
_POINTS_OF_INITIALS = {3: -1.0, 4: 0.6, 5: 1.6}
_AROUND_INITIALS = frozenset(
    {WordKind.LEGAL, WordKind.TRADE, WordKind.TALK, WordKind.ARTICLE, WordKind.PLACE}
)


def initials(query: ReadQuery, name: ReadName) -> tuple[float, str]:
    """Points for first letters: people call Meghna Overseas Employment Services "MOES".

    They count only where nothing else was said but legal forms, trade words, places and talk.
    """
    own = [word for word in query.words if word.kind not in _AROUND_INITIALS]
    if len(own) == 1 and own[0].roman in name.acronyms:
        return _POINTS_OF_INITIALS[min(5, len(own[0].roman))], own[0].text
    return NO_NAME, ""


def as_score(points: float) -> float:
    """Points as a number from 0 to 1, rounded so that it is the same on every machine."""
    return round(1.0 / (1.0 + exp(-max(-30.0, min(30.0, points)))), 4)
