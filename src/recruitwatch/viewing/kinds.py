"""What a file is, told by its first bytes alone: never by its name or by what a browser says."""

from codecs import BOM_UTF8
from enum import StrEnum

import msgspec

from recruitwatch.viewing.limits import LARGEST_FILE
from recruitwatch.viewing.refusals import FileRefused, Reason


class FileKind(StrEnum):
    """A kind of file that a viewing copy can be made of."""

    GIF = "gif"
    JPEG = "jpeg"
    PDF = "pdf"
    PNG = "png"
    WEBP = "webp"

    @property
    def media_type(self) -> str:
        return "application/pdf" if self is FileKind.PDF else f"image/{self.value}"

    @property
    def kind_of_copy(self) -> "FileKind":
        """Every photo becomes a JPEG, so that what is shown does not tell what took it."""
        return FileKind.PDF if self is FileKind.PDF else FileKind.JPEG


class ViewingCopy(msgspec.Struct, frozen=True, kw_only=True):
    """What an officer looks at in place of the file that was sent."""

    content: bytes
    kind: FileKind
    pages: int


_FIRST_BYTES = (
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"GIF87a", FileKind.GIF),
    (b"GIF89a", FileKind.GIF),
)
# Readers look for the header in the first kilobyte; a file that begins as another kind is not ours.
_PDF_LEAD = 1024
_PHONE_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif", b"avis")


def kind_of(content: bytes) -> FileKind | None:
    """The kind of a file, or None where it is none that we show."""
    for first, kind in _FIRST_BYTES:
        if content.startswith(first):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return FileKind.WEBP
    if content[:_PDF_LEAD].removeprefix(BOM_UTF8).lstrip().startswith(b"%PDF-"):
        return FileKind.PDF
    return None


def require_kind(content: bytes) -> FileKind:
    """The kind of a file, or the refusal that tells its sender what to do."""
    if not content:
        raise FileRefused(Reason.EMPTY)
    if len(content) > LARGEST_FILE:
        raise FileRefused(Reason.TOO_HEAVY)
    kind = kind_of(content)
    if kind is None:
        of_phones = content[4:8] == b"ftyp" and content[8:12] in _PHONE_BRANDS
        raise FileRefused(Reason.PHONE_FORMAT if of_phones else Reason.NOT_KNOWN)
    return kind
