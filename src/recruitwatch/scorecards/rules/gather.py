"""From an agency's records to the inputs of its card, as part 4.12 of the method says.

Answers keep the meaning they had on the day of the visit: the checklist's version and the day are those
of the audit. Workers' answers are pooled and never change what an inspector answered: the standard
gives no rule for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from recruitwatch.audits.values import ApprovedAudit, DocumentAnswer, DocumentInterview
from recruitwatch.checklists.rules import applies, credit
from recruitwatch.checklists.values import (
    AnswerValue,
    Checklist,
    Credit,
    CreditStatus,
    EvidenceLevel,
    Item,
    NotScoredBecause,
    NumberAnswer,
    RatioAnswer,
    Unit,
)
from recruitwatch.checklists.values import Severity as WrittenSeverity
from recruitwatch.scorecards.rules.inputs import (
    counting_lists,
    is_within,
    item_inputs,
    latest_answers,
    months_since_full_inspection,
    pool_interviews,
)
from recruitwatch.scorecards.rules.profile import DEFAULT_0_1
from recruitwatch.scorecards.values import (
    Answer,
    AnswerRecord,
    CardInputs,
    Evidence,
    FailureCap,
    GateFailure,
    InspectionRecord,
    InterviewRecord,
    ItemDefinition,
    Principle,
    Profile,
    Ratio,
    Severity,
    Silence,
)
from recruitwatch.scorecards.values.evidence import AgencyEvidence, Library

KNOWS_A_CHANNEL = "PDI-RSP-02"
"""How many people or offices a worker can name to call for help: none means no channel is known."""


class _Question(Struct, frozen=True):
    """An item and what follows from its checklist alone."""

    item: Item
    definition: ItemDefinition
    weight: int
    unset: bool


class _Sheet(Struct, frozen=True):
    """A checklist version made ready to read audits by. `interview`: one is filled in per worker."""

    id: str
    version: int
    interview: bool
    questions: tuple[_Question, ...]


class _Given(Struct, frozen=True):
    """One question of one visit. Without `earned` the facts of the visit left it out."""

    question: _Question
    answer: DocumentAnswer | None
    earned: Credit | None


class _Filled(Struct, frozen=True):
    """One list of the visit with everything that was said to it; each answer is judged once."""

    audit: ApprovedAudit
    sequence: int
    sheet: _Sheet
    given: tuple[_Given, ...]


_SEVERITIES = {one: Severity(one.value) for one in WrittenSeverity}
_EVIDENCE = {one: Evidence[one.name] for one in EvidenceLevel}


def gather(
    evidence: AgencyEvidence, library: Library, profile: Profile = DEFAULT_0_1
) -> CardInputs:
    """The inputs of an agency's card. What was approved after `as_of` is not seen (4.12)."""
    [inputs] = gather_all([evidence], library, profile)
    return inputs


def gather_all(
    evidence: Iterable[AgencyEvidence], library: Library, profile: Profile = DEFAULT_0_1
) -> list[CardInputs]:
    """The inputs of many cards. What follows from the checklists alone is worked out once."""
    sheets = {
        (checklist.id, checklist.version): _sheet(checklist, library, profile)
        for checklist in library.checklists.values()
    }
    return [_gathered(one, sheets, library, profile) for one in evidence]


Sheets = Mapping[tuple[str, int], _Sheet]


def _gathered(
    evidence: AgencyEvidence, sheets: Sheets, library: Library, profile: Profile
) -> CardInputs:
    audits = [one for one in evidence.audits if one.approved_at.date() <= evidence.as_of]
    audits.sort(key=lambda one: (one.document.visited_on, one.approved_at, str(one.submission_id)))
    filled = [
        _filled(audit, sequence, sheets[used.checklist_id, used.version], library)
        for sequence, audit in enumerate(audits)
        for used in audit.document.lists
    ]
    inspections = [_inspection(one) for one in filled]
    lists = counting_lists(inspections, evidence.as_of, profile)
    talks = [record for one in audits for record in _talks(one, library)]
    questions = _newest(one.sheet for one in filled)
    answers = latest_answers(
        (record for one in filled for record in _answers(one)), evidence.as_of, profile
    )
    pooled = pool_interviews(talks, evidence.as_of, profile)
    unset = frozenset(one.item.id for one in questions if one.unset)
    return CardInputs(
        as_of=evidence.as_of,
        profile=profile.name,
        months_since_inspection=months_since_full_inspection(inspections, evidence.as_of, profile),
        interviews=_interviews_held(audits, evidence, profile),
        licence_state=evidence.licence_state,
        items=item_inputs((one.definition for one in questions), lists, answers, pooled, unset),
        deployed=evidence.deployed,
        gate_failures=_gate_failures(evidence),
        silence=_silence(audits, evidence, profile),
        unset_parameters=tuple(
            sorted(
                one.item.id for one in questions if one.unset and one.definition.checklist in lists
            )
        ),
        deployment_missing=evidence.deployment_missing,
    )


