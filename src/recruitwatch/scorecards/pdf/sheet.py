"""A page to draw on: text, paragraphs, bars and rules, measured in points from the top left corner."""

from __future__ import annotations

import re
from collections.abc import Sequence

import segno
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from recruitwatch.scorecards.pdf.lettering import BOLD, REGULAR, is_romanised, printable, width_of

PAGE_WIDTH, PAGE_HEIGHT = A4
LEFT, RIGHT = 44.0, PAGE_WIDTH - 44.0
WIDTH = RIGHT - LEFT
GUTTER = 22.0
COLUMN = (WIDTH - GUTTER) / 2
SECOND = LEFT + COLUMN + GUTTER
FLOOR = PAGE_HEIGHT - 50.0

INK = HexColor(0x0B0C0C)
MUTED = HexColor(0x45494C)
LINE = HexColor(0xB1B4B6)
TINT = HexColor(0xF0F2F4)
TRACK = HexColor(0xE1E4E7)
BAR = HexColor(0x1D4F7C)
WHITE = HexColor(0xFFFFFF)
_DARK = re.compile(rb"\x01+")


class Sheet:
    """Draws nothing while `measuring`: the same code first tells how high a block will be.

    `romanised` becomes true when letters had to be printed as others, so that the page says so.
    """

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.measuring = False
        self.romanised = False
        self._colour: Color | None = None

    def _fill_with(self, colour: Color) -> None:
        """Said once for many: every number that the canvas writes takes its time."""
        if colour is not self._colour:
            self.canvas.setFillColor(colour)
            self._colour = colour

    def write(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 9,
        bold: bool = False,
        colour: Color = INK,
        right: bool = False,
    ) -> None:
        """One line with its baseline at `y`; it begins at `x`, or ends there."""
        if self.measuring:
            return
        self.romanised = self.romanised or is_romanised(text)
        shown, font = printable(text).replace("\n", " "), BOLD if bold else REGULAR
        start = x - width_of(shown, font, size) if right else x
        self._fill_with(colour)
        self.canvas.setFont(font, size)
        self.canvas.drawString(start, PAGE_HEIGHT - y, shown)

    def paragraph(
        self,
        x: float,
        y: float,
        text: str,
        *,
        width: float,
        size: float = 9,
        leading: float = 0,
        bold: bool = False,
        colour: Color = INK,
        most: int | None = None,
    ) -> float:
        """Lines below `y`, no more than `most`, the last one cut off; gives where the next may begin."""
        self.romanised = self.romanised or (not self.measuring and is_romanised(text))
        step = leading or size * 1.32
        for line in wrapped(text, width, size, bold=bold, most=most):
            self.write(x, y + size, line, size=size, bold=bold, colour=colour)
            y += step
        return y

    def heading(self, x: float, y: float, text: str, *, width: float) -> float:
        self.rule(x, y, width, weight=0.8, colour=INK)
        self.write(x, y + 14, text, size=10.5, bold=True)
        return y + 21

    def box(self, x: float, y: float, width: float, height: float, colour: Color) -> None:
        if not self.measuring:
            self._fill_with(colour)
            self.canvas.rect(x, PAGE_HEIGHT - y - height, width, height, stroke=0, fill=1)

    def rule(
        self, x: float, y: float, width: float, *, weight: float = 0.5, colour: Color = LINE
    ) -> None:
        if not self.measuring:
            self.canvas.setStrokeColor(colour)
            self.canvas.setLineWidth(weight)
            self.canvas.line(x, PAGE_HEIGHT - y, x + width, PAGE_HEIGHT - y)

    def bar(self, x: float, y: float, width: float, height: float, points: float | None) -> None:
        """Points of 100 as a bar on its track; no bar where there are no points."""
        self.box(x, y, width, height, TRACK)
        if points is not None:
            share = min(100.0, max(0.0, points)) / 100
            self.box(x, y, width * share, height, BAR)

    def code(self, x: float, y: float, size: float, address: str) -> None:
        """The address as a QR code; its quiet zone is left to the surroundings.

        One path in whole numbers on a grid of modules, written without the canvas's own rounding of
        each number, which took most of the time of a paper.
        """
        rows = [bytes(row) for row in segno.make(address, micro=False, error="m").matrix]
        module = size / len(rows)
        runs = (
            f"{first} {len(rows) - number - 1} {last - first} 1 re"
            for number, row in enumerate(rows)
            for first, last in dark_runs(row)
        )
        self.canvas.saveState()
        self.canvas.translate(x, PAGE_HEIGHT - y - size)
        self.canvas.scale(module, module)
        self.canvas.setFillColor(INK)
        self.canvas._code.append(f"{' '.join(runs)} f")
        self.canvas.restoreState()


def dark_runs(row: bytes) -> list[tuple[int, int]]:
    """Where dark modules follow each other: first, and one past the last."""
    return [match.span() for match in _DARK.finditer(row)]


def wrapped(
    text: str, width: float, size: float, *, bold: bool = False, most: int | None = None
) -> list[str]:
    """The text in lines of this width, at most so many; a word that is too long is broken."""
    font = BOLD if bold else REGULAR
    lines: list[str] = []
    for part in printable(text).split("\n"):
        lines += _lines(part.split(), width, font, size)
        if most is not None and len(lines) > most:
            return [*lines[: most - 1], _cut(lines[most - 1], width, font, size)]
    return lines


def _lines(words: Sequence[str], width: float, font: str, size: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if width_of(longer, font, size) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *whole, line = _broken(word, width, font, size)
        lines += whole
    return [*lines, line] if line else lines


def _broken(word: str, width: float, font: str, size: float) -> list[str]:
    pieces: list[str] = []
    piece = ""
    for letter in word:
        if piece and width_of(piece + letter, font, size) > width:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]


def _cut(line: str, width: float, font: str, size: float) -> str:
    """The line with `…` at its end, shortened until both fit."""
    while line and width_of(f"{line}…", font, size) > width:
        line = line[:-1]
    return f"{line.rstrip()}…"
