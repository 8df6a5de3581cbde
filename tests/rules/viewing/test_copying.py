"""A copy shows what the file showed and carries nothing else that was in it."""

import re
from io import BytesIO

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from recruitwatch.viewing.copying import make_copy
from recruitwatch.viewing.kinds import FileKind, ViewingCopy, require_kind
from recruitwatch.viewing.limits import LARGEST_COPY, LARGEST_FILE, LONGEST_SIDE, MOST_PAGES
from recruitwatch.viewing.refusals import FileRefused, Reason
from rules.viewing.samples import (
    PDFS,
    PHOTOS,
    Sample,
    exif,
    pdf,
    photo,
    png_declaring,
    saved,
    segments,
    webp_declaring,
)

RED, BLUE, WHITE = (210, 20, 30), (20, 40, 200), (255, 255, 255)


def copy_of(content: bytes) -> ViewingCopy:
    return make_copy(content, require_kind(content))


def shown(copy: ViewingCopy) -> Image.Image:
    return Image.open(BytesIO(copy.content)).convert("RGB")


def near(seen: object, meant: tuple[int, int, int], within: int = 60) -> bool:
    assert isinstance(seen, tuple)
    return all(abs(a - b) <= within for a, b in zip(seen, meant, strict=True))


def locked(user: str) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption(user, "owner"))
    canvas.drawString(50, 50, "wages")
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("sample", [*PHOTOS.values(), *PDFS.values()], ids=[*PHOTOS, *PDFS])
def test_what_was_planted_is_gone(sample: Sample) -> None:
    copy = copy_of(sample.content)
    assert [words for words in sample.planted if words.encode() not in sample.content] == []
    assert [words for words in sample.planted if words.encode() in copy.content] == []


