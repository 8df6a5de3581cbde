"""Numbers and names of brokers as people say them, brought to keys; which word on a tie stands."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from recruitwatch.agencies.rules.said_numbers import plain, telephone_keys
from recruitwatch.brokers.values import (
    FROM_CASES,
    AgencyTies,
    BrokerFact,
    BrokerReason,
    Judgement,
    NewNumber,
    NumberKind,
    Tie,
    TieEvidence,
)
from recruitwatch.names.rules import normalise, normalise_number
from recruitwatch.names.rules.romanise import romanise, script_of
from recruitwatch.names.rules.sounds import skeleton, sound

FEWEST_WALLET_SIGNS = 5
MOST_KEYS = 60
SHORTEST_WORD = 3
MOST_WORDS = 8
FEWEST_CONSONANTS = 3
CASES_NEEDED = 5
"""As on the public card: what rests on the words of fewer than five workers points to them."""
YEARS_KEPT = 3

# What people put beside a name to say how they stand to the person: as in
# "Kamal dalal", "Shefali apa", "Jasmine madam". Two records that share only such a word share nothing.
TITLES = frozenset(
    map(
        normalise,
        """dalal dalaal broker agent subagent sub-agent middleman apa apu aapa bhai bhaiya vai bai
        bhabi vabi chacha chachi mama mami khala khalu kaka dada didi dai sir madam mem mam maam
        miss mister mr mrs ms uncle aunt auntie aunty sister brother boss haji hajji hajee al-haj
        saheb sahib shaheb sheikh ustad ustaz abu umm kuya ate tito tita pak bu ibu bapak mas mbak
        calo the of from at and in his her my our called named man woman lady
        দালাল আপা আপু ভাই ভাইয়া ভাবি চাচা চাচি মামা খালা কাকা দাদা দিদি স্যার ম্যাডাম হাজি সাহেব
        दलाल एजेन्ट एजेंट दाई दिदी भाइ भाई दीदी सर म्याडम मैडम हाजी साहब
        دلال سمسار وسيط حاج الحاج أبو أم عم خال استاذ صاحب بھائی باجی آپا ایجنٹ
        දලාල් අයියා අක්කා මාමා நண்பர் அண்ணா அக்கா மாமா தரகர் ደላላ ወንድም እህት""".split(),
    )
)


def number_keys(kind: NumberKind, value: str) -> tuple[str, ...]:
    """Every key by which a number is found, the one to store first; none if it cannot be read.

    A telephone has the keys of `telephone_keys`. A wallet is mostly a telephone too; where it is an account
    or a name of one, its letters and digits are the key.
    """
    keys = telephone_keys(value)
    if not keys and kind is NumberKind.WALLET:
        whole = normalise_number(value)
        return (whole,) if _is_account(whole) else ()
    return keys


def said_keys(said: str) -> tuple[str, ...]:
    """Keys of every number in a text in which somebody may have written a telephone or a wallet."""
    keys = dict.fromkeys(telephone_keys(said))
    for word in plain(said).split():
        whole = normalise_number(word)
        if _is_account(whole):
            keys.setdefault(whole)
    return tuple(keys)[:MOST_KEYS]


def _is_account(whole: str) -> bool:
    return len(whole) >= FEWEST_WALLET_SIGNS and any(c.isdecimal() for c in whole)


def is_readable(new: NewNumber) -> bool:
    """Whether somebody who gives the same number will be led to this one."""
    return bool(number_keys(new.kind, new.value))


def telling_words(said: str) -> tuple[str, ...]:
    """The words of a name that tell one person from another: no titles, no single letters."""
    words = [one for one in normalise(said).split() if len(one) >= SHORTEST_WORD]
    return tuple(dict.fromkeys(one for one in words if one not in TITLES))[:MOST_WORDS]


def heard_keys(name: str) -> tuple[str, ...]:
    """Keys by which a name is found in another script: how its telling words sound, and, with a dash before
    them, their consonants alone where there are enough, as Arabic leaves short vowels out."""
    keys: dict[str, None] = {}
    for word in telling_words(name):
        heard = sound(romanise(word))
        if heard:
            keys.setdefault(heard)
        if len(bones := skeleton(heard)) >= FEWEST_CONSONANTS:
            keys.setdefault(f"-{bones}")
    return tuple(keys)


def _sounds_like(said: str, known: str) -> bool:
    """Consonants alone count only between two scripts: within one, Jamal and Jamil are two names."""
    first, second = sound(romanise(said)), sound(romanise(known))
    if first == second:
        return bool(first)
    bones = skeleton(first)
    apart = script_of(said) != script_of(known)
    return apart and len(bones) >= FEWEST_CONSONANTS and bones == skeleton(second)


def name_reason(said: str, names: Iterable[str]) -> BrokerReason:
    """Whether one of the names is the one she gave, titles aside, or sounds the same word for word, or is
    only like it."""
    wanted, sounds = telling_words(said), False
    for name in names:
        known = telling_words(name)
        if normalise(name) == normalise(said) or (wanted and set(known) == set(wanted)):
            return BrokerReason.NAME
        sounds = sounds or (
            len(wanted) == len(known) > 0
            and all(any(_sounds_like(one, other) for other in known) for one in wanted)
        )
    return BrokerReason.SOUNDS_ALIKE if sounds else BrokerReason.NAME_ALIKE


def is_heard(said: str, names: Iterable[str]) -> bool:
    """Whether any telling word of what was said sounds like one of the names."""
    known = [word for name in names for word in telling_words(name)]
    return any(_sounds_like(one, other) for one in telling_words(said) for other in known)


def works_there(areas: Iterable[str], said: Sequence[str]) -> str:
    """Of what she said, the first that names one of the areas by a word that tells."""
    known = {word for area in areas for word in telling_words(area)}
    return next((one for one in said if known & set(telling_words(one))), "")


def weigh(facts: Sequence[BrokerFact]) -> int:
    """How a candidate is ordered: an exact number before any name, a name before one that is like it."""
    order = list(BrokerReason)
    return min(order.index(one.reason) for one in facts) * len(order) - len(facts)


def ties_by_agency(words: Sequence[Tie]) -> tuple[AgencyTies, ...]:
    """For each agency the last word, which stands, and those before it, newest first. `words` come in the
    order of their time; records that are one person are taken together."""
    found: dict[UUID, list[Tie]] = {}
    for one in words:
        found.setdefault(one.agency_id, []).insert(0, one)
    return tuple(
        AgencyTies(standing=chain[0], earlier=tuple(chain[1:])) for chain in found.values()
    )


def evidence_now(
    standing: Tie | None, asked: Iterable[TieEvidence], *, proved: Collection[TieEvidence] = ()
) -> tuple[TieEvidence, ...]:
    """What a confirmed tie rests on: what is asked; of cases only what was proved now or is kept."""
    kept = standing.evidence if standing and standing.judgement is Judgement.CONFIRMED else ()
    wanted = {one for one in asked if one not in FROM_CASES} | set(proved)
    wanted.update(one for one in kept if one in FROM_CASES)
    return tuple(one for one in TieEvidence if one in wanted)


ENOUGH_ALONE = frozenset({TieEvidence.ADMITTED, TieEvidence.FINDING, TieEvidence.DECISION})


def may_be_certain(evidence: Collection[TieEvidence]) -> bool:
    """Whether an officer may say `certain`: it was decided, found or admitted, or two things show it. So
    too links of cases: a document or two independent facts, and above them what was adjudicated."""
    return len(set(evidence)) > 1 or bool(ENOUGH_ALONE & set(evidence))


def are_enough(cases: int) -> bool:
    """Whether so many cases may be named as evidence."""
    return cases >= CASES_NEEDED


def look_again_on(today: date) -> date:
    """When somebody must look whether a record is still needed: the first day of a year, so that the record
    does not tell on which day, and so in which case, the broker was learnt of."""
    return date(today.year + YEARS_KEPT, 1, 1)
