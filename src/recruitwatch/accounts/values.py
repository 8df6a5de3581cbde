"""People of the ministry and of agencies, offices, roles and permissions."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from recruitwatch.errors import N_, Conflict, NotAllowed, NotFound


class Role(StrEnum):
    """What a person is for. One person may hold several, but an administrator holds no other, and
    AGENCY is the one role of an agency's own people, which nobody of the ministry holds."""

    ADMINISTRATOR = "administrator"
    INSPECTOR = "inspector"
    REVIEWER = "reviewer"
    COMPLAINTS_OFFICER = "complaints_officer"
    REGULATOR = "regulator"
    HOTLINE_OPERATOR = "hotline_operator"
    OVERSIGHT = "oversight"
    AGENCY = "agency"


ROLE_NAMES = {
    Role.ADMINISTRATOR: N_("Administrator"),
    Role.INSPECTOR: N_("Inspector"),
    Role.REVIEWER: N_("Reviewer"),
    Role.COMPLAINTS_OFFICER: N_("Complaints officer"),
    Role.REGULATOR: N_("Regulator"),
    Role.HOTLINE_OPERATOR: N_("Hotline operator"),
    Role.OVERSIGHT: N_("Oversight"),
    Role.AGENCY: N_("Person of an agency"),
}

ROLE_PURPOSES = {
    Role.ADMINISTRATOR: N_("Keeps people and offices. Reads no case."),
    Role.INSPECTOR: N_("Visits agencies and logs audits."),
    Role.REVIEWER: N_("Checks submitted audits and serves evidence on agencies."),
    Role.COMPLAINTS_OFFICER: N_("Works on complaints of workers."),
    Role.REGULATOR: N_("Decides on licences and findings and issues scorecards."),
    Role.HOTLINE_OPERATOR: N_(
        "Takes calls of workers, enters their complaints and looks agencies up."
    ),
    Role.OVERSIGHT: N_(
        "Reads the history and every record, and works on complaints about officials."
    ),
    Role.AGENCY: N_("Reads the drafts and findings about the own agency and contests lines."),
}


class Permission(StrEnum):
    """One thing a person may do. Every route names one or is on the public list."""

    OWN_ACCOUNT = "own_account"
    WORKPLACE = "workplace"
    PEOPLE_MANAGE = "people_manage"
    HISTORY_READ = "history_read"
    REGISTER_EDIT = "register_edit"
    REGISTER_IMPORT = "register_import"
    LICENCE_DECIDE = "licence_decide"
    REGISTER_READ = "register_read"
    PARAMETER_SET = "parameter_set"
    AUDIT_READ = "audit_read"
    AUDIT_WRITE = "audit_write"
    AUDIT_REVIEW = "audit_review"
    FINDING_READ = "finding_read"
    FINDING_SERVE = "finding_serve"
    FINDING_DECIDE = "finding_decide"
    CARD_READ = "card_read"
    CARD_ISSUE = "card_issue"
    CARD_PUBLISH = "card_publish"
    CONTEST_READ = "contest_read"
    CONTEST_DECIDE = "contest_decide"
    AGENCY_PEOPLE_MANAGE = "agency_people_manage"
    AGENCY_PLACE = "agency_place"
    JOB_READ = "job_read"
    COMPLAINT_READ = "complaint_read"
    COMPLAINT_TAKE = "complaint_take"
    BROKER_READ = "broker_read"
    BROKER_KEEP = "broker_keep"
    BROKER_ERASE = "broker_erase"
    CONTRACT_CHECK = "contract_check"
    CONTRACT_FINDING_OPEN = "contract_finding_open"
    MATCHING_QUALITY = "matching_quality"
    CONTRACT_MAKE = "contract_make"
    DESK_MANAGE = "desk_manage"
    HELP_NUMBERS_SET = "help_numbers_set"


class Office(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    name: str
    people: int
    closed_at: datetime | None


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A person as administrators see them; nothing secret."""

    id: UUID
    sign_in_name: str
    full_name: str
    office_id: UUID
    office_name: str
    roles: frozenset[Role]
    has_second_factor: bool
    must_change_password: bool
    disabled_at: datetime | None
    created_at: datetime
    version: int
    has_key: bool


class AgencyPerson(msgspec.Struct, frozen=True, kw_only=True):
    """A person of an agency as the ministry sees them; nothing secret."""

    id: UUID
    sign_in_name: str
    full_name: str
    agency_id: UUID
    has_second_factor: bool
    must_change_password: bool
    disabled_at: datetime | None
    created_at: datetime


class NewAgencyPerson(msgspec.Struct, frozen=True, kw_only=True):
    sign_in_name: str
    full_name: str
    agency_id: UUID


class PersonKey(msgspec.Struct, frozen=True, kw_only=True):
    """The key pair of a person who works on complaints; its private part is sealed."""

    id: UUID
    person_id: UUID
    public_key: bytes
    private_sealed: bytes
    salt: bytes
    made_at: datetime


class Credentials(msgspec.Struct, frozen=True, kw_only=True):
    """What signing in needs to know; never leaves the accounts feature."""

    person_id: UUID
    full_name: str
    office_id: UUID | None
    agency_id: UUID | None
    password_hash: str
    must_change_password: bool
    totp_sealed: bytes | None
    totp_confirmed: bool
    totp_last_step: int
    disabled: bool


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """A sign-in that is not over, with its person: of an office, or of an agency and no office."""

    token_hash: bytes
    person_id: UUID
    full_name: str
    office_id: UUID | None
    office_name: str
    agency_id: UUID | None
    roles: frozenset[Role]
    must_change_password: bool
    has_second_factor: bool
    second_factor_required: bool
    second_factor_at: datetime | None
    last_seen_at: datetime
    expires_at: datetime
    key_sealed: bytes | None


class NewPerson(msgspec.Struct, frozen=True, kw_only=True):
    sign_in_name: str
    full_name: str
    office_id: UUID
    roles: frozenset[Role]


class PersonChange(msgspec.Struct, frozen=True, kw_only=True):
    full_name: str
    office_id: UUID
    roles: frozenset[Role]
    version: int


class SignInOutcome(StrEnum):
    """Refusals are answers, not errors: an error would roll back the count of tries."""

    SIGNED_IN = "signed_in"
    CODE_NEEDED = "code_needed"
    REFUSED = "refused"
    TOO_MANY = "too_many"


class NameTaken(Conflict):
    code = "account.name-taken"
    sentence = N_("Another person already signs in with this name.")


class OfficeTaken(Conflict):
    code = "account.office-taken"
    sentence = N_("There is already an office with this name.")


class OfficeUnknown(NotFound):
    code = "account.office-unknown"
    sentence = N_("There is no such office.")


class PersonUnknown(NotFound):
    code = "account.unknown"
    sentence = N_("There is no such person.")


class LastAdministrator(Conflict):
    code = "account.last-administrator"
    sentence = N_("This is the last administrator. Make another one first.")


class NotYourself(NotAllowed):
    code = "account.not-yourself"
    sentence = N_("You cannot do this to your own account. Ask another administrator.")
