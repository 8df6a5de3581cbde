"""Which complaints the invented country has had, and how far each has come. Nothing here touches the
database: what is told, about whom, when, and how it ends."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import Enum, auto
from random import Random

import msgspec

from recruitwatch.agencies.values import AgencyRecord, ContactKind
from recruitwatch.complaints.values.filing import Told
from recruitwatch.complaints.values.questions import ABOUT_AN_OFFICIAL, HAPPENINGS
from recruitwatch.complaints.values.states import Outcome, Responsibility, State
from recruitwatch.demo.agencies import entry
from recruitwatch.demo.names import FIRST_NAMES, phone_number
from recruitwatch.demo.running import OPEN, Extra
from recruitwatch.demo.stories import Part, Story, chance_of
from recruitwatch.demo.told import (
    BROKERS,
    EMPLOYERS,
    EN,
    JOURNEYS,
    NOT_REACHED,
    PAID,
    REACH_HOW,
    THEMES,
    WHEN,
    Theme,
)

PICTURES = 4
YOUNGEST_REGISTER = 600
"""Days: agencies that were never inspected entered the register a little earlier."""


class Lot(Enum):
    """What became of a closed case, by the letter it has in `CLOSED`."""

    s = auto()  # substantiated, major
    S = auto()  # substantiated, critical, within the last year
    c = auto()  # substantiated, critical, longer ago
    p = auto()  # partly substantiated
    m = auto()  # partly substantiated, minor
    n = auto()  # not substantiated
    i = auto()  # insufficient evidence
    w = auto()  # withdrawn of her own wish
    x = auto()  # withdrawn under pressure
    d = auto()  # a duplicate
    z = auto()  # nobody could reach her
    o = auto()  # outside the mandate


# By story; one word for each rank, one letter for each closed case.
CLOSED: Mapping[Story, tuple[str, ...]] = {
    Story.EXEMPLARY: ("", "n", "w", "", "i", "m", "", "nd"),
    Story.SOUND: ("n", "sn", "", "i", "p", "Sn", "w", "d", "pi", "z"),
    Story.ORDINARY: ("sn", "pi", "sw", "n", "psm"),
    Story.FEW_TALKS: ("n", "", "s", "p"),
    Story.WEAK: ("ssn", "spi", "csn", "sp", "sxn"),
    Story.GRAVE: ("sscpn", "sscix", "Sspn"),
    Story.IN_DOUBT: ("n", "sp", "i"),
    Story.SEVEN_TALKS: ("n",),
    Story.LONG_AGO: ("w",),
    Story.THIN: ("s", "i"),
    Story.NEVER: ("s", "", "n", "", "p", "", "z", ""),
    Story.LAPSED: ("sn", "p"),
    Story.SUSPENDED: ("ssp", "sn"),
    Story.CANCELLED: ("sscp",),
    Story.DELISTED: ("p",),
    Story.BANNED: ("sscsz",),
}
OUTSIDE = "ooo"

_MAJOR = ("FEE-01", "FEE-01", "FEE-06", "DEP-01", "DEC-01", "WAG-02", "WAG-01", "WRK-01", "FEE-04")
_CRITICAL = ("DOC-01", "CON-01")
_GRAVE = ("VIO-01", "CNF-01", "VIO-03", "DOC-01")
_MINOR = ("AST-01", "FEE-03")
_ANY = (*_MAJOR, "AST-01", "FEE-03", "DEP-02", "WRK-02", "LIC-02", "DOC-01", "DAT-01", "OTH-01")
_LOTS: Mapping[Lot, tuple[Outcome, Sequence[str]]] = {
    Lot.s: (Outcome.SUBSTANTIATED, _MAJOR),
    Lot.S: (Outcome.SUBSTANTIATED, _CRITICAL),
    Lot.c: (Outcome.SUBSTANTIATED, _GRAVE),
    Lot.p: (Outcome.PARTLY_SUBSTANTIATED, _MAJOR),
    Lot.m: (Outcome.PARTLY_SUBSTANTIATED, _MINOR),
    Lot.n: (Outcome.NOT_SUBSTANTIATED, _ANY),
    Lot.i: (Outcome.INSUFFICIENT_EVIDENCE, _ANY),
    Lot.w: (Outcome.WITHDRAWN_OWN_WISH, _ANY),
    Lot.x: (Outcome.WITHDRAWN_PRESSURE, _MAJOR),
    Lot.d: (Outcome.DUPLICATE_LINKED, _ANY),
    Lot.z: (Outcome.NO_CONTACT_SLEEPING, _ANY),
    Lot.o: (Outcome.OUTSIDE_MANDATE, ("OTH-01",)),
}
_DAYS_AGO: Mapping[Lot, tuple[int, int]] = {Lot.S: (130, 320), Lot.c: (560, 880)}
_WORKPLACE = ("WAG", "WRK", "VIO", "CNF")


class Tale(msgspec.Struct, frozen=True, kw_only=True):
    """One complaint as it is going to happen."""

    number: int
    part: Part | None
    """The agency it is about; none where nobody ever finds out, or there is none."""
    code: str
    language: str
    told: Told
    ago: timedelta
    ending: State
    outcome: Outcome | None = None
    responsibility: Responsibility = Responsibility.AGENCY
    workers: int = 1
    extras: frozenset[Extra] = frozenset()

    @property
    def theme(self) -> Theme:
        return THEMES[self.code]

    @property
    def chance(self) -> Random:
        """Falls the same way each time it is asked for."""
        return chance_of("complaint", self.number)


def complaints(parts: Sequence[Part], today: date) -> tuple[Tale, ...]:
    """All complaints, by their numbers."""
    return (*_closed(parts, today), *_running(parts, today))


def _closed(parts: Sequence[Part], today: date) -> Iterator[Tale]:
    number = 0
    for part in (*parts, None):
        for letter in _letters(part):
            number += 1
            yield _closed_tale(number, part, Lot[letter], today)


def _letters(part: Part | None) -> str:
    if part is None:
        return OUTSIDE
    words = CLOSED.get(part.story, ())
    return words[part.rank] if part.rank < len(words) else ""


def _closed_tale(number: int, part: Part | None, lot: Lot, today: date) -> Tale:
    chance = chance_of("closed", number)
    outcome, codes = _LOTS[lot]
    code = chance.choice(codes)
    least, most = _DAYS_AGO.get(lot, (120, 900))
    if part is not None and part.story is Story.NEVER:
        most = YOUNGEST_REGISTER
    language, told = _told(code, part, frozenset(), today, chance)
    at_work = code.startswith(_WORKPLACE) and chance.random() < 0.3
    return Tale(
        number=number,
        part=part,
        code=code,
        language=language,
        told=told,
        ago=timedelta(days=chance.randint(least, most)),
        ending=State.CLOSED,
        outcome=outcome,
        responsibility=Responsibility.EMPLOYER_TOLD if at_work else Responsibility.AGENCY,
        workers=chance.choice((1, 1, 1, 1, 2, 6)) if code.startswith(("FEE", "DEP")) else 1,
        extras=frozenset({Extra.PICTURE})
        if number in range(8, 8 + 20 * PICTURES, 20)
        else frozenset(),
    )


def _running(parts: Sequence[Part], today: date) -> Iterator[Tale]:
    places = {(part.story, part.rank): part for part in parts}
    first = sum(len(_letters(part)) for part in (*parts, None)) + 1
    for number, one in enumerate(OPEN, start=first):
        part = places[one.about] if one.about is not None else None
        chance = chance_of("running", number)
        language, told = _told(one.code, part, one.extras, today, chance)
        reopened = one.state is State.REOPENED
        yield Tale(
            number=number,
            part=part,
            code=one.code,
            language=language,
            told=told,
            ago=one.ago,
            ending=one.state,
            outcome=Outcome.INSUFFICIENT_EVIDENCE if reopened else None,
            extras=one.extras,
        )


def _told(
    code: str, part: Part | None, extras: frozenset[Extra], today: date, chance: Random
) -> tuple[str, Told]:
    """The language and what is told in it: whom it is about only by halves, as people know it."""
    theme = THEMES[code]
    language, text = chance.choice(theme.texts)
    if Extra.SHOWN in extras:
        language, text = theme.texts[0]
    paid, when = chance.choice(PAID), chance.choice(WHEN)
    about_money = code.startswith(("FEE", "DEP", "LIC-02"))
    told = Told(
        danger=Extra.DANGER in extras,
        wishes=theme.wishes,
        happened=(code,) if code in (*HAPPENINGS, ABOUT_AN_OFFICIAL) else (),
        happened_said=text.format(paid=paid, when=when),
        paid=paid if about_money else "",
        paid_when=when if about_money else "",
        employer=chance.choice(EMPLOYERS) if code.startswith(_WORKPLACE) else "",
        broker=chance.choice(BROKERS) if code == "LIC-02" or Extra.BROKER in extras else "",
        journey=chance.choice(JOURNEYS) if chance.random() < 0.15 else "",
        caller_consents=Extra.OPERATOR in extras,
        read_back=Extra.OPERATOR in extras,
    )
    told = msgspec.structs.replace(told, **_reach(chance))
    if part is not None:
        told = msgspec.structs.replace(told, **_clues(part, language, today, chance))
    return language, told


def _reach(chance: Random) -> dict[str, str]:
    """Two out of three leave a number that is safe for them, most with a name to ask for."""
    if chance.random() < 1 / 3:
        return {"reach_how": chance.choice((NOT_REACHED, ""))}
    return {
        "call_me": chance.choice((*FIRST_NAMES[:6], "")),
        "reach": phone_number(chance),
        "reach_how": chance.choice((*REACH_HOW, "")),
    }


def _clues(part: Part, language: str, today: date, chance: Random) -> dict[str, str]:
    """Two of what leads to an agency: half a licence number, a telephone, a name, a street."""
    record = entry(part, today)
    number = (record.licence_no or "").removeprefix("MV-")
    phones = [one.value for one in record.contacts if one.kind is ContactKind.PHONE]
    known = {
        "licence": chance.choice((number, f"MV {number}", f"{number[1:]} something")),
        "phone": chance.choice((phones[0], phones[0].replace("+999", "0").replace(" ", ""))),
        "name": _name(record, language, chance),
        "place": f"{record.addresses[0].city}, {record.addresses[0].address.split(' ', 1)[1]}",
    }
    chosen = sorted(chance.sample(sorted(known), 2))
    return {clue: known[clue] for clue in chosen}


def _name(record: AgencyRecord, language: str, chance: Random) -> str:
    aliases = [one.name for one in record.names if not one.name.isascii()]
    if language != EN and aliases:
        return chance.choice(aliases)
    stem = record.legal_name.split(" ", maxsplit=1)[0]
    return chance.choice(
        (stem, f"{stem} office", record.legal_name, stem.replace("v", "w").lower())
    )
