"""Who may do what, and what makes a password, a code and a set of roles acceptable."""

from collections.abc import Collection
from datetime import datetime, timedelta

from recruitwatch.accounts.values import Permission, Person, PersonChange, Role
from recruitwatch.actor import Actor
from recruitwatch.errors import N_, Message

P = Permission
EVERYBODY = frozenset(Role)
STAFF = EVERYBODY - {Role.AGENCY}
"""The people of the ministry."""
READERS = frozenset({Role.INSPECTOR, Role.REVIEWER, Role.REGULATOR, Role.OVERSIGHT})
CASE_ROLES = frozenset({Role.COMPLAINTS_OFFICER, Role.OVERSIGHT})
"""Roles whose people read complaints, each with a key of their own."""

TABLE: dict[Permission, frozenset[Role]] = {
    P.OWN_ACCOUNT: EVERYBODY,
    P.WORKPLACE: STAFF,
    P.PEOPLE_MANAGE: frozenset({Role.ADMINISTRATOR}),
    P.HISTORY_READ: frozenset({Role.OVERSIGHT}),
    P.REGISTER_READ: STAFF - {Role.ADMINISTRATOR},
    P.REGISTER_EDIT: frozenset({Role.INSPECTOR, Role.REGULATOR}),
    P.REGISTER_IMPORT: frozenset({Role.REGULATOR}),
    P.LICENCE_DECIDE: frozenset({Role.REGULATOR}),
    P.PARAMETER_SET: frozenset({Role.REGULATOR}),
    P.AUDIT_READ: READERS,
    P.AUDIT_WRITE: frozenset({Role.INSPECTOR}),
    P.AUDIT_REVIEW: frozenset({Role.REVIEWER}),
    P.FINDING_READ: READERS,
    P.FINDING_SERVE: frozenset({Role.REVIEWER, Role.REGULATOR}),
    P.FINDING_DECIDE: frozenset({Role.REGULATOR}),
    P.CARD_READ: READERS,
    P.CARD_ISSUE: frozenset({Role.REGULATOR}),
    P.CARD_PUBLISH: frozenset({Role.REGULATOR}),
    P.CONTEST_READ: frozenset({Role.REGULATOR, Role.REVIEWER, Role.OVERSIGHT}),
    P.CONTEST_DECIDE: frozenset({Role.REGULATOR}),
    P.AGENCY_PEOPLE_MANAGE: frozenset({Role.REGULATOR}),
    P.AGENCY_PLACE: frozenset({Role.AGENCY}),
    P.JOB_READ: frozenset({Role.REGULATOR}),
    P.COMPLAINT_READ: CASE_ROLES,
    P.COMPLAINT_TAKE: frozenset({Role.HOTLINE_OPERATOR, Role.COMPLAINTS_OFFICER}),
    P.BROKER_READ: CASE_ROLES | {Role.REGULATOR},
    P.BROKER_KEEP: frozenset({Role.COMPLAINTS_OFFICER, Role.REGULATOR}),
    P.BROKER_ERASE: frozenset({Role.REGULATOR}),
    P.CONTRACT_CHECK: frozenset(
        {Role.INSPECTOR, Role.REVIEWER, Role.REGULATOR, Role.COMPLAINTS_OFFICER}
    ),
    P.CONTRACT_FINDING_OPEN: frozenset({Role.INSPECTOR, Role.REVIEWER}),
    P.MATCHING_QUALITY: CASE_ROLES | {Role.REGULATOR},
    P.CONTRACT_MAKE: frozenset({Role.REGULATOR}),
    P.DESK_MANAGE: CASE_ROLES | {Role.REGULATOR},
    P.HELP_NUMBERS_SET: frozenset({Role.REGULATOR}),
}

SIGN_IN_LASTS = timedelta(hours=12)
SIGN_IN_IDLE = timedelta(hours=2)
SEEN_EVERY = timedelta(minutes=5)
TRIES_WINDOW = timedelta(minutes=15)
TRIES_PER_NAME = 10
TRIES_IN_TOTAL = 1000
TOTP_STEP_SECONDS = 30
PASSWORD_SHORTEST = 12
PASSWORD_LONGEST = 200

PASSWORD_SHORT = N_(
    "Use at least %(shortest)s characters. Three or four words make a good password."
)
PASSWORD_LONG = N_("Use at most %(longest)s characters.")
PASSWORD_NAME = N_("Do not use your name in the password.")
PASSWORD_PLAIN = N_("This password is too easy to guess.")
ROLES_NONE = N_("Choose at least one role.")
ROLES_ADMINISTRATOR = N_("An administrator manages people and reads no case: choose no other role.")
ROLES_AGENCY = N_("The people of an agency are entered on the page of the agency.")


def may(actor: Actor, permission: Permission) -> bool:
    """Whether the actor may do this: one of the actor's roles must be listed for it."""
    return bool(actor.roles & TABLE[permission])


def needs_key(roles: Collection[Role]) -> bool:
    """Whether somebody of these roles reads complaints, which are sealed for each reader."""
    return not CASE_ROLES.isdisjoint(roles)


def loses_key(old: Person, new: PersonChange) -> bool:
    """Another office, or one role for complaints less: the cases of before are no longer theirs."""
    return old.office_id != new.office_id or not CASE_ROLES & old.roles <= new.roles


def password_faults(password: str, sign_in_name: str) -> tuple[Message, ...]:
    """What is wrong with a new password: length and guessability, no rules on kinds of letters.

    Source: NIST SP 800-63B-4, 3.1.1.2 (length over composition, no periodic change).
    """
    faults = []
    if len(password) < PASSWORD_SHORTEST:
        faults.append(Message(PASSWORD_SHORT, {"shortest": PASSWORD_SHORTEST}))
    if len(password) > PASSWORD_LONGEST:
        faults.append(Message(PASSWORD_LONG, {"longest": PASSWORD_LONGEST}))
    if sign_in_name and sign_in_name.casefold() in password.casefold():
        faults.append(Message(PASSWORD_NAME))
    if len(set(password.casefold())) < 6:
        faults.append(Message(PASSWORD_PLAIN))
    return tuple(faults)


def role_faults(roles: Collection[Role]) -> tuple[Message, ...]:
    """Administrators hold no second role, so that who manages people cannot read cases. An agency's
    people are entered elsewhere: nobody of the ministry holds their role."""
    if not roles:
        return (Message(ROLES_NONE),)
    if Role.ADMINISTRATOR in roles and len(roles) > 1:
        return (Message(ROLES_ADMINISTRATOR),)
    if Role.AGENCY in roles:
        return (Message(ROLES_AGENCY),)
    return ()


def too_many_tries(by_name: int, in_total: int) -> bool:
    """Ten refused tries for one name in fifteen minutes; one, once there were a thousand for all names.

    Many refused names mean that somebody tries a password on each. That makes everybody's second try
    wait, but locks out nobody who types the right password at once.
    """
    return by_name >= (TRIES_PER_NAME if in_total < TRIES_IN_TOTAL else 1)


def totp_step(at: datetime) -> int:
    """The number of the 30-second step of RFC 6238 that `at` lies in."""
    return int(at.timestamp()) // TOTP_STEP_SECONDS


def sign_in_ends(created_at: datetime, last_seen_at: datetime) -> datetime:
    """A sign-in ends after 12 hours, or after 2 hours without a page."""
    return min(created_at + SIGN_IN_LASTS, last_seen_at + SIGN_IN_IDLE)
