"""Laid-out paragraphs put on a page, in the words of PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from recruitwatch.documents.canvas import Canvas
from recruitwatch.documents.faces import Code, Word
from recruitwatch.documents.layout import Layout, Line
from recruitwatch.documents.text import Align, Span, Style
from recruitwatch.documents.typefaces import family_of

_Number = Callable[[Code], str]


def draw_layout(canvas: Canvas, layout: Layout, x: float, top: float) -> None:
    """The lines below `top`, from `x` on. Belongs to whatever content is open."""
    middle = family_of(layout.style.language, layout.style.hand).middle * layout.style.size
    for number, line in enumerate(layout.lines):
        baseline = top - (number + 0.5) * layout.leading - middle
        left = x + offset(layout, line)
        draw_line(canvas, line, layout.spans, layout.style, left, baseline)


def offset(layout: Layout, line: Line) -> float:
    """How far from the left edge a line begins."""
    spare = layout.width - line.width
    if layout.style.align is Align.CENTRE:
        return spare / 2
    return spare if (layout.style.align is Align.END) != layout.rtl else 0.0


def draw_line(
    canvas: Canvas, line: Line, spans: Sequence[Span], style: Style, x: float, y: float
) -> None:
    """One line with its baseline at `y`."""
    if not line.pieces:
        return
    for piece in line.pieces:
        span = spans[piece.span]
        canvas.colour(style.colour if span.colour is None else span.colour)
        language = span.language if span.language not in (None, style.language) else None
        if language:
            canvas.write(f"/Span<</Lang({language})>>BDC")
        face = canvas.embedded(piece.face)
        canvas.write(
            f"BT /{face.name} {style.size:g} Tf 1 0 0 1 {x:.3f} {y:.3f} Tm "
            f"{_shown(piece.words, face.codes.__getitem__)} ET"
        )
        if language:
            canvas.write("EMC")
        x += piece.width


def _shown(words: Sequence[Word], number: _Number) -> str:
    """The strokes of words as one operator."""
    parts = []
    for word in words:
        for codes, move in word.strokes:
            parts.append(f"<{''.join(map(number, codes))}>")
            if move:
                parts.append(f"{-move:.4g}")
    return f"[{''.join(parts)}]TJ".replace("><", "")
