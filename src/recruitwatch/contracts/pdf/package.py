"""A Word file around a body of WordprocessingML: its parts, its terms, and the same bytes every time."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from io import BytesIO
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE as KIND
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml
from docx.shared import Mm, Pt
from msgspec import Struct

from recruitwatch.contracts.pdf.markup import SPACES
from recruitwatch.contracts.values.word import TERMS_ELEMENT, TERMS_NAMESPACE

_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)
# Of python-docx's own template: a picture of an empty page, sources of citations, a second set of styles.
_UNUSED = frozenset((KIND.THUMBNAIL, KIND.CUSTOM_XML))
_STYLES_AGAIN = "stylesWithEffects"
_MARGIN = Mm(15)


class Words(Struct, frozen=True, kw_only=True):
    """What a Word file is made of: paragraphs and tables in WordprocessingML, and what is said of it."""

    title: str
    language: str
    rtl: bool
    day: date
    body: str
    head: str
    foot: str
    terms: bytes


def packed(words: Words) -> bytes:
    """The whole file."""
    document = docx.Document()
    _drop_unused(document)
    _describe(document, words)
    _lay_out(document, words)
    _carry(document, words.terms)
    out = BytesIO()
    document.save(out)
    return _settled(out.getvalue())


def _drop_unused(document: Document) -> None:
    for relations in (document.part.rels, document.part.package.rels):
        for key, one in list(relations.items()):
            if one.reltype in _UNUSED or one.reltype.endswith(_STYLES_AGAIN):
                del relations[key]


def _describe(document: Document, words: Words) -> None:
    said, made = document.core_properties, datetime.combine(words.day, time())
    said.title, said.language, said.author = words.title, words.language, "recruitwatch"
    said.created = said.modified = said.last_printed = made
    said.last_modified_by, said.comments, said.revision = "recruitwatch", "", 1


def _lay_out(document: Document, words: Words) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin, section.bottom_margin = Mm(16), Mm(26)
    section.header_distance, section.footer_distance = Pt(18), Pt(22)
    for holder, content in (
        (document.element.body, words.body),
        (section.header._element, words.head),
        (section.footer._element, words.foot),
    ):
        for one in list(holder):
            if not one.tag.endswith("}sectPr"):
                holder.remove(one)
        parsed = parse_xml(f"<w:body {SPACES}>{content}</w:body>")
        for at, one in enumerate(list(parsed)):
            holder.insert(at, one)
    if words.rtl:
        bidi = parse_xml(f"<w:bidi {SPACES}/>")
        section._sectPr.insert_element_before(bidi, "w:rtlGutter", "w:docGrid")


def _carry(document: Document, terms: bytes) -> None:
    """The terms as a part of their own, which word processors keep and do not show."""
    package = document.part.package
    item = f"{{{str(uuid5(NAMESPACE_URL, TERMS_NAMESPACE)).upper()}}}"
    content = (
        f'<{TERMS_ELEMENT} xmlns="{TERMS_NAMESPACE}">{escape(terms.decode())}</{TERMS_ELEMENT}>'
    )
    properties = (
        f'<ds:datastoreItem xmlns:ds="{_STORE}" ds:itemID="{item}"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{TERMS_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    part = Part(PackURI("/customXml/item1.xml"), "application/xml", _xml(content), package)
    said = Part(PackURI("/customXml/itemProps1.xml"), _PROPERTIES, _xml(properties), package)
    part.relate_to(said, KIND.CUSTOM_XML_PROPS)
    document.part.relate_to(part, KIND.CUSTOM_XML)


def _xml(content: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{content}'.encode()


def _settled(raw: bytes) -> bytes:
    """The same package with one date for all parts, whenever it was made."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as made, zipfile.ZipFile(out, "w") as settled:
        for one in made.infolist():
            entry = zipfile.ZipInfo(one.filename, _FIRST_DAY_OF_ZIP)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            settled.writestr(entry, made.read(one.filename), compresslevel=6)
    return out.getvalue()
