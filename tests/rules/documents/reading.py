"""Documents made and read back: by pdfium (what Chrome shows), by qpdf's library, and as pictures."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
import pypdfium2
from PIL import Image

from recruitwatch.documents import About, Canvas, Style, Text, write

UNSEEN = re.compile("[\u200b\u200e\u200f\u061c\u2066-\u2069\ufeff]")


def about(**changes: object) -> About:
    usual = {"title": "A document", "language": "en", "author": "Ministry of Labour"}
    return About(**{**usual, **changes})  # type: ignore[arg-type]


def page_of(*paragraphs: tuple[Text, Style], width: float = 480, language: str = "en") -> bytes:
    """One page with these paragraphs below each other."""
    out = io.BytesIO()
    canvas = Canvas(out, about(language=language))
    top = 800.0
    for text, style in paragraphs:
        top = write(canvas, text, style, 50, top, width) - 6
    canvas.save()
    return out.getvalue()


def text_of(content: bytes) -> str:
    """The words of all pages as pdfium reads them, without marks that nobody sees."""
    document = pypdfium2.PdfDocument(content)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return " ".join(UNSEEN.sub("", "\n".join(pages)).split())


def picture_of(content: bytes, *, scale: float = 2.0, page: int = 0) -> Image.Image:
    document = pypdfium2.PdfDocument(content)
    try:
        return document[page].render(scale=scale, grayscale=True).to_pil()
    finally:
        document.close()


class Node:
    """An element of the structure tree with what is below it; `text` is what it says by its tags alone."""

    def __init__(self, content: pikepdf.Object, document: pikepdf.Pdf) -> None:
        # Objects of a document that is gone cannot be read.
        self.object, self._document = content, document
        self.tag = str(content.S)[1:]
        kids = content.get("/K", [])
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        self.children = [
            Node(one, document)
            for one in kids
            if isinstance(one, pikepdf.Dictionary) and "/S" in one
        ]
        self.marks = [
            one for one in kids if not (isinstance(one, pikepdf.Dictionary) and "/S" in one)
        ]

    def __iter__(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child

    def outline(self) -> str:
        """`Table(TR(TH TD))`"""
        below = " ".join(child.outline() for child in self.children)
        return f"{self.tag}({below})" if below else self.tag


def structure_of(content: bytes) -> Node:
    document = pikepdf.open(io.BytesIO(content))
    return Node(document.Root.StructTreeRoot.K, document)
