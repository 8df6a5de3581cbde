"""Documents made and read back: by pdfium (what Chrome shows), by qpdf's library, and as pictures."""

from __future__ import annotations

import io
import re
from collections import defaultdict
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


def said_by(node: Node, said: dict[tuple[int, int], str], pages: dict[int, int]) -> str:
    """What the content of an element and of all below it says; see `said_of`."""
    found = ""
    for one in node:
        page = one.object.get("/Pg")
        for mark in one.marks:
            if isinstance(mark, pikepdf.Dictionary):
                if "/MCID" in mark:
                    found += said.get((pages[mark.Pg.objgen[0]], int(mark.MCID)), "")
            elif page is not None:
                found += said.get((pages[page.objgen[0]], int(mark)), "")
    return found


def pages_of(content: bytes) -> dict[int, int]:
    """The numbers of pages by those of their objects."""
    with pikepdf.open(io.BytesIO(content)) as document:
        return {page.obj.objgen[0]: at for at, page in enumerate(document.pages)}


def said_of(content: bytes) -> dict[tuple[int, int], str]:
    """What each stretch of marked content says, by page and number: its codes, and what the embedded
    typefaces say that they stand for. No order is guessed, as programs do that look at places on the page."""
    found: dict[tuple[int, int], str] = defaultdict(str)
    with pikepdf.open(io.BytesIO(content)) as document:
        for at, page in enumerate(document.pages):
            fonts = {name: _meanings(font) for name, font in page.Resources.Font.items()}
            marks, font = [-1], {}
            for operands, operator in pikepdf.parse_content_stream(page):
                match str(operator):
                    case "BDC" | "BMC":
                        of_own = operands[1].get("/MCID") if len(operands) > 1 else None
                        marks.append(marks[-1] if of_own is None else int(of_own))
                    case "EMC":
                        marks.pop()
                    case "Tf":
                        font = fonts[str(operands[0])]
                    case "TJ":
                        for one in operands[0]:
                            if isinstance(one, pikepdf.String):
                                codes = bytes(one).hex().upper()
                                found[at, marks[-1]] += "".join(
                                    font[codes[place : place + 4]]
                                    for place in range(0, len(codes), 4)
                                )
    return {place: UNSEEN.sub("", text) for place, text in found.items()}


def _meanings(font: pikepdf.Object) -> dict[str, str]:
    table = font.ToUnicode.read_bytes().decode("ascii")
    return {
        code: bytes.fromhex(text).decode("utf-16-be")
        for code, text in re.findall(r"^<(\w{4})> <(\w*)>$", table, re.MULTILINE)
    }
