"""Files as people and attackers send them, each with words planted where a viewer would not look."""

import struct
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import NamedTuple

from PIL import ExifTags, Image, ImageCms, PngImagePlugin

# Each stands for something that must not travel: who, where, with what, and what was there before.
AUTHOR = "Rahima Khatun of Cumilla"
DEVICE = "Walton Primo GX-0451"
SECRET = "call me on 01711-555-0190"
SCRIPT = "app.alert('planted-script')"
BEFORE = "text-that-was-deleted-before-sending"
XMP = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:creator>{AUTHOR}</dc:creator></x:xmpmeta>"


class Sample(NamedTuple):
    """A file, and the words that are in it and must not be in its copy."""

    content: bytes
    planted: tuple[str, ...]


def photo(width: int = 320, height: int = 200) -> Image.Image:
    """Blue, with the upper left quarter red, so that one sees which way up it is."""
    image = Image.new("RGB", (width, height), (20, 40, 200))
    image.paste((210, 20, 30), (0, 0, width // 2, height // 2))
    return image


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def exif(orientation: int = 1) -> bytes:
    """Author, device, a note, a maker's note and the place, as a telephone writes them."""
    notes = Image.Exif()
    notes[ExifTags.Base.Artist] = AUTHOR
    notes[ExifTags.Base.Model] = DEVICE
    notes[ExifTags.Base.Orientation] = orientation
    inner = notes.get_ifd(ExifTags.IFD.Exif)
    inner[ExifTags.Base.UserComment] = b"ASCII\0\0\0" + SECRET.encode()
    inner[ExifTags.Base.MakerNote] = b"serial " + DEVICE.encode()
    place = notes.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef] = "N"
    place[ExifTags.GPS.GPSLatitude] = (23.0, 27.0, 40.5)
    place[ExifTags.GPS.GPSLongitudeRef] = "E"
    place[ExifTags.GPS.GPSLongitude] = (91.0, 11.0, 7.2)
    return notes.tobytes()


def exif_with_thumbnail() -> bytes:
    """A small picture of what the photo showed before it was cut, with a comment of its own."""
    small = saved(photo(64, 40), "JPEG", comment=BEFORE)
    start = 8 + 2 + 4 + 2 + 3 * 12 + 4
    first = struct.pack("<HI", 0, 14)
    entries = ((0x0103, 3, 1, 6), (0x0201, 4, 1, start), (0x0202, 4, 1, len(small)))
    second = struct.pack("<H", len(entries))
    second += b"".join(struct.pack("<HHII", *entry) for entry in entries) + bytes(4)
    return b"Exif\0\0II*\0" + struct.pack("<I", 8) + first + second + small


def jpeg_with_segment(marker: int, body: bytes) -> bytes:
    plain = saved(photo(), "JPEG")
    return plain[:2] + bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body + plain[2:]


def png_chunk(name: bytes, body: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + body))
    return struct.pack(">I", len(body)) + name + body + check


def png_declaring(width: int, height: int) -> bytes:
    """A few bytes that say they are a very large picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = png_chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + body + png_chunk(b"IEND", b"")


def webp_declaring(width: int, height: int) -> bytes:
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"VP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + sides
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _png_text() -> bytes:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", AUTHOR)
    text.add_itxt("XML:com.adobe.xmp", XMP)
    text.add_text("Comment", SECRET, zip=True)
    return saved(photo(), "PNG", pnginfo=text)


def _png_with_private_chunk() -> bytes:
    plain = saved(photo(), "PNG")
    return plain[:-12] + png_chunk(b"prVt", BEFORE.encode()) + plain[-12:]


def _profile() -> bytes:
    """A colour profile with something behind it: nobody shows what a profile says."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile + DEVICE.encode()


def _two_in_one() -> bytes:
    """A photo that carries a second one, as some telephones write them."""
    other = photo().transpose(Image.Transpose.ROTATE_180)
    return saved(photo(), "MPO", save_all=True, append_images=[other], exif=exif())


def _moving() -> bytes:
    frames = [photo().transpose(Image.Transpose.ROTATE_180).convert("P")]
    return saved(photo().convert("P"), "GIF", save_all=True, append_images=frames, comment=SECRET)


_HTML = f"<html><script>{SCRIPT}</script></html>".encode()
_ZIP = b"PK\x03\x04" + bytes(26) + BEFORE.encode() + b"PK\x05\x06" + bytes(18)

