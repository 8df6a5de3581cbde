"""What is wrong in a pack of clauses or its texts that a schema alone cannot see."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import NamedTuple

from recruitwatch.contracts.rules.conditions import (
    Compare,
    Condition,
    ConditionWrong,
    Name,
    Not,
    Plain,
    Value,
    holds,
    names_in,
    parse_condition,
)
from recruitwatch.contracts.values.corridors import Instruments
from recruitwatch.contracts.values.written import (
    Better,
    Clause,
    Default,
    Pack,
    Parameter,
    ParameterType,
)

NUMBERS = frozenset(
    {
        ParameterType.INTEGER,
        ParameterType.HOURS,
        ParameterType.DAYS,
        ParameterType.MONTHS,
        ParameterType.PERCENT,
        ParameterType.MONEY,
    }
)
CHOICES = frozenset({ParameterType.ENUM, ParameterType.LIST})


class Unsound(NamedTuple):
    """What is wrong at a path of the file."""

    path: str
    message: str


def unsound_pack(
    pack: Pack, instruments: Instruments | None, base: Pack | None
) -> Iterator[Unsound]:
    """What is wrong in the clauses of a pack. `base` is the pack it takes clauses from."""
    yield from _taken(pack, base)
    yield from _ordered(pack)
    if instruments is None:
        yield Unsound("$.instruments", f"instruments version {pack.instruments} does not exist")
    known = _parameters(pack, base)
    for at, clause in enumerate(pack.clauses):
        yield from _clause(clause, f"$.clauses[{at}]", known, instruments)
    for at, name in enumerate(pack.key_facts):
        if name not in known:
            yield Unsound(f"$.key_facts[{at}]", f"unknown parameter {name}")


def _ordered(pack: Pack) -> Iterator[Unsound]:
    taken = list(pack.base.clauses) if pack.base else []
    own = [one.id for one in pack.clauses]
    for one, times in Counter([*taken, *own]).items():
        if times > 1:
            yield Unsound("$.clauses", f"clause {one} stands here {times} times")
    for one, times in Counter(pack.order).items():
        if times > 1:
            yield Unsound("$.order", f"clause {one} stands here {times} times")
        if one not in own and one not in taken:
            yield Unsound("$.order", f"unknown clause {one}")
    for one in [*taken, *own]:
        if one not in pack.order:
            yield Unsound("$.order", f"clause {one} is missing")


def _taken(pack: Pack, base: Pack | None) -> Iterator[Unsound]:
    if pack.base is None:
        return
    if base is None:
        message = f"there is no pack {pack.base.pack} in version {pack.base.version}"
        yield Unsound("$.base", message)
        return
    there = {one.id for one in base.clauses}
    for at, one in enumerate(pack.base.clauses):
        if one not in there:
            yield Unsound(f"$.base.clauses[{at}]", f"{base.id} has no clause {one} of its own")


def _parameters(pack: Pack, base: Pack | None) -> dict[str, Parameter]:
    taken = set(pack.base.clauses) if pack.base else set()
    clauses: list[Clause] = [one for one in (base.clauses if base else ()) if one.id in taken]
    return {
        name: one for clause in [*clauses, *pack.clauses] for name, one in clause.parameters.items()
    }


def declared_twice(clauses: Iterable[Clause]) -> Iterator[tuple[str, str]]:
    """Each parameter that a second clause of a pack declares again, with that clause."""
    owners: dict[str, str] = {}
    for clause in clauses:
        for name in clause.parameters:
            if owners.setdefault(name, clause.id) != clause.id:
                yield clause.id, name


def _clause(
    clause: Clause, path: str, known: Mapping[str, Parameter], instruments: Instruments | None
) -> Iterator[Unsound]:
    for at, ref in enumerate(clause.refs):
        code = ref.partition(":")[0]
        if instruments is not None and code not in instruments.instruments:
            yield Unsound(f"{path}.refs[{at}]", f"{clause.id}: unknown instrument {code}")
    for name, parameter in clause.parameters.items():
        for message in _parameter(parameter, known):
            yield Unsound(f"{path}.parameters.{name}", f"{clause.id}.{name}: {message}")
    for message in _variants(clause, known):
        yield Unsound(f"{path}.variants", f"{clause.id}: {message}")


def _parameter(one: Parameter, known: Mapping[str, Parameter]) -> Iterator[str]:
    if (one.type in CHOICES) is not bool(one.options):
        yield "options are for the types enum and list, and only they have them"
    if (one.type is ParameterType.MONEY) is not (one.currency is not None):
        yield "money needs the parameter of its currency, and nothing else has one"
    elif one.currency is not None and (
        one.currency not in known or known[one.currency].type is not ParameterType.CURRENCY
    ):
        yield f"{one.currency} is not a parameter of the type currency"
    if one.floor is not None and one.better is not Better.HIGHER:
        yield "a floor needs a value of which more is better"
    if one.ceiling is not None and one.better not in (Better.LOWER, Better.SAME):
        yield "a ceiling needs a value of which less is better or that must stay the same"
    if one.better in (Better.HIGHER, Better.LOWER) and one.type not in NUMBERS:
        yield "only a number can be higher or lower"
    if one.better in (Better.YES, Better.NO) and one.type is not ParameterType.BOOL:
        yield "only a bool can be yes or no"
    if one.unit is not None and one.type not in NUMBERS - {ParameterType.MONEY}:
        yield "only a number has a unit"
    yield from _default(one)


def _default(one: Parameter) -> Iterator[str]:
    value = one.default
    if value is None:
        return
    if one.better is Better.YES and value is False:
        yield "a protective answer cannot be no by default"
    if one.type in NUMBERS:
        yield from _number(one, value)
    elif one.type is ParameterType.BOOL:
        if not isinstance(value, bool):
            yield "the default must be true or false"
    elif one.type is ParameterType.LIST:
        if not isinstance(value, tuple) or not set(value) <= set(one.options):
            yield "the default must be a list of its options"
    elif not isinstance(value, str):
        yield "the default must be text"
    elif one.type is ParameterType.ENUM and value not in one.options:
        yield "the default is none of its options"


def _number(one: Parameter, value: Default) -> Iterator[str]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield "the default must be a number"
    elif (one.min is not None and value < one.min) or (one.max is not None and value > one.max):
        yield "the default is outside min and max"


def _variants(clause: Clause, known: Mapping[str, Parameter]) -> Iterator[str]:
    keys = [one.key for one in clause.variants]
    if len(set(keys)) < len(keys):
        yield "two variants have the same key"
    if len(clause.variants) == 1:
        if clause.variants[0].when is not None:
            yield "the only variant cannot have a condition"
        return
    conditions: list[Condition] = []
    for one in clause.variants:
        if one.when is None:
            yield f"variant {one.key} needs a condition"
            continue
        try:
            condition = parse_condition(one.when)
        except ConditionWrong as wrong:
            yield f"variant {one.key}: {wrong}"
            continue
        unknown = sorted(names_in(condition) - set(known))
        open_ones = sorted(
            name for name in names_in(condition) - set(unknown) if known[name].default is None
        )
        if unknown:
            yield f"variant {one.key} asks for unknown parameter {unknown[0]}"
        elif open_ones:
            yield f"variant {one.key} asks for {open_ones[0]}, which needs a default"
        else:
            conditions.append(condition)
    if len(conditions) == len(clause.variants):
        yield from _exactly_one(conditions, known)


def _exactly_one(conditions: list[Condition], known: Mapping[str, Parameter]) -> Iterator[str]:
    """Tries every bool, every option, and each number beside the ones compared with."""
    names = sorted(frozenset().union(*(names_in(one) for one in conditions)))
    choices = [_samples(name, known[name], conditions) for name in names]
    for combination in product(*choices):
        values = dict(zip(names, combination, strict=True))
        try:
            count = sum(holds(one, values) for one in conditions)
        except ConditionWrong as wrong:
            yield str(wrong)
            return
        if count != 1:
            shown = ", ".join(f"{name} = {value}" for name, value in values.items())
            yield f"{count} variants fit {shown}: it must be exactly one"
            return


def _samples(name: str, parameter: Parameter, conditions: list[Condition]) -> list[Plain]:
    if parameter.type is ParameterType.BOOL:
        return [False, True]
    if parameter.type is ParameterType.ENUM:
        return list(parameter.options)
    found: set[Plain] = set()
    for condition in conditions:
        for number in _numbers_beside(condition, name):
            found |= {number - 1, number, number + 1}
    low = parameter.min if parameter.min is not None else 0
    return sorted(one for one in found if isinstance(one, int | float) and one >= low) or [low]


def _numbers_beside(condition: Condition, name: str) -> Iterator[int | float]:
    if isinstance(condition, Compare):
        sides = (condition.left, condition.right)
        if Name(name) in sides:
            for side in sides:
                if isinstance(side, Value) and isinstance(side.value, int | float):
                    yield side.value
    elif isinstance(condition, Not):
        yield from _numbers_beside(condition.part, name)
    elif not isinstance(condition, Name | Value):
        yield from _numbers_beside(condition.left, name)
        yield from _numbers_beside(condition.right, name)
