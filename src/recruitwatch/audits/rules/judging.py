"""What each answer of an approved audit earned. Cards read this and judge nothing again.

Source: parts 4.2 and 4.12 of the method. The day is that of the visit or talk, the figures of national
law are those in force when the audit was approved, as for its findings: so nothing changes afterwards.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec

from recruitwatch.audits.rules.counting import is_interview_list, items_of
from recruitwatch.audits.values import (
    ApprovedAudit,
    AuditDocument,
    DocumentAnswer,
    DocumentInterview,
)
from recruitwatch.audits.values.results import (
    AuditResult,
    EarnedAnswer,
    Heard,
    JudgedAudit,
    ListResult,
    TalkDay,
)
from recruitwatch.checklists.rules import Parameters, applies, credit
from recruitwatch.checklists.values import (
    AnswerValue,
    Checklist,
    Credit,
    CreditStatus,
    Item,
    NotScoredBecause,
    NumberAnswer,
    RatioAnswer,
    Severity,
)

KNOWS_A_CHANNEL = "PDI-RSP-02"
"""How many people or offices a worker can name to call for help: none means no channel is known."""

_DECODER = msgspec.json.Decoder(AuditResult)


def written(result: AuditResult) -> str:
    """The result as it is stored: sorted keys, no blanks."""
    return msgspec.json.encode(result, order="sorted").decode()


def read_result(text: str) -> AuditResult:
    """A stored result. Raises msgspec's ValidationError for what is not of form `result/1`."""
    return _DECODER.decode(text)


def judged(
    audit: ApprovedAudit, checklists: Mapping[str, Checklist], parameters: Mapping[str, Parameters]
) -> JudgedAudit:
    """The audit with its result, judged from its document."""
    return JudgedAudit(
        submission_id=audit.submission_id,
        agency_id=audit.agency_id,
        visited_on=audit.document.visited_on,
        approved_at=audit.approved_at,
        result=result_of(audit.document, checklists, parameters),
    )


def result_of(
    document: AuditDocument,
    checklists: Mapping[str, Checklist],
    parameters: Mapping[str, Parameters],
) -> AuditResult:
    """What the answers of a document earn by these lists and, for each list, these figures of law."""
    counted = (one.value.checked for one in document.answers if isinstance(one.value, RatioAnswer))
    answers = {one.item_id: one for one in document.answers}
    used = [one.checklist_id for one in document.lists]
    return AuditResult(
        facts=dict(document.facts),
        files=max(counted, default=0),
        lists=tuple(_list(document, answers, checklists[one], parameters[one]) for one in used),
        days=tuple(_days(document, checklists, parameters)),
    )


def _list(
    document: AuditDocument,
    answers: Mapping[str, DocumentAnswer],
    checklist: Checklist,
    parameters: Parameters,
) -> ListResult:
    applicable: Counter[Severity] = Counter()
    checked: Counter[Severity] = Counter()
    earned: list[EarnedAnswer] = []
    for item in items_of(checklist):
        if not applies(item, document.facts):
            continue
        answer = answers.get(item.id)
        value = None if answer is None else answer.value
        found = credit(item, value, today=document.visited_on, parameters=parameters)
        if found.status in (CreditStatus.SCORED, CreditStatus.NOT_CHECKED):
            applicable[item.severity] += 1
        if found.status is CreditStatus.SCORED:
            checked[item.severity] += 1
        if answer is not None and value is not None and found.status != CreditStatus.NOT_CHECKED:
            earned.append(_earned(answer, found))
    return ListResult(
        checklist_id=checklist.id,
        version=checklist.version,
        applicable=applicable,
        checked=checked,
        answers=() if is_interview_list(checklist) else tuple(earned),
    )


def _earned(answer: DocumentAnswer, found: Credit) -> EarnedAnswer:
    """A count keeps its two numbers, so that it is never rounded."""
    value = answer.value
    counted = isinstance(value, RatioAnswer) and found.value is not None
    return EarnedAnswer(
        answer.item_id,
        (value.ok, value.checked) if counted and isinstance(value, RatioAnswer) else found.value,
        answer.evidence,
        found.because is NotScoredBecause.PARAMETER_NOT_SET,
    )


def _days(
    document: AuditDocument,
    checklists: Mapping[str, Checklist],
    parameters: Mapping[str, Parameters],
) -> Iterator[TalkDay]:
    for day in sorted({one.held_on for one in document.interviews}):
        talks = [one for one in document.interviews if one.held_on == day]
        named = list(_channels_named(talks))
        said: dict[str, Counter[str]] = {}
        for talk in talks:
            checklist = checklists[talk.checklist_id]
            for item_id, word in _said(document, talk, checklist, parameters[checklist.id]):
                said.setdefault(item_id, Counter())[word] += 1
        yield TalkDay(
            held_on=day,
            talks=tuple(f"{one.checklist_id}/{one.interview_no}" for one in talks if is_held(one)),
            asked=len(named),
            know=sum(named),
            said={
                item_id: Heard(*(words[name] for name in Heard.__struct_fields__))
                for item_id, words in said.items()
            },
        )


def _said(
    document: AuditDocument, talk: DocumentInterview, checklist: Checklist, parameters: Parameters
) -> Iterator[tuple[str, str]]:
    """Everything asked of one worker, with the field of `Heard` where it counts.

    A talk that the worker refused says nothing of the questions that were not put. Whether a
    question applies follows from the facts of the visit and those of the worker.
    """
    facts = {**document.facts, **talk.facts}
    given = {one.item_id: one.value for one in talk.answers if one.value is not None}
    held = is_held(talk)
    for item in items_of(checklist):
        value = given.get(item.id)
        if value is None and not held:
            continue
        word = "left_out"
        if applies(item, facts):
            word = _heard(item, value, talk.held_on, parameters)
        yield item.id, word


def _heard(item: Item, value: AnswerValue | None, day: date, parameters: Parameters) -> str:
    found = credit(item, value, today=day, parameters=parameters)
    if found.value is not None:
        return "whole" if found.value == 1.0 else "less"
    if value is None or found.status is CreditStatus.NOT_CHECKED:
        return "nothing"
    if found.because is NotScoredBecause.PARAMETER_NOT_SET:
        return "unset"
    return "left_out"


def is_held(talk: DocumentInterview) -> bool:
    """Whether more was answered than the question whether to talk at all."""
    return sum(one.value is not None for one in talk.answers) > 1


def _channels_named(talks: Iterable[DocumentInterview]) -> Iterator[bool]:
    """For each worker who was asked whom she could call, whether she could name anybody (4.3)."""
    for talk in talks:
        for answer in talk.answers:
            if answer.item_id == KNOWS_A_CHANNEL and isinstance(answer.value, NumberAnswer):
                yield answer.value.number >= 1
