"""How often wages were really paid: the paydays, and which of them are judged together."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from itertools import pairwise

import msgspec

from recruitwatch.contracts.values.checking import Payment

# A weekend or a holiday may move a payday.
_DAY_GAP, _WEEK_GAP, _FORTNIGHT_GAP = 2, 10, 20
_FOUR_WEEKS = 28
# Nearer than this to a payday of a month, another one is no payday of its own month.
_WITHIN_A_MONTH = 27
_MONTH_END = 31
_MOVED = 3
_MONTHS = frozenset({"month", "hijri_month"})
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
    """Paydays whose wages are judged together, and what was paid for them. `since` is the day on which the
    wage fell due; the others may be corrections of it."""

    days: tuple[date, ...]
    payments: tuple[Payment, ...]
    since: date

    @property
    def last(self) -> date:
        return self.days[-1]


class Paydays(msgspec.Struct, frozen=True, kw_only=True):
    """All paydays, and on how many days of a week there is one."""

    rhythm: Rhythm
    days_a_week: Decimal
    dues: tuple[Due, ...]


def readings_of(
    payments: Sequence[Payment],
    period: str,
    paid_for: Set[Rhythm] = frozenset(),
    *,
    usual_days: Set[int] = frozenset(),
) -> tuple[Paydays, ...]:
    """The paydays of all payments, once for each rhythm that fits them. `paid_for` are rhythms whose wage
    was really paid on a payday. One payday alone is monthly on a usual day that a paper names.
    Source: the clause PAYMENT."""
    days = sorted({one.due_on for one in payments})
    if len(days) == 1 and period in _MONTHS and not _is_usual(days[0], usual_days):
        return (_paydays(payments, days, Rhythm.NOT_KNOWN),)
    rhythms = _rhythms(days, period, paid_for)
    if Rhythm.MONTH in rhythms and _may_be_halves(days, payments):
        rhythms = (*rhythms, Rhythm.HALF_MONTH)
    return tuple(_paydays(payments, days, one) for one in dict.fromkeys(rhythms))


def _is_usual(day: date, usual: Set[int]) -> bool:
    """A weekend or a holiday may move a payday, also into the next month."""
    around = [day + timedelta(days=by) for by in range(-_MOVED, _MOVED + 1)]
    return any(each.day in usual or _slot(each) in usual for each in around)


def _may_be_halves(days: Sequence[date], payments: Sequence[Payment]) -> bool:
    """Two days of the month with most slips of one of them missing; what is paid on both tells them from
    corrections."""
    slots = {_slot(one) for one in days}
    sums = [
        sum(one.amount for one in payments if one.due_on == day and one.paid_on) for day in days
    ]
    alike = 2 * min(sums) > max(sums)
    return len(slots) == 2 and _half_apart(slots) and alike


def _half_apart(slots: Set[int]) -> bool:
    return _WEEK_GAP <= max(slots) - min(slots) <= _FORTNIGHT_GAP


def _paydays(payments: Sequence[Payment], days: Sequence[date], rhythm: Rhythm) -> Paydays:
    span = (days[-1] - days[0]).days
    often = round(Decimal(7 * (len(days) - 1)) / span) if span else 0
    return Paydays(
        rhythm=rhythm,
        days_a_week=Decimal(min(often, 7)),
        dues=tuple(
            Due(
                days=tuple(group),
                payments=tuple(
                    sorted((one for one in payments if one.due_on in group),
                           key=lambda one: one.due_on)
                ),
                since=since,
            )
            for since, group in _groups(days, rhythm).items()
        ),
    )  # fmt: skip


def _groups(days: Sequence[date], rhythm: Rhythm) -> Mapping[date, list[date]]:
    """Both paydays of a month, or a monthly payday and what was corrected after it."""
    groups: dict[date, list[date]] = {}
    if rhythm is Rhythm.HALF_MONTH:
        months: dict[tuple[int, int], date] = {}
        for day in days:
            groups.setdefault(months.setdefault((day.year, day.month), day), []).append(day)
        return groups
    usual = _usual_days(days) if rhythm is Rhythm.MONTH else days
    for day in days:
        groups.setdefault(_payday_of(day, usual), []).append(day)
    return groups


def _usual_days(days: Sequence[date]) -> Sequence[date]:
    """The paydays on the usual day of a month; without one, each that is no few days after another."""
    day, times = Counter(_slot(one) for one in days).most_common(1)[0]
    if times > 1 and times * 2 >= len(days):
        return [one for one in days if _slot(one) == day]
    usual: list[date] = []
    for one in days:
        if not usual or (one - usual[-1]).days > _FORTNIGHT_GAP:
            usual.append(one)
    return usual


def _payday_of(day: date, usual: Sequence[date]) -> date:
    before = [one for one in usual if 0 <= (day - one).days < _WITHIN_A_MONTH]
    after = [one for one in usual if 0 < (one - day).days < _WITHIN_A_MONTH]
    return before[-1] if before else after[0] if after else day


def _slot(day: date) -> int:
    """The day of the month. The last ones of all months are the same."""
    last = (day + timedelta(days=1)).day == 1
    return _MONTH_END if last or day.day >= _MONTH_END - 1 else day.day


def _rhythms(days: Sequence[date], period: str, paid_for: Set[Rhythm]) -> Sequence[Rhythm]:
    """Being paid each week is no loss beside being paid each month, so the paydays themselves tell how
    often; where there is one alone, the period of the wage does."""
    usual = _ALONE.get(period, Rhythm.MONTH)
    gaps = sorted((later - one).days for one, later in pairwise(days))
    if not gaps:
        return [usual]
    told = _by_days(days, gaps, period)
    return [*dict.fromkeys((*told, *_also(gaps, told, usual, paid_for)))]


def _also(
    gaps: Sequence[int], told: Sequence[Rhythm], usual: Rhythm, paid_for: Set[Rhythm]
) -> Iterator[Rhythm]:
    """With pay slips missing, wages may be paid more often than the gaps between the others tell."""
    often = _usual_gap(gaps) <= _FORTNIGHT_GAP
    halves = told == (Rhythm.HALF_MONTH,)
    for rhythm, days in ((Rhythm.WEEK, 7), (Rhythm.FORTNIGHT, 14)):
        fits = all(one % days == 0 for one in gaps)
        paid = rhythm in paid_for and (fits or (often and rhythm is usual))
        if paid or (fits and gaps[0] == days and not halves):
            yield rhythm


def _usual_gap(gaps: Sequence[int]) -> int:
    """The shortest gap that comes twice: a payday that is missing makes a longer one."""
    repeated = [one for one, next_one in pairwise(gaps) if one == next_one]
    return repeated[0] if repeated else gaps[(len(gaps) - 1) // 2]


def _by_days(days: Sequence[date], gaps: Sequence[int], period: str) -> Sequence[Rhythm]:
    """What the paydays alone tell."""
    gap = _usual_gap(gaps)
    if _two_days_a_month(days):
        return _twice_a_month(days, gaps, period)
    if gap <= _WEEK_GAP:
        often = Rhythm.DAY if gap <= _DAY_GAP else Rhythm.WEEK
        return (often, Rhythm.MONTH) if _mostly_monthly(days) else (often,)
    if gap <= _FORTNIGHT_GAP:
        return _twice_a_month(days, gaps, period)
    return (Rhythm.FOUR_WEEKS if _each_four_weeks(days, gaps, period) else Rhythm.MONTH,)


_ALONE = {
    "hour": Rhythm.NOT_KNOWN,
    "day": Rhythm.NOT_KNOWN,
    "week": Rhythm.WEEK,
    "fortnight": Rhythm.FORTNIGHT,
}


def _each_four_weeks(days: Sequence[date], gaps: Sequence[int], period: str) -> bool:
    """February alone has as many days, so the same day of the next month is a month unless the wage
    counts in weeks."""
    one_day = len({_slot(one) for one in days}) == 1
    return all(one % _FOUR_WEEKS == 0 for one in gaps) and not (period in _MONTHS and one_day)


def _mostly_monthly(days: Sequence[date]) -> bool:
    times = Counter(_slot(one) for one in days).most_common(1)[0][1]
    return times > 1 and times * 2 >= len(days)


def _two_days_a_month(days: Sequence[date]) -> bool:
    """Whether the same two days of the month repeat, about half a month from each other."""
    slots = Counter(_slot(one) for one in days)
    if len(days) < 3 or len(slots) != 2:
        return False
    return _half_apart(slots.keys()) and 2 * min(slots.values()) >= max(slots.values())


def _twice_a_month(days: Sequence[date], gaps: Sequence[int], period: str) -> Sequence[Rhythm]:
    """Each half of a month or every two weeks. Twice 14 days apart, or through February, it may be both
    unless the days are the first and the fifteenth again and again."""
    both = (Rhythm.HALF_MONTH, Rhythm.FORTNIGHT)
    if period == "fortnight":
        return both[1:]
    weeks = all(one % 14 == 0 for one in gaps)
    if _two_days_a_month(days):
        return both if weeks and {one.day for one in days} != {1, 15} else both[:1]
    if len(gaps) == 1:
        if gaps[0] in (13, 14):
            return both
        one_month = (days[0].year, days[0].month) == (days[1].year, days[1].month)
        return both[:1] if one_month or gaps[0] >= _BETWEEN_BOTH else both[1:]
    short = [one for one in gaps if one <= _FORTNIGHT_GAP]
    halves = not weeks and Decimal(sum(short)) / len(short) >= _BETWEEN_BOTH
    return both[:1] if halves else both[1:]
