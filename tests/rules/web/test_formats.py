"""Numbers and dates as people write them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest

from recruitwatch.web import formats
from recruitwatch.web.languages import current


@contextmanager
def speaking(language: str) -> Iterator[None]:
    token = current.set(language)
    yield
    current.reset(token)


@pytest.mark.parametrize(
    ("language", "value", "decimals", "written"),
    [
        ("en", 1234567, None, "1,234,567"),
        ("en", 72.4432, 1, "72.4"),
        ("bn", 1234567, None, "১২,৩৪,৫৬৭"),
        ("bn", 72.4432, 1, "৭২.৪"),
        ("ar", 1234567, None, "١٬٢٣٤٬٥٦٧"),
        ("ar", 72.4432, 1, "٧٢٫٤"),
        ("en", 5, 0, "5"),
        ("en", -3.5, 1, "-3.5"),
    ],
)
def test_numbers(language: str, value: float, decimals: int | None, written: str) -> None:
    with speaking(language):
        assert formats.number(value, decimals) == written


@pytest.mark.parametrize(("language", "written"), [("en", "80%"), ("bn", "৮০%"), ("ar", "٨٠٪")])
def test_shares(language: str, written: str) -> None:
    with speaking(language):
        assert formats.percent(0.8) == written


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "5 March 2026"), ("bn", "৫ মার্চ, ২০২৬"), ("ar", "٥ مارس ٢٠٢٦")],
)
def test_dates(language: str, written: str) -> None:
    with speaking(language):
        assert formats.date(date(2026, 3, 5)) == written


def test_an_instant_says_its_zone() -> None:
    assert formats.datetime(datetime(2026, 3, 5, 14, 7, tzinfo=UTC)).endswith("14:07 UTC")


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [(145000, "SAR", "1,450.00 SAR"), (145000, "JPY", "145,000 JPY"), (1500, "KWD", "1.500 KWD")],
)
def test_money_is_shown_from_minor_units(amount: int, currency: str, written: str) -> None:
    assert formats.money(amount, currency) == written
