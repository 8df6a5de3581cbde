"""The register: agencies in all their parts, licences and what was decided about them."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from recruitwatch.errors import N_, Conflict, NotFound, Rejected
from recruitwatch.names.values import Outcome


class NumberKind(StrEnum):
    """Whether a register's numbers are licence numbers, or only keys of the rows of a list."""

    OFFICIAL = "official"
    ROW_KEY = "row_key"


class NameKind(StrEnum):
    LEGAL = "legal"
    TRADING = "trading"
    ALIAS = "alias"
    FORMER = "former"


class ContactKind(StrEnum):
    PHONE = "phone"
    EMAIL = "email"
    WEBSITE = "website"


class OfficerRole(StrEnum):
    OWNER = "owner"
    DIRECTOR = "director"
    MANAGER = "manager"
    AUTHORISED = "authorised"


class Sex(StrEnum):
    WOMEN = "women"
    MEN = "men"
    UNKNOWN = "unknown"


class LicenceState(StrEnum):
    """What a ministry can decide (`EXPIRED` is never decided: it follows from the dates)."""

    APPLIED = "applied"
    VALID = "valid"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    DELISTED = "delisted"
    BANNED = "banned"


SECTORS = {
    "agriculture": N_("Farm work"),
    "care": N_("Care work"),
    "cleaning": N_("Cleaning"),
    "construction": N_("Construction"),
    "domestic_work": N_("Domestic work"),
    "driving": N_("Driving"),
    "fishing": N_("Fishing"),
    "garments": N_("Garments"),
    "health": N_("Health care"),
    "hospitality": N_("Hotels and restaurants"),
    "manufacturing": N_("Factory work"),
    "seafaring": N_("Work on ships"),
    "security": N_("Security"),
    "other": N_("Other work"),
}
"""The kinds of work that can be chosen; a record may hold other words from a source."""


