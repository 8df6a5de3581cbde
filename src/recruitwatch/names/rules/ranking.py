"""agency-match/1: candidates in order, with reasons and an outcome. A machine proposes, never links."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from recruitwatch.names.rules.comparing import Comparison, Weights, compare
from recruitwatch.names.rules.evidence import Evidence, Fact, evidence
from recruitwatch.names.rules.features import (
    NO_NAME,
    as_score,
    initials,
    name_parts,
    name_points,
)
from recruitwatch.names.rules.reasons import reasons_of
from recruitwatch.names.values import (
    Commonness,
    Judgement,
    Match,
    Outcome,
    Part,
    Ranked,
    ReadAgency,
    ReadName,
    ReadQuery,
    WordKind,
)

THRESHOLD = 0.55
MOST_SUGGESTED = 5
MOST_SHOWN = 10
# Two agencies whose scores are closer than this fit alike: neither stands out.
LEAST_LEAD = 0.03
# A name that fits worse than this, where a name was said, contradicts a licence number.
CONTRADICTS = -3.0
_SAYING_NOTHING = frozenset({WordKind.LEGAL, WordKind.ARTICLE})
_SAID_NAME = frozenset({WordKind.NAME, WordKind.PLAIN, WordKind.NUMBER})


class _Seen(Struct, frozen=True, kw_only=True):
    """A candidate with the best of its names."""

    agency: ReadAgency
    name: ReadName
    seen: Comparison | None
    letters: str
    name_points: float
    evidence: Evidence
    points: float


def rank(
    query: ReadQuery,
    candidates: Iterable[ReadAgency],
    commonness: Commonness,
    judged: Mapping[str, Judgement] | None = None,
) -> Match:
    """The candidates best first, at most ten, each with its reasons and outcome.

    Agencies that an officer has ruled out for these words are not offered again. CERTAIN is an exact
    licence number that nothing said contradicts, or two exact facts that do not depend on each other.
    SUGGESTED are up to five with a score of 0.55 or more, unless two different agencies fit alike and
    neither as a whole: then they are shown and none is suggested.
    """
    rulings = judged or {}
    weights = Weights(commonness)
    seen = [
        _best(query, agency, weights, rulings)
        for agency in candidates
        if rulings.get(agency.facts.key) is not Judgement.OTHER
    ]
    seen.sort(key=lambda one: (-one.points, one.agency.facts.key))
    shown = seen[:MOST_SHOWN]
    ranked = tuple(
        Ranked(
            key=one.agency.facts.key,
            score=as_score(one.points),
            outcome=outcome,
            name=one.name.name.text,
            reasons=reasons_of(query, one.name, one.seen, one.letters, one.evidence),
            parts=_parts(one),
        )
        for one, outcome in zip(shown, _outcomes(query, shown), strict=True)
    )
    return Match(outcome=ranked[0].outcome if ranked else Outcome.UNMATCHED, candidates=ranked)


def _best(
    query: ReadQuery, agency: ReadAgency, weights: Weights, judged: Mapping[str, Judgement]
) -> _Seen:
    """The agency by the name that fits best."""
    points, seen, letters = NO_NAME, None, ""
    best = agency.names[0]
    for name in agency.names:
        for comparison in compare(query, agency, name, weights):
            worth = name_points(comparison)
            if seen is None or worth > points:
                points, seen, best, letters = worth, comparison, name, ""
        worth, found = initials(query, name)
        if found and worth > points:
            points, best, letters = worth, name, found
    beside = evidence(query, agency, seen, weights.commonness, judged)
    return _Seen(
        agency=agency,
        name=best,
        seen=seen,
        letters=letters,
        name_points=points,
        evidence=beside,
        points=max(points, NO_NAME) + beside.points
        if beside.points > 0
        else points + beside.points,
    )


def _parts(one: _Seen) -> tuple[Part, ...]:
    """The points feature by feature: those of the name, or what no name costs, and all that is beside it."""
    if one.letters:
        own: tuple[Part, ...] = (Part("initials", round(one.name_points, 4)),)
    elif one.seen is None or (one.evidence.points > 0 and one.name_points < NO_NAME):
        own = (Part("no-name", NO_NAME),)
    else:
        own = name_parts(one.seen)
    beside = (Part(reason.feature, round(reason.worth, 4)) for reason in one.evidence.reasons)
    return (*own, *beside)


def _outcomes(query: ReadQuery, shown: Sequence[_Seen]) -> list[Outcome]:
    certain = [_is_certain(query, one, shown) for one in shown]
    if not any(certain) and _fit_alike(shown):
        return [Outcome.UNMATCHED] * len(shown)
    return [
        Outcome.CERTAIN
        if certain[i]
        else Outcome.SUGGESTED
        if i < MOST_SUGGESTED and as_score(one.points) >= THRESHOLD
        else Outcome.UNMATCHED
        for i, one in enumerate(shown)
    ]


def _is_certain(query: ReadQuery, one: _Seen, shown: Sequence[_Seen]) -> bool:
    facts = set(one.evidence.facts)
    if one.seen is not None and one.seen.exact and _only_the_name(query, one.seen.span):
        facts.add(Fact.NAME)
    rivals = [other for other in shown if other is not one and Fact.LICENCE in other.evidence.facts]
    if Fact.LICENCE in facts and not rivals:
        return not _names_somebody(query) or one.name_points > CONTRADICTS
    return len(facts) > 1


def _names_somebody(query: ReadQuery) -> bool:
    """Whether words were said that may be a name: also those that only sound like a trade word, and
    not the letters of a number (RL)."""
    letters = {part for number in query.numbers for part in (number.letters, number.mark)}
    return any(
        (word.kind in _SAID_NAME or not word.sure)
        and not word.text.isdecimal()
        and word.roman.upper() not in letters
        for word in query.words
    )


def _only_the_name(query: ReadQuery, span: tuple[int, int]) -> bool:
    """Whether nothing but numbers was said besides: those are weighed as numbers."""
    others = (*query.words[: span[0]], *query.words[span[1] :])
    return all(word.text.isdecimal() or word.kind in _SAYING_NOTHING for word in others)


def _fit_alike(shown: Sequence[_Seen]) -> bool:
    """Whether the first two are as good as each other, and the first is not the name as it was said."""
    if len(shown) < 2 or (shown[0].seen is not None and shown[0].seen.exact):
        return False
    return as_score(shown[0].points) - as_score(shown[1].points) < LEAST_LEAD
