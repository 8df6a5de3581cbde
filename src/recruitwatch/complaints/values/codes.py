"""What can be complained of: the 76 codes, how urgent each is and who may read it.

The codes themselves are a published file; here are the words it is written in.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from recruitwatch.checklists.values import Code, Language, Line, Mistake, Paragraph, VersionNumber
from recruitwatch.errors import N_, Message, NotFound, RecruitwatchError

NEWEST_CODES = 1
MOST_WORDS = 12

Family = Annotated[str, Meta(pattern=r"^[A-Z]{3}\Z")]
CodeId = Annotated[str, Meta(pattern=r"^[A-Z]{3}-[0-9]{2}\Z")]


class Urgency(StrEnum):
    """How soon a person must speak to the worker; S1 is the most urgent."""

    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    S4 = "S4"


class Compartment(StrEnum):
    """Who may hold the key of a case. Oversight cases never reach the ministry's own desks."""

    GENERAL = "general"
    PROTECTED = "protected"
    OVERSIGHT = "oversight"


class ForcedLabourSign(StrEnum):
    """The eleven indicators of forced labour of the International Labour Organization."""

    ABUSE_OF_VULNERABILITY = "AV"
    DECEPTION = "DE"
    RESTRICTED_MOVEMENT = "RM"
    ISOLATION = "IS"
    VIOLENCE = "PV"
    THREATS = "IT"
    DOCUMENTS_KEPT = "RD"
    WAGES_WITHHELD = "WW"
    DEBT_BONDAGE = "DB"
    ABUSIVE_CONDITIONS = "AC"
    EXCESSIVE_OVERTIME = "EO"


class Topic(StrEnum):
    """What a code is about, for reading it against the Covenant once its text is supplied."""

    LICENCE = "T1"
    FEES = "T2"
    INFORMATION = "T3"
    CONTRACT = "T4"
    DOCUMENTS = "T5"
    ORIENTATION = "T6"
    PLACEMENT = "T7"
    WELFARE = "T8"
    EQUALITY = "T9"
    VIOLENCE = "T10"
    COMPLAINTS = "T11"
    BROKERS = "T12"
    RETURN = "T13"
    DATA = "T14"
    OFFICIALS = "T15"


class Condition(StrEnum):
    """What makes a code more urgent than it starts."""

    UNPAID_TWO_MONTHS = "unpaid_two_months"
    LIVING_THERE = "living_there"


class Escalator(StrEnum):
    """What makes any case more urgent, whatever its codes."""

    AFRAID_FOR_LIFE = "afraid_for_life"
    LOCKED_IN = "locked_in"
    BLEEDING_OR_ILL = "bleeding_or_ill"
    SELF_HARM = "self_harm"
    UNDER_18 = "under_18"
    FLIGHT_WITHIN_72H = "flight_within_72h"
    PASSPORT_HELD_AND_WANTS_TO_LEAVE = "passport_held_and_wants_to_leave"
    LIVING_WITH_ACCUSED = "living_with_accused"
    PREGNANT_OR_WITH_CHILD = "pregnant_or_with_child"
    SEVERAL_PEOPLE = "several_people"


class TraffickingAct(StrEnum):
    """What was done to a person, the first part of trafficking."""

    RECRUITED = "recruited"
    MOVED = "moved"
    PASSED_ON = "passed_on"
    HELD = "held"


class _Written(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Read from a file that people write: an unknown word is a mistake, never ignored."""


class Raised(_Written, frozen=True, kw_only=True):
    """A condition under which a code is more urgent."""

    when: Condition
    urgency: Urgency


class ComplaintCode(_Written, frozen=True, kw_only=True):
    """One thing a worker can tell. Its meaning never changes and its code is never used again."""

    code: CodeId
    family: Family
    says: Line
    forced_labour: tuple[ForcedLabourSign, ...]
    topics: tuple[Topic, ...]
    instruments: tuple[Line, ...]
    urgency: Urgency
    compartment: Compartment
    category: Code
    raised: tuple[Raised, ...] = ()
    act: TraffickingAct | None = None
    raised_by_rule: bool = False
    retired_for: CodeId | None = None


class CodeFamily(_Written, frozen=True, kw_only=True):
    """A heading under which officers find codes."""

    code: Family
    title: Line


class CodeBook(_Written, frozen=True, kw_only=True):
    """One published version of the codes. `provenance` is shown on screen where they are used."""

    version: VersionNumber
    supersedes: VersionNumber | None
    why: Paragraph
    language: Language
    vocabulary: VersionNumber
    title: Line
    provenance: Paragraph
    confidence: Paragraph
    families: tuple[CodeFamily, ...]
    codes: tuple[ComplaintCode, ...]


class CodeFault(msgspec.Struct, frozen=True):
    """What is wrong in a book of codes, and where."""

    path: str
    message: str


class TraffickingSigns(msgspec.Struct, frozen=True, kw_only=True):
    """What in a case points to trafficking. `for_review` asks for a trained person, no more."""

    acts: tuple[TraffickingAct, ...]
    means: tuple[ForcedLabourSign, ...]
    purposes: tuple[ForcedLabourSign, ...]
    for_review: bool


class UrgencyReading(msgspec.Struct, frozen=True, kw_only=True):
    """How urgent a case is, and why."""

    urgency: Urgency
    reasons: tuple[Message, ...]


class CodeUnknown(NotFound):
    code = "complaint.code-unknown"
    sentence = N_("There is no complaint code %(complaint_code)s.")


class CodeBookUnknown(NotFound):
    code = "complaint.codes-unknown"
    sentence = N_("There is no version %(version)s of the complaint codes.")


class CodeBookRefused(RecruitwatchError):
    """The published codes cannot be used: every mistake with its file and line."""

    code = "complaint.codes-refused"
    sentence = N_("The complaint codes of this installation have mistakes.")

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__()

    def __str__(self) -> str:
        return "\n".join(str(one) for one in self.mistakes)
