"""The ministry's working calendar, and how far a clock has run."""

from datetime import date, datetime
from enum import StrEnum

import msgspec

DAYS_OF_WEEK = frozenset(range(7))


class Calendar(msgspec.Struct, frozen=True, kw_only=True):
    """Days on which the ministry rests. Weekdays count from Monday = 0, so Friday is 4."""

    weekend: frozenset[int]
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if not self.weekend < DAYS_OF_WEEK:
            raise ValueError("a weekend is some of the days 0 to 6, and never all of them")


class ClockState(StrEnum):
    """What the used share of a clock asks for."""

    FRESH = "fresh"
    NUDGE = "nudge"
    SUPERVISOR = "supervisor"
    OVERDUE = "overdue"
    OVERSIGHT = "oversight"


class Limit(StrEnum):
    """What must have happened when a clock runs out."""

    CONTACT = "contact"
    STATE = "state"
    DECISION = "decision"
    NEWS = "news"


class RunningClock(msgspec.Struct, frozen=True, kw_only=True):
    """The clock of a case that runs out first."""

    limit: Limit
    start: datetime
    due: datetime
