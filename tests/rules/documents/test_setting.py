"""Lines fit and lose nothing, missing characters are named, marks and blanks stay with their typeface."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recruitwatch.documents import (
    Hand,
    MissingGlyph,
    Paragraph,
    Span,
    Style,
    lacking,
    lay_out,
    leading_of,
    narrowest,
    runs_to_the_left,
)
from recruitwatch.documents.typefaces import FOLDER, load
from rules.documents.reading import page_of, text_of
from rules.documents.script_samples import BY_NAME, CHINESE, SAMPLES

WORDS = st.lists(
    st.sampled_from([word for one in SAMPLES for word in one.text.split()]), min_size=1, max_size=12
)
# The largest letter of any typeface here at 11 points: nothing can be broken below it.
WIDEST_CLUSTER = 60


def source(text: str) -> str:
    return "".join(text.split())


@settings(deadline=None, max_examples=60)
@given(WORDS, st.sampled_from([one.style for one in SAMPLES]), st.floats(WIDEST_CLUSTER, 400))
def test_lines_fit_and_hold_the_whole_text(words: list[str], style: Style, width: float) -> None:
    text = " ".join(words)
    layout = lay_out(text, style, width)
    assert source("".join(line.text for line in layout.lines)) == source(text)
    assert layout.widest <= width + 0.01
    assert layout.height == len(layout.lines) * leading_of(style)
    assert not layout.cut


@settings(deadline=None, max_examples=60)
@given(
    WORDS,
    st.sampled_from([one.style for one in SAMPLES]),
    st.floats(WIDEST_CLUSTER, 300),
    st.integers(1, 3),
)
def test_no_more_lines_than_asked_and_the_last_says_so(
    words: list[str], style: Style, width: float, most: int
) -> None:
    text = " ".join(words)
    whole, layout = lay_out(text, style, width), lay_out(text, style, width, most=most)
    assert len(layout.lines) <= most
    assert layout.widest <= width + 0.01
    if len(whole.lines) <= most:
        assert layout == whole
    else:
        assert layout.cut
        assert layout.lines[-1].text.endswith("…")


@pytest.mark.parametrize("name", ["Thai", "Lao", "Khmer", "Burmese"])
def test_scripts_without_blanks_break_between_words(name: str) -> None:
    """At no place inside a word: ICU's dictionary finds them, a typeface cannot."""
    sample = BY_NAME[name]
    longest = max(sample.text.split(), key=len)
    lines = lay_out(longest, sample.style, lay_out(longest, sample.style, 999).widest * 0.6).lines
    assert len(lines) >= 2
    assert narrowest(longest, sample.style) < lay_out(longest, sample.style, 999).widest * 0.7


def test_a_word_that_is_too_long_is_broken_between_clusters() -> None:
    text = "ক্ষতিপূরণ" * 12
    lines = lay_out(text, Style(language="bn"), 80).lines
    assert len(lines) > 3
    assert "".join(line.text for line in lines) == text
    assert not any(line.text[0] in "্িীৌাূ" for line in lines)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("one\ntwo", ["one", "two"]),
        ("one\r\ntwo\u2028three", ["one", "two", "three"]),
        ("one\n\ntwo", ["one", "", "two"]),
        ("a\tb\x07c", ["a bc"]),
        ("in\u00advisible", ["invisible"]),
    ],
)
def test_forced_breaks_and_control_characters(text: str, lines: list[str]) -> None:
    assert [line.text for line in lay_out(text, Style(), 400).lines] == lines


@pytest.mark.parametrize(
    ("text", "character", "named"),
    [
        ("Paid 🙂 in full", "🙂", "U+1F642 SLIGHTLY SMILING FACE"),
        ("ᚠ", "ᚠ", "U+16A0 RUNIC LETTER FEHU FEOH FE F"),
        ("\ue000", "�", "U+E000"),
        ("\ud800", "�", "U+D800"),
    ],
)
def test_a_missing_glyph_is_an_error_that_names_the_character(
    text: str, character: str, named: str
) -> None:
    with pytest.raises(MissingGlyph) as caught:
        lay_out(text, Style(), 400)
    assert caught.value.message.values == {"character": character, "name": named}


@pytest.mark.skipif(
    (FOLDER / "NotoSansSC_400Regular.ttf").is_file(), reason="the Chinese typeface is installed"
)
def test_without_its_extra_chinese_is_missing_by_name() -> None:
    with pytest.raises(MissingGlyph) as caught:
        lay_out(CHINESE, Style(language="zh"), 400)
    assert caught.value.message.values == {
        "character": "工",
        "name": "U+5DE5 CJK UNIFIED IDEOGRAPH-5DE5",
    }


def test_lacking_finds_what_would_be_missing() -> None:
    assert lacking("Padma\u2067 ওভারসিজ\u2069 🙂\n\u200d漢") == {"🙂", "漢"}


def test_each_script_takes_its_own_typeface_also_in_other_text() -> None:
    mixed = " ".join(sample.text for sample in SAMPLES if sample.name != "Urdu, Nastaliq")
    used = {
        piece.face.name.partition("_")[0]
        for line in lay_out(mixed, Style(), 480).lines
        for piece in line.pieces
    }
    assert used == {sample.file for sample in SAMPLES} - {"NotoNastaliqUrdu"}


def test_urdu_is_nastaliq_unless_naskh_is_asked_for() -> None:
    def face(style: Style) -> str:
        return lay_out("تنخواہ", style, 400).lines[0].pieces[0].face.name

    assert face(Style(language="ur")) == "NotoNastaliqUrdu_400Regular"
    assert face(Style(language="ur", hand=Hand.NASKH)) == "NotoNaskhArabic_400Regular"
    assert face(Style(language="ar")) == "NotoNaskhArabic_400Regular"
    assert face(Style(language="ur", bold=True)) == "NotoNastaliqUrdu_700Bold"


def test_marks_stay_with_their_letter_over_typefaces_and_spans() -> None:
    [line] = lay_out([Span("cafe"), Span("\u0301 x", bold=True)], Style(), 400).lines
    assert len(line.pieces) == 2
    assert text_of(page_of(("e\u0323\u0302", Style()))) in ("e\u0323\u0302", "\u1ec7")


@pytest.mark.parametrize(
    ("language", "rtl"),
    [
        ("ar", True),
        ("ur", True),
        ("he", True),
        ("fa", True),
        ("ps", True),
        ("en", False),
        ("bn", False),
        ("uz-Arab", True),
        ("xx", False),
    ],
)
def test_direction_follows_the_language(language: str, rtl: bool) -> None:
    assert runs_to_the_left(language) is rtl


def test_every_typeface_comes_in_two_weights_with_its_licence() -> None:
    for file in {sample.file for sample in SAMPLES}:
        assert load(file, bold=False) is not load(file, bold=True) is not None
        assert "SIL Open Font License" in (FOLDER / f"{file}-LICENSE.txt").read_text(
            encoding="utf-8"
        )


def test_a_paragraph_splits_where_lines_fit() -> None:
    paragraph = Paragraph("Nobody pays. " * 60, Style())
    _, height = paragraph.wrap(300, 1000)
    first, rest = paragraph.split(300, height / 2)
    assert first.height + rest.height == pytest.approx(height)
    assert paragraph.split(300, 5) == []
    assert paragraph.split(300, height) == [paragraph]
    assert 0 < paragraph.minWidth() < 60
