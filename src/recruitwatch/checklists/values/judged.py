"""What the rules say: libraries and mistakes, credit and problems, differences and wordings."""

from enum import StrEnum

import msgspec

from recruitwatch.checklists.values.written import Checklist, Vocabulary


class Library(msgspec.Struct, frozen=True, kw_only=True):
    """Every published version that was read together and found sound.

    `sha256` is keyed by file path.
    """

    vocabularies: dict[int, Vocabulary]
    checklists: dict[tuple[str, int], Checklist]
    sha256: dict[str, str]


class Mistake(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong in a checklist file, and where.

    `line` is 0 only when the file has no such line.
    """

    file: str
    path: str
    message: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.path}: {self.message}"


class CreditStatus(StrEnum):
    SCORED = "scored"
    NOT_SCORED = "recorded_not_scored"
    NA = "na"
    NOT_CHECKED = "not_checked"


class NotScoredBecause(StrEnum):
    NO_RULE = "no_rule"
    PARAMETER_NOT_SET = "parameter_not_set"
    CURRENCY_DIFFERS = "currency_differs"


class Credit(msgspec.Struct, frozen=True, kw_only=True):
    """What one answer earns.

    `value` (0 to 1) is there when scored, `because` when recorded only.
    """

    status: CreditStatus
    value: float | None = None
    because: NotScoredBecause | None = None


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """Many workers' answers to one item, added up.

    How many answers counted, how many of them failed, and what they earn together.
    """

    answered: int
    failing: int
    credit: Credit


class AnswerProblem(StrEnum):
    """Why a recorded answer is refused. The sentences are in `rules.answers.PROBLEM_TEXTS`."""

    WRONG_TYPE = "answer.wrong-type"
    PARTIAL_NOT_ALLOWED = "answer.partial-not-allowed"
    REASON_MISSING = "answer.na-reason-missing"
    REASON_TOO_LONG = "answer.na-reason-too-long"
    REASON_WITHOUT_NA = "answer.reason-without-na"
    NOTE_TOO_LONG = "answer.note-too-long"
    NOT_APPLICABLE = "answer.does-not-apply"
    NOT_AN_OPTION = "answer.not-an-option"
    NEGATIVE = "answer.negative"
    TOO_SMALL = "answer.too-small"
    TOO_LARGE = "answer.too-large"
    NOT_WHOLE = "answer.not-whole"
    NOT_A_NUMBER = "answer.not-a-number"
    OK_ABOVE_CHECKED = "answer.ok-above-checked"
    DATE_IMPLAUSIBLE = "answer.date-implausible"
    CURRENCY_INVALID = "answer.currency-invalid"
    CURRENCY_DIFFERS = "answer.currency-differs"
    EVIDENCE_WITHOUT_ANSWER = "answer.evidence-without-answer"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One field that reads differently.

    `where` is an item id, a section code or the checklist id.
    """

    where: str
    field: str
    old: str | None
    new: str | None


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """An item that stands elsewhere. Positions count from 1 within the section."""

    item: str
    old_section: str
    old_position: int
    new_section: str
    new_position: int


class ChecklistDifference(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader of the old version must learn about the new one.

    Version, predecessor and reason do not count.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    moved: tuple[Move, ...] = ()
    changed: tuple[Change, ...] = ()
    sections_added: tuple[str, ...] = ()
    sections_removed: tuple[str, ...] = ()
    about: tuple[Change, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self == ChecklistDifference()


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """A question as it is shown.

    `reviewed` is false for a translation that no speaker has checked.
    """

    text: str
    guidance: str
    language: str
    reviewed: bool
