"""The better-of rule: of the model, of what was asked for and of every figure of law, the value that
is best for the worker, with whose figure it is and where it was read."""

from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

import msgspec
from babel.numbers import get_currency_precision

from recruitwatch.contracts.rules.corridor import WAGE_FLOOR
from recruitwatch.contracts.values.judged import Bound, Choice, CorridorLaw, Whose
from recruitwatch.contracts.values.terms import Rate
from recruitwatch.contracts.values.written import Better, Parameter

Number = int | float

# What a person says has happened, and no promise. No figure of law makes it happen otherwise: it is neither
# weighed nor replaced, and what the law asks is told beside it. Every other number that a figure bears on
# is something that employer or worker will do.
DECLARED = frozenset({"declared_worker_payment"})
WEEKS_IN_A_MONTH = Decimal(52) / Decimal(12)
_DUST = Decimal("0.00000001")


def per_month(amount: Number, period: str, hours_in_a_week: Number) -> Decimal:
    """An amount for a month of a year of 52 weeks, from one for an hour, a week or two weeks."""
    exact = Decimal(str(amount))
    if period == "hour":
        return exact * Decimal(str(hours_in_a_week)) * WEEKS_IN_A_MONTH
    if period == "week":
        return exact * WEEKS_IN_A_MONTH
    if period == "fortnight":
        return exact * WEEKS_IN_A_MONTH / 2
    return exact


def convert(
    amount: Number, of: str | None, to: str | None, rates: Iterable[Rate]
) -> Decimal | None:
    """An amount in another currency, by a rate that was given with its source; null without one.
    Nothing is nothing in every currency."""
    if amount == 0 or (of is not None and of == to):
        return Decimal(str(amount))
    for one in rates:
        if (one.of, one.to) == (of, to):
            return Decimal(str(amount)) * Decimal(str(one.rate))
        if (one.of, one.to) == (to, of):
            return Decimal(str(amount)) / Decimal(str(one.rate))
    return None


class Money(msgspec.Struct, frozen=True, kw_only=True):
    """What amounts of a contract are counted in."""

    currency: str | None
    period: str = "month"
    hours_in_a_week: Number = 48
    rates: tuple[Rate, ...] = ()


def choose(
    name: str, parameter: Parameter, law: CorridorLaw, *, given: Number | None, money: Money
) -> Choice:
    """The value of a number. What was given stands in place of the model's proposal, and a figure of
    law that was seen wins where it is at least as good for the worker. Figures marked general or
    conflict never win: they are shown beside. What a person declares to have happened stays."""
    about = parameter.floor or parameter.ceiling
    known = law.bounds.get(about or "", ())
    weighed = [_weighed(one, parameter, about, money) for one in known]
    best_first = _order(parameter)
    counting = sorted((one for one in weighed if one.counts), key=best_first)
    doubtful = tuple(one for one in known if not one.counts)
    unmatched = tuple(
        one for one, as_counted in zip(known, weighed, strict=True)
        if one.counts and not as_counted.counts
    )  # fmt: skip
    model = _number(parameter.default)
    start = given if given is not None else model
    value, whose, source = start, _beginner(given, model), None
    if (
        name not in DECLARED
        and counting
        and (start is None or best_first(counting[0]) <= best_first(_bare(counting[0], start)))
    ):
        best = counting[0]
        value, whose, source = best.compared, best.whose, best.source
    return Choice(
        parameter=name,
        label=parameter.label,
        value=value,
        currency=money.currency if parameter.currency else None,
        whose=whose,
        source=source,
        given=given if given is not None and given != value else None,
        model=model,
        bounds=tuple(counting),
        doubtful=doubtful,
        unmatched=unmatched,
        for_women=law.for_women.get(about or "", ()),
    )


def _beginner(given: Number | None, model: Number | None) -> Whose:
    if given is not None:
        return Whose.GIVEN
    return Whose.NOBODY if model is None else Whose.MODEL


def _number(value: object) -> Number | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _bare(like: Bound, value: Number) -> Bound:
    return msgspec.structs.replace(like, compared=value)


def _order(parameter: Parameter) -> Callable[[Bound], Decimal]:
    """Sorts the best for the worker first. Under a ceiling less is better."""
    sign = -1 if parameter.better is Better.HIGHER or parameter.floor else 1
    return lambda bound: sign * Decimal(str(bound.compared))


def _weighed(bound: Bound, parameter: Parameter, about: str | None, money: Money) -> Bound:
    """A figure as this contract counts it. Money nobody can compare stands there and does not count."""
    if bound.value is None:
        return bound
    if parameter.currency is None:
        return msgspec.structs.replace(bound, compared=bound.value)
    amount = convert(bound.value, bound.currency, money.currency, money.rates)
    if amount is None:
        return msgspec.structs.replace(bound, counts=False)
    if about == WAGE_FLOOR:
        amount = amount / per_month(1, money.period, money.hours_in_a_week)
    return msgspec.structs.replace(bound, compared=_plain(amount, money.currency))


def _plain(amount: Decimal, currency: str | None) -> Number:
    """An amount that its coins can pay and that is never less than it was."""
    coin = Decimal(1).scaleb(-(get_currency_precision(currency) if currency else 2))
    # Dividing leaves dust behind the last digit, which is worth no coin.
    whole = amount.quantize(_DUST, rounding=ROUND_HALF_UP).quantize(coin, rounding=ROUND_CEILING)
    return int(whole) if whole == whole.to_integral_value() else float(whole)


def currency_of(law: CorridorLaw) -> str | None:
    """The currency in which wages are paid in a country of work, where its figures say so."""
    found: Sequence[Bound] = law.bounds.get(WAGE_FLOOR, ())
    for one in sorted(found, key=lambda bound: bound.whose is not Whose.DESTINATION):
        if one.currency and one.whose is not Whose.ORIGIN_EVERYWHERE:
            return one.currency
    return None
