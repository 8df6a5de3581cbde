"""QR codes, drawn as one path on paper and in HTML."""

from __future__ import annotations

import re
from html import escape

import segno

from recruitwatch.documents.canvas import Canvas
from recruitwatch.documents.text import INK

_QUIET = 4
_DARK = re.compile(rb"\x01+")


def draw_code(canvas: Canvas, address: str, x: float, bottom: float, size: float) -> None:
    """The address as a QR code with its lower left corner there. Its quiet zone, four modules of white
    all around, is left to the surroundings; so is saying what it is (`figure`).

    Whole numbers on a grid of modules: rounding each number would take most of the time of a page.
    """
    rows = _rows(address)
    module = size / len(rows)
    runs = " ".join(
        f"{first} {len(rows) - number - 1} {last - first} 1 re"
        for number, row in enumerate(rows)
        for first, last in dark_runs(row)
    )
    canvas.colour(INK)
    canvas.write(f"q {module:.5f} 0 0 {module:.5f} {x:.3f} {bottom:.3f} cm {runs} f Q")


def code_svg(address: str, alt: str) -> str:
    """The same code as a drawing inside an HTML file, with its quiet zone and what it is."""
    rows = _rows(address)
    runs = "".join(
        f"M{first} {number}h{last - first}v1h{first - last}z"
        for number, row in enumerate(rows)
        for first, last in dark_runs(row)
    )
    side = len(rows) + 2 * _QUIET
    return (
        f'<svg class="code" role="img" aria-label="{escape(alt)}" '
        f'viewBox="-{_QUIET} -{_QUIET} {side} {side}"><path d="{runs}"/></svg>'
    )


def _rows(address: str) -> list[bytes]:
    return [bytes(row) for row in segno.make(address, micro=False, error="m").matrix]


def dark_runs(row: bytes) -> list[tuple[int, int]]:
    """Where dark modules follow each other: first, and one past the last."""
    return [match.span() for match in _DARK.finditer(row)]
