"""The shape of a scoring profile: every published parameter of one version of the method."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from recruitwatch.scorecards.values.words import (
    Answer,
    CaseSeverity,
    Evidence,
    Grade,
    Outcome,
    Principle,
    Responsibility,
    Severity,
)


class EvidenceFactor(Struct, frozen=True, kw_only=True):
    """Share of the earned credit that counts, in the middle, worst and best reading."""

    mid: float
    low: float
    high: float


class PartWeights(Struct, frozen=True, kw_only=True):
    audit: float
    complaints: float
    responsiveness: float


class RecencyRule(Struct, frozen=True, kw_only=True):
    """Good marks are whole up to `full_months` and faded to `neutral` from `none_months` on."""

    full_months: float
    none_months: float
    neutral: float


class ComplaintRule(Struct, frozen=True, kw_only=True):
    """`age_weights` holds (upper limit in months, weight); at the limit the next one begins."""

    severity: Mapping[CaseSeverity, float]
    outcome: Mapping[Outcome, float]
    responsibility: Mapping[Responsibility, float]
    age_weights: tuple[tuple[float, float], ...]
    benchmark: float
    prior_thousands: float
    benchmarks_per_halving: float
    mean_weight_when_none: float
    range_z: float
    silence_min_asked: int
    silence_min_share: float
    silence_ratio: float


class ResponsivenessRule(Struct, frozen=True, kw_only=True):
    cases: float
    actions: float
    prior_met: float
    prior_due: float


class GateRule(Struct, frozen=True, kw_only=True):
    zero_tolerance_full_months: float
    zero_tolerance_after_months: float
    critical_after_months: float
    several_open: int
    complaint_months: float
    complaints_for_d: int
    award_days: int
    overdue_major_actions: int
    interviews: int
    coverage: float
    verified: float
    inspection_months: float


class RecordRule(Struct, frozen=True, kw_only=True):
    """How records become inputs: windows, pooling, what counts as a full inspection."""

    window_months: int
    audit_lists: tuple[str, ...]
    interview_min_respondents: int
    full_inspection_lists: tuple[str, ...]
    full_inspection_share: float


class Profile(Struct, frozen=True, kw_only=True):
    """Every published parameter of one version of the method."""

    name: str
    parts: PartWeights
    principles: Mapping[Principle, float]
    severity: Mapping[Severity, int]
    credit: Mapping[Answer, float]
    evidence: Mapping[Evidence, EvidenceFactor]
    recency: RecencyRule
    complaints: ComplaintRule
    responsiveness: ResponsivenessRule
    gates: GateRule
    bands: tuple[tuple[Grade, str], ...]
    records: RecordRule
