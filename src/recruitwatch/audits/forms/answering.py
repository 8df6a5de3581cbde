"""A page of answers: each item by itself, all mistakes at once.

What is left empty stays as it was, so that part of a page can be saved and an old page in another
window takes no answer back. A field that showed an answer and is now empty takes it back.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation

from babel.numbers import get_currency_precision

from recruitwatch.audits.values import Answer, Changes
from recruitwatch.checklists.rules import PROBLEM_TEXTS, Parameters, check_answer
from recruitwatch.checklists.values import (
    AnswerProblem,
    AnswerType,
    AnswerValue,
    ChoiceAnswer,
    DateAnswer,
    EvidenceLevel,
    Item,
    MoneyAnswer,
    NumberAnswer,
    RatioAnswer,
    Word,
    WordAnswer,
)
from recruitwatch.errors import N_, Message
from recruitwatch.web.forms import NOT_A_NUMBER, FormReader, plain_digits

NA = WordAnswer(word=Word.NA)
WORD_TYPES = frozenset({AnswerType.YES_NO_PARTIAL_NA, AnswerType.YES_NO_NA})
LONGEST = 10_000

BOTH = N_("Give an answer or mark the question as not applicable, not both.")
CURRENCY_MISSING = N_("Give the currency, like USD.")
TOO_FINE = N_("This currency has no such small amounts.")
HALF_RATIO = N_("Give both numbers: in order, and checked.")

FIELD_OF = {
    AnswerProblem.REASON_MISSING: "-reason",
    AnswerProblem.REASON_TOO_LONG: "-reason",
    AnswerProblem.REASON_WITHOUT_NA: "-reason",
    AnswerProblem.NOTE_TOO_LONG: "-note",
    AnswerProblem.EVIDENCE_WITHOUT_ANSWER: "-evidence",
    AnswerProblem.CURRENCY_INVALID: "-currency",
    AnswerProblem.CURRENCY_DIFFERS: "-currency",
}


def parse_answers(
    reader: FormReader,
    items: Iterable[Item],
    stored: Mapping[str, Answer],
    *,
    checklist_id: str,
    interview_no: int = 0,
    parameters: Parameters | None = None,
) -> Changes:
    """What the page changes. Look at `reader.errors` first: with any, nothing may be written."""
    answers, cleared = [], []
    for item in items:
        old = stored.get(item.id)
        new = _answer(reader, item, old, checklist_id, interview_no)
        if new is None:
            continue
        if new.value is None and not new.note and not new.na_reason and new.evidence is None:
            if old is not None:
                cleared.append(item.id)
            continue
        _check(reader, item, new, parameters)
        if new != old:
            answers.append(new)
    return Changes(answers=tuple(answers), cleared=tuple(cleared))


def _answer(
    reader: FormReader, item: Item, old: Answer | None, checklist_id: str, interview_no: int
) -> Answer | None:
    """The item as the page leaves it; None if the page said nothing about it."""
    if f"{item.id}-here" not in reader.form:
        return None
    value = _value(reader, item)
    if value is None and old is not None and not _taken_back(reader, item):
        value = old.value
    reason = reader.text(f"{item.id}-reason", longest=LONGEST)
    level = reader.form.get(f"{item.id}-evidence", "")
    evidence = EvidenceLevel(level) if level in set(EvidenceLevel) else None
    return Answer(
        checklist_id=checklist_id,
        item_id=item.id,
        value=value,
        evidence=None if value == NA else evidence,
        note=reader.text(f"{item.id}-note", longest=LONGEST),
        na_reason=reason,
        interview_no=interview_no,
    )


def _taken_back(reader: FormReader, item: Item) -> bool:
    """The box for it is ticked, or a field that showed an answer was emptied."""
    if item.answer.type in WORD_TYPES or item.answer.type is AnswerType.CHOICE:
        return reader.flag(f"{item.id}-clear")
    return reader.flag(f"{item.id}-had")


def _check(reader: FormReader, item: Item, answer: Answer, parameters: Parameters | None) -> None:
    problems = check_answer(
        item,
        answer.value,
        answer.evidence,
        answer.na_reason,
        note=answer.note,
        parameters=parameters,
    )
    for problem in problems:
        field = item.id + FIELD_OF.get(problem, "")
        reader.errors.setdefault(field, Message(PROBLEM_TEXTS[problem]))


def _value(reader: FormReader, item: Item) -> AnswerValue | None:
    kind = item.answer.type
    if kind in WORD_TYPES:
        word = reader.form.get(item.id, "")
        return None if not word or reader.flag(f"{item.id}-clear") else _word(reader, item, word)
    if kind is AnswerType.CHOICE:
        return None if reader.flag(f"{item.id}-clear") else _choice(reader, item)
    value = _typed(reader, item)
    if not reader.flag(f"{item.id}-na"):
        return value
    if value is not None:
        reader.refuse(item.id, BOTH)
    return NA


def _word(reader: FormReader, item: Item, word: str) -> WordAnswer | None:
    if word not in set(Word):
        reader.refuse(item.id, PROBLEM_TEXTS[AnswerProblem.NOT_AN_OPTION])
        return None
    return WordAnswer(word=Word(word))


def _choice(reader: FormReader, item: Item) -> AnswerValue | None:
    option = reader.form.get(item.id, "")
    if option == NA.word and option not in item.answer.options:
        return NA
    return ChoiceAnswer(option=option) if option else None


def _typed(reader: FormReader, item: Item) -> AnswerValue | None:
    match item.answer.type:
        case AnswerType.RATIO:
            return _ratio(reader, item)
        case AnswerType.MONEY:
            return _money(reader, item)
        case AnswerType.DATE:
            on = reader.day(item.id)
            return None if on is None else DateAnswer(on=on)
        case _:
            number = _decimal(reader, item.id)
            return None if number is None else NumberAnswer(number=number)


def _ratio(reader: FormReader, item: Item) -> RatioAnswer | None:
    ok = reader.whole(item.id, least=0, most=10**9)
    checked = reader.whole(f"{item.id}-checked", least=0, most=10**9)
    if (ok is None) != (checked is None):
        reader.refuse(item.id if ok is None else f"{item.id}-checked", HALF_RATIO)
    if ok is None or checked is None:
        return None
    return RatioAnswer(ok=ok, checked=checked)


def _money(reader: FormReader, item: Item) -> MoneyAnswer | None:
    """An amount as people write it. The currency alone is no answer: it is filled in beforehand."""
    amount = _decimal(reader, item.id)
    currency = reader.text(f"{item.id}-currency", longest=20).upper()
    if amount is None:
        return None
    if not currency:
        reader.refuse(f"{item.id}-currency", CURRENCY_MISSING)
        return None
    minor = amount.scaleb(get_currency_precision(currency))
    if minor != minor.to_integral_value():
        reader.refuse(item.id, TOO_FINE)
        return None
    return MoneyAnswer(amount_minor=int(minor), currency=currency)


def _decimal(reader: FormReader, name: str) -> Decimal | None:
    """A number in any script's digits, with decimals, also below zero."""
    text = plain_digits(reader.form.get(name, "")).replace(",", "").replace("−", "-").strip()
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or len(text) > 20 or value.adjusted() > 15:
        reader.refuse(name, NOT_A_NUMBER)
        return None
    return value
