"""Answers as an inspector would have found them at an agency of a given quality: plausible figures,
drawn by seeded chance, never the same hand twice."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum, auto
from random import Random

import msgspec

from recruitwatch.checklists.rules import Parameters, applies
from recruitwatch.checklists.values import (
    NOT_SCORED_PRINCIPLE,
    AnswerType,
    AnswerValue,
    Checklist,
    ChoiceAnswer,
    DateAnswer,
    EvidenceLevel,
    Item,
    Money,
    MoneyAnswer,
    NumberAnswer,
    Operator,
    RatioAnswer,
    Reference,
    Severity,
    Word,
    WordAnswer,
)
from recruitwatch.demo.remarks import FAULT_NOTES, UNCHECKED_NOTES, WHY_NOT_APPLICABLE

# Miravelle's own money. No such code is given out: those that begin with X belong to no country.
CURRENCY = "XMD"


class Outcome(Enum):
    MET = auto()
    PARTLY = auto()
    FAILED = auto()
    UNCHECKED = auto()
    NOT_APPLICABLE = auto()


class Hand(msgspec.Struct, frozen=True, kw_only=True):
    """How the answers of one visit come out."""

    quality: float
    critical: Collection[str]
    """Critical items that fail. No other does, so that no gate is tripped by accident."""
    tested: bool
    visited_on: date
    licence_until: date
    parameters: Parameters


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """One answer before it is put into a document or a form."""

    item_id: str
    value: AnswerValue | None
    evidence: EvidenceLevel | None = None
    note: str = ""
    na_reason: str = ""


def visit_answers(
    checklist: Checklist, facts: Mapping[str, bool], hand: Hand, chance: Random
) -> Iterator[Recorded]:
    """The answers to every applicable item of a list of the visit."""
    for section in checklist.sections:
        for item in section.items:
            if applies(item, facts):
                outcome = _outcome(item, hand, chance)
                yield _recorded(item, outcome, hand, chance)


def sore_points(checklist: Checklist, hand: Hand, chance: Random) -> frozenset[str]:
    """What workers of this agency complain of: with one agency it is always the same few things."""
    return frozenset(
        item.id
        for section in checklist.sections
        for item in section.items
        if chance.random()
        < (1 - hand.quality) * (0.4 if item.severity is Severity.CRITICAL else 0.55)
    )


def talk_answers(
    checklist: Checklist,
    facts: Mapping[str, bool],
    hand: Hand,
    sore: Collection[str],
    chance: Random,
) -> Iterator[Recorded]:
    """One worker's answers after the consent. Only the sore points can come out badly."""
    items = [item for section in checklist.sections for item in section.items]
    yield Recorded(item_id=items[0].id, value=WordAnswer(word=Word.YES))
    for item in items[1:]:
        if not applies(item, facts) or chance.random() < 0.04:
            continue
        failing = item.id in sore and chance.random() < 0.7
        outcome = Outcome.FAILED if failing else Outcome.MET
        yield Recorded(item_id=item.id, value=_value(item, outcome, hand, chance))


def refusal(checklist: Checklist) -> Recorded:
    """The worker does not want to talk: nothing else is recorded."""
    return Recorded(item_id=checklist.sections[0].items[0].id, value=WordAnswer(word=Word.NO))


def _outcome(item: Item, hand: Hand, chance: Random) -> Outcome:
    if item.severity is Severity.CRITICAL:
        if item.id in hand.critical:
            return Outcome.FAILED
        doubtful = chance.random() < (1 - hand.quality) * 0.8
        return Outcome.PARTLY if doubtful and _takes_partly(item, chance) else Outcome.MET
    draw = chance.random()
    unchecked = 0.03 if hand.tested else 0.12
    if draw < unchecked:
        return Outcome.UNCHECKED
    if draw < unchecked + 0.015 and item.principle != NOT_SCORED_PRINCIPLE:
        return Outcome.NOT_APPLICABLE
    missing = 1 - hand.quality
    draw = chance.random()
    if draw < missing * 0.35:
        return Outcome.FAILED
    partly = draw < missing and _takes_partly(item, chance)
    return Outcome.PARTLY if partly else Outcome.MET


def _takes_partly(item: Item, chance: Random) -> bool:
    """Words do. Of files nearly all in order are a finding too, so that comes up less often."""
    if item.answer.type is AnswerType.RATIO:
        return chance.random() < 0.1
    return item.answer.type is AnswerType.YES_NO_PARTIAL_NA


def _recorded(item: Item, outcome: Outcome, hand: Hand, chance: Random) -> Recorded:
    if outcome is Outcome.UNCHECKED:
        return Recorded(item_id=item.id, value=None, note=chance.choice(UNCHECKED_NOTES))
    if outcome is Outcome.NOT_APPLICABLE:
        reason = chance.choice(WHY_NOT_APPLICABLE)
        return Recorded(item_id=item.id, value=WordAnswer(word=Word.NA), na_reason=reason)
    noted = outcome is Outcome.FAILED or chance.random() < 0.05
    return Recorded(
        item_id=item.id,
        value=_value(item, outcome, hand, chance),
        evidence=_evidence(outcome, hand, chance),
        note=chance.choice(FAULT_NOTES) if noted and outcome is not Outcome.MET else "",
    )


