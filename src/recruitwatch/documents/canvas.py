"""A page to draw on whose content says what it is: ReportLab's canvas with a structure tree, typefaces in
every script, and what PDF/UA-1 and PDF/A-2a (A-3a with attachments) ask for.

Whatever is drawn outside `content` is decoration: programs that read aloud leave it out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import BinaryIO

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFInfo,
    PDFName,
    PDFObjectReference,
    PDFPage,
    PDFString,
)
from reportlab.pdfgen.canvas import Canvas as ReportLabCanvas

from recruitwatch.documents.about import PRODUCER, About, Attachment, colour_profile, xmp
from recruitwatch.documents.embedding import EmbeddedFace
from recruitwatch.documents.faces import Face
from recruitwatch.documents.streams import Stream
from recruitwatch.documents.structure import Annotation, Content, Element, Role, add_structure

PLAIN = Role()
_ARTIFACT = "/Artifact BMC"


class Canvas(ReportLabCanvas):  # type: ignore[misc]
    """A document in the making. Draw, call `showPage` after each page and `save` at the end.

    `current` is the element that what is drawn belongs to. While `decorating`, nothing belongs to any.
    """

    def __init__(self, out: BinaryIO, about: About, *, pagesize: tuple[float, float] = A4) -> None:
        self.about = about
        self.root = Element("Document", None, PLAIN, self)
        self.current = self.root
        self.decorating = 0
        self._faces: dict[Face, EmbeddedFace] = {}
        self._owners: list[Element] = []
        self._parents: list[list[Element] | Element] = []
        self._fields: list[PDFObjectReference] = []
        self._pages: list[int] = []
        self._bookmarks = 0
        self._signature = hashlib.sha256(repr(about).encode())
        super().__init__(
            out,
            pagesize=pagesize,
            pageCompression=1,
            invariant=1,
            lang=about.language,
            pdfVersion=(1, 7),
        )
        self._doc.info = _Info(about)
        self._code.append(_ARTIFACT)

    def _make_preamble(self) -> None:
        # ReportLab would choose Helvetica on every page, which is not embedded.
        self._preamble = "1 0 0 1 0 0 cm"

    def setFont(self, *_: object, **__: object) -> None:  # noqa: N802 - ReportLab's name
        """ReportLab's tables choose Helvetica for cells of plain words. Ours hold paragraphs, which bring
        their typefaces embedded."""

    # --- what is drawn, and what it is ------------------------------------------------------------

    @contextmanager
    def tagged(self, tag: str, role: Role = PLAIN) -> Iterator[Element]:
        """What is drawn inside belongs to a new element of this kind."""
        element = self.current.add(tag, role) if not self.decorating else self.current
        with self.within(element):
            yield element

    @contextmanager
    def within(self, element: Element) -> Iterator[None]:
        """What is drawn inside belongs to this element, which may have begun on an earlier page."""
        before, self.current = self.current, element
        try:
            yield
        finally:
            self.current = before

    @contextmanager
    def content(self) -> Iterator[None]:
        """What is drawn inside is content of the current element."""
        if self.decorating:
            yield
            return
        number = len(self._owners)
        self._owners.append(self.current)
        self.current.children.append(Content(self._doc.thisPageName(), number))
        mark = f"/{self.current.tag}<</MCID {number}>>BDC"
        if self._code[-1] == _ARTIFACT:
            self._code[-1] = mark
        else:
            self._code += ["EMC", mark]
        try:
            yield
        finally:
            self._code += ["EMC", _ARTIFACT]

    @contextmanager
    def decoration(self) -> Iterator[None]:
        """What is drawn inside says nothing new: repeated heads, numbers of pages, rules."""
        self.decorating += 1
        try:
            yield
        finally:
            self.decorating -= 1

    @contextmanager
    def figure(self, alt: str, box: tuple[float, float, float, float]) -> Iterator[None]:
        """A picture, described for who cannot see it; `box` is left, bottom, right and top."""
        with self.tagged("Figure", Role(alt=alt, box=box)), self.content():
            yield

    def bookmark(self, title: str, top: float, *, level: int = 0) -> None:
        """An entry of the outline that leads to this height of this page."""
        key = f"bookmark-{self._bookmarks}"
        self._bookmarks += 1
        self.bookmarkPage(key, fit="XYZ", left=0, top=round(top, 2))
        self.addOutlineEntry(" ".join(title.split()), key, level=level)

    def link(self, address: str, says: str, box: tuple[float, float, float, float]) -> None:
        """Makes an area lead to an address; belongs to the current element, which should be a Link."""
        self._annotate(
            {
                "Subtype": PDFName("Link"),
                "Rect": PDFArray([round(one, 2) for one in box]),
                "Border": PDFArray([0, 0, 0]),
                "F": 4,
                "Contents": PDFString(says),
                "A": PDFDictionary({"S": PDFName("URI"), "URI": PDFString(address)}),
            }
        )

    def signature_field(self, name: str, says: str) -> None:
        """Room for a signature by a certificate, on this page and not seen on it. Whoever signs later adds
        to the file and changes none of it, so what it conforms to stays true."""
        with self.tagged("Form", Role(alt=says)):
            field = self._annotate(
                {
                    "Subtype": PDFName("Widget"),
                    "FT": PDFName("Sig"),
                    "T": PDFString(name),
                    "TU": PDFString(says),
                    "Rect": PDFArray([0, 0, 0, 0]),
                    "F": 132,
                }
            )
        self._fields.append(field)

    def _annotate(self, entries: dict[str, object]) -> PDFObjectReference:
        """Something that can be pressed; it belongs to the current element."""
        self._annotationCount += 1
        place = {"Type": PDFName("Annot"), "StructParent": len(self._parents)}
        reference = self._doc.Reference(
            PDFDictionary({**place, **entries}), f"documents.annotation.{self._annotationCount}"
        )
        self._annotationrefs.append(reference)
        self._parents.append(self.current)
        self.current.children.append(Annotation(self._doc.thisPageName(), reference))
        return reference

    # --- text ------------------------------------------------------------------------------------

    def embedded(self, face: Face) -> EmbeddedFace:
        """The face in this document; its name and codes are given out in the order of use."""
        known = self._faces.get(face)
        if known is None:
            known = self._faces[face] = EmbeddedFace(face, f"F{len(self._faces) + 1}")
            self._doc.fontMapping[known.name] = f"/{known.name}"
            self._doc.delayedFonts.append(known)
        return known

    def colour(self, colour: int) -> None:
        """Fill with 0xRRGGBB; said once for many."""
        chosen = colour_of(colour)
        if self._fillColorObj is not chosen:
            self.setFillColor(chosen)

    def write(self, operators: str) -> None:
        """Adds to the page what is already in the words of PDF."""
        self._code.append(operators)

    # --- pages and the end -----------------------------------------------------------------------

    def _setAnnotations(self, page: PDFPage) -> None:  # noqa: N802 - ReportLab's name
        # The last that ReportLab does with a page before it goes to the document.
        super()._setAnnotations(page)
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = len(self._parents), PDFName("S")
        # ReportLab's is empty, and an empty one says that pages appear in some way.
        page.Trans = None
        content = page.stream.encode("ascii")
        self._signature.update(content)
        page.Contents = Stream(content, padding=b"\n")
        self._parents.append(self._owners)
        self._owners = []

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        self._close_mark()
        super().showPage()
        self._code.append(_ARTIFACT)

    def _close_mark(self) -> None:
        if self._code[-1] == _ARTIFACT:
            self._code.pop()
        else:
            self._code.append("EMC")

    def save(self) -> None:
        """Writes the document. A page that was begun and not shown is shown."""
        if self._code != [_ARTIFACT]:
            self.showPage()
        self._code.clear()
        self._finish()
        super().save()

    def _finish(self) -> None:
        document, catalogue, about = self._doc, self._doc.Catalog, self.about
        catalogue.__NoDefault__ = [*catalogue.__NoDefault__, "OutputIntents", "AF"]
        catalogue.MarkInfo = PDFDictionary({"Marked": "true"})
        catalogue.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})
        catalogue.StructTreeRoot = add_structure(document, self.root, self._parents)
        catalogue.Metadata = Stream(xmp(about), deflated=False, Type="/Metadata", Subtype="/XML")
        catalogue.OutputIntents = PDFArray(
            [
                PDFDictionary(
                    {
                        "Type": PDFName("OutputIntent"),
                        "S": PDFName("GTS_PDFA1"),
                        "OutputConditionIdentifier": PDFString("sRGB"),
                        "Info": PDFString("sRGB IEC61966-2.1"),
                        "DestOutputProfile": document.Reference(Stream(colour_profile(), N=3)),
                    }
                )
            ]
        )
        if self._fields:
            catalogue.__NoDefault__ = [*catalogue.__NoDefault__, "AcroForm"]
            catalogue.AcroForm = PDFDictionary({"Fields": PDFArray(self._fields)})
        if about.attachments:
            self._attach(about.attachments)
        digest = self._signature.hexdigest()[:32]
        document._ID = f"[<{digest}><{digest}>]".encode("ascii")

    def _attach(self, attachments: tuple[Attachment, ...]) -> None:
        names: list[object] = []
        files: list[PDFObjectReference] = []
        for one in sorted(attachments, key=lambda attachment: attachment.name):
            files.append(self._file(one))
            names += [PDFString(one.name), files[-1]]
        self._doc.Catalog.AF = PDFArray(files)
        self._doc.Catalog.Names = PDFDictionary(
            {"EmbeddedFiles": PDFDictionary({"Names": PDFArray(names)})}
        )

    def _file(self, one: Attachment) -> PDFObjectReference:
        made = self.about.made.strftime("(D:%Y%m%d%H%M%SZ)")
        content = Stream(
            one.content,
            Type="/EmbeddedFile",
            Subtype=f"/{one.media_type.replace('/', '#2F')}",
            Params=f"<</Size {len(one.content)}/ModDate {made}>>",
        )
        inside = self._doc.Reference(content)
        return self._doc.Reference(
            PDFDictionary(
                {
                    "Type": PDFName("Filespec"),
                    "F": PDFString(one.name),
                    "UF": PDFString(one.name),
                    "Desc": PDFString(one.description),
                    "AFRelationship": PDFName(one.relation.value),
                    "EF": PDFDictionary({"F": inside, "UF": inside}),
                }
            )
        )


class _Info(PDFInfo):  # type: ignore[misc]
    """The same as the XMP says, which PDF/A compares."""

    def __init__(self, about: About) -> None:
        super().__init__()
        self._about = about

    def format(self, document: object) -> bytes:
        about = self._about
        made = PDFString(about.made.strftime("D:%Y%m%d%H%M%SZ"))
        entries = {
            "Title": PDFString(about.title),
            "Author": PDFString(about.author),
            "Creator": PDFString(PRODUCER),
            "Producer": PDFString(PRODUCER),
            "CreationDate": made,
            "ModDate": made,
        }
        if about.subject:
            entries["Subject"] = PDFString(about.subject)
        return bytes(PDFDictionary(entries).format(document))


@lru_cache(maxsize=256)
def colour_of(colour: int) -> Color:
    return HexColor(colour)
