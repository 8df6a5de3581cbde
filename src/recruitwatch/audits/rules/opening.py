"""Which answers of an approved audit become findings, and in which words.

Source: domain notes 2.3 (one finding is one failed item) and 4.12, 4.13 (interviews are pooled,
critical failures, partners). The words stay in English: they are data, and the decision quotes them.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from uuid import UUID

from babel.numbers import get_currency_precision

from recruitwatch.audits.rules.counting import items_of
from recruitwatch.audits.values import AuditDocument, DocumentAnswer
from recruitwatch.checklists.rules import (
    Parameters,
    applies,
    is_failure,
    option_label,
    pooled_trips_gate,
    tally,
    trips_gate,
)
from recruitwatch.checklists.rules.wording import ORIGINAL
from recruitwatch.checklists.values import (
    NOT_SCORED_PRINCIPLE,
    AnswerValue,
    Checklist,
    ChoiceAnswer,
    DateAnswer,
    EvidenceLevel,
    Item,
    MoneyAnswer,
    NumberAnswer,
    RatioAnswer,
    Subject,
    WordAnswer,
)
from recruitwatch.findings.values import NewFinding, SourceKind, Workers


def failing_items(
    document: AuditDocument,
    checklists: Mapping[str, Checklist],
    parameters: Mapping[str, Parameters],
) -> frozenset[str]:
    """The items of the visit whose answer is a failure, by the day of the visit."""
    return frozenset(
        answer.item_id
        for answer in document.answers
        if is_failure(
            _item(checklists[answer.checklist_id], answer.item_id),
            answer.value,
            today=document.visited_on,
            parameters=parameters[answer.checklist_id],
        )
    )


def failing_interview_items(
    document: AuditDocument,
    checklists: Mapping[str, Checklist],
    parameters: Mapping[str, Parameters],
) -> dict[str, Workers]:
    """The interview items to which at least one worker gave a failing answer: how many did, of how
    many who answered."""
    found = {}
    for checklist, item, values in _asked_of_workers(document, checklists):
        counted = tally(
            item, values, today=document.visited_on, parameters=parameters[checklist.id]
        )
        if counted.failing:
            found[item.id] = Workers(failing=counted.failing, asked=counted.answered)
    return found


def findings_of(
    submission_id: UUID,
    document: AuditDocument,
    checklists: Mapping[str, Checklist],
    parameters: Mapping[str, Parameters],
) -> tuple[NewFinding, ...]:
    """One finding for each failed item; one for all workers together where they were interviewed.

    A critical item trips its gate by the rules of the checklists. What fails at a foreign partner is
    a finding without a gate: the partner is judged there, not the agency.
    """
    failed = failing_items(document, checklists, parameters)
    from_visit = tuple(
        _from_answer(submission_id, document, checklists[answer.checklist_id], answer, parameters)
        for answer in document.answers
        if answer.item_id in failed
    )
    return from_visit + tuple(
        _from_interviews(submission_id, document, checklists, parameters, failed)
    )


def _item(checklist: Checklist, item_id: str) -> Item:
    return next(item for item in items_of(checklist) if item.id == item_id)


def _from_answer(
    submission_id: UUID,
    document: AuditDocument,
    checklist: Checklist,
    answer: DocumentAnswer,
    parameters: Mapping[str, Parameters],
) -> NewFinding:
    item = _item(checklist, answer.item_id)
    trips = trips_gate(
        item, answer.value, today=document.visited_on, parameters=parameters[checklist.id]
    )
    return _finding(
        submission_id,
        document,
        checklist,
        item,
        statement="" if answer.value is None else in_words(item, answer.value),
        trips=trips,
        answer=answer.value,
        evidence=answer.evidence or EvidenceLevel.E0,
        note=answer.note,
    )


def _from_interviews(
    submission_id: UUID,
    document: AuditDocument,
    checklists: Mapping[str, Checklist],
    parameters: Mapping[str, Parameters],
    failed: frozenset[str],
) -> Iterator[NewFinding]:
    for checklist, item, values in _asked_of_workers(document, checklists):
        counted = tally(
            item, values, today=document.visited_on, parameters=parameters[checklist.id]
        )
        if not counted.failing:
            continue
        yield _finding(
            submission_id,
            document,
            checklist,
            item,
            statement=f"{counted.failing} of {counted.answered} workers gave a failing answer.",
            trips=pooled_trips_gate(item, counted, document_bears_out=item.corroborates in failed),
            workers=Workers(failing=counted.failing, asked=counted.answered),
            borne_out_by=item.corroborates if item.corroborates in failed else None,
        )


def _asked_of_workers(
    document: AuditDocument, checklists: Mapping[str, Checklist]
) -> Iterator[tuple[Checklist, Item, list[AnswerValue | None]]]:
    """Each interview item with what the workers said to whom it applies. Items outside all principles,
    such as the consent, are nobody's failure."""
    for checklist_id in sorted({one.checklist_id for one in document.interviews}):
        checklist = checklists[checklist_id]
        talks = [one for one in document.interviews if one.checklist_id == checklist_id]
        for item in items_of(checklist):
            if item.principle == NOT_SCORED_PRINCIPLE:
                continue
            yield (
                checklist,
                item,
                [
                    answer.value
                    for talk in talks
                    if applies(item, talk.facts)
                    for answer in talk.answers
                    if answer.item_id == item.id
                ],
            )


def _finding(
    submission_id: UUID,
    document: AuditDocument,
    checklist: Checklist,
    item: Item,
    *,
    statement: str,
    trips: bool,
    answer: AnswerValue | None = None,
    evidence: EvidenceLevel | None = None,
    note: str = "",
    workers: Workers | None = None,
    borne_out_by: str | None = None,
) -> NewFinding:
    of_agency = checklist.subject is Subject.AGENCY
    return NewFinding(
        agency_id=document.agency_id,
        source_kind=SourceKind.AUDIT,
        source_id=submission_id,
        checklist_id=checklist.id,
        checklist_version=checklist.version,
        item_id=item.id,
        principle=item.principle,
        severity=item.severity,
        gate=item.gate if of_agency else None,
        question=item.text,
        statement=statement,
        trips_gate=trips and of_agency,
        office_id=document.office_id,
        found_by=document.inspector_id,
        found_on=document.visited_on,
        answer=answer,
        evidence=evidence,
        note=note,
        workers=workers,
        borne_out_by=borne_out_by,
    )


def in_words(item: Item, answer: AnswerValue) -> str:
    """What was answered, as one plain sentence."""
    match answer:
        case WordAnswer(word=word):
            return f"The answer was “{word}”."
        case RatioAnswer(ok=ok, checked=checked):
            return f"{ok} of {checked} were in order."
        case NumberAnswer(number=number):
            return f"The figure was {number}."
        case MoneyAnswer(amount_minor=amount, currency=currency):
            places = get_currency_precision(currency)
            return f"The amount was {Decimal(amount).scaleb(-places):f} {currency}."
        case DateAnswer(on=on):
            return f"The date was {on.isoformat()}."
        case ChoiceAnswer(option=option):
            return f"The answer was “{option_label(item, option, ORIGINAL)}”."
