"""From records to inputs (part 4.12): dates, which lists count, items as they stand.

Records dated after `as_of` are never seen, so a card of a past date can be computed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from recruitwatch.scorecards.values import (
    Answer,
    AnswerRecord,
    InspectionRecord,
    ItemDefinition,
    ItemInput,
    PooledAnswer,
    Profile,
    Ratio,
)

INTERVIEWS = "interviews"
# How the source of an answer begins that comes from a finding in a contract, and from no visit.
FINDING = "finding"
"""The source of a pooled item, before its id: the page that shows what was pooled."""


def whole_months(event: date, as_of: date) -> int:
    """Whole calendar months completed between the event and `as_of`; negative if it lies ahead.

    31 January to 28 February is 0, to 1 March is 1.
    """
    months = (as_of.year - event.year) * 12 + as_of.month - event.month
    return months - 1 if as_of.day < event.day else months


def last_instant(as_of: date, now: datetime) -> datetime:
    """What was approved or opened after it is not on the card of that day: now for today, the last
    instant of the day in the zone of `now` for a past one."""
    if as_of >= now.date():
        return now
    tomorrow = datetime.combine(as_of + timedelta(days=1), time.min, tzinfo=now.tzinfo)
    return tomorrow - timedelta(microseconds=1)


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


def newest_full_inspection(
    inspections: Iterable[InspectionRecord], as_of: date, profile: Profile
) -> InspectionRecord | None:
    """The full inspection that m counts from, however old; None when there never was one."""
    full = [
        each for each in inspections if each.held_on <= as_of and is_full_inspection(each, profile)
    ]
    return max(full, key=lambda each: (each.held_on, each.sequence), default=None)


def item_inputs(
    definitions: Iterable[ItemDefinition],
    lists: frozenset[str],
    answers: Mapping[str, AnswerRecord],
    pooled: Mapping[str, PooledAnswer],
    unset: frozenset[str] = frozenset(),
    ruled_out: frozenset[str] = frozenset(),
) -> tuple[ItemInput, ...]:
    """The items of the counting lists as they stand, workers' word on them taken in.

    Items in `unset` refer to a parameter the ministry has not set: they leave the applicable
    weight. Items in `ruled_out` do not apply by the facts of the newest visit, whatever was
    answered before. Items never answered stand as not checked.
    """
    counted = [each for each in definitions if each.checklist in lists and each.id not in unset]
    items = [
        _interview_item(each, pooled.get(each.id))
        if each.interview
        else _answered_item(each, answers.get(each.id), ruled_out=each.id in ruled_out)
        for each in counted
    ]
    return tuple(items)


def _answered_item(
    definition: ItemDefinition, answer: AnswerRecord | None, *, ruled_out: bool
) -> ItemInput:
    unanswered = Answer.NA if ruled_out else Answer.NOT_CHECKED
    if ruled_out:
        answer = None
    return ItemInput(
        id=definition.id,
        principle=definition.principle,
        severity=definition.severity,
        gender=definition.gender,
        answer=unanswered if answer is None else answer.answer,
        evidence=None if answer is None else answer.evidence,
        source=None if answer is None else answer.source,
    )


def _interview_item(definition: ItemDefinition, pooled: PooledAnswer | None) -> ItemInput:
    """Not applicable when workers talked and it applied to none of them."""
    answer: Answer | Ratio = Answer.NOT_CHECKED
    if pooled is not None and pooled.answers.checked:
        answer = pooled.answers
    elif pooled is not None and not pooled.asked:
        answer = Answer.NA
    return ItemInput(
        id=definition.id,
        principle=definition.principle,
        severity=definition.severity,
        gender=definition.gender,
        answer=answer,
        evidence=pooled.evidence if pooled is not None and pooled.answers.checked else None,
        source=f"{INTERVIEWS}/{definition.id}" if isinstance(answer, Ratio) else None,
    )
