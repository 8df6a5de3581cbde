"""A difference between two versions of the law of corridors in words: which country, which figure, what
it was and what it is, with the source."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec

from recruitwatch.contracts.rules.lawdifference import law_difference
from recruitwatch.contracts.rules.lawlabels import CONFIDENCE, FIELDS, HOURS, HOW, figure_label
from recruitwatch.contracts.rules.naming import (
    FROM_TO,
    counted,
    figure,
    phrase,
    place,
    yes_no,
)
from recruitwatch.contracts.values.changed import (
    Figure,
    LawChange,
    SaidLawChange,
    Thing,
    Turn,
)
from recruitwatch.contracts.values.corridors import (
    Closing,
    Confidence,
    Corridors,
    Destination,
    HoursBasis,
    How,
    Origin,
    Rule,
    Source,
)
from recruitwatch.contracts.values.judged import ContractLibrary
from recruitwatch.errors import N_, Country, Day, English, Language, Message, Value, listed

EVERYWHERE = N_("every country of work")
EVERY_CORRIDOR = N_("All corridors")
ABOUT: Mapping[Thing, str] = {
    Thing.COVER: N_("Days for which law was gathered"),
    Thing.COUNTRY: N_("Contracts and papers"),
    Thing.CLOSING: N_("Closed or restricted"),
    Thing.RULE: N_("Rule in words"),
}
NEW_FIGURE = N_("New figure")
FOLLOWING = N_("New figure in place of one that ended")
NEW: Mapping[Thing, str] = {
    Thing.COUNTRY: N_("New in the files"),
    Thing.CLOSING: N_("Closed or restricted now"),
    Thing.FIGURE: NEW_FIGURE,
    Thing.RULE: N_("New rule"),
}
GONE: Mapping[Thing, str] = {
    Thing.COUNTRY: N_("No longer in the files"),
    Thing.CLOSING: N_("No longer named as closed"),
    Thing.FIGURE: N_("Figure left out"),
    Thing.RULE: N_("Rule left out"),
}
ENDED: Mapping[Thing, str] = {
    Thing.CLOSING: N_("Open again after its last day"),
    Thing.FIGURE: N_("Ended: it has a last day"),
}
FROM, TO = N_("from %(day)s"), N_("to %(day)s")
WOMEN = N_("for women only")
NO_FIGURE = N_("no figure")
BESIDE = N_("%(first)s · %(rest)s")


class Lawbook(msgspec.Struct, frozen=True, kw_only=True):
    """One version of the corridor files, with what its sources, boxes, schemes and kinds of work are
    called."""

    corridors: Corridors
    sources: Mapping[str, Source]
    boxes: Mapping[str, Value]
    places: Mapping[str, Value]
    packs: Mapping[str, Value]


def lawbook_of(library: ContractLibrary, corridors: Corridors) -> Lawbook:
    """A version of the corridor files with the names that the newest words and templates give."""
    newest = max(version for version, _ in library.words)
    keys = {key for words in library.words.values() for key in words.phrases}
    boxes = {key: phrase(library, newest, key) for key in keys if key.startswith("box_")}
    return Lawbook(
        corridors=corridors,
        sources=library.sources[corridors.destinations.sources].sources,
        boxes={key.removeprefix("box_"): said for key, said in boxes.items() if said},
        places={one.code: place(one) for one in corridors.destinations.destinations},
        packs={
            name: Message(one.written.title) for (name, _), one in sorted(library.packs.items())
        },
    )


def said_law_changes(old: Lawbook, new: Lawbook) -> tuple[SaidLawChange, ...]:
    """Every change of law, in the order of countries and then of what it is about."""
    says = _Says(old, new)
    return tuple(map(says.change, law_difference(old.corridors, new.corridors)))


def _in_one(parts: Iterable[Value]) -> Value | None:
    known = tuple(parts)
    return listed(known, BESIDE) if known else None


class _Says:
    def __init__(self, old: Lawbook, new: Lawbook) -> None:
        self.sources = {**old.sources, **new.sources}
        self.boxes = {**old.boxes, **new.boxes}
        self.places = {**old.places, **new.places}
        self.packs = {**old.packs, **new.packs}

    def change(self, one: LawChange) -> SaidLawChange:
        """A figure that follows another shows that one too, though it stands in both versions."""
        whole = one.turn in (Turn.ADDED, Turn.REMOVED)
        return SaidLawChange(
            place=self.place(one),
            about=self.about(one),
            which=None if whole else _in_one(self.short(one.subject)),
            what=_what(one),
            old=self.side(one, one.old),
            new=self.side(one, one.new),
        )

    def place(self, one: LawChange) -> Value:
        there = self.places.get(one.destination, one.destination) if one.destination else None
        if one.origin is None:
            return there or Message(EVERY_CORRIDOR)
        home = Country(one.origin)
        if there is None and one.thing is Thing.FIGURE:
            there = Message(EVERYWHERE)
        return Message(FROM_TO, {"origin": home, "destination": there}) if there else home

    def about(self, one: LawChange) -> Message:
        return figure_label(one.about) if one.thing is Thing.FIGURE else Message(ABOUT[one.thing])

    def side(self, change: LawChange, value: object) -> Value | None:
        if value is None or value == ():
            return None
        if change.turn in (Turn.ADDED, Turn.REMOVED):
            return _in_one(self.short(value) if value != change.subject else self.whole(value))
        return _in_one(self.value(change.field, value))

    def short(self, subject: object) -> Iterator[Value]:
        """Which of several entries about one thing is meant."""
        if isinstance(subject, Figure):
            yield self.amount(subject)
            yield from _days(subject.start, subject.end)
        elif isinstance(subject, Closing):
            yield from self.named(self.packs, subject.packs)
        elif isinstance(subject, Rule):
            yield English(subject.text)

    def whole(self, value: object) -> Iterator[Value]:
        yield from self.short(value)
        if isinstance(value, Destination):
            yield English(value.scheme)
        elif isinstance(value, Origin):
            yield Country(value.code)
        elif isinstance(value, Closing):
            yield from _days(value.start, value.end)
            yield from self.known(value.how, value.source)
            yield English(value.note)
        elif isinstance(value, Rule):
            yield from self.known(value.how, value.source)
        elif isinstance(value, Figure):
            yield from self.named(self.packs, value.packs)
            if value.women_only:
                yield Message(WOMEN)
            yield from self.known(value.how, value.source)
            if value.note:
                yield English(value.note)

    def known(self, how: How, source: str | None) -> Iterator[Value]:
        yield Message(HOW[how])
        if source is not None:
            yield self.source(source)

    def source(self, source: str) -> Value:
        found = self.sources.get(source)
        return English(f"{source}, {found.title}") if found else source

    def amount(self, one: Figure) -> Value:
        if one.value is None:
            return Message(NO_FIGURE)
        unit = one.unit if one.unit == one.currency else Message(one.unit)
        return counted(figure(one.value), unit)

    def named(self, names: Mapping[str, Value], keys: Iterable[str]) -> Iterator[Value]:
        for key in keys:
            yield names.get(key, key)

    def value(self, field: str, value: object) -> Iterator[Value]:
        if isinstance(value, bool):
            yield yes_no(value)
        elif isinstance(value, How):
            yield Message(HOW[value])
        elif isinstance(value, Confidence):
            yield Message(CONFIDENCE[value])
        elif isinstance(value, HoursBasis):
            yield Message(HOURS[value])
        elif isinstance(value, date):
            yield Day(value)
        elif isinstance(value, tuple):
            yield from self.several(field, value)
        elif field == "value" and isinstance(value, int | float):
            yield figure(value)
        else:
            yield self.text(field, str(value))

    def text(self, field: str, value: str) -> Value:
        """Units are gathered for translators; a currency and a year are the same in every language."""
        match field:
            case "source":
                return self.source(value)
            case "country":
                return Country(value)
            case "unit" | "name":
                return Message(value)
            case "currency" | "year":
                return value
            case _:
                return English(value)

    def several(self, field: str, keys: tuple[str, ...]) -> Iterator[Value]:
        if field == "other_sources":
            yield from map(self.source, keys)
        elif field == "languages":
            yield from map(Language, keys)
        else:
            yield from self.named(self.boxes if field == "attestation_boxes" else self.packs, keys)


def _days(start: date | None, end: date | None) -> Iterator[Value]:
    if start is not None:
        yield Message(FROM, {"day": Day(start)})
    if end is not None:
        yield Message(TO, {"day": Day(end)})


def _what(one: LawChange) -> Message:
    if one.turn is Turn.ADDED:
        return Message(FOLLOWING if one.old is not None else NEW[one.thing])
    if one.turn is Turn.REMOVED:
        return Message(GONE[one.thing])
    if one.turn is Turn.ENDED:
        return Message(ENDED[one.thing])
    return Message(FIELDS[one.field])
