"""What speaks for an agency besides its name: licence number, telephone, place, an officer's word."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from recruitwatch.names.rules.comparing import Comparison
from recruitwatch.names.rules.numbers import (
    Fit,
    half_written,
    licence_fit,
    phones_fit,
    written_out,
)
from recruitwatch.names.rules.weighing import rarity
from recruitwatch.names.values import (
    Commonness,
    Judgement,
    ReadAgency,
    ReadQuery,
    Reason,
    WordKind,
)

OFFICER_CONFIRMED, TELEPHONE = 12.0, 7.0
LICENCE = {Fit.EXACT: 9.0, Fit.DIGITS: 5.0, Fit.PART: 2.0, Fit.NEAR: 1.5}
OTHER_LICENCE = -2.0
MOST_PLACE = 1.5


class Fact(StrEnum):
    """An exact agreement that does not depend on the others."""

    LICENCE = "licence"
    DIGITS = "digits"
    TELEPHONE = "telephone"
    NAME = "name"


class Evidence(Struct, frozen=True):
    """Points, the reasons for them, and the exact facts among them."""

    points: float
    reasons: tuple[Reason, ...]
    facts: frozenset[Fact]


_NOTHING = Evidence(0.0, (), frozenset())


def evidence(
    query: ReadQuery,
    agency: ReadAgency,
    seen: Comparison | None,
    commonness: Commonness,
    judged: Mapping[str, Judgement],
) -> Evidence:
    """All that speaks for or against the agency besides its name."""
    found = (
        licence_number(query, agency),
        telephone(query, agency),
        place(query, agency, seen, commonness),
        officers_word(agency, judged),
    )
    return Evidence(
        sum(one.points for one in found),
        tuple(reason for one in found for reason in one.reasons),
        frozenset(fact for one in found for fact in one.facts),
    )


def licence_number(query: ReadQuery, agency: ReadAgency) -> Evidence:
    """The licence number in any notation: RL-0123, rl no 123, আর এল ১২৩.

    The whole number is the strongest fact there is, in words about a licence and in a register whose
    numbers are licence numbers. Digits alone, a part of a long number (one of its runs of digits, or
    three to ten digits from the beginning or end of one), or a number with one slip only help. Another
    number than the agency's speaks against it.
    """
    if not agency.number:
        return _NOTHING
    if written_out(query.text, agency.facts.number):
        return _licence("licence-number", LICENCE[Fit.EXACT], agency.number, agency, Fact.LICENCE)
    if half := half_written(query.text, agency.facts.number):
        return _licence("licence-digits", LICENCE[Fit.DIGITS], half, agency, Fact.DIGITS)
    fit, said = licence_fit(query, agency)
    if said is not None:
        written = f"{said.letters}{said.digits}{said.tail}"
        names = {
            Fit.EXACT: "licence-number",
            Fit.DIGITS: "licence-digits",
            Fit.PART: "licence-part",
        }
        facts = {Fit.EXACT: Fact.LICENCE, Fit.DIGITS: Fact.DIGITS}
        name = names.get(fit, "licence-near")
        return _licence(name, LICENCE[fit], written, agency, facts.get(fit))
    labelled = next((number for number in query.numbers if number.labelled), None)
    if labelled is not None:
        return _licence("other-licence", OTHER_LICENCE, labelled.digits, agency, None)
    return _NOTHING


def _licence(
    name: str, points: float, said: str, agency: ReadAgency, fact: Fact | None
) -> Evidence:
    reason = Reason(name, points, said, agency.facts.number)
    return Evidence(points, (reason,), frozenset({fact} if fact else ()))


def telephone(query: ReadQuery, agency: ReadAgency) -> Evidence:
    """The same telephone or wallet number, with or without the code of a country or town.

    Agencies use a number for years and print it on everything; two seldom share one.
    """
    for said in sorted(query.phones):
        for known in sorted(agency.phones):
            if phones_fit(said, known):
                reason = Reason("telephone", TELEPHONE, said, known)
                return Evidence(TELEPHONE, (reason,), frozenset({Fact.TELEPHONE}))
    return _NOTHING


def place(
    query: ReadQuery, agency: ReadAgency, seen: Comparison | None, commonness: Commonness
) -> Evidence:
    """Words of the agency's address or town: a building is telling, the capital is not."""
    used = {i for pair in seen.pairs for i in pair.said} if seen else set()
    words = [w for i, w in enumerate(query.words) if i not in used and w.kind is not WordKind.TALK]
    fitting = [w for w in (*words, *query.places) if w.sound in agency.places]
    if not fitting:
        return _NOTHING
    points = min(MOST_PLACE, sum(0.5 * rarity(word, commonness) for word in fitting))
    said = " ".join(word.text for word in fitting)
    return Evidence(points, (Reason("place", points, said, agency.facts.city),), frozenset())


def officers_word(agency: ReadAgency, judged: Mapping[str, Judgement]) -> Evidence:
    """An officer has confirmed before that these words mean this agency."""
    if judged.get(agency.facts.key) is not Judgement.SAME:
        return _NOTHING
    return Evidence(
        OFFICER_CONFIRMED, (Reason("officer-confirmed", OFFICER_CONFIRMED),), frozenset()
    )
