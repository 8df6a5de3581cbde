"""New glyphs out of old ones: what a typeface draws with several glyphs for one cluster becomes one.

A vowel that stands before its consonant, dots that are glyphs of their own, marks that are lifted: whoever
reads text out of a document reads glyph by glyph and gets such clusters wrong. One glyph for each cluster
says exactly what it stands for. The outlines are the typeface's own: TrueType calls this a composite.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

_WORDS, _OFFSETS, _MORE = 0x0001, 0x0002, 0x0020
_ADJUSTMENT = slice(8, 12)
_MAGIC = 0xB1B0AFBA


class Part(NamedTuple):
    """A glyph of the typeface and how far from the pen it stands, in units of the typeface."""

    glyph: int
    x: int
    y: int


class Recipe(NamedTuple):
    """A composite: its parts, and how far the pen goes."""

    parts: tuple[Part, ...]
    advance: int


class _Measure(NamedTuple):
    """What the head of a typeface file has to know of a glyph."""

    box: tuple[int, int, int, int]
    points: int
    contours: int
    depth: int


_EMPTY = _Measure((0, 0, 0, 0), 0, 0, 0)


def composed(font: bytes, recipes: Sequence[Recipe]) -> bytes:
    """The file with a glyph more for each recipe, after those that it had and in this order."""
    if not recipes:
        return font
    tables = dict(_tables(font))
    outlines = _Outlines(tables)
    added = bytearray(tables["glyf"])
    places = list(outlines.places)
    metrics = bytearray(_whole_metrics(tables))
    measures = []
    for recipe in recipes:
        measure = outlines.measure(recipe.parts)
        measures.append(measure)
        if measure.points:
            added += _record(recipe.parts, measure)
            added += bytes(-len(added) % 4)
        places.append(len(added))
        metrics += struct.pack(">Hh", recipe.advance, measure.box[0])
    tables["glyf"] = bytes(added)
    tables["loca"] = struct.pack(f">{len(places)}I", *places)
    tables["hmtx"] = bytes(metrics)
    _tell(tables, len(places) - 1, recipes, measures)
    return _file(font[:4], tables)


def _tables(font: bytes) -> Iterator[tuple[str, bytes]]:
    (count,) = struct.unpack_from(">H", font, 4)
    for at in range(12, 12 + 16 * count, 16):
        tag, _, start, length = struct.unpack_from(">4s3I", font, at)
        yield tag.decode("ascii"), font[start : start + length]


class _Outlines:
    """Where glyphs are, and how large."""

    def __init__(self, tables: Mapping[str, bytes]) -> None:
        self._glyf = tables["glyf"]
        (count,) = struct.unpack_from(">H", tables["maxp"], 4)
        (long,) = struct.unpack_from(">h", tables["head"], 50)
        if long:
            self.places = struct.unpack(f">{count + 1}I", tables["loca"][: 4 * count + 4])
        else:
            halves = struct.unpack(f">{count + 1}H", tables["loca"][: 2 * count + 2])
            self.places = tuple(2 * one for one in halves)

    def measure(self, parts: Sequence[Part]) -> _Measure:
        boxes, points, contours, depth = [], 0, 0, 0
        for part in parts:
            one = self._one(part.glyph)
            if not one.points:
                continue
            left, bottom, right, top = one.box
            boxes.append((left + part.x, bottom + part.y, right + part.x, top + part.y))
            points, contours = points + one.points, contours + one.contours
            depth = max(depth, one.depth)
        if not boxes:
            return _EMPTY
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        return _Measure(
            (min(lefts), min(bottoms), max(rights), max(tops)), points, contours, depth + 1
        )

    def _one(self, glyph: int) -> _Measure:
        start, end = self.places[glyph], self.places[glyph + 1]
        if start == end:
            return _EMPTY
        count, *box = struct.unpack_from(">5h", self._glyf, start)
        left, bottom, right, top = box
        if count >= 0:
            (last,) = (
                struct.unpack_from(">H", self._glyf, start + 8 + 2 * count) if count else (-1,)
            )
            return _Measure((left, bottom, right, top), last + 1, count, 0)
        within = [self._one(one) for one in self._components(start + 10)]
        return _Measure(
            (left, bottom, right, top),
            sum(one.points for one in within),
            sum(one.contours for one in within),
            1 + max(one.depth for one in within),
        )

    def _components(self, at: int) -> Iterator[int]:
        more = _MORE
        while more:
            flags, glyph = struct.unpack_from(">2H", self._glyf, at)
            yield glyph
            at += 8 if flags & _WORDS else 6
            at += 2 if flags & 0x0008 else 4 if flags & 0x0040 else 8 if flags & 0x0080 else 0
            more = flags & _MORE


def _record(parts: Sequence[Part], measure: _Measure) -> bytes:
    record = struct.pack(">5h", -1, *measure.box)
    for number, part in enumerate(parts, start=1):
        flags = _WORDS | _OFFSETS | (_MORE if number < len(parts) else 0)
        record += struct.pack(">2H2h", flags, part.glyph, part.x, part.y)
    return record


def _whole_metrics(tables: Mapping[str, bytes]) -> bytes:
    """Advance and bearing for each glyph: files leave out advances that repeat at the end."""
    (count,) = struct.unpack_from(">H", tables["maxp"], 4)
    (long,) = struct.unpack_from(">H", tables["hhea"], 34)
    metrics = tables["hmtx"]
    if long == count:
        return metrics[: 4 * count]
    whole = metrics[: 4 * long]
    last = metrics[4 * long - 4 : 4 * long - 2]
    bearings = metrics[4 * long : 4 * long + 2 * (count - long)]
    return whole + b"".join(last + bearings[at : at + 2] for at in range(0, len(bearings), 2))


def _tell(
    tables: dict[str, bytes], count: int, recipes: Sequence[Recipe], measures: Sequence[_Measure]
) -> None:
    """What other tables say about the number and size of glyphs."""
    head, hhea, maxp = (bytearray(tables[name]) for name in ("head", "hhea", "maxp"))
    struct.pack_into(">h", head, 50, 1)
    box = struct.unpack_from(">4h", head, 36)
    boxes = [box, *(one.box for one in measures)]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    struct.pack_into(">4h", head, 36, min(lefts), min(bottoms), max(rights), max(tops))
    (widest,) = struct.unpack_from(">H", hhea, 10)
    struct.pack_into(">H", hhea, 10, max(widest, *(recipe.advance for recipe in recipes)))
    struct.pack_into(">H", hhea, 34, count)
    struct.pack_into(">H", maxp, 4, count)
    for at, largest in (
        (10, max(one.points for one in measures)),
        (12, max(one.contours for one in measures)),
        (28, max(len(recipe.parts) for recipe in recipes)),
        (30, max(one.depth for one in measures)),
    ):
        (known,) = struct.unpack_from(">H", maxp, at)
        struct.pack_into(">H", maxp, at, max(known, largest))
    tables["head"], tables["hhea"], tables["maxp"] = bytes(head), bytes(hhea), bytes(maxp)


def _file(version: bytes, tables: dict[str, bytes]) -> bytes:
    head = bytearray(tables["head"])
    head[_ADJUSTMENT] = bytes(4)
    tables["head"] = bytes(head)
    power = len(tables).bit_length() - 1
    search = 16 << power
    directory = version + struct.pack(">4H", len(tables), search, power, 16 * len(tables) - search)
    body, start = b"", 12 + 16 * len(tables)
    for tag, content in sorted(tables.items()):
        padded = content + bytes(-len(content) % 4)
        directory += struct.pack(
            ">4s3I", tag.encode("ascii"), _sum(padded), start + len(body), len(content)
        )
        body += padded
    adjustment = struct.pack(">I", (_MAGIC - _sum(directory + body)) & 0xFFFFFFFF)
    (at,) = (
        struct.unpack_from(">I", directory, 12 + 16 * number + 8)[0] - start
        for number, tag in enumerate(sorted(tables)) if tag == "head"
    )  # fmt: skip
    return directory + body[: at + 8] + adjustment + body[at + 12 :]


def _sum(padded: bytes) -> int:
    total: int = sum(struct.unpack(f">{len(padded) // 4}I", padded))
    return total & 0xFFFFFFFF
