"""Whether a recorded answer can stand: right type, plausible figure, a reason where one is due."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from recruitwatch.checklists.rules.credit import KIND_OF_ANSWER, Parameters, limit_of, same_money
from recruitwatch.checklists.values import (
    NO_CURRENCY,
    AnswerProblem,
    AnswerRule,
    AnswerType,
    AnswerValue,
    ChoiceAnswer,
    DateAnswer,
    EvidenceLevel,
    Item,
    Money,
    MoneyAnswer,
    NumberAnswer,
    RatioAnswer,
    Word,
    WordAnswer,
)

MOST_CHECKED = 100_000
MOST_NUMBER = Decimal(1_000_000)
MOST_AMOUNT_MINOR = 10**14
LONGEST_REASON = 500
LONGEST_NOTE = 4_000
FIRST_YEAR, LAST_YEAR = 1950, 2150


def N_(sentence: str) -> str:  # noqa: N802 - the name gettext tools look for
    return sentence


PROBLEM_TEXTS: dict[AnswerProblem, str] = {
    AnswerProblem.WRONG_TYPE: N_("This answer does not fit the question."),
    AnswerProblem.PARTIAL_NOT_ALLOWED: N_("“Partial” is no answer to this question."),
    AnswerProblem.REASON_MISSING: N_("Say why the question does not apply."),
    AnswerProblem.REASON_TOO_LONG: N_("The reason is too long. Use 500 characters or fewer."),
    AnswerProblem.REASON_WITHOUT_NA: N_(
        "A reason is needed only when the question does not apply."
    ),
    AnswerProblem.NOTE_TOO_LONG: N_("The note is too long. Use 4,000 characters or fewer."),
    AnswerProblem.NOT_APPLICABLE: N_("This question does not apply here, so it takes no answer."),
    AnswerProblem.NOT_AN_OPTION: N_("Choose one of the options."),
    AnswerProblem.NEGATIVE: N_("The figure cannot be below zero."),
    AnswerProblem.TOO_SMALL: N_("The figure is too small to be right."),
    AnswerProblem.TOO_LARGE: N_("The figure is too large to be right."),
    AnswerProblem.NOT_WHOLE: N_("Use a whole number."),
    AnswerProblem.NOT_A_NUMBER: N_("Use a number."),
    AnswerProblem.OK_ABOVE_CHECKED: N_("The number in order cannot be above the number checked."),
    AnswerProblem.DATE_IMPLAUSIBLE: N_("The date is too far away to be right."),
    AnswerProblem.CURRENCY_INVALID: N_("Use a currency code of three capital letters."),
    AnswerProblem.CURRENCY_DIFFERS: N_("Give the amount in the currency of the limit."),
    AnswerProblem.EVIDENCE_WITHOUT_ANSWER: N_("Answer the question before you rate the evidence."),
}


def check_answer(
    item: Item,
    answer: AnswerValue | None,
    evidence: EvidenceLevel | None = None,
    na_reason: str = "",
    *,
    note: str = "",
    applies: bool = True,
    parameters: Parameters | None = None,
) -> list[AnswerProblem]:
    """Everything that stands against recording this answer; nothing when it can stand.

    Not applicable needs a reason, unless the item's condition decided it (`applies` is false); then
    no other answer is taken. With `parameters` an amount must be in the currency of the limit.
    """
    return list(
        dict.fromkeys(
            [
                *_around(answer, evidence, na_reason.strip(), note, applies),
                *_within(item.answer, answer),
                *(_currency(item.answer, answer, parameters) if parameters is not None else ()),
            ]
        )
    )


def _around(
    answer: AnswerValue | None,
    evidence: EvidenceLevel | None,
    reason: str,
    note: str,
    applies: bool,
) -> Iterator[AnswerProblem]:
    is_na = answer == WordAnswer(word=Word.NA)
    if is_na and applies and not reason:
        yield AnswerProblem.REASON_MISSING
    if reason and not is_na:
        yield AnswerProblem.REASON_WITHOUT_NA
    if len(reason) > LONGEST_REASON:
        yield AnswerProblem.REASON_TOO_LONG
    if len(note) > LONGEST_NOTE:
        yield AnswerProblem.NOTE_TOO_LONG
    if not applies and answer is not None and not is_na:
        yield AnswerProblem.NOT_APPLICABLE
    if evidence is not None and (answer is None or is_na):
        yield AnswerProblem.EVIDENCE_WITHOUT_ANSWER


def _within(rule: AnswerRule, answer: AnswerValue | None) -> Iterator[AnswerProblem]:
    if answer is None or answer == WordAnswer(word=Word.NA):
        return
    if not isinstance(answer, KIND_OF_ANSWER[rule.type]):
        yield AnswerProblem.WRONG_TYPE
        return
    match answer:
        case WordAnswer(word=Word.PARTIAL) if rule.type is AnswerType.YES_NO_NA:
            yield AnswerProblem.PARTIAL_NOT_ALLOWED
        case ChoiceAnswer(option=option) if option not in rule.options:
            yield AnswerProblem.NOT_AN_OPTION
        case DateAnswer(on=on) if not FIRST_YEAR <= on.year <= LAST_YEAR:
            yield AnswerProblem.DATE_IMPLAUSIBLE
        case RatioAnswer():
            yield from _ratio(answer)
        case NumberAnswer(number=number):
            yield from _number(rule, number)
        case MoneyAnswer():
            yield from _money(rule, answer)


def _ratio(answer: RatioAnswer) -> Iterator[AnswerProblem]:
    if answer.ok < 0 or answer.checked < 0:
        yield AnswerProblem.NEGATIVE
    if answer.ok > answer.checked:
        yield AnswerProblem.OK_ABOVE_CHECKED
    if answer.checked > MOST_CHECKED:
        yield AnswerProblem.TOO_LARGE


def _number(rule: AnswerRule, number: Decimal) -> Iterator[AnswerProblem]:
    if not number.is_finite():
        yield AnswerProblem.NOT_A_NUMBER
        return
    least = Decimal(0) if rule.min is None else Decimal(str(rule.min))
    most = MOST_NUMBER if rule.max is None else Decimal(str(rule.max))
    if number < least:
        yield AnswerProblem.NEGATIVE if least == 0 else AnswerProblem.TOO_SMALL
    if number > most:
        yield AnswerProblem.TOO_LARGE
    if rule.whole and number != number.to_integral_value():
        yield AnswerProblem.NOT_WHOLE


def _money(rule: AnswerRule, answer: MoneyAnswer) -> Iterator[AnswerProblem]:
    code = answer.currency
    if not (len(code) == 3 and code.isascii() and code.isupper()) or code == NO_CURRENCY:
        yield AnswerProblem.CURRENCY_INVALID
    if answer.amount_minor < 0 and not rule.negative:
        yield AnswerProblem.NEGATIVE
    if answer.amount_minor < -MOST_AMOUNT_MINOR:
        yield AnswerProblem.TOO_SMALL
    if answer.amount_minor > MOST_AMOUNT_MINOR:
        yield AnswerProblem.TOO_LARGE


def _currency(
    rule: AnswerRule, answer: AnswerValue | None, parameters: Parameters
) -> Iterator[AnswerProblem]:
    limit = limit_of(rule, today=date.min, parameters=parameters)
    if (
        isinstance(answer, MoneyAnswer)
        and isinstance(limit, Money)
        and not same_money(answer, limit)
    ):
        yield AnswerProblem.CURRENCY_DIFFERS
