"""Streams as PDF/A wants them: a line ends before the word that ends them."""

from __future__ import annotations

import zlib

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject


class Stream(PDFObject):  # type: ignore[misc]
    """Bytes of a document, deflated unless they are to be found by programs that do not read PDF.
    `entries` are further keys of its dictionary, as PDF writes them."""

    __RefOnly__ = 1

    def __init__(self, content: bytes, *, deflated: bool = True, **entries: object) -> None:
        self._content, self._deflated, self._entries = content, deflated, entries

    def format(self, document: PDFDocument) -> bytes:
        content = zlib.compress(self._content, 6) if self._deflated else self._content
        filtered = "/Filter/FlateDecode" if self._deflated else ""
        entries = "".join(f"/{key} {value}" for key, value in self._entries.items())
        head = f"<<{entries}{filtered}/Length {len(content)}>>\nstream\n".encode("ascii")
        return head + content + b"\nendstream\n"
