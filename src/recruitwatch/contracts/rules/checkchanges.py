"""A difference between two versions of the check rules in words: which rule, what it asked and asks."""

from collections.abc import Iterator, Mapping

from recruitwatch.contracts.rules.naming import NAMED, NOTHING
from recruitwatch.contracts.values.changed import SaidCheckChange
from recruitwatch.contracts.values.corridors import CheckRule, Checks, Escalation, Gravity, Pattern
from recruitwatch.errors import N_, WITH_NOTE, English, Message, Value, listed

NEW_RULE, RULE_GONE = N_("New check rule"), N_("Check rule left out")
NEW_PATTERN, PATTERN_GONE = N_("New pattern"), N_("Pattern left out")
_SEVERITIES: Mapping[Gravity, str] = {
    Gravity.CRITICAL: N_("critical"),
    Gravity.SERIOUS: N_("serious"),
    Gravity.MODERATE: N_("moderate"),
    Gravity.MINOR: N_("minor"),
}
_OF_RULE: Mapping[str, str] = {
    "stage": N_("Stage"),
    "field": N_("What is checked"),
    "test": N_("What must be true, or what fires"),
    "severity": N_("Severity"),
    "escalates": N_("When it is graver"),
    "clause": N_("Clause"),
    "parameters": N_("Values that it reads"),
    "items": N_("Checklist items"),
}
_OF_PATTERN: Mapping[str, str] = {
    "name": N_("Name"),
    "rules": N_("Check rules"),
    "story": N_("What happens"),
    "seen": N_("Source"),
}


def said_check_changes(old: Checks, new: Checks) -> tuple[SaidCheckChange, ...]:
    """Every rule and pattern that came, went or reads differently, in the order of their names."""
    return (
        *_said(
            {one.id: one for one in old.rules},
            {one.id: one for one in new.rules},
            _OF_RULE,
            (NEW_RULE, RULE_GONE),
        ),
        *_said(
            {one.id: one for one in old.patterns},
            {one.id: one for one in new.patterns},
            _OF_PATTERN,
            (NEW_PATTERN, PATTERN_GONE),
        ),
    )


def _said(
    old: Mapping[str, CheckRule | Pattern],
    new: Mapping[str, CheckRule | Pattern],
    fields: Mapping[str, str],
    turns: tuple[str, str],
) -> Iterator[SaidCheckChange]:
    came, went = turns
    for name in sorted({*old, *new}):
        before, after = old.get(name), new.get(name)
        if before is None and after is not None:
            yield SaidCheckChange(rule=name, what=Message(came), new=_whole(after))
        elif after is None and before is not None:
            yield SaidCheckChange(rule=name, what=Message(went), old=_whole(before))
        else:
            yield from _changed(name, before, after, fields)


def _changed(
    name: str,
    old: CheckRule | Pattern | None,
    new: CheckRule | Pattern | None,
    fields: Mapping[str, str],
) -> Iterator[SaidCheckChange]:
    for field, label in fields.items():
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            yield SaidCheckChange(
                rule=name, what=Message(label), old=_told(field, before), new=_told(field, after)
            )


def _whole(one: CheckRule | Pattern) -> Value:
    if isinstance(one, Pattern):
        return Message(NAMED, {"label": Message(one.name), "value": Message(one.story)})
    test = English(f"{one.field}: {one.test}")
    return Message(WITH_NOTE, {"value": test, "note": Message(_SEVERITIES[one.severity])})


def _told(field: str, value: object) -> Value:
    """Codes of rules, items, sources and values stay; what a rule tests is told in English alone."""
    if value is None or value == ():
        return NOTHING
    if isinstance(value, tuple):
        return listed(map(str, value))
    if isinstance(value, Escalation):
        severity = Message(_SEVERITIES[value.severity])
        return Message(NAMED, {"label": severity, "value": English(value.when)})
    if isinstance(value, Gravity):
        return Message(_SEVERITIES[value])
    match field:
        case "name" | "story":
            return Message(str(value))
        case "field" | "test":
            return English(str(value))
        case _:
            return str(value)
