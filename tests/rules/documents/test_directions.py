"""Text that runs to the left: numbers keep their order, isolates hold, blanks go to the line's end."""

import pytest
from bidi import get_display  # type: ignore[import-not-found]
from hypothesis import given, settings
from hypothesis import strategies as st

from recruitwatch.documents import Align, Span, Style, isolated, lay_out, offset
from recruitwatch.documents.bidi import levels, line_levels, visual_order
from recruitwatch.documents.layout import Line
from rules.documents.reading import page_of, text_of

ARABIC = Style(language="ar", size=11)


def seen(line: Line) -> str:
    """The line from left to right, as the eye finds it."""
    return "".join(
        code.text
        for piece in line.pieces
        for word in piece.words
        for stroke in word.strokes
        for code in stroke.codes
    ).replace("\u200b", "")


# Numbers of a wage in Arabic, in both kinds of digits, with what may stand beside them.
NUMBERS = [
    "1,450",
    "١٬٤٥٠",
    "1,450.00",
    "١٬٤٥٠٫٥٠",
    "15/03/2026",
    "+965 1234 5678",
    "50%",
    "C181",
    "12:30",
]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("sentence", ["الأجر {} ريال شهريًا", "{} ريال", "الأجر: {}", "({}) شهريًا"])
def test_numbers_keep_their_order_where_text_runs_to_the_left(number: str, sentence: str) -> None:
    text = sentence.format(isolated(number))
    [line] = lay_out(text, ARABIC, 500).lines
    assert number in seen(line)


@pytest.mark.parametrize(
    "number", ["1,450", "١٬٤٥٠", "1,450.00", "١٬٤٥٠٫٥٠", "15/03/2026", "12:30"]
)
def test_wages_and_dates_are_read_out_in_their_order(number: str) -> None:
    text = f"الأجر {isolated(number)} ريال شهريًا"
    assert number in text_of(page_of((text, ARABIC), language="ar"))


@pytest.mark.parametrize("number", ["1,450", "١٬٤٥٠", "1,450.00", "١٬٤٥٠٫٥٠"])
def test_wages_keep_their_order_without_isolates_too(number: str) -> None:
    for language, text in (
        ("ar", f"الأجر {number} ريال"),
        ("en", f"Wage {number} ريال"),
        ("ur", f"تنخواہ {number} ریال"),
    ):
        [line] = lay_out(text, Style(language=language), 500).lines
        assert number in seen(line)


def test_a_number_over_a_line_end_goes_on_in_the_next_line() -> None:
    lines = lay_out("الأجر الأساسي 1,450 ريال شهريًا " * 3, ARABIC, 110).lines
    assert len(lines) > 3
    assert sum("1,450" in seen(line) for line in lines) == 3


def test_latin_words_inside_arabic_keep_their_order() -> None:
    text = f"اتفاقية {isolated('ILO C181, Art. 7')} المادة"
    [line] = lay_out(text, ARABIC, 500).lines
    assert "ILO C181, Art. 7" in seen(line)


def test_brackets_are_turned_with_the_text() -> None:
    [line] = lay_out("الأجر (شهريًا)", ARABIC, 500).lines
    assert seen(line)[0] == "("
    assert ")" in seen(line)


def test_an_override_cannot_turn_a_number() -> None:
    [line] = lay_out("Wage \u202e0541\u202c SAR", Style(), 500).lines
    assert seen(line) == "Wage 0541 SAR"


def test_text_begins_at_the_side_of_its_language() -> None:
    for style, start in (
        (ARABIC, "right"),
        (Style(), "left"),
        (Style(align=Align.END), "right"),
        (Style(language="ar", align=Align.END), "left"),
        (Style(language="en", rtl=True), "right"),
    ):
        layout = lay_out("a", style, 500)
        left = offset(layout, layout.lines[0])
        assert ("left" if left == 0 else "right") == start
    centred = lay_out("a", Style(align=Align.CENTRE), 500)
    assert offset(centred, centred.lines[0]) == pytest.approx((500 - centred.widest) / 2)


def test_a_span_inside_keeps_its_own_look_on_its_own_side() -> None:
    [line] = lay_out([Span("الأجر "), Span("1,450", bold=True), Span(" ريال")], ARABIC, 500).lines
    faces = [piece.face.name for piece in line.pieces]
    assert [one.endswith("700Bold") for one in faces].count(True) == 1
    assert not faces[0].endswith("700Bold")
    assert not faces[-1].endswith("700Bold")


LETTERS = "abc 12,.()[]-+/%:אבגابتـ١٢٬٫\u2066\u2067\u2068\u2069\u200e\u200f\u0301\u064b"


@settings(deadline=None)  # The first text loads what turns texts around.
@given(st.text(LETTERS, min_size=1, max_size=24), st.booleans())
def test_the_order_of_a_line_is_that_of_another_implementation(text: str, rtl: bool) -> None:
    hidden = "\u2066\u2067\u2068\u2069\u200e\u200f"
    order = visual_order(line_levels(text, levels(text, rtl=rtl), rtl=rtl))
    other = get_display(text, base_dir="R" if rtl else "L")
    assert [text[at] for at in order if text[at] not in hidden] == [
        one for one in other if one not in hidden
    ]


@pytest.mark.parametrize(
    "filling", [". " * 3000, "\u2068a\u2069" * 900, "%" * 3000, "\u0301" * 3000]
)
@pytest.mark.parametrize("rtl", [False, True])
def test_hostile_texts_are_set_like_others(filling: str, rtl: bool) -> None:
    text = f"ا{filling}ا1,450"
    found = levels(text, rtl=rtl)
    assert len(found) == len(text)
    assert found[0] == found[-6] == 1
    assert found[-5:] == (2,) * 5
