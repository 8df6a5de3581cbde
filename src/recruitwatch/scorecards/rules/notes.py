"""What a card must say in words beside its figures."""

from __future__ import annotations

from collections.abc import Iterator

from recruitwatch.scorecards.rules.complaint_part import silence_applies
from recruitwatch.scorecards.rules.gates import licence_in_force, under_urgent_review
from recruitwatch.scorecards.values import (
    AuditPart,
    CardInputs,
    Note,
    NoteCode,
    Outcome,
    Profile,
)


def card_notes(inputs: CardInputs, audit: AuditPart, profile: Profile) -> tuple[Note, ...]:
    """Everything the standard wants said on the card (parts 4.3, 4.5, 4.12, 4.13)."""
    return (*_states(inputs, audit, profile), *_named(inputs))


def _states(inputs: CardInputs, audit: AuditPart, profile: Profile) -> Iterator[Note]:
    if inputs.months_since_inspection is None:
        yield Note(code=NoteCode.NEVER_INSPECTED)
    elif audit.mid is None:
        yield Note(code=NoteCode.NOTHING_SCORED)
    if audit.mid != audit.mid_faded:
        yield Note(code=NoteCode.FADED)
    if licence_in_force(inputs) is None:
        yield Note(code=NoteCode.LICENCE_UNKNOWN)
    if silence_applies(inputs.silence, profile):
        yield Note(code=NoteCode.SILENCE_RULE)


def _named(inputs: CardInputs) -> Iterator[Note]:
    pending = [each.id for each in inputs.complaints if each.outcome is Outcome.PENDING]
    for code, subjects in (
        (NoteCode.UNDER_URGENT_REVIEW, under_urgent_review(inputs)),
        (NoteCode.LICENCE_CONDITION, inputs.licence_conditions),
        (NoteCode.PENDING_COMPLAINTS, pending),
        (NoteCode.DEPLOYMENT_MISSING, inputs.deployment_missing),
        (NoteCode.PARAMETER_NOT_SET, inputs.unset_parameters),
    ):
        if subjects:
            yield Note(code=code, subjects=tuple(sorted(subjects)))
