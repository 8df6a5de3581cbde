"""Every script comes out as an independent shaper draws it, and can be read out again as it was written."""

import io
import re
import unicodedata

import pytest
import typst
from PIL import Image, ImageChops, ImageFilter

from recruitwatch.documents import About, Align, Canvas, Style, lay_out
from recruitwatch.documents.bidi import MARKS
from recruitwatch.documents.drawing import draw_line
from recruitwatch.documents.typefaces import FOLDER
from rules.documents.reading import page_of, picture_of, text_of
from rules.documents.script_samples import SAMPLES, Sample

ROW, LEFT, SIZE, SCALE = 110.0, 60.0, 22.0, 4.0
LARGEST_DIFFERENCE = 0.015
named = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)


def folded(text: str) -> str:
    """Without blanks, marks in Unicode's order: whether a line ended or a word did is not a matter of letters."""
    kept = "".join(one for one in text if one not in MARKS and not one.isspace())
    return unicodedata.normalize("NFC", kept)


@named
def test_text_is_read_out_as_it_was_written(sample: Sample) -> None:
    assert folded(text_of(page_of((sample.text, sample.style), width=300))) == folded(sample.text)


@named
def test_every_word_looks_as_another_shaper_draws_it(sample: Sample) -> None:
    words = sorted({word.strip("().,;:!?،۔፦።။។॥।") for word in sample.text.split()} - {""})
    ours, theirs = (
        rows(our_words(words, sample), len(words)),
        rows(typst_words(words, sample), len(words)),
    )
    worst = {word: difference(*pair) for word, *pair in zip(words, ours, theirs, strict=True)}
    assert {word: share for word, share in worst.items() if share > LARGEST_DIFFERENCE} == {}


def our_words(words: list[str], sample: Sample) -> bytes:
    out = io.BytesIO()
    style = Style(
        language=sample.language,
        size=SIZE,
        hand=sample.hand,
        colour=0,
        rtl=False,
        align=Align.START,
    )
    canvas = Canvas(
        out,
        About(title="Words", language=sample.language, author="Tests"),
        pagesize=(600, ROW * len(words)),
    )
    for number, word in enumerate(words):
        layout = lay_out(word, style, 540)
        with canvas.tagged("P"), canvas.content():
            draw_line(
                canvas,
                layout.lines[0],
                layout.spans,
                style,
                LEFT,
                ROW * (len(words) - number - 0.6),
            )
    canvas.save()
    return out.getvalue()


def typst_words(words: list[str], sample: Sample) -> bytes:
    family = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", sample.file)
    direction = "rtl" if Style(language=sample.language).rtl else "ltr"
    source = [
        f"#set page(width: 600pt, height: {ROW * len(words)}pt, margin: 0pt)",
        f'#set text(font: ("{family}", "Noto Sans"), size: {SIZE}pt, lang: "{sample.language}", dir: {direction})',
        *(
            f'#place(top + left, dx: {LEFT}pt, dy: {ROW * number + 34}pt, box(text("{word}")))'
            for number, word in enumerate(words)
        ),
    ]
    made = typst.compile(
        "\n".join(source).encode(), font_paths=[str(FOLDER)], ignore_system_fonts=True
    )
    assert isinstance(made, bytes)
    return made


def rows(content: bytes, count: int) -> list[Image.Image]:
    """The ink of each word, cut out of the picture of the page."""
    whole = ImageChops.invert(picture_of(content, scale=SCALE))
    step = ROW * SCALE
    strips = [
        whole.crop((0, round(at * step), whole.width, round((at + 1) * step)))
        for at in range(count)
    ]
    return [strip.crop(strip.getbbox()) for strip in strips]


def difference(one: Image.Image, other: Image.Image) -> float:
    """The share of ink of either that has no ink of the other within two dots. Glyphs are put on whole dots,
    so one dot says nothing."""
    size = (max(one.width, other.width) + 4, max(one.height, other.height) + 4)
    first, second = (ink_on(size, picture) for picture in (one, other))
    return max(stray(first, second), stray(second, first))


def ink_on(size: tuple[int, int], picture: Image.Image) -> Image.Image:
    sheet = Image.new("L", size)
    sheet.paste(picture.point(lambda level: 255 if level > 100 else 0), (2, 2))
    return sheet


def stray(ink: Image.Image, near: Image.Image) -> float:
    alone = ImageChops.subtract(ink, near.filter(ImageFilter.MaxFilter(5)))
    return alone.histogram()[255] / max(1, ink.histogram()[255])
