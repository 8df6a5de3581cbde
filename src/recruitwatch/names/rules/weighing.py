"""What a word is worth: rare words tell agencies apart, "Golden" and "Overseas" hardly do."""

from collections.abc import Iterable
from math import log

from recruitwatch.names.values import Commonness, ReadName, Word, WordKind

WORTH = {
    WordKind.NAME: 1.0,
    WordKind.PLAIN: 0.9,
    WordKind.NUMBER: 0.8,
    WordKind.PLACE: 0.5,
    WordKind.TALK: 0.7,
    WordKind.TITLE: 0.4,
    WordKind.TRADE: 0.3,
    WordKind.LEGAL: 0.04,
    WordKind.ARTICLE: 0.02,
}
# Words that are said around a name and are in no name: they need no explanation.
LEFT_OVER = {
    WordKind.NUMBER: 0.4,
    WordKind.PLACE: 0.12,
    WordKind.TALK: 0.06,
    WordKind.TITLE: 0.15,
    WordKind.TRADE: 0.2,
}
LEAST_RARITY = 0.08


def word_key(word: Word) -> str:
    """The key by which uses of a word are counted: its sound, or the characters of undivided scripts."""
    return f"s:{word.sound or word.text}" if word.script != "CJK" else f"s:{word.text}"


def rarity(word: Word, commonness: Commonness) -> float:
    """1 for a word of one agency only (or of none), near 0 for a word that half the register uses.

    It is the information of the word, as a share of what is needed to name one agency of all.
    """
    uses = max(1, commonness.counts.get(word_key(word), 0))
    scale = log(commonness.total + 2)
    return max(LEAST_RARITY, log((commonness.total + 2) / uses) / scale)


def worth(word: Word, commonness: Commonness) -> float:
    """Rarity times what the word's kind is worth: a legal form says next to nothing."""
    return WORTH[word.kind] * rarity(word, commonness)


def left_over(word: Word, commonness: Commonness) -> float:
    """What it weighs that a said word is not in the name: little for places and talk."""
    factor = LEFT_OVER.get(word.kind)
    return worth(word, commonness) if factor is None else factor * rarity(word, commonness)


def counted_keys(words: Iterable[Word], names: Iterable[ReadName]) -> frozenset[str]:
    """The keys whose counts the ranker wants to know for these words and names."""
    known = {word_key(word) for word in words}
    for name in names:
        known.update(word_key(word) for word in name.words)
    return frozenset(known)
