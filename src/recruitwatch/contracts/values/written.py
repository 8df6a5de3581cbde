"""What people write in the files of templates/contracts: clauses, their texts and their parameters."""

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

Line = Annotated[str, Meta(min_length=1, max_length=400)]
Paragraph = Annotated[str, Meta(min_length=1, max_length=2000)]
Slug = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,39}\Z")]
PackId = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{1,39}\Z")]
ClauseId = Annotated[str, Meta(pattern=r"^[A-Z][A-Z0-9]{2,23}\Z")]
Code = Annotated[str, Meta(pattern=r"^[A-Z][A-Za-z0-9-]{0,39}\Z")]
Language = Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?\Z")]
Country = Annotated[str, Meta(pattern=r"^[A-Z]{2}\Z")]
CurrencyCode = Annotated[str, Meta(pattern=r"^[A-Z]{3}\Z")]
VersionNumber = Annotated[int, Meta(ge=1, le=9999)]

ONLY_VARIANT = "all"


class Written(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Read from a file that people write: an unknown word is a mistake, never ignored."""


class ParameterType(StrEnum):
    TEXT = "text"
    ADDRESS = "address"
    PHONE = "phone"
    COUNTRY = "country"
    LANGUAGE = "language"
    CURRENCY = "currency"
    DATE = "date"
    INTEGER = "integer"
    HOURS = "hours"
    DAYS = "days"
    MONTHS = "months"
    PERCENT = "percent"
    MONEY = "money"
    BOOL = "bool"
    ENUM = "enum"
    LIST = "list"


class Better(StrEnum):
    """Which way a value is better for the worker."""

    HIGHER = "higher"
    LOWER = "lower"
    YES = "yes"
    NO = "no"
    SAME = "same"
    INFO = "info"


class Unit(StrEnum):
    """What a number counts. Each language has its words for it, with the right plural."""

    DAY = "day"
    HOUR = "hour"
    WEEK = "week"
    MONTH = "month"
    MINUTE = "minute"
    YEAR = "year"
    KILOGRAM = "kilogram"
    SQUARE_METRE = "square_metre"
    METRE = "metre"
    KILOMETRE = "kilometre"
    DEGREE = "degree"
    PERSON = "person"
    COPY = "copy"


Default = bool | int | float | str | tuple[str, ...] | None


class Parameter(Written, frozen=True, kw_only=True):
    """A value that a clause leaves open.

    `floor` and `ceiling` name the facts of a corridor that bound it; `currency` names the parameter
    that says in which currency money is meant.
    """

    label: Line
    type: ParameterType
    better: Better
    required: bool = True
    default: Default = None
    min: int | float | None = None
    max: int | float | None = None
    floor: Slug | None = None
    ceiling: Slug | None = None
    unit: Unit | None = None
    currency: Slug | None = None
    options: Annotated[tuple[Slug, ...], Meta(max_length=30)] = ()


class Variant(Written, frozen=True, kw_only=True):
    """One whole wording of a clause. Exactly one variant of a clause is printed."""

    key: Slug
    when: Line | None = None


class Clause(Written, frozen=True, kw_only=True):
    """What a clause is for and what it leaves open. Its words are in the text files."""

    id: ClauseId
    group: Slug
    mandatory: bool
    gender_responsive: bool
    purpose: Paragraph
    refs: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=20)]
    in_use: bool = True
    review_note: Paragraph | None = None
    parameters: dict[Slug, Parameter] = {}
    variants: Annotated[tuple[Variant, ...], Meta(min_length=1, max_length=6)] = (
        Variant(key=ONLY_VARIANT),
    )


class Base(Written, frozen=True, kw_only=True):
    """The pack some clauses are taken from, and which."""

    pack: PackId
    version: VersionNumber
    clauses: Annotated[tuple[ClauseId, ...], Meta(min_length=1)]


class Pack(Written, frozen=True, kw_only=True):
    """The clauses for one kind of work: its own, and those it takes from another pack."""

    id: PackId
    version: VersionNumber
    supersedes: VersionNumber | None
    why: Paragraph
    title: Line
    scope: Paragraph
    sources: VersionNumber
    instruments: VersionNumber
    words: VersionNumber
    base: Base | None = None
    order: Annotated[tuple[ClauseId, ...], Meta(min_length=1, max_length=100)]
    key_facts: Annotated[tuple[Slug, ...], Meta(min_length=1, max_length=20)]
    clauses: Annotated[tuple[Clause, ...], Meta(min_length=1, max_length=100)]


class Gendered(Written, frozen=True, kw_only=True):
    """The same words for any worker and for a woman, where the language makes a difference."""

    neutral: Paragraph
    feminine: Paragraph


Wording = str | Gendered


class ClauseTexts(Written, frozen=True, kw_only=True):
    """The title and the rows of every variant. A row is one or more whole sentences."""

    title: Line
    rows: dict[Slug, Annotated[tuple[Wording, ...], Meta(min_length=1, max_length=40)]]


class PackTexts(Written, frozen=True, kw_only=True):
    """The words of a pack's own clauses in one language."""

    pack: PackId
    version: VersionNumber
    language: Language
    draft: bool
    translated_by: Line
    title: Wording
    options: dict[Slug, dict[Slug, Wording]] = {}
    clauses: dict[ClauseId, ClauseTexts]


class Words(Written, frozen=True, kw_only=True):
    """The words around the clauses in one language: headings, boxes, units with their plurals."""

    version: VersionNumber
    language: Language
    draft: bool
    translated_by: Line
    phrases: dict[Slug, Wording]
    units: dict[Unit, dict[Slug, Line]]


__all__ = [
    "ONLY_VARIANT",
    "Base",
    "Better",
    "Clause",
    "ClauseId",
    "ClauseTexts",
    "Code",
    "Country",
    "CurrencyCode",
    "Default",
    "Gendered",
    "Language",
    "Line",
    "Pack",
    "PackId",
    "PackTexts",
    "Paragraph",
    "Parameter",
    "ParameterType",
    "Slug",
    "Unit",
    "Variant",
    "VersionNumber",
    "Wording",
    "Words",
    "Written",
]
