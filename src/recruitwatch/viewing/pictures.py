"""Photos: only their dots are kept. Everything else in the file is left behind.

Pillow loads its parts when first needed; the confined process can open no file by then, so every part
that a photo may need is imported here.
"""

import copy
import struct
import warnings
from io import BytesIO

from PIL import (
    GifImagePlugin,
    Image,
    ImageCms,
    ImagePalette,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from recruitwatch.viewing.kinds import FileKind
from recruitwatch.viewing.limits import LONGEST_SIDE, MOST_PIXELS
from recruitwatch.viewing.refusals import FileRefused, Reason

NEEDED = (
    GifImagePlugin,
    ImagePalette,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
    copy,
)

Image.preinit()

# What Pillow raises on files that do not keep to their format.
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    EOFError,
    struct.error,
)

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ORIENTATION = 0x0112
_SRGB = ImageCms.createProfile("sRGB")

# From the best to the smallest; the first that fits is taken, and the last always fits.
_STEPS = ((80, 1600), (70, 1600), (55, 1600), (40, 1600), (40, 1200), (30, 900), (30, 600))


def picture_of(content: bytes, kind: FileKind) -> Image.Image:
    """The photo upright in sRGB, on white, fitted to the longest side, with nothing else attached."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _drawn(_opened(content, kind))
        except Image.DecompressionBombError:
            raise FileRefused(Reason.TOO_LARGE) from None
        except BROKEN:
            raise FileRefused(Reason.DAMAGED) from None


def bare(image: Image.Image) -> Image.Image:
    """The dots alone: a new image carries no comment, profile or text into the file written from it."""
    dots = Image.new("RGB", image.size, "white")
    dots.paste(image, mask=image if image.mode == "RGBA" else None)
    return dots


def jpeg_of(image: Image.Image, *, at_most: int) -> tuple[bytes, tuple[int, int]]:
    """A JPEG without metadata, and its size in dots. It loses detail until it has few enough bytes."""
    written, size = b"", image.size
    for quality, side in _STEPS:
        fitted = image
        if max(image.size) > side:
            fitted = image.copy()
            fitted.thumbnail((side, side))
        out = BytesIO()
        fitted.save(out, "JPEG", quality=quality)
        written, size = out.getvalue(), fitted.size
        if len(written) <= at_most:
            break
    return written, size


def _opened(content: bytes, kind: FileKind) -> Image.Image:
    if kind is FileKind.WEBP and _dots_of_webp(content) > MOST_PIXELS:
        raise FileRefused(Reason.TOO_LARGE)
    image = Image.open(BytesIO(content), formats=(kind.name,))
    if image.width * image.height > MOST_PIXELS:
        raise FileRefused(Reason.TOO_LARGE)
    return image


def _dots_of_webp(content: bytes) -> int:
    """The size an extended WebP declares: Pillow reserves the memory for it on opening."""
    if content[12:16] != b"VP8X":
        return 0
    width = int.from_bytes(content[24:27], "little") + 1
    return width * (int.from_bytes(content[27:30], "little") + 1)


def _drawn(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    image = _with_plain_dots(image)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=1.0)
    turn = _turn_of(image)
    if image.mode == "RGBA":
        image = bare(image)
    if profile:
        image = _in_srgb(image, profile)
    image = bare(image)
    return image.transpose(turn) if turn is not None else image


def _with_plain_dots(image: Image.Image) -> Image.Image:
    """In a mode that can be made smaller smoothly, and at eight bits."""
    if image.mode in {"LA", "PA", "RGBA"} or "transparency" in image.info:
        return image.convert("RGBA")
    if image.mode in {"L", "RGB", "CMYK"}:
        return image
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    return image.convert("RGB")


def _turn_of(image: Image.Image) -> Image.Transpose | None:
    """How the camera was held. A photo whose notes cannot be read is shown as it lies."""
    try:
        return _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    except BROKEN:
        return None


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """A profile that cannot be used is left out: the colours are a little off, the photo is seen."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        changed = ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, *BROKEN):
        return image
    return changed or image
