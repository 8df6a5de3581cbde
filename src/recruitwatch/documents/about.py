"""What a document says of itself: title, language, author, and the standards that it keeps to."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from xml.sax.saxutils import escape

from msgspec import Struct
from PIL import ImageCms

PRODUCER = "recruitwatch"
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
_PROFILE_DATE = slice(24, 36)
_PROFILE_ID = slice(84, 100)


class Relation(StrEnum):
    """What an embedded file is to the document, in the words of PDF/A-3."""

    SOURCE = "Source"
    DATA = "Data"
    ALTERNATIVE = "Alternative"
    SUPPLEMENT = "Supplement"


class Attachment(Struct, frozen=True, kw_only=True):
    """A file inside the document."""

    name: str
    media_type: str
    content: bytes
    description: str
    relation: Relation = Relation.DATA


class About(Struct, frozen=True, kw_only=True):
    """`made` is written into the file, and so is part of its bytes: give a day that belongs to the
    document, or nothing. With attachments the document is PDF/A-3a, else PDF/A-2a; always PDF/UA-1."""

    title: str
    language: str
    author: str
    subject: str = ""
    made: datetime = UNDATED
    attachments: tuple[Attachment, ...] = ()

    @property
    def part(self) -> int:
        return 3 if self.attachments else 2


@cache
def colour_profile() -> bytes:
    """sRGB, without the time at which this machine made it."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_PROFILE_DATE] = b"\x07\xd0\x00\x01\x00\x01" + bytes(6)
    profile[_PROFILE_ID] = bytes(16)
    return bytes(profile)


def xmp(about: About) -> bytes:
    """The metadata as XMP; the entries of the document's Info say the same, to the letter."""
    made = about.made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return _XMP.format(
        title=escape(about.title),
        author=escape(about.author),
        subject=escape(about.subject),
        language=escape(about.language),
        made=made,
        producer=PRODUCER,
        part=about.part,
    ).encode()


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{made}</xmp:CreateDate><xmp:ModifyDate>{made}</xmp:ModifyDate>
<xmp:CreatorTool>{producer}</xmp:CreatorTool><pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of PDF/UA that the document keeps to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
