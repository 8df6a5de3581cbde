"""What a worker typed, as typed, beside what could be read from it.

`said` is never changed and never lost: a reading may be empty or wrong, her words are not.
"""

from datetime import date
from decimal import Decimal

from msgspec import Struct


class SaidAmount(Struct, frozen=True, kw_only=True):
    """A sum of money; `amount` and `currency` (ISO 4217) only where her words allow one reading."""

    said: str
    amount: Decimal | None = None
    currency: str | None = None


class SaidDate(Struct, frozen=True, kw_only=True):
    """A time as an interval of days, both ends within; an end that her words leave open is None."""

    said: str
    earliest: date | None = None
    latest: date | None = None
    forgotten: bool = False
    calendar: str | None = None