class Register(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    title: str
    country: str
    numbers: NumberKind


class OtherName(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A name besides the legal one, in any script, and where it comes from."""

    kind: NameKind
    name: str
    source: str = ""


class Address(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    address: str
    city: str = ""
    source: str = ""


class Contact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    kind: ContactKind
    value: str
    source: str = ""


class Branch(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    address: str = ""
    phone: str = ""


class Officer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An owner or officer. Shown to staff only."""

    name: str
    role: OfficerRole
    from_on: date | None = None
    until_on: date | None = None


class Deployment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Workers sent in a calendar year. `destination` is an ISO 3166 country code."""

    year: int
    sex: Sex
    destination: str
    workers: int
    source: str = ""


class StatusClaim(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A source's own word for a status, kept as it was said: it is not a licence state."""

    source: str
    word: str
    stated_on: date | None = None
    valid_until: date | None = None


class AgencyRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything the register holds of an agency except licences: what is edited, imported, undone.

    Two records are the same entry if they compare equal; the order of parts is kept.
    """

    register_id: str
    legal_name: str
    country: str
    licence_no: str | None = None
    """The register's licence number. A row key of a list goes to `source_key`."""
    source_key: str | None = None
    names: tuple[OtherName, ...] = ()
    addresses: tuple[Address, ...] = ()
    contacts: tuple[Contact, ...] = ()
    branches: tuple[Branch, ...] = ()
    officers: tuple[Officer, ...] = ()
    sectors: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    deployments: tuple[Deployment, ...] = ()
    claims: tuple[StatusClaim, ...] = ()
    note: str = ""


class StoredAgency(msgspec.Struct, frozen=True, kw_only=True):
    """A record with its identity in the database. `version` grows with each change."""

    id: UUID
    record: AgencyRecord
    version: int
    created_at: datetime
    updated_at: datetime


class HitReason(msgspec.Struct, frozen=True, kw_only=True):
    """Why an agency is offered: a feature of the matcher (docs/matching.md), in words, and on what it was
    seen. What speaks against has a negative worth."""

    feature: str
    sentence: str
    worth: float
    said: str
    known: str


class AgencyHit(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a search or list. Only what the matcher offers has an outcome, a score and reasons."""

    id: UUID
    legal_name: str
    matched_name: str | None
    licence_no: str | None
    register_title: str
    city: str
    outcome: Outcome | None = None
    score: float | None = None
    reasons: tuple[HitReason, ...] = ()


class AgencyHits(msgspec.Struct, frozen=True, kw_only=True):
    """Some lines of a search or list, and how many there are in all. Of a search, what came of it, and
    whether these only begin with what was typed."""

    hits: tuple[AgencyHit, ...]
    total: int
    outcome: Outcome | None = None
    begins: bool = False


class LicenceDecision(msgspec.Struct, frozen=True, kw_only=True):
    """One decision about a licence; it holds until the next one, or `until_on` if that is set."""

    id: UUID
    licence_id: UUID
    state: LicenceState
    effective_on: date
    until_on: date | None
    ground: str
    document_no: str
    document_name: str | None
    decided_by_name: str
    decided_at: datetime
    superseded: bool


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """An uploaded document whose content was checked; `type` is its media type."""

    name: str
    type: str
    content: bytes


class StoredDocument(msgspec.Struct, frozen=True, kw_only=True):
    """Where a decision's document is: its content is kept under the hash of its bytes."""

    name: str
    type: str
    sha256: str


class NewLicence(msgspec.Struct, frozen=True, kw_only=True):
    """A licence over a period, both days included; an open end is None."""

    licence_no: str | None
    valid_from: date | None
    valid_until: date | None


class NewDecision(msgspec.Struct, frozen=True, kw_only=True):
    """What is decided about a licence, from when, until when if that is known, and why."""

    state: LicenceState
    effective_on: date
    ground: str
    until_on: date | None = None
    document_no: str = ""
    document: Document | None = None


class Licence(msgspec.Struct, frozen=True, kw_only=True):
    """A licence over a period (either end may be open) with its decisions, oldest first."""

    id: UUID
    agency_id: UUID
    licence_no: str | None
    valid_from: date | None
    valid_until: date | None
    decisions: tuple[LicenceDecision, ...]


class LicenceStatus(msgspec.Struct, frozen=True, kw_only=True):
    """The status on a date. `state` is None where no decision is known: then only claims speak."""

    as_of: date
    state: LicenceState | None
    since: date | None
    until: date | None
    ground: str
    licence_no: str | None


class DeploymentTotal(msgspec.Struct, frozen=True, kw_only=True):
    """Workers sent in the three twelve-month windows that end on a date, latest first.

    `missing` names the calendar years without any figure; they count as 0.
    """

    windows: tuple[int, int, int]
    missing: tuple[int, ...]


class Fact(StrEnum):
    """What matters to a worker. Machines read these words: they stay as they are."""

    LICENCE_DECISION = "licence_decision"
    LICENCE_END = "licence_end"
    LICENCE_NUMBER = "licence_number"
    ADDRESS = "address"
    CONTACT = "contact"
    SECTORS = "sectors"
    DESTINATIONS = "destinations"
    DEPLOYMENTS = "deployments"


class Knowledge(msgspec.Struct, frozen=True, kw_only=True):
    """What the register knows of an agency and what it does not."""

    known: tuple[Fact, ...]
    not_known: tuple[Fact, ...]


class PublicAgency(msgspec.Struct, frozen=True, kw_only=True):
    """An agency as everyone may see it: no owners, officers or notes of the ministry."""

    id: UUID
    legal_name: str
    country: str
    register: Register
    licence_no: str | None
    names: tuple[OtherName, ...]
    addresses: tuple[Address, ...]
    contacts: tuple[Contact, ...]
    branches: tuple[Branch, ...]
    sectors: tuple[str, ...]
    destinations: tuple[str, ...]
    deployments: tuple[Deployment, ...]
    claims: tuple[StatusClaim, ...]
    status: LicenceStatus
    updated_at: datetime


class AgencyAnswer(PublicAgency, frozen=True, kw_only=True):
    """A public agency for machines, with what the page says is known and what is not."""

    known: tuple[Fact, ...]
    not_known: tuple[Fact, ...]


class AgencyUnknown(NotFound):
    code = "agency.unknown"
    sentence = N_("There is no such agency in the register.")


class AgencyTwice(Conflict):
    code = "agency.twice"
    sentence = N_(
        "The register already has an agency with this licence number, or this name and address."
    )


class LicenceOverlaps(Conflict):
    code = "licence.overlaps"
    sentence = N_("The agency already has a licence in this period.")


class LicenceNumberTaken(Conflict):
    code = "licence.number-taken"
    sentence = N_("Another agency holds this licence number in this period.")


class DecisionRefused(Rejected):
    code = "licence.decision-refused"
    sentence = N_("This decision cannot be recorded.")


class RegisterUnknown(NotFound):
    code = "register.unknown"
    sentence = N_("There is no such register.")


class AgencyInUse(Conflict):
    code = "agency.in-use"
    sentence = N_("This agency cannot be removed: licences, audits or scorecards refer to it.")


class DecisionCorrectedAlready(Conflict):
    code = "licence.decision-corrected"
    sentence = N_("This decision was corrected already. Correct the newer one.")


class LicenceUnknown(NotFound):
    code = "licence.unknown"
    sentence = N_("There is no such licence.")


class DecisionUnknown(NotFound):
    code = "licence.decision-unknown"
    sentence = N_("There is no such decision.")


class DocumentMissing(NotFound):
    code = "licence.document-missing"
    sentence = N_("This decision has no document.")


class AgencyChangedMeanwhile(Conflict):
    code = "agency.changed-meanwhile"
    sentence = N_(
        "Somebody changed this agency in the meantime. Look again, then repeat your change."
    )
