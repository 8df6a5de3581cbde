"""A contract as it was asked for, and as it was agreed: what is hashed, registered and checked."""

from datetime import date
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from recruitwatch.contracts.values.judged import Choice, CorridorLaw
from recruitwatch.contracts.values.written import (
    ClauseId,
    Code,
    Country,
    CurrencyCode,
    Language,
    Line,
    PackId,
    Slug,
    VersionNumber,
    Written,
)

FORM = "recruitwatch-contract/1"
# They carry the hash itself, so they cannot be part of what is hashed.
NOT_HASHED = frozenset({"terms_hash_short", "verify_url"})
SHORT_HASH = 16
# Terms that name no version of the law of corridors were made when there was only this one.
FIRST_CORRIDORS = 1

TermText = Annotated[str, Meta(max_length=1000)]
TermValue = bool | int | float | TermText | Annotated[tuple[Line, ...], Meta(max_length=60)] | None


class WorkerIs(StrEnum):
    """Which form of a gendered language speaks of the worker. Only a woman gets the feminine one."""

    WOMAN = "woman"
    MAN = "man"
    NOT_SAID = "not_said"


# No two currencies are further apart; beyond it amounts could not be counted in coins any more.
LOWEST_RATE, HIGHEST_RATE = 1e-9, 1e9


# By an older rate somebody could pick the day that suits.
OLDEST_RATE_DAYS = 31


class Rate(Written, frozen=True, kw_only=True):
    """How many units of `to` one unit of `of` is worth on a day, and who published that."""

    of: CurrencyCode
    to: CurrencyCode
    rate: Annotated[float, Meta(ge=LOWEST_RATE, le=HIGHEST_RATE)]
    on: date
    source: Line


class ContractInput(Written, frozen=True, kw_only=True):
    """What a regulator asks for. Values that are left out come from law and model, or stay blank.

    `date` is the day of signing: it decides which law counts. `languages` are the official language
    and the worker's. `without` leaves out clauses that are not mandatory, `also` switches on clauses
    that are off in the model.
    """

    pack: PackId
    template_version: VersionNumber | None = None
    origin: Country
    destination: Code
    signed_on: date = msgspec.field(name="date")
    languages: Annotated[tuple[Language, ...], Meta(min_length=1, max_length=2)]
    worker_is: WorkerIs = WorkerIs.NOT_SAID
    values: dict[Slug, TermValue] = msgspec.field(default_factory=dict)
    rates: Annotated[tuple[Rate, ...], Meta(max_length=20)] = ()
    without: Annotated[tuple[ClauseId, ...], Meta(max_length=60)] = ()
    also: Annotated[tuple[ClauseId, ...], Meta(max_length=60)] = ()


class TermClause(Written, frozen=True, kw_only=True):
    """A clause that the contract has, in one of its wordings."""

    id: ClauseId
    variant: Slug


class Terms(Written, frozen=True, kw_only=True):
    """Everything that two sides agree on, without any wording: the wording follows from the
    template version and the languages. This is our JSON of a contract.

    `corridors_version` is the version of the corridor files that the contract was made with: boxes for
    stamps and notices on its paper stay those, whatever is published later."""

    form: str = FORM
    pack: PackId
    template_version: VersionNumber
    corridors_version: VersionNumber | UnsetType = UNSET
    origin: Country
    destination: Code
    signed_on: date = msgspec.field(name="date")
    languages: Annotated[tuple[Language, ...], Meta(min_length=1, max_length=2)]
    worker_is: WorkerIs
    clauses: Annotated[tuple[TermClause, ...], Meta(max_length=200)]
    values: dict[Slug, TermValue]

    @property
    def drawn_with(self) -> int:
        """The version of the corridor files that decides what the paper shows."""
        return FIRST_CORRIDORS if self.corridors_version is UNSET else self.corridors_version


class Contract(msgspec.Struct, frozen=True, kw_only=True):
    """The terms with what stood behind each value. `blanks` are required values nobody gave: they
    are printed as lines to fill in."""

    terms: Terms
    law: CorridorLaw
    choices: tuple[Choice, ...]
    blanks: tuple[str, ...]
