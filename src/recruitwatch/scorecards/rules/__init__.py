"""The scoring method: pure functions over frozen values, the same card for the same inputs."""

from recruitwatch.scorecards.rules.audit_part import answer_credit, audit_part, coverage, fade
from recruitwatch.scorecards.rules.bands import band, certainty, final_grade, rounded
from recruitwatch.scorecards.rules.complaint_part import (
    complaint_part,
    complaint_weight,
    national_benchmark,
)
from recruitwatch.scorecards.rules.compute import ProfileMismatchError, compute
from recruitwatch.scorecards.rules.gates import active_caps, licence_in_force
from recruitwatch.scorecards.rules.inputs import (
    answer_trips_gate,
    contract_finding_answer,
    corroborate,
    counting_lists,
    deployed_by_year,
    interview_trips_gate,
    is_confirmed,
    is_full_inspection,
    is_within,
    item_inputs,
    latest_answers,
    months_since_full_inspection,
    outcome_of,
    partner_calls_for_finding,
    pool_interviews,
    ratio_trips_gate,
    whole_months,
    worst_severity,
)
from recruitwatch.scorecards.rules.ledger import public_ledger
from recruitwatch.scorecards.rules.profile import DEFAULT_0_1, PROFILES
from recruitwatch.scorecards.rules.responsiveness import responsiveness_part

__all__ = [
    "DEFAULT_0_1",
    "PROFILES",
    "ProfileMismatchError",
    "active_caps",
    "answer_credit",
    "answer_trips_gate",
    "audit_part",
    "band",
    "certainty",
    "complaint_part",
    "complaint_weight",
    "compute",
    "contract_finding_answer",
    "corroborate",
    "counting_lists",
    "coverage",
    "deployed_by_year",
    "fade",
    "final_grade",
    "interview_trips_gate",
    "is_confirmed",
    "is_full_inspection",
    "is_within",
    "item_inputs",
    "latest_answers",
    "licence_in_force",
    "months_since_full_inspection",
    "national_benchmark",
    "outcome_of",
    "partner_calls_for_finding",
    "pool_interviews",
    "public_ledger",
    "ratio_trips_gate",
    "responsiveness_part",
    "rounded",
    "whole_months",
    "worst_severity",
]
