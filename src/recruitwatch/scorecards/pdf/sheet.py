"""A page to draw on: text, bars and rules, measured in points from the corner where reading begins.

Where the language runs to the left all is mirrored: `x` counts from the right, and text begins there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache

from msgspec.structs import replace
from reportlab.lib.pagesizes import A4

from recruitwatch.documents import (
    INK,
    Align,
    Canvas,
    Layout,
    Role,
    Span,
    Style,
    Text,
    Voice,
    draw_code,
    draw_layout,
    draw_line,
    isolated,
    lay_out,
    leading_of,
    runs_to_the_left,
    turns,
    without_marks,
)
from recruitwatch.scorecards.pdf.lettering import is_romanised, printable

PAGE_WIDTH, PAGE_HEIGHT = A4
LEFT, RIGHT = 44.0, PAGE_WIDTH - 44.0
WIDTH = RIGHT - LEFT
GUTTER = 22.0
COLUMN = (WIDTH - GUTTER) / 2
SECOND = LEFT + COLUMN + GUTTER
FLOOR = PAGE_HEIGHT - 50.0

MUTED = 0x45494C
LINE = 0xB1B4B6
TINT = 0xF0F2F4
TRACK = 0xE1E4E7
BAR = 0x1D4F7C
WHITE = 0xFFFFFF

_SMALLER = (1.0, 0.93, 0.86, 0.79, 0.72)
_PLAIN = Role()


class Sheet:
    """Draws nothing while `measuring`: the same code first tells how high a block will be.

    `romanised` becomes true when letters had to be printed as others, so that the page says so.
    """

    def __init__(self, canvas: Canvas, voice: Voice) -> None:
        self.canvas, self.voice = canvas, voice
        self.rtl = runs_to_the_left(voice.language)
        self.measuring = False
        self.romanised = False
        self._inside = False

    @contextmanager
    def tagged(self, tag: str, role: Role = _PLAIN) -> Iterator[None]:
        if self.measuring:
            yield
            return
        with self.canvas.tagged(tag, role):
            yield

    @contextmanager
    def figure(self, alt: str, x: float, y: float, width: float, height: float) -> Iterator[None]:
        """A picture, and letters in it, which `alt` says in words."""
        left = self._left(x, width)
        box = (left, PAGE_HEIGHT - y - height, left + width, PAGE_HEIGHT - y)
        with self.canvas.figure(alt, box):
            self._inside = True
            yield
            self._inside = False

    def _left(self, x: float, width: float) -> float:
        return PAGE_WIDTH - x - width if self.rtl else x

    def style(
        self, size: float, *, bold: bool, colour: int, language: str = "",
        align: Align = Align.START,
    ) -> Style:  # fmt: skip
        return _style(language or self.voice.language, size, bold, colour, align, self.rtl)

    def write(
        self, x: float, y: float, text: Text, *, width: float, size: float = 9, bold: bool = False,
        colour: int = INK, align: Align = Align.START, language: str = "", tag: str = "P",
        role: Role = _PLAIN,
    ) -> None:  # fmt: skip
        """One line with its baseline at `y` on a strip that begins at `x`; smaller letters where it is
        too long, and cut where that does not do."""
        if self.measuring:
            return
        style = self.style(size, bold=bold, colour=colour, language=language, align=align)
        layout = _fitted(self._shown(text), style, width)
        line, spare = layout.lines[0], width - layout.lines[0].width
        left = self._left(x, width)
        if align is Align.CENTRE:
            left += spare / 2
        elif (align is Align.END) is not self.rtl:
            left += spare
        with self._place(tag, role, language, layout):
            draw_line(self.canvas, line, layout.spans, layout.style, left, PAGE_HEIGHT - y)

    def paragraph(
        self, x: float, y: float, text: Text, *, width: float, size: float = 9, bold: bool = False,
        colour: int = INK, most: int | None = None, language: str = "", tag: str = "P",
        role: Role = _PLAIN,
    ) -> float:  # fmt: skip
        """Lines below `y`, no more than `most`, the last one cut off; gives where the next may begin."""
        style = self.style(size, bold=bold, colour=colour, language=language)
        layout = lay_out(self._shown(text), style, width, most=most)
        if not self.measuring:
            with self._place(tag, role, language, layout):
                draw_layout(self.canvas, layout, self._left(x, width), PAGE_HEIGHT - y)
        return y + layout.height

    def lines_of(self, text: Text, width: float, size: float, most: int | None = None) -> Layout:
        style = self.style(size, bold=False, colour=INK)
        return lay_out(_printable(text), style, width, most=most)

    def width_of(self, text: Text, size: float) -> float:
        return self.lines_of(text, 10_000, size).widest

    def apart(self, text: str) -> str:
        """What somebody typed, so that its own direction decides where its signs stand."""
        return isolated(text) if self.rtl or turns(text) else text

    def step(self, size: float) -> float:
        """From line to line in these letters."""
        return leading_of(self.style(size, bold=False, colour=INK))

    def _shown(self, text: Text) -> Text:
        if not self.measuring and not self.romanised:
            spans = (text,) if isinstance(text, str) else [span.text for span in text]
            self.romanised = any(map(is_romanised, spans))
        return _printable(text)

    @contextmanager
    def _place(self, tag: str, role: Role, language: str, layout: Layout) -> Iterator[None]:
        if self._inside:
            yield
            return
        if language and language != self.voice.language:
            role = replace(role, language=language)
        if layout.rtl:
            # Drawn in the order of the eye; who listens needs that of speech.
            said = " ".join(without_marks(line.text) for line in layout.lines)
            role = replace(role, actual=said)
        with self.canvas.tagged(tag, role), self.canvas.content():
            yield

    def heading(self, x: float, y: float, text: str, *, width: float) -> float:
        self.rule(x, y, width, weight=0.8, colour=INK)
        if not self.measuring:
            self.canvas.bookmark(text, PAGE_HEIGHT - y, level=1)
        self.write(x, y + 14, text, width=width, size=10.5, bold=True, tag="H2")
        return y + 21

    def box(self, x: float, y: float, width: float, height: float, colour: int) -> None:
        if not self.measuring:
            self.canvas.colour(colour)
            self.canvas.write(
                f"{self._left(x, width):.2f} {PAGE_HEIGHT - y - height:.2f} "
                f"{width:.2f} {height:.2f} re f"
            )

    def rule(
        self, x: float, y: float, width: float, *, weight: float = 0.5, colour: int = LINE
    ) -> None:
        self.box(x, y - weight / 2, width, weight, colour)

    def bar(self, x: float, y: float, width: float, height: float, points: float | None) -> None:
        """Points of 100 as a bar on its track; no bar where there are no points. The figure beside it
        says the same."""
        self.box(x, y, width, height, TRACK)
        if points is not None:
            self.box(x, y, width * min(100.0, max(0.0, points)) / 100, height, BAR)

    def code(self, x: float, y: float, size: float, address: str) -> None:
        draw_code(self.canvas, address, self._left(x, size), PAGE_HEIGHT - y - size, size)

    def link(self, address: str, says: str, x: float, y: float, width: float, end: float) -> None:
        """Makes what was written from `y` down to `end` lead to the address."""
        left = self._left(x, width)
        self.canvas.link(address, says, (left, PAGE_HEIGHT - end, left + width, PAGE_HEIGHT - y))


@lru_cache(maxsize=1024)
def _style(language: str, size: float, bold: bool, colour: int, align: Align, rtl: bool) -> Style:
    return Style(
        language=language, size=size, bold=bold, colour=colour, align=align, rtl=rtl,
    )  # fmt: skip


def _fitted(text: Text, style: Style, width: float) -> Layout:
    layout = lay_out(text, style, width, most=1)
    for share in _SMALLER[1:]:
        if not layout.cut:
            break
        layout = lay_out(text, replace(style, size=style.size * share), width, most=1)
    return layout


def _printable(text: Text) -> Text:
    if isinstance(text, str):
        return printable(text)
    return _spans(tuple(text))


@lru_cache(maxsize=256)
def _spans(spans: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(replace(span, text=printable(span.text)) for span in spans)
