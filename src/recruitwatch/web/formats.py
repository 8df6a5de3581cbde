"""Numbers, dates and text as people who read the language write them."""

from datetime import UTC, timedelta, tzinfo
from datetime import date as Date
from datetime import datetime as DateTime
from decimal import Decimal

from babel import dates, numbers
from babel.lists import format_list

from recruitwatch.web.languages import current

# Babel never writes these digits by itself for these locales; people there do.
DIGITS = {
    "bn": str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯"),
    "ar": str.maketrans("0123456789,.%", "٠١٢٣٤٥٦٧٨٩٬٫٪"),
}


def _native(text: str) -> str:
    table = DIGITS.get(current.get())
    return text.translate(table) if table else text


def number(value: float | Decimal | int, decimals: int | None = None) -> str:
    """Grouped as the language groups; `decimals` fixes their count."""
    pattern = None if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    return _native(
        numbers.format_decimal(value, format=pattern, locale=_grouping(), numbering_system="latn")
    )


def percent(value: float) -> str:
    """`value` is a share from 0 to 1."""
    return _native(numbers.format_percent(value, locale=_grouping(), numbering_system="latn"))


def money(amount_minor: int, currency: str) -> str:
    """An amount in minor units of its currency."""
    places = numbers.get_currency_precision(currency)
    amount = Decimal(amount_minor).scaleb(-places)
    return f"{number(amount, places)} {currency}"


def date(value: Date) -> str:
    return _native(dates.format_date(value, "long", locale=_words()))


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


def digits(value: str | int) -> str:
    """A code or year in the digits of the language, without grouping."""
    return _native(str(value))


def _grouping() -> str:
    # Bangla groups as 12,34,567; Arabic's separators come from the digit table.
    return {"bn": "bn", "ar": "en"}.get(current.get(), "en")


def _words() -> str:
    return {"en": "en_GB"}.get(current.get(), current.get())
