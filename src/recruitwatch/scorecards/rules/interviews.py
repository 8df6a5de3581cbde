"""What workers said in the talks of approved visits, one record a question and worker (part 4.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from recruitwatch.audits.values import ApprovedAudit, DocumentInterview
from recruitwatch.checklists.rules import Parameters, applies, credit
from recruitwatch.checklists.values import (
    AnswerValue,
    CreditStatus,
    Item,
    NotScoredBecause,
    NumberAnswer,
)
from recruitwatch.scorecards.rules.inputs import is_within
from recruitwatch.scorecards.rules.sheets import Sheets
from recruitwatch.scorecards.values import InterviewRecord, Profile, Said, Silence

KNOWS_A_CHANNEL = "PDI-RSP-02"
"""How many people or offices a worker can name to call for help: none means no channel is known."""


def interview_records(audit: ApprovedAudit, sheets: Sheets) -> Iterator[InterviewRecord]:
    """Everything asked of each worker, judged by the figures in force when the visit was approved.

    A talk that the worker refused says nothing of the questions that were not put. Whether a
    question applies follows from the facts of the visit and those of the worker.
    """
    versions = {used.checklist_id: used.version for used in audit.document.lists}
    source = str(audit.submission_id)
    for talk in audit.document.interviews:
        sheet = sheets[talk.checklist_id, versions[talk.checklist_id]]
        parameters = sheet.figures.at(audit.approved_at)
        facts = {**audit.document.facts, **talk.facts}
        given = {one.item_id: one.value for one in talk.answers if one.value is not None}
        held = is_held(talk)
        for question in sheet.questions:
            item = question.item
            value = given.get(item.id)
            if value is None and not held:
                continue
            said = Said.NOT_APPLICABLE
            if applies(item, facts):
                said = _said(item, value, talk.held_on, parameters)
            yield InterviewRecord(item=item.id, held_on=talk.held_on, said=said, source=source)


def _said(item: Item, value: AnswerValue | None, day: date, parameters: Parameters) -> Said:
    """A worker counts as compliant or not: a partial answer is not (4.2)."""
    earned = credit(item, value, today=day, parameters=parameters)
    if earned.value is not None:
        return Said.COMPLIANT if earned.value == 1.0 else Said.NOT_COMPLIANT
    if value is None or earned.status is CreditStatus.NOT_CHECKED:
        return Said.NOTHING
    if earned.because is NotScoredBecause.PARAMETER_NOT_SET:
        return Said.NOT_SCORED
    return Said.NOT_APPLICABLE


def is_held(talk: DocumentInterview) -> bool:
    """Whether more was answered than the question whether to talk at all."""
    return sum(one.value is not None for one in talk.answers) > 1


def recent_talks(
    audits: Iterable[ApprovedAudit], as_of: date, profile: Profile
) -> Iterator[DocumentInterview]:
    """The talks of the window (part 4.2)."""
    for audit in audits:
        for talk in audit.document.interviews:
            if is_within(talk.held_on, as_of, profile.records.window_months):
                yield talk


def silence_of(talks: Iterable[DocumentInterview]) -> Silence | None:
    """How many workers were asked whom they could call, and how many could name anybody (4.3)."""
    named = [
        answer.value.number
        for talk in talks
        for answer in talk.answers
        if answer.item_id == KNOWS_A_CHANNEL and isinstance(answer.value, NumberAnswer)
    ]
    if not named:
        return None
    return Silence(asked=len(named), know=sum(number >= 1 for number in named))
