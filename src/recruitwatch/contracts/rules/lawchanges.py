"""A difference between two versions of the law of corridors in words: which country, which figure, what
it was and what it is, with the source."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

import msgspec

from recruitwatch.contracts.rules.asking import country_name
from recruitwatch.contracts.rules.lawdifference import law_difference
from recruitwatch.contracts.rules.lawlabels import CONFIDENCE, FIELDS, HOURS, HOW, figure_label
from recruitwatch.contracts.rules.setting import language_name
from recruitwatch.contracts.rules.slots import worded
from recruitwatch.contracts.rules.wording import BASE_LANGUAGE, locale_of
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
from recruitwatch.errors import N_, Message

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
YES, NO = N_("yes"), N_("no")
_PLAIN = "%(text)s"


class Lawbook(msgspec.Struct, frozen=True, kw_only=True):
    """One version of the corridor files, with what its sources, boxes and kinds of work are called."""

    corridors: Corridors
    sources: Mapping[str, Source]
    boxes: Mapping[str, str]
    packs: Mapping[str, str]


def lawbook_of(library: ContractLibrary, corridors: Corridors, language: str) -> Lawbook:
    """Names are in a language as far as the library speaks it."""
    newest = max(version for version, _ in library.words)
    words = library.words.get((newest, language)) or library.words[newest, BASE_LANGUAGE]
    titles = {name: one.titles for (name, _), one in sorted(library.packs.items())}
    return Lawbook(
        corridors=corridors,
        sources=library.sources[corridors.destinations.sources].sources,
        boxes={
            key.removeprefix("box_"): worded(said, feminine=False)
            for key, said in words.phrases.items()
            if key.startswith("box_")
        },
        packs={
            name: worded(said.get(language) or said[BASE_LANGUAGE], feminine=False)
            for name, said in titles.items()
        },
    )


def said_law_changes(old: Lawbook, new: Lawbook, language: str) -> tuple[SaidLawChange, ...]:
    """Every change of law, in the order of countries and then of what it is about."""
    says = _Says(old, new, language)
    return tuple(map(says.change, law_difference(old.corridors, new.corridors)))


def in_one(parts: Iterable[Message], say: Callable[[Message], str]) -> str:
    """Parts on one line, in the language of `say`."""
    return " · ".join(map(say, parts))


def _plain(text: str) -> Message:
    return Message(_PLAIN, {"text": text})


class _Says:
    def __init__(self, old: Lawbook, new: Lawbook, language: str) -> None:
        self.language = language
        self.sources = {**old.sources, **new.sources}
        self.boxes = {**old.boxes, **new.boxes}
        self.packs = {**old.packs, **new.packs}

    def change(self, one: LawChange) -> SaidLawChange:
        """A figure that follows another shows that one too, though it stands in both versions."""
        whole = one.turn in (Turn.ADDED, Turn.REMOVED)
        return SaidLawChange(
            place=tuple(self.place(one)),
            about=self.about(one),
            which=() if whole else tuple(self.short(one.subject)),
            what=_what(one),
            old=self.side(one, one.old),
            new=self.side(one, one.new),
        )

    def place(self, one: LawChange) -> Iterator[Message]:
        if one.origin is not None:
            yield _plain(self.country(one.origin))
            if one.thing is Thing.FIGURE and one.destination is None:
                yield Message(EVERYWHERE)
        if one.destination is not None:
            yield _plain(self.country(one.destination))
        if one.origin is None and one.destination is None:
            yield Message(EVERY_CORRIDOR)

    def country(self, code: str) -> str:
        name = country_name(code, self.language)
        return name if len(code) == 2 else f"{name} ({code})"

    def about(self, one: LawChange) -> Message:
        return figure_label(one.about) if one.thing is Thing.FIGURE else Message(ABOUT[one.thing])

    def side(self, change: LawChange, value: object) -> tuple[Message, ...] | None:
        if value is None or value == ():
            return None
        if change.turn in (Turn.ADDED, Turn.REMOVED):
            return tuple(self.short(value) if value != change.subject else self.whole(value))
        return tuple(self.value(change.field, value))

    def short(self, subject: object) -> Iterator[Message]:
        """Which of several entries about one thing is meant."""
        if isinstance(subject, Figure):
            yield self.amount(subject)
            yield from _days(subject.start, subject.end)
        elif isinstance(subject, Closing):
            yield from self.named(self.packs, subject.packs)
        elif isinstance(subject, Rule):
            yield _plain(subject.text)

    def whole(self, value: object) -> Iterator[Message]:
        yield from self.short(value)
        if isinstance(value, Destination):
            yield _plain(value.scheme)
        elif isinstance(value, Origin):
            yield _plain(value.name)
        elif isinstance(value, Closing):
            yield from _days(value.start, value.end)
            yield from self.known(value.how, value.source)
            yield _plain(value.note)
        elif isinstance(value, Rule):
            yield from self.known(value.how, value.source)
        elif isinstance(value, Figure):
            yield from self.named(self.packs, value.packs)
            if value.women_only:
                yield Message(WOMEN)
            yield from self.known(value.how, value.source)
            if value.note:
                yield _plain(value.note)

    def known(self, how: How, source: str | None) -> Iterator[Message]:
        yield Message(HOW[how])
        if source is not None:
            yield self.source(source)

    def source(self, source: str) -> Message:
        found = self.sources.get(source)
        return _plain(f"{source}, {found.title}" if found else source)

    def amount(self, figure: Figure) -> Message:
        if figure.value is None:
            return Message(NO_FIGURE)
        return _plain(f"{figure.value:,} {figure.unit}")

    def named(self, names: Mapping[str, str], keys: Iterable[str]) -> Iterator[Message]:
        for key in keys:
            yield _plain(names.get(key, key))

    def value(self, field: str, value: object) -> Iterator[Message]:
        if isinstance(value, bool):
            yield Message(YES if value else NO)
        elif isinstance(value, How):
            yield Message(HOW[value])
        elif isinstance(value, Confidence):
            yield Message(CONFIDENCE[value])
        elif isinstance(value, HoursBasis):
            yield Message(HOURS[value])
        elif isinstance(value, date):
            yield _plain(value.isoformat())
        elif isinstance(value, tuple):
            yield from self.several(field, value)
        elif field == "source":
            yield self.source(str(value))
        elif field == "value" and isinstance(value, int | float):
            yield _plain(f"{value:,}")
        else:
            yield _plain(str(value))

    def several(self, field: str, keys: tuple[str, ...]) -> Iterator[Message]:
        if field == "other_sources":
            yield from map(self.source, keys)
        elif field == "languages":
            locale = locale_of(self.language)
            yield from (_plain(language_name(one, locale)) for one in keys)
        else:
            yield from self.named(self.boxes if field == "attestation_boxes" else self.packs, keys)


def _days(start: date | None, end: date | None) -> Iterator[Message]:
    if start is not None:
        yield Message(FROM, {"day": start.isoformat()})
    if end is not None:
        yield Message(TO, {"day": end.isoformat()})


def _what(one: LawChange) -> Message:
    if one.turn is Turn.ADDED:
        return Message(FOLLOWING if one.old is not None else NEW[one.thing])
    if one.turn is Turn.REMOVED:
        return Message(GONE[one.thing])
    if one.turn is Turn.ENDED:
        return Message(ENDED[one.thing])
    return Message(FIELDS[one.field])
