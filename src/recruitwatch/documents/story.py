"""Whole documents out of flowables: pages with margins, something at their head or foot, and groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import BinaryIO

from msgspec import Struct
from reportlab.lib.pagesizes import A4
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate
from reportlab.platypus.doctemplate import LayoutError

from recruitwatch.documents.about import About
from recruitwatch.documents.canvas import Canvas
from recruitwatch.documents.codes import draw_code
from recruitwatch.documents.structure import Role

# No document of ours is nearly as long. What never fits is tried on page after page otherwise.
MOST_PAGES = 2000
OnPage = Callable[[Canvas, int], None]


class Margins(Struct, frozen=True, kw_only=True):
    """In points."""

    top: float = 48.0
    bottom: float = 56.0
    left: float = 44.0
    right: float = 44.0


def build(
    out: BinaryIO,
    story: Sequence[Flowable],
    about: About,
    *,
    pagesize: tuple[float, float] = A4,
    margins: Margins | None = None,
    on_page: OnPage | None = None,
) -> int:
    """Writes the document and gives its number of pages. What `on_page` draws, with the canvas and the
    number of the page, is decoration: heads and feet that repeat. Raises LayoutError for what fits on
    no page."""
    edge = margins or Margins()
    width, height = pagesize

    def draw(canvas: Canvas, template: BaseDocTemplate) -> None:
        if template.page > MOST_PAGES:
            raise LayoutError(f"more than {MOST_PAGES} pages")
        if on_page is not None:
            with canvas.decoration():
                on_page(canvas, template.page)

    frame = Frame(
        edge.left, edge.bottom, width - edge.left - edge.right, height - edge.top - edge.bottom,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    template = BaseDocTemplate(
        out, pagesize=pagesize, pageTemplates=[PageTemplate(frames=[frame], onPage=draw)]
    )
    template.build(list(story), canvasmaker=lambda *_, **__: Canvas(out, about, pagesize=pagesize))
    return int(template.page)


def build_numbered(
    out: BinaryIO,
    make: Callable[[], Sequence[Flowable]],
    about: About,
    *,
    pagesize: tuple[float, float] = A4,
    margins: Margins | None = None,
    on_page: Callable[[Canvas, int, int], None],
) -> int:
    """As `build`, and `on_page` learns the number of pages too. The story is made and set twice."""
    pages = build(BytesIO(), make(), about, pagesize=pagesize, margins=margins)
    return build(
        out, make(), about, pagesize=pagesize, margins=margins,
        on_page=lambda canvas, number: on_page(canvas, number, pages),
    )  # fmt: skip


class Code(Flowable):  # type: ignore[misc]
    """A QR code with its quiet zone, described by `alt`, at the side where text begins or in the middle."""

    def __init__(self, address: str, size: float, alt: str, *, align: str = "LEFT") -> None:
        super().__init__()
        self._address, self._alt, self._size = address, alt, size
        self.width = self.height = size
        self.hAlign = align

    def draw(self) -> None:
        left, bottom = self.canv.absolutePosition(0, 0)
        box = (left, bottom, left + self._size, bottom + self._size)
        quiet = self._size / 10
        with self.canv.figure(self._alt, box):
            draw_code(self.canv, self._address, quiet, quiet, self._size - 2 * quiet)


class SignatureField(Flowable):  # type: ignore[misc]
    """Room for a signature by a certificate; takes no place."""

    def __init__(self, name: str, says: str) -> None:
        super().__init__()
        self._name, self._says = name, says
        self.width = self.height = 0

    def draw(self) -> None:
        self.canv.signature_field(self._name, self._says)


class _Begin(Flowable):  # type: ignore[misc]
    def __init__(self, tag: str, role: Role) -> None:
        super().__init__()
        self._tag, self._role = tag, role
        self.width = self.height = 0

    def draw(self) -> None:
        self.canv.current = self.canv.current.add(self._tag, self._role)


class _End(Flowable):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        self.width = self.height = 0

    def draw(self) -> None:
        self.canv.current = self.canv.current.parent


def group(tag: str, flowables: Sequence[Flowable], role: Role | None = None) -> list[Flowable]:
    """Flowables that belong to one element: `Sect`, `L`, `LI`, `Note` ..."""
    return [_Begin(tag, role or Role()), *flowables, _End()]
