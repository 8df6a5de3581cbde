"""Messages are said with their values in the reader's language; English is marked on pages."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from markupsafe import Markup

from recruitwatch.errors import (
    SEMICOLON,
    WITH_NOTE,
    Country,
    Day,
    English,
    Figure,
    Language,
    Message,
    Spoken,
    Value,
    listed,
)
from recruitwatch.web import languages
from recruitwatch.web.saying import say, say_html

ROOM = Spoken("own_room", {"en": "own room", "ar": "غرفة خاصة"})


@pytest.mark.parametrize(
    ("value", "english", "arabic", "bangla"),
    [
        ("SAR", "SAR", "SAR", "SAR"),
        (1500, "1,500", "١٬٥٠٠", "১,৫০০"),
        (Figure(Decimal("150000")), "150,000", "١٥٠٬٠٠٠", "১,৫০,০০০"),
        (Figure(Decimal("0.50")), "0.50", "٠٫٥٠", "০.৫০"),
        (Figure(Decimal("1E+3")), "1,000", "١٬٠٠٠", "১,০০০"),
        (Day(date(2026, 3, 1)), "1 March 2026", "١ مارس ٢٠٢٦", "১ মার্চ, ২০২৬"),
        (Country("SA"), "Saudi Arabia", "المملكة العربية السعودية", "সৌদি আরব"),
        (Country("XQ"), "XQ", "XQ", "XQ"),
        (Language("ne"), "Nepali", "النيبالية", "নেপালী"),
        (Language("qqq"), "qqq", "qqq", "qqq"),
        (ROOM, "own room", "غرفة خاصة", "own room"),
        (English("S13, A law"), "S13, A law", "S13, A law", "S13, A law"),
        (Message("Basic wage"), "Basic wage", "الأجر الأساسي", "মূল মজুরি"),
        (Message("100 % of it, %s and %(x)s"), *["100 % of it, %s and %(x)s"] * 3),
    ],
)
def test_each_kind_of_value(value: Value, english: str, arabic: str, bangla: str) -> None:
    assert [say(value, language=one) for one in ("en", "ar", "bn")] == [english, arabic, bangla]


def test_a_value_of_a_message_is_said_in_its_language_however_deep() -> None:
    inner = Message(WITH_NOTE, {"value": Message("Weekly rest"), "note": Country("OM")})
    outer = Message("As before: %(old)s.", {"old": inner})
    assert say(outer) == "As before: Weekly rest (Oman)."
    assert "الراحة الأسبوعية" in say(outer, language="ar")
    assert "عُمان" in say(outer, language="ar")


def test_several_values_are_one() -> None:
    three = ("a", Figure(Decimal(2)), "c")
    assert say(listed(three)) == "a, 2, c"
    assert say(listed(three, SEMICOLON)) == "a; 2; c"
    assert say(listed(("a",))) == "a"


@pytest.fixture
def in_arabic() -> Iterator[None]:
    token = languages.current.set("ar")
    yield
    languages.current.reset(token)


@pytest.mark.usefixtures("in_arabic")
def test_on_a_page_english_is_marked_and_nothing_else_becomes_markup() -> None:
    note = Message(WITH_NOTE, {"value": "<b>", "note": English("A <law>")})
    said = say_html(Message("As before: %(old)s.", {"old": note}))
    assert isinstance(said, Markup)
    assert '<bdi lang="en" dir="ltr">A &lt;law&gt;</bdi>' in said
    assert "&lt;b&gt;" in said
    plain = say_html(Message("As before: %(old)s.", {"old": "<b>"}))
    assert not isinstance(plain, Markup)
    assert "<b>" in plain
