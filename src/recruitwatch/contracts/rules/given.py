"""Whether the values that somebody asked for can stand in a contract. All mistakes at once."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from babel import Locale

from recruitwatch.contracts.rules.soundness import NUMBERS
from recruitwatch.contracts.rules.wording import locale_of
from recruitwatch.contracts.values.judged import OccupationPack
from recruitwatch.contracts.values.terms import ContractInput, TermValue
from recruitwatch.contracts.values.written import Better, Parameter, ParameterType
from recruitwatch.errors import N_, Message

UNKNOWN = N_("%(name)s: %(pack)s has no such value.")
NOT_A_NUMBER = N_("%(name)s: this must be a number.")
NOT_WHOLE = N_("%(name)s: this must be a whole number.")
TOO_LOW = N_("%(name)s: %(value)s is too low. The lowest that can be right is %(bound)s.")
TOO_HIGH = N_("%(name)s: %(value)s is too high. The highest that can be right is %(bound)s.")
NOT_YES_NO = N_("%(name)s: this must be true or false.")
PROTECTIVE = N_("%(name)s: no model contract is made in which this protection is switched off.")
NOT_TEXT = N_("%(name)s: this must be text.")
NOT_A_LINE = N_("%(name)s: this must be one line of text that people can read.")
NOT_A_DATE = N_("%(name)s: this must be a date such as 2026-03-31.")
NOT_AN_OPTION = N_("%(name)s: “%(value)s” is none of: %(known)s.")
NOT_A_LIST = N_("%(name)s: this must be a list.")
NOT_A_COUNTRY = N_("%(name)s: “%(value)s” is not the code of a country.")
NOT_A_CURRENCY = N_("%(name)s: “%(value)s” is not the code of a currency.")
NOT_A_LANGUAGE = N_("%(name)s: “%(value)s” is not the code of a language.")
SET_BY_ITSELF = N_("%(name)s: this follows from the corridor or the registration; leave it out.")
NO_CLAUSE = N_("%(name)s: %(pack)s has no such clause.")
MANDATORY = N_("%(name)s: this clause is mandatory and cannot be left out.")

# They follow from the corridor, the languages and the registration.
FOLLOWING = frozenset(
    {
        "origin_country",
        "destination_country",
        "worker_language",
        "official_language",
        "terms_hash_short",
        "verify_url",
    }
)
_WHOLE = NUMBERS - {ParameterType.HOURS, ParameterType.PERCENT, ParameterType.MONEY}
_NOT_PRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]")
ENGLISH = Locale.parse("en")


def wrong_values(asked: ContractInput, pack: OccupationPack) -> Iterator[Message]:
    """Every value and clause of the input that cannot be used, each named."""
    parameters = pack.parameters
    for name, value in asked.values.items():
        parameter = parameters.get(name)
        if parameter is None:
            yield Message(UNKNOWN, {"name": name, "pack": pack.id})
        elif name in FOLLOWING:
            yield Message(SET_BY_ITSELF, {"name": name})
        elif value is not None:
            yield from _wrong(name, value, parameter)
    clauses = {one.id: one for one in pack.clauses}
    for name in (*asked.without, *asked.also):
        if name not in clauses:
            yield Message(NO_CLAUSE, {"name": name, "pack": pack.id})
    for name in asked.without:
        if name in clauses and clauses[name].mandatory:
            yield Message(MANDATORY, {"name": name})


def _wrong(name: str, value: TermValue, parameter: Parameter) -> Iterator[Message]:
    if parameter.type in NUMBERS:
        yield from _number(name, value, parameter)
    elif parameter.type is ParameterType.BOOL:
        if not isinstance(value, bool):
            yield Message(NOT_YES_NO, {"name": name})
        elif parameter.better is Better.YES and not value:
            yield Message(PROTECTIVE, {"name": name})
    elif parameter.type is ParameterType.LIST:
        if not isinstance(value, tuple):
            yield Message(NOT_A_LIST, {"name": name})
        else:
            for one in value:
                yield from _option(name, one, parameter)
    elif not isinstance(value, str):
        yield Message(NOT_TEXT, {"name": name})
    elif parameter.type is ParameterType.ENUM:
        yield from _option(name, value, parameter)
    else:
        yield from _text(name, value, parameter)


def _option(name: str, value: str, parameter: Parameter) -> Iterator[Message]:
    if value not in parameter.options:
        known = ", ".join(parameter.options)
        yield Message(NOT_AN_OPTION, {"name": name, "value": value, "known": known})


def _number(name: str, value: TermValue, parameter: Parameter) -> Iterator[Message]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield Message(NOT_A_NUMBER, {"name": name})
        return
    if parameter.type in _WHOLE and not float(value).is_integer():
        yield Message(NOT_WHOLE, {"name": name})
    shown: Mapping[str, str | int] = {"name": name, "value": str(value)}
    if parameter.min is not None and value < parameter.min:
        yield Message(TOO_LOW, {**shown, "bound": str(parameter.min)})
    if parameter.max is not None and value > parameter.max:
        yield Message(TOO_HIGH, {**shown, "bound": str(parameter.max)})


def _text(name: str, value: str, parameter: Parameter) -> Iterator[Message]:
    if not value.strip() or _NOT_PRINTED.search(value):
        yield Message(NOT_A_LINE, {"name": name})
    elif parameter.type is ParameterType.DATE and not is_date(value):
        yield Message(NOT_A_DATE, {"name": name})
    elif parameter.type is ParameterType.COUNTRY and value not in ENGLISH.territories:
        yield Message(NOT_A_COUNTRY, {"name": name, "value": value})
    elif parameter.type is ParameterType.CURRENCY and value not in ENGLISH.currencies:
        yield Message(NOT_A_CURRENCY, {"name": name, "value": value})
    elif parameter.type is ParameterType.LANGUAGE and not is_language(value):
        yield Message(NOT_A_LANGUAGE, {"name": name, "value": value})


def is_date(value: str) -> bool:
    """Year, month and day as this project writes them, and no other of the forms of ISO 8601."""
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def is_language(value: str) -> bool:
    """Whether the tables of Unicode know the language."""
    try:
        return locale_of(value) is not None
    except ValueError:
        return False
