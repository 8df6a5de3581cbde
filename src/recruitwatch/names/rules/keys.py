"""Keys under which an agency is filed, so that a query finds its candidates without reading all.

How SQL must do it. Store `agency_keys(agency)` of every agency (one row with a text[] under a GIN
index, or one row a key under a btree), and for every register a count of agencies for each key. For
a query: `query_keys(query)`; read the counts of all its keys; `chosen_keys(keys, counts, total)`
names those to be fetched (rare ones first, and no more than about 600 agencies in all); fetch the
agencies that have any of these with the keys they have; `best_candidates(found, chosen)` gives the
60 to be ranked. Memory does exactly the same (names/register.py), so both give the same candidates.
The ranker wants counts of words besides: `s:` keys are among the stored ones.

Kinds: s sound of a word · k its skeleton, also of two neighbours written as one · d its skeleton with
a letter left out (a short word: its sound) · f the beginning of a sound ·
p two skeletons together · a first letters ·
h two Chinese, Thai, Burmese … characters · n licence number, also each run of two or more of its digits ·
e beginning or end of such a run · t last seven digits of a telephone · l sound of a word of the address.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import combinations, pairwise
from math import fsum, log

from recruitwatch.names.rules.numbers import digit_runs, ends_of, may_be_licence
from recruitwatch.names.rules.sounds import shortened, skeleton, sound
from recruitwatch.names.rules.tables import is_undivided
from recruitwatch.names.rules.weighing import word_key
from recruitwatch.names.values import ReadAgency, ReadQuery, Word, WordKind

MOST_FETCHED = 600
MOST_CANDIDATES = 60
# A key of more agencies than this says nothing, and than this share of a small register neither.
COMMONEST, COMMONEST_SHARE, ALWAYS_RARE = 400, 0.25, 30
VALUE = {
    "n": 1.6,
    "t": 1.5,
    "p": 1.3,
    "s": 1.0,
    "h": 0.9,
    "a": 0.9,
    "k": 0.85,
    "e": 0.7,
    "d": 0.5,
    "f": 0.5,
    "l": 0.3,
}
_EMPTY_KINDS = frozenset({WordKind.LEGAL, WordKind.ARTICLE})
_SHORT_SOUND = 6
_BEGINNING = 4
_LONG_SKELETON = 4
MOST_PAIRED = 7

Key = tuple[str, str]
"""A key and the word it comes from: of one word only the best key counts."""


def agency_keys(agency: ReadAgency) -> frozenset[str]:
    """All keys of an agency: its names, numbers, telephones and address."""
    keys: set[str] = set()
    for name in agency.names:
        keys.update(key for key, _ in name_keys(name.words))
        keys.update(f"a:{letters}" for letters in name.acronyms)
    keys.update(number_keys(digit_runs(agency), agency.digits))
    keys.update(f"t:{phone[-7:]}" for phone in agency.phones)
    keys.update(f"l:{heard}" for heard in agency.places)
    return frozenset(keys)


def query_keys(query: ReadQuery) -> tuple[Key, ...]:
    """All keys of a query, each with the word it comes from, in a fixed order."""
    keys = dict.fromkeys(name_keys([w for w in query.words if w.kind is not WordKind.TALK]))
    for word in query.words:
        if word.kind is WordKind.TALK:
            keys.setdefault((word_key(word), word.text))
        if 3 <= len(word.roman) <= 8:
            keys.setdefault((f"a:{word.roman}", word.text))
        if word.kind not in _EMPTY_KINDS and word.sound:
            keys.setdefault((f"l:{word.sound}", word.text))
    for number in query.numbers:
        keys.setdefault((f"n:{number.digits}", "number"))
        if may_be_licence(number):
            keys.setdefault((f"e:{number.digits}", "number"))
    for phone in sorted(query.phones):
        keys.setdefault((f"t:{phone[-7:]}", "phone"))
    for place in query.places:
        keys.setdefault((f"l:{place.sound}", "place"))
    return tuple(keys)


def number_keys(runs: Iterable[str], digits: str) -> Iterator[str]:
    """The digits of a licence number, each run of two or more of them, and the ends of long ones: a part may
    be all that somebody knows. Ends are keys of their own: a hundred numbers that begin with 201 must not
    hide the number 201."""
    parts = {run.lstrip("0") or "0" for run in runs if len(run) > 1}
    yield from (f"n:{part}" for part in parts | ({digits} if digits else set()))
    yield from (f"e:{end}" for end in {end for part in parts for end in ends_of(part)})


def name_keys(words: Sequence[Word]) -> Iterator[Key]:
    """Keys of a name's words, of its neighbours written as one, and of its pairs."""
    telling = [word for word in words if word.kind is not WordKind.ARTICLE]
    for word in telling:
        yield word_key(word), word.text
        if word.kind is not WordKind.LEGAL:
            yield from _word_keys(word)
    for run in _runs([word for word in words if word.kind not in (WordKind.LEGAL, WordKind.TALK)]):
        joined = skeleton(sound("".join(word.roman for word in run)))
        if len(joined) > 2:
            yield f"k:{joined}", " ".join(word.text for word in run)
    paired = [word for word in telling if word.kind is not WordKind.LEGAL][:MOST_PAIRED]
    for one, two in combinations(paired, 2):
        yield f"p:{'+'.join(sorted((_bones(one), _bones(two))))}", f"{one.text} {two.text}"


