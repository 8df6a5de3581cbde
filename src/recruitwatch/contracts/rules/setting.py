"""Setting values as people of a language and a country write them: numbers, money, days, lists."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import msgspec
from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import (
    format_currency,
    format_decimal,
    format_percent,
    get_currency_name,
    get_currency_precision,
    get_decimal_symbol,
)

from recruitwatch.contracts.rules.slots import Slot, pieces, worded
from recruitwatch.contracts.rules.wording import LOCALES, NUMBER_SLOT, locale_of
from recruitwatch.contracts.values.paper import Piece, Text
from recruitwatch.contracts.values.terms import TermValue
from recruitwatch.contracts.values.written import Parameter, ParameterType, Unit, Wording, Words

_OWN_DIGITS = {
    "arab": "٠١٢٣٤٥٦٧٨٩",
    "beng": "০১২৩৪৫৬৭৮৯",
    "deva": "०१२३४५६७८९",
}
_NUMBER = re.compile(r"\d[\d.,٬٫'\u00a0\u202f]*\d|\d")


class Setter(msgspec.Struct, frozen=True, kw_only=True):
    """What is needed to say something in one language to one reader."""

    locale: Locale
    words: Words
    options: Mapping[str, Mapping[str, Wording]]
    feminine: bool

    def phrase(self, key: str, **values: str) -> Text:
        """A phrase around the clauses, with what it names."""
        return filled(worded(self.words.phrases[key], feminine=self.feminine), values)

    def said(self, key: str) -> str:
        """A phrase that names nothing."""
        return worded(self.words.phrases[key], feminine=self.feminine)

    def option(self, name: str, key: str) -> str:
        """One of the answers that a value can have."""
        return worded(self.options[name][key], feminine=self.feminine)


def locale_for(language: str, country: str) -> Locale:
    """How a language is written in a country, or anywhere when nobody wrote that down. English has one
    way to write a number: a worker from Manila reads the 1.150 euros of Italy as little more than one."""
    at_large = locale_of(language)
    base = LOCALES.get(language, language).split("_")[0]
    try:
        there = Locale.parse(f"{base}_{country}")
    except (UnknownLocaleError, ValueError):
        return at_large
    is_misread = base == "en" and get_decimal_symbol(there) != get_decimal_symbol(at_large)
    return at_large if is_misread else there


def filled(text: str, values: Mapping[str, str]) -> Text:
    """A text with its slots filled. A value is only text: nothing in it is looked at again."""
    return tuple(
        Piece(values[one.name], True) if isinstance(one, Slot) else Piece(one)
        for one in pieces(text)
    )


def own_digits(text: str, locale: Locale) -> str:
    """A text with the digits of the locale's own script."""
    digits = _OWN_DIGITS.get(locale.default_numbering_system)
    if digits is None:
        return text
    if locale.default_numbering_system == "arab":
        text = text.replace("%", "٪")
    return text.translate({ord(str(number)): digit for number, digit in enumerate(digits)})


def both_digits(text: str, locale: Locale) -> str:
    """A text whose first number stands there in the digits of its script, and then in 0 to 9."""
    if locale.default_numbering_system not in _OWN_DIGITS:
        return text
    found = _NUMBER.search(text)
    if found is None:
        return text
    latin = _latin(found[0], locale)
    own = own_digits(text[: found.end()], locale)
    return f"{own} ({latin}){own_digits(text[found.end() :], locale)}"


def _latin(number: str, locale: Locale) -> str:
    point = get_decimal_symbol(locale, numbering_system="default")
    whole, _, rest = number.partition(point)
    whole = re.sub(r"\D", "", whole)
    return format_decimal(Decimal(f"{whole}.{rest}" if rest else whole), locale="en")


def set_value(
    name: str,
    value: TermValue,
    parameter: Parameter,
    setter: Setter,
    currency: str | None,
    *,
    with_unit: bool,
) -> str:
    """A value as it stands in a text; a line to fill in where there is none."""
    if value is None:
        return setter.said("fill_in")
    if isinstance(value, bool):
        return setter.said("yes" if value else "no")
    if isinstance(value, int | float):
        return _number(value, parameter, setter, currency, with_unit=with_unit)
    if isinstance(value, tuple):
        said = [setter.option(name, one) for one in value]
        return format_list(said, locale=setter.locale) if said else setter.said("none")
    return _text(name, value, parameter, setter)


def _text(name: str, value: str, parameter: Parameter, setter: Setter) -> str:
    match parameter.type:
        case ParameterType.ENUM:
            return setter.option(name, value)
        case ParameterType.DATE:
            return set_date(date.fromisoformat(value), setter.locale)
        case ParameterType.COUNTRY:
            return str(setter.locale.territories.get(value, value))
        case ParameterType.LANGUAGE:
            return language_name(value, setter.locale)
        case ParameterType.CURRENCY:
            return str(get_currency_name(value, locale=setter.locale))
        case _:
            return value


def set_date(day: date, locale: Locale) -> str:
    """A day in words of the locale, in the Gregorian calendar."""
    return own_digits(format_date(day, "long", locale), locale)


def language_name(language: str, locale: Locale) -> str:
    """What a locale calls a language."""
    known = LOCALES.get(language, language).split("_")[0]
    return locale.languages.get(language) or locale.languages.get(known) or language


def _number(
    value: int | float,
    parameter: Parameter,
    setter: Setter,
    currency: str | None,
    *,
    with_unit: bool,
) -> str:
    locale = setter.locale
    if parameter.type is ParameterType.MONEY:
        return set_money(value, currency, locale)
    if parameter.type is ParameterType.PERCENT:
        shown = format_percent(
            Decimal(str(value)) / 100,
            locale=locale,
            numbering_system="default",
            decimal_quantization=False,
        )
        return both_digits(shown, locale)
    number = both_digits(_decimal(value, locale), locale)
    if with_unit and parameter.unit is not None:
        return _with_unit(value, number, parameter.unit, setter)
    return number


def _decimal(value: int | float, locale: Locale) -> str:
    return format_decimal(value, locale=locale, numbering_system="default")


def _with_unit(value: int | float, number: str, unit: Unit, setter: Setter) -> str:
    form = setter.locale.plural_form(value)
    text = setter.words.units[unit].get(form) or setter.words.units[unit]["other"]
    return "".join(number if one == Slot(NUMBER_SLOT, False) else str(one) for one in pieces(text))


def set_money(value: int | float, currency: str | None, locale: Locale) -> str:
    """An amount with the name of its currency. A whole amount has no decimals."""
    if currency is None:
        return both_digits(_decimal(value, locale), locale)
    shown = format_currency(
        Decimal(str(value)), currency, locale=locale, format_type="name", numbering_system="default"
    )
    if float(value).is_integer():
        point = get_decimal_symbol(locale, numbering_system="default")
        shown = shown.replace(point + "0" * get_currency_precision(currency), "", 1)
    return both_digits(shown, locale)
