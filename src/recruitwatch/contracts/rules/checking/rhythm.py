"""How often wages were really paid: the paydays, and which of them are judged together."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import pairwise

import msgspec

from recruitwatch.contracts.values.checking import Payment

# A weekend or a holiday may move a payday.
_DAY_GAP, _WEEK_GAP, _FORTNIGHT_GAP = 2, 10, 20
_FOUR_WEEKS_GAP = 28
# Two weeks are 14 days, half a month is a little more than 15.
_BETWEEN_BOTH = Decimal("14.6")


class Rhythm(Enum):
    """How often wages are paid."""

    DAY = "day"
    WEEK = "week"
    FORTNIGHT = "fortnight"
    HALF_MONTH = "half_month"
    FOUR_WEEKS = "four_weeks"
    MONTH = "month"
    NOT_KNOWN = "not_known"


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """Paydays whose wages are judged together, and what was paid for them."""

    days: tuple[date, ...]
    payments: tuple[Payment, ...]

    @property
    def last(self) -> date:
        return self.days[-1]


class Paydays(msgspec.Struct, frozen=True, kw_only=True):
    """All paydays, and on how many days of a week there is one."""

    rhythm: Rhythm
    days_a_week: Decimal
    dues: tuple[Due, ...]


def paydays_of(payments: Sequence[Payment], period: str) -> Paydays:
    """The paydays of all payments. Source: the clause PAYMENT."""
    by_day: dict[date, list[Payment]] = {}
    for one in payments:
        by_day.setdefault(one.due_on, []).append(one)
    days = sorted(by_day)
    rhythm = _rhythm(days, period)
    groups: dict[date, list[date]] = {}
    for day in days:
        first = day.replace(day=1) if rhythm is Rhythm.HALF_MONTH else day
        groups.setdefault(first, []).append(day)
    span = (days[-1] - days[0]).days
    often = round(Decimal(7 * (len(days) - 1)) / span) if span else 0
    return Paydays(
        rhythm=rhythm,
        days_a_week=Decimal(min(often, 7)),
        dues=tuple(
            Due(days=tuple(group), payments=tuple(one for day in group for one in by_day[day]))
            for group in groups.values()
        ),
    )


def _rhythm(days: Sequence[date], period: str) -> Rhythm:
    """Being paid each week is no loss beside being paid each month, so the paydays themselves tell how
    often; where there is one alone, the period of the wage does."""
    gaps = sorted((later - one).days for one, later in pairwise(days))
    if not gaps:
        return _ALONE.get(period, Rhythm.MONTH)
    middle = gaps[len(gaps) // 2]
    if middle <= _DAY_GAP:
        return Rhythm.DAY
    if middle <= _WEEK_GAP:
        return Rhythm.WEEK
    if middle > _FORTNIGHT_GAP:
        return Rhythm.FOUR_WEEKS if _each_four_weeks(gaps, period) else Rhythm.MONTH
    twice = period != "fortnight" and _twice_a_month(days)
    return Rhythm.HALF_MONTH if twice else Rhythm.FORTNIGHT


_ALONE = {
    "hour": Rhythm.NOT_KNOWN,
    "day": Rhythm.NOT_KNOWN,
    "week": Rhythm.WEEK,
    "fortnight": Rhythm.FORTNIGHT,
}


def _each_four_weeks(gaps: Sequence[int], period: str) -> bool:
    """February alone has as many days, so one such gap is a month unless the wage counts in weeks."""
    by_the_month = period in ("month", "hijri_month")
    return set(gaps) == {_FOUR_WEEKS_GAP} and (len(gaps) > 1 or not by_the_month)


def _twice_a_month(days: Sequence[date]) -> bool:
    first, last = days[0], days[-1]
    if len(days) == 2 and (first.year, first.month) == (last.year, last.month):
        return True
    return Decimal((last - first).days) / (len(days) - 1) >= _BETWEEN_BOTH
