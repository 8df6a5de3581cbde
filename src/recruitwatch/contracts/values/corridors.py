"""What people write about law: sources, instruments, facts of destinations and origins, check rules."""

from datetime import date
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from recruitwatch.contracts.values.written import (
    ClauseId,
    Code,
    Country,
    CurrencyCode,
    Language,
    Line,
    PackId,
    Paragraph,
    Slug,
    VersionNumber,
    Written,
)

ANY = "ANY"
EVERY_CLAUSE = "ALL"

SourceId = Annotated[str, Meta(pattern=r"^S[0-9]{2,3}[a-z]?\Z")]
RuleId = Annotated[str, Meta(pattern=r"^CHK-[SCV][0-9]{2}\Z")]
PatternId = Annotated[str, Meta(pattern=r"^PAT-[0-9]{2}\Z")]


class How(StrEnum):
    """How a fact is known. Only what was seen may ever block a contract."""

    SEEN = "seen"
    GENERAL = "general"
    CONFLICT = "conflict"


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Source(Written, frozen=True, kw_only=True):
    """A page that was read. `year` is the page's or the rule's, as far as visible."""

    title: Line
    year: int | None
    urls: Annotated[tuple[Line, ...], Meta(max_length=8)]


class Sources(Written, frozen=True, kw_only=True):
    version: VersionNumber
    why: Paragraph
    sources: dict[SourceId, Source]


class Instrument(Written, frozen=True, kw_only=True):
    """A text that clauses refer to. `opening` is the source in which its beginning was read."""

    title: Line
    body: Line | None
    year: int | None
    how: How
    opening: SourceId | None = None


class Instruments(Written, frozen=True, kw_only=True):
    version: VersionNumber
    sources: VersionNumber
    instruments: dict[Code, Instrument]


class Fact(Written, frozen=True, kw_only=True):
    """One figure of law with its unit, its days and where it was read.

    Without a value the page says that there is none, or gives none. Without `start` it is not known
    since when; then it counts on every day before `end`. `doubt` is the other reading of a
    conflict. An amount of money is in whole units of its currency.
    """

    about: Slug
    value: int | float | None
    unit: Line
    currency: CurrencyCode | None = None
    start: date | None = None
    end: date | None = None
    year: int | None
    source: SourceId | None
    how: How
    confidence: Confidence
    packs: tuple[PackId, ...] = ()
    women_only: bool = False
    note: Paragraph | None = None
    other_sources: tuple[SourceId, ...] = ()


class OriginFact(Fact, frozen=True, kw_only=True):
    """A figure that the country of origin asks for, in one destination or in all."""

    destination: Code | None = None


class HoursBasis(StrEnum):
    """How the law counts the hours of a day."""

    WITH_BREAKS = "with_breaks"
    WITHOUT_BREAKS = "without_breaks"
    ACTUAL_WORK = "actual_work"
    NOT_KNOWN = "not_known"


class Destination(Written, frozen=True, kw_only=True):
    code: Code
    country: Country
    name: Line
    scheme: Paragraph
    languages: Annotated[tuple[Language, ...], Meta(min_length=1)]
    language_rule: Paragraph
    text_fixed_by_law: bool
    only_official_form: bool
    signatories: Paragraph
    attestation: Paragraph
    attestation_boxes: tuple[Slug, ...]
    hours_basis: HoursBasis
    facts: tuple[Fact, ...]


class Rule(Written, frozen=True, kw_only=True):
    """A rule of an origin in words."""

    text: Paragraph
    year: int | None
    source: SourceId | None
    how: How


class Closing(Written, frozen=True, kw_only=True):
    """That an origin closed or restricted a destination for a kind of work."""

    destination: Code
    packs: tuple[PackId, ...]
    start: date | None = None
    end: date | None = None
    source: SourceId | None
    how: How
    note: Paragraph


class Origin(Written, frozen=True, kw_only=True):
    code: Country
    name: Line
    languages: Annotated[tuple[Language, ...], Meta(min_length=1)]
    attestation_boxes: tuple[Slug, ...]
    rules: tuple[Rule, ...]
    facts: tuple[OriginFact, ...] = ()
    closings: tuple[Closing, ...] = ()


class WageFloor(Written, frozen=True, kw_only=True):
    """A monthly wage, in whole units of its currency, that an origin asks for in a destination."""

    origin: Country
    destination: Code
    amount: int
    currency: CurrencyCode
    packs: Annotated[tuple[PackId, ...], Meta(min_length=1)]
    start: date | None = None
    end: date | None = None
    year: int | None
    source: SourceId
    how: How
    note: Paragraph | None = None
    other_sources: tuple[SourceId, ...] = ()


class Destinations(Written, frozen=True, kw_only=True):
    """`covers_from` to `covers_to` are the days for which somebody gathered these facts."""

    version: VersionNumber
    supersedes: VersionNumber | None
    why: Paragraph
    sources: VersionNumber
    covers_from: date
    covers_to: date
    destinations: tuple[Destination, ...]


class Origins(Written, frozen=True, kw_only=True):
    version: VersionNumber
    origins: tuple[Origin, ...]


class WageFloors(Written, frozen=True, kw_only=True):
    version: VersionNumber
    wage_floors: tuple[WageFloor, ...]


class Stage(StrEnum):
    """S: against the clause library; C: against the law of the corridor; V: newer against older."""

    STANDARD = "S"
    CORRIDOR = "C"
    VERSIONS = "V"


class Gravity(StrEnum):
    CRITICAL = "critical"
    SERIOUS = "serious"
    MODERATE = "moderate"
    MINOR = "minor"


class GravityMeaning(Written, frozen=True, kw_only=True):
    name: Gravity
    meaning: Paragraph


class Escalation(Written, frozen=True, kw_only=True):
    severity: Gravity
    when: Line


class CheckRule(Written, frozen=True, kw_only=True):
    """What is checked. S and C rules say what must be true, V rules what fires.

    `parameters` are the values it reads, `items` the checklist items a confirmed finding bears on.
    """

    id: RuleId
    stage: Stage
    field: Line
    test: Paragraph
    severity: Gravity
    escalates: Escalation | None = None
    clause: ClauseId
    parameters: tuple[Slug, ...] = ()
    items: tuple[Line, ...] = ()


class Pattern(Written, frozen=True, kw_only=True):
    """A known way to exchange a contract, and the rules that fire together when it happens."""

    id: PatternId
    name: Line
    rules: Annotated[tuple[RuleId, ...], Meta(min_length=1)]
    seen: SourceId | None
    story: Paragraph


class Checks(Written, frozen=True, kw_only=True):
    version: VersionNumber
    supersedes: VersionNumber | None
    why: Paragraph
    sources: VersionNumber
    severities: tuple[GravityMeaning, ...]
    rules: Annotated[tuple[CheckRule, ...], Meta(min_length=1)]
    patterns: tuple[Pattern, ...]


class Corridors(msgspec.Struct, frozen=True, kw_only=True):
    """The three files of one version together."""

    destinations: Destinations
    origins: Origins
    wage_floors: WageFloors

    @property
    def version(self) -> int:
        return self.destinations.version
