"""Paragraphs and headings for Platypus stories, table cells and the canvas."""

from __future__ import annotations

from reportlab.platypus import Flowable

from recruitwatch.documents.bidi import without_marks
from recruitwatch.documents.canvas import Canvas
from recruitwatch.documents.drawing import draw_layout
from recruitwatch.documents.layout import Layout, lay_out, narrowest
from recruitwatch.documents.structure import Element, Role
from recruitwatch.documents.text import Style, Text, plain


class _Place:
    """The element of a paragraph, shared by the parts that a page break makes of it."""

    def __init__(self) -> None:
        self.element: Element | None = None


class Paragraph(Flowable):  # type: ignore[misc]
    """Text as an element of its own: `P`, `H1` to `H6`, `Caption`, `Lbl`, `LBody` ...; an empty tag makes
    it content of the element around it, as in the cells of a table. `bookmark` is its level in the
    outline."""

    def __init__(
        self,
        text: Text,
        style: Style,
        *,
        tag: str = "P",
        bookmark: int | None = None,
        before: float = 0.0,
        after: float = 0.0,
        keep_with_next: bool = False,
    ) -> None:
        super().__init__()
        self.text, self.style, self.tag = text, style, tag
        self.bookmark, self.before, self.after = bookmark, before, after
        self.keepWithNext = keep_with_next
        self._place = _Place()
        self._layout: Layout | None = None

    def getSpaceBefore(self) -> float:  # noqa: N802 - ReportLab's names, here and below
        return self.before

    def getSpaceAfter(self) -> float:  # noqa: N802
        return self.after

    def minWidth(self) -> float:  # noqa: N802
        return narrowest(self.text, self.style)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        # Tables that go over pages ask again for each page.
        if self._layout is None or self._layout.width != width:
            self._layout = lay_out(self.text, self.style, width)
        self.width, self.height = width, self._layout.height
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """The lines that fit, and the rest: they stay one element, and lines stay as they are."""
        self.wrap(width, height)
        layout = self._layout
        assert layout is not None
        fitting = int((height + 0.001) // layout.leading)
        if fitting <= 0:
            return []
        if fitting >= len(layout.lines):
            return [self]
        return [self._part(layout, 0, fitting), self._part(layout, fitting, len(layout.lines))]

    def _part(self, layout: Layout, first: int, last: int) -> _Part:
        return _Part(self, layout, first, last)

    def draw(self) -> None:
        assert self._layout is not None
        self.draw_on(self.canv, self._layout, 0.0, self.height)

    def draw_on(self, canvas: Canvas, layout: Layout, x: float, top: float) -> None:
        if self.bookmark is not None and not canvas.decorating:
            _, height = canvas.absolutePosition(x, top)
            canvas.bookmark(plain(self.text), height, level=self.bookmark)
            self.bookmark = None
        if not self.tag or canvas.decorating:
            with canvas.content():
                draw_layout(canvas, layout, x, top)
            return
        element = self._place.element
        if element is None or element.tree is not canvas:
            element = canvas.current.add(self.tag, self._role(canvas, rtl=layout.rtl))
            self._place.element = element
        with canvas.within(element), canvas.content():
            draw_layout(canvas, layout, x, top)

    def _role(self, canvas: Canvas, *, rtl: bool) -> Role:
        other = self.style.language != canvas.about.language
        # Lines that run to the left are drawn in the order of the eye; who listens needs that of speech.
        said = without_marks(plain(self.text)) if rtl else ""
        return Role(language=self.style.language if other else "", actual=said)


class _Part(Flowable):  # type: ignore[misc]
    """Some lines of a paragraph that goes over a page break."""

    def __init__(self, whole: Paragraph, layout: Layout, first: int, last: int) -> None:
        super().__init__()
        self._whole, self._lines = whole, layout.lines[first:last]
        self._layout = Layout(
            lines=self._lines, spans=layout.spans, style=layout.style, width=layout.width,
            leading=layout.leading, rtl=layout.rtl, cut=layout.cut,
        )  # fmt: skip
        self._last = last == len(layout.lines)
        self.width, self.height = layout.width, self._layout.height

    def getSpaceAfter(self) -> float:  # noqa: N802
        return self._whole.after if self._last else 0.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        fitting = int((height + 0.001) // self._layout.leading)
        if not 0 < fitting < len(self._lines):
            return [] if fitting <= 0 else [self]
        return [
            _Part(self._whole, self._layout, 0, fitting),
            _Part(self._whole, self._layout, fitting, len(self._lines)),
        ]

    def draw(self) -> None:
        self._whole.draw_on(self.canv, self._layout, 0.0, self.height)


def write(
    canvas: Canvas, text: Text, style: Style, x: float, top: float, width: float, *,
    tag: str = "P", most: int | None = None,
) -> float:  # fmt: skip
    """A paragraph straight on the canvas below `top`; gives where the next may begin."""
    layout = lay_out(text, style, width, most=most)
    Paragraph(text, style, tag=tag).draw_on(canvas, layout, x, top)
    return top - layout.height
