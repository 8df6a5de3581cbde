"""What a reader of a card sees, taken from its records once, so that an issued card keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from recruitwatch.audits.values.results import JudgedAudit
from recruitwatch.scorecards.rules.sheets import Sheets
from recruitwatch.scorecards.values import CardInputs, PooledAnswer, Severity
from recruitwatch.scorecards.values.issued import (
    CardQuestion,
    CurrentCard,
    InterviewLine,
    PooledVisit,
    Snapshot,
)


def snapshot_of(current: CurrentCard, sheets: Sheets) -> Snapshot:
    """The card, its questions as the newest version used puts them, and the interviews pooled but
    for questions that are only recorded: nothing was judged there, and nothing is to be shown."""
    [snapshot] = snapshots_of([current], sheets)
    return snapshot


def snapshots_of(cards: Iterable[CurrentCard], sheets: Sheets) -> Iterator[Snapshot]:
    """The same for many cards. Most are asked the same questions, whose words are gathered once."""
    known: dict[tuple[frozenset[tuple[str, int]], frozenset[str]], dict[str, CardQuestion]] = {}
    for current in cards:
        used, named = _used(current), _named(current.inputs)
        if (used, named) not in known:
            known[used, named] = _questions(used, named, sheets)
        yield Snapshot(
            card=current.card,
            questions=known[used, named],
            interviews=tuple(_lines(current.inputs, current.pooled, current.evidence.audits)),
        )


def _used(current: CurrentCard) -> frozenset[tuple[str, int]]:
    return frozenset(
        (one.checklist_id, one.version)
        for audit in current.evidence.audits
        for one in audit.result.lists
    )


def _named(inputs: CardInputs) -> frozenset[str]:
    named = {item.id for item in inputs.items}
    named.update(inputs.unset_parameters)
    named.update(failure.item for failure in inputs.gate_failures)
    return frozenset(named)


def _questions(
    used: Iterable[tuple[str, int]], named: frozenset[str], sheets: Sheets
) -> dict[str, CardQuestion]:
    words: dict[str, CardQuestion] = {}
    for key in sorted(used):
        words |= sheets.words[key]
    return {item_id: one for item_id, one in words.items() if item_id in named}


def _lines(
    inputs: CardInputs, pooled: Mapping[str, PooledAnswer], audits: Iterable[JudgedAudit]
) -> Iterator[InterviewLine]:
    if not pooled:
        return
    visits = {str(one.submission_id): one for one in audits}
    for item in inputs.items:
        if item.id in pooled and item.severity is not Severity.INFO:
            yield _line(pooled[item.id], visits)


def _line(pool: PooledAnswer, visits: Mapping[str, JudgedAudit]) -> InterviewLine:
    """The visits of the line come in the order of the records: by their day."""
    return InterviewLine(
        item_id=pool.item,
        ok=pool.answers.ok,
        answered=pool.answers.checked,
        asked=pool.asked,
        evidence=pool.evidence,
        few=pool.few,
        visits=tuple(
            PooledVisit(submission_id=one.submission_id, visited_on=one.visited_on)
            for source, one in visits.items()
            if source in pool.sources
        ),
    )
