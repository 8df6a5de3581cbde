"""Which visits each agency had, and how each of them ended. Nothing here touches the database."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum, auto
from random import Random
from uuid import UUID

import msgspec

from recruitwatch.demo.remarks import SURPRISE_REASONS
from recruitwatch.demo.stories import Part, Story, chance_of

WHOLE = ("sop", "covenant", "predeparture", "returnee")
RECORDS_ONLY = ("sop",)
SATURDAY = 5


class Ending(Enum):
    """How far a visit has come by today."""

    APPROVED = auto()
    RETURNED_THEN_APPROVED = auto()
    WAITING = auto()
    RETURNED = auto()
    DRAFT = auto()
    ABANDONED = auto()


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """One visit as it is going to happen."""

    id: UUID
    part: Part
    inspector: int
    visited_on: date
    surprise: str
    """Why it was not announced; empty for an announced visit."""
    lists: tuple[str, ...]
    predeparture: int
    returnee: int
    refusals: int
    critical: tuple[str, ...]
    quality: float
    ending: Ending

    @property
    def chance(self) -> Random:
        """Falls the same way each time it is asked for."""
        return chance_of("visit", self.part.number, self.id)


# What is still going on: story and rank of the agency, days since the visit, how far it has come.
RUNNING = (
    (Story.SOUND, 0, 9, Ending.WAITING),
    (Story.SOUND, 1, 7, Ending.WAITING),
    (Story.ORDINARY, 0, 6, Ending.WAITING),
    (Story.WEAK, 0, 5, Ending.WAITING),
    (Story.EXEMPLARY, 0, 3, Ending.DRAFT),
    (Story.SOUND, 2, 2, Ending.DRAFT),
    (Story.ORDINARY, 1, 1, Ending.DRAFT),
    (Story.NEVER, 0, 2, Ending.DRAFT),
    (Story.ORDINARY, 2, 20, Ending.RETURNED),
    (Story.SOUND, 3, 16, Ending.ABANDONED),
)


def visits_of(part: Part, today: date) -> tuple[Visit, ...]:
    """An agency's visits, oldest first."""
    return tuple(sorted(_visits(part, today), key=lambda visit: visit.visited_on))


def _visits(part: Part, today: date) -> Iterator[Visit]:
    chance = chance_of("visits", part.number)
    standing = part.standing
    if standing.newest_visit is not None:
        days_ago = chance.randint(*standing.newest_visit)
        yield _newest(part, today, days_ago, chance)
        for _ in range(chance.randint(0, standing.earlier_visits)):
            days_ago += chance.randint(300, 420)
            if days_ago < 3 * 365:
                yield _earlier(part, today, days_ago, chance)
    for story, rank, days_ago, ending in RUNNING:
        if (story, rank) == (part.story, part.rank):
            yield _running(part, today, days_ago, ending, chance)


def _newest(part: Part, today: date, days_ago: int, chance: Random) -> Visit:
    returned = part.story is Story.SOUND and part.rank == 4
    return _visit(
        part,
        working_day(today - timedelta(days=days_ago)),
        chance,
        lists=WHOLE if part.standing.returnee else WHOLE[:-1],
        refusals=1 if part.story is Story.SEVEN_TALKS else chance.choice((0, 0, 1)),
        critical=part.critical,
        ending=Ending.RETURNED_THEN_APPROVED if returned else Ending.APPROVED,
    )


def _earlier(part: Part, today: date, days_ago: int, chance: Random) -> Visit:
    """Earlier visits looked at records only and found no critical failure: what they had found would
    stand against the agency today, because nobody can close a finding yet."""
    day = working_day(today - timedelta(days=days_ago))
    return _visit(
        part, day, chance, lists=RECORDS_ONLY, refusals=0, critical=(), ending=Ending.APPROVED
    )


def _running(part: Part, today: date, days_ago: int, ending: Ending, chance: Random) -> Visit:
    day = working_day(today - timedelta(days=days_ago))
    critical = ("SOP-FEE-02",) if part.story is Story.WEAK else ()
    return _visit(part, day, chance, lists=WHOLE, refusals=0, critical=critical, ending=ending)


def _visit(
    part: Part,
    day: date,
    chance: Random,
    *,
    lists: tuple[str, ...],
    refusals: int,
    critical: tuple[str, ...],
    ending: Ending,
) -> Visit:
    return Visit(
        id=new_id(chance),
        part=part,
        inspector=0 if chance.random() < 0.6 else 1,
        visited_on=day,
        surprise=chance.choice(SURPRISE_REASONS) if chance.random() < 0.35 else "",
        lists=lists,
        predeparture=part.standing.predeparture if "predeparture" in lists else 0,
        returnee=part.standing.returnee if "returnee" in lists else 0,
        refusals=refusals,
        critical=critical,
        quality=min(0.99, max(0.01, part.quality + chance.uniform(-0.03, 0.03))),
        ending=ending,
    )


def new_id(chance: Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def working_day(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))