def _evidence(outcome: Outcome, hand: Hand, chance: Random) -> EvidenceLevel:
    levels = tuple(EvidenceLevel)
    if not hand.tested:
        return chance.choices(levels, (30, 50, 17, 3))[0]
    if outcome is Outcome.FAILED:
        return chance.choices(levels, (0, 10, 60, 30))[0]
    # Who keeps poor books can show less for what is in order.
    missing = 1 - hand.quality
    return chance.choices(levels, (2 + 12 * missing, 12 + 30 * missing, 60, 25))[0]


def _value(item: Item, outcome: Outcome, hand: Hand, chance: Random) -> AnswerValue:
    match item.answer.type:
        case AnswerType.YES_NO_PARTIAL_NA | AnswerType.YES_NO_NA:
            return _word(item, outcome, chance)
        case AnswerType.RATIO:
            return _ratio(item, outcome, chance)
        case AnswerType.NUMBER:
            return NumberAnswer(number=Decimal(_number(item, outcome, hand, chance)))
        case AnswerType.MONEY:
            return _money(item, outcome, hand, chance)
        case AnswerType.DATE:
            late = hand.visited_on - timedelta(days=chance.randint(5, 60))
            return DateAnswer(on=late if outcome is Outcome.FAILED else hand.licence_until)
        case AnswerType.CHOICE:
            return ChoiceAnswer(option=_option(item, outcome, chance))


def _word(item: Item, outcome: Outcome, chance: Random) -> WordAnswer:
    if item.answer.compliant is None:
        return WordAnswer(word=chance.choice((Word.YES, Word.NO)))
    if outcome is Outcome.PARTLY:
        return WordAnswer(word=Word.PARTIAL)
    wanted = Word(str(item.answer.compliant.value))
    opposite = Word.NO if wanted is Word.YES else Word.YES
    return WordAnswer(word=opposite if outcome is Outcome.FAILED else wanted)


def _ratio(item: Item, outcome: Outcome, chance: Random) -> RatioAnswer:
    checked = chance.choice((10, 12, 15, 20, 24))
    if outcome is Outcome.MET:
        return RatioAnswer(ok=checked, checked=checked)
    if outcome is Outcome.PARTLY:
        # One file of ten or more: a finding, but too little to trip a gate.
        return RatioAnswer(ok=checked - 1, checked=checked)
    return RatioAnswer(ok=round(checked * chance.uniform(0.25, 0.8)), checked=checked)


def _number(item: Item, outcome: Outcome, hand: Hand, chance: Random) -> int:
    """Around the limit, on the right side of it or the wrong one."""
    rule = item.answer
    if rule.compliant is None:
        return chance.randint(0, 12)
    limit = _limit(item, hand)
    least = 0 if rule.min is None else int(rule.min)
    most = 10**6 if rule.max is None else int(rule.max)
    upward = rule.compliant.op is Operator.GTE
    good = outcome is not Outcome.FAILED
    step = chance.randint(0, 2) if good else chance.randint(1, 3)
    if least < 0:
        step *= 15
    return max(least, min(most, limit + step if upward == good else limit - step))


def _limit(item: Item, hand: Hand) -> int:
    compliant = item.answer.compliant
    value = None if compliant is None else compliant.value
    if isinstance(value, Reference):
        found = hand.parameters.get(value.param or "")
        return int(found) if isinstance(found, Decimal) else 0
    return int(value) if isinstance(value, int | float) else 0


def _money(item: Item, outcome: Outcome, hand: Hand, chance: Random) -> MoneyAnswer:
    compliant = item.answer.compliant
    if compliant is None:
        amount = chance.choice((0, 0, 150, 300, 800))
    elif compliant.op is Operator.LTE:
        amount = chance.randint(3, 40) * 25 if outcome is Outcome.FAILED else 0
    else:
        bond = _bond(item, hand)
        amount = round(bond * chance.uniform(0.2, 0.9)) if outcome is Outcome.FAILED else bond
    return MoneyAnswer(amount_minor=amount * 100, currency=CURRENCY)


def _bond(item: Item, hand: Hand) -> int:
    compliant = item.answer.compliant
    reference = None if compliant is None else compliant.value
    found = hand.parameters.get(reference.param or "") if isinstance(reference, Reference) else None
    return found.amount_minor // 100 if isinstance(found, Money) else 0


def _option(item: Item, outcome: Outcome, chance: Random) -> str:
    rule = item.answer
    if rule.compliant is None or not isinstance(rule.compliant.value, tuple):
        return chance.choice(rule.options)
    good = rule.compliant.value
    bad = tuple(option for option in rule.options if option not in good)
    return chance.choice(bad if outcome is Outcome.FAILED else good)
