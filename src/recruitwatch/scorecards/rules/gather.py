"""From an agency's records to the inputs of its card, as part 4.12 of the method says.

Answers keep the meaning they had: the checklist's version and the day are those of the visit, the
figures of national law those in force when it was approved, as for its findings. Workers' answers
are pooled and never change what an inspector answered: the standard gives no rule for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from recruitwatch.audits.values import ApprovedAudit, DocumentAnswer
from recruitwatch.checklists.rules import applies, credit
from recruitwatch.checklists.values import (
    AnswerValue,
    Credit,
    CreditStatus,
    EvidenceLevel,
    NotScoredBecause,
    RatioAnswer,
)
from recruitwatch.scorecards.rules.cases import case_duties, complaint_inputs
from recruitwatch.scorecards.rules.inputs import (
    counting_lists,
    is_within,
    item_inputs,
    latest_answers,
    newest_full_inspection,
    pool_interviews,
    whole_months,
)
from recruitwatch.scorecards.rules.interviews import (
    interview_records,
    is_held,
    recent_talks,
    silence_of,
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
    PooledAnswer,
    Profile,
    Ratio,
)
from recruitwatch.scorecards.values.evidence import AgencyEvidence, Library


class _Given(Struct, frozen=True):
    """One question of one visit. Without `earned` the facts of the visit left it out."""

    question: Question
    answer: DocumentAnswer | None
    earned: Credit | None


class _Filled(Struct, frozen=True):
    """One list of the visit with everything that was said to it; each answer is judged once."""

    audit: ApprovedAudit
    sequence: int
    sheet: Sheet
    given: tuple[_Given, ...]


_EVIDENCE = {one: Evidence[one.name] for one in EvidenceLevel}


def gather(
    evidence: AgencyEvidence, library: Library, profile: Profile = DEFAULT_0_1
) -> CardInputs:
    """The inputs of an agency's card. What was approved after `until` is not seen (4.12)."""
    [inputs] = gather_all([evidence], library, profile)
    return inputs


def gather_all(
    evidence: Iterable[AgencyEvidence], library: Library, profile: Profile = DEFAULT_0_1
) -> list[CardInputs]:
    """The inputs of many cards. What follows from the checklists alone is worked out once."""
    sheets = sheets_of(library, profile)
    return [_gathered(one, sheets, profile) for one in evidence]


def pooled_interviews(
    evidence: AgencyEvidence, library: Library, profile: Profile = DEFAULT_0_1
) -> dict[str, PooledAnswer]:
    """What the workers of 24 months said, item by item, with the submissions it comes from."""
    return _pooled(seen_audits(evidence), evidence, sheets_of(library, profile), profile)


def seen_audits(evidence: AgencyEvidence) -> list[ApprovedAudit]:
    """The audits that count, oldest first."""
    return sorted(
        (one for one in evidence.audits if one.approved_at <= evidence.until),
        key=lambda one: (one.document.visited_on, one.approved_at, str(one.submission_id)),
    )


def _pooled(
    audits: Iterable[ApprovedAudit], evidence: AgencyEvidence, sheets: Sheets, profile: Profile
) -> dict[str, PooledAnswer]:
    records = (record for audit in audits for record in interview_records(audit, sheets))
    return pool_interviews(records, evidence.as_of, profile)


def _gathered(evidence: AgencyEvidence, sheets: Sheets, profile: Profile) -> CardInputs:
    audits = seen_audits(evidence)
    filled = [
        _filled(audit, sequence, sheets[used.checklist_id, used.version])
        for sequence, audit in enumerate(audits)
        for used in audit.document.lists
    ]
    months = profile.records.window_months
    recent = [
        one for one in filled if is_within(one.audit.document.visited_on, evidence.as_of, months)
    ]
    inspections = [_inspection(one) for one in filled]
    newest = newest_full_inspection(inspections, evidence.as_of, profile)
    lists = counting_lists(inspections, evidence.as_of, profile)
    newest_sheets = [one for one in _newest(recent) if one.id in lists]
    questions = [question for sheet in newest_sheets for question in sheet.questions]
    ruled_out = _ruled_out(questions, recent)
    answers = latest_answers(
        (record for one in recent for record in _answers(one)), evidence.as_of, profile
    )
    pooled = _pooled(audits, evidence, sheets, profile)
    today = _unset_today(newest_sheets, evidence)
    unset = _unset(questions, today, answers, pooled) - ruled_out
    zone = evidence.until.tzinfo
    talks = list(recent_talks(audits, evidence.as_of, profile))
    return CardInputs(
        as_of=evidence.as_of,
        profile=profile.name,
        months_since_inspection=whole_months(newest.held_on, evidence.as_of) if newest else None,
        interviews=sum(is_held(talk) for talk in talks),
        files=_files(audits[newest.sequence]) if newest else None,
        licence_state=evidence.licence_state,
        items=item_inputs(
            (one.definition for one in questions), lists, answers, pooled, unset, ruled_out
        ),
        complaints=complaint_inputs(evidence.cases, evidence.as_of, zone, profile),
        deployed=evidence.deployed,
        cases=case_duties(evidence.cases, evidence.as_of, zone, profile),
        gate_failures=_gate_failures(evidence),
        silence=silence_of(talks),
        unset_parameters=tuple(sorted(unset)),
        deployment_missing=evidence.deployment_missing,
    )


