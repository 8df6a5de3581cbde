"""Registered contracts: what is kept of them, what regulators read and what everybody may see."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from recruitwatch.contracts.values.terms import Terms
from recruitwatch.errors import N_, Conflict, NotFound, Rejected

LONGEST_REASON = 2000


class ContractState(StrEnum):
    VALID = "valid"
    REPLACED = "replaced"
    CANCELLED = "cancelled"


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """By what a form is known that is sent twice: a random token, and a sum of what it asks for."""

    token: UUID
    sha256: str


class MadeByForm(msgspec.Struct, frozen=True, kw_only=True):
    """The version that a form has made."""

    contract_id: UUID
    number: str
    version: int
    sha256: str


class NewVersion(msgspec.Struct, frozen=True, kw_only=True):
    """One version as it is stored, with the agency whose licence its terms name. `sealed_until` names the
    key that opens the terms, as long as there is one."""

    contract_id: UUID
    version: int
    terms: Terms
    sha256: str
    agency_id: UUID | None
    initials: str
    sealed_terms: bytes
    sealed_until: str
    reason: str
    form: Form | None


class ContractLine(msgspec.Struct, frozen=True, kw_only=True):
    """The newest version of a contract in a list. No name and no term of it."""

    id: UUID
    number: str
    version: int
    state: ContractState
    initials: str
    origin: str
    destination: str
    signed_on: date


class VersionLine(msgspec.Struct, frozen=True, kw_only=True):
    """A version of one contract, without its terms. The agency is there when the register knows the
    licence that this version names."""

    version: int
    sha256: str
    agency_id: UUID | None
    agency_name: str
    pack: str
    template_version: int
    origin: str
    destination: str
    signed_on: date
    initials: str
    reason: str
    registered_by: str
    registered_at: datetime


class RegisteredContract(msgspec.Struct, frozen=True, kw_only=True):
    """A contract with all its versions, the newest first, as regulators read it."""

    id: UUID
    number: str
    versions: tuple[VersionLine, ...]
    cancelled_at: datetime | None
    cancelled_by: str
    cancel_reason: str

    @property
    def newest(self) -> VersionLine:
        return self.versions[0]

    def check_not_cancelled(self) -> None:
        """Raises ContractCancelled where nothing can follow."""
        if self.cancelled_at is not None:
            raise ContractCancelled

    def version(self, wanted: int | None) -> VersionLine:
        """A version by its number, or the newest. Raises NoContract where there never was one."""
        if wanted is None:
            return self.newest
        found = next((one for one in self.versions if one.version == wanted), None)
        if found is None:
            raise NoContract
        return found


class SealedTerms(msgspec.Struct, frozen=True, kw_only=True):
    version: int
    sha256: str
    sealed_terms: bytes
    sealed_until: str


class PublicContract(msgspec.Struct, frozen=True, kw_only=True):
    """All that anybody can learn who holds a copy. No name, no number of a passport, no wage."""

    number: str
    version: int
    state: ContractState
    signed_on: date
    registered_on: date
    changed_on: date | None
    template: str
    initials: str
    origin: str
    destination: str
    sha256: str


class NoContract(NotFound):
    code = "contract.unknown"
    sentence = N_("No contract of this number is registered.")


class ContractCancelled(Conflict):
    code = "contract.cancelled"
    sentence = N_("This contract is cancelled. Nothing follows it.")


class RegisteredMeanwhile(Conflict):
    code = "contract.registered-meanwhile"
    sentence = N_("Somebody registered a new version in the meantime. Look at it first.")


class FormUsed(Conflict):
    """The form has registered other terms before, those of this contract."""

    code = "contract.form-used"
    sentence = N_("This form was registered already, as contract %(number)s.")

    def __init__(self, made: MadeByForm) -> None:
        super().__init__(number=made.number)
        self.made = made


class NotComplete(Rejected):
    code = "contract.not-complete"
    sentence = N_("A contract with empty lines cannot be registered.")


class TermsGone(NotFound):
    """The key was destroyed on time, or is not here."""

    code = "contract.terms-gone"
    sentence = N_("The terms of this contract are no longer kept.")
