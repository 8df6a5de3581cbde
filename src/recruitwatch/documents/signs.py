"""Small drawings beside words, for people who read little: signs of Noto Emoji in one colour, on paper and
in HTML. They say nothing that the words do not, so programs that read aloud leave them out."""

from __future__ import annotations

from functools import lru_cache

from fontTools.pens.basePen import BasePen
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont
from msgspec import Struct
from reportlab.platypus import Flowable

from recruitwatch.documents.canvas import Canvas
from recruitwatch.documents.text import INK
from recruitwatch.documents.typefaces import FOLDER, NoTypefaces, missing_of

_FILE = "NotoEmoji_400Regular.ttf"
_Point = tuple[float, float]


class _Drawing(Struct, frozen=True, kw_only=True):
    """One sign in the units of its typeface: how wide it is, from where to where it reaches, and its
    outline in the words of PDF and of SVG."""

    width: float
    bottom: float
    top: float
    operators: str
    path: str


class _OperatorPen(BasePen):  # type: ignore[misc]
    """Writes an outline in the words of PDF. Its base turns every curve into cubic ones."""

    def __init__(self, glyphs: object) -> None:
        super().__init__(glyphs)
        self.operators: list[str] = []

    def _moveTo(self, pt: _Point) -> None:  # noqa: N802 - fontTools' names, here and below
        self._add("m", pt)

    def _lineTo(self, pt: _Point) -> None:  # noqa: N802
        self._add("l", pt)

    def _curveToOne(self, pt1: _Point, pt2: _Point, pt3: _Point) -> None:  # noqa: N802
        self._add("c", pt1, pt2, pt3)

    def _closePath(self) -> None:  # noqa: N802
        self._add("h")

    def _add(self, operator: str, *points: _Point) -> None:
        numbers = [str(round(one)) for point in points for one in point]
        self.operators.append(" ".join([*numbers, operator]))


class Sign(Flowable):  # type: ignore[misc]
    """One sign in a square of this size."""

    def __init__(self, sign: str, size: float) -> None:
        super().__init__()
        self._sign = sign
        self.width = self.height = size

    def draw(self) -> None:
        draw_sign(self.canv, self._sign, 0, 0, self.width)


def draw_sign(canvas: Canvas, sign: str, x: float, bottom: float, size: float) -> None:
    """The sign in a square with its lower left corner there. Raises MissingGlyph."""
    drawing = _drawing(sign)
    scale = size / drawing.width
    rise = bottom + (size - (drawing.top + drawing.bottom) * scale) / 2
    canvas.colour(INK)
    canvas.write(f"q {scale:.6f} 0 0 {scale:.6f} {x:.3f} {rise:.3f} cm {drawing.operators} f Q")


def sign_svg(sign: str) -> str:
    """The same drawing inside an HTML file. Raises MissingGlyph."""
    drawing = _drawing(sign)
    high = drawing.top - drawing.bottom
    below = (drawing.width - high) / 2
    box = f"0 {-drawing.top - below:g} {drawing.width:g} {drawing.width:g}"
    return (
        f'<svg class="sign" aria-hidden="true" viewBox="{box}">'
        f'<path transform="scale(1,-1)" d="{drawing.path}"/></svg>'
    )


@lru_cache(maxsize=64)
def _drawing(sign: str) -> _Drawing:
    typeface = _typeface()
    name = typeface.getBestCmap().get(ord(sign))
    if name is None:
        raise missing_of(sign)
    glyphs = typeface.getGlyphSet()
    pen, svg = _OperatorPen(glyphs), SVGPathPen(glyphs)
    glyphs[name].draw(pen)
    glyphs[name].draw(svg)
    outline = typeface["glyf"][name]
    return _Drawing(
        width=glyphs[name].width,
        bottom=outline.yMin,
        top=outline.yMax,
        operators=" ".join(pen.operators),
        path=svg.getCommands(),
    )


@lru_cache(maxsize=1)
def _typeface() -> TTFont:
    path = FOLDER / _FILE
    if not path.is_file():
        raise NoTypefaces(f"{path.name} is not there. Run: python hatch_build.py assets")
    return TTFont(path, lazy=True)
