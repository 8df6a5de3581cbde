"""Desks that take cases, their officers, and the numbers of help that every worker sees first."""

from datetime import datetime
from uuid import UUID

import msgspec

from recruitwatch.errors import N_, Conflict, NotAllowed, NotFound


class OfficeName(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    name: str


class HelpNumber(msgspec.Struct, frozen=True, kw_only=True):
    """A number that answers without recruitwatch. `hours` in the words of the ministry."""

    id: UUID
    position: int
    name: str
    number: str
    hours: str


class StaffName(msgspec.Struct, frozen=True, kw_only=True):
    person_id: UUID
    full_name: str


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """Where cases are worked on. `office_name` is empty for oversight. It takes cases once a second person
    has confirmed it."""

    id: UUID
    oversight: bool
    office_id: UUID | None
    office_name: str
    takes_public: bool
    opened_by: UUID
    opened_at: datetime
    confirmed_at: datetime | None


class DeskOfficer(msgspec.Struct, frozen=True, kw_only=True):
    """An officer of a desk, or somebody who could be: `admitted_at` is empty then.

    Without `has_key` nothing can be wrapped for them: they sign in once with their own password first. No
    number of cases is told: whoever is hidden from one would see it rise.
    """

    person_id: UUID
    full_name: str
    has_key: bool
    cleared: bool
    admitted_at: datetime | None


class DeskUnknown(NotFound):
    code = "complaint.desk-unknown"
    sentence = N_("There is no such desk.")


class DeskOpenAlready(Conflict):
    code = "complaint.desk-open"
    sentence = N_("This office has a desk for complaints already.")


class NotAtThisDesk(NotAllowed):
    code = "complaint.not-at-desk"
    sentence = N_("Only an officer of this desk may do this.")


class OnlyThemself(NotAllowed):
    code = "complaint.only-themself"
    sentence = N_(
        "Only this officer can give the clearance back. An administrator can take the role."
    )


class ConfirmedByAnother(NotAllowed):
    code = "complaint.confirmed-by-another"
    sentence = N_("A regulator, or an officer of another desk, must confirm this desk.")


class NoKey(NotAllowed):
    code = "complaint.no-key"
    sentence = N_("You have no key in this sign-in. Sign out, then sign in with your password.")


class NobodyToAdmit(NotFound):
    code = "complaint.nobody-to-admit"
    sentence = N_("This person has no key yet. They must sign in with their own password first.")


class LastReader(Conflict):
    code = "complaint.last-reader"
    sentence = N_(
        "Somebody else must be able to read all your cases first. Hand over, then try again."
    )


class NoEscrow(Conflict):
    code = "complaint.no-escrow"
    sentence = N_("Make the escrow first, on the server: recruitwatch keys escrow.")


class NobodyMayRead(Conflict):
    code = "complaint.nobody-may-read"
    sentence = N_("Nobody could read this case then. First admit or clear an officer who may.")
