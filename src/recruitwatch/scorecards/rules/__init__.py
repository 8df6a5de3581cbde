"""The scoring method: pure functions over frozen values, the same card for the same inputs."""

from recruitwatch.scorecards.rules.audit_part import fade
from recruitwatch.scorecards.rules.bands import band, certainty, final_grade, rounded
from recruitwatch.scorecards.rules.complaint_part import (
    complaint_part,
    complaint_weight,
)
from recruitwatch.scorecards.rules.compute import ProfileMismatchError, compute
from recruitwatch.scorecards.rules.gates import active_caps, licence_in_force
from recruitwatch.scorecards.rules.inputs import (
    counting_lists,
    is_full_inspection,
    is_within,
    item_inputs,
    last_instant,
    newest_full_inspection,
    whole_months,
)
from recruitwatch.scorecards.rules.profile import DEFAULT_0_1, PROFILES
from recruitwatch.scorecards.rules.responsiveness import responsiveness_part

__all__ = [
    "DEFAULT_0_1",
    "PROFILES",
    "ProfileMismatchError",
    "active_caps",
    "band",
    "certainty",
    "complaint_part",
    "complaint_weight",
    "compute",
    "counting_lists",
    "fade",
    "final_grade",
    "is_full_inspection",
    "is_within",
    "item_inputs",
    "last_instant",
    "licence_in_force",
    "newest_full_inspection",
    "responsiveness_part",
    "rounded",
    "whole_months",
]
