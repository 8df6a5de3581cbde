"""The years of the invented country, run through in order, so that its history reads as one."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from random import Random

from recruitwatch.demo.visits import working_day

Step = Callable[[datetime], Awaitable[None]]


class Timeline:
    """Steps to be taken at given times. A step may put later ones in."""

    def __init__(self, until: datetime) -> None:
        self._until = until
        self._waiting: list[tuple[datetime, int, Step]] = []
        self._count = 0

    def add(self, at: datetime, step: Step) -> None:
        """Steps that lie in the future are left out: they have not happened yet."""
        if at <= self._until:
            self._count += 1
            heappush(self._waiting, (at, self._count, step))

    async def run(self, say: Callable[[str], None]) -> None:
        """Take every step in its turn; each new year is told."""
        year = None
        while self._waiting:
            at, _, step = heappop(self._waiting)
            if at.year != year:
                year = at.year
                say(f"The invented country lives through {year}.")
            await step(at)


def office_hours(day: date, like: datetime, chance: Random) -> datetime:
    """Some minute of a working day, in the zone of `like`."""
    at = time(hour=chance.randint(8, 15), minute=chance.randint(0, 59), tzinfo=like.tzinfo)
    return datetime.combine(working_day(day), at)


def days_later(after: datetime, days: int, chance: Random) -> datetime:
    """So many days later in office hours, never on a weekend and never before `after`."""
    day = after.date() + timedelta(days=days)
    while working_day(day) != day:
        day += timedelta(days=1)
    return office_hours(day, after, chance)
