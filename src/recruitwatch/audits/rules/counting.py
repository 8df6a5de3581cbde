"""Which items of a checklist are asked, which are answered, and which answers cannot stand."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from recruitwatch.audits.values import (
    Answer,
    AuditDocument,
    DocumentAnswer,
    Faulty,
    Interview,
    SectionProgress,
    Unanswered,
)
from recruitwatch.checklists.rules import PROBLEM_TEXTS, applies, check_answer
from recruitwatch.checklists.values import (
    ALWAYS,
    Checklist,
    Item,
    Unit,
    Word,
    WordAnswer,
)
from recruitwatch.errors import N_

CONSENT = WordAnswer(word=Word.YES)

NO_SUCH_ITEM = N_("The checklist has no such question.")
WITHOUT_CONSENT = N_("The worker did not agree to go on, so nothing else may be recorded.")
INTERVIEW_AHEAD = N_("The day of an interview is still to come.")
VISIT_AHEAD = N_("The day of the visit is still to come.")


def is_interview_list(checklist: Checklist) -> bool:
    """Whether the list is filled in once for each worker, in a private talk."""
    return checklist.unit is Unit.ONE_PER_WORKER


def items_of(checklist: Checklist) -> Iterator[Item]:
    """Every question of a list, in its order."""
    for section in checklist.sections:
        yield from section.items


def consent_item(checklist: Checklist) -> Item:
    """The first question of an interview: whether the worker agrees to go on."""
    return checklist.sections[0].items[0]


def consented(checklist: Checklist, answers: Iterable[Answer | DocumentAnswer]) -> bool:
    """Whether the worker agreed. Without a yes nothing else of the talk may be recorded."""
    wanted = consent_item(checklist).id
    return any(answer.item_id == wanted and answer.value == CONSENT for answer in answers)


def facts_asked(checklists: Iterable[Checklist]) -> tuple[str, ...]:
    """The facts that decide which questions of these lists are asked, in the lists' order."""
    names = (
        item.applies_if
        for checklist in checklists
        for item in items_of(checklist)
        if item.applies_if != ALWAYS
    )
    return tuple(dict.fromkeys(names))


def progress(
    checklist: Checklist, facts: Mapping[str, bool], answered: Collection[str]
) -> tuple[SectionProgress, ...]:
    """For each section how many of the items that apply are answered. Items that the facts leave out
    count on neither side."""
    found = []
    for section in checklist.sections:
        applicable = [item.id for item in section.items if applies(item, facts)]
        found.append(
            SectionProgress(
                checklist_id=checklist.id,
                code=section.code,
                applicable=len(applicable),
                answered=sum(item_id in answered for item_id in applicable),
            )
        )
    return tuple(found)


def answered_items(answers: Iterable[Answer]) -> dict[tuple[str, int], set[str]]:
    """The items that have an answer, by list and interview number. A note alone is no answer."""
    found: dict[tuple[str, int], set[str]] = {}
    for answer in answers:
        if answer.value is not None:
            found.setdefault((answer.checklist_id, answer.interview_no), set()).add(answer.item_id)
    return found


def unanswered(
    checklists: Iterable[Checklist], facts: Mapping[str, bool], answers: Iterable[Answer]
) -> tuple[Unanswered, ...]:
    """The items of the visit that apply and have no answer. They are allowed, and named before the
    audit is handed in. Interviews leave out what a worker did not want to answer."""
    done = answered_items(answers)
    return tuple(
        Unanswered(checklist_id=checklist.id, section=section.code, item=item)
        for checklist in checklists
        if not is_interview_list(checklist)
        for section in checklist.sections
        for item in section.items
        if applies(item, facts) and item.id not in done.get((checklist.id, 0), ())
    )


def faults(
    document: AuditDocument, checklists: Mapping[str, Checklist], today: date
) -> tuple[Faulty, ...]:
    """Every answer that cannot stand, with all its reasons; an audit with one is not handed in."""
    found = []
    if document.visited_on > today:
        found.append(_fault("", 0, "", VISIT_AHEAD))
    for answer in document.answers:
        found.extend(_answer_faults(answer, checklists[answer.checklist_id], document.facts, 0))
    for interview in document.interviews:
        checklist, number = checklists[interview.checklist_id], interview.interview_no
        if interview.held_on > today:
            found.append(_fault(interview.checklist_id, number, "", INTERVIEW_AHEAD))
        if interview.answers and not consented(checklist, interview.answers):
            wanted = consent_item(checklist).id
            found.extend(
                _fault(interview.checklist_id, number, answer.item_id, WITHOUT_CONSENT)
                for answer in interview.answers
                if answer.item_id != wanted
            )
        for answer in interview.answers:
            found.extend(_answer_faults(answer, checklist, interview.facts, number))
    return tuple(found)


def _fault(checklist_id: str, number: int, item_id: str, *sentences: str) -> Faulty:
    return Faulty(
        checklist_id=checklist_id, interview_no=number, item_id=item_id, sentences=sentences
    )


def _answer_faults(
    answer: DocumentAnswer, checklist: Checklist, facts: Mapping[str, bool], number: int
) -> Iterator[Faulty]:
    item = next((one for one in items_of(checklist) if one.id == answer.item_id), None)
    if item is None:
        yield _fault(checklist.id, number, answer.item_id, NO_SUCH_ITEM)
        return
    problems = check_answer(
        item,
        answer.value,
        answer.evidence,
        answer.na_reason,
        note=answer.note,
        applies=applies(item, facts),
    )
    if problems:
        texts = tuple(PROBLEM_TEXTS[problem] for problem in problems)
        yield _fault(checklist.id, number, item.id, *texts)


def kept_answers(
    checklist: Checklist,
    interview: Interview | None,
    facts: Mapping[str, bool],
    answers: Iterable[Answer],
) -> tuple[Answer, ...]:
    """The answers that count, in the order of the list: those of items that apply, and of an
    interview without consent only the refusal itself."""
    number = 0 if interview is None else interview.interview_no
    by_item = {
        answer.item_id: answer
        for answer in answers
        if answer.checklist_id == checklist.id and answer.interview_no == number
    }
    items = items_of(checklist)
    if interview is not None and not consented(checklist, by_item.values()):
        items = iter((consent_item(checklist),))
    return tuple(by_item[item.id] for item in items if item.id in by_item and applies(item, facts))
