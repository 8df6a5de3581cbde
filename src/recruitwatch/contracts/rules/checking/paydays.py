"""Rule V19: what was really paid beside what was agreed at home, payday by payday."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from recruitwatch.contracts.rules.checking.normalising import (
    Monthly,
    as_written,
    days_a_week,
    half_coin,
    in_currency,
    is_less,
    money_shown,
    number,
    period_of,
    wage_of,
)
from recruitwatch.contracts.rules.checking.reading import Subject
from recruitwatch.contracts.rules.checking.rhythm import Due, Paydays, Rhythm, paydays_of
from recruitwatch.contracts.rules.choosing import WEEKS_IN_A_MONTH
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
HALF_ALONE = N_("Wages are paid twice a month, and only one payday of a month was given.")

MOST_TOLD = 5
_GRACE_DAYS = 3
_VERY_LATE_DAYS = 30
_WORKING_DAYS = Decimal(6)


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
    counting = {one.place for one in agreed if _names_a_wage(one)}
    later = {
        one.place
        for one in contracts
        if one.paper.step is Step.AFTER_ARRIVAL and _names_a_wage(one)
    }
    known = [one for one in contracts if one.place in counting | later]
    if not counting:
        yield agreed[-1], Unchecked(rule="CHK-V19", message=Message(NO_WAGE))
        return
    paydays = paydays_of(payments, period_of(known[0].paper))
    gaps: list[_Gap] = []
    foreign: list[tuple[Subject, Information]] = []
    for due in paydays.dues:
        for subject, said in _judged(known, paydays, due):
            if isinstance(said, _Gap):
                gaps.append(said)
            elif isinstance(said, Information):
                foreign.append((subject, said))
            else:
                yield subject, said
    yield from _told(gaps)
    if foreign:
        subject, first = foreign[0]
        message = _with_others(first.message, len(foreign) - 1)
        yield subject, Information(rule="CHK-V19", message=message)


def _names_a_wage(subject: Subject) -> bool:
    wage = as_written(subject.paper)
    return wage is not None and wage.currency is not None


def _judged(
    known: Sequence[Subject], paydays: Paydays, due: Due
) -> Iterator[tuple[Subject, "Said | _Gap"]]:
    in_force = _in_force(known, due.last)
    best: tuple[Subject, Monthly] | None = None
    for subject in in_force:
        owed = _owed(subject, paydays, len(due.days))
        if owed is None:
            yield subject, Unchecked(rule="CHK-V19", message=Message(NO_HOURS))
        else:
            best = _better(best, (subject, owed), due.last)
    if best is not None:
        grace = _grace(in_force)
        for said in _compared(*best, paydays, due, grace):
            yield best[0], said


def _in_force(known: Sequence[Subject], on: date) -> Sequence[Subject]:
    """The papers that were signed by a payday, the oldest first; before all of them, what was agreed
    first. A paper signed after arrival can only raise what was agreed."""
    in_order = sorted(known, key=lambda one: one.paper.terms.signed_on)
    agreed = [one for one in in_order if one.paper.step is not Step.AFTER_ARRIVAL] or in_order
    first = agreed[0]
    return [
        first,
        *(one for one in in_order if one.paper.terms.signed_on <= on and one is not first),
    ]


def _better(
    best: tuple[Subject, Monthly] | None, other: tuple[Subject, Monthly], on: date
) -> tuple[Subject, Monthly]:
    """What was agreed at home stays owed when a later paper gives less. Wages that nobody can compare
    leave the newest paper that both sides agreed on at home."""
    if best is None:
        return other
    subject, owed = other
    before = in_currency(best[1], owed.currency, subject.given.rates, on)
    if before is None:
        return best if subject.paper.step is Step.AFTER_ARRIVAL else other
    return other if is_less(before, owed) else best


def _grace(in_force: Iterable[Subject]) -> int:
    """The shortest delay that was agreed."""
    asked = [number(one.paper, "payment_grace_days") for one in in_force]
    return min((int(one) for one in asked if one is not None), default=_GRACE_DAYS)


def _owed(subject: Subject, paydays: Paydays, count: int) -> Monthly | None:
    """What falls due on paydays that are judged together; null when nobody can tell."""
    paper, rhythm = subject.paper, paydays.rhythm
    period = period_of(paper)
    written = as_written(paper)
    if written is not None and period in _UNCHANGED.get(rhythm, ()):
        return written
    wage = wage_of(paper)
    if wage is None:
        return None
    match rhythm:
        case Rhythm.DAY:
            days = max(days_a_week(paper) or _WORKING_DAYS, paydays.days_a_week)
            months = 1 / (days * WEEKS_IN_A_MONTH)
        case Rhythm.WEEK:
            months = 1 / WEEKS_IN_A_MONTH
        case Rhythm.FORTNIGHT:
            months = 2 / WEEKS_IN_A_MONTH
        case Rhythm.FOUR_WEEKS:
            months = 4 / WEEKS_IN_A_MONTH
        case Rhythm.HALF_MONTH:
            months = Decimal(count) / 2
        case _:
            return wage
    return msgspec.structs.replace(wage, amount=wage.amount * months, slack=wage.slack * months)


_UNCHANGED: Mapping[Rhythm, tuple[str, ...]] = {
    Rhythm.DAY: ("day",),
    Rhythm.WEEK: ("week",),
    Rhythm.FORTNIGHT: ("fortnight",),
    Rhythm.MONTH: ("month", "hijri_month"),
}
"""Where the wage of the paper is what falls due, without any counting."""


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
    unsure = _unsure(paydays, due)
    if unsure is not None and arrived:
        yield Unchecked(rule="CHK-V19", message=Message(unsure))
        return
    if unsure == ONE_PAYDAY:
        # At least one day or hour was not paid; how many, nobody can tell.
        owed = as_written(subject.paper) or owed
    days = _days_open(subject, due.last)
    if days is None and not arrived:
        yield Unchecked(rule="CHK-V19", message=Message(NO_DAY))
    elif days is None or days > grace:
        yield _short(subject, owed, total, due, grace, days or 0)


def _unsure(paydays: Paydays, due: Due) -> str | None:
    if paydays.rhythm is Rhythm.NOT_KNOWN:
        return ONE_PAYDAY
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
