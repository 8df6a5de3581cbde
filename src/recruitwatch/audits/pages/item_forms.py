"""One question as the page asks it: its words, what was answered or typed, what is wrong with it."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import msgspec
from babel.numbers import get_currency_precision

from recruitwatch.audits.values import Answer
from recruitwatch.checklists.pages.views import ItemView, sections
from recruitwatch.checklists.pages.words import reviewed
from recruitwatch.checklists.rules import applies, option_label
from recruitwatch.checklists.rules.wording import ORIGINAL
from recruitwatch.checklists.values import (
    AnswerType,
    AnswerValue,
    Checklist,
    ChoiceAnswer,
    DateAnswer,
    Item,
    MoneyAnswer,
    NumberAnswer,
    RatioAnswer,
    Section,
    Vocabulary,
    Word,
    WordAnswer,
)
from recruitwatch.errors import Message
from recruitwatch.findings.pages.words import WORDS, answer_words, evidence_words
from recruitwatch.web.forms import Errors, FormReader
from recruitwatch.web.languages import gettext
from recruitwatch.web.saying import say

NA = WordAnswer(word=Word.NA)
CHOSEN_WORDS = {
    AnswerType.YES_NO_PARTIAL_NA: (Word.YES, Word.PARTIAL, Word.NO, Word.NA),
    AnswerType.YES_NO_NA: (Word.YES, Word.NO, Word.NA),
}


class Day(msgspec.Struct, frozen=True, kw_only=True):
    day: str = ""
    month: str = ""
    year: str = ""


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """What the fields of a question hold, as text."""

    value: str = ""
    checked: str = ""
    currency: str = ""
    day: Day = Day()
    na: bool = False
    clear: bool = False
    evidence: str = ""
    note: str = ""
    reason: str = ""


class ItemForm(msgspec.Struct, frozen=True, kw_only=True):
    """`kind` is radios, ratio, number, money or date. `had` is true where an answer is stored."""

    view: ItemView
    kind: str
    choices: tuple[tuple[str, str], ...]
    asked: bool
    had: bool
    answer: str
    evidence: str
    note: str
    reason: str
    filled: Filled
    errors: dict[str, Message]
    open: bool


def section_forms(
    checklist: Checklist,
    section: Section,
    vocabulary: Vocabulary,
    facts: Mapping[str, bool],
    stored: Mapping[str, Answer],
    language: str,
    reader: FormReader | None = None,
) -> tuple[ItemForm, ...]:
    """The questions of a section, with what is stored or, after a mistake, what was typed."""
    views = next(
        one for one in sections(checklist, vocabulary, language) if one.code == section.code
    )
    currency = _usual_currency(stored.values())
    return tuple(
        _form(item, view, facts, stored.get(item.id), language, currency, reader)
        for item, view in zip(section.items, views.items, strict=True)
    )


def _form(
    item: Item,
    view: ItemView,
    facts: Mapping[str, bool],
    answer: Answer | None,
    language: str,
    currency: str,
    reader: FormReader | None,
) -> ItemForm:
    value = None if answer is None else answer.value
    filled = _typed(item, reader) if reader else _stored(answer, currency)
    errors = _errors_of(item, reader.errors if reader else {})
    option = value.option if isinstance(value, ChoiceAnswer) else ""
    return ItemForm(
        view=view,
        kind=_kind(item),
        choices=_choices(item, language),
        asked=applies(item, facts),
        had=value is not None,
        answer=answer_words(value, option_words(item, option, language) if option else ""),
        evidence=evidence_words(None if answer is None else answer.evidence),
        note="" if answer is None else answer.note,
        reason="" if answer is None else answer.na_reason,
        filled=filled,
        errors=errors,
        open=bool(filled.note or filled.reason or "note" in errors or "reason" in errors),
    )


def option_words(item: Item, option: str, language: str) -> str:
    return option_label(item, option, language if reviewed(item, language) else ORIGINAL)


def summary(errors: Errors) -> dict[str, str]:
    """The mistakes of a page of questions, each with the code of its question."""
    found = {}
    for field, message in errors.items():
        code = "-".join(field.split("-")[:3])
        is_item = len(field.split("-")) >= 3 and code.isupper()
        found[field] = f"{code}: {say(message)}" if is_item else say(message)
    return found


def _kind(item: Item) -> str:
    radios = {*CHOSEN_WORDS, AnswerType.CHOICE}
    return "radios" if item.answer.type in radios else item.answer.type.value


def _choices(item: Item, language: str) -> tuple[tuple[str, str], ...]:
    if item.answer.type is AnswerType.CHOICE:
        options = [(one, option_words(item, one, language)) for one in item.answer.options]
        return (*options, (Word.NA.value, gettext(WORDS[Word.NA])))
    words: Sequence[Word] = CHOSEN_WORDS.get(item.answer.type, ())
    return tuple((word.value, gettext(WORDS[word])) for word in words)


def _errors_of(item: Item, errors: Errors) -> dict[str, Message]:
    """By part: value, checked, currency, evidence, note, reason."""
    start = f"{item.id}-"
    parts = {name.removeprefix(start): one for name, one in errors.items() if start in name}
    if item.id in errors:
        parts["value"] = errors[item.id]
    return parts


def _typed(item: Item, reader: FormReader) -> Filled:
    def part(name: str) -> str:
        return reader.form.get(f"{item.id}-{name}", "")

    return Filled(
        value=reader.form.get(item.id, ""),
        checked=part("checked"),
        currency=part("currency"),
        day=Day(day=part("day"), month=part("month"), year=part("year")),
        na=reader.flag(f"{item.id}-na"),
        clear=reader.flag(f"{item.id}-clear"),
        evidence=part("evidence"),
        note=part("note"),
        reason=part("reason"),
    )


def _stored(answer: Answer | None, currency: str) -> Filled:
    if answer is None:
        return Filled(currency=currency)
    filled = Filled(
        currency=currency,
        na=answer.value == NA,
        evidence=answer.evidence.value if answer.evidence else "",
        note=answer.note,
        reason=answer.na_reason,
    )
    return msgspec.structs.replace(filled, **_parts(answer.value))


def _parts(value: AnswerValue | None) -> dict[str, str | Day]:
    match value:
        case WordAnswer(word=word):
            return {"value": word.value}
        case ChoiceAnswer(option=option):
            return {"value": option}
        case NumberAnswer(number=number):
            return {"value": f"{number:f}"}
        case RatioAnswer(ok=ok, checked=checked):
            return {"value": str(ok), "checked": str(checked)}
        case MoneyAnswer(amount_minor=amount, currency=currency):
            places = get_currency_precision(currency)
            return {"value": f"{Decimal(amount).scaleb(-places):f}", "currency": currency}
        case DateAnswer(on=on):
            return {"day": Day(day=str(on.day), month=str(on.month), year=str(on.year))}
    return {}


def _usual_currency(answers: Iterable[Answer]) -> str:
    """The currency of an amount already given here, so that it need not be typed again."""
    found = [one.value.currency for one in answers if isinstance(one.value, MoneyAnswer)]
    return found[0] if found else ""
