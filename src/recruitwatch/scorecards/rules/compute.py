"""The whole method in one function: inputs and profile in, card out."""

from __future__ import annotations

from recruitwatch.scorecards.rules.bands import band, certainty, final_grade, rounded
from recruitwatch.scorecards.rules.complaint_part import complaint_part, weigh_complaints
from recruitwatch.scorecards.rules.gates import active_caps, licence_in_force
from recruitwatch.scorecards.rules.ledger import (
    AuditView,
    audit_view,
    ledger_lines,
    ledger_total,
    view_of,
)
from recruitwatch.scorecards.rules.notes import card_notes
from recruitwatch.scorecards.rules.profile import DEFAULT_0_1
from recruitwatch.scorecards.rules.responsiveness import responsiveness_part
from recruitwatch.scorecards.values import Card, CardInputs, Profile


class ProfileMismatchError(ValueError):
    """The inputs ask for another profile than the one given: the card would tell a lie."""


def compute(
    inputs: CardInputs, profile: Profile = DEFAULT_0_1, *, known: Card | None = None
) -> Card:
    """The scorecard of one agency on one date (part 4 of the standard).

    S = 0.60 A + 0.25 C + 0.15 R, with A after the recency fade. Never inspected or nothing
    scored: no S and an empty ledger. Same inputs and same profile give the same card. `known`: a
    card with the same items and the same inspection, of which everything about the audit is taken over.
    """
    if inputs.profile != profile.name:
        raise ProfileMismatchError(f"inputs are for {inputs.profile}, not for {profile.name}")
    view = audit_view(inputs, profile) if known is None else view_of(known)
    return _card(inputs, view, profile)


def _card(inputs: CardInputs, view: AuditView, profile: Profile) -> Card:
    audit, found = view.audit, view.coverage
    weighed = weigh_complaints(inputs.complaints, profile)
    complaints = complaint_part(inputs, weighed, profile)
    response = responsiveness_part(inputs, profile)
    caps = active_caps(inputs, found, profile)
    score = total(audit.mid_faded, complaints.mid, response.mid, profile)
    low = total(audit.low_faded, complaints.low, response.low, profile)
    high = total(audit.high_faded, complaints.high, response.high, profile)
    points_band = None if score is None else band(score, profile)
    lines = () if score is None else ledger_lines(inputs, view, complaints, weighed, profile)
    months = inputs.months_since_inspection
    return Card(
        as_of=inputs.as_of,
        profile=profile.name,
        months_since_inspection=None if months is None else float(months),
        interviews=inputs.interviews,
        files=inputs.files,
        deployed=inputs.deployed,
        licence_valid=licence_in_force(inputs),
        audit=audit,
        complaints=complaints,
        responsiveness=response,
        score=score,
        score_low=low,
        score_high=high,
        score_shown=None if score is None else float(rounded(score)),
        band=points_band,
        caps=caps,
        grade=final_grade(points_band, caps),
        certainty=certainty(low, high, profile),
        coverage=found,
        gender=view.gender,
        ledger=lines,
        ledger_total=None if score is None else ledger_total(lines),
        notes=card_notes(inputs, audit, profile),
    )


def total(
    audit: float | None, complaints: float, responsiveness: float, profile: Profile
) -> float | None:
    """S from its three parts (part 4.1); None where there is no audit part."""
    if audit is None:
        return None
    parts = profile.parts
    return (
        parts.audit * audit + parts.complaints * complaints + parts.responsiveness * responsiveness
    )
