"""Streams as PDF/A wants them: a line ends before the word that ends them."""

from __future__ import annotations

import zlib

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject


class Stream(PDFObject):  # type: ignore[misc]
    """Bytes of a document, deflated unless they are to be found by programs that do not read PDF.
    `entries` are further keys of its dictionary, as PDF writes them; `counted` is the key that says how
    many bytes there are before deflating.

    A last byte that looks like the end of a line misleads programs that measure streams by their end, so
    `padding`, which is not all zeros, is added to contents that end so, where something may be added.
    """

    __RefOnly__ = 1

    def __init__(
        self,
        content: bytes,
        *,
        deflated: bool = True,
        padding: bytes = b"",
        counted: str = "",
        **entries: object,
    ) -> None:
        self._written = zlib.compress(content, 6) if deflated else content
        while padding and self._written.endswith((b"\r", b"\n")):
            content += padding
            self._written = zlib.compress(content, 6) if deflated else content
        if counted:
            entries[counted] = len(content)
        self._deflated, self._entries = deflated, entries

    def format(self, document: PDFDocument) -> bytes:
        filtered = "/Filter/FlateDecode" if self._deflated else ""
        entries = "".join(f"/{key} {value}" for key, value in self._entries.items())
        head = f"<<{entries}{filtered}/Length {len(self._written)}>>\nstream\n".encode("ascii")
        return head + self._written + b"\nendstream\n"
