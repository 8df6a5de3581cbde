"""What changed between two versions of the corridor files: figures, closed corridors, papers, rules."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TypeVar

import msgspec

from recruitwatch.contracts.rules.corridor import WAGE_FLOOR
from recruitwatch.contracts.values.changed import Figure, LawChange, Thing, Turn
from recruitwatch.contracts.values.corridors import (
    ANY,
    Closing,
    Corridors,
    Destination,
    Fact,
    Origin,
    WageFloor,
)

_COVER = ("covers_from", "covers_to")
_OF_DESTINATION = (
    "country",
    "name",
    "scheme",
    "languages",
    "language_rule",
    "text_fixed_by_law",
    "only_official_form",
    "signatories",
    "attestation",
    "attestation_boxes",
    "hours_basis",
)
_OF_ORIGIN = ("name", "languages", "attestation_boxes")
_OF_FIGURE = (
    "value",
    "unit",
    "currency",
    "start",
    "end",
    "packs",
    "women_only",
    "how",
    "confidence",
    "source",
    "other_sources",
    "year",
    "note",
)
_OF_CLOSING = ("packs", "start", "end", "how", "source", "note")
_OF_RULE = ("how", "source", "year")
# What two entries must share to be one entry that was changed, the surest first. A figure that shares
# nothing of this with any other one is a new figure.
_SAME_FIGURE = (
    ("packs", "women_only", "start", "value", "how"),
    ("packs", "women_only", "start", "source"),
    ("packs", "women_only", "value", "source"),
    ("packs", "women_only", "start"),
    ("start", "value", "source"),
    ("packs", "women_only", "value"),
)
_SAME_CLOSING = (("packs", "start", "source"), ("packs",), ())
_SAME_RULE = (("text",),)

Entry = TypeVar("Entry", bound=msgspec.Struct)
Home = TypeVar("Home", Destination, Origin)


def law_difference(old: Corridors, new: Corridors) -> tuple[LawChange, ...]:
    """Every change in the order of countries; of one country its own law first, then corridors."""
    found = (
        *_fields(_change(Thing.COVER), _COVER, old.destinations, new.destinations, subject=False),
        *_destinations(old.destinations.destinations, new.destinations.destinations),
        *_origins(old.origins.origins, new.origins.origins),
        *_figures(figures_of(old), figures_of(new)),
    )
    return tuple(sorted(found, key=_place_in_order))


def figures_of(corridors: Corridors) -> tuple[Figure, ...]:
    """Every figure of the three files in one form."""
    return (
        *(
            _figure(fact, None, place.code)
            for place in corridors.destinations.destinations
            for fact in place.facts
        ),
        *(
            _figure(fact, home.code, fact.destination)
            for home in corridors.origins.origins
            for fact in home.facts
        ),
        *(_wage(floor) for floor in corridors.wage_floors.wage_floors),
    )


def _figure(fact: Fact, origin: str | None, destination: str | None) -> Figure:
    return Figure(
        origin=origin,
        destination=destination,
        about=fact.about,
        value=fact.value,
        unit=fact.unit,
        currency=fact.currency,
        start=fact.start,
        end=fact.end,
        year=fact.year,
        source=fact.source,
        other_sources=fact.other_sources,
        how=fact.how,
        confidence=fact.confidence,
        packs=fact.packs,
        women_only=fact.women_only,
        note=fact.note,
    )


def _wage(floor: WageFloor) -> Figure:
    return Figure(
        origin=floor.origin,
        destination=None if floor.destination == ANY else floor.destination,
        about=WAGE_FLOOR,
        value=floor.amount,
        unit=floor.currency,
        currency=floor.currency,
        start=floor.start,
        end=floor.end,
        year=floor.year,
        source=floor.source,
        other_sources=floor.other_sources,
        how=floor.how,
        confidence=None,
        packs=floor.packs,
        women_only=False,
        note=floor.note,
    )


def _place_in_order(change: LawChange) -> tuple[object, ...]:
    start = getattr(change.subject, "start", None)
    return (
        change.origin or change.destination or "",
        change.origin is not None,
        change.destination or "",
        list(Thing).index(change.thing),
        change.about,
        start or date.min,
    )


def _change(
    thing: Thing, origin: str | None = None, destination: str | None = None, about: str = ""
) -> LawChange:
    return LawChange(
        origin=origin, destination=destination, thing=thing, turn=Turn.CHANGED, about=about
    )


def _fields(
    base: LawChange,
    names: Iterable[str],
    old: msgspec.Struct,
    new: msgspec.Struct,
    *,
    subject: bool = True,
) -> Iterator[LawChange]:
    for name in names:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            ended = name == "end" and after is not None
            yield msgspec.structs.replace(
                base,
                field=name,
                turn=Turn.ENDED if ended else Turn.CHANGED,
                subject=new if subject else None,
                old=before,
                new=after,
            )


def _came(base: LawChange, new: msgspec.Struct, old: msgspec.Struct | None = None) -> LawChange:
    return msgspec.structs.replace(base, turn=Turn.ADDED, subject=new, old=old, new=new)


def _gone(base: LawChange, old: msgspec.Struct) -> LawChange:
    return msgspec.structs.replace(base, turn=Turn.REMOVED, subject=old, old=old)


def _by_code(places: Iterable[Home]) -> dict[str, Home]:
    return {one.code: one for one in places}


def _destinations(old: Iterable[Destination], new: Iterable[Destination]) -> Iterator[LawChange]:
    before, after = _by_code(old), _by_code(new)
    for code in {**before, **after}:
        base = _change(Thing.COUNTRY, destination=code)
        if code not in after:
            yield _gone(base, before[code])
        elif code not in before:
            yield _came(base, after[code])
        else:
            yield from _fields(base, _OF_DESTINATION, before[code], after[code])


def _origins(old: Iterable[Origin], new: Iterable[Origin]) -> Iterator[LawChange]:
    before, after = _by_code(old), _by_code(new)
    for code in {**before, **after}:
        was, now = before.get(code), after.get(code)
        base = _change(Thing.COUNTRY, origin=code)
        if was is not None and now is not None:
            yield from _fields(base, _OF_ORIGIN, was, now)
        elif was is not None:
            yield _gone(base, was)
        elif now is not None:
            yield _came(base, now)
        rules = (was.rules if was else ()), (now.rules if now else ())
        yield from _entries(_change(Thing.RULE, code), *rules, _SAME_RULE, _OF_RULE)
        closings = (was.closings if was else ()), (now.closings if now else ())
        yield from _closings(code, *closings)


def _closings(origin: str, old: Sequence[Closing], new: Sequence[Closing]) -> Iterator[LawChange]:
    for code in dict.fromkeys(one.destination for one in (*old, *new)):
        before = [one for one in old if one.destination == code]
        after = [one for one in new if one.destination == code]
        base = _change(Thing.CLOSING, origin, code)
        yield from _entries(base, before, after, _SAME_CLOSING, _OF_CLOSING)


def _figures(old: Sequence[Figure], new: Sequence[Figure]) -> Iterator[LawChange]:
    def key(one: Figure) -> tuple[str | None, str | None, str]:
        return one.origin, one.destination, one.about

    for origin, destination, about in dict.fromkeys(map(key, (*old, *new))):
        before = [one for one in old if key(one) == (origin, destination, about)]
        after = [one for one in new if key(one) == (origin, destination, about)]
        base = _change(Thing.FIGURE, origin, destination, about)
        for change in _entries(base, before, after, _SAME_FIGURE, _OF_FIGURE):
            one = change.new
            if change.turn is Turn.ADDED and isinstance(one, Figure):
                yield msgspec.structs.replace(change, old=_followed(one, after))
            else:
                yield change


def _followed(figure: Figure, others: Iterable[Figure]) -> Figure | None:
    """The figure that ended on the day before another one began."""
    for one in others:
        if (
            figure.start is not None
            and one.end == figure.start - timedelta(days=1)
            and (one.packs, one.women_only) == (figure.packs, figure.women_only)
        ):
            return one
    return None


def _entries(
    base: LawChange,
    old: Sequence[Entry],
    new: Sequence[Entry],
    levels: Iterable[tuple[str, ...]],
    fields: tuple[str, ...],
) -> Iterator[LawChange]:
    """What went, what reads differently and what came, among entries about one thing."""
    pairs, gone, came = paired(old, new, levels)
    for one in gone:
        yield _gone(base, one)
    for before, after in pairs:
        yield from _fields(base, fields, before, after)
    for one in came:
        yield _came(base, one)


def paired(
    old: Sequence[Entry], new: Sequence[Entry], levels: Iterable[tuple[str, ...]]
) -> tuple[list[tuple[Entry, Entry]], list[Entry], list[Entry]]:
    """Which old entry became which new one. What stayed as it is comes in no list, whatever its place
    in the file; each level names what two entries must share to be the same one."""
    gone, came = list(old), list(new)
    for one in old:
        if one in came:
            came.remove(one)
            gone.remove(one)
    pairs: list[tuple[Entry, Entry]] = []
    for names in levels:
        for one in tuple(gone):
            same = [it for it in came if all(getattr(it, n) == getattr(one, n) for n in names)]
            if same:
                pairs.append((one, same[0]))
                gone.remove(one)
                came.remove(same[0])
    return pairs, gone, came
