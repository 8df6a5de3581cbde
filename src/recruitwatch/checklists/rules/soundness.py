"""What must hold within one checklist or one vocabulary, whatever the others say."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from recruitwatch.checklists.values import (
    ALWAYS,
    NOT_SCORED_PRINCIPLE,
    AnswerRule,
    AnswerType,
    Checklist,
    Item,
    Operator,
    ParameterType,
    Reference,
    Severity,
    Vocabulary,
)


class Unsound(NamedTuple):
    path: str
    message: str


_FILE = re.compile(r"(?:.*/)?(?P<id>[a-z][a-z0-9_]*)/v(?P<version>[0-9]+)\.yaml\Z")


def unsound_checklist(checklist: Checklist, file: str) -> Iterator[Unsound]:
    """What is wrong within one checklist: its name, ids given twice, gates, answer rules."""
    yield from _named(file, checklist.id, checklist.version)
    yield from _succession(checklist.version, checklist.supersedes)
    sections = [(f"$.sections[{at}].code", one.code) for at, one in enumerate(checklist.sections)]
    yield from _twice(sections, "section code")
    items = list(items_with_paths(checklist))
    yield from _twice([(f"{path}.id", item.id) for path, item in items], "item id")
    for path, item in items:
        yield from _item(item, path)


def unsound_vocabulary(vocabulary: Vocabulary, file: str) -> Iterator[Unsound]:
    """What is wrong within the shared words: names given twice, words that are missing."""
    yield from _named(file, "vocabulary", vocabulary.version)
    yield from _succession(vocabulary.version, vocabulary.supersedes)
    named: dict[str, list[str]] = {
        "parameters[].name": [one.name for one in vocabulary.parameters],
        "facts[].name": [one.name for one in vocabulary.facts],
        "evidence_codes[].code": [one.code for one in vocabulary.evidence_codes],
        "evidence_levels[].level": [str(one.level) for one in vocabulary.evidence_levels],
        "severities[].name": [str(one.name) for one in vocabulary.severities],
        "principles[].code": [one.code for one in vocabulary.principles],
        "instruments[].code": [one.code for one in vocabulary.instruments],
        "complaint_categories[].code": [one.code for one in vocabulary.complaint_categories],
    }
    for pattern, names in named.items():
        places = [(f"$.{pattern.replace('[]', f'[{at}]')}", name) for at, name in enumerate(names)]
        yield from _twice(places, "name")
    missing = [one for one in Severity if one not in named["severities[].name"]]
    if missing:
        yield Unsound("$.severities", f"no weight for {', '.join(missing)}")
    if ALWAYS not in named["facts[].name"]:
        yield Unsound("$.facts", f'the fact "{ALWAYS}" is missing')
    if NOT_SCORED_PRINCIPLE in named["principles[].code"]:
        yield Unsound(
            "$.principles", f"{NOT_SCORED_PRINCIPLE} means not scored and is no principle"
        )
    for at, category in enumerate(vocabulary.complaint_categories):
        if category.principle not in {NOT_SCORED_PRINCIPLE, *named["principles[].code"]}:
            path = f"$.complaint_categories[{at}].principle"
            yield Unsound(path, f"unknown principle {category.principle}")
    for at, parameter in enumerate(vocabulary.parameters):
        if parameter.type is ParameterType.MONEY and parameter.default not in (None, 0):
            message = "an amount needs a currency, so the default is null or 0"
            yield Unsound(f"$.parameters[{at}].default", message)


def items_with_paths(checklist: Checklist) -> Iterator[tuple[str, Item]]:
    """Every item of a checklist with its path in the file, in the order it is asked."""
    for s, section in enumerate(checklist.sections):
        for i, item in enumerate(section.items):
            yield f"$.sections[{s}].items[{i}]", item


def _named(file: str, name: str, version: int) -> Iterator[Unsound]:
    found = _FILE.fullmatch(file)
    if found is None:
        return
    if name != "vocabulary" and found["id"] != name:
        yield Unsound("$.id", f"{name} lies in the folder {found['id']}")
    if found["version"] != str(version):
        yield Unsound("$.version", f"version {version} lies in a file named v{found['version']}")


def _succession(version: int, supersedes: int | None) -> Iterator[Unsound]:
    if version == 1 and supersedes is not None:
        yield Unsound("$.supersedes", "version 1 supersedes nothing: write null")
    elif version > 1 and (supersedes is None or supersedes >= version):
        yield Unsound("$.supersedes", f"version {version} must supersede an earlier version")


def _twice(places: Iterable[tuple[str, str]], what: str) -> Iterator[Unsound]:
    seen: set[str] = set()
    for path, name in places:
        if name in seen:
            yield Unsound(path, f"{what} {name} is used twice")
        seen.add(name)


def _item(item: Item, path: str) -> Iterator[Unsound]:
    critical = item.severity is Severity.CRITICAL
    if critical and item.gate is None:
        yield Unsound(f"{path}.gate", "a critical item needs a gate")
    if not critical and item.gate is not None:
        yield Unsound(
            f"{path}.gate", f"only critical items have a gate, this one is {item.severity}"
        )
    if item.principle == NOT_SCORED_PRINCIPLE and item.severity is not Severity.INFO:
        yield Unsound(f"{path}.principle", "an item without a principle must have severity info")
    if critical and item.answer.compliant is None:
        yield Unsound(f"{path}.answer", "a critical item needs a compliant answer")
    yield from _options(item.answer, f"{path}.answer")
    yield from _bounds(item.answer, f"{path}.answer")
    if item.answer.compliant is not None:
        wrong = _COMPLIANT[item.answer.type](item.answer)
        if wrong:
            yield Unsound(f"{path}.answer.compliant", wrong)
    for language, translation in item.translations.items():
        for option in translation.options:
            if option not in item.answer.options:
                at = f"{path}.translations.{language}.options.{option}"
                yield Unsound(at, f"{option} is not an option of this item")


def _options(answer: AnswerRule, path: str) -> Iterator[Unsound]:
    if answer.type is not AnswerType.CHOICE:
        if answer.options:
            yield Unsound(f"{path}.options", "only a choice has options")
        return
    if len(answer.options) < 2:
        yield Unsound(f"{path}.options", "a choice needs two options or more")
    places = [(f"{path}.options[{at}]", one) for at, one in enumerate(answer.options)]
    yield from _twice(places, "option")


def _bounds(answer: AnswerRule, path: str) -> Iterator[Unsound]:
    if answer.type is not AnswerType.NUMBER:
        for name, given in (("min", answer.min), ("max", answer.max)):
            if given is not None:
                yield Unsound(f"{path}.{name}", "only a number has this bound")
        if answer.whole:
            yield Unsound(f"{path}.whole", "only a number can be whole")
    elif answer.min is not None and answer.max is not None and answer.min >= answer.max:
        yield Unsound(f"{path}.max", "must be above min")
    if answer.negative and answer.type is not AnswerType.MONEY:
        yield Unsound(f"{path}.negative", "only for money: give a number a min below zero")


def _word(answer: AnswerRule) -> str | None:
    compliant = answer.compliant
    if compliant and compliant.op is Operator.EQ and compliant.value in ("yes", "no"):
        return None
    return 'must be {op: eq, value: "yes"} or {op: eq, value: "no"}'


def _ratio(answer: AnswerRule) -> str | None:
    message = "must be {op: gte, value: a share above 0 and up to 1}"
    compliant = answer.compliant
    if compliant is None or compliant.op is not Operator.GTE:
        return message
    if isinstance(compliant.value, int | float) and 0 < compliant.value <= 1:
        return None
    return message


def _number(answer: AnswerRule) -> str | None:
    compliant = answer.compliant
    message = "must compare (eq, gte, lte) with a figure or {param: name}"
    if compliant is None or compliant.op is Operator.IN:
        return message
    fits = isinstance(compliant.value, int | float) or _is_parameter(compliant.value)
    return None if fits else message


def _money(answer: AnswerRule) -> str | None:
    compliant = answer.compliant
    message = "must compare (gte, lte) with 0 or {param: name}: an amount needs a currency"
    if compliant is None or compliant.op not in (Operator.GTE, Operator.LTE):
        return message
    return None if compliant.value == 0 or _is_parameter(compliant.value) else message


def _date(answer: AnswerRule) -> str | None:
    compliant = answer.compliant
    if compliant and compliant.op in (Operator.GTE, Operator.LTE):
        value = compliant.value
        if isinstance(value, Reference) and value.today:
            return None
        if isinstance(value, str) and _is_date(value):
            return None
    return 'must compare (gte, lte) with {today: true} or a date written "2026-01-31"'


def _choice(answer: AnswerRule) -> str | None:
    compliant = answer.compliant
    if compliant and compliant.op is Operator.IN and isinstance(compliant.value, tuple):
        strange = [one for one in compliant.value if one not in answer.options]
        if strange:
            return f"{', '.join(strange)}: not among the options"
        return None if compliant.value else "names no option"
    if compliant and compliant.op is Operator.EQ and isinstance(compliant.value, str):
        return (
            None
            if compliant.value in answer.options
            else f"{compliant.value}: not among the options"
        )
    return "must be {op: in, value: [options]} or {op: eq, value: option}"


def _is_parameter(value: object) -> bool:
    return isinstance(value, Reference) and value.param is not None


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2026-01-31")


_COMPLIANT: dict[AnswerType, Callable[[AnswerRule], str | None]] = {
    AnswerType.YES_NO_PARTIAL_NA: _word,
    AnswerType.YES_NO_NA: _word,
    AnswerType.RATIO: _ratio,
    AnswerType.NUMBER: _number,
    AnswerType.MONEY: _money,
    AnswerType.DATE: _date,
    AnswerType.CHOICE: _choice,
}
