"""What a person typed, field by field: either a value or a sentence about what is wrong.

Every error of a form is found at once, since people need to see them together; a feature's `forms.py`
reads with a `FormReader` and builds its input struct when `errors` is empty.
"""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar
from unicodedata import decimal as decimal_digit

from recruitwatch.errors import N_, Message, Value

Choice = TypeVar("Choice", bound=StrEnum)
Errors = dict[str, Message]

REQUIRED = N_("Fill in this field.")
TOO_LONG = N_("Write at most %(longest)s characters.")
NOT_A_NUMBER = N_("Write a number, like 12.")
NOT_IN_RANGE = N_("Write a number from %(least)s to %(most)s.")
NOT_A_DATE = N_("Write a real date: day, month and year, like 31 3 2026.")
NOT_A_CHOICE = N_("Choose one of the answers.")


class FormReader:
    """Reads one submitted form and gathers what is wrong with it."""

    def __init__(
        self, form: Mapping[str, str], lists: Mapping[str, list[str]] | None = None
    ) -> None:
        self.form = form
        self.lists = lists or {}
        self.errors: Errors = {}

    def refuse(self, name: str, key: str, **values: Value) -> None:
        """Keep the first error of a field."""
        self.errors.setdefault(name, Message(key, values))

    def text(
        self, name: str, *, longest: int, required: bool = False, missing: str = REQUIRED
    ) -> str:
        """The text without surrounding blanks and control characters; line breaks stay."""
        raw = self.form.get(name, "").replace("\r\n", "\n")
        text = "".join(
            c for c in raw if c == "\n" or c.isprintable() or c in "\u200c\u200d"
        ).strip()
        if required and not text:
            self.refuse(name, missing)
        if len(text) > longest:
            self.refuse(name, TOO_LONG, longest=longest)
        return text

    def choice(
        self, name: str, kind: type[Choice], *, missing: str = NOT_A_CHOICE
    ) -> Choice | None:
        try:
            return kind(self.form.get(name, ""))
        except ValueError:
            self.refuse(name, missing)
            return None

    def one_of(self, name: str, known: Collection[str], *, missing: str = NOT_A_CHOICE) -> str:
        """The chosen one of a list that is not known before."""
        chosen = self.form.get(name, "")
        if chosen not in known:
            self.refuse(name, missing)
        return chosen

    def choices(self, name: str, allowed: Collection[str]) -> tuple[str, ...]:
        """The ticked boxes of a group, in the order sent, each once."""
        ticked = tuple(dict.fromkeys(self.lists.get(name, ())))
        if any(value not in allowed for value in ticked):
            self.refuse(name, NOT_A_CHOICE)
        return ticked

    def flag(self, name: str) -> bool:
        """A ticked box. HTML sends `on` or the box's value, and nothing when it is not ticked."""
        return self.form.get(name, "").lower() in ("on", "yes", "true", "1")

    def whole(self, name: str, *, least: int, most: int, required: bool = False) -> int | None:
        """A whole number in any script's digits."""
        text = plain_digits(self.form.get(name, "")).replace(",", "").strip()
        if not text:
            if required:
                self.refuse(name, REQUIRED)
            return None
        if (
            not text.removeprefix("-").isascii()
            or not text.removeprefix("-").isdecimal()
            or len(text) > 15
        ):
            self.refuse(name, NOT_A_NUMBER)
            return None
        if not least <= int(text) <= most:
            self.refuse(name, NOT_IN_RANGE, least=least, most=most)
            return None
        return int(text)

    def amount(self, name: str, *, most: int = 10**12, required: bool = False) -> Decimal | None:
        """A number with decimals in any script's digits; not negative."""
        text = plain_digits(self.form.get(name, "")).replace(",", "").strip()
        if not text:
            if required:
                self.refuse(name, REQUIRED)
            return None
        try:
            value = Decimal(text)
        except InvalidOperation:
            self.refuse(name, NOT_A_NUMBER)
            return None
        if not value.is_finite() or not 0 <= value <= most:
            self.refuse(name, NOT_IN_RANGE, least=0, most=most)
            return None
        return value

    def day(self, name: str, *, required: bool = False) -> date | None:
        """A date from the three fields `name-day`, `name-month`, `name-year`, or one ISO field."""
        parts = [self.form.get(f"{name}-{part}", "") for part in ("year", "month", "day")]
        if not any(parts):
            parts = self.form.get(name, "").split("-") if self.form.get(name) else []
        if not parts or not any(parts):
            if required:
                self.refuse(name, REQUIRED)
            return None
        try:
            year, month, day = (int(plain_digits(part).strip()) for part in parts)
            value = date(year, month, day)
        except ValueError:
            self.refuse(name, NOT_A_DATE)
            return None
        if not 1900 <= value.year <= 2200:
            self.refuse(name, NOT_A_DATE)
            return None
        return value


def plain_digits(text: str) -> str:
    """The text with every script's decimal digits written 0 to 9."""
    return "".join(
        str(digit) if not c.isascii() and (digit := decimal_digit(c, None)) is not None else c
        for c in text
    )