PHOTOS: Mapping[str, Sample] = {
    "jpeg: author, device, note and place": Sample(
        saved(photo(), "JPEG", exif=exif()), (AUTHOR, DEVICE, SECRET)
    ),
    "jpeg: XMP": Sample(saved(photo(), "JPEG", xmp=XMP.encode()), (AUTHOR,)),
    "jpeg: comment": Sample(saved(photo(), "JPEG", comment=SECRET), (SECRET,)),
    "jpeg: thumbnail of what was cut away": Sample(
        saved(photo(), "JPEG", exif=exif_with_thumbnail()), (BEFORE,)
    ),
    "jpeg: history of an editor": Sample(
        jpeg_with_segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0" + BEFORE.encode()), (BEFORE,)
    ),
    "jpeg: a segment nobody knows": Sample(jpeg_with_segment(0xEB, SECRET.encode()), (SECRET,)),
    "jpeg: colour profile": Sample(saved(photo(), "JPEG", icc_profile=_profile()), (DEVICE,)),
    "jpeg: broken colour profile": Sample(
        saved(photo(), "JPEG", icc_profile=DEVICE.encode()), (DEVICE,)
    ),
    "jpeg: notes that cannot be read": Sample(
        saved(photo(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff" + SECRET.encode()), (SECRET,)
    ),
    "jpeg: second photo inside": Sample(_two_in_one(), (AUTHOR, DEVICE)),
    "jpeg and a web page": Sample(saved(photo(), "JPEG") + _HTML, (SCRIPT,)),
    "jpeg and an archive": Sample(saved(photo(), "JPEG") + _ZIP, (BEFORE,)),
    "jpeg and a PDF": Sample(
        saved(photo(), "JPEG") + b"%PDF-1.4\n" + SCRIPT.encode() + b"\n%%EOF", (SCRIPT, "%PDF")
    ),
    "jpeg: four inks": Sample(saved(photo().convert("CMYK"), "JPEG", comment=SECRET), (SECRET,)),
    "png: text": Sample(_png_text(), (AUTHOR,)),
    "png: author, device and place": Sample(
        saved(photo(), "PNG", exif=exif()), (AUTHOR, DEVICE, SECRET)
    ),
    "png: what a cutting tool left behind": Sample(
        saved(photo(), "PNG") + saved(photo(), "PNG") + BEFORE.encode(), (BEFORE,)
    ),
    "png: private chunk": Sample(_png_with_private_chunk(), (BEFORE,)),
    "png: colour profile": Sample(saved(photo(), "PNG", icc_profile=_profile()), ()),
    "webp: notes and XMP": Sample(
        saved(photo(), "WEBP", exif=exif(), xmp=XMP.encode(), quality=90), (AUTHOR, DEVICE)
    ),
    "webp and a web page": Sample(saved(photo(), "WEBP", quality=90) + _HTML, (SCRIPT,)),
    "gif: comment, second frame and a web page": Sample(_moving() + _HTML, (SECRET, SCRIPT)),
}


def pdf(
    *objects: str | bytes,
    catalog: str = "",
    page: str = "",
    pages: int = 1,
    drawing: str = "1 0 0 rg 0 50 50 50 re f 0 0 1 rg 50 0 50 50 re f",
    info: str = "",
) -> bytes:
    """A PDF by hand. `objects` are numbered from 10; the page, its drawing and the rest below."""
    numbered: dict[int, bytes] = {
        1: f"<</Type/Catalog/Pages 2 0 R {catalog}>>".encode(),
        2: f"<</Type/Pages/Count {pages}/Kids[{'3 0 R ' * pages}]>>".encode(),
        3: f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R {page}>>".encode(),
        4: stream(drawing),
        5: f"<<{info}>>".encode(),
    }
    for number, entry in enumerate(objects, start=10):
        numbered[number] = entry if isinstance(entry, bytes) else entry.encode()
    return _written(b"%PDF-1.7\n", numbered, "/Root 1 0 R/Info 5 0 R")


def stream(content: str | bytes, entries: str = "") -> bytes:
    body = content if isinstance(content, bytes) else content.encode()
    return f"<<{entries}/Length {len(body)}>>stream\n".encode() + body + b"\nendstream"


def _written(start: bytes, objects: Mapping[int, bytes], trailer: str) -> bytes:
    out, table = bytearray(start), b"xref\n0 1\n0000000000 65535 f \n"
    for number, content in objects.items():
        table += b"%d 1\n%010d 00000 n \n" % (number, len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    end = f"trailer<</Size 99{trailer}>>\nstartxref\n{len(out)}\n%%EOF\n"
    return bytes(out) + table + end.encode()


def _edited() -> bytes:
    """What was there first stays in the file; a second table at its end hides it."""
    first = pdf(drawing=f"BT /F 9 Tf ({BEFORE}) Tj ET")
    before = first.rindex(b"xref\n0 1")
    return _written(first, {4: stream("1 0 0 rg 0 50 50 50 re f")}, f"/Root 1 0 R/Prev {before}")


def nested_forms(depth: int, width: int) -> bytes:
    """A page that draws a form that draws a form …: a few bytes of file, years of work."""
    draw = "/F Do " * width
    box = "/Type/XObject/Subtype/Form/BBox[0 0 100 100]"
    forms = [
        stream(draw, f"{box}/Resources<</XObject<</F {11 + level} 0 R>>>>")
        for level in range(depth)
    ]
    last = stream("0 0 50 50 re f", box)
    return pdf(*forms, last, page="/Resources<</XObject<</F 10 0 R>>>>", drawing=draw)


_FONT = "/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
_ACTION = f"<</S/JavaScript/JS({SCRIPT.replace('(', '[').replace(')', ']')})>>"
_SCRIPT_WORDS = ("planted-script",)

PDFS: Mapping[str, Sample] = {
    "pdf: author and title": Sample(
        pdf(info=f"/Author({AUTHOR})/Title({SECRET})/Producer({DEVICE})"), (AUTHOR, SECRET, DEVICE)
    ),
    "pdf: XMP": Sample(
        pdf(stream(XMP, "/Type/Metadata/Subtype/XML"), catalog="/Metadata 10 0 R"), (AUTHOR,)
    ),
    "pdf: script on opening": Sample(pdf(catalog=f"/OpenAction{_ACTION}"), _SCRIPT_WORDS),
    "pdf: script on every page": Sample(pdf(page=f"/AA<</O{_ACTION}>>"), _SCRIPT_WORDS),
    "pdf: named script": Sample(
        pdf(catalog=f"/Names<</JavaScript<</Names[(a){_ACTION}]>>>>"), _SCRIPT_WORDS
    ),
    "pdf: starts a program": Sample(
        pdf(catalog=f"/OpenAction<</S/Launch/F({DEVICE})>>"), (DEVICE,)
    ),
    "pdf: file inside": Sample(
        pdf(
            "<</Type/Filespec/F(a.txt)/EF<</F 11 0 R>>>>",
            stream(SECRET, "/Type/EmbeddedFile"),
            catalog="/Names<</EmbeddedFiles<</Names[(a.txt)10 0 R]>>>>",
        ),
        (SECRET, "EmbeddedFile"),
    ),
    "pdf: what was deleted": Sample(_edited(), (BEFORE,)),
    "pdf: note with its author": Sample(
        pdf(
            page=f"/Annots[<</Type/Annot/Subtype/Text/Rect[9 9 20 20]/T({AUTHOR})/Contents({SECRET})>>]"
        ),
        (AUTHOR, SECRET),
    ),
    "pdf: link that tells who looks": Sample(
        pdf(
            page="/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 99 99]/A<</S/URI/URI(https://spy.invalid/)>>>>]"
        ),
        ("spy.invalid",),
    ),
    "pdf: form with a script": Sample(
        pdf(
            f"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V({SECRET})/Rect[1 1 9 9]/AA<</K{_ACTION}>>>>",
            catalog="/AcroForm<</Fields[10 0 R]>>",
            page="/Annots[10 0 R]",
        ),
        (SECRET, *_SCRIPT_WORDS),
    ),
    "pdf: text that is not seen": Sample(
        pdf(page=_FONT, drawing=f"BT /F 9 Tf 3 Tr 5 5 Td ({SECRET}) Tj ET"), (SECRET,)
    ),
    "pdf: text under a black bar": Sample(
        pdf(page=_FONT, drawing=f"BT /F 9 Tf 5 5 Td ({SECRET}) Tj ET 0 0 100 20 re f"), (SECRET,)
    ),
    "pdf: photo with a place inside": Sample(
        pdf(
            stream(
                saved(photo(), "JPEG", exif=exif()),
                "/Type/XObject/Subtype/Image/Width 320/Height 200/ColorSpace/DeviceRGB"
                "/BitsPerComponent 8/Filter/DCTDecode",
            ),
            page="/Resources<</XObject<</P 10 0 R>>>>",
            drawing="q 100 0 0 100 0 0 cm /P Do Q",
        ),
        (AUTHOR, DEVICE, SECRET),
    ),
    "pdf: small picture of the page": Sample(
        pdf(
            stream(BEFORE, "/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"),
            page="/Thumb 10 0 R",
        ),
        (BEFORE,),
    ),
    "pdf and a web page": Sample(pdf() + _HTML, (SCRIPT,)),
    "pdf after a byte order mark": Sample(
        b"\xef\xbb\xbf\r\n" + pdf(info=f"/Author({AUTHOR})"), (AUTHOR,)
    ),
}


def segments(content: bytes) -> Sequence[int]:
    """The markers of a JPEG up to its dots."""
    found, place = [], 2
    while content[place + 1] != 0xDA:
        found.append(content[place + 1])
        place += 2 + int.from_bytes(content[place + 2 : place + 4], "big")
    return found
