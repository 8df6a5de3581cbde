"""The reasons of a candidate, for people: what was seen, on which words, and what it was worth."""

from collections.abc import Iterator, Set

from recruitwatch.errors import N_
from recruitwatch.names.rules.comparing import Comparison, Pair
from recruitwatch.names.rules.evidence import Evidence
from recruitwatch.names.values import NameKind, ReadName, ReadQuery, Reason, Word, WordKind

SENTENCES = {
    "licence-number": N_("The licence number is the same."),
    "licence-digits": N_("The licence number has the same digits."),
    "licence-part": N_("What was said is a part of the licence number."),
    "licence-near": N_("The licence number differs in one digit."),
    "other-licence": N_("Another licence number was said."),
    "telephone": N_("The telephone or wallet number is the same."),
    "place": N_("Words of its address were said."),
    "officer-confirmed": N_("An officer confirmed before that these words mean this agency."),
    "taught-name": N_("Workers are known to use this name."),
    "whole-name": N_("The whole name was said."),
    "same-words": N_("These words are in the name."),
    "alike-words": N_("These words sound or are spelt alike."),
    "translated-words": N_("These words mean the same in another language."),
    "initials": N_("These are the first letters of its name."),
    "former-name": N_("It is a former or second name."),
    "missing-words": N_("These words of the name were not said."),
    "other-words": N_("These words are not in the name."),
}
_TELLING = frozenset(
    {WordKind.NAME, WordKind.PLAIN, WordKind.NUMBER, WordKind.TRADE, WordKind.PLACE}
)
# The same sound counts 0.95: that is alike.
_SAME = 0.96


def reasons_of(
    query: ReadQuery, name: ReadName, seen: Comparison | None, letters: str, beside: Evidence
) -> tuple[Reason, ...]:
    """The reasons, the strongest first; what speaks against the candidate stands last."""
    found = [*beside.reasons]
    if name.name.taught:
        found.append(Reason("taught-name", 1.0, "", name.name.text))
    if name.name.kind is NameKind.FORMER:
        found.append(Reason("former-name", 0.5, "", name.name.text))
    if letters:
        found.append(Reason("initials", 1.0, letters, name.name.text))
    elif seen is not None:
        placed = {w for r in beside.reasons if r.feature == "place" for w in r.said.split()}
        found.extend(_of_words(query, seen, placed))
    return tuple(sorted(found, key=lambda r: (-r.worth, r.feature)))


def _of_words(query: ReadQuery, seen: Comparison, placed: Set[str]) -> Iterator[Reason]:
    words, known = query.words, seen.name.words
    if seen.exact:
        yield Reason("whole-name", 5.0, _text(words[slice(*seen.span)]), seen.name.name.text)
    for feature, pairs in _kinds_of_pairs(words, seen):
        said = _text([words[i] for pair in pairs for i in pair.said])
        other = _text([known[j] for pair in pairs for j in pair.known])
        alike = sum(pair.alike for pair in pairs)
        yield Reason(feature, round(alike, 2), said, other)
    used = {j for pair in seen.pairs for j in pair.known}
    missing = [word for j, word in enumerate(known) if j not in used and word.kind in _TELLING]
    if missing:
        yield Reason(
            "missing-words", -round(seen.missing + seen.trade_missing, 2), "", _text(missing)
        )
    taken = {i for pair in seen.pairs for i in pair.said}
    extra = [
        word
        for i, word in enumerate(words[slice(*seen.span)], seen.span[0])
        if i not in taken and word.kind in _TELLING and word.text not in placed
    ]
    if extra:
        yield Reason("other-words", -round(seen.extra + seen.trade_extra, 2), _text(extra), "")


def _kinds_of_pairs(words: tuple[Word, ...], seen: Comparison) -> Iterator[tuple[str, list[Pair]]]:
    same: list[Pair] = []
    alike: list[Pair] = []
    translated: list[Pair] = []
    for pair in sorted(seen.pairs, key=lambda p: p.said):
        said, known = words[pair.said[0]], seen.name.words[pair.known[0]]
        if pair.alike >= _SAME:
            same.append(pair)
        elif said.meaning and said.meaning == known.meaning and said.sound != known.sound:
            translated.append(pair)
        else:
            alike.append(pair)
    for feature, pairs in (
        ("same-words", same),
        ("alike-words", alike),
        ("translated-words", translated),
    ):
        if pairs:
            yield feature, pairs


def _text(words: "tuple[Word, ...] | list[Word]") -> str:
    return " ".join(word.text for word in words)


def in_words(reason: Reason) -> str:
    """A reason in one line of English, for files and terminals."""
    words = " ~ ".join(part for part in (reason.said, reason.known) if part)
    sentence = SENTENCES[reason.feature].rstrip(".")
    return f"{sentence}: {words}" if words else sentence
