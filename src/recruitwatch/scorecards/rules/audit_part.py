"""A, the audit part: credit of each item, principles, the range, the recency fade, coverage.

Items are weighed once; everything here reads the weighed ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from recruitwatch.scorecards.values import (
    Answer,
    AuditPart,
    Coverage,
    Evidence,
    EvidenceFactor,
    GenderView,
    ItemInput,
    Principle,
    PrincipleScore,
    Profile,
    Ratio,
)


class WeighedItem(Struct, frozen=True, gc=False):
    """An item that applies and carries weight. `credit` is empty when it was not checked."""

    item: ItemInput
    weight: int
    credit: float | None
    evidence: Evidence
    factor: EvidenceFactor


_place = attrgetter("principle", "id")


def weigh_items(items: Iterable[ItemInput], profile: Profile) -> tuple[WeighedItem, ...]:
    """The items that apply and carry weight, in the order of principle and id.

    Part 4.2 and 4.13: N/A items are left out; items of no weight (info) and of no principle
    drop out; a ratio with 0 checked is not checked; an answer without evidence level is E0.
    """
    weights = profile.severity
    counting = {principle for principle, weight in profile.principles.items() if weight > 0}
    weighed = []
    for item in sorted(items, key=_place):
        weight = weights[item.severity]
        if item.answer is Answer.NA or item.principle not in counting or weight <= 0:
            continue
        evidence = Evidence.E0 if item.evidence is None else item.evidence
        credit = answer_credit(item.answer, profile)
        weighed.append(WeighedItem(item, weight, credit, evidence, profile.evidence[evidence]))
    return tuple(weighed)


def answer_credit(answer: Answer | Ratio, profile: Profile) -> float | None:
    """Credit *a* of an answer (part 4.2), or None when there is nothing to credit.

    Interview items come as the ratio of compliant answers to answers.
    """
    if isinstance(answer, Ratio):
        return answer.ok / answer.checked if answer.checked else None
    return profile.credit.get(answer)


def principle_scores(weighed: Sequence[WeighedItem]) -> tuple[PrincipleScore, ...]:
    """Sub-scores of the principles that apply (part 4.2).

    Mid: over checked items. Low and high: over all applicable items, the unchecked ones with
    credit 0 and 1, and the evidence factor at its worst and best.
    """
    groups: dict[Principle, list[WeighedItem]] = {}
    for each in weighed:
        groups.setdefault(each.item.principle, []).append(each)
    return tuple(_principle_score(principle, groups[principle]) for principle in sorted(groups))


def _principle_score(principle: Principle, group: Sequence[WeighedItem]) -> PrincipleScore:
    whole = unchecked = 0
    mids, lows, highs = [], [], []
    for each in group:
        whole += each.weight
        if each.credit is None:
            unchecked += each.weight
            continue
        earned, factor = each.weight * each.credit, each.factor
        mids.append(earned * factor.mid)
        lows.append(earned * factor.low)
        highs.append(earned * factor.high)
    return PrincipleScore(
        principle=principle,
        mid=100 * fsum(mids) / (whole - unchecked) if mids else None,
        low=100 * fsum(lows) / whole,
        high=100 * (fsum(highs) + unchecked) / whole,
    )


def fade(value: float, months: float, profile: Profile) -> float:
    """Fade a good mark towards neutral as the inspection grows old (part 4.2, recency).

    A mark at or under the neutral point stays: bad marks do not heal by waiting.
    """
    rule = profile.recency
    if value <= rule.neutral or months <= rule.full_months:
        return value
    if months >= rule.none_months:
        return rule.neutral
    share = 1 - (months - rule.full_months) / (rule.none_months - rule.full_months)
    return rule.neutral + share * (value - rule.neutral)


def audit_part(weighed: Sequence[WeighedItem], months: float | None, profile: Profile) -> AuditPart:
    """A with its range, before and after the fade, and the sub-scores (part 4.2, 4.12, 4.13).

    Never inspected: no answer counts as checked, so A is empty and its range is 0 to 100 where
    anything applies, without a fade. Nothing scored gives the same by the formula itself.
    """
    scores = principle_scores(_inspected(weighed, months))
    mid, low, high = _overall(scores, profile)

    def faded(value: float | None) -> float | None:
        return value if value is None or months is None else fade(value, months, profile)

    return AuditPart(
        mid=mid,
        low=low,
        high=high,
        mid_faded=faded(mid),
        low_faded=faded(low),
        high_faded=faded(high),
        principles=scores,
    )


def _inspected(weighed: Sequence[WeighedItem], months: float | None) -> Sequence[WeighedItem]:
    return weighed if months is not None else [replace(each, credit=None) for each in weighed]


def _overall(
    scores: Sequence[PrincipleScore], profile: Profile
) -> tuple[float | None, float | None, float | None]:
    weights = profile.principles
    return (
        _mean([(weights[s.principle], s.mid) for s in scores if s.mid is not None]),
        _mean([(weights[s.principle], s.low) for s in scores]),
        _mean([(weights[s.principle], s.high) for s in scores]),
    )


def _mean(weighted: Sequence[tuple[float, float]]) -> float | None:
    total = fsum(weight for weight, _ in weighted)
    return fsum(weight * value for weight, value in weighted) / total if weighted else None


def coverage(weighed: Sequence[WeighedItem]) -> Coverage:
    """How much of what applies was checked, and how much of it at E2 or E3 (part 4.5, 4.13).

    Item weights without principle weights; both shares are of the applicable weight; failing
    answers at E2 and E3 count as verified.
    """
    applicable = checked = verified = 0
    for each in weighed:
        applicable += each.weight
        if each.credit is not None:
            checked += each.weight
            verified += each.weight if each.evidence >= Evidence.E2 else 0
    return Coverage(
        applicable=applicable,
        checked=checked,
        verified=verified,
        checked_share=checked / applicable if applicable else None,
        verified_share=verified / applicable if applicable else None,
    )


def gender_view(
    weighed: Sequence[WeighedItem], months: float | None, profile: Profile
) -> GenderView | None:
    """A over the items flagged as of special importance to women, by the same formula.

    The standard names the view without a formula; the same one with the same principle weights
    is the reading taken. None when no flagged item applies.
    """
    flagged = [each for each in weighed if each.item.gender]
    mid, low, high = _overall(principle_scores(_inspected(flagged, months)), profile)
    if low is None or high is None:
        return None
    return GenderView(mid=mid, low=low, high=high, items=len(flagged))