@pytest.mark.parametrize("sample", PHOTOS.values(), ids=PHOTOS)
def test_the_copy_of_a_photo_holds_dots_alone(sample: Sample) -> None:
    copy = copy_of(sample.content)
    again = Image.open(BytesIO(copy.content))
    assert (copy.kind, copy.pages, again.format) == (FileKind.JPEG, 1, "JPEG")
    assert dict(again.getexif()) == {}
    assert set(again.info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    # One JFIF header; no other application segment and no comment; nothing behind the end.
    extra = [m for m in segments(copy.content) if 0xE0 <= m <= 0xEF or m == 0xFE]
    assert extra == [0xE0]
    assert copy.content.endswith(b"\xff\xd9")


@pytest.mark.parametrize("sample", PHOTOS.values(), ids=PHOTOS)
def test_the_copy_of_a_photo_shows_the_photo(sample: Sample) -> None:
    image = shown(copy_of(sample.content))
    assert image.size == (320, 200)
    assert near(image.getpixel((20, 20)), RED)
    assert near(image.getpixel((300, 180)), BLUE)


@pytest.mark.parametrize("sample", PDFS.values(), ids=PDFS)
def test_the_copy_of_a_pdf_holds_pictures_alone(sample: Sample) -> None:
    copy = copy_of(sample.content)
    around = re.sub(rb"stream\n.*?\nendstream", b"", copy.content, flags=re.S)
    names = set(re.findall(rb"/[A-Za-z0-9]+", around))
    forbidden = (
        rb"/JavaScript /JS /OpenAction /AA /EmbeddedFile /EmbeddedFiles /Author /Info /Annots"
    )
    assert (
        names & set((forbidden + rb" /AcroForm /Metadata /Names /Font /ID /Thumb").split()) == set()
    )
    with pypdfium2.PdfDocument(copy.content) as again:
        assert [value for value in again.get_metadata_dict().values() if value] == []
        assert again.count_attachments() == 0
        assert again.get_formtype() == 0
        assert [page.get_textpage().get_text_range() for page in again] == [""] * copy.pages


def test_the_copy_of_a_pdf_shows_every_page_in_order() -> None:
    out = BytesIO()
    canvas = Canvas(out, pagesize=(300, 600))
    for colour in ((1, 0, 0), (0, 0, 1)):
        canvas.setFillColorRGB(*colour)
        canvas.rect(0, 300, 150, 300, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    copy = copy_of(out.getvalue())
    assert (copy.kind, copy.pages) == (FileKind.PDF, 2)
    with pypdfium2.PdfDocument(copy.content) as again:
        pages = [page.render().to_pil().convert("RGB") for page in again]
    assert [page.size for page in pages] == [(421, 842)] * 2
    for page, colour in zip(pages, ((255, 0, 0), (0, 0, 255)), strict=True):
        assert near(page.getpixel((100, 100)), colour)
        assert near(page.getpixel((300, 700)), WHITE)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_shown_upright(form: str, orientation: int) -> None:
    content = saved(photo(), form, exif=exif(orientation))
    upright = ImageOps.exif_transpose(Image.open(BytesIO(content))).convert("RGB")
    image = shown(copy_of(content))
    assert image.size == upright.size
    width, height = image.size
    for place in ((9, 9), (width - 9, 9), (9, height - 9), (width - 9, height - 9)):
        expected = upright.getpixel(place)
        assert isinstance(expected, tuple)
        assert near(image.getpixel(place), (expected[0], expected[1], expected[2]))


@pytest.mark.parametrize(
    ("image", "options", "seen"),
    [
        (Image.new("1", (40, 30), 1), {}, WHITE),
        (Image.new("L", (40, 30), 128), {}, (128, 128, 128)),
        (Image.new("I;16", (40, 30), 128 * 257), {}, (128, 128, 128)),
        (Image.new("LA", (40, 30), (0, 0)), {}, WHITE),
        (Image.new("RGBA", (40, 30), (0, 0, 0, 0)), {}, WHITE),
        (Image.new("RGBA", (40, 30), (255, 0, 0, 255)), {}, (255, 0, 0)),
        (Image.new("RGB", (40, 30), (0, 0, 0)), {"transparency": (0, 0, 0)}, WHITE),
        (
            Image.linear_gradient("L").resize((40, 30)).convert("P"),
            {"transparency": b"\0" * 256},
            WHITE,
        ),
    ],
    ids=lambda value: value.mode if isinstance(value, Image.Image) else None,
)
def test_every_way_to_store_a_dot_is_seen_on_white(
    image: Image.Image, options: dict[str, object], seen: tuple[int, int, int]
) -> None:
    assert near(shown(copy_of(saved(image, "PNG", **options))).getpixel((20, 15)), seen, within=6)


@pytest.mark.parametrize(
    ("size", "fitted"),
    [
        ((4000, 3000), (1600, 1200)),
        ((3000, 4000), (1200, 1600)),
        ((7000, 20), (1600, 5)),
        ((9000, 1), (1600, 1)),
        ((1600, 1600), (1600, 1600)),
        ((1, 1), (1, 1)),
    ],
)
def test_a_photo_is_made_smaller_and_never_larger(
    size: tuple[int, int], fitted: tuple[int, int]
) -> None:
    assert shown(copy_of(saved(photo(*size), "JPEG"))).size == fitted


def test_a_copy_stays_small_whatever_is_seen() -> None:
    noise = saved(Image.effect_noise((2400, 2400), 250).convert("RGB"), "JPEG", quality=90)
    picture = (
        "/Type/XObject/Subtype/Image/Width 2400/Height 2400/ColorSpace/DeviceRGB"
        "/BitsPerComponent 8/Filter/DCTDecode"
    )
    head = f"<<{picture}/Length {len(noise)}>>stream\n".encode()
    scanned = pdf(
        head + noise + b"\nendstream",
        page="/Resources<</XObject<</P 10 0 R>>>>",
        drawing="q 100 0 0 100 0 0 cm /P Do Q",
        pages=MOST_PAGES,
    )
    copy = copy_of(scanned)
    assert len(copy_of(noise).content) <= LARGEST_COPY
    assert (copy.pages, len(copy.content) <= LARGEST_COPY) == (MOST_PAGES, True)


def test_a_page_of_any_size_fits_the_longest_side() -> None:
    for box in ("0 0 14400 3", "0 0 0.5 900", "-50 -50 50 50"):
        copy = copy_of(pdf(page=f"/MediaBox[{box}]"))
        sides = re.findall(rb"/Width (\d+)/Height (\d+)", copy.content)
        assert max(int(side) for pair in sides for side in pair) <= LONGEST_SIDE


def test_the_same_file_gives_the_same_copy() -> None:
    for sample in (PDFS["pdf: author and title"], PHOTOS["png: text"]):
        assert copy_of(sample.content) == copy_of(sample.content)


def test_a_pdf_that_anybody_may_open_is_shown_though_it_is_enciphered() -> None:
    assert copy_of(locked("")).pages == 1


PNG, JPEG, GIF = saved(photo(), "PNG"), saved(photo(), "JPEG"), saved(photo(), "GIF")
REFUSED = {
    "png of 3,600 million dots in 200 bytes": (png_declaring(60000, 60000), Reason.TOO_LARGE),
    "png of 41 million dots": (png_declaring(8200, 5000), Reason.TOO_LARGE),
    "gif of 4,000 million dots": (b"GIF89a" + b"\xff" * 4 + GIF[10:], Reason.TOO_LARGE),
    "webp of 268 million dots": (webp_declaring(16384, 16384), Reason.TOO_LARGE),
    "jpeg cut short": (JPEG[: len(JPEG) // 2], Reason.DAMAGED),
    "png cut short": (PNG[: len(PNG) // 2], Reason.DAMAGED),
    "gif cut short": (GIF[: len(GIF) // 2], Reason.DAMAGED),
    "png that says more than it holds": (png_declaring(4000, 4000), Reason.DAMAGED),
    "web page that begins like a gif": (b"GIF89a/*<script>alert(1)</script>", Reason.DAMAGED),
    "text that begins like a jpeg": (b"\xff\xd8\xff is how it begins", Reason.DAMAGED),
    "text that begins like a webp": (b"RIFF\xff\0\0\0WEBP<html>", Reason.DAMAGED),
    "text that begins like a PDF": (b"%PDF-1.7\n<script>alert(1)</script>", Reason.DAMAGED),
    "PDF with a password": (locked("user"), Reason.LOCKED),
    "PDF of 21 pages": (pdf(pages=MOST_PAGES + 1), Reason.TOO_MANY_PAGES),
    "photo of more than 10 MB": (JPEG + bytes(LARGEST_FILE), Reason.TOO_HEAVY),
}


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_shown_is_refused_with_its_reason(content: bytes, reason: Reason) -> None:
    with pytest.raises(FileRefused) as refused:
        copy_of(content)
    assert refused.value.reason is reason


def test_the_worker_is_told_how_many_pages_fit() -> None:
    with pytest.raises(FileRefused) as refused:
        copy_of(pdf(pages=MOST_PAGES + 1))
    (told,) = refused.value.reasons
    assert told.key % told.values == "This PDF has more than 20 pages. Send it in smaller parts."


WHOLE = [
    saved(photo(64, 40), form, exif=exif(6)) if form != "GIF" else saved(photo(64, 40), form)
    for form in ("GIF", "JPEG", "PNG", "WEBP")
] + [PDFS["pdf: form with a script"].content, PDFS["pdf: what was deleted"].content]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    whole=st.sampled_from(WHOLE),
    changes=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=9))
    ),
)
def test_a_file_changed_anywhere_is_copied_or_refused(
    whole: bytes, changes: list[tuple[float, bytes]]
) -> None:
    changed = bytearray(whole)
    for where, what in changes:
        place = 16 + int(where * (len(whole) - 16))
        changed[place : place + len(what)] = what
    try:
        copy = copy_of(bytes(changed))
    except FileRefused:
        return
    assert len(copy.content) <= LARGEST_COPY
