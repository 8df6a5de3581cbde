"""What a document carries of a typeface: a sound file with the glyphs in use, and new ones of their parts."""

import io

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from recruitwatch.documents.streams import Stream
from rules.documents.reading import page_of
from rules.documents.script_samples import BY_NAME, Sample


def embedded(content: bytes) -> list[tuple[TTFont, bytes]]:
    """Each font of the first page and the map from its codes to glyphs."""
    with pikepdf.open(io.BytesIO(content)) as document:
        found = []
        for font in document.pages[0].Resources.Font.values():
            descendant = font.DescendantFonts[0]
            file = descendant.FontDescriptor.FontFile2.read_bytes()
            found.append(
                (TTFont(io.BytesIO(file), checkChecksums=2), descendant.CIDToGIDMap.read_bytes())
            )
        return found


@pytest.mark.parametrize("name", ["Bangla", "Urdu, Nastaliq", "Hebrew", "Khmer", "English"])
def test_an_embedded_typeface_is_sound_and_small(name: str) -> None:
    sample: Sample = BY_NAME[name]
    for font, codes in embedded(page_of((sample.text, sample.style))):
        count = font["maxp"].numGlyphs
        assert count < 150
        assert max(codes[at] * 256 + codes[at + 1] for at in range(0, len(codes), 2)) < count
        said = {
            key: getattr(font["maxp"], key)
            for key in ("maxCompositePoints", "maxCompositeContours", "maxComponentElements")
        }
        box = [getattr(font["head"], key) for key in ("xMin", "yMin", "xMax", "yMax")]
        for glyph in font.getGlyphOrder():
            outline = font["glyf"][glyph]
            if outline.isComposite():
                outline.recalcBounds(font["glyf"])
                assert font["hmtx"][glyph][1] == outline.xMin
        font["maxp"].recalc(font)
        assert {
            key: getattr(font["maxp"], key) <= most for key, most in said.items()
        } == dict.fromkeys(said, True)
        assert box[0] <= font["head"].xMin
        assert box[3] >= font["head"].yMax


def test_the_same_cluster_is_made_once() -> None:
    sample = BY_NAME["Bangla"]
    [(once, _)] = embedded(page_of(("ক্ষি", sample.style)))
    [(often, _)] = embedded(page_of(("ক্ষি " * 20, sample.style)))
    assert often["maxp"].numGlyphs == once["maxp"].numGlyphs + 1  # the blank


def test_no_stream_ends_in_what_looks_like_the_end_of_a_line() -> None:
    """One in 128 would by chance."""
    endings = {
        bytes(Stream(bytes([number % 256, number // 256]), padding=b"\n").format(None))[-12:-11]
        for number in range(2000)
    }
    assert not endings & {b"\r", b"\n"}
