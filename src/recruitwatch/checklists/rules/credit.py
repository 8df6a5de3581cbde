"""What an answer earns and when it counts as a failure. Method `checklist-credit/1`.

Source: the scoring method of recruitwatch, decision 0003. Weights and evidence factors belong to
the scorecard.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from recruitwatch.checklists.values import (
    ALWAYS,
    NO_CURRENCY,
    AnswerRule,
    AnswerType,
    AnswerValue,
    ChoiceAnswer,
    Credit,
    CreditStatus,
    DateAnswer,
    Item,
    Money,
    MoneyAnswer,
    NotScoredBecause,
    NumberAnswer,
    Operator,
    ParameterType,
    ParameterValue,
    RatioAnswer,
    Reference,
    Tally,
    Vocabulary,
    Word,
    WordAnswer,
)

METHOD = "checklist-credit/1"
RATIO_GATE_FAILURES = 2
POOLED_GATE_WORKERS = 2
POOLED_GATE_SHARE_PERCENT = 20

Parameters = Mapping[str, ParameterValue | None]
Limit = Decimal | Money | date | tuple[str, ...]

KIND_OF_ANSWER: dict[AnswerType, type[AnswerValue]] = {
    AnswerType.YES_NO_PARTIAL_NA: WordAnswer,
    AnswerType.YES_NO_NA: WordAnswer,
    AnswerType.RATIO: RatioAnswer,
    AnswerType.NUMBER: NumberAnswer,
    AnswerType.MONEY: MoneyAnswer,
    AnswerType.DATE: DateAnswer,
    AnswerType.CHOICE: ChoiceAnswer,
}

# What most answers earn, made once: a card judges hundreds of answers.
_NOT_APPLICABLE = Credit(status=CreditStatus.NA)
_NOT_CHECKED = Credit(status=CreditStatus.NOT_CHECKED)
_NOTHING, _HALF, _WHOLE = (
    Credit(status=CreditStatus.SCORED, value=value) for value in (0.0, 0.5, 1.0)
)


def applies(item: Item, facts: Mapping[str, bool]) -> bool:
    """Whether the item is asked at all: its one condition holds.

    A fact nobody has settled counts as true, so that a question is asked rather than lost.
    """
    return item.applies_if == ALWAYS or facts.get(item.applies_if, True)


def parameters_in_force(vocabulary: Vocabulary, settings: Parameters) -> Parameters:
    """The ministry's figures, and the default of the vocabulary for those it has not set."""
    found: dict[str, ParameterValue | None] = {}
    for one in vocabulary.parameters:
        given = settings.get(one.name)
        if given is not None or one.default is None:
            found[one.name] = given
        elif one.type is ParameterType.MONEY:
            found[one.name] = Money(amount_minor=0, currency=NO_CURRENCY)
        else:
            found[one.name] = Decimal(str(one.default))
    return found


def credit(
    item: Item, answer: AnswerValue | None, *, today: date, parameters: Parameters
) -> Credit:
    """What one answer earns: compliant 1, partial one half, failing 0, a ratio its share.

    Not applicable is left out. An item without a rule, or whose figure the ministry has not set, is
    recorded and not scored, answered or not. No answer, and a ratio with nothing checked, is not
    checked. `today` is the day the answer was given, so that a later reading of the audit comes out
    the same.
    """
    if isinstance(answer, WordAnswer) and answer.word == Word.NA:
        return _NOT_APPLICABLE
    limit = limit_of(item.answer, today=today, parameters=parameters)
    if isinstance(limit, NotScoredBecause):
        return Credit(status=CreditStatus.NOT_SCORED, because=limit)
    if answer is None or (isinstance(answer, RatioAnswer) and answer.checked == 0):
        return _NOT_CHECKED
    if not isinstance(answer, KIND_OF_ANSWER[item.answer.type]):
        raise ValueError(f"{item.id} takes {item.answer.type}, not {type(answer).__name__}")
    if isinstance(answer, WordAnswer) and answer.word == Word.PARTIAL:
        return _HALF
    if isinstance(answer, RatioAnswer):
        return Credit(status=CreditStatus.SCORED, value=answer.ok / answer.checked)
    if (
        isinstance(answer, MoneyAnswer)
        and isinstance(limit, Money)
        and not same_money(answer, limit)
    ):
        return Credit(status=CreditStatus.NOT_SCORED, because=NotScoredBecause.CURRENCY_DIFFERS)
    return _WHOLE if _holds(item.answer, answer, limit) else _NOTHING


def is_failure(
    item: Item, answer: AnswerValue | None, *, today: date, parameters: Parameters
) -> bool:
    """Whether the answer is a finding: it earns nothing, or a ratio falls short of its share.

    Partial loses points and is no finding. What is not applicable, not checked or not scored cannot
    fail.
    """
    earned = credit(item, answer, today=today, parameters=parameters)
    limit = limit_of(item.answer, today=today, parameters=parameters)
    if earned.value is None or isinstance(limit, NotScoredBecause):
        return False
    if isinstance(answer, RatioAnswer):
        return not _holds(item.answer, answer, limit)
    return earned.value == 0


