"""Paragraphs broken into lines of a width: where lines may break is ICU's word, what fits is HarfBuzz's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from icu4py.breakers import LineBreaker
from msgspec import Struct
from msgspec.structs import replace

from recruitwatch.documents.bidi import TAKEN_OUT, line_levels, visual_order
from recruitwatch.documents.faces import Face, Word, shape_word
from recruitwatch.documents.itemising import Run, runs_of
from recruitwatch.documents.text import Span, Style, Text, spans_of
from recruitwatch.documents.typefaces import family_of, missing_of, runs_to_the_left

ELLIPSIS = "…"
_WORD = re.compile(r" +|[^ ]+")
_BREAKS = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
# A soft hyphen would have to appear at the end of a line: nothing here asks for it.
_CLEANED = {**TAKEN_OUT, **dict.fromkeys([*range(9), 14, *range(15, 32), 127, 0xAD]), 9: " "}
_BLANK = " \u200b"
_SLACK = 0.001
# Letters in a line as wide as its letters are high, and some more: few texts are narrower, and those that are
# end with … a little early.
_DENSEST, _AT_LEAST = 8, 100


class Piece(Struct, frozen=True):
    """Words from left to right in one typeface and one look."""

    face: Face
    span: int
    words: tuple[Word, ...]
    width: float


class Line(Struct, frozen=True):
    """One line: its pieces from left to right, its width in points, and its place in the source."""

    pieces: tuple[Piece, ...]
    width: float
    text: str


class Layout(Struct, frozen=True):
    """A paragraph in lines. `cut` says that not all of it is there."""

    lines: tuple[Line, ...]
    spans: tuple[Span, ...]
    style: Style
    width: float
    leading: float
    rtl: bool
    cut: bool

    @property
    def height(self) -> float:
        return len(self.lines) * self.leading

    @property
    def widest(self) -> float:
        return max((line.width for line in self.lines), default=0.0)


def lay_out(text: Text, style: Style, width: float, *, most: int | None = None) -> Layout:
    """The lines of a text, no more than `most`; the last of too many ends in `…`.

    Raises MissingGlyph for the first character that no typeface has.
    """
    return _laid_out(spans_of(text), style, width, most)


@lru_cache(maxsize=600)
def _laid_out(spans: tuple[Span, ...], style: Style, width: float, most: int | None) -> Layout:
    rtl = runs_to_the_left(style.language) if style.rtl is None else style.rtl
    lines: list[Line] = []
    cut = False
    for part in _parts(spans if most is None else _begun(spans, style, width, most)):
        if most is not None and len(lines) == most:
            cut = True
            break
        setter = _Setter(part, style, rtl=rtl)
        places = setter.broken(width)
        if most is not None and len(lines) + len(places) > most:
            kept = most - len(lines)
            lines += [setter.line(*place) for place in places[: kept - 1]]
            lines.append(setter.cut_line(*places[kept - 1], width))
            cut = True
            break
        lines += [setter.line(*place) for place in places]
    return Layout(
        lines=tuple(lines), spans=spans, style=style, width=width,
        leading=leading_of(style), rtl=rtl, cut=cut,
    )  # fmt: skip


def _begun(spans: tuple[Span, ...], style: Style, width: float, most: int) -> tuple[Span, ...]:
    """No more of the text than many lines could hold: the rest of a very long one is not looked at."""
    left = round(most * width / style.size * _DENSEST) + _AT_LEAST
    if sum(len(span.text) for span in spans) <= left:
        return spans
    begun = []
    for span in spans:
        begun.append(replace(span, text=span.text[:left]))
        left = max(0, left - len(span.text))
    return tuple(begun)


def leading_of(style: Style) -> float:
    return style.leading or style.size * family_of(style.language, style.hand).leading


def narrowest(text: Text, style: Style) -> float:
    """The width that the longest unbreakable word of a text needs."""
    rtl = runs_to_the_left(style.language) if style.rtl is None else style.rtl
    return max(
        (_Setter(part, style, rtl=rtl).narrowest() for part in _parts(spans_of(text))), default=0.0
    )


def _parts(spans: Sequence[Span]) -> list[tuple[Span, ...]]:
    """The text between forced breaks, each with all spans, so that their numbers stay."""
    rows: list[list[str]] = [[""] * len(spans)]
    for number, span in enumerate(spans):
        first, *more = _BREAKS.split(span.text)
        rows[-1][number] = first
        for text in more:
            rows.append([""] * len(spans))
            rows[-1][number] = text
    return [
        tuple(
            replace(span, text=text.translate(_CLEANED))
            for span, text in zip(spans, row, strict=True)
        )
        for row in rows
    ]


class _Setter:
    """Sets one part of a paragraph: a stretch without forced breaks."""

    def __init__(self, spans: tuple[Span, ...], style: Style, *, rtl: bool) -> None:
        self._spans, self._style, self._rtl = spans, style, rtl
        self._text = "".join(span.text for span in spans)
        self._runs = runs_of(self._text, spans, style, rtl=rtl) if self._text else []
        self._size = style.size / 1000
        advances = [0.0] * len(self._text)
        for run in self._runs:
            for start, word in self._words(run, run.start, run.end):
                for offset, advance in word.clusters:
                    advances[start + offset] += advance * self._size
        self._advances = advances
        self._ends = [0.0, *accumulate(advances)]

    def _words(self, run: Run, start: int, end: int) -> Iterator[tuple[int, Word]]:
        language = self._spans[run.span].language or self._style.language
        for match in _WORD.finditer(self._text, start, end):
            word = shape_word(
                run.face, match.group(), run.script, language, rtl=bool(run.level & 1)
            )
            if word.missing is not None:
                raise missing_of(self._text[match.start() + word.missing])
            yield match.start(), word

    def _width(self, start: int, end: int) -> float:
        return self._ends[end] - self._ends[start]

    def _trimmed(self, start: int, end: int) -> int:
        while end > start and self._text[end - 1] in _BLANK:
            end -= 1
        return end

    def _breaks(self) -> list[int]:
        return [end for _, end in LineBreaker(self._text, self._style.language).segments()]

    def narrowest(self) -> float:
        breaks = self._breaks()
        return max(
            (
                self._width(start, self._trimmed(start, end))
                for start, end in zip([0, *breaks], breaks, strict=False)
            ),
            default=0.0,
        )

    def broken(self, width: float) -> list[tuple[int, int]]:
        """Where the lines are. A word that is too long for a line is broken between its letters."""
        if self._ends[-1] <= width + _SLACK:
            return [(0, self._trimmed(0, len(self._text)))]
        places: list[tuple[int, int]] = []
        start = last = 0
        for end in self._breaks():
            if last > start and self._width(start, self._trimmed(start, end)) > width + _SLACK:
                places.append((start, self._trimmed(start, last)))
                start = last
            while self._width(start, self._trimmed(start, end)) > width + _SLACK:
                middle = self._fitting(start, end, width)
                if middle >= end:
                    break
                places.append((start, middle))
                start = middle
            last = end
        if start < len(self._text):
            places.append((start, self._trimmed(start, len(self._text))))
        return places

    def _fitting(self, start: int, end: int, width: float) -> int:
        """One past the last cluster that fits; never nothing."""
        at = self._next_cluster(start)
        while at < end and self._width(start, self._next_cluster(at)) <= width:
            at = self._next_cluster(at)
        return at

    def _next_cluster(self, at: int) -> int:
        at += 1
        while at < len(self._text) and not self._advances[at]:
            at += 1
        return at

    def line(self, start: int, end: int) -> Line:
        """The line in the order of the eye, shaped anew where it cuts words."""
        text = self._text[start:end]
        inside = [run for run in self._runs if run.start < end and run.end > start]
        levels = [
            run.level for run in inside for _ in range(min(run.end, end) - max(run.start, start))
        ]
        if inside and inside[-1].level != int(self._rtl):
            levels = line_levels(text, levels, rtl=self._rtl)
        cuts = list(_cuts(inside, levels, start, end))
        pieces = [self._piece(*cuts[at]) for at in visual_order([level for *_, level in cuts])]
        return Line(tuple(pieces), sum(piece.width for piece in pieces), text)

    def _piece(self, run: Run, start: int, end: int, level: int) -> Piece:
        turned = run if run.level == level else replace(run, level=level)
        words = [word for _, word in self._words(turned, start, end)]
        if level & 1:
            words.reverse()
        width = sum(word.width for word in words) * self._size
        return Piece(run.face, run.span, tuple(words), width)

    def cut_line(self, start: int, end: int, width: float) -> Line:
        """The line with `…` at its end, shortened until both fit."""
        while True:
            shown = self._text[start:end].rstrip()
            spans, at = [], 0
            for span in self._spans:
                first, last = max(start, at), min(start + len(shown), at + len(span.text))
                spans.append(replace(span, text=span.text[first - at : max(first, last) - at]))
                at += len(span.text)
            lasting = max((n for n, span in enumerate(spans) if span.text), default=0)
            spans[lasting] = replace(spans[lasting], text=f"{spans[lasting].text}{ELLIPSIS}")
            setter = _Setter(tuple(spans), self._style, rtl=self._rtl)
            line = setter.line(0, len(setter._text))
            if line.width <= width or not shown:
                return line
            end = start + len(shown) - 1
            while end > start and not self._advances[end]:
                end -= 1


def _cuts(
    runs: Sequence[Run], levels: Sequence[int], start: int, end: int
) -> Iterator[tuple[Run, int, int, int]]:
    """Runs inside a line, cut where the level changes at its end."""
    for run in runs:
        first, last = max(run.start, start), min(run.end, end)
        while first < last:
            until = first
            while until < last and levels[until - start] == levels[first - start]:
                until += 1
            yield run, first, until, levels[first - start]
            first = until
