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
SHORTEST_JOINED, LONG_WORD, MOST_JOINED = 5, 9, 4
# Joined, words must fit that much better than the best of them alone.
CLEARLY = 0.08
# In a sentence other things are named too.
SENTENCE_WORDS, IN_SENTENCE = 2, 0.4
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
    """Worths and likenesses of words, each worked out once a query. The same letters may be initials in
    one name and a trade word in another, so a word is known by its letters and its meaning."""

    def __init__(self, commonness: Commonness) -> None:
        self.commonness = commonness
        self._worth: dict[tuple[str, str], float] = {}
        self._left: dict[tuple[str, str], float] = {}
        self._alike: dict[tuple[str, str, str], dict[tuple[str, str], float]] = {}
        self._joined: dict[tuple[str, ...], Word] = {}

    def worth(self, word: Word) -> float:
        key = (word.text, word.meaning)
        known = self._worth.get(key)
        if known is None:
            known = self._worth[key] = worth(word, self.commonness)
        return known

    def left_over(self, word: Word) -> float:
        key = (word.text, word.meaning)
        known = self._left.get(key)
        if known is None:
            known = self._left[key] = left_over(word, self.commonness)
        return known

    def likeness(self, said: Word, known: Word) -> float:
        row = self._row(said)
        key = (known.text, known.meaning)
        alike = row.get(key)
        if alike is None:
            alike = row[key] = likeness(said, known)
        return alike

    def likenesses(self, said: Word, known: Sequence[Word]) -> Iterator[tuple[int, float]]:
        """The words that may be this one, by place."""
        row = self._row(said)
        for place, word in enumerate(known):
            key = (word.text, word.meaning)
            alike = row.get(key)
            if alike is None:
                alike = row[key] = likeness(said, word)
            if alike >= LEAST:
                yield place, alike

    def _row(self, said: Word) -> dict[tuple[str, str], float]:
        key = (said.text, said.meaning, said.letters)
        row = self._alike.get(key)
        if row is None:
            row = self._alike[key] = {}
        return row

    def as_one(self, run: Sequence[Word]) -> Word:
        """Neighbours written as one word."""
        key = tuple([word.text for word in run])
        joined = self._joined.get(key)
        if joined is None:
            joined = self._joined[key] = _as_one(run)
        return joined


def fitting_pairs(said: Sequence[Word], known: Sequence[Word], weights: Weights) -> list[Pair]:
    """Every word, or two neighbours written as one, with every word of the name that may be it."""
    pairs = [
        Pair(alike, (i,), (j,))
        for i, one in enumerate(said)
        for j, alike in weights.likenesses(one, known)
    ]
    pairs.extend(Pair(alike, run, (j,)) for alike, run, j in _joined(said, known, weights))
    pairs.extend(Pair(alike, (i,), run) for alike, run, i in _joined(known, said, weights))
    worths = [weights.worth(word) for word in known]
    pairs.sort(key=lambda p: (-p.alike * sum(worths[j] for j in p.known), p.said, p.known))
    return pairs


def _joined(
    many: Sequence[Word], single: Sequence[Word], weights: Weights
) -> Iterator[tuple[float, tuple[int, ...], int]]:
    places = [(j, word, len(word.text)) for j, word in enumerate(single)]
    lengths = [len(word.text) for word in many]
    for i, size in _windows(many, single):
        length = sum(lengths[i : i + size])
        fitting = [(j, word) for j, word, own in places if abs(own - length) <= size]
        if not fitting:
            continue
        run = many[i : i + size]
        joined = weights.as_one(run)
        for j, word in fitting:
            if word.text == joined.text:
                yield JOINED, tuple(range(i, i + size)), j
            elif len(word.text) >= SHORTEST_JOINED:
                alike = JOINED * weights.likeness(joined, word)
                if alike > LEAST and alike > CLEARLY + max(
                    [weights.likeness(part, word) for part in run]
                ):
                    yield alike, tuple(range(i, i + size)), j


def _windows(many: Sequence[Word], single: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Two neighbours anywhere; three and more only where a word is long enough to hold them."""
    longest = max((len(word.text) for word in single), default=0)
    for size in range(2, MOST_JOINED + 1 if longest >= LONG_WORD else 3):
        for i in range(len(many) - size + 1):
            yield i, size


def _as_one(run: Sequence[Word]) -> Word:
    roman = "".join(word.roman for word in run)
    heard = sound(roman)
    return Word("".join(w.text for w in run), roman, heard, skeleton(heard), run[0].script)


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
        outside=_outside(words, span, agency, weights),
        exact=not missing and not extra and all(p.alike >= 0.95 for p in taken),
    )


def _outside(
    words: Sequence[Word], span: tuple[int, int], agency: ReadAgency, weights: Weights
) -> float:
    others = [word for i, word in enumerate(words) if not span[0] <= i < span[1]]
    is_sentence = sum(word.kind is WordKind.TALK for word in words) >= SENTENCE_WORDS
    weight = sum(_left(word, agency, weights) for word in others if word.kind in _TELLING)
    return weight * (IN_SENTENCE if is_sentence else 1.0)


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
