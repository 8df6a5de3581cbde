"""From an agency's records to the inputs of its card, as part 4.12 of the method says.

Answers keep the meaning they had: what each earned was judged and kept when its audit was approved.
Workers' answers are pooled and never change what an inspector answered: the standard gives no rule
for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from recruitwatch.audits.values.results import EarnedAnswer, JudgedAudit, ListResult
from recruitwatch.checklists.rules import applies
from recruitwatch.checklists.values import EvidenceLevel
from recruitwatch.scorecards.rules.cases import case_facts
from recruitwatch.scorecards.rules.correcting import corrected, left_out_talks
from recruitwatch.scorecards.rules.inputs import (
    FINDING,
    counting_lists,
    is_within,
    item_inputs,
    newest_full_inspection,
    whole_months,
)
from recruitwatch.scorecards.rules.interviews import (
    pool_interviews,
    recent_days,
    silence_of,
    talk_names,
)
from recruitwatch.scorecards.rules.profile import DEFAULT_0_1
from recruitwatch.scorecards.rules.sheets import Question, Sheet, Sheets, is_unset, sheets_of
from recruitwatch.scorecards.values import (
    Answer,
    AnswerRecord,
    CardInputs,
    Evidence,
    FailureCap,
    GateFailure,
    InspectionRecord,
    ItemInput,
    PooledAnswer,
    Profile,
    Ratio,
)
from recruitwatch.scorecards.values.evidence import AgencyEvidence, Library


class Gathered(Struct, frozen=True, kw_only=True):
    """The inputs of a card, what workers said question by question, and a name for each of their talks."""

    inputs: CardInputs
    pooled: Mapping[str, PooledAnswer]
    talks: frozenset[str]


class _Used(Struct, frozen=True):
    """One list of a visit. Of two visits the higher sequence is newer."""

    audit: JudgedAudit
    sequence: int
    result: ListResult


_EVIDENCE = {one: Evidence[one.name] for one in EvidenceLevel}
_WORDS = {1.0: Answer.YES, 0.5: Answer.PARTIAL}


def gather(
    evidence: AgencyEvidence, library: Library, profile: Profile = DEFAULT_0_1
) -> CardInputs:
    """The inputs of an agency's card. What was approved after `until` is not seen (4.12)."""
    return gather_card(evidence, sheets_of(library, profile), profile).inputs


def gather_card(
    evidence: AgencyEvidence, sheets: Sheets, profile: Profile = DEFAULT_0_1
) -> Gathered:
    """The same with checklists made ready once for many cards, and with what the workers said."""
    audits = seen_audits(evidence)
    used = [
        _Used(audit, sequence, result)
        for sequence, audit in enumerate(audits)
        for result in audit.result.lists
    ]
    inspections = [_inspection(one, sheets) for one in used]
    newest = newest_full_inspection(inspections, evidence.as_of, profile)
    lists = counting_lists(inspections, evidence.as_of, profile)
    days = list(recent_days(audits, evidence.as_of, profile))
    pooled = pool_interviews(days, profile, left_out_talks(evidence.corrections))
    months = profile.records.window_months
    recent = [one for one in used if is_within(one.audit.visited_on, evidence.as_of, months)]
    answers = with_contracts(latest_answers(recent), evidence, months)
    items, unset = _items(evidence, recent, lists, pooled, sheets, answers)
    facts = case_facts(evidence.cases, evidence.as_of, evidence.until.tzinfo, profile)
    inputs = CardInputs(
        as_of=evidence.as_of,
        profile=profile.name,
        months_since_inspection=whole_months(newest.held_on, evidence.as_of) if newest else None,
        interviews=sum(len(day.talks) for _, day in days),
        files=audits[newest.sequence].result.files if newest else None,
        licence_state=evidence.licence_state,
        items=items,
        complaints=facts.complaints,
        deployed=evidence.deployed,
        cases=facts.duties,
        gate_failures=_gate_failures(evidence),
        silence=silence_of(day for _, day in days),
        unset_parameters=tuple(sorted(unset)),
        deployment_missing=evidence.deployment_missing,
    )
    right = corrected(inputs, evidence.corrections)
    return Gathered(inputs=right, pooled=pooled, talks=talk_names(days))


def _items(
    evidence: AgencyEvidence,
    recent: Sequence[_Used],
    lists: frozenset[str],
    pooled: Mapping[str, PooledAnswer],
    sheets: Sheets,
    answers: Mapping[str, AnswerRecord],
) -> tuple[tuple[ItemInput, ...], frozenset[str]]:
    """The items of the counting lists as they stand, and those left out for want of a figure."""
    asked = [one for one in _newest(recent, sheets) if one.id in lists]
    questions = [question for sheet in asked for question in sheet.questions]
    ruled_out = _ruled_out(asked, recent)
    unset = _unset(questions, _unset_today(asked, evidence), answers, pooled) - ruled_out
    definitions = (one.definition for one in questions)
    return item_inputs(definitions, lists, answers, pooled, unset, ruled_out), unset


