"""What people write in checklist files: vocabulary, checklist, section, item and their words."""

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta, field

NOT_SCORED_PRINCIPLE = "NA"
ALWAYS = "always"

Line = Annotated[str, Meta(min_length=1, max_length=300)]
Paragraph = Annotated[str, Meta(min_length=1, max_length=2000)]
Slug = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{1,39}\Z")]
Code = Annotated[str, Meta(pattern=r"^[A-Z][A-Z0-9_-]{0,39}\Z")]
ItemId = Annotated[str, Meta(pattern=r"^[A-Z]{3}-[A-Z]{3}-[0-9]{2}\Z")]
SectionCode = Annotated[str, Meta(pattern=r"^[A-Z]{3}\Z")]
Language = Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?\Z")]
VersionNumber = Annotated[int, Meta(ge=1, le=9999)]
Weight = Annotated[int, Meta(ge=0, le=100)]


class AnswerType(StrEnum):
    YES_NO_PARTIAL_NA = "yes_no_partial_na"
    YES_NO_NA = "yes_no_na"
    RATIO = "ratio"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"


class Operator(StrEnum):
    EQ = "eq"
    GTE = "gte"
    LTE = "lte"
    IN = "in"


class Severity(StrEnum):
    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"
    INFO = "info"


class EvidenceLevel(StrEnum):
    """How well an answer is borne out: said, seen once, tested, confirmed by others."""

    E0 = "E0"
    E1 = "E1"
    E2 = "E2"
    E3 = "E3"


class Gate(StrEnum):
    """The best grade an agency may hold while a confirmed failure of the item is open."""

    CAP_D = "cap_D"
    CAP_E = "cap_E"


class Subject(StrEnum):
    AGENCY = "agency"
    PARTNER = "partner"


class Unit(StrEnum):
    ONE_PER_INSPECTION = "one_per_inspection"
    ONE_PER_WORKER = "one_per_worker"
    ONE_PER_PARTNER = "one_per_partner"


class Checked(StrEnum):
    """How far the text of an instrument was read by those who wrote the items."""

    SEEN = "seen"
    PART_SEEN = "part_seen"
    KNOWN = "known"
    TEXT_NOT_SEEN = "text_not_seen"


class ParameterType(StrEnum):
    NUMBER = "number"
    MONEY = "money"


class _Written(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Read from a file that people write: an unknown word is a mistake, never ignored."""


class Parameter(_Written, frozen=True, kw_only=True):
    """A figure of national law that items compare with. Null until the ministry has set it."""

    name: Slug
    type: ParameterType
    default: int | float | None
    note: Line


class Fact(_Written, frozen=True, kw_only=True):
    name: Slug
    meaning: Line


class EvidenceCode(_Written, frozen=True, kw_only=True):
    code: Code
    name: Slug
    meaning: Line


class EvidenceMeaning(_Written, frozen=True, kw_only=True):
    level: EvidenceLevel
    meaning: Line


class SeverityWeight(_Written, frozen=True, kw_only=True):
    name: Severity
    weight: Weight


class Principle(_Written, frozen=True, kw_only=True):
    code: Code
    title: Line
    weight: Weight


class Instrument(_Written, frozen=True, kw_only=True):
    code: Code
    checked: Checked
    title: Line


class ComplaintCategory(_Written, frozen=True, kw_only=True):
    code: Code
    principle: Code
    severity: Severity
    urgent: bool
    title: Line


class Vocabulary(_Written, frozen=True, kw_only=True):
    """The words all checklists share.

    Versioned like a checklist, because meanings and weights change too.
    """

    version: VersionNumber
    supersedes: VersionNumber | None
    why: Paragraph
    language: Language
    parameters: tuple[Parameter, ...]
    facts: tuple[Fact, ...]
    evidence_codes: tuple[EvidenceCode, ...]
    evidence_levels: tuple[EvidenceMeaning, ...]
    severities: tuple[SeverityWeight, ...]
    principles: tuple[Principle, ...]
    instruments: tuple[Instrument, ...]
    complaint_categories: tuple[ComplaintCategory, ...]


class Reference(_Written, frozen=True, kw_only=True):
    """What stands in place of a fixed figure: a parameter, or the day of judging."""

    param: Slug | None = None
    today: bool = False

    def __post_init__(self) -> None:
        if (self.param is not None) == self.today:
            raise ValueError("give either {param: name} or {today: true}")


class Compliant(_Written, frozen=True, kw_only=True):
    """The answer the rule asks for. Without it an item is recorded but never scored."""

    op: Operator
    value: str | int | float | tuple[str, ...] | Reference


class AnswerRule(_Written, frozen=True, kw_only=True):
    """What may be answered.

    `min`, `max` and `whole` bound a number; `negative` lets money fall below zero.
    """

    type: AnswerType
    options: Annotated[tuple[Slug, ...], Meta(max_length=20)] = ()
    min: int | float | None = None
    max: int | float | None = None
    whole: bool = False
    negative: bool = False
    compliant: Compliant | None = None


class Ref(_Written, frozen=True, kw_only=True):
    """A place in an instrument.

    The article is left out where the writers were not certain of it.
    """

    instrument: Code = field(name="i")
    article: Annotated[str, Meta(min_length=1, max_length=60)] | None = field(
        name="a", default=None
    )


class ItemTranslation(_Written, frozen=True, kw_only=True):
    text: Paragraph
    guidance: Paragraph
    reviewed: bool
    options: dict[Slug, Line] = {}


class TitleTranslation(_Written, frozen=True, kw_only=True):
    title: Line
    reviewed: bool


class Item(_Written, frozen=True, kw_only=True):
    """One question. Its id is unique for ever and never serves another question."""

    id: ItemId
    principle: Code
    text: Paragraph
    guidance: Paragraph
    answer: AnswerRule
    severity: Severity
    gate: Gate | None
    evidence: Annotated[tuple[Code, ...], Meta(min_length=1, max_length=10)]
    applies_if: Slug
    gender: bool
    complaint_category: Code | None
    corroborates: ItemId | None
    clause: Annotated[str, Meta(min_length=1, max_length=60)] | None = None
    refs: Annotated[tuple[Ref, ...], Meta(max_length=20)]
    translations: dict[Language, ItemTranslation] = {}


class Section(_Written, frozen=True, kw_only=True):
    code: SectionCode
    title: Line
    translations: dict[Language, TitleTranslation] = {}
    items: Annotated[tuple[Item, ...], Meta(min_length=1, max_length=200)]


class Checklist(_Written, frozen=True, kw_only=True):
    """One published version of a list.

    `provenance` is shown on screen wherever the list is used.
    """

    id: Slug
    version: VersionNumber
    supersedes: VersionNumber | None
    why: Paragraph
    vocabulary: VersionNumber
    title: Line
    purpose: Paragraph
    filled_by: Line
    subject: Subject
    mode: Line
    unit: Unit
    provenance: Paragraph
    translations: dict[Language, TitleTranslation] = {}
    sections: Annotated[tuple[Section, ...], Meta(min_length=1, max_length=50)]
