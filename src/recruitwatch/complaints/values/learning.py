"""How well agencies are found, as officers' judgements show."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """What came of comparing a case with the register. `is_stale`: that has changed since."""

    fits: bool
    is_stale: bool


class Fit(StrEnum):
    """What the matcher had suggested of an agency that an officer confirmed."""

    FIRST = "first"
    AMONG_FIVE = "among_five"
    WRONG = "wrong"
    NOTHING = "nothing"


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """So many confirmed links alike. `language` is that of the page on which the case was filed."""

    language: str
    script: str
    outcome: str
    rank: int | None
    cases: int


class QualityRow(msgspec.Struct, frozen=True, kw_only=True):
    """A language and script; both empty for those that are too few each. None: withheld. `precision` is of
    the cases with a suggestion, the others of all."""

    language: str
    script: str
    cases: int
    counts: Mapping[Fit, int | None]
    precision: int | None
    recall: int | None
    recall_of_five: int | None
