"""Rules C: a contract against the law of its corridor on the day it was signed. A figure that was
seen may block; one that is general or in conflict is only told, with every source."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from recruitwatch.contracts.rules.checking.normalising import (
    Monthly,
    break_hours,
    converted_shown,
    in_currency,
    is_less,
    lacks_hours,
    money_shown,
    number,
    shown,
    text,
    wage_of,
)
from recruitwatch.contracts.rules.checking.reading import Subject, label_of
from recruitwatch.contracts.rules.corridor import WAGE_FLOOR
from recruitwatch.contracts.rules.naming import NOTHING, place, unit_of
from recruitwatch.contracts.values.checking import Fault, Information, Said, Unchecked
from recruitwatch.contracts.values.corridors import Closing, HoursBasis, How
from recruitwatch.contracts.values.judged import Bound
from recruitwatch.errors import (
    N_,
    SEMICOLON,
    WITH_NOTE,
    Day,
    English,
    Message,
    Value,
    listed,
)

WAGE_LOW = N_(
    "The basic wage is %(value)s a month. The lowest wage on %(day)s was %(bound)s a month."
)
AT_LEAST = N_("At least %(bound)s.")
AT_MOST = N_("At most %(bound)s.")
TOO_LOW = N_(
    "%(label)s: the contract says %(value)s. The law on %(day)s asks for at least %(bound)s."
)
TOO_HIGH = N_(
    "%(label)s: the contract says %(value)s. The law on %(day)s allows at most %(bound)s."
)
TOO_YOUNG = N_(
    "The worker is %(value)s years old on the day the work starts. The lowest age on %(day)s was"
    " %(bound)s."
)
CLOSED = N_("On %(day)s this work in %(destination)s was closed by %(origin)s: %(note)s")
CLOSED_EXPECTED = N_("A destination that is open for this work.")
MAYBE_CLOSED = N_("It may be that %(origin)s restricts this work in %(destination)s: %(note)s")
STAMPS = N_("These stamps are missing: %(stamps)s.")
STAMPS_EXPECTED = N_("The stamps that both countries ask for.")
DOUBTFUL = N_(
    "%(label)s: the contract says %(value)s. This is not sure and blocks nothing: %(readings)s."
)
NO_RATE = N_(
    "%(label)s: %(bound)s could not be compared with %(value)s, because there is no exchange rate of"
    " that day or the 31 days before."
)
NO_VALUE = N_("The paper gives no value for “%(name)s”.")
NO_HOURS = N_(
    "%(name)s: the wage is by the hour or the day, and the paper does not give the hours of a day and a"
    " week, so nobody can tell what a month's wage is."
)
NO_LAW = N_("%(label)s: no figure of law is known for this corridor on %(day)s.")
NO_STAMPS = N_("Nobody said which stamps are on the paper.")
AGE = N_("Age of the worker")


def limits(subject: Subject) -> Iterator[Said]:
    """What rules CHK-C01 to CHK-C12 say of a contract."""
    yield from _wage(subject)
    for rule, name, about, floor in LIMITS:
        value = number(subject.paper, name)
        if value is not None and name == "hours_normal_day" and _breaks_count(subject):
            value += break_hours(subject.paper)
        yield from _limit(subject, rule, name, about, value, floor)
    yield from _age(subject)
    yield from _closed(subject)
    yield from _stamps(subject)


LIMITS = (
    ("CHK-C02", "hours_normal_day", "hours_day_max", False),
    ("CHK-C03", "rest_weekly_hours", "rest_weekly_min", True),
    ("CHK-C04", "rest_night_hours", "rest_night_min", True),
    ("CHK-C05", "annual_leave_days", "leave_annual_min_days", True),
    ("CHK-C06", "sick_full_days", "sick_full_min_days", True),
    ("CHK-C07", "trial_days", "probation_max_days", False),
    ("CHK-C08", "payment_grace_days", "wage_payment_deadline_days", False),
    ("CHK-C09", "deduction_cap_percent", "deduction_max_percent", False),
    ("CHK-C12", "copies_count", "copies_min", True),
)
"""Rule, the value of the contract, what the figures of law are about, and whether they are floors."""


def _breaks_count(subject: Subject) -> bool:
    return subject.law.destination.hours_basis is HoursBasis.WITH_BREAKS


def _limit(
    subject: Subject, rule: str, name: str, about: str, value: Decimal | None, floor: bool
) -> Iterator[Said]:
    label = label_of(subject, name)
    bounds = [one for one in subject.law.bounds.get(about, ()) if one.value is not None]
    if value is None:
        if bounds:
            yield Unchecked(rule=rule, message=Message(NO_VALUE, {"name": label}))
        return
    said = {"label": label, "value": shown(value), "day": Day(subject.law.on)}
    if not bounds:
        yield Unchecked(rule=rule, message=Message(NO_LAW, said))
        return
    sure = [one for one in bounds if one.counts]
    if sure:
        best = (max if floor else min)(sure, key=_figure)
        if _breaks(value, best, floor):
            bound = {"bound": shown(_figure(best), unit_of(best))}
            yield Fault(
                rule=rule,
                message=Message(TOO_LOW if floor else TOO_HIGH, {**said, **bound}),
                expected=Message(AT_LEAST if floor else AT_MOST, bound),
                sources=_sources(best),
            )
    yield from _doubtful(rule, said, bounds, lambda one: _breaks(value, one, floor))


def _figure(bound: Bound) -> Decimal:
    return Decimal(str(bound.value))


def _breaks(value: Decimal, bound: Bound, floor: bool) -> bool:
    return value < _figure(bound) if floor else value > _figure(bound)


def _doubtful(
    rule: str, said: dict[str, Value], bounds: list[Bound], broken: Callable[[Bound], bool]
) -> Iterator[Said]:
    """Tells figures that are not sure, all of them, when one of them would be broken."""
    unsure = [one for one in bounds if one.how is not How.SEEN]
    if any(broken(one) for one in unsure):
        sources = tuple(dict.fromkeys(name for one in unsure for name in _sources(one)))
        readings = listed((_reading(one) for one in unsure), SEMICOLON)
        message = Message(DOUBTFUL, {**said, "readings": readings})
        yield Information(rule=rule, message=message, sources=sources)


def _reading(bound: Bound) -> Value:
    known = ", ".join(_sources(bound)) or NOTHING
    value = NOTHING if bound.value is None else shown(_figure(bound), unit_of(bound))
    return Message(WITH_NOTE, {"value": value, "note": known})


def _sources(bound: Bound) -> tuple[str, ...]:
    return tuple(one for one in (bound.source, *bound.other_sources) if one)


def wage_floor(subject: Subject, currency: str | None) -> tuple[Monthly, Bound] | None:
    """The highest sure wage floor on the day of signing, in a currency. Source: the corridor files."""
    found = [
        (money, bound)
        for bound in subject.law.bounds.get(WAGE_FLOOR, ())
        if bound.counts and (money := _in(subject, bound, currency)) is not None
    ]
    return max(found, key=lambda one: one[0].amount) if found else None


def _in(subject: Subject, bound: Bound, currency: str | None) -> Monthly | None:
    if bound.value is None:
        return None
    money = Monthly(amount=_figure(bound), currency=bound.currency)
    return in_currency(money, currency, subject.given.rates, subject.law.on)


def _wage(subject: Subject) -> Iterator[Said]:
    """CHK-C01: the basic wage is not below the higher of the floors of both countries."""
    label = label_of(subject, "wage_amount")
    bounds = list(subject.law.bounds.get(WAGE_FLOOR, ()))
    wage = wage_of(subject.paper)
    figures = [one for one in bounds if one.value is not None]
    if wage is None:
        if figures:
            sentence = NO_HOURS if lacks_hours(subject.paper) else NO_VALUE
            yield Unchecked(rule="CHK-C01", message=Message(sentence, {"name": label}))
        return
    said = {"label": label, "value": money_shown(wage), "day": Day(subject.law.on)}
    if not figures:
        yield Unchecked(rule="CHK-C01", message=Message(NO_LAW, said))
        return
    yield from _below_floor(subject, wage, said)
    for bound in figures:
        if bound.counts and _in(subject, bound, wage.currency) is None:
            message = Message(NO_RATE, {**said, "bound": _amount(bound)})
            yield Information(rule="CHK-C01", message=message, sources=_sources(bound))

    def broken(bound: Bound) -> bool:
        money = _in(subject, bound, wage.currency)
        return money is not None and is_less(wage, money)

    yield from _doubtful("CHK-C01", said, bounds, broken)


def _below_floor(subject: Subject, wage: Monthly, said: dict[str, Value]) -> Iterator[Said]:
    found = wage_floor(subject, wage.currency)
    if found is None or not is_less(wage, found[0]):
        return
    money, bound = found
    shown_bound = converted_shown(money, Monthly(amount=_figure(bound), currency=bound.currency))
    yield Fault(
        rule="CHK-C01",
        message=Message(WAGE_LOW, {**said, "bound": shown_bound}),
        expected=Message(AT_LEAST, {"bound": shown_bound}),
        sources=_sources(bound),
    )


def _amount(bound: Bound) -> Value:
    return money_shown(Monthly(amount=_figure(bound), currency=bound.currency))


def _age(subject: Subject) -> Iterator[Said]:
    """CHK-C10: on the day the work starts the worker is not younger than both countries ask."""
    born, starts = text(subject.paper, "worker_birth_date"), text(subject.paper, "start_date")
    label = label_of(subject, "worker_birth_date")
    bounds = [one for one in subject.law.bounds.get("min_age_years", ()) if one.value is not None]
    if not bounds:
        message = Message(NO_LAW, {"label": Message(AGE), "day": Day(subject.law.on)})
        yield Unchecked(rule="CHK-C10", message=message)
    elif born is None:
        yield Unchecked(rule="CHK-C10", message=Message(NO_VALUE, {"name": label}))
    elif starts is not None:
        age = age_on(date.fromisoformat(born), date.fromisoformat(starts))
        yield from _young(subject, bounds, age)
    else:
        yield from _young_some_day(
            subject, bounds, age_on(date.fromisoformat(born), subject.law.on)
        )


def _young_some_day(subject: Subject, bounds: list[Bound], age: int) -> Iterator[Said]:
    """Nobody knows when the work starts: too young on the day of signing says nothing, unless a year
    later the worker is still too young."""
    told = list(_young(subject, bounds, age))
    if told and not list(_young(subject, bounds, age + 1)):
        label = label_of(subject, "start_date")
        yield Unchecked(rule="CHK-C10", message=Message(NO_VALUE, {"name": label}))
    else:
        yield from told


def _young(subject: Subject, bounds: list[Bound], age: int) -> Iterator[Said]:
    said: dict[str, Value] = {"label": Message(AGE), "value": age, "day": Day(subject.law.on)}
    sure = [one for one in bounds if one.counts]
    if sure and age < _figure(best := max(sure, key=_figure)):
        bound = shown(_figure(best))
        yield Fault(
            rule="CHK-C10",
            message=Message(TOO_YOUNG, {**said, "bound": bound}),
            expected=Message(AT_LEAST, {"bound": shown(_figure(best), unit_of(best))}),
            sources=_sources(best),
        )
    yield from _doubtful("CHK-C10", said, bounds, lambda one: age < _figure(one))


def age_on(born: date, on: date) -> int:
    """Whole years on a day; a birthday counts from its own day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _closed(subject: Subject) -> Iterator[Said]:
    """CHK-C11: the country of origin has not closed this destination for this work."""
    for one in subject.law.closings:
        said = {
            "origin": place(subject.law.origin),
            "destination": place(subject.law.destination),
            "day": Day(subject.law.on),
            "note": English(one.note),
        }
        sources = _closing_sources(one)
        if one.how is How.SEEN:
            yield Fault(
                rule="CHK-C11",
                message=Message(CLOSED, said),
                expected=Message(CLOSED_EXPECTED),
                sources=sources,
            )
        else:
            yield Information(rule="CHK-C11", message=Message(MAYBE_CLOSED, said), sources=sources)


def _closing_sources(closing: Closing) -> tuple[str, ...]:
    return (closing.source,) if closing.source else ()


def _stamps(subject: Subject) -> Iterator[Said]:
    """The other half of CHK-C12: the stamps of the corridor are on the paper."""
    stamps = subject.paper.seen.stamps
    law = subject.law
    wanted = dict.fromkeys((*law.origin.attestation_boxes, *law.destination.attestation_boxes))
    if stamps is None:
        if wanted:
            yield Unchecked(rule="CHK-C12", message=Message(NO_STAMPS))
        return
    missing = [one for one in wanted if one not in stamps]
    if missing:
        names = listed(subject.boxes.get(one, one) for one in missing)
        yield Fault(
            rule="CHK-C12",
            message=Message(STAMPS, {"stamps": names}),
            expected=Message(STAMPS_EXPECTED),
        )
