"""What a new version of the law of corridors or of the check rules says differently."""

from datetime import date
from enum import StrEnum

import msgspec

from recruitwatch.contracts.values.corridors import Confidence, How
from recruitwatch.errors import Message, Value


class Turn(StrEnum):
    """What became of something. A figure that ended is kept, with its last day."""

    ADDED = "added"
    REMOVED = "removed"
    ENDED = "ended"
    CHANGED = "changed"


class Thing(StrEnum):
    """What a change is of, in the order in which changes of one corridor are told."""

    COVER = "cover"
    COUNTRY = "country"
    CLOSING = "closing"
    FIGURE = "figure"
    RULE = "rule"


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of law, whichever file it stands in: a fact of a destination, of an origin, or a wage
    that an origin asks for. Without origin it is the law of the country of work; without destination
    it holds for every one."""

    origin: str | None
    destination: str | None
    about: str
    value: int | float | None
    unit: str
    currency: str | None
    start: date | None
    end: date | None
    year: int | None
    source: str | None
    other_sources: tuple[str, ...]
    how: How
    confidence: Confidence | None
    packs: tuple[str, ...]
    women_only: bool
    note: str | None


class LawChange(msgspec.Struct, frozen=True, kw_only=True):
    """One change of the corridor files. `about` is the figure's name, `subject` the thing itself as it
    is now, or as it was when it is gone; `old` and `new` are values of `field`, or whole things."""

    origin: str | None
    destination: str | None
    thing: Thing
    turn: Turn
    about: str = ""
    field: str = ""
    subject: object = None
    old: object = None
    new: object = None


class SaidLawChange(msgspec.Struct, frozen=True, kw_only=True):
    """One change for people to read. Nothing on one side means that it came or went."""

    place: Value
    about: Message
    which: Value | None = None
    what: Message
    old: Value | None = None
    new: Value | None = None


class SaidCheckChange(msgspec.Struct, frozen=True, kw_only=True):
    """One change of a check rule or a pattern, with what stood there and what stands there."""

    rule: str
    what: Message
    old: Value | None = None
    new: Value | None = None
