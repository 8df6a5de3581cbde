"""Forms of sign-in, own account and people."""

from uuid import UUID

import msgspec

from recruitwatch.accounts.rules import password_faults, role_faults
from recruitwatch.accounts.values import NewAgencyPerson, NewPerson, PersonChange, Role
from recruitwatch.errors import N_
from recruitwatch.web.forms import NOT_A_CHOICE, Errors, FormReader, plain_digits

NAME_SHORT = N_("Use 3 to 100 characters: letters, digits, dots, hyphens or @.")
SAME_AS_OLD = N_("This is your present password. Choose another one.")
SAME_TWICE = N_("The two passwords differ.")
OFFICE_MISSING = N_("Choose an office.")


class PasswordChange(msgspec.Struct, frozen=True):
    old: str
    new: str


def parse_password(reader: FormReader, sign_in_name: str) -> PasswordChange | Errors:
    """Passwords are taken as typed: no trimming."""
    old, new = reader.form.get("old", ""), reader.form.get("new", "")
    if not old:
        reader.text("old", longest=200, required=True)
    for fault in password_faults(new, sign_in_name):
        reader.errors.setdefault("new", fault)
    if new and new == old:
        reader.refuse("new", SAME_AS_OLD)
    if new != reader.form.get("again", ""):
        reader.refuse("again", SAME_TWICE)
    return reader.errors or PasswordChange(old, new)


def parse_code(reader: FormReader) -> str:
    """A one-time code in any script's digits, typed with or without blanks."""
    return plain_digits("".join(reader.text("code", longest=20, required=True).split()))


def parse_new_person(reader: FormReader, offices: frozenset[UUID]) -> NewPerson | Errors:
    name = _sign_in_name(reader)
    full_name = reader.text("full_name", longest=200, required=True)
    office_id, roles = _office(reader, offices), _roles(reader)
    if reader.errors or office_id is None:
        return reader.errors
    return NewPerson(sign_in_name=name, full_name=full_name, office_id=office_id, roles=roles)


def parse_agency_person(reader: FormReader, agency_id: UUID) -> NewAgencyPerson | Errors:
    name = _sign_in_name(reader)
    full_name = " ".join(reader.text("full_name", longest=200, required=True).split())
    return reader.errors or NewAgencyPerson(
        sign_in_name=name, full_name=full_name, agency_id=agency_id
    )


def _sign_in_name(reader: FormReader) -> str:
    name = reader.text("sign_in_name", longest=100, required=True).lower()
    if name and (len(name) < 3 or not all(c.isalnum() or c in ".-_@+" for c in name)):
        reader.refuse("sign_in_name", NAME_SHORT)
    return name


def parse_person_change(reader: FormReader, offices: frozenset[UUID]) -> PersonChange | Errors:
    full_name = reader.text("full_name", longest=200, required=True)
    version = reader.whole("version", least=1, most=10**9, required=True)
    office_id, roles = _office(reader, offices), _roles(reader)
    if reader.errors or office_id is None or version is None:
        return reader.errors
    return PersonChange(full_name=full_name, office_id=office_id, roles=roles, version=version)


def parse_office_name(reader: FormReader) -> str | None:
    """The name of an office on one line; None if it is missing or too long."""
    name = " ".join(reader.text("name", longest=200, required=True).split())
    return None if reader.errors else name


def _office(reader: FormReader, offices: frozenset[UUID]) -> UUID | None:
    try:
        office_id = UUID(reader.form.get("office_id", ""))
    except ValueError:
        reader.refuse("office_id", OFFICE_MISSING)
        return None
    if office_id not in offices:
        reader.refuse("office_id", NOT_A_CHOICE)
        return None
    return office_id


def _roles(reader: FormReader) -> frozenset[Role]:
    ticked = reader.choices("roles", frozenset(role.value for role in Role))
    roles = frozenset(role for role in Role if role.value in ticked)
    for fault in role_faults(roles):
        reader.errors.setdefault("roles", fault)
    return roles
