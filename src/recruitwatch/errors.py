"""The five meanings of failure. No HTTP here: `web.errors` alone maps a meaning to a status."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

import msgspec


class Figure(msgspec.Struct, frozen=True, tag="figure"):
    """A number, said in the reader's digits with as many decimals as it is written with here."""

    value: Decimal


class Day(msgspec.Struct, frozen=True, tag="day"):
    on: date


class Country(msgspec.Struct, frozen=True, tag="country"):
    """A country by its ISO code, said as the reader calls it."""

    code: str


class Language(msgspec.Struct, frozen=True, tag="language"):
    code: str


class Spoken(msgspec.Struct, frozen=True, tag="spoken"):
    """What data say in several languages, by language, with the code they call it by."""

    code: str
    texts: Mapping[str, str]


class English(msgspec.Struct, frozen=True, tag="english"):
    """Words that are not translated, such as the title of a law. Pages mark them as English."""

    text: str


class Message(msgspec.Struct, frozen=True, tag="message"):
    """A sentence for a person: an English gettext key and the values it names with `%(name)s`. A value
    may be something to be said in the reader's language itself, such as a message or a country.
    Without values the key is said as it is, percent signs and all.
    """

    key: str
    values: Mapping[str, "Value"] = {}


Value = str | int | Figure | Day | Country | Language | Spoken | English | Message


def N_(key: str) -> str:  # noqa: N802 - the name gettext's extractors know
    """Mark an English sentence for translation where it is written; it is translated when shown."""
    return key


WITH_NOTE = N_("%(value)s (%(note)s)")
COMMA = N_("%(first)s, %(rest)s")
SEMICOLON = N_("%(first)s; %(rest)s")


def listed(values: Iterable[Value], between: str = COMMA) -> Value:
    """One value or more as one, each said in the reader's language."""
    *before, whole = values
    for one in reversed(before):
        whole = Message(between, {"first": one, "rest": whole})
    return whole


class RecruitwatchError(Exception):
    """A failure with a stable code for machines and a sentence for people."""

    code = "error"
    sentence = N_("Something went wrong.")

    def __init__(self, **values: Value) -> None:
        super().__init__(self.code)
        self.message = Message(self.sentence, values)


class NotFound(RecruitwatchError):
    code = "not-found"
    sentence = N_("There is nothing at this address.")


class NotAllowed(RecruitwatchError):
    code = "not-allowed"
    sentence = N_("You may not do this.")


class Conflict(RecruitwatchError):
    code = "conflict"
    sentence = N_("Somebody changed this in the meantime. Look again, then repeat your change.")


class Rejected(RecruitwatchError):
    """What was asked breaks a rule; `reasons` name each broken rule."""

    code = "rejected"
    sentence = N_("This cannot be done as asked.")

    def __init__(self, reasons: tuple[Message, ...] = (), **values: Value) -> None:
        super().__init__(**values)
        self.reasons = reasons


class Unavailable(RecruitwatchError):
    code = "unavailable"
    sentence = N_("The service is not available just now. Nothing was changed. Please try again.")
