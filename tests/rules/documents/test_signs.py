"""Signs beside words: they are seen, inside their square, and said by nobody."""

import io

import pypdfium2
import pytest

from recruitwatch.documents import Canvas, MissingGlyph, draw_sign, sign_svg
from rules.documents.reading import about, text_of

MOON = "\N{CRESCENT MOON}"
LEFT, BOTTOM, SIZE = 100, 600, 40


def drawn(sign: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, about())
    draw_sign(canvas, sign, LEFT, BOTTOM, SIZE)
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("sign", [MOON, "\N{BANKNOTE WITH DOLLAR SIGN}", "\N{ROUND PUSHPIN}"])
def test_a_sign_is_drawn_inside_its_square_and_nowhere_else(sign: str) -> None:
    document = pypdfium2.PdfDocument(drawn(sign))
    try:
        high = document[0].get_height()
        box = document[0].render(scale=1).to_pil().convert("L").point(lambda one: 255 - one)
    finally:
        document.close()
    left, top, right, bottom = box.getbbox() or (0, 0, 0, 0)
    assert LEFT - 1 <= left < right <= LEFT + SIZE + 1
    assert high - BOTTOM - SIZE - 1 <= top < bottom <= high - BOTTOM + 1
    assert bottom - top > SIZE / 2


def test_nobody_reads_a_sign_aloud() -> None:
    assert text_of(drawn(MOON)).strip() == ""
    assert 'aria-hidden="true"' in sign_svg(MOON)


def test_a_sign_that_is_not_there_is_an_error() -> None:
    with pytest.raises(MissingGlyph):
        drawn("q")