def trips_gate(
    item: Item, answer: AnswerValue | None, *, today: date, parameters: Parameters
) -> bool:
    """Whether one answer to a critical item, once confirmed, caps the grade.

    A failing answer does. A ratio does when fewer than 9 in 10 are in order, or when two or more
    fail. Partial does not. Interviews are judged together: see `pooled_trips_gate`.
    """
    if item.gate is None or not is_failure(item, answer, today=today, parameters=parameters):
        return False
    if isinstance(answer, RatioAnswer):
        failed = answer.checked - answer.ok
        return failed >= RATIO_GATE_FAILURES or answer.ok * 10 < answer.checked * 9
    return True


def tally(
    item: Item, answers: Iterable[AnswerValue | None], *, today: date, parameters: Parameters
) -> Tally:
    """Many workers' answers to one item added up: their credits divided by the answers given.

    Those who were not asked, or to whom the question does not apply, count on neither side.
    """
    given = list(answers)
    earned = [credit(item, one, today=today, parameters=parameters) for one in given]
    values = [one.value for one in earned if one.value is not None]
    failing = sum(is_failure(item, one, today=today, parameters=parameters) for one in given)
    if values:
        pooled = Credit(status=CreditStatus.SCORED, value=sum(values) / len(values))
    else:
        pooled = _unscored(item, earned, today=today, parameters=parameters)
    return Tally(answered=len(values), failing=failing, credit=pooled)


def pooled_trips_gate(item: Item, counted: Tally, *, document_bears_out: bool) -> bool:
    """Whether workers' answers to a critical item, once confirmed, cap the grade.

    They do when at least two workers and at least 20 per cent of those asked give a failing answer,
    or when one does and a document bears it out.
    """
    if item.gate is None or counted.failing == 0:
        return False
    share = counted.failing * 100 >= counted.answered * POOLED_GATE_SHARE_PERCENT
    return document_bears_out or (counted.failing >= POOLED_GATE_WORKERS and share)


def limit_of(
    answer: AnswerRule, *, today: date, parameters: Parameters
) -> Limit | NotScoredBecause:
    """What the answer is compared with today, or why there is nothing to compare it with."""
    if answer.compliant is None:
        return NotScoredBecause.NO_RULE
    value = answer.compliant.value
    if not isinstance(value, Reference):
        return _fixed(answer.type, value)
    if value.param is None:
        return today
    found = parameters.get(value.param)
    return NotScoredBecause.PARAMETER_NOT_SET if found is None else found


def same_money(answer: MoneyAnswer, limit: Money) -> bool:
    """Whether two amounts compare: in one currency, or with zero, which is zero in any."""
    return limit.amount_minor == 0 or limit.currency == answer.currency


@lru_cache(maxsize=1024, typed=True)
def _fixed(kind: AnswerType, value: str | int | float | tuple[str, ...]) -> Limit:
    if isinstance(value, int | float):
        if kind is AnswerType.MONEY:
            return Money(amount_minor=int(value), currency=NO_CURRENCY)
        return Decimal(str(value))
    if isinstance(value, str):
        return date.fromisoformat(value) if kind is AnswerType.DATE else (value,)
    return value


def _holds(rule: AnswerRule, answer: AnswerValue, limit: Limit) -> bool:
    match answer, limit:
        case WordAnswer(word=word), tuple():
            return str(word) in limit
        case ChoiceAnswer(option=option), tuple():
            return option in limit
        case NumberAnswer(number=number), Decimal():
            return _compared(rule, (number > limit) - (number < limit))
        case MoneyAnswer(amount_minor=amount), Money(amount_minor=most):
            return _compared(rule, (amount > most) - (amount < most))
        case DateAnswer(on=on), date():
            return _compared(rule, (on > limit) - (on < limit))
        case RatioAnswer(ok=ok, checked=checked), Decimal():
            return Decimal(ok) >= limit * checked
    raise ValueError(f"{type(answer).__name__} cannot be compared with {type(limit).__name__}")


def _compared(rule: AnswerRule, sign: int) -> bool:
    operator = rule.compliant.op if rule.compliant else Operator.EQ
    return (
        sign == 0
        or (operator is Operator.GTE and sign > 0)
        or (operator is Operator.LTE and sign < 0)
    )


def _unscored(item: Item, earned: list[Credit], *, today: date, parameters: Parameters) -> Credit:
    by_status = {one.status: one for one in earned}
    for status in (CreditStatus.NOT_CHECKED, CreditStatus.NOT_SCORED, CreditStatus.NA):
        if status in by_status:
            return by_status[status]
    return credit(item, None, today=today, parameters=parameters)
