"""What a reader of a card sees, taken from its records once, so that an issued card keeps it."""

from __future__ import annotations

from collections.abc import Iterable

from recruitwatch.audits.values import ApprovedAudit
from recruitwatch.scorecards.rules.gather import pooled_interviews
from recruitwatch.scorecards.values import PooledAnswer, Severity
from recruitwatch.scorecards.values.evidence import Library
from recruitwatch.scorecards.values.issued import (
    CardQuestion,
    CurrentCard,
    InterviewLine,
    PooledVisit,
    Snapshot,
)


def snapshot_of(current: CurrentCard, library: Library) -> Snapshot:
    """The card, its questions as the newest version used puts them, and the interviews pooled but
    for questions that are only recorded: nothing was judged there, and nothing is to be shown."""
    named = {item.id for item in current.inputs.items}
    named |= set(current.inputs.unset_parameters)
    named |= {failure.item for failure in current.inputs.gate_failures}
    pooled = pooled_interviews(current.evidence, library)
    return Snapshot(
        card=current.card,
        questions={key: one for key, one in _questions(library).items() if key in named},
        interviews=tuple(
            _line(pooled[item.id], current.evidence.audits)
            for item in current.inputs.items
            if item.id in pooled and item.severity is not Severity.INFO
        ),
    )


def _questions(library: Library) -> dict[str, CardQuestion]:
    return {
        item.id: CardQuestion(checklist_id=checklist_id, version=version, text=item.text)
        for (checklist_id, version), checklist in sorted(library.checklists.items())
        for section in checklist.sections
        for item in section.items
    }


def _line(pool: PooledAnswer, audits: Iterable[ApprovedAudit]) -> InterviewLine:
    return InterviewLine(
        item_id=pool.item,
        ok=pool.answers.ok,
        answered=pool.answers.checked,
        asked=pool.asked,
        evidence=pool.evidence,
        few=pool.few,
        visits=tuple(
            PooledVisit(submission_id=one.submission_id, visited_on=one.document.visited_on)
            for one in audits
            if str(one.submission_id) in pool.sources
        ),
    )
