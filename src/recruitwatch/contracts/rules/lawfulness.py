"""What is wrong in sources, instruments, corridor facts and check rules."""

from collections import Counter
from collections.abc import Iterator

from recruitwatch.contracts.rules.soundness import Unsound
from recruitwatch.contracts.values.corridors import (
    ANY,
    EVERY_CLAUSE,
    CheckRule,
    Checks,
    Corridors,
    Fact,
    How,
    Instruments,
    OriginFact,
    Sources,
)


def unsound_instruments(instruments: Instruments, sources: Sources | None) -> Iterator[Unsound]:
    """Instruments whose opening was read in a source that does not exist."""
    if sources is None:
        yield Unsound("$.sources", f"sources version {instruments.sources} does not exist")
        return
    for code, one in instruments.instruments.items():
        if one.opening is not None and one.opening not in sources.sources:
            path = f"$.instruments.{code}.opening"
            yield Unsound(path, f"{code}: unknown source {one.opening}")


def _sourced(
    path: str, name: str, source: str | None, others: tuple[str, ...], how: How, sources: Sources
) -> Iterator[Unsound]:
    if source is None and how is How.SEEN:
        yield Unsound(path, f"{name} was seen, so it needs its source")
    for one in (source, *others):
        if one is not None and one not in sources.sources:
            yield Unsound(path, f"{name}: unknown source {one}")


def _fact(
    fact: Fact, path: str, name: str, sources: Sources, packs: frozenset[str]
) -> Iterator[Unsound]:
    yield from _sourced(path, name, fact.source, fact.other_sources, fact.how, sources)
    if fact.start is not None and fact.end is not None and fact.end < fact.start:
        yield Unsound(path, f"{name} ends before it starts")
    for pack in fact.packs:
        if pack not in packs:
            yield Unsound(path, f"{name}: unknown pack {pack}")


def unsound_destinations(
    corridors: Corridors, sources: Sources | None, packs: frozenset[str]
) -> Iterator[Unsound]:
    """Facts of destinations without a known source or pack, that end before they start, or of a
    destination that stands there twice."""
    written = corridors.destinations
    if sources is None:
        yield Unsound("$.sources", f"sources version {written.sources} does not exist")
        return
    if written.covers_to < written.covers_from:
        yield Unsound("$.covers_to", "ends before it starts")
    for code, times in Counter(one.code for one in written.destinations).items():
        if times > 1:
            yield Unsound("$.destinations", f"{code} stands here {times} times")
    for at, destination in enumerate(written.destinations):
        for number, fact in enumerate(destination.facts):
            path = f"$.destinations[{at}].facts[{number}]"
            name = f"{destination.code}, {fact.about}"
            yield from _fact(fact, path, name, sources, packs)
            yield from _overlap(destination.facts[:number], fact, path, name)


def _overlap(before: tuple[Fact, ...], fact: Fact, path: str, name: str) -> Iterator[Unsound]:
    """Two sure figures of the same thing on the same day would make a guess of which one counts."""
    for one in before:
        if (
            one.about == fact.about
            and one.how is How.SEEN
            and fact.how is How.SEEN
            and set(one.packs) & set(fact.packs)
            and (one.end is None or fact.start is None or fact.start <= one.end)
            and (fact.end is None or one.start is None or one.start <= fact.end)
        ):
            yield Unsound(path, f"{name}: two facts that were seen are in force on the same days")


def unsound_origins(
    corridors: Corridors, sources: Sources, packs: frozenset[str]
) -> Iterator[Unsound]:
    """Rules and facts of origins with unknown sources, destinations or packs."""
    destinations = {one.code for one in corridors.destinations.destinations}
    for at, origin in enumerate(corridors.origins.origins):
        for number, rule in enumerate(origin.rules):
            path = f"$.origins[{at}].rules[{number}]"
            name = f"{origin.code}, rule {number + 1}"
            yield from _sourced(path, name, rule.source, (), rule.how, sources)
        for number, fact in enumerate(origin.facts):
            path = f"$.origins[{at}].facts[{number}]"
            yield from _fact(fact, path, f"{origin.code}, {fact.about}", sources, packs)
            yield from _somewhere(fact, path, origin.code, destinations)
        for number, closing in enumerate(origin.closings):
            path = f"$.origins[{at}].closings[{number}]"
            yield from _sourced(
                path, f"{origin.code}, closing", closing.source, (), closing.how, sources
            )
            if closing.destination not in destinations:
                yield Unsound(path, f"{origin.code}: unknown destination {closing.destination}")


def _somewhere(
    fact: OriginFact, path: str, origin: str, destinations: set[str]
) -> Iterator[Unsound]:
    if fact.destination is not None and fact.destination not in destinations:
        yield Unsound(path, f"{origin}: unknown destination {fact.destination}")


def unsound_wage_floors(
    corridors: Corridors, sources: Sources, packs: frozenset[str]
) -> Iterator[Unsound]:
    """Wage floors with unknown sources, countries or packs."""
    origins = {one.code for one in corridors.origins.origins}
    destinations = {one.code for one in corridors.destinations.destinations} | {ANY}
    for at, floor in enumerate(corridors.wage_floors.wage_floors):
        path = f"$.wage_floors[{at}]"
        name = f"{floor.origin} to {floor.destination}"
        yield from _sourced(path, name, floor.source, floor.other_sources, floor.how, sources)
        if floor.origin not in origins:
            yield Unsound(path, f"unknown origin {floor.origin}")
        if floor.destination not in destinations:
            yield Unsound(path, f"unknown destination {floor.destination}")
        if floor.start is not None and floor.end is not None and floor.end < floor.start:
            yield Unsound(path, f"{name} ends before it starts")
        for pack in set(floor.packs) - packs:
            yield Unsound(path, f"{name}: unknown pack {pack}")


def unsound_checks(
    checks: Checks,
    sources: Sources | None,
    clauses: frozenset[str],
    parameters: frozenset[str],
) -> Iterator[Unsound]:
    """Check rules and patterns that name an unknown rule, clause, parameter or source."""
    if sources is None:
        yield Unsound("$.sources", f"sources version {checks.sources} does not exist")
        return
    known = {one.id for one in checks.rules}
    for name, times in Counter(one.id for one in checks.rules).items():
        if times > 1:
            yield Unsound("$.rules", f"{name} stands here {times} times")
    for at, rule in enumerate(checks.rules):
        yield from _check(rule, f"$.rules[{at}]", clauses, parameters)
    for at, pattern in enumerate(checks.patterns):
        path = f"$.patterns[{at}]"
        for name in pattern.rules:
            if name not in known:
                yield Unsound(f"{path}.rules", f"{pattern.id}: unknown rule {name}")
        if pattern.seen is not None and pattern.seen not in sources.sources:
            yield Unsound(f"{path}.seen", f"{pattern.id}: unknown source {pattern.seen}")


def _check(
    rule: CheckRule, path: str, clauses: frozenset[str], parameters: frozenset[str]
) -> Iterator[Unsound]:
    if rule.id[4] != rule.stage:
        yield Unsound(f"{path}.stage", f"{rule.id} is not of the stage {rule.stage}")
    if rule.clause not in clauses and rule.clause != EVERY_CLAUSE:
        yield Unsound(f"{path}.clause", f"{rule.id}: unknown clause {rule.clause}")
    for name in rule.parameters:
        if name not in parameters:
            yield Unsound(f"{path}.parameters", f"{rule.id}: unknown parameter {name}")