def _runs(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """Neighbours that may be written as one: two anywhere, more from the beginning."""
    yield from pairwise(words)
    for size in range(3, min(5, len(words)) + 1):
        yield words[:size]


def _bones(word: Word) -> str:
    return word.meaning or word.skeleton or word.text


def _word_keys(word: Word) -> Iterator[Key]:
    if is_undivided(word.text[:1] or " "):
        ends = range(max(1, len(word.text) - 1))
        yield from ((f"h:{word.text[i : i + 2]}", word.text) for i in ends)
    if word.script == "CJK":
        return
    if word.meaning and word.kind is WordKind.PLAIN:
        yield f"k:={word.meaning}", word.text
    if len(word.skeleton) > 1:
        yield f"k:{word.skeleton}", word.text
    if len(word.sound) > _BEGINNING:
        yield f"f:{word.sound[:_BEGINNING]}", word.text
    yield from ((f"d:{rest}", word.text) for rest in _slipped(word))


def _slipped(word: Word) -> Iterator[str]:
    """The skeleton and a short word's sound, also with a letter left out. A skeleton of three is one of
    four that a slip cost a consonant (Veyeran for Veteran)."""
    if len(word.skeleton) >= _LONG_SKELETON:
        yield from shortened(word.skeleton)
    if len(word.skeleton) >= _LONG_SKELETON - 1:
        yield word.skeleton
    if 2 < len(word.sound) <= _SHORT_SOUND:
        yield from (word.sound, *shortened(word.sound))


def chosen_keys(
    keys: Iterable[Key], counts: Mapping[str, int], total: int
) -> dict[str, tuple[str, float]]:
    """The keys to look under, with the word each comes from and its value: rare ones first, until
    about 600 agencies are reached; commoner ones than a quarter of the register are left out."""
    limit = max(ALWAYS_RARE, min(COMMONEST, total * COMMONEST_SHARE))
    usable = [(counts.get(key, 0), key, word) for key, word in dict.fromkeys(keys)]
    chosen: dict[str, tuple[str, float]] = {}
    fetched = 0
    for count, key, word in sorted(usable):
        if 0 < count <= limit and (fetched + count <= MOST_FETCHED or not chosen):
            fetched += count
            chosen.setdefault(key, (word, VALUE[key[0]] * log((total + 2) / count)))
    return chosen


def best_candidates(
    found: Mapping[str, Set[str]], chosen: Mapping[str, tuple[str, float]]
) -> list[str]:
    """The agencies (by caller's key) that share most with the query: at most sixty.

    Of the keys from one word of the query the best counts; a pair counts besides.
    """
    scored: list[tuple[float, str]] = []
    for agency, keys in found.items():
        best: dict[str, float] = {}
        for key in keys:
            if key in chosen:
                word, value = chosen[key]
                best[word] = max(best.get(word, 0.0), value)
        scored.append((-fsum(best.values()), agency))
    return [agency for _, agency in sorted(scored)[:MOST_CANDIDATES]]
