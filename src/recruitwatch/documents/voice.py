"""What a document needs of the reader's language; who makes a document hands it in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Protocol


class Voice(Protocol):
    """Sentences, figures and days in one language. The names are those that gettext's tools look for."""

    @property
    def language(self) -> str: ...

    def gettext(self, sentence: str, /, **values: str) -> str: ...

    def ngettext(self, one: str, many: str, number: int, /, **values: str) -> str: ...

    def number(self, value: float | Decimal | int, decimals: int | None = None) -> str: ...

    def percent(self, value: float) -> str: ...

    def date(self, value: date) -> str: ...

    def digits(self, value: str | int) -> str: ...