def seen_audits(evidence: AgencyEvidence) -> list[JudgedAudit]:
    """The audits that count, oldest first."""
    return sorted(
        (one for one in evidence.audits if one.approved_at <= evidence.until),
        key=lambda one: (one.visited_on, one.approved_at, one.submission_id),
    )


def _inspection(used: _Used, sheets: Sheets) -> InspectionRecord:
    """One record a list: its applicable and checked weights decide what a full inspection is."""
    weights, result = sheets.weights, used.result
    return InspectionRecord(
        checklist=result.checklist_id,
        held_on=used.audit.visited_on,
        approved=True,
        applicable_weight=sum(weights[one] * n for one, n in result.applicable.items()),
        checked_weight=sum(weights[one] * n for one, n in result.checked.items()),
        sequence=used.sequence,
    )


def _newest(recent: Iterable[_Used], sheets: Sheets) -> list[Sheet]:
    """The newest version used of each list; an item that it dropped is no longer asked and leaves
    the card."""
    newest: dict[str, int] = {}
    for one in recent:
        known = newest.get(one.result.checklist_id, 0)
        newest[one.result.checklist_id] = max(known, one.result.version)
    return [sheets.versions[used] for used in newest.items()]


def _ruled_out(asked: Iterable[Sheet], recent: Iterable[_Used]) -> frozenset[str]:
    """The items that do not apply by the facts of the newest visit that used their list."""
    facts = {one.result.checklist_id: one.audit.result.facts for one in recent}
    return frozenset(
        one.item.id
        for sheet in asked
        if not sheet.interview
        for one in sheet.conditional
        if not applies(one.item, facts[sheet.id])
    )


def latest_answers(recent: Iterable[_Used]) -> dict[str, AnswerRecord]:
    """The newest answer to each item of these lists, which come oldest first."""
    found: dict[str, tuple[EarnedAnswer, _Used]] = {}
    for one in sorted(recent, key=lambda one: (one.sequence, one.result.checklist_id)):
        for answer in one.result.answers:
            found[answer.item_id] = answer, one
    return {item_id: _record(*given) for item_id, given in found.items()}


def with_contracts(
    answers: Mapping[str, AnswerRecord], evidence: AgencyEvidence, months: int
) -> dict[str, AnswerRecord]:
    """The answers, where a confirmed finding in a contract says no from its day on: a later visit that saw
    otherwise counts. Source: 4.12, contract findings."""
    found = dict(answers)
    for one in evidence.contracts:
        known = found.get(one.item_id)
        if is_within(one.found_on, evidence.as_of, months) and (
            known is None or known.answered_on <= one.found_on
        ):
            found[one.item_id] = AnswerRecord(
                item=one.item_id,
                answered_on=one.found_on,
                answer=Answer.NO,
                evidence=Evidence.E2,
                source=f"{FINDING}/{one.finding_id}/{one.item_id}",
            )
    return found


def _record(answer: EarnedAnswer, used: _Used) -> AnswerRecord:
    return AnswerRecord(
        item=answer.item_id,
        answered_on=used.audit.visited_on,
        answer=_in_words(answer.earned),
        evidence=None if answer.evidence is None else _EVIDENCE[answer.evidence],
        not_scored=answer.unset,
        sequence=used.sequence,
        source=f"{used.audit.submission_id}/{used.result.checklist_id}/{answer.item_id}",
    )


def _in_words(earned: float | tuple[int, int] | None) -> Answer | Ratio:
    if earned is None:
        return Answer.NA
    if isinstance(earned, tuple):
        return Ratio(ok=earned[0], checked=earned[1])
    return _WORDS.get(earned, Answer.NO)


def _unset_today(sheets: Iterable[Sheet], evidence: AgencyEvidence) -> frozenset[str]:
    """The items whose figure the ministry has not set on the day of the card."""
    return frozenset(
        question.item.id
        for sheet in sheets
        for question in sheet.questions
        if question.refers and is_unset(question.item, sheet.figures.at(evidence.until))
    )


def _unset(
    questions: Iterable[Question],
    today: frozenset[str],
    answers: Mapping[str, AnswerRecord],
    pooled: Mapping[str, PooledAnswer],
) -> frozenset[str]:
    """Items recorded and not scored: answered while their figure was not set, or not answered and
    their figure is not set today (part 4.12, 4.13)."""
    unset = set()
    for question in questions:
        if not question.refers:
            continue
        item_id = question.item.id
        answer, pool = answers.get(item_id), pooled.get(item_id)
        if answer is not None:
            is_out = answer.not_scored
        elif pool is not None and (pool.answers.checked or pool.not_scored or not pool.asked):
            is_out = not pool.answers.checked and pool.not_scored
        else:
            is_out = item_id in today
        if is_out:
            unset.add(item_id)
    return frozenset(unset)


def _gate_failures(evidence: AgencyEvidence) -> tuple[GateFailure, ...]:
    """Findings that trip a gate. Those not yet decided cap nothing and are said on the card. Two
    findings on one item are one event: a second visit that sees the same adds no second cap."""
    return tuple(
        GateFailure(
            item=finding.item_id,
            cap=FailureCap(finding.cap),
            confirmed=finding.confirmed,
        )
        for finding in evidence.findings
    )
