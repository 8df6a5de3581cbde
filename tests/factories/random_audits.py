"""Documents of audits with answers by chance: every kind of answer, left open, ruled out, and talks."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from factories.audit_documents import LISTS, make_document, make_talk, written
from recruitwatch.audits.rules.counting import facts_asked, is_interview_list, items_of
from recruitwatch.audits.values import AuditDocument, DocumentAnswer, DocumentInterview
from recruitwatch.checklists.rules import applies
from recruitwatch.checklists.values import (
    AnswerType,
    AnswerValue,
    Checklist,
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

LEVELS = (None, *EvidenceLevel)


def random_document(chance: Random, visited_on: date) -> AuditDocument:
    """A visit with all lists; a third of the questions is left open, and some workers refuse to talk."""
    facts = _facts(chance, [one for one in LISTS.values() if not is_interview_list(one)])
    answers = [
        written(item.id, random_value(item, chance, visited_on), chance.choice(LEVELS))
        for checklist in LISTS.values()
        if not is_interview_list(checklist)
        for item in items_of(checklist)
        if applies(item, facts) and chance.random() < 0.9
    ]
    talks = [
        _talk(chance, checklist, number, visited_on)
        for checklist in LISTS.values()
        if is_interview_list(checklist)
        for number in range(1, chance.randrange(1, 8))
    ]
    return make_document(*answers, talks=talks, visited_on=visited_on, facts=facts)


def _facts(chance: Random, lists: list[Checklist]) -> dict[str, bool]:
    return {name: chance.random() < 0.7 for name in facts_asked(lists) if chance.random() < 0.9}


def _talk(chance: Random, checklist: Checklist, number: int, visited_on: date) -> DocumentInterview:
    held_on = visited_on - timedelta(days=chance.choice((0, 0, 0, 1, 400)))
    items = list(items_of(checklist))
    if chance.random() < 0.2:
        items = items[:1]
    answers: list[DocumentAnswer] = [
        written(item.id, random_value(item, chance, held_on)) for item in items
    ]
    facts = _facts(chance, [checklist])
    return make_talk(number, *answers, held_on=held_on, checklist_id=checklist.id, facts=facts)


def random_value(item: Item, chance: Random, day: date) -> AnswerValue | None:
    """An answer of the kind that the question takes, or none."""
    if chance.random() < 0.25:
        return None
    checked = chance.randrange(0, 12)
    match item.answer.type:
        case AnswerType.RATIO:
            return RatioAnswer(ok=chance.randint(0, checked), checked=checked)
        case AnswerType.NUMBER:
            return NumberAnswer(number=Decimal(chance.randrange(0, 60)) / 2)
        case AnswerType.MONEY:
            return MoneyAnswer(
                amount_minor=chance.choice((0, 50_000)), currency=chance.choice(("BDT", "USD"))
            )
        case AnswerType.DATE:
            return DateAnswer(on=day + timedelta(days=chance.randrange(-60, 60)))
        case AnswerType.CHOICE:
            return ChoiceAnswer(option=chance.choice(item.answer.options))
        case _:
            return WordAnswer(word=chance.choice(list(Word)))
