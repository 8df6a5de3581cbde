"""What falls due on a payday: by which papers, how much, and how long it may wait."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from recruitwatch.contracts.rules.checking.normalising import (
    Monthly,
    as_written,
    days_a_week,
    in_currency,
    is_less,
    number,
    period_of,
    wage_of,
)
from recruitwatch.contracts.rules.checking.reading import Subject
from recruitwatch.contracts.rules.checking.rhythm import Rhythm
from recruitwatch.contracts.rules.choosing import WEEKS_IN_A_MONTH
from recruitwatch.contracts.values.checking import Payment, Step

_GRACE_DAYS = 3
_WORKING_DAYS = Decimal(6)


def names_a_wage(subject: Subject) -> bool:
    """Whether a paper says how much in what currency."""
    wage = as_written(subject.paper)
    return wage is not None and wage.currency is not None


def paid_for(known: Sequence[Subject], payments: Sequence[Payment]) -> frozenset[Rhythm]:
    """The rhythms whose wage, or the next whole amount, came on some payday."""
    return frozenset(
        rhythm
        for subject in known
        for rhythm in (Rhythm.WEEK, Rhythm.FORTNIGHT)
        if (owed := owed_in(subject, rhythm)) is not None
        and any(_came(one, owed) for one in payments if one.paid_on)
    )


def _came(payment: Payment, owed: Monthly) -> bool:
    if payment.currency != owed.currency:
        return False
    came = Monthly(amount=Decimal(str(payment.amount)), currency=payment.currency)
    return not is_less(came, owed) and came.amount < owed.amount + 1


def in_force(known: Sequence[Subject], on: date) -> Sequence[Subject]:
    """The papers that were signed by a payday, the oldest first; before all of them, what was agreed
    first. A paper signed after arrival can only raise what was agreed."""
    in_order = sorted(known, key=lambda one: one.paper.terms.signed_on)
    agreed = [one for one in in_order if one.paper.step is not Step.AFTER_ARRIVAL] or in_order
    first = agreed[0]
    return [
        first,
        *(one for one in in_order if one.paper.terms.signed_on <= on and one is not first),
    ]


def better_of(
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


def grace_of(in_force: Iterable[Subject]) -> int:
    """The shortest delay that was agreed."""
    asked = [number(one.paper, "payment_grace_days") for one in in_force]
    return min((int(one) for one in asked if one is not None), default=_GRACE_DAYS)


def owed_in(
    subject: Subject, rhythm: Rhythm, often: Decimal = _WORKING_DAYS, count: int = 1
) -> Monthly | None:
    """What falls due on paydays that are judged together; null when nobody can tell."""
    paper = subject.paper
    period = period_of(paper)
    written = as_written(paper)
    if written is not None and period in _UNCHANGED.get(rhythm, ()):
        return written
    wage = wage_of(paper)
    if wage is None:
        return None
    match rhythm:
        case Rhythm.DAY:
            days = max(days_a_week(paper) or _WORKING_DAYS, often)
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