def _sheet(checklist: Checklist, library: Library, profile: Profile) -> _Sheet:
    questions = []
    for item in _items(checklist):
        definition = ItemDefinition(
            id=item.id,
            checklist=checklist.id,
            principle=Principle(item.principle),
            severity=_SEVERITIES[item.severity],
            gender=item.gender,
            interview=checklist.unit is Unit.ONE_PER_WORKER,
        )
        # An item that refers to a figure the ministry has not set: recorded, not scored, said (4.13).
        earned = credit(item, None, today=date.max, parameters=library.parameters)
        unset = earned.because is NotScoredBecause.PARAMETER_NOT_SET
        questions.append(_Question(item, definition, profile.severity[definition.severity], unset))
    return _Sheet(
        checklist.id,
        checklist.version,
        checklist.unit is Unit.ONE_PER_WORKER,
        tuple(questions),
    )


def _items(checklist: Checklist) -> Iterator[Item]:
    for section in checklist.sections:
        yield from section.items


def _newest(sheets: Iterable[_Sheet]) -> tuple[_Question, ...]:
    """Each question as the newest version used in these audits asks it; an item that the newest
    version dropped is no longer asked and leaves the card."""
    newest: dict[str, _Sheet] = {}
    for sheet in sheets:
        known = newest.get(sheet.id)
        if known is None or sheet.version > known.version:
            newest[sheet.id] = sheet
    return tuple(question for sheet in newest.values() for question in sheet.questions)


def _filled(audit: ApprovedAudit, sequence: int, sheet: _Sheet, library: Library) -> _Filled:
    """The answers keep the meaning they had on the day of the visit."""
    document, parameters = audit.document, library.parameters
    answers = {answer.item_id: answer for answer in document.answers}
    given = []
    for question in sheet.questions:
        item, answer, earned = question.item, answers.get(question.item.id), None
        if applies(item, document.facts):
            value = None if answer is None else answer.value
            earned = credit(item, value, today=document.visited_on, parameters=parameters)
        given.append(_Given(question, answer, earned))
    return _Filled(audit, sequence, sheet, tuple(given))


def _answers(filled: _Filled) -> Iterator[AnswerRecord]:
    """Every answer of the visit, and "not applicable" where the facts of the visit decided it. An
    item left unanswered gives none, so that an earlier answer stands."""
    if filled.sheet.interview:
        return
    audit = filled.audit
    day, source = audit.document.visited_on, f"{audit.submission_id}/{filled.sheet.id}/"
    for one in filled.given:
        level = None
        if one.earned is None:
            answer: Answer | Ratio = Answer.NA
        elif one.answer is None or one.answer.value is None:
            continue
        else:
            answer = _in_words(one.earned, one.answer.value)
            level = None if one.answer.evidence is None else _EVIDENCE[one.answer.evidence]
        item_id = one.question.item.id
        yield AnswerRecord(
            item=item_id,
            answered_on=day,
            answer=answer,
            evidence=level,
            sequence=filled.sequence,
            source=source + item_id,
        )


def _in_words(earned: Credit, value: AnswerValue) -> Answer | Ratio:
    if earned.status is CreditStatus.NOT_CHECKED:
        return Answer.NOT_CHECKED
    if earned.value is None:
        return Answer.NA
    if isinstance(value, RatioAnswer):
        return Ratio(ok=value.ok, checked=value.checked)
    return {1.0: Answer.YES, 0.5: Answer.PARTIAL}.get(earned.value, Answer.NO)


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
    )


def _talks(audit: ApprovedAudit, library: Library) -> Iterator[InterviewRecord]:
    """Each worker's answers. A worker counts as compliant or not: a partial answer is not (4.2)."""
    versions = {
        used.checklist_id: library.checklists[used.checklist_id, used.version]
        for used in audit.document.lists
    }
    for talk in audit.document.interviews:
        given = {answer.item_id: answer.value for answer in talk.answers}
        for item in _items(versions[talk.checklist_id]):
            if item.id not in given or not _asked(audit, talk, item):
                continue
            earned = credit(item, given[item.id], today=talk.held_on, parameters=library.parameters)
            yield InterviewRecord(
                item=item.id,
                answered_on=talk.held_on,
                compliant=None if earned.value is None else earned.value == 1.0,
            )


def _asked(audit: ApprovedAudit, talk: DocumentInterview, item: Item) -> bool:
    return applies(item, {**audit.document.facts, **talk.facts})


def _recent_talks(
    audits: Iterable[ApprovedAudit], evidence: AgencyEvidence, profile: Profile
) -> Iterator[DocumentInterview]:
    for audit in audits:
        for talk in audit.document.interviews:
            if is_within(talk.held_on, evidence.as_of, profile.records.window_months):
                yield talk


def _interviews_held(
    audits: Iterable[ApprovedAudit], evidence: AgencyEvidence, profile: Profile
) -> int:
    """Talks of the window in which more was answered than the question whether to talk at all."""
    return sum(len(talk.answers) > 1 for talk in _recent_talks(audits, evidence, profile))


def _silence(
    audits: Iterable[ApprovedAudit], evidence: AgencyEvidence, profile: Profile
) -> Silence | None:
    """How many workers were asked whom they could call, and how many could name anybody."""
    named = [
        answer.value.number
        for talk in _recent_talks(audits, evidence, profile)
        for answer in talk.answers
        if answer.item_id == KNOWS_A_CHANNEL and isinstance(answer.value, NumberAnswer)
    ]
    if not named:
        return None
    return Silence(asked=len(named), know=sum(number >= 1 for number in named))


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
