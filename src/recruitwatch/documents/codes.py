"""QR codes, drawn as one path."""

from __future__ import annotations

import re

import segno

from recruitwatch.documents.canvas import Canvas
from recruitwatch.documents.text import INK

_DARK = re.compile(rb"\x01+")


def draw_code(canvas: Canvas, address: str, x: float, bottom: float, size: float) -> None:
    """The address as a QR code with its lower left corner there. Its quiet zone, four modules of white
    all around, is left to the surroundings; so is saying what it is (`figure`).

    Whole numbers on a grid of modules: rounding each number would take most of the time of a page.
    """
    rows = [bytes(row) for row in segno.make(address, micro=False, error="m").matrix]
    module = size / len(rows)
    runs = " ".join(
        f"{first} {len(rows) - number - 1} {last - first} 1 re"
        for number, row in enumerate(rows)
        for first, last in dark_runs(row)
    )
    canvas.colour(INK)
    canvas.write(f"q {module:.5f} 0 0 {module:.5f} {x:.3f} {bottom:.3f} cm {runs} f Q")


def dark_runs(row: bytes) -> list[tuple[int, int]]:
    """Where dark modules follow each other: first, and one past the last."""
    return [match.span() for match in _DARK.finditer(row)]
