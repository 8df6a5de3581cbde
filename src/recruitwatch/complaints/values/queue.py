"""The officers' queue: which cases are wanted, and how many there are."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from recruitwatch.complaints.values.codes import Urgency
from recruitwatch.complaints.values.states import State


class Which(StrEnum):
    OPEN = "open"
    MINE = "mine"
    OVERDUE = "overdue"
    UNMATCHED = "unmatched"
    CLOSED = "closed"


class QueueFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which cases are wanted; None means all."""

    which: Which = Which.OPEN
    urgency: Urgency | None = None
    state: State | None = None
    reference: str = ""


class QueueCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Open cases that the officer holds. `by_age`: under 30 days, under 90, under a year, older."""

    by_urgency: Mapping[Urgency, int]
    not_reached: int
    overdue: int
    by_age: tuple[int, int, int, int]
