"""From an agency's records to the inputs of its card, as part 4.12 of the method says.

Answers keep the meaning they had on the day of the visit: the checklist's version and the day are those
of the audit. Workers' answers are pooled and never change what an inspector answered: the standard
gives no rule for that, so `corroborate` is shown to reviewers and not applied here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from recruitwatch.audits.values import ApprovedAudit, DocumentAnswer, DocumentInterview
from recruitwatch.checklists.rules import applies, credit
from recruitwatch.checklists.values import (
    AnswerValue,
    Checklist,
    Credit,
    CreditStatus,
    Item,
    NotScoredBecause,
    NumberAnswer,
    RatioAnswer,
    Unit,
)
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


def gather(
    evidence: AgencyEvidence, library: Library, profile: Profile = DEFAULT_0_1
) -> CardInputs:
    """The inputs of an agency's card. What was approved after `as_of` is not seen (4.12)."""
    audits = [one for one in evidence.audits if one.approved_at.date() <= evidence.as_of]
    audits.sort(key=lambda one: (one.document.visited_on, one.approved_at, str(one.submission_id)))
    inspections = [record for one in audits for record in _inspections(one, library, profile)]
    lists = counting_lists(inspections, evidence.as_of, profile)
    talks = [record for one in audits for record in _talks(one, library)]
    definitions = _definitions(audits, library)
    answers = latest_answers(_answers(audits, library), evidence.as_of, profile)
    pooled = pool_interviews(talks, evidence.as_of, profile)
    unset = _unset(definitions, library, evidence)
    return CardInputs(
        as_of=evidence.as_of,
        profile=profile.name,
        months_since_inspection=months_since_full_inspection(inspections, evidence.as_of, profile),
        interviews=_interviews_held(audits, evidence, profile),
        licence_state=evidence.licence_state,
        items=item_inputs(map(_defined, definitions.values()), lists, answers, pooled, unset),
        deployed=evidence.deployed,
        gate_failures=_gate_failures(evidence),
        silence=_silence(audits, evidence, profile),
        unset_parameters=tuple(sorted(name for name in unset if definitions[name][0].id in lists)),
        deployment_missing=evidence.deployment_missing,
    )


Definition = tuple[Checklist, Item]


def _checklists(audit: ApprovedAudit, library: Library) -> Iterator[Checklist]:
    for used in audit.document.lists:
        yield library.checklists[used.checklist_id, used.version]


def _items(checklist: Checklist) -> Iterator[Item]:
    for section in checklist.sections:
        yield from section.items


def _definitions(audits: Iterable[ApprovedAudit], library: Library) -> dict[str, Definition]:
    """Each item as the newest version used in these audits defines it; an item that the newest
    version dropped is no longer asked and leaves the card."""
    newest: dict[str, Checklist] = {}
    for audit in audits:
        for checklist in _checklists(audit, library):
            known = newest.get(checklist.id)
            if known is None or checklist.version > known.version:
                newest[checklist.id] = checklist
    return {item.id: (one, item) for one in newest.values() for item in _items(one)}


def _defined(definition: Definition) -> ItemDefinition:
    checklist, item = definition
    return ItemDefinition(
        id=item.id,
        checklist=checklist.id,
        principle=Principle(item.principle),
        severity=Severity(item.severity.value),
        gender=item.gender,
        interview=checklist.unit is Unit.ONE_PER_WORKER,
        corroborates=item.corroborates,
    )


def _answers(audits: Iterable[ApprovedAudit], library: Library) -> Iterator[AnswerRecord]:
    """Every answer of the visits, and "not applicable" where the facts of the visit decided it."""
    for sequence, audit in enumerate(audits):
        given = {answer.item_id: answer for answer in audit.document.answers}
        for checklist in _checklists(audit, library):
            if checklist.unit is Unit.ONE_PER_WORKER:
                continue
            for item in _items(checklist):
                recorded = _recorded(audit, checklist, item, given.get(item.id), library)
                if recorded is not None:
                    answer, evidence = recorded
                    yield AnswerRecord(
                        item=item.id,
                        answered_on=audit.document.visited_on,
                        answer=answer,
                        evidence=evidence,
                        sequence=sequence,
                        source=f"{audit.submission_id}/{checklist.id}/{item.id}",
                    )


def _recorded(
    audit: ApprovedAudit,
    checklist: Checklist,
    item: Item,
    given: DocumentAnswer | None,
    library: Library,
) -> tuple[Answer | Ratio, Evidence | None] | None:
    """The answer in the method's words; None where the item was left unanswered, so that an earlier
    answer stands."""
    if not applies(item, audit.document.facts):
        return Answer.NA, None
    if given is None or given.value is None:
        return None
    earned = _credit(audit, item, given.value, library)
    level = None if given.evidence is None else Evidence[given.evidence.name]
    return _in_words(earned, given.value), level


def _credit(
    audit: ApprovedAudit, item: Item, value: AnswerValue | None, library: Library
) -> Credit:
    day = audit.document.visited_on
    return credit(item, value, today=day, parameters=library.parameters)


def _in_words(earned: Credit, value: AnswerValue) -> Answer | Ratio:
    if earned.status is CreditStatus.NOT_CHECKED:
        return Answer.NOT_CHECKED
    if earned.value is None:
        return Answer.NA
    if isinstance(value, RatioAnswer):
        return Ratio(ok=value.ok, checked=value.checked)
    return {1.0: Answer.YES, 0.5: Answer.PARTIAL}.get(earned.value, Answer.NO)


def _unset(
    definitions: dict[str, Definition], library: Library, evidence: AgencyEvidence
) -> frozenset[str]:
    """Items that refer to a figure the ministry has not set: recorded, not scored, said (4.13)."""
    return frozenset(
        name
        for name, (_, item) in definitions.items()
        if credit(item, None, today=evidence.as_of, parameters=library.parameters).because
        is NotScoredBecause.PARAMETER_NOT_SET
    )


def _inspections(
    audit: ApprovedAudit, library: Library, profile: Profile
) -> Iterator[InspectionRecord]:
    """One record a list: its applicable and checked weights decide what a full inspection is."""
    given = {answer.item_id: answer.value for answer in audit.document.answers}
    for checklist in _checklists(audit, library):
        applicable = checked = 0
        for item in _items(checklist):
            if not applies(item, audit.document.facts):
                continue
            earned = _credit(audit, item, given.get(item.id), library)
            weight = profile.severity[Severity(item.severity.value)]
            if earned.status in (CreditStatus.SCORED, CreditStatus.NOT_CHECKED):
                applicable += weight
                checked += weight if earned.status is CreditStatus.SCORED else 0
        yield InspectionRecord(
            checklist=checklist.id,
            held_on=audit.document.visited_on,
            approved=True,
            applicable_weight=applicable,
            checked_weight=checked,
        )


def _talks(audit: ApprovedAudit, library: Library) -> Iterator[InterviewRecord]:
    """Each worker's answers. A worker counts as compliant or not: a partial answer is not (4.2)."""
    versions = {checklist.id: checklist for checklist in _checklists(audit, library)}
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
