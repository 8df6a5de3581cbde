"""How well agencies are found, as officers' judgements show."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from recruitwatch.errors import N_, Rejected

WHICH_NAME = N_("Write the name, or take the tick away.")
NO_NAME = N_(
    "This is no name of an agency. Write a few words, without a telephone number, an address or a sentence."
)
POINTS_TO_HER = N_("Words of this may point to her or to somebody she named. Write only the name.")
KNOWN_NAME = N_("The agency has this name already.")
NAME_OF_ANOTHER = N_("Another agency has this name. It cannot be kept for this one.")


class NameRefused(Rejected):
    code = "complaint.name-refused"
    sentence = N_("This cannot be kept as a name of the agency.")


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
