"""The foot of each page of a contract: contract, version, page, and room for initials."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4

from recruitwatch.contracts.pdf.lettering import MUTED, said, spans_of, style_of
from recruitwatch.contracts.values.paper import Paper, Text, plain
from recruitwatch.documents import (
    INK,
    Canvas,
    Margins,
    Span,
    draw_layout,
    isolated,
    lay_out,
)

_DOT = "  ·  "
_SIZE, _TOP, _GAP = 7.5, 12.0, 10.0
_BOX = 104.0, 38.0
_LABEL = 6.5


def page_text(paper: Paper, at: int, number: int, pages: int) -> str:
    """The number of a page in one language: plain words, since it is no value of the contract."""
    text = paper.foot.page[at]
    return text.replace("{{ page }}", str(number)).replace("{{ pages }}", str(pages))


def marks_of(paper: Paper) -> tuple[str, ...]:
    """Number, version, template and short hash, as far as there are any."""
    foot = paper.foot
    version = ""
    if foot.version:
        [label] = [one.labels[0] for one in paper.about if one.name == "version_of_contract"]
        version = f"{plain(label)} {foot.version}"
    return tuple(one for one in (foot.number, version, foot.template, foot.short_hash) if one)


class Foot:
    """Draws what repeats on every page; it is said nowhere else, so it is the same on all."""

    def __init__(self, paper: Paper, margins: Margins) -> None:
        self.paper, self.margins = paper, margins
        self.main = paper.languages[0].code
        self.rtl = paper.languages[0].right_to_left
        self.width: float = A4[0] - margins.left - margins.right

    def draw(self, canvas: Canvas, number: int, pages: int) -> None:
        edge, paper = self.margins, self.paper
        top = edge.bottom - _TOP
        canvas.saveState()
        canvas.setStrokeColor(HexColor(0x505A5F))
        canvas.setLineWidth(0.5)
        canvas.line(edge.left, top + 4, edge.left + self.width, top + 4)
        canvas.restoreState()
        marks = _DOT.join(map(isolated, marks_of(paper)))
        top = self.line(canvas, [(self.main, (Span(marks),))], top, colour=INK)
        numbers = [
            (one.code, (Span(page_text(paper, at, number, pages)),))
            for at, one in enumerate(paper.languages)
        ]
        top = self.line(canvas, numbers, top, colour=INK)
        if not paper.registered:
            drafts = [(code, spans_of(text)) for code, text in said(paper.languages, paper.draft)]
            self.line(canvas, drafts, top, colour=MUTED)
        self.initials(canvas)

    def line(
        self,
        canvas: Canvas,
        parts: Sequence[tuple[str, Sequence[Span]]],
        top: float,
        *,
        colour: int,
    ) -> float:
        """Texts of several languages after each other, from where the first language begins."""
        room = self.width - _BOX[0] - _GAP
        x = 0.0
        for code, spans in parts:
            style = style_of(code, _SIZE, colour=colour)
            layout = lay_out(spans, style, max(20.0, room - x), most=1)
            wide = layout.widest
            layout = lay_out(spans, style, wide + 1, most=1)
            draw_layout(canvas, layout, self.left(x, wide + 1), top)
            x += wide + _GAP
        return top - 1.5 * _SIZE

    def left(self, x: float, width: float) -> float:
        """Where something begins that stands `x` from where lines begin."""
        return self.margins.left + (self.width - x - width if self.rtl else x)

    def initials(self, canvas: Canvas) -> None:
        wide, high = _BOX
        left, bottom = self.left(self.width - wide, wide), self.margins.bottom - _TOP - high
        canvas.saveState()
        canvas.setStrokeColor(HexColor(0x505A5F))
        canvas.setLineWidth(0.5)
        canvas.rect(left, bottom, wide, high)
        canvas.restoreState()
        top = bottom + high - 1
        for code, text in said(self.paper.languages, self.paper.foot.initials):
            top = _label(canvas, code, text, left + 3, top, wide - 6)


def _label(canvas: Canvas, code: str, text: Text, x: float, top: float, width: float) -> float:
    layout = lay_out(spans_of(text), style_of(code, _LABEL, colour=MUTED), width, most=1)
    draw_layout(canvas, layout, x, top)
    return top - layout.height + 1.5
