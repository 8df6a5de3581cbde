"""A query's words laid beside a name's words: which fits which, and what is left over on each side."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from rapidfuzz import fuzz

from recruitwatch.names.rules.likeness import LEAST, likeness
from recruitwatch.names.rules.sounds import skeleton, sound
from recruitwatch.names.rules.weighing import left_over, worth
from recruitwatch.names.values import Commonness, ReadAgency, ReadName, ReadQuery, Word, WordKind

JOINED = 0.98
SHORTEST_JOINED = 5
_SILENT = frozenset({WordKind.LEGAL, WordKind.ARTICLE})
_TELLING = frozenset(
    {WordKind.NAME, WordKind.PLAIN, WordKind.NUMBER, WordKind.PLACE, WordKind.TALK}
)


class Pair(Struct, frozen=True):
    """Words of the query (by place) that are words of the name, and how alike they are."""

    alike: float
    said: tuple[int, ...]
    known: tuple[int, ...]


class Comparison(Struct, frozen=True, kw_only=True):
    """One stretch of a query against one name. Weights are worths of words (see weighing.py)."""

    name: ReadName
    span: tuple[int, int]
    pairs: tuple[Pair, ...]
    covered: float
    explained: float
    fitting: float
    missing: float
    extra: float
    weakest: float
    trade_missing: float
    trade_extra: float
    whole: float
    order: float
    outside: float
    exact: bool


class Weights:
    """Worths and likenesses of words, each worked out once a query."""

    def __init__(self, commonness: Commonness) -> None:
        self.commonness = commonness
        self._worth: dict[str, float] = {}
        self._left: dict[str, float] = {}
        self._alike: dict[tuple[str, str], float] = {}

    def worth(self, word: Word) -> float:
        known = self._worth.get(word.text)
        if known is None:
            known = self._worth[word.text] = worth(word, self.commonness)
        return known

    def left_over(self, word: Word) -> float:
        known = self._left.get(word.text)
        if known is None:
            known = self._left[word.text] = left_over(word, self.commonness)
        return known

    def likeness(self, said: Word, known: Word) -> float:
        pair = (said.text, known.text)
        alike = self._alike.get(pair)
        if alike is None:
            alike = self._alike[pair] = likeness(said, known)
        return alike


def fitting_pairs(said: Sequence[Word], known: Sequence[Word], weights: Weights) -> list[Pair]:
    """Every word, or two neighbours written as one, with every word of the name that may be it."""
    pairs = [
        Pair(alike, (i,), (j,))
        for i, one in enumerate(said)
        for j, other in enumerate(known)
        if (alike := weights.likeness(one, other)) >= LEAST
    ]
    pairs.extend(Pair(a, (i, i + 1), (j,)) for a, i, j in _joined(said, known, weights))
    pairs.extend(Pair(a, (j,), (i, i + 1)) for a, i, j in _joined(known, said, weights))
    worths = [weights.worth(word) for word in known]
    pairs.sort(key=lambda p: (-p.alike * sum(worths[j] for j in p.known), p.said, p.known))
    return pairs


def _joined(
    two: Sequence[Word], one: Sequence[Word], weights: Weights
) -> Iterator[tuple[float, int, int]]:
    for i in range(len(two) - 1):
        first, second = two[i], two[i + 1]
        text = first.text + second.text
        for j, word in enumerate(one):
            if word.text == text:
                yield JOINED, i, j
                continue
            if len(word.text) < SHORTEST_JOINED or abs(len(word.text) - len(text)) > 2:
                continue
            heard = sound(first.roman + second.roman)
            joined = Word(text, first.roman + second.roman, heard, skeleton(heard), first.script)
            alike = JOINED * weights.likeness(joined, word)
            if (
                alike
                > max(LEAST, weights.likeness(first, word), weights.likeness(second, word)) + 0.08
            ):
                yield alike, i, j


def compare(
    query: ReadQuery, agency: ReadAgency, name: ReadName, weights: Weights
) -> Iterator[Comparison]:
    """The name against each stretch of the query."""
    pairs = fitting_pairs(query.words, name.words, weights)
    if not pairs:
        return
    for span in query.spans:
        taken = _taken(pairs, span)
        if taken:
            yield _compared(query, agency, name, span, taken, weights)


def _taken(pairs: Sequence[Pair], span: tuple[int, int]) -> list[Pair]:
    """The best pairs inside the stretch, each word once."""
    said: set[int] = set()
    known: set[int] = set()
    taken: list[Pair] = []
    for pair in pairs:
        if pair.said[0] < span[0] or pair.said[-1] >= span[1]:
            continue
        if said.isdisjoint(pair.said) and known.isdisjoint(pair.known):
            said.update(pair.said)
            known.update(pair.known)
            taken.append(pair)
    return taken


def _compared(
    query: ReadQuery,
    agency: ReadAgency,
    name: ReadName,
    span: tuple[int, int],
    taken: Sequence[Pair],
    weights: Weights,
) -> Comparison:
    words, known = query.words, name.words
    said_places = {i for pair in taken for i in pair.said}
    known_places = {j for pair in taken for j in pair.known}
    fitting = alike = 0.0
    weakest = 1.0
    for pair in taken:
        value = sum(weights.worth(known[j]) for j in pair.known)
        fitting += value
        alike += value * pair.alike
        if any(known[j].kind in _TELLING for j in pair.known):
            weakest = min(weakest, pair.alike)
    missing = [known[j] for j in range(len(known)) if j not in known_places]
    extra = [words[i] for i in range(*span) if i not in said_places]
    extra = [
        word for word in extra if word.sound not in agency.places or word.kind is WordKind.NAME
    ]
    lost = sum(weights.worth(word) for word in missing)
    left = sum(_left(word, agency, weights) for word in extra)
    return Comparison(
        name=name,
        span=span,
        pairs=tuple(taken),
        covered=alike / (fitting + lost),
        explained=alike / (fitting + left),
        fitting=alike,
        missing=_sum(missing, _TELLING, weights),
        extra=sum(_left(w, agency, weights) for w in extra if w.kind in _TELLING),
        weakest=weakest,
        trade_missing=_sum(missing, {WordKind.TRADE}, weights),
        trade_extra=_sum(extra, {WordKind.TRADE}, weights),
        whole=_whole([words[i] for i in range(*span)], known),
        order=_order(taken),
        outside=sum(
            _left(words[i], agency, weights)
            for i in range(len(words))
            if not span[0] <= i < span[1] and words[i].kind in _TELLING
        ),
        exact=not missing and not extra and all(p.alike >= 0.95 for p in taken),
    )


def _left(word: Word, agency: ReadAgency, weights: Weights) -> float:
    return 0.1 if word.sound in agency.places else weights.left_over(word)


def _sum(
    words: Sequence[Word], kinds: frozenset[WordKind] | set[WordKind], weights: Weights
) -> float:
    return sum(weights.worth(word) for word in words if word.kind in kinds)


def _whole(said: Sequence[Word], known: Sequence[Word]) -> float:
    """Likeness of the two as one string of sounds, legal forms and sentence words aside."""
    one = "".join(
        w.sound or w.text for w in said if w.kind not in _SILENT and w.kind is not WordKind.TALK
    )
    other = "".join(w.sound or w.text for w in known if w.kind not in _SILENT)
    return fuzz.ratio(one, other) / 100 if one and other else 0.0


def _order(taken: Sequence[Pair]) -> float:
    """The share of neighbouring pairs that stand in the same order on both sides."""
    places = [pair.known[0] for pair in sorted(taken, key=lambda p: p.said)]
    if len(places) < 2:
        return 1.0
    return sum(a < b for a, b in pairwise(places)) / (len(places) - 1)
