"""Whether the values that somebody asked for can stand in a contract. All mistakes at once."""

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from babel import Locale
from babel.numbers import get_currency_precision

from recruitwatch.contracts.rules.soundness import NUMBERS
from recruitwatch.contracts.rules.wording import locale_of
from recruitwatch.contracts.values.judged import OccupationPack
from recruitwatch.contracts.values.terms import OLDEST_RATE_DAYS, ContractInput, TermValue
from recruitwatch.contracts.values.written import Better, Parameter, ParameterType
from recruitwatch.errors import N_, Day, Message

UNKNOWN = N_("%(name)s: %(pack)s has no such value.")
NOT_A_NUMBER = N_("%(name)s: this must be a number.")
NOT_WHOLE = N_("%(name)s: this must be a whole number.")
TOO_LOW = N_("%(name)s: %(value)s is too low. The lowest that can be right is %(bound)s.")
TOO_HIGH = N_("%(name)s: %(value)s is too high. The highest that can be right is %(bound)s.")
TOO_FINE = N_(
    "%(name)s: %(value)s has too many digits after the point. The most that can be printed is %(most)s."
)
NOT_YES_NO = N_("%(name)s: this must be true or false.")
PROTECTIVE = N_("%(name)s: no model contract is made in which this protection is switched off.")
NOT_TEXT = N_("%(name)s: this must be text.")
NOT_A_LINE = N_("%(name)s: this must be one line of text that people can read.")
TOO_LONG = N_("%(name)s: this may have at most %(most)s characters.")
BORN_LATER = N_("%(name)s: this is after %(day)s, the day of signing.")
BORN_LONG_AGO = N_("%(name)s: this is more than a hundred years before the day of signing.")
STARTS_LATE = N_("%(name)s: this is more than two years after %(day)s, the day of signing.")
OLD_RATE = N_(
    "%(name)s: a rate of %(rate)s is not of the day of signing or of the %(days)s days before it, so it"
    " cannot be used."
)
TWICE = N_("%(name)s: the same language stands there twice.")
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
LONGEST_TEXT = 400
HIGHEST_NUMBER = 10**9
# What papers print of a number that is no money, and what no script needs above one letter.
_DECIMALS = 3
_MOST_MARKS = 8
_YEAR = timedelta(days=366)


def wrong_values(
    asked: ContractInput, pack: OccupationPack, currency: str | None
) -> Iterator[Message]:
    """Every value and clause of the input that cannot be used, each named. Amounts are counted in the
    currency of the wage: what its coins cannot pay would be printed otherwise than it is hashed."""
    if len(set(asked.languages)) < len(asked.languages):
        yield Message(TWICE, {"name": "languages"})
    for name, value in asked.values.items():
        parameter = pack.parameters.get(name)
        if parameter is None:
            yield Message(UNKNOWN, {"name": name, "pack": pack.id})
        elif name in FOLLOWING:
            yield Message(SET_BY_ITSELF, {"name": name})
        elif value is not None:
            yield from _wrong(name, value, parameter, currency)
    yield from _wrong_days(asked)
    yield from _wrong_clauses(asked, pack)


def _wrong_clauses(asked: ContractInput, pack: OccupationPack) -> Iterator[Message]:
    clauses = {one.id: one for one in pack.clauses}
    for name in (*asked.without, *asked.also):
        if name not in clauses:
            yield Message(NO_CLAUSE, {"name": name, "pack": pack.id})
    for name in asked.without:
        if name in clauses and clauses[name].mandatory:
            yield Message(MANDATORY, {"name": name})


def _wrong_days(asked: ContractInput) -> Iterator[Message]:
    """Days of a life, a job and a rate that cannot be, beside the day of signing."""
    signed = asked.signed_on
    born, starts = (_day(asked, name) for name in ("worker_birth_date", "start_date"))
    if born is not None and born > signed:
        yield Message(BORN_LATER, {"name": "worker_birth_date", "day": Day(signed)})
    elif born is not None and born < signed - 100 * _YEAR:
        yield Message(BORN_LONG_AGO, {"name": "worker_birth_date"})
    if starts is not None and starts > signed + 2 * _YEAR:
        yield Message(STARTS_LATE, {"name": "start_date", "day": Day(signed)})
    for rate in asked.rates:
        if not 0 <= (signed - rate.on).days <= OLDEST_RATE_DAYS:
            yield Message(
                OLD_RATE, {"name": "rates", "rate": Day(rate.on), "days": OLDEST_RATE_DAYS}
            )


def _day(asked: ContractInput, name: str) -> date | None:
    value = asked.values.get(name)
    return date.fromisoformat(value) if isinstance(value, str) and is_date(value) else None


def _wrong(
    name: str, value: TermValue, parameter: Parameter, currency: str | None
) -> Iterator[Message]:
    if parameter.type in NUMBERS:
        yield from _number(name, value, parameter, currency)
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


def _number(
    name: str, value: TermValue, parameter: Parameter, currency: str | None
) -> Iterator[Message]:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        yield Message(NOT_A_NUMBER, {"name": name})
        return
    shown: Mapping[str, str | int] = {"name": name, "value": str(value)}
    least, most = parameter.min or 0, HIGHEST_NUMBER if parameter.max is None else parameter.max
    if value < least:
        yield Message(TOO_LOW, {**shown, "bound": str(least)})
    elif value > most:
        yield Message(TOO_HIGH, {**shown, "bound": str(most)})
    elif parameter.type in _WHOLE:
        if not float(value).is_integer():
            yield Message(NOT_WHOLE, {"name": name})
    elif _digits_after_point(value) > (decimals := _decimals(parameter, currency)):
        yield Message(TOO_FINE, {**shown, "most": decimals})


def _decimals(parameter: Parameter, currency: str | None) -> int:
    if parameter.type is not ParameterType.MONEY or currency is None:
        return _DECIMALS
    return get_currency_precision(currency)


def _digits_after_point(value: int | float) -> int:
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _text(name: str, value: str, parameter: Parameter) -> Iterator[Message]:
    if len(value) > LONGEST_TEXT:
        yield Message(TOO_LONG, {"name": name, "most": LONGEST_TEXT})
    elif not value.strip() or _NOT_PRINTED.search(value) or _buried(value):
        yield Message(NOT_A_LINE, {"name": name})
    elif parameter.type is ParameterType.DATE and not is_date(value):
        yield Message(NOT_A_DATE, {"name": name})
    elif parameter.type is ParameterType.COUNTRY and value not in ENGLISH.territories:
        yield Message(NOT_A_COUNTRY, {"name": name, "value": value})
    elif parameter.type is ParameterType.CURRENCY and value not in ENGLISH.currencies:
        yield Message(NOT_A_CURRENCY, {"name": name, "value": value})
    elif parameter.type is ParameterType.LANGUAGE and not is_language(value):
        yield Message(NOT_A_LANGUAGE, {"name": name, "value": value})


def _buried(value: str) -> bool:
    """Whether letters stand under more marks than people can read."""
    marks = groupby(value, key=lambda one: unicodedata.category(one) in ("Mn", "Me"))
    return any(is_mark and len(list(run)) > _MOST_MARKS for is_mark, run in marks)


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
