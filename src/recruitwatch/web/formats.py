"""Numbers, dates and text as people who read the language write them: that of the request, or one named."""

from datetime import UTC, timedelta, tzinfo
from datetime import date as Date
from datetime import datetime as DateTime
from decimal import Decimal
from functools import lru_cache

from babel import dates, numbers
from babel.lists import format_list

from recruitwatch.web.languages import current, locale

# Babel never writes these digits by itself for these locales; people there do.
DIGITS = {
    "bn": str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯"),
    "ar": str.maketrans("0123456789,.%", "٠١٢٣٤٥٦٧٨٩٬٫٪"),
}


def _native(text: str, language: str | None = None) -> str:
    table = DIGITS.get(language or current.get())
    return text.translate(table) if table else text


def number(
    value: float | Decimal | int, decimals: int | None = None, *, language: str | None = None
) -> str:
    """Grouped as the language groups; `decimals` fixes their count."""
    return _number(value, decimals, language or current.get())


@lru_cache(maxsize=8192, typed=True)
def _number(value: float | Decimal | int, decimals: int | None, language: str) -> str:
    whole = "#,##,##0" if language == "bn" else "#,##0"
    pattern = None if decimals is None else whole + ("." + "0" * decimals if decimals else "")
    written = numbers.format_decimal(
        value, format=pattern, locale=_grouping(language), numbering_system="latn"
    )
    return _native(written, language)


def percent(value: float, *, language: str | None = None) -> str:
    """`value` is a share from 0 to 1."""
    own = language or current.get()
    written = numbers.format_percent(value, locale=_grouping(own), numbering_system="latn")
    return _native(written, own)


def money(amount_minor: int, currency: str) -> str:
    """An amount in minor units of its currency."""
    places = numbers.get_currency_precision(currency)
    amount = Decimal(amount_minor).scaleb(-places)
    return f"{number(amount, places)} {currency}"


def date(value: Date, *, language: str | None = None) -> str:
    return _date(value, language or current.get())


@lru_cache(maxsize=1024)
def _date(value: Date, language: str) -> str:
    return _native(dates.format_date(value, "long", locale=_words(language)), language)


def datetime(value: DateTime, zone: tzinfo = UTC) -> str:
    """In the ministry's zone, and it says which: the reader may be in another."""
    local = value.astimezone(zone)
    written = dates.format_datetime(local, "d MMMM y HH:mm", tzinfo=zone, locale=_words())
    return f"{_native(written)} {_offset(local)}"


def _offset(local: DateTime) -> str:
    """`UTC`, `UTC+6`, `UTC+5:30`."""
    minutes = int((local.utcoffset() or timedelta()).total_seconds()) // 60
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '-'}{hours}" + (f":{rest:02}" if rest else "")


def month(value: Date) -> str:
    return _native(dates.format_date(value, "MMMM y", locale=_words()))


def listing(values: list[str]) -> str:
    """`a, b and c`."""
    return format_list(values, locale=_words()) if values else ""


def digits(value: str | int, *, language: str | None = None) -> str:
    """A code or year in the digits of the language, without grouping."""
    return _native(str(value), language)


def country(code: str, *, language: str | None = None) -> str:
    """What a language calls a country, or the code of a country that has no name in it."""
    return str(locale(language or current.get()).territories.get(code, code))


def language_name(code: str, *, language: str | None = None) -> str:
    """What a language calls another, or the code of one that has no name in it."""
    return str(locale(language or current.get()).languages.get(code, code))


def _grouping(language: str) -> str:
    # Bangla groups as 12,34,567; Arabic's separators come from the digit table.
    return {"bn": "bn", "ar": "en"}.get(language, "en")


def _words(language: str | None = None) -> str:
    own = language or current.get()
    return {"en": "en_GB"}.get(own, own)
