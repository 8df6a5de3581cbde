"""What two files tell of one worker and one agency, taken together: what stands in both counts once."""

from collections import Counter
from collections.abc import Iterator, Sequence

from recruitwatch.contracts.values.checking import AgencyFinding, Payment


def all_payments(first: Sequence[Payment], second: Sequence[Payment]) -> tuple[Payment, ...]:
    """Payments of two files. One that stands in both is the same: due, paid, amount and currency are
    equal. Two equal ones in one file are two."""
    known = Counter(first)
    new: list[Payment] = []
    for one in second:
        if known[one] > 0:
            known[one] -= 1
        else:
            new.append(one)
    return (*first, *new)


def all_findings(
    first: Sequence[AgencyFinding], second: Sequence[AgencyFinding]
) -> tuple[AgencyFinding, ...]:
    """Findings of two lists. Those with the same id and rule are one, as the newest of them tells it;
    one without an id may be any of the same rule, gravity and day that the other list has."""
    in_order = sorted((*first, *second), key=lambda one: one.confirmed_on)
    named = {(one.rule, one.id): one for one in in_order if one.id is not None}
    keys = dict.fromkeys(_key(one) for one in (*first, *second))
    nameless = (
        each
        for key in keys
        for each in _nameless(
            [one for one in first if _key(one) == key], [one for one in second if _key(one) == key]
        )
    )
    return (*named.values(), *nameless)


def _key(one: AgencyFinding) -> tuple[str, str, str]:
    return (one.rule, one.severity, one.confirmed_on.isoformat())


def _nameless(first: list[AgencyFinding], second: list[AgencyFinding]) -> Iterator[AgencyFinding]:
    named = {one.id for one in (*first, *second) if one.id is not None}
    nameless = [one for one in (*first, *second) if one.id is None]
    most = max(_count(first), _count(second))
    yield from nameless[: max(most - len(named), 0)]


def _count(findings: list[AgencyFinding]) -> int:
    named = {one.id for one in findings if one.id is not None}
    return len(named) + sum(one.id is None for one in findings)
