"""C, the complaint part: weights, the shrunken rate, its range, the silence rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import fsum, prod, sqrt
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from recruitwatch.scorecards.values import (
    CardInputs,
    ComplaintInput,
    ComplaintPart,
    Outcome,
    Profile,
    Silence,
)


class WeighedComplaint(Struct, frozen=True, gc=False):
    """A decided complaint within the window, with its weight per worker and for all its workers."""

    complaint: ComplaintInput
    weight: float
    points: float


_id = attrgetter("id")


def age_weight(months: float, profile: Profile) -> float:
    """d of part 4.3: at exactly 12 and 24 months the older bucket holds, from 36 on nothing."""
    for limit, weight in profile.complaints.age_weights:
        if months < limit:
            return weight
    return 0.0


def complaint_weight(complaint: ComplaintInput, profile: Profile) -> float:
    """w = severity x outcome x responsibility x age (part 4.3); 0 while pending."""
    return prod(complaint_factors(complaint, profile))


def complaint_factors(
    complaint: ComplaintInput, profile: Profile
) -> tuple[float, float, float, float]:
    """s, o, t and d of part 4.3; without outcome and age while pending."""
    rule = profile.complaints
    severity, responsibility = (
        rule.severity[complaint.severity],
        rule.responsibility[complaint.responsibility],
    )
    if complaint.outcome is Outcome.PENDING or complaint.age_months is None:
        return severity, 0.0, responsibility, 0.0
    age = age_weight(complaint.age_months, profile)
    return severity, rule.outcome[complaint.outcome], responsibility, age


def weigh_complaints(
    complaints: Iterable[ComplaintInput], profile: Profile
) -> tuple[WeighedComplaint, ...]:
    """The complaints that add to y, by id. Those of weight 0 change nothing and are left out."""
    rule, ages = profile.complaints, dict[float, float]()
    weighed = []
    for each in sorted(complaints, key=_id):
        months = each.age_months
        if each.outcome is Outcome.PENDING or months is None:
            continue
        if months not in ages:
            ages[months] = age_weight(months, profile)
        weight = (
            rule.severity[each.severity]
            * rule.outcome[each.outcome]
            * rule.responsibility[each.responsibility]
            * ages[months]
        )
        if weight > 0:
            weighed.append(WeighedComplaint(each, weight, weight * each.workers))
    return tuple(weighed)


def exposure(deployed: Sequence[int], profile: Profile) -> float:
    """E: workers sent in each of three years, latest first, aged like complaints, in thousands."""
    weights = [weight for _, weight in profile.complaints.age_weights]
    return fsum(d * sent for d, sent in zip(weights, deployed, strict=True)) / 1000


def score_of_rate(rate: float, profile: Profile) -> float:
    """C = 100 x 2^(-r/2), r being the rate in benchmarks (part 4.3)."""
    rule = profile.complaints
    halvings = rate / rule.benchmark / rule.benchmarks_per_halving
    return float(100.0 * 2.0**-halvings)


def shrunken_rate(points: float, sent: float, profile: Profile) -> float:
    """The rate per thousand, drawn to the benchmark by the prior strength (part 4.3)."""
    rule = profile.complaints
    prior = rule.prior_thousands
    return (points + prior * rule.benchmark) / (sent + prior)


def rate_range(
    weighed: Sequence[WeighedComplaint], sent: float, profile: Profile
) -> tuple[float, float]:
    """80 per cent range of the rate, Wilson-Hilferty, clamped to enclose it (part 4.3)."""
    rule = profile.complaints
    points = fsum(each.points for each in weighed)
    mean_weight = rule.mean_weight_when_none
    if points > 0:
        mean_weight = fsum(each.weight * each.points for each in weighed) / points
    shape = (points + rule.prior_thousands * rule.benchmark) / mean_weight
    scale = mean_weight / (sent + rule.prior_thousands)

    def quantile(z: float) -> float:
        return float(scale * shape * (1 - 1 / (9 * shape) + z / (3 * sqrt(shape))) ** 3)

    rate = shrunken_rate(points, sent, profile)
    return (
        min(rate, max(0.0, quantile(-rule.range_z))),
        max(rate, quantile(rule.range_z)),
    )


def silence_applies(silence: Silence | None, profile: Profile) -> bool:
    """At least 8 workers asked and fewer than half know any complaint channel (part 4.3)."""
    rule = profile.complaints
    return (
        silence is not None
        and silence.asked >= rule.silence_min_asked
        and silence.know < silence.asked * rule.silence_min_share
    )


def _upheld_today(pending: Iterable[ComplaintInput]) -> Iterator[ComplaintInput]:
    return (replace(each, outcome=Outcome.UPHELD, age_months=0.0) for each in pending)


def complaint_part(
    inputs: CardInputs, weighed: Sequence[WeighedComplaint], profile: Profile
) -> ComplaintPart:
    """C with its range, and C if every pending case were upheld today (part 4.3, 4.13). `weighed`: the
    complaints of these inputs.

    Pending cases never change C. The silence rule lowers C, both ends of the range and the
    pending figure to the benchmark at most.
    """
    sent = exposure(inputs.deployed, profile)
    points = fsum(each.points for each in weighed)
    rate = shrunken_rate(points, sent, profile)
    rate_low, rate_high = rate_range(weighed, sent, profile)
    pending = [each for each in inputs.complaints if each.outcome is Outcome.PENDING]
    upheld = (*weighed, *weigh_complaints(_upheld_today(pending), profile))
    rate_if_upheld = shrunken_rate(fsum(each.points for each in upheld), sent, profile)
    silent = silence_applies(inputs.silence, profile)
    ceiling = score_of_rate(
        profile.complaints.benchmark * profile.complaints.silence_ratio, profile
    )

    def score(of_rate: float) -> float:
        value = score_of_rate(of_rate, profile)
        return min(value, ceiling) if silent else value

    return ComplaintPart(
        mid=score(rate),
        low=score(rate_high),
        high=score(rate_low),
        before_silence=score_of_rate(rate, profile),
        points=points,
        exposure=sent,
        rate=rate,
        rate_low=rate_low,
        rate_high=rate_high,
        decided=_decided_in_window(inputs.complaints, profile),
        pending=len(pending),
        mid_if_pending_upheld=score(rate_if_upheld),
    )


def _decided_in_window(complaints: Iterable[ComplaintInput], profile: Profile) -> int:
    ages = Counter(each.age_months for each in complaints if each.outcome is not Outcome.PENDING)
    return sum(
        count
        for months, count in ages.items()
        if months is not None and age_weight(months, profile) > 0
    )
