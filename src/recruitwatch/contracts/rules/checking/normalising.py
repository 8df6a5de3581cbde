"""Making values of different papers comparable: wages a month in one currency, daily hours without
breaks, leave in calendar days a year, texts without spaces and dashes."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal

import msgspec
from babel.numbers import get_currency_precision

from recruitwatch.contracts.rules.choosing import WEEKS_IN_A_MONTH, convert
from recruitwatch.contracts.rules.naming import counted, figure
from recruitwatch.contracts.values.checking import CheckedPaper
from recruitwatch.contracts.values.terms import Rate, TermValue
from recruitwatch.errors import WITH_NOTE, Figure, Message, Value

HIJRI_MONTH = Decimal("365.2425") / Decimal("354.36707")
PERIODS = ("month", "hijri_month", "fortnight", "week", "day", "hour")
OLDEST_RATE_DAYS = 31
_WORKING_DAYS = Decimal(6)
_BY_HOURS = frozenset({"hour", "day"})
_WITH_BREAKS = frozenset({"hours_normal_day", "hours_normal_week"})
_BREAK_MINUTES = Decimal(60)
_HUNDREDTH = Decimal("0.01")
_LONG = Context(prec=60)
_CALENDAR = Decimal(7) / _WORKING_DAYS


class Monthly(msgspec.Struct, frozen=True, kw_only=True):
    """Money for one month, or for the period in which it is compared. `slack` is how far rounding to the
    smallest coin, in the period and the currency of the paper, can move it: less than that is no
    difference."""

    amount: Decimal
    currency: str | None
    slack: Decimal = Decimal(0)

    @property
    def minor(self) -> int:
        """The amount in the smallest coin of its currency."""
        return minor_units(self.amount, self.currency)


def minor_units(amount: Decimal, currency: str | None) -> int:
    """Whole coins: 1,500 riyals are 150,000 halalas, 60 Kuwaiti dinars 60,000 fils."""
    return int((amount / _coin(currency)).to_integral_value(rounding=ROUND_HALF_UP))


def _coin(currency: str | None) -> Decimal:
    digits = get_currency_precision(currency) if currency else 2
    return Decimal(1).scaleb(-digits)


def half_coin(currency: str | None) -> Decimal:
    """How far rounding to a coin can move an amount."""
    return _coin(currency) / 2


def exact(value: TermValue) -> Decimal | None:
    """A number of the terms as it was written; null for everything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return Decimal(str(value))


def number(paper: CheckedPaper, name: str) -> Decimal | None:
    """A number as this paper means it, counted as all papers are counted."""
    found = exact(paper.terms.values.get(name))
    if found is None:
        return None
    if name in _WITH_BREAKS and paper.seen.hours_with_breaks:
        days = Decimal(1) if name == "hours_normal_day" else _days_with_breaks(paper, found)
        return max(found - break_hours(paper) * days, Decimal(0))
    if name == "annual_leave_days":
        return _calendar_leave(paper, found)
    return found


def _calendar_leave(paper: CheckedPaper, found: Decimal) -> Decimal:
    """Nobody writes a third of a day of leave: what is counted over is whole days, and half a day is no
    difference."""
    yearly = found * 12 / paper.seen.leave_every_months
    if paper.seen.leave_in_working_days:
        yearly *= _CALENDAR
    return found if yearly == found else yearly.quantize(Decimal(1), ROUND_HALF_DOWN, _LONG)


def _days_with_breaks(paper: CheckedPaper, hours_a_week: Decimal) -> Decimal:
    """On how many days of a week the breaks fall; six where the paper does not say."""
    hours_a_day = exact(paper.terms.values.get("hours_normal_day"))
    return _days(hours_a_week, hours_a_day) if hours_a_day else _WORKING_DAYS


def _days(hours_a_week: Decimal, hours_a_day: Decimal) -> Decimal:
    return min(max(hours_a_week / hours_a_day, Decimal(1)), Decimal(7))


def break_hours(paper: CheckedPaper) -> Decimal:
    """The meal break of a day in hours; an hour where the paper names none."""
    minutes = exact(paper.terms.values.get("meal_break_minutes"))
    return (_BREAK_MINUTES if minutes is None else minutes) / 60


def text(paper: CheckedPaper, name: str) -> str | None:
    """A text of the terms, or null when it is not there or empty."""
    found = paper.terms.values.get(name)
    return found if isinstance(found, str) and found.strip() else None


def plain_text(value: str) -> str:
    """Letters with their signs and digits alone, so that spaces, dashes and capitals make no difference. A
    vowel sign of Bangla or Nepali is part of the word."""
    folded = unicodedata.normalize("NFKC", value).casefold()
    return "".join(one for one in folded if unicodedata.category(one)[0] in "LMN")


def period_of(paper: CheckedPaper, beside: CheckedPaper | None = None) -> str:
    """What the wage is for. A paper that does not say it means what the other one says, or a month."""
    other = text(beside, "wage_period") if beside is not None else None
    return text(paper, "wage_period") or other or "month"


def currency_of(paper: CheckedPaper, beside: CheckedPaper | None = None) -> str | None:
    """In what the wage is counted. A paper that does not say it means what the other one says."""
    other = text(beside, "wage_currency") if beside is not None else None
    return text(paper, "wage_currency") or other


