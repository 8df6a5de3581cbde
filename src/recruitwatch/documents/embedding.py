"""Typefaces inside one document: its codes, the part of each typeface that it shows, and what codes say."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator

import uharfbuzz as hb
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFString,
)

from recruitwatch.documents.composing import Recipe, composed
from recruitwatch.documents.faces import Code, Face
from recruitwatch.documents.streams import Stream

_DROPPED = ("GSUB", "GPOS", "GDEF", "BASE", "DSIG", "name", "OS/2", "post", "STAT", "meta", "gasp")
_MAP_HEAD = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def "
    "/CMapName /Adobe-Identity-UCS def /CMapType 2 def "
    "1 begincodespacerange <0000> <FFFF> endcodespacerange"
)
_MAP_FOOT = "endcmap CMapName currentdict /CMap defineresource pop end end"
_PER_BLOCK = 100


class Codes(dict[Code, str]):
    """The number of each code in four hexadecimal digits, given out in the order of first use."""

    def __missing__(self, code: Code) -> str:
        number = self[code] = f"{len(self) + 1:04X}"
        return number


class EmbeddedFace:
    """A face as one document uses it. ReportLab asks for its objects when the document is saved."""

    def __init__(self, face: Face, name: str) -> None:
        self.face, self.name = face, name
        self.codes = Codes()

    def addObjects(self, document: PDFDocument) -> None:  # noqa: N802 - ReportLab's name
        """A Type 0 font with the outlines of the glyphs in use and nothing else."""
        face, codes = self.face, list(self.codes)
        outlines, glyphs = _subset(face, codes)
        tag = hashlib.md5(outlines, usedforsecurity=False).digest()
        name = PDFName("".join(chr(65 + one % 26) for one in tag[:6]) + f"+{face.post_name}")
        widths = " ".join(f"{code.advance * face.unit:.6g}" for code in codes)
        descendant = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("CIDFontType2"),
                "BaseFont": name,
                "CIDSystemInfo": PDFDictionary(
                    {
                        "Registry": PDFString("Adobe"),
                        "Ordering": PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": document.Reference(_descriptor(document, face, name, outlines)),
                "DW": 0,
                "W": PDFArray([1, f"[{widths}]"]),
                "CIDToGIDMap": document.Reference(
                    Stream(struct.pack(f">{len(codes) + 1}H", 0, *glyphs), padding=b"\0\1")
                ),
            }
        )
        whole = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("Type0"),
                "BaseFont": name,
                "Encoding": PDFName("Identity-H"),
                "DescendantFonts": PDFArray([document.Reference(descendant)]),
                "ToUnicode": document.Reference(
                    Stream("\n".join(_says(codes)).encode("ascii"), padding=b"\n")
                ),
            }
        )
        document.idToObject["BasicFonts"].dict[self.name] = document.Reference(whole)


def _subset(face: Face, codes: list[Code]) -> tuple[bytes, list[int]]:
    """A file with the glyphs of these codes alone, and which glyph of it belongs to each."""
    asked = hb.SubsetInput()
    asked.sets(hb.SubsetInputSets.GLYPH_INDEX).update(
        {part.glyph for code in codes for part in code.parts}
    )
    asked.flags = hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    dropped = asked.sets(hb.SubsetInputSets.DROP_TABLE_TAG)
    for tag in _DROPPED:
        dropped.add(int.from_bytes(tag.ljust(4).encode(), "big"))
    plan = hb.SubsetPlan(face.hb_face, asked)
    places = dict(plan.old_to_new_glyph_mapping)
    recipes: dict[Recipe, int] = {}
    glyphs: list[int] = []
    for code in codes:
        if code.is_plain:
            glyphs.append(places[code.parts[0].glyph])
            continue
        parts = tuple(part._replace(glyph=places[part.glyph]) for part in code.parts)
        glyphs.append(recipes.setdefault(Recipe(parts, code.advance), len(places) + len(recipes)))
    return composed(bytes(plan.execute().blob.data), list(recipes)), glyphs


def _descriptor(document: PDFDocument, face: Face, name: str, outlines: bytes) -> PDFDictionary:
    return PDFDictionary(
        {
            "Type": PDFName("FontDescriptor"),
            "FontName": name,
            "Flags": 4,
            "ItalicAngle": 0,
            "StemV": 80,
            "FontBBox": PDFArray(face.box),
            "Ascent": round(face.ascent),
            "Descent": round(face.descent),
            "CapHeight": 714,
            "FontFile2": document.Reference(
                Stream(outlines, padding=b"\0\0\0\1", counted="Length1")
            ),
        }
    )


def _says(codes: list[Code]) -> Iterator[str]:
    """The ToUnicode map: what each code says."""
    yield _MAP_HEAD
    for first in range(0, len(codes), _PER_BLOCK):
        block = codes[first : first + _PER_BLOCK]
        yield f"{len(block)} beginbfchar"
        for number, code in enumerate(block, start=first + 1):
            yield f"<{number:04X}> <{code.text.encode('utf-16-be').hex().upper()}>"
        yield "endbfchar"
    yield _MAP_FOOT
