"""Rule V19: what was really paid beside what was agreed at home, payday by payday."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from recruitwatch.contracts.rules.checking.normalising import (
    Monthly,
    as_written,
    half_coin,
    in_currency,
    is_less,
    money_shown,
    number,
    period_of,
)
from recruitwatch.contracts.rules.checking.owing import (
    better_of,
    grace_of,
    in_force,
    names_a_wage,
    owed_in,
    paid_for,
)
from recruitwatch.contracts.rules.checking.reading import Subject
from recruitwatch.contracts.rules.checking.rhythm import Due, Paydays, Rhythm, readings_of
from recruitwatch.contracts.values.checking import (
    AGREED,
    Fault,
    Information,
    Payment,
    Said,
    Step,
    Unchecked,
)
from recruitwatch.contracts.values.corridors import Gravity
from recruitwatch.errors import N_, Day, Message, Value, listed

SHORT = N_("The wage due on %(due)s was %(owed)s. Paid was %(paid)s: %(gap)s is missing.")
SHORT_TOGETHER = N_(
    "The wages due from %(start)s to %(due)s were %(owed)s together. Paid was %(paid)s: %(gap)s is"
    " missing."
)
LATE = N_("The wage due on %(due)s was paid %(days)s days late.")
EXPECTED = N_("%(owed)s, at most %(grace)s days after the day it is due.")
OTHERS = N_("%(finding)s Other paydays with too little, too late or nothing to compare: %(count)s.")
ALTOGETHER = N_(
    "%(finding)s Altogether %(missing)s is missing from wages due between %(start)s and %(end)s: in"
    " each month with a gap %(gap)s on average."
)
NO_RATE = N_(
    "The wage due on %(due)s was %(owed)s. Paid was %(paid)s. Without an exchange rate of that day or"
    " the 31 days before it nobody can compare them."
)
NO_PAYMENTS = N_("No pay slips and no data of the wage channel were given.")
NO_WAGE = N_("The paper gives no wage with a currency, so payments cannot be compared with it.")
NO_HOURS = N_(
    "The wage is by the hour or the day, and the paper does not give the hours of a day and a week, so"
    " nobody can tell what fell due."
)
NO_DAY = N_("Nobody said up to which day wages were looked at, so unpaid ones cannot be judged.")
ONE_PAYDAY = N_("One payday alone does not tell how often a wage by the hour or the day is paid.")
TWO_RHYTHMS = N_(
    "The paydays fit two ways of paying wages. What was paid is too little for one of them only, so"
    " nobody can tell."
)
HALF_ALONE = N_("Wages are paid twice a month, and only one payday of a month was given.")

MOST_TOLD = 5
_VERY_LATE_DAYS = 30


class _Gap(msgspec.Struct, frozen=True, kw_only=True):
    """A payday with too little or too late a wage. `missing` is null when all came, but late."""

    subject: Subject
    fault: Fault
    due: date
    missing: Monthly | None = None

    @property
    def order(self) -> tuple[bool, Decimal, date]:
        amount = self.missing.amount if self.missing is not None else Decimal(0)
        return (self.fault.severity is not Gravity.CRITICAL, -amount, self.due)


def paid(contracts: Sequence[Subject]) -> Iterator[tuple[Subject, Said]]:
    """CHK-V19: what was paid is not less than was agreed and not later than agreed; gravest after 30
    days. The gravest paydays are told, the others counted. Source: the clause PAYMENT; ILO C95,
    article 12."""
    agreed = [one for one in contracts if one.paper.step in AGREED] or [contracts[-1]]
    payments = agreed[-1].given.payments
    if not payments:
        yield agreed[-1], Unchecked(rule="CHK-V19", message=Message(NO_PAYMENTS))
        return
    counting = {one.place for one in agreed if names_a_wage(one)}
    later = {
        one.place for one in contracts if one.paper.step is Step.AFTER_ARRIVAL and names_a_wage(one)
    }
    known = [one for one in contracts if one.place in counting | later]
    if not counting:
        yield agreed[-1], Unchecked(rule="CHK-V19", message=Message(NO_WAGE))
        return
    readings = readings_of(
        payments,
        period_of(known[0].paper),
        paid_for(known, payments),
        usual_days={int(day) for one in known if (day := number(one.paper, "payday_day"))},
    )
    yield from _fairest([_reading(known, one) for one in readings])


class _Read(msgspec.Struct, frozen=True, kw_only=True):
    """What paydays say in one rhythm."""

    gaps: tuple[_Gap, ...]
    others: tuple[tuple[Subject, Said], ...]

    @property
    def order(self) -> tuple[Decimal, int]:
        missing = [one.missing.amount for one in self.gaps if one.missing is not None]
        return (sum(missing, Decimal(0)), len(self.gaps))


def _reading(known: Sequence[Subject], paydays: Paydays) -> _Read:
    gaps: list[_Gap] = []
    others: list[tuple[Subject, Said]] = []
    for due in paydays.dues:
        for subject, said in _judged(known, paydays, due):
            if isinstance(said, _Gap):
                gaps.append(said)
            else:
                others.append((subject, said))
    return _Read(gaps=tuple(gaps), others=tuple(others))


def _fairest(readings: Sequence[_Read]) -> Iterator[tuple[Subject, Said]]:
    """Where paydays fit two rhythms, only what is too little or too late in both is told."""
    best = min(readings, key=lambda one: one.order)
    foreign: list[tuple[Subject, Information]] = []
    for subject, said in best.others:
        if isinstance(said, Information):
            foreign.append((subject, said))
        else:
            yield subject, said
    doubtful = [one.gaps[0] for one in readings if len(one.gaps) > len(best.gaps)]
    if doubtful and not any(isinstance(said, Unchecked) for _, said in best.others):
        yield doubtful[0].subject, Unchecked(rule="CHK-V19", message=Message(TWO_RHYTHMS))
    yield from _told(best.gaps)
    if foreign:
        subject, first = foreign[0]
        message = _with_others(first.message, len(foreign) - 1)
        yield subject, Information(rule="CHK-V19", message=message)


def _judged(
    known: Sequence[Subject], paydays: Paydays, due: Due
) -> Iterator[tuple[Subject, "Said | _Gap"]]:
    agreed = in_force(known, due.days[0])
    best: tuple[Subject, Monthly] | None = None
    for subject in agreed:
        owed = owed_in(subject, paydays.rhythm, paydays.days_a_week, len(due.days))
        if owed is None:
            yield subject, Unchecked(rule="CHK-V19", message=Message(NO_HOURS))
        else:
            best = better_of(best, (subject, owed), due.last)
    if best is not None:
        grace = grace_of(agreed)
        for said in _compared(*best, paydays, due, grace):
            yield best[0], said


def _compared(
    subject: Subject, owed: Monthly, paydays: Paydays, due: Due, grace: int
) -> Iterator["Said | _Gap"]:
    arrived = [one for one in due.payments if one.paid_on is not None]
    total = _total(subject, owed.currency, due, arrived)
    if total is None:
        said = {"due": Day(due.last), "owed": money_shown(owed), "paid": _amounts(arrived)}
        yield Information(rule="CHK-V19", message=Message(NO_RATE, said))
        return
    if not is_less(total, owed):
        yield from _late(subject, owed, due, grace)
        return
    unsure = _unsure(subject, paydays, due)
    if unsure is not None and arrived:
        yield Unchecked(rule="CHK-V19", message=Message(unsure))
        return
    if unsure == ONE_PAYDAY:
        # At least one day or hour was not paid; how many, nobody can tell.
        owed = as_written(subject.paper) or owed
    shares = _shares(subject, owed, due) if paydays.rhythm is Rhythm.HALF_MONTH else ()
    open_shares = [one for one in shares if is_less(one.paid, one.owed)]
    since = open_shares[0].on if open_shares else due.since
    days = _days_open(subject, due.last if shares else since)
    if days is None and not arrived:
        yield Unchecked(rule="CHK-V19", message=Message(NO_DAY))
    elif days is None or days > grace:
        yield _short(subject, owed, total, due, grace, _days_open(subject, since) or 0)
    else:
        yield from _short_shares(subject, open_shares, due, grace)


class _Share(msgspec.Struct, frozen=True, kw_only=True):
    """One of the paydays of a month: what fell due on it, and what came for it, also too much of an
    earlier one."""

    on: date
    owed: Monthly
    paid: Monthly


def _shares(subject: Subject, owed: Monthly, due: Due) -> tuple[_Share, ...]:
    part = msgspec.structs.replace(owed, amount=owed.amount / len(due.days))
    found: list[_Share] = []
    over = Decimal(0)
    for day in due.days:
        came = [one for one in due.payments if one.due_on == day and one.paid_on]
        total = _total(subject, owed.currency, due, came)
        if total is None:
            return ()
        paid = msgspec.structs.replace(total, amount=total.amount + over)
        found.append(_Share(on=day, owed=part, paid=paid))
        over = max(paid.amount - part.amount, Decimal(0))
    return tuple(found)


def _short_shares(
    subject: Subject, shares: Iterable[_Share], due: Due, grace: int
) -> Iterator[_Gap]:
    """While the last payday of a month is not over, an earlier one for which nothing came is judged by
    itself, or of which a part did not come when the later one was paid: a part may be an advance."""
    for share in shares:
        days = _days_open(subject, share.on)
        later_paid = any(one.due_on > share.on and one.paid_on for one in due.payments)
        if days is not None and days > grace and (later_paid or share.paid.amount == 0):
            one = Due(days=(share.on,), payments=(), since=share.on)
            yield _short(subject, share.owed, share.paid, one, grace, days)


def _unsure(subject: Subject, paydays: Paydays, due: Due) -> str | None:
    if paydays.rhythm is Rhythm.NOT_KNOWN:
        by_hours = period_of(subject.paper) in ("hour", "day")
        return ONE_PAYDAY if by_hours else TWO_RHYTHMS
    alone = paydays.rhythm is Rhythm.HALF_MONTH and len(due.days) == 1
    return HALF_ALONE if alone else None


def _days_open(subject: Subject, due: date) -> int | None:
    """For how many days a wage has been missing: up to the day somebody looked, or the last day on which
    something was paid, since it was seen; null when even that says nothing of this payday."""
    given = subject.given
    last = max((one.paid_on for one in given.payments if one.paid_on), default=due)
    if given.looked_on is not None:
        return (max(given.looked_on, last) - due).days
    return (last - due).days if last > due else None


def _short(
    subject: Subject, owed: Monthly, total: Monthly, due: Due, grace: int, days: int
) -> _Gap:
    missing = msgspec.structs.replace(owed, amount=owed.amount - total.amount)
    said: dict[str, Value] = {
        "start": Day(due.days[0]),
        "due": Day(due.last),
        "owed": money_shown(owed),
        "paid": money_shown(total),
        "gap": money_shown(missing),
        "grace": grace,
    }
    fault = Fault(
        rule="CHK-V19",
        message=Message(SHORT_TOGETHER if len(due.days) > 1 else SHORT, said),
        expected=Message(EXPECTED, said),
        severity=Gravity.CRITICAL if days > _VERY_LATE_DAYS else None,
    )
    return _Gap(subject=subject, fault=fault, due=due.last, missing=missing)


def _late(subject: Subject, owed: Monthly, due: Due, grace: int) -> Iterator[_Gap]:
    """All was paid: when did the last part of each payday come?"""
    for day in due.days:
        came = [one.paid_on for one in due.payments if one.due_on == day and one.paid_on]
        days = (max(came) - day).days if came else 0
        if days > grace:
            said: dict[str, Value] = {
                "due": Day(day), "days": days, "owed": money_shown(owed), "grace": grace,
            }  # fmt: skip
            fault = Fault(
                rule="CHK-V19",
                message=Message(LATE, said),
                expected=Message(EXPECTED, said),
                severity=Gravity.CRITICAL if days > _VERY_LATE_DAYS else None,
            )
            yield _Gap(subject=subject, fault=fault, due=day)


def _total(
    subject: Subject, currency: str | None, due: Due, payments: Sequence[Payment]
) -> Monthly | None:
    amount = slack = Decimal(0)
    for one in payments:
        # A bank rounds to a coin of the other currency.
        rounded = Decimal(0) if one.currency == currency else half_coin(one.currency)
        money = Monthly(amount=Decimal(str(one.amount)), currency=one.currency, slack=rounded)
        found = in_currency(money, currency, subject.given.rates, due.last)
        if found is None:
            return None
        amount, slack = amount + found.amount, slack + found.slack
    return Monthly(amount=amount, currency=currency, slack=slack)


def _amounts(payments: Sequence[Payment]) -> Value:
    sums: dict[str | None, Decimal] = {}
    for one in payments:
        sums[one.currency] = sums.get(one.currency, Decimal(0)) + Decimal(str(one.amount))
    return _money(sums)


def _money(sums: Mapping[str | None, Decimal]) -> Value:
    return listed(money_shown(Monthly(amount=sums[one], currency=one)) for one in sums)


def _told(gaps: Sequence[_Gap]) -> Iterator[tuple[Subject, Said]]:
    """The gravest paydays, and with the first of them how many others there are and what is missing
    from all of them."""
    in_order = sorted(gaps, key=lambda one: one.order)
    for place, gap in enumerate(in_order[:MOST_TOLD]):
        fault = gap.fault
        if place == 0:
            message = _with_others(fault.message, len(gaps) - MOST_TOLD)
            fault = msgspec.structs.replace(fault, message=_with_sum(message, gaps))
        yield gap.subject, fault


def _with_others(message: Message, count: int) -> Message:
    return Message(OTHERS, {"finding": message, "count": count}) if count > 0 else message


def _with_sum(message: Message, gaps: Sequence[_Gap]) -> Message:
    short = [(one.due, one.missing) for one in gaps if one.missing is not None]
    if len(short) < 2:
        return message
    sums: dict[str | None, Decimal] = {}
    months: dict[str | None, set[tuple[int, int]]] = {}
    for due, missing in short:
        sums[missing.currency] = sums.get(missing.currency, Decimal(0)) + missing.amount
        months.setdefault(missing.currency, set()).add((due.year, due.month))
    said: dict[str, Value] = {
        "finding": message,
        "missing": _money(sums),
        "start": Day(min(due for due, _ in short)),
        "end": Day(max(due for due, _ in short)),
        "gap": _money({one: sums[one] / len(months[one]) for one in sums}),
    }
    return Message(ALTOGETHER, said)
