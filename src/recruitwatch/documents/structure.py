"""The tree of a tagged document: what each piece of content is, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject, PDFString

CELLS = frozenset(("TH", "TD"))


class Role(Struct, frozen=True, kw_only=True):
    """What an element is beside its tag. `alt` describes a picture; `scope` is Column or Row of a heading
    cell; `box` is where a picture stands; `actual` is the text that a drawing says."""

    alt: str = ""
    actual: str = ""
    language: str = ""
    scope: str = ""
    columns: int = 1
    rows: int = 1
    box: tuple[float, float, float, float] | None = None
    numbering: str = ""
    summary: str = ""


class Content(Struct, frozen=True):
    """A stretch of marked content: the name of its page among the document's objects, and its number."""

    page: str
    number: int


class Annotation(Struct, frozen=True):
    """Something on a page that can be pressed; `reference` is its object."""

    page: str
    reference: PDFObject


class Element:
    """A node of the tree. `tree` tells apart elements of different documents."""

    def __init__(self, tag: str, parent: Element | None, role: Role, tree: object) -> None:
        self.tag, self.parent, self.role, self.tree = tag, parent, role, tree
        self.children: list[Element | Content | Annotation] = []
        self.named = ""

    def add(self, tag: str, role: Role) -> Element:
        child = Element(tag, self, role, self.tree)
        self.children.append(child)
        return child

    def all(self) -> Iterator[Element]:
        """Without those that hold nothing: an empty paragraph is no paragraph, an empty cell is a cell."""
        self.children = [
            one for one in self.children if not (isinstance(one, Element) and one.is_empty())
        ]
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.all()

    def is_empty(self) -> bool:
        if self.tag in CELLS:
            return False
        return all(isinstance(one, Element) and one.is_empty() for one in self.children)


class _Written(PDFObject):  # type: ignore[misc]
    """An object whose bytes are known but for the numbers of others."""

    __RefOnly__ = 1

    def __init__(self, element: Element, root: str) -> None:
        self._element, self._root = element, root

    def format(self, document: PDFDocument) -> bytes:
        return _element_bytes(document, self._element, self._root)


class _Raw(PDFObject):  # type: ignore[misc]
    __RefOnly__ = 1

    def __init__(self, parts: Sequence[str | tuple[str]]) -> None:
        self._parts = parts

    def format(self, document: PDFDocument) -> bytes:
        return " ".join(
            one if isinstance(one, str) else _number(document, one[0]) for one in self._parts
        ).encode()


def add_structure(
    document: PDFDocument, root: Element, parents: Sequence[Sequence[Element] | Element]
) -> Any:
    """Puts the tree into a document; gives the reference for its catalogue. `parents` names for each page
    the elements that its content belongs to, and for each thing that can be pressed its one."""
    root_name = "documents.structure"
    for number, element in enumerate(root.all()):
        element.named = f"documents.element.{number}"
        document.Reference(_Written(element, root_name), element.named)
    lists: list[str | tuple[str]] = ["<</Nums["]
    for key, elements in enumerate(parents):
        lists.append(str(key))
        if isinstance(elements, Element):
            lists.append((elements.named,))
        else:
            lists += ["[", *((one.named,) for one in elements), "]"]
    document.Reference(_Raw([*lists, "]>>"]), "documents.parents")
    return document.Reference(
        _Raw(
            ["<</Type/StructTreeRoot/K", (root.named,), "/ParentTree", ("documents.parents",),
             "/ParentTreeNextKey", str(len(parents)), ">>"]
        ),
        root_name,
    )  # fmt: skip


def _number(document: PDFDocument, name: str) -> str:
    number, version = document.idToObjectNumberAndVersion[name]
    return f"{number} {version} R"


def _element_bytes(document: PDFDocument, element: Element, root: str) -> bytes:
    pages = {one.page for one in element.children if isinstance(one, Content)}
    page = min(pages, default="")
    parent = element.parent.named if element.parent else root
    parts = [f"<</Type/StructElem/S/{element.tag}/P {_number(document, parent)}"]
    if page:
        parts.append(f"/Pg {_number(document, page)}")
    kids = [_child(document, one, page) for one in element.children]
    if kids:
        parts.append(f"/K {kids[0]}" if len(kids) == 1 else f"/K[{' '.join(kids)}]")
    encoded = "".join(parts).encode()
    return encoded + b"".join(_role(document, element.role)) + b">>"


def _child(document: PDFDocument, child: Element | Content | Annotation, page: str) -> str:
    if isinstance(child, Element):
        return _number(document, child.named)
    if isinstance(child, Annotation):
        target = child.reference.format(document).decode()
        return f"<</Type/OBJR/Pg {_number(document, child.page)}/Obj {target}>>"
    if child.page == page:
        return str(child.number)
    return f"<</Type/MCR/Pg {_number(document, child.page)}/MCID {child.number}>>"


def _role(document: PDFDocument, role: Role) -> Iterator[bytes]:
    for key, text in (("Alt", role.alt), ("ActualText", role.actual), ("Lang", role.language)):
        if text:
            yield f"/{key}".encode() + PDFString(text).format(document)
    attributes: list[bytes] = []
    table = b"".join(
        (
            f"/Scope/{role.scope}".encode() if role.scope else b"",
            f"/ColSpan {role.columns}".encode() if role.columns > 1 else b"",
            f"/RowSpan {role.rows}".encode() if role.rows > 1 else b"",
            b"/Summary" + PDFString(role.summary).format(document) if role.summary else b"",
        )
    )
    if table:
        attributes.append(b"<</O/Table" + table + b">>")
    if role.box:
        box = " ".join(f"{one:.2f}" for one in role.box)
        attributes.append(f"<</O/Layout/Placement/Block/BBox[{box}]>>".encode())
    if role.numbering:
        attributes.append(f"<</O/List/ListNumbering/{role.numbering}>>".encode())
    if len(attributes) == 1:
        yield b"/A" + attributes[0]
    elif attributes:
        yield b"/A[" + b"".join(attributes) + b"]"
