"""Saying in words where each value of a contract comes from, and what was read but never blocks."""

from collections.abc import Iterator

from recruitwatch.contracts.rules.choosing import DECLARED
from recruitwatch.contracts.rules.naming import NOTHING, counted, figure, place, unit_of
from recruitwatch.contracts.values.corridors import How
from recruitwatch.contracts.values.judged import Bound, Choice, ContractLibrary, Whose
from recruitwatch.contracts.values.terms import Contract, WorkerIs
from recruitwatch.errors import N_, SEMICOLON, English, Message, Value, listed

CHOSEN = {
    Whose.DESTINATION: N_("%(label)s: %(value)s, by the law of %(destination)s (%(source)s)."),
    Whose.ORIGIN: N_(
        "%(label)s: %(value)s, by the rule of %(origin)s for %(destination)s (%(source)s)."
    ),
    Whose.ORIGIN_EVERYWHERE: N_(
        "%(label)s: %(value)s, by the rule of %(origin)s for every country (%(source)s)."
    ),
    Whose.GIVEN: N_("%(label)s: %(value)s, as it was given."),
    Whose.MODEL: N_("%(label)s: %(value)s, as the model proposes."),
    Whose.NOBODY: N_("%(label)s: nobody gives a value, so the line stays blank."),
}
LIMIT = {
    Whose.DESTINATION: N_("%(label)s: the law of %(destination)s says %(value)s (%(source)s)."),
    Whose.ORIGIN: N_(
        "%(label)s: the rule of %(origin)s for %(destination)s says %(value)s (%(source)s)."
    ),
    Whose.ORIGIN_EVERYWHERE: N_(
        "%(label)s: the rule of %(origin)s for every country says %(value)s (%(source)s)."
    ),
}
DECLARED_OTHERWISE = {
    Whose.DESTINATION: N_(
        "The worker says that %(value)s was paid to get the job. The law of %(destination)s asks that a"
        " worker pays at most %(limit)s (%(source)s). What was said stays in the contract: it is needed to"
        " get the money back."
    ),
    Whose.ORIGIN: N_(
        "The worker says that %(value)s was paid to get the job. The rule of %(origin)s for %(destination)s"
        " asks that a worker pays at most %(limit)s (%(source)s). What was said stays in the contract: it is"
        " needed to get the money back."
    ),
    Whose.ORIGIN_EVERYWHERE: N_(
        "The worker says that %(value)s was paid to get the job. The rule of %(origin)s for every country"
        " asks that a worker pays at most %(limit)s (%(source)s). What was said stays in the contract: it is"
        " needed to get the money back."
    ),
}
UNMATCHED = N_(
    "%(label)s: %(source)s also gives %(value)s. That is sure, and cannot be compared without an exchange"
    " rate."
)
FOR_WOMEN = N_(
    "%(label)s: for a woman %(source)s gives %(value)s. It would count for a woman; nobody said whether the"
    " worker is one."
)
NO_VALUE = N_("%(label)s: %(source)s gives no figure.")
RAISED = N_("%(label)s: %(value)s was given, and the rule is better for the worker.")
SHOWN = {
    How.GENERAL: N_(
        "%(label)s: %(value)s is known in general and was not checked (%(source)s). It never blocks."
    ),
    How.CONFLICT: N_("%(label)s: sources disagree. %(source)s: %(value)s. It never blocks."),
}
# The unit of an amount that holds in every currency, such as nothing.
_ANY = "any"
CLOSED = N_("%(origin)s closed or restricted this work in %(destination)s (%(source)s): %(note)s")


def report_of(contract: Contract, library: ContractLibrary) -> Iterator[Message]:
    """Sentences about every value on which a rule, a person or a doubtful source had a say. Values
    that are only the model's stay out."""
    titles = _Titles(library)
    places = _places(contract)
    for closing in contract.law.closings:
        source = titles.of(closing.source)
        yield Message(CLOSED, {**places, "source": source, "note": English(closing.note)})
    not_said = contract.terms.worker_is is WorkerIs.NOT_SAID
    for choice in contract.choices:
        yield from _choice(choice, places, titles)
        yield from _for_women(choice, titles) if not_said else ()


