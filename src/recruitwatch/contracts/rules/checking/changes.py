"""What changed between two papers, value by value, and what that means for the worker."""

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from recruitwatch.contracts.rules.checking.normalising import (
    converted_shown,
    in_currency,
    is_less,
    is_same,
    money_shown,
    number,
    plain_text,
    shown,
    two_wages,
)
from recruitwatch.contracts.rules.checking.reading import Subject
from recruitwatch.contracts.rules.naming import term
from recruitwatch.contracts.values.checking import Change, Way
from recruitwatch.contracts.values.terms import NOT_HASHED, TermValue
from recruitwatch.contracts.values.written import Better, Parameter, ParameterType
from recruitwatch.errors import Value

# They are new on every paper, whatever it says.
RENEWED = NOT_HASHED | {"contract_number", "contract_version"}
# The wage is compared as one amount for a month.
WAGE = frozenset({"wage_amount", "wage_currency", "wage_period"})
# Of options that stand in no order together, nobody can say which is better.
_BEST_FIRST = {
    "room_type": (("own_room", "shared_woman", "shared_children"), ("own_room", "shared_same_sex")),
    "food_mode": (("provided", "allowance"), ("provided", "kitchen")),
}
_EMPTY: tuple[TermValue, ...] = (None, "", ())


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """A paper and one that came before it."""

    older: Subject
    newer: Subject


def changes_of(pair: Pair) -> Iterator[Change]:
    """Every value that both papers give and that is not the same."""
    old, new = pair.older.paper.terms.values, pair.newer.paper.terms.values
    parameters = {**pair.older.pack.parameters, **pair.newer.pack.parameters}
    wage = wage_change(pair)
    if wage is not None:
        yield wage
    for name in sorted(old.keys() & new.keys() - RENEWED - WAGE):
        if old[name] not in _EMPTY and new[name] not in _EMPTY:
            found = _change(pair, name, parameters[name])
            if found is not None:
                yield found


def _change(pair: Pair, name: str, parameter: Parameter) -> Change | None:
    older, newer = pair.older.paper, pair.newer.paper
    old, new = number(older, name), number(newer, name)
    if old is not None and new is not None:
        if parameter.type is ParameterType.MONEY and not _same_currency(pair):
            return None
        way = _way(old, new, parameter.better)
        return _told(name, parameter, shown(old), shown(new), way) if old != new else None
    before, after = older.terms.values[name], newer.terms.values[name]
    if _alike(before) == _alike(after):
        return None
    way = _plain_way(name, before, after, parameter.better)
    was, now = term(pair.older.pack, name, before), term(pair.newer.pack, name, after)
    return _told(name, parameter, was, now, way)


def _same_currency(pair: Pair) -> bool:
    old, new = (one.paper.terms.values.get("wage_currency") for one in (pair.older, pair.newer))
    return old == new


def _way(old: Decimal, new: Decimal, better: Better) -> Way:
    if better is Better.HIGHER:
        return Way.BETTER if new > old else Way.WORSE
    if better is Better.LOWER:
        return Way.BETTER if new < old else Way.WORSE
    return Way.OTHER


def _plain_way(name: str, old: TermValue, new: TermValue, better: Better) -> Way:
    if better in (Better.YES, Better.NO):
        return Way.BETTER if new is (better is Better.YES) else Way.WORSE
    for order in _BEST_FIRST.get(name, ()):
        if old not in order or new not in order:
            continue
        return Way.BETTER if order.index(str(new)) < order.index(str(old)) else Way.WORSE
    return Way.OTHER


def _alike(value: TermValue) -> TermValue:
    """Spaces, dashes and the order of a list are no difference."""
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, tuple):
        return tuple(sorted(value))
    return value


def _told(name: str, parameter: Parameter, old: Value, new: Value, way: Way) -> Change:
    return Change(name=name, label=parameter.label, old=old, new=new, way=way)


def wage_change(pair: Pair) -> Change | None:
    """The basic wage for one period in the currency of the newer paper, when it changed and can be
    compared."""
    both = two_wages(pair.older.paper, pair.newer.paper)
    if both is None:
        return None
    old, new = both.old, both.new
    on = pair.newer.paper.terms.signed_on
    compared = in_currency(old, new.currency, pair.newer.given.rates, on)
    if compared is None or is_same(new, compared):
        return None
    return _told(
        "wage_amount",
        pair.newer.pack.parameters["wage_amount"],
        converted_shown(old, compared),
        money_shown(new),
        Way.WORSE if is_less(new, compared) else Way.BETTER,
    )