def months_in(paper: CheckedPaper, beside: CheckedPaper | None = None) -> Decimal | None:
    """How many of the paper's wage periods a month has; null for a wage by the hour or the day when
    neither this paper nor the one beside it says how many hours are worked."""
    period = period_of(paper, beside)
    if period in _BY_HOURS:
        a_week = _hours_a_week(paper) or (_hours_a_week(beside) if beside is not None else None)
        if period == "hour":
            return None if a_week is None else a_week * WEEKS_IN_A_MONTH
        days = days_a_week(paper) or (days_a_week(beside) if beside is not None else None)
        return None if days is None else days * WEEKS_IN_A_MONTH
    if period == "week":
        return WEEKS_IN_A_MONTH
    if period == "fortnight":
        return WEEKS_IN_A_MONTH / 2
    return HIJRI_MONTH if period == "hijri_month" else Decimal(1)


def _hours_a_week(paper: CheckedPaper) -> Decimal | None:
    return number(paper, "hours_normal_week") or None


def days_a_week(paper: CheckedPaper) -> Decimal | None:
    """On how many days of a week people work, by the hours of a day and of a week."""
    a_week, a_day = _hours_a_week(paper), number(paper, "hours_normal_day")
    return _days(a_week, a_day) if a_week and a_day else None


def wage_of(paper: CheckedPaper, beside: CheckedPaper | None = None) -> Monthly | None:
    """The basic wage for a month, or null where the paper gives none or nobody can tell what a month
    of it is."""
    amount = number(paper, "wage_amount")
    times = months_in(paper, beside)
    if amount is None or times is None:
        return None
    currency = currency_of(paper, beside)
    slack = Decimal(0) if times == 1 else half_coin(currency) * times
    return Monthly(amount=amount * times, currency=currency, slack=slack)


def as_written(paper: CheckedPaper, beside: CheckedPaper | None = None) -> Monthly | None:
    """The basic wage for the period that the paper itself has."""
    amount = number(paper, "wage_amount")
    if amount is None:
        return None
    return Monthly(amount=amount, currency=currency_of(paper, beside))


def lacks_hours(paper: CheckedPaper, beside: CheckedPaper | None = None) -> bool:
    """Whether there is a wage, but not how much of it a month has."""
    return number(paper, "wage_amount") is not None and months_in(paper, beside) is None


class TwoWages(msgspec.Struct, frozen=True, kw_only=True):
    """The wages of two papers, both for one `period`."""

    old: Monthly
    new: Monthly
    period: str


def two_wages(older: CheckedPaper, newer: CheckedPaper) -> TwoWages | None:
    """Hour beside hour, day beside day and week beside week; papers with different periods by the
    month. Null where one of them has no wage or nobody can tell what a month of it is."""
    period = period_of(older, newer)
    if period == period_of(newer, older):
        old, new = as_written(older, newer), as_written(newer, older)
    else:
        period = "month"
        old, new = wage_of(older, newer), wage_of(newer, older)
    if old is None or new is None:
        return None
    return TwoWages(old=old, new=new, period=period)


def total_of(paper: CheckedPaper, beside: CheckedPaper | None = None) -> Monthly | None:
    """Basic wage and allowances of a month; null where nobody looked for allowances."""
    wage, allowances = wage_of(paper, beside), paper.seen.allowances
    if wage is None or allowances is None:
        return None
    more = sum((Decimal(str(one)) for one in allowances.values()), Decimal(0))
    return msgspec.structs.replace(wage, amount=wage.amount + more)


def in_currency(
    money: Monthly, currency: str | None, rates: Iterable[Rate], on: date
) -> Monthly | None:
    """The same money in another currency, by the newest rate of a day or of the 31 days before it;
    null without one: by an older rate somebody could pick the day that suits."""
    if money.currency is not None and money.currency == currency:
        return money
    fitting = [one for one in rates if 0 <= (on - one.on).days <= OLDEST_RATE_DAYS]
    newest_first = sorted(fitting, key=lambda one: (one.on, one.of == money.currency), reverse=True)
    one = convert(1, money.currency, currency, newest_first)
    if one is None:
        return None
    return Monthly(
        amount=money.amount * one,
        currency=currency,
        slack=money.slack * one + half_coin(currency),
    )


def is_less(new: Monthly, old: Monthly) -> bool:
    """Whether money in the same currency became less, by a coin or more beyond what rounding does."""
    return old.minor - new.minor > minor_units(new.slack + old.slack, old.currency)


def is_same(new: Monthly, old: Monthly) -> bool:
    """Whether money in the same currency stayed the same, apart from rounding."""
    return not is_less(new, old) and not is_less(old, new)


def _rounded(value: Decimal, step: Decimal) -> Decimal:
    """Also what has more digits than Python's arithmetic takes by itself: a check refuses no number."""
    return value.quantize(step, rounding=ROUND_HALF_UP, context=_LONG)


def shown(value: Decimal, unit: Value | None = None) -> Value:
    """A number for people: at most two digits after the point, and none that say nothing."""
    return counted(figure(_rounded(value, _HUNDREDTH)), unit)


def money_shown(money: Monthly) -> Value:
    """An amount with its currency, in digits of that currency."""
    rounded = _rounded(money.amount, _coin(money.currency))
    whole = rounded == rounded.to_integral_value()
    return counted(figure(rounded) if whole else Figure(rounded), money.currency)


def converted_shown(money: Monthly, same: Monthly) -> Value:
    """An amount; where its currency is another one, with the same money in that."""
    if money.currency == same.currency:
        return money_shown(money)
    return Message(WITH_NOTE, {"value": money_shown(money), "note": money_shown(same)})
