"""What a list is matched with: questions and candidates of the Reconciliation Service API 0.2.

The field names of what is sent out are the specification's, whatever we would call them.
"""

from enum import StrEnum

from msgspec import Struct

from recruitwatch.errors import N_, Message

VERSION = "0.2"
AGENCY = "agency"
"""The one type that there is."""
AGENCY_NAME = N_("Recruitment agency")
SCHEMA = "https://schema.org/EmploymentAgency"
MOST_QUERIES = 50
MOST_CANDIDATES = 5
LONGEST_VALUE = 200
MOST_VALUES = 10
"""Of one property in one query."""


class Asked(StrEnum):
    """What can be told of an agency besides its name."""

    LICENCE_NO = "licence_no"
    PHONE = "phone"
    PLACE = "place"
    REGISTER = "register"
    COUNTRY = "country"


class Told(StrEnum):
    """What can be asked of an agency that was found."""

    LICENCE_NO = "licence_no"
    STATUS = "status"
    LICENCE_UNTIL = "licence_until"
    GRADE = "grade"
    GRADE_AS_OF = "grade_as_of"
    GRADE_CONTESTED = "grade_contested"
    REGISTER = "register"
    COUNTRY = "country"
    CITY = "city"
    PAGE = "page"


ASKED_NAMES = {
    Asked.LICENCE_NO: N_("Licence number"),
    Asked.PHONE: N_("Telephone or wallet number"),
    Asked.PLACE: N_("Address or town"),
    Asked.REGISTER: N_("Register"),
    Asked.COUNTRY: N_("Country of the register"),
}
TOLD_NAMES = {
    Told.LICENCE_NO: N_("Licence number"),
    Told.STATUS: N_("State of the licence today"),
    Told.LICENCE_UNTIL: N_("Last day of the licence"),
    Told.GRADE: N_("Grade of the published card"),
    Told.GRADE_AS_OF: N_("Day of the card"),
    Told.GRADE_CONTESTED: N_("Contested lines of the card, not yet decided"),
    Told.REGISTER: N_("Register"),
    Told.COUNTRY: N_("Country"),
    Told.CITY: N_("Town"),
    Told.PAGE: N_("Public page"),
}


class Question(Struct, frozen=True, kw_only=True):
    """One query: a name and what else is known. `countries` are codes; None where the word is no country."""

    text: str = ""
    numbers: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    registers: tuple[str, ...] = ()
    countries: tuple[str | None, ...] = ()
    limit: int = MOST_CANDIDATES


class Extension(Struct, frozen=True, kw_only=True):
    """The agencies, by identifier as it was sent, of which these things are asked."""

    ids: tuple[str, ...]
    properties: tuple[Told, ...]


class Refusal(Struct, frozen=True):
    """Why a request is not answered, and the status that says so to a program."""

    message: Message
    status: int = 400


class Kind(Struct, frozen=True, kw_only=True):
    """A type or a property."""

    id: str
    name: str


class Feature(Struct, frozen=True, kw_only=True):
    id: str
    value: float


class Candidate(Struct, frozen=True, kw_only=True):
    id: str
    name: str
    description: str
    type: tuple[Kind, ...]
    score: float
    match: bool
    features: tuple[Feature, ...]


class Candidates(Struct, frozen=True, kw_only=True):
    result: tuple[Candidate, ...]


class Suggestion(Struct, frozen=True, kw_only=True):
    id: str
    name: str
    description: str
    notable: tuple[Kind, ...]


class Suggestions(Struct, frozen=True, kw_only=True):
    result: tuple[Suggestion, ...]


class SuggestedProperties(Struct, frozen=True, kw_only=True):
    result: tuple[Kind, ...]


class Proposals(Struct, frozen=True, kw_only=True):
    """The properties that can be asked of agencies."""

    type: str
    properties: tuple[Kind, ...]


Cell = dict[str, str | int]
"""`str`, `int` or `date`, and the value."""


class Extended(Struct, frozen=True, kw_only=True):
    """By identifier and property, in the order asked."""

    meta: tuple[Kind, ...]
    rows: dict[str, dict[str, tuple[Cell, ...]]]
