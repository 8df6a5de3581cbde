"""One typeface: which characters it has, and the glyphs of a word as HarfBuzz places them."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb
from fontTools.unicodedata import mirrored
from msgspec import Struct

from recruitwatch.documents.bidi import MARKS
from recruitwatch.documents.composing import Part

_LONGEST_REMEMBERED = 20
NOTHING_SAID = "\u200b"
"""Every code must say something; this is a place where a line may break."""


class Face:
    """A typeface file, read once. Lengths are in thousandths of the size of the letters."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        self.hb_face = hb.Face(hb.Blob.from_file_path(str(path)))
        self.hb_font = hb.Font(self.hb_face)
        self.unit = 1000 / self.hb_face.upem
        self.characters = frozenset(self.hb_face.unicodes)
        self.post_name = (self.hb_face.get_name(6, "en") or self.name).replace(" ", "")
        extents = self.hb_font.get_font_extents("ltr")
        self.ascent, self.descent = extents.ascender * self.unit, extents.descender * self.unit
        head = self.hb_face.reference_table("head").data
        self.box = tuple(round(one * self.unit) for one in struct.unpack(">4h", head[36:44]))
        self._advances: dict[int, int] = {}

    def advance(self, glyph: int) -> int:
        """In units of the typeface."""
        known = self._advances.get(glyph)
        if known is None:
            known = self._advances[glyph] = self.hb_font.get_glyph_h_advance(glyph)
        return known


class Code(NamedTuple):
    """What one code of a font in a document stands for: parts of the typeface that make one glyph, how
    far the pen goes after it in units of the typeface, and the text that it says."""

    parts: tuple[Part, ...]
    advance: int
    text: str

    @property
    def is_plain(self) -> bool:
        """A glyph as the typeface has it."""
        return len(self.parts) == 1 and not self.parts[0].x and not self.parts[0].y


class Stroke(NamedTuple):
    """Codes that follow each other, then a way to go on, in thousandths of the size."""

    codes: tuple[Code, ...]
    move: float


class Word(Struct, frozen=True):
    """A shaped word: its strokes from left to right, and where each cluster of it begins and how wide
    that is. `missing` is where in the word the first character without a glyph is."""

    width: float
    strokes: tuple[Stroke, ...]
    clusters: tuple[tuple[int, float], ...]
    missing: int | None


def shape_word(face: Face, word: str, script: str, language: str, *, rtl: bool) -> Word:
    """A word, or blanks between words, in one script, one direction and one typeface. Sums and addresses
    are not remembered: they are long, and each is seen once."""
    if len(word) > _LONGEST_REMEMBERED:
        return _shape_word(face, word, script, language, rtl)
    return _remembered(face, word, script, language, rtl)


def _shape_word(face: Face, word: str, script: str, language: str, rtl: bool) -> Word:
    infos, positions = _shaped(face, word, script, language, rtl=rtl)
    starts = sorted({info.cluster for info in infos} | {len(word)})
    ends = dict(pairwise(starts))
    strokes: list[Stroke] = []
    clusters: list[tuple[int, float]] = []
    waiting: list[Code] = []
    for first, group in groupby(zip(infos, positions, strict=True), lambda one: one[0].cluster):
        glyphs = list(group)
        advance = sum(at.x_advance for _, at in glyphs)
        code = _code(face, glyphs, _said(word[first : ends[first]], rtl=rtl))
        waiting.append(code)
        if code.advance != advance:
            strokes.append(Stroke(tuple(waiting), (advance - code.advance) * face.unit))
            waiting = []
        clusters.append((first, advance * face.unit))
    if waiting:
        strokes.append(Stroke(tuple(waiting), 0.0))
    return Word(
        width=sum(width for _, width in clusters),
        strokes=tuple(strokes),
        clusters=tuple(clusters),
        missing=min((info.cluster for info in infos if not info.codepoint), default=None),
    )


_remembered = lru_cache(maxsize=2500)(_shape_word)


def _shaped(
    face: Face, word: str, script: str, language: str, *, rtl: bool
) -> tuple[Sequence[hb.GlyphInfo], Sequence[hb.GlyphPosition]]:
    buffer = hb.Buffer()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_GRAPHEMES
    buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    buffer.add_str(word)
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.script = script
    buffer.language = language
    hb.shape(face.hb_font, buffer)
    return buffer.glyph_infos, buffer.glyph_positions


def _code(face: Face, glyphs: Sequence[tuple[hb.GlyphInfo, hb.GlyphPosition]], text: str) -> Code:
    """The cluster as one glyph: the typeface's own where that does, else one made of its parts."""
    info, at = glyphs[0]
    if len(glyphs) == 1 and not at.x_offset and not at.y_offset:
        return _shared(Code((Part(info.codepoint, 0, 0),), face.advance(info.codepoint), text))
    parts, pen = [], 0
    for info, at in glyphs:
        parts.append(Part(info.codepoint, pen + at.x_offset, at.y_offset))
        pen += at.x_advance
    return _shared(Code(tuple(parts), max(0, pen), text))


@lru_cache(maxsize=8192)
def _shared(code: Code) -> Code:
    """The same letter in many words is kept once."""
    return code


def turned(character: str) -> str:
    """The bracket of the other side, or the character itself."""
    other = mirrored(ord(character))
    return character if other is None else chr(other)


def _said(text: str, *, rtl: bool) -> str:
    """What a cluster says to programs that read text out of documents. Marks of direction are for setting
    the text and no part of it. Where text runs to the left such programs turn what they find around,
    brackets too, so there it is given as it looks from left to right."""
    shown = "".join(one for one in text if one not in MARKS)
    if rtl:
        shown = "".join(turned(one) for one in reversed(shown))
    return shown or NOTHING_SAID
