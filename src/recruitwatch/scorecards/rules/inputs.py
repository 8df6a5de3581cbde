"""From records to inputs (part 4.12): dates, which lists and answers count, pooling, outcomes.

Records dated after `as_of` are never seen, so a card of a past date can be computed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from recruitwatch.scorecards.rules.audit_part import answer_credit
from recruitwatch.scorecards.values import (
    Answer,
    AnswerRecord,
    CaseSeverity,
    Evidence,
    FindingRecord,
    Grade,
    InspectionRecord,
    InterviewRecord,
    ItemDefinition,
    ItemInput,
    Outcome,
    PooledAnswer,
    Profile,
    Ratio,
)

_SEVERITIES = (CaseSeverity.MINOR, CaseSeverity.MAJOR, CaseSeverity.CRITICAL)

_OUTCOMES: Mapping[str, Outcome] = {
    "substantiated": Outcome.UPHELD,
    "partly_substantiated": Outcome.PARTLY_UPHELD,
    "settled_confirmed": Outcome.SETTLED,
}


def whole_months(event: date, as_of: date) -> int:
    """Whole calendar months completed between the event and `as_of`; negative if it lies ahead.

    31 January to 28 February is 0, to 1 March is 1.
    """
    months = (as_of.year - event.year) * 12 + as_of.month - event.month
    return months - 1 if as_of.day < event.day else months


def is_within(event: date, as_of: date, months: int) -> bool:
    """Whether the event lies in the window that ends at `as_of`; exactly `months` old is out."""
    return 0 <= whole_months(event, as_of) < months


def counting_lists(
    inspections: Iterable[InspectionRecord], as_of: date, profile: Profile
) -> frozenset[str]:
    """The lists with at least one approved audit of this agency in the last 24 months.

    Only the four lists of the audit part: the destination check scores the foreign partner.
    """
    return frozenset(
        each.checklist
        for each in inspections
        if each.approved
        and each.checklist in profile.records.audit_lists
        and is_within(each.held_on, as_of, profile.records.window_months)
    )


def is_full_inspection(inspection: InspectionRecord, profile: Profile) -> bool:
    """An approved audit of `sop` or `covenant` with 80 per cent or more of its weight checked."""
    rule = profile.records
    return (
        inspection.approved
        and inspection.checklist in rule.full_inspection_lists
        and inspection.applicable_weight > 0
        and inspection.checked_weight / inspection.applicable_weight >= rule.full_inspection_share
    )


def months_since_full_inspection(
    inspections: Iterable[InspectionRecord], as_of: date, profile: Profile
) -> int | None:
    """m: age of the newest full inspection; None when there never was one."""
    ages = (
        whole_months(each.held_on, as_of)
        for each in inspections
        if is_full_inspection(each, profile)
    )
    return min((age for age in ages if age >= 0), default=None)


def latest_answers(
    answers: Iterable[AnswerRecord], as_of: date, profile: Profile
) -> dict[str, AnswerRecord]:
    """The latest answer per item within 24 months; older ones are as good as not checked.

    A verified follow-up or a confirmed contract finding is an answer of its own date. Two of
    one day: the higher sequence, then the later source, so that the order given is irrelevant.
    """
    months = profile.records.window_months
    latest: dict[str, AnswerRecord] = {}
    for each in answers:
        known = latest.get(each.item)
        newer = known is None or _order(known) <= _order(each)
        if newer and is_within(each.answered_on, as_of, months):
            latest[each.item] = each
    return latest


def _order(answer: AnswerRecord) -> tuple[date, int, str]:
    return answer.answered_on, answer.sequence, answer.source or ""


def contract_finding_answer(item: str, found_on: date, finding: str) -> AnswerRecord:
    """A confirmed contract finding: the item it bears on is answered no at E2 from its date."""
    return AnswerRecord(
        item=item,
        answered_on=found_on,
        answer=Answer.NO,
        evidence=Evidence.E2,
        source=finding,
    )


def pool_interviews(
    answers: Iterable[InterviewRecord], as_of: date, profile: Profile
) -> dict[str, PooledAnswer]:
    """Interviews of 24 months pooled into compliant of answered, item by item.

    The evidence level is the lowest of the answers; fewer than 5 respondents to the item: E1
    at most, and the result is withheld from the public card.
    """
    rule = profile.records
    groups: dict[str, list[InterviewRecord]] = {}
    for each in answers:
        if is_within(each.answered_on, as_of, rule.window_months):
            groups.setdefault(each.item, []).append(each)
    return {item: _pool(item, groups[item], profile) for item in sorted(groups)}


def _pool(item: str, group: Iterable[InterviewRecord], profile: Profile) -> PooledAnswer:
    given = [each for each in group if each.compliant is not None]
    few = len(given) < profile.records.interview_min_respondents
    level = min((each.evidence for each in given), default=Evidence.E0)
    return PooledAnswer(
        item=item,
        answers=Ratio(ok=sum(bool(each.compliant) for each in given), checked=len(given)),
        evidence=min(level, Evidence.E1) if few else level,
        withheld=few,
    )


def item_inputs(
    definitions: Iterable[ItemDefinition],
    lists: frozenset[str],
    answers: Mapping[str, AnswerRecord],
    pooled: Mapping[str, PooledAnswer],
    unset: frozenset[str] = frozenset(),
) -> tuple[ItemInput, ...]:
    """The items of the counting lists as they stand, workers' word on them taken in.

    Items in `unset` refer to a parameter the ministry has not set: they leave the applicable
    weight. Items never answered stand as not checked.
    """
    counted = [each for each in definitions if each.checklist in lists and each.id not in unset]
    items = [
        _interview_item(each, pooled.get(each.id))
        if each.interview
        else _answered_item(each, answers.get(each.id))
        for each in counted
    ]
    return tuple(items)


def _answered_item(definition: ItemDefinition, answer: AnswerRecord | None) -> ItemInput:
    return ItemInput(
        id=definition.id,
        principle=definition.principle,
        severity=definition.severity,
        gender=definition.gender,
        answer=Answer.NOT_CHECKED if answer is None else answer.answer,
        evidence=None if answer is None else answer.evidence,
        source=None if answer is None else answer.source,
    )


def _interview_item(definition: ItemDefinition, pooled: PooledAnswer | None) -> ItemInput:
    answer: Answer | Ratio = Answer.NOT_CHECKED
    if pooled is not None:
        answer = pooled.answers if pooled.answers.checked else Answer.NA
    return ItemInput(
        id=definition.id,
        principle=definition.principle,
        severity=definition.severity,
        gender=definition.gender,
        answer=answer,
        evidence=None if pooled is None else pooled.evidence,
    )


def corroborate(
    items: Iterable[ItemInput],
    definitions: Iterable[ItemDefinition],
    pooled: Mapping[str, PooledAnswer],
    profile: Profile,
) -> tuple[ItemInput, ...]:
    """Let workers' answers bear out, or put in doubt, the items they point to.

    Workers report a failure when 2 of them and 20 per cent of those asked do (the thresholds of
    the gate on interview items). Agreement of at least 5 respondents lifts the evidence to E3:
    no failure reported on an item in order, or a failure reported on one that is not. A failure
    reported on an item in order, even by few, puts it back to "to verify", which is E0.
    Contentment never weakens a failing answer. The standard gives the rule without figures;
    these are the reading taken.
    """
    said: dict[str, list[PooledAnswer]] = {}
    for each in definitions:
        if each.corroborates is not None and each.id in pooled:
            said.setdefault(each.corroborates, []).append(pooled[each.id])
    return tuple(_with_workers_word(each, said.get(each.id, []), profile) for each in items)


def _with_workers_word(
    item: ItemInput, said: Sequence[PooledAnswer], profile: Profile
) -> ItemInput:
    if not said or answer_credit(item.answer, profile) is None:
        return item
    failing = [
        each
        for each in said
        if interview_trips_gate(each.answers, document_bears_out=False, profile=profile)
    ]
    in_order = _is_in_order(item.answer)
    if in_order and failing:
        return replace(item, evidence=Evidence.E0)
    agreeing = said if in_order else failing
    if any(not each.withheld for each in agreeing):
        return replace(item, evidence=Evidence.E3)
    return item


def _is_in_order(answer: Answer | Ratio) -> bool:
    if isinstance(answer, Ratio):
        return answer.ok == answer.checked
    return answer is Answer.YES


def ratio_trips_gate(answer: Ratio, profile: Profile) -> bool:
    """A critical ratio item trips its gate when ok/checked < 0.9 or two or more files fail."""
    rule = profile.records
    if not answer.checked:
        return False
    return (
        answer.ok / answer.checked < rule.ratio_gate_share
        or answer.checked - answer.ok >= rule.ratio_gate_failures
    )


def interview_trips_gate(answers: Ratio, *, document_bears_out: bool, profile: Profile) -> bool:
    """A critical interview item trips its gate when 2 workers and 20 per cent of those asked
    give a failing answer, or one does and a document bears it out (part 4.5)."""
    rule = profile.records
    failing = answers.checked - answers.ok
    if not failing:
        return False
    many = (
        failing >= rule.interview_gate_workers
        and failing / answers.checked >= rule.interview_gate_share
    )
    return many or document_bears_out


def answer_trips_gate(answer: Answer | Ratio, profile: Profile) -> bool:
    """Whether an answer on a critical item outside interviews is a failure for G2 to G4.

    "No" is; "partial" is not; ratios by their own rule.
    """
    if isinstance(answer, Ratio):
        return ratio_trips_gate(answer, profile)
    return answer is Answer.NO


def is_confirmed(finding: FindingRecord, as_of: date) -> bool:
    """Finalised by someone other than the inspector, after the evidence was served and the
    reply period ended or the agency replied (part 4.12)."""
    final, served = finding.finalised_on, finding.evidence_served_on
    if final is None or served is None or finding.finalised_by in (None, finding.inspector):
        return False
    replied = finding.replied_on is not None and finding.replied_on <= final
    ended = finding.reply_ends_on is not None and finding.reply_ends_on < final
    return served <= final <= as_of and (replied or ended)


def outcome_of(decision: str, *, reviewed_by_two: bool = False) -> Outcome:
    """A decided case's closing word as an outcome of the method (part 4.12).

    Withdrawn under pressure counts after review by two officers only; every word not named in
    the standard counts nothing.
    """
    if decision == "withdrawn_pressure" and reviewed_by_two:
        return Outcome.WITHDRAWN_PRESSURE
    return _OUTCOMES.get(decision, Outcome.NOT_UPHELD)


def partner_calls_for_finding(
    grade: Grade, *, has_open_critical: bool, keeps_sending: bool
) -> bool:
    """Whether the agency gets a finding for its choice of partner (part 4.1).

    It does when the partner is graded D or E, or has an open critical finding, and the agency
    keeps sending workers there.
    """
    return keeps_sending and (has_open_critical or grade in (Grade.D, Grade.E))


def worst_severity(severities: Iterable[CaseSeverity]) -> CaseSeverity:
    """The severity of a case: that of its worst category."""
    return max(severities, key=_SEVERITIES.index)


def deployed_by_year(departures: Iterable[tuple[date, int]], as_of: date) -> tuple[int, int, int]:
    """Workers sent in each of the three twelve-month windows that end at `as_of`, latest first."""
    years = [0, 0, 0]
    for sent_on, workers in departures:
        year, inside = divmod(whole_months(sent_on, as_of), 12)
        if 0 <= year < 3 and inside >= 0:
            years[year] += workers
    return (years[0], years[1], years[2])
