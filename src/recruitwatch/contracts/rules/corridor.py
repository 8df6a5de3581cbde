"""Which figures of law bear on a contract: of a corridor, a kind of work, a day and a worker."""

from collections.abc import Iterable, Iterator
from datetime import date

from recruitwatch.contracts.rules.naming import place
from recruitwatch.contracts.values.corridors import (
    ANY,
    Closing,
    Corridors,
    Destination,
    Fact,
    How,
    Origin,
    WageFloor,
)
from recruitwatch.contracts.values.judged import (
    Bound,
    CorridorLaw,
    DayNotCovered,
    DestinationUnknown,
    OriginUnknown,
    Whose,
    WorkNotCovered,
)
from recruitwatch.errors import Day

WAGE_FLOOR = "wage_month_min"


def law_of(
    corridors: Corridors, *, origin: str, destination: str, pack: str, on: date, woman: bool
) -> CorridorLaw:
    """Every figure in force on a day, of the country of work, of the country of origin, and of the
    wages that the origin asks for there. Refuses places and days nobody gathered."""
    home = _origin(corridors, origin)
    work = _destination(corridors, destination)
    if not any(pack in fact.packs for fact in work.facts):
        raise WorkNotCovered(destination=place(work), pack=pack)
    written = corridors.destinations
    if not written.covers_from <= on <= written.covers_to:
        raise DayNotCovered(day=Day(on), start=Day(written.covers_from), end=Day(written.covers_to))
    found: dict[str, list[Bound]] = {}
    for_women: dict[str, list[Bound]] = {}
    for about, bound, women_only in _bounds(corridors, home, work, pack, on):
        counting = for_women if women_only and not woman else found
        counting.setdefault(about, []).append(bound)
    return CorridorLaw(
        origin=home,
        destination=work,
        pack=pack,
        on=on,
        woman=woman,
        bounds={about: tuple(bounds) for about, bounds in found.items()},
        for_women={about: tuple(bounds) for about, bounds in for_women.items()},
        closings=tuple(_closed(home.closings, work.code, pack, on)),
    )


def _origin(corridors: Corridors, code: str) -> Origin:
    origins = corridors.origins.origins
    for one in origins:
        if one.code == code:
            return one
    raise OriginUnknown(origin=code, known=", ".join(sorted(one.code for one in origins)))


def _destination(corridors: Corridors, code: str) -> Destination:
    destinations = corridors.destinations.destinations
    for one in destinations:
        if one.code == code:
            return one
    known = ", ".join(sorted(one.code for one in destinations))
    raise DestinationUnknown(destination=code, known=known)


def in_force(start: date | None, end: date | None, on: date) -> bool:
    """Whether a figure holds on a day. Without a first day it is not known since when, and then it
    counts on every day up to its last."""
    return (start is None or start <= on) and (end is None or on <= end)


def _bounds(
    corridors: Corridors, home: Origin, work: Destination, pack: str, on: date
) -> Iterator[tuple[str, Bound, bool]]:
    """What a figure is about, the figure, and whether it is for women alone."""
    for fact in work.facts:
        if _bears(fact, pack, on):
            yield fact.about, _bound(fact, Whose.DESTINATION), fact.women_only
    for rule in home.facts:
        if rule.destination in (None, work.code) and _bears(rule, pack, on):
            whose = Whose.ORIGIN_EVERYWHERE if rule.destination is None else Whose.ORIGIN
            yield rule.about, _bound(rule, whose), rule.women_only
    for floor in corridors.wage_floors.wage_floors:
        if (
            floor.origin == home.code
            and floor.destination in (ANY, work.code)
            and pack in floor.packs
            and in_force(floor.start, floor.end, on)
        ):
            yield WAGE_FLOOR, _wage(floor), False


def _bears(fact: Fact, pack: str, on: date) -> bool:
    return (not fact.packs or pack in fact.packs) and in_force(fact.start, fact.end, on)


def _bound(fact: Fact, whose: Whose) -> Bound:
    return Bound(
        whose=whose,
        value=fact.value,
        unit=fact.unit,
        currency=fact.currency,
        source=fact.source,
        other_sources=fact.other_sources,
        how=fact.how,
        confidence=fact.confidence,
        start=fact.start,
        end=fact.end,
        counts=fact.how is How.SEEN and fact.value is not None,
        note=fact.note,
    )


def _wage(floor: WageFloor) -> Bound:
    return Bound(
        whose=Whose.ORIGIN_EVERYWHERE if floor.destination == ANY else Whose.ORIGIN,
        value=floor.amount,
        unit=floor.currency,
        currency=floor.currency,
        source=floor.source,
        other_sources=floor.other_sources,
        how=floor.how,
        start=floor.start,
        end=floor.end,
        counts=floor.how is How.SEEN,
        note=floor.note,
    )


def _closed(
    closings: Iterable[Closing], destination: str, pack: str, on: date
) -> Iterator[Closing]:
    for one in closings:
        if (
            one.destination == destination
            and pack in one.packs
            and in_force(one.start, one.end, on)
        ):
            yield one