def _filled(audit: ApprovedAudit, sequence: int, sheet: Sheet) -> _Filled:
    document = audit.document
    parameters = sheet.figures.at(audit.approved_at)
    answers = {answer.item_id: answer for answer in document.answers}
    given = []
    for question in sheet.questions:
        item, answer, earned = question.item, answers.get(question.item.id), None
        if applies(item, document.facts):
            value = None if answer is None else answer.value
            earned = credit(item, value, today=document.visited_on, parameters=parameters)
        given.append(_Given(question, answer, earned))
    return _Filled(audit, sequence, sheet, tuple(given))


def _inspection(filled: _Filled) -> InspectionRecord:
    """One record a list: its applicable and checked weights decide what a full inspection is."""
    applicable = checked = 0
    for one in filled.given:
        status = None if one.earned is None else one.earned.status
        if status is CreditStatus.SCORED:
            checked += one.question.weight
            applicable += one.question.weight
        elif status is CreditStatus.NOT_CHECKED:
            applicable += one.question.weight
    return InspectionRecord(
        checklist=filled.sheet.id,
        held_on=filled.audit.document.visited_on,
        approved=True,
        applicable_weight=applicable,
        checked_weight=checked,
        sequence=filled.sequence,
    )


def _files(audit: ApprovedAudit) -> int:
    """Files checked: the largest number checked in any count of the visit. The counts of one visit
    are drawn from the same files, so adding them up would count a file many times."""
    checked = (
        one.value.checked for one in audit.document.answers if isinstance(one.value, RatioAnswer)
    )
    return max(checked, default=0)


def _newest(filled: Iterable[_Filled]) -> list[Sheet]:
    """The newest version used of each list; an item that it dropped is no longer asked and leaves
    the card."""
    newest: dict[str, Sheet] = {}
    for one in filled:
        known = newest.get(one.sheet.id)
        if known is None or one.sheet.version > known.version:
            newest[one.sheet.id] = one.sheet
    return list(newest.values())


def _ruled_out(questions: Iterable[Question], filled: Sequence[_Filled]) -> frozenset[str]:
    """The items that do not apply by the facts of the newest visit that used their list."""
    facts = {one.sheet.id: one.audit.document.facts for one in filled}
    return frozenset(
        one.item.id
        for one in questions
        if not one.definition.interview and not applies(one.item, facts[one.definition.checklist])
    )


def _answers(filled: _Filled) -> Iterator[AnswerRecord]:
    """Every answer of the visit. An item left unanswered, or counted with nothing checked, gives
    none, so that an earlier answer stands."""
    if filled.sheet.interview:
        return
    audit = filled.audit
    day, source = audit.document.visited_on, f"{audit.submission_id}/{filled.sheet.id}/"
    for one in filled.given:
        if one.earned is None or one.answer is None or one.answer.value is None:
            continue
        if one.earned.status is CreditStatus.NOT_CHECKED:
            continue
        item_id, level = one.question.item.id, one.answer.evidence
        yield AnswerRecord(
            item=item_id,
            answered_on=day,
            answer=_in_words(one.earned, one.answer.value),
            evidence=None if level is None else _EVIDENCE[level],
            not_scored=one.earned.because is NotScoredBecause.PARAMETER_NOT_SET,
            sequence=filled.sequence,
            source=source + item_id,
        )


def _in_words(earned: Credit, value: AnswerValue) -> Answer | Ratio:
    if earned.value is None:
        return Answer.NA
    if isinstance(value, RatioAnswer):
        return Ratio(ok=value.ok, checked=value.checked)
    return {1.0: Answer.YES, 0.5: Answer.PARTIAL}.get(earned.value, Answer.NO)


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
        item_id = question.item.id
        answer, pool = answers.get(item_id), pooled.get(item_id)
        if not question.refers:
            continue
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
