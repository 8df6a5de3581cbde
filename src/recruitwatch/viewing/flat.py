"""A PDF that holds pictures and nothing else: no title, date, author, script, form or font.

It is written here because every library adds something of its own that would have to be removed.
"""

from collections.abc import Sequence

import msgspec

# The long side of a sheet of A4 in points: the size is the same for every copy and tells nothing.
_LONG_SIDE = 842


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """One page as a JPEG in RGB, with its size in pixels."""

    jpeg: bytes
    width: int
    height: int


def flat_pdf(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as the pages of one PDF, in their order."""
    kids = " ".join(f"{3 + 3 * place} 0 R" for place in range(len(sheets)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(sheets)}/Kids[{kids}]>>".encode(),
    ]
    for sheet in sheets:
        objects += _page(sheet, first=len(objects) + 1)
    return _written(objects)


def _page(sheet: Sheet, *, first: int) -> list[bytes]:
    """The page, what it draws, and its picture, numbered from `first`."""
    points = _LONG_SIDE / max(sheet.width, sheet.height)
    width, height = f"{sheet.width * points:.2f}", f"{sheet.height * points:.2f}"
    drawing = f"q {width} 0 0 {height} 0 0 cm/P Do Q".encode()
    page = (
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Contents {first + 1} 0 R"
        f"/Resources<</XObject<</P {first + 2} 0 R>>>>>>"
    )
    picture = (
        f"/Type/XObject/Subtype/Image/Width {sheet.width}/Height {sheet.height}"
        "/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode"
    )
    return [page.encode(), _stream("", drawing), _stream(picture, sheet.jpeg)]


def _stream(entries: str, content: bytes) -> bytes:
    opened = f"<<{entries}/Length {len(content)}>>stream\n".encode()
    return opened + content + b"\nendstream"


def _written(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\n" % (len(objects) + 1)
    out += b"startxref\n%d\n%%%%EOF\n" % table
    return bytes(out)