def limits_of(choice: Choice, contract: Contract, library: ContractLibrary) -> tuple[Message, ...]:
    """Every figure that bears on one value, as sentences with their sources: those that count first."""
    said = {**_places(contract), "label": Message(choice.label)}
    titles = _Titles(library)
    figures = (*choice.bounds, *choice.unmatched, *choice.doubtful)
    beside = [_beside(bound, said, titles) for bound in figures]
    if contract.terms.worker_is is WorkerIs.NOT_SAID:
        beside.extend(_for_women(choice, titles))
    return tuple(beside)


def _for_women(choice: Choice, titles: "_Titles") -> Iterator[Message]:
    label = Message(choice.label)
    for bound in choice.for_women:
        if bound.value is not None:
            said = {"label": label, "value": _figure(bound), "source": titles.every(bound)}
            yield Message(FOR_WOMEN, said)


def _places(contract: Contract) -> dict[str, Value]:
    return {"origin": place(contract.law.origin), "destination": place(contract.law.destination)}


def _choice(choice: Choice, places: dict[str, Value], titles: "_Titles") -> Iterator[Message]:
    if not choice.bounds and not choice.unmatched and not choice.doubtful:
        return
    label = {**places, "label": Message(choice.label)}
    shown = _shown(choice.value, choice.currency)
    source = titles.of(choice.source)
    yield Message(CHOSEN[choice.whose], {**label, "value": shown, "source": source})
    if choice.given is not None:
        yield Message(RAISED, {**label, "value": _shown(choice.given, choice.currency)})
    behind = choice.bounds if choice.source is None else choice.bounds[1:]
    for bound in behind:
        yield _otherwise(choice, bound, label, titles) or _beside(bound, label, titles)
    for bound in (*choice.unmatched, *choice.doubtful):
        yield _beside(bound, label, titles)


def _otherwise(
    choice: Choice, bound: Bound, label: dict[str, Value], titles: "_Titles"
) -> Message | None:
    """What a person says has happened, beside a sure figure that it should not have exceeded."""
    limit = bound.compared
    if choice.parameter not in DECLARED or choice.value is None or limit is None:
        return None
    if choice.value <= limit:
        return None
    said = {
        "value": _shown(choice.value, choice.currency),
        "limit": _shown(limit, choice.currency),
        "source": titles.every(bound),
    }
    return Message(DECLARED_OTHERWISE[bound.whose], {**label, **said})


def _beside(bound: Bound, label: dict[str, Value], titles: "_Titles") -> Message:
    said = {**label, "value": _figure(bound), "source": titles.every(bound)}
    if bound.value is None:
        return Message(NO_VALUE, said)
    if not bound.counts:
        return Message(SHOWN[bound.how], said)
    # A sure figure of which nobody knows what it is worth here has nothing that it is compared as.
    return Message(UNMATCHED if bound.compared is None else LIMIT[bound.whose], said)


def _figure(bound: Bound) -> Value:
    return _shown(bound.value, None if bound.unit == _ANY else unit_of(bound))


def _shown(value: int | float | None, unit: Value | None) -> Value:
    return NOTHING if value is None else counted(figure(value), unit)


class _Titles:
    """What the sources of the newest list are called."""

    def __init__(self, library: ContractLibrary) -> None:
        self.sources = library.sources[max(library.sources)].sources

    def of(self, source: str | None) -> Value:
        found = self.sources.get(source or "")
        return English(f"{source}, {found.title}") if found else NOTHING

    def every(self, bound: Bound) -> Value:
        sources = [self.of(one) for one in (bound.source, *bound.other_sources) if one]
        return listed(sources, SEMICOLON) if sources else NOTHING
