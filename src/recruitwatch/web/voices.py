"""A language to write documents in: its sentences, and figures and days as its readers write them."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from recruitwatch.web import formats
from recruitwatch.web.languages import catalogue


class Voice(Struct, frozen=True):
    """Not bound to a request: a paper is made in every language at once."""

    language: str

    def gettext(self, sentence: str, /, **values: str) -> str:
        said: str = catalogue(self.language).ugettext(sentence)
        return said % values if values else said

    def ngettext(self, one: str, many: str, number: int, /, **values: str) -> str:
        said: str = catalogue(self.language).ungettext(one, many, number)
        return said % values if values else said

    def number(self, value: float | Decimal | int, decimals: int | None = None) -> str:
        return formats.number(value, decimals, language=self.language)

    def percent(self, value: float) -> str:
        return formats.percent(value, language=self.language)

    def date(self, value: date) -> str:
        return formats.date(value, language=self.language)

    def digits(self, value: str | int) -> str:
        return formats.digits(value, language=self.language)
