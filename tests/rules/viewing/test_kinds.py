"""A file is what its first bytes say, whatever it is called and whatever follows."""

from io import BytesIO

import pytest

from recruitwatch.viewing.kinds import FileKind, kind_of, require_kind
from recruitwatch.viewing.limits import LARGEST_FILE
from recruitwatch.viewing.refusals import FileRefused, Reason
from rules.viewing.samples import PDFS, pdf, photo, saved


@pytest.mark.parametrize("kind", [FileKind.GIF, FileKind.JPEG, FileKind.PNG, FileKind.WEBP])
def test_a_photo_is_known(kind: FileKind) -> None:
    assert kind_of(saved(photo(), kind.name)) is kind
    assert kind.media_type == f"image/{kind}"


@pytest.mark.parametrize("lead", [b"", b"\xef\xbb\xbf", b"\r\n", b"\xef\xbb\xbf  \n"])
def test_a_pdf_is_known_after_a_mark_or_blanks(lead: bytes) -> None:
    assert kind_of(lead + pdf()) is FileKind.PDF
    assert FileKind.PDF.media_type == "application/pdf"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"They took my passport.", Reason.NOT_KNOWN),
        (b"<html><script>alert(1)</script></html>", Reason.NOT_KNOWN),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", Reason.NOT_KNOWN),
        (b"PK\x03\x04" + bytes(40), Reason.NOT_KNOWN),
        (b"MZ" + bytes(40), Reason.NOT_KNOWN),
        (b"\x7fELF" + bytes(40), Reason.NOT_KNOWN),
        (b"RIFF\x10\0\0\0WAVEfmt ", Reason.NOT_KNOWN),
        (b"GIF88a" + bytes(40), Reason.NOT_KNOWN),
        (b"%!PS-Adobe-3.0\n", Reason.NOT_KNOWN),
        (b"II*\0" + bytes(40), Reason.NOT_KNOWN),
        (b"<!-- " + pdf(), Reason.NOT_KNOWN),
        (b" " * 2000 + pdf(), Reason.NOT_KNOWN),
        (bytes(8) + saved(photo(), "JPEG"), Reason.NOT_KNOWN),
        (b"\0\0\0\x18ftypheic" + bytes(40), Reason.PHONE_FORMAT),
        (b"\0\0\0\x1cftypavif" + bytes(40), Reason.PHONE_FORMAT),
        (b"\0\0\0\x18ftypmp42" + bytes(40), Reason.NOT_KNOWN),
        (saved(photo(), "JPEG") + bytes(LARGEST_FILE), Reason.TOO_HEAVY),
    ],
    ids=lambda value: value.value if isinstance(value, Reason) else repr(value[:12]),
)
def test_anything_else_is_refused_with_its_reason(content: bytes, reason: Reason) -> None:
    with pytest.raises(FileRefused) as refused:
        require_kind(content)
    assert refused.value.reason is reason


def test_the_worker_is_told_the_limit() -> None:
    with pytest.raises(FileRefused) as refused:
        require_kind(bytes(LARGEST_FILE + 1))
    (told,) = refused.value.reasons
    assert told.key % told.values == "This file is too big. It can have 10 MB at most."


def test_the_first_bytes_decide_where_a_file_is_two_things() -> None:
    both = BytesIO()
    both.write(saved(photo(), "PNG"))
    both.write(PDFS["pdf: script on opening"].content)
    assert kind_of(both.getvalue()) is FileKind.PNG
