"""What changed between two papers, value by value, and what that means for the worker."""

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from recruitwatch.contracts.rules.checking.normalising import (
    Monthly,
    TwoWages,
    converted_shown,
    in_currency,
    is_less,
    is_same,
    money_shown,
    number,
    plain_text,
    shown,
    text,
    two_wages,
)
from recruitwatch.contracts.rules.checking.reading import Subject
from recruitwatch.contracts.rules.checking.words import job_of
from recruitwatch.contracts.rules.naming import NOTHING, term, yes_no
from recruitwatch.contracts.values.checking import (
    ATTACHED_WORDS,
    CONTRACTS,
    PAYER_WORDS,
    Change,
    Payer,
    Way,
)
from recruitwatch.contracts.values.terms import NOT_HASHED, TermValue
from recruitwatch.contracts.values.written import Better, Parameter, ParameterType
from recruitwatch.errors import N_, Message, Value

RETURN_PAID_BY = "return_paid_by"
REST_PAID_OUT = "rest_days_paid_out"
RETURN_PAID_BY_LABEL = N_("Who pays the journey home")
REST_PAID_OUT_LABEL = N_("Rest days paid out in money")
NO_NUMBER = Decimal(0)
# They are new on every paper, whatever it says.
RENEWED = NOT_HASHED | {"contract_number", "contract_version"}
# The wage is compared as one amount for a month.
WAGE = frozenset({"wage_amount", "wage_currency", "wage_period"})
# Of options that stand in no order together, nobody can say which is better.
_BEST_FIRST = {
    "room_type": (("own_room", "shared_woman", "shared_children"), ("own_room", "shared_same_sex")),
    "food_mode": (("provided", "allowance"), ("provided", "kitchen")),
}


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """A paper and one that came before it."""

    older: Subject
    newer: Subject


def changes_of(pair: Pair) -> Iterator[Change]:
    """Everything that both papers say, or that somebody saw beside both, and that is not the same."""
    parameters = {**pair.older.pack.parameters, **pair.newer.pack.parameters}
    wage = wage_change(pair)
    if wage is not None:
        yield wage
    for name in sorted(given_by(pair.older) & given_by(pair.newer) - RENEWED - WAGE):
        found = _change(pair, name, parameters[name])
        if found is not None:
            yield found
    yield from _seen_changes(pair)


def given_by(subject: Subject) -> frozenset[str]:
    """The values that a paper gives. A blank gives none."""
    values = subject.paper.terms.values
    return frozenset(name for name, one in values.items() if not is_blank(one))


def is_blank(value: TermValue) -> bool:
    """Whether nothing can be read there. An empty list says that there is none of it."""
    if isinstance(value, str):
        return not any(one.isalnum() for one in plain_text(value))
    return value is None


def left_out(pair: Pair) -> Iterator[Change]:
    """What the older paper gives and a whole contract does not. It may be a slip or a trick, so it is
    told and is no loss."""
    newer = pair.newer
    if not newer.paper.whole or newer.paper.step not in CONTRACTS:
        return
    parameters = newer.pack.parameters
    for name in sorted(given_by(pair.older) - given_by(newer) - RENEWED):
        if name in parameters:
            old = term(pair.older.pack, name, pair.older.paper.terms.values[name])
            yield _told(name, parameters[name], old, NOTHING, Way.LEFT_OUT)


def _seen_changes(pair: Pair) -> Iterator[Change]:
    older, newer = pair.older.paper.seen, pair.newer.paper.seen
    if older.attached is not None and newer.attached is not None:
        for one, label in ATTACHED_WORDS.items():
            before, now = one in older.attached, one in newer.attached
            if before is not now:
                yield appeared(one.value, label, now)
    bought = (older.rest_days_paid_out, newer.rest_days_paid_out)
    if None not in bought and bought[0] is not bought[1]:
        yield appeared(REST_PAID_OUT, REST_PAID_OUT_LABEL, bought[1] is True)
    yield from _payer_change(older.return_paid_by, newer.return_paid_by)


def appeared(name: str, label: str, now: bool = True) -> Change:
    """Something that harms a worker and was not there before; or, not now, is there no longer."""
    way = Way.WORSE if now else Way.BETTER
    return Change(name=name, label=label, old=yes_no(not now), new=yes_no(now), way=way)


def _payer_change(before: Payer | None, now: Payer | None) -> Iterator[Change]:
    if before is None or now is None or before is now:
        return
    way = Way.WORSE if now is Payer.WORKER else Way.OTHER
    yield Change(
        name=RETURN_PAID_BY,
        label=RETURN_PAID_BY_LABEL,
        old=Message(PAYER_WORDS[before]),
        new=Message(PAYER_WORDS[now]),
        way=Way.BETTER if before is Payer.WORKER else way,
    )


