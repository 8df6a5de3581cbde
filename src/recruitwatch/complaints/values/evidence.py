"""What a case says of an agency it is linked to, without a word of what was told."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from recruitwatch.complaints.values.states import Outcome, Responsibility


class StandingDecision(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """The decision that a case is closed on, with what was frozen in it."""

    outcome: Outcome
    responsibility: Responsibility
    workers: int
    closed_at: datetime


class LinkedCase(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A case that an officer confirmed to be about this agency, as it stood at one instant.

    `reference` is what cards call the case, and not what officers do. `severity` is frozen in the
    decision; before it, that of what the case was last set to be about.
    """

    agency_id: UUID
    reference: str
    decide_due_on: date
    severity: str
    decision: StandingDecision | None = None
