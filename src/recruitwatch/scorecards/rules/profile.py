"""The published parameters of each version of the method. A published profile never changes:
other numbers are a new profile with a new name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from recruitwatch.scorecards.values import (
    Answer,
    CaseSeverity,
    ComplaintRule,
    Evidence,
    EvidenceFactor,
    GateRule,
    Grade,
    Outcome,
    PartWeights,
    Principle,
    Profile,
    RecencyRule,
    RecordRule,
    Responsibility,
    ResponsivenessRule,
    Severity,
)

DEFAULT_0_1 = Profile(
    name="default-0.1",
    parts=PartWeights(audit=0.60, complaints=0.25, responsiveness=0.15),
    principles=MappingProxyType(
        {
            Principle.P01: 8,
            Principle.P02: 16,
            Principle.P03: 8,
            Principle.P04: 14,
            Principle.P05: 10,
            Principle.P06: 12,
            Principle.P07: 8,
            Principle.P08: 8,
            Principle.P09: 6,
            Principle.P10: 5,
            Principle.P11: 3,
            Principle.P12: 2,
        }
    ),
    severity=MappingProxyType(
        {Severity.CRITICAL: 8, Severity.MAJOR: 4, Severity.MINOR: 1, Severity.INFO: 0}
    ),
    credit=MappingProxyType({Answer.YES: 1.0, Answer.PARTIAL: 0.5, Answer.NO: 0.0}),
    evidence=MappingProxyType(
        {
            Evidence.E0: EvidenceFactor(mid=0.50, low=0.0, high=1.0),
            Evidence.E1: EvidenceFactor(mid=0.80, low=0.5, high=1.0),
            Evidence.E2: EvidenceFactor(mid=1.0, low=1.0, high=1.0),
            Evidence.E3: EvidenceFactor(mid=1.0, low=1.0, high=1.0),
        }
    ),
    recency=RecencyRule(full_months=12, none_months=24, neutral=60.0),
    complaints=ComplaintRule(
        severity=MappingProxyType(
            {CaseSeverity.CRITICAL: 8, CaseSeverity.MAJOR: 4, CaseSeverity.MINOR: 1}
        ),
        outcome=MappingProxyType(
            {
                Outcome.UPHELD: 1.0,
                Outcome.PARTLY_UPHELD: 0.75,
                Outcome.SETTLED: 0.5,
                Outcome.WITHDRAWN_PRESSURE: 0.5,
                Outcome.NOT_UPHELD: 0.0,
            }
        ),
        responsibility=MappingProxyType(
            {
                Responsibility.AGENCY: 1.0,
                Responsibility.EMPLOYER: 0.5,
                Responsibility.EMPLOYER_TOLD: 1.0,
            }
        ),
        age_weights=((12, 1.0), (24, 0.5), (36, 0.25)),
        benchmark=6.0,
        prior_thousands=0.5,
        benchmarks_per_halving=2.0,
        mean_weight_when_none=4.0,
        range_z=1.2815515655,
        silence_min_asked=8,
        silence_min_share=0.5,
        silence_ratio=1.0,
    ),
    responsiveness=ResponsivenessRule(cases=0.6, actions=0.4, prior_met=2.8, prior_due=4.0),
    gates=GateRule(
        zero_tolerance_full_months=12,
        zero_tolerance_after_months=24,
        critical_after_months=6,
        several_open=2,
        complaint_months=12,
        complaints_for_d=3,
        award_days=30,
        overdue_major_actions=5,
        interviews=8,
        coverage=0.80,
        verified=0.60,
        inspection_months=24,
    ),
    bands=((Grade.A, "85.0"), (Grade.B, "70.0"), (Grade.C, "55.0"), (Grade.D, "40.0")),
    records=RecordRule(
        window_months=24,
        audit_lists=("covenant", "sop", "predeparture", "returnee"),
        interview_min_respondents=5,
        full_inspection_lists=("sop", "covenant"),
        full_inspection_share=0.80,
    ),
)

PROFILES: Mapping[str, Profile] = MappingProxyType({DEFAULT_0_1.name: DEFAULT_0_1})