def _change(pair: Pair, name: str, parameter: Parameter) -> Change | None:
    older, newer = pair.older.paper, pair.newer.paper
    old, new = number(older, name), number(newer, name)
    if old is not None and new is not None:
        if parameter.type is ParameterType.MONEY and not _same_currency(pair):
            return _not_comparable(pair, name, parameter, old, new) if old or new else None
        if old == new:
            return None
        way = _way(old, new, parameter.better)
        return _told(name, parameter, shown(old), shown(new), way, abs(new - old))
    before, after = older.terms.values[name], newer.terms.values[name]
    if _alike(before) == _alike(after) or (name == "job_title" and _is_same_job(pair)):
        return None
    way = _plain_way(name, before, after, parameter.better)
    was, now = term(pair.older.pack, name, before), term(pair.newer.pack, name, after)
    return _told(name, parameter, was, now, way, Decimal(abs(_steps_down(name, before, after))))


def _is_same_job(pair: Pair) -> bool:
    """Whether both titles are one job of the library, each in a language of its own."""
    jobs = {
        job_of(text(one.paper, "job_title") or "", one.pack) for one in (pair.older, pair.newer)
    }
    return pair.older.pack.id == pair.newer.pack.id and len(jobs) == 1 and None not in jobs


def _currencies(pair: Pair) -> tuple[str | None, str | None]:
    """A paper that names no currency means that of the other one."""
    old, new = (text(one.paper, "wage_currency") for one in (pair.older, pair.newer))
    return old or new, new or old


def _same_currency(pair: Pair) -> bool:
    old, new = _currencies(pair)
    return old == new


def _not_comparable(
    pair: Pair, name: str, parameter: Parameter, old: Decimal, new: Decimal
) -> Change:
    """Money in two currencies, or for two periods, of which nobody can tell which is more."""
    was, now = (
        money_shown(Monthly(amount=amount, currency=currency))
        for amount, currency in zip((old, new), _currencies(pair), strict=True)
    )
    return _told(name, parameter, was, now, Way.OTHER)


def _way(old: Decimal, new: Decimal, better: Better) -> Way:
    if better is Better.HIGHER:
        return Way.BETTER if new > old else Way.WORSE
    if better is Better.LOWER:
        return Way.BETTER if new < old else Way.WORSE
    return Way.OTHER


def _plain_way(name: str, old: TermValue, new: TermValue, better: Better) -> Way:
    if better in (Better.YES, Better.NO):
        return Way.BETTER if new is (better is Better.YES) else Way.WORSE
    if name == "tests_required":
        before, now = ("pregnancy" in one for one in (_listed(old), _listed(new)))
        if before is not now:
            return Way.WORSE if now else Way.BETTER
    down = _steps_down(name, old, new)
    return (Way.WORSE if down > 0 else Way.BETTER) if down else Way.OTHER


def _steps_down(name: str, old: TermValue, new: TermValue) -> int:
    for order in _BEST_FIRST.get(name, ()):
        if old in order and new in order:
            return order.index(str(new)) - order.index(str(old))
    return 0


def _listed(value: TermValue) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _alike(value: TermValue) -> TermValue:
    """Spaces, dashes and the order of a list are no difference."""
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, tuple):
        return tuple(sorted(value))
    return value


def _told(
    name: str, parameter: Parameter, old: Value, new: Value, way: Way, by: Decimal = NO_NUMBER
) -> Change:
    return Change(name=name, label=parameter.label, old=old, new=new, way=way, by=by)


def wage_change(pair: Pair) -> Change | None:
    """The basic wage for one period in the currency of the newer paper, when it changed. One that
    cannot be compared is told as it stands."""
    name = "wage_amount"
    amounts = [number(one.paper, name) for one in (pair.older, pair.newer)]
    if None in amounts:
        return None
    parameter = pair.newer.pack.parameters[name]
    both = two_wages(pair.older.paper, pair.newer.paper)
    compared = None if both is None else _in_newer_currency(pair, both)
    if both is None or compared is None:
        return _not_comparable(pair, name, parameter, *(one or NO_NUMBER for one in amounts))
    old, new = (msgspec.structs.replace(one, currency=currency) for one, currency in
                zip((both.old, both.new), _currencies(pair), strict=True))  # fmt: skip
    if is_same(new, compared):
        return None
    way = Way.WORSE if is_less(new, compared) else Way.BETTER
    share = abs(compared.amount - new.amount) / compared.amount if compared.amount else NO_NUMBER
    return _told(name, parameter, converted_shown(old, compared), money_shown(new), way, share)


def _in_newer_currency(pair: Pair, both: TwoWages) -> Monthly | None:
    old, new = _currencies(pair)
    wage = msgspec.structs.replace(both.old, currency=old)
    if old == new:
        return wage
    return in_currency(wage, new, pair.newer.given.rates, pair.newer.paper.terms.signed_on)
