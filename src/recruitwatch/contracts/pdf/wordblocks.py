"""The end of a contract in a Word file: where people sign and offices stamp, and the card to cut out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recruitwatch.contracts.pdf.markup import Cell, Look, paragraph, row, table
from recruitwatch.contracts.values.paper import Paper, PaperBlock, PaperField, Texts, plain

_MUTED = "45494C"
_TITLE = Look(size=11, bold=True, heading=3, after=3)
_LABEL = Look(size=8, colour=_MUTED, before=2, keep=True)
_STATEMENT = Look(size=8.5, after=2)
_VALUE, _LINE = Look(size=10, bold=True), Look(size=9.5, ruled=True)
_NARROW, _GAP = 160, 160
_THUMB, _STAMP = (1480, 98.0), (2000, 104.0)


def blocks_of(paper: Paper, blocks: Sequence[PaperBlock], width: int) -> Iterator[str]:
    """Two beside each other in a row that stays on one page."""
    half, rtl = width // 2, _rtl(paper)
    for first in range(0, len(blocks), 2):
        pair = [_block(paper, one, half) for one in blocks[first : first + 2]]
        cells = [Cell(content=one, width=half) for one in pair]
        if len(cells) == 1:
            cells.append(Cell(content=_end(paper), width=half, border="nil"))
        yield table([row(cells)], [half, half], rtl=rtl, padding=_NARROW) + _between(paper)


def card_of(paper: Paper, width: int) -> str:
    """The small card to cut out and keep."""
    card, wide = paper.card, width * 6 // 10
    inside = wide - 2 * _NARROW
    content = _both(paper, card.titles, Look(size=11, bold=True, keep=True), inside)
    content += _each(paper, card.hint, Look(size=8, colour=_MUTED, keep=True))
    language = paper.languages[-1]
    for fact in card.facts:
        content += _both(paper, fact.labels, _LABEL, inside)
        content += paragraph(fact.texts[-1], language, _VALUE)
    cell = Cell(content=content, width=wide, border="dashed")
    return table([row([cell])], [wide], rtl=_rtl(paper), padding=_NARROW)


def _block(paper: Paper, block: PaperBlock, width: int) -> str:
    inside = width - 2 * _NARROW
    content = _both(paper, block.titles, _TITLE, inside)
    if block.statement:
        content += _each(paper, block.statement, _STATEMENT)
    room = next(
        (
            (label, size)
            for label, size in ((block.thumbprint, _THUMB), (block.stamp, _STAMP))
            if label
        ),
        None,
    )
    if room is None:
        return content + _fields(paper, block, inside) + _end(paper)
    return content + _fields_beside(paper, block, inside, *room) + _end(paper)


def _fields(paper: Paper, block: PaperBlock, width: int) -> str:
    return "".join(_field(paper, one, width) for one in block.fields)


def _fields_beside(
    paper: Paper, block: PaperBlock, width: int, label: Texts, size: tuple[int, float]
) -> str:
    """The lines, and beside them a frame for a thumb or a stamp."""
    wide, high = size
    left = width - wide - _GAP
    frame = row([Cell(content=_end(paper), width=wide, border="dashed")], height=high)
    room = _each(paper, label, _LABEL) + table([frame], [wide], rtl=_rtl(paper)) + _end(paper)
    cells = [
        Cell(content=_fields(paper, block, left), width=left),
        Cell(content=_end(paper), width=_GAP),
        Cell(content=room, width=wide),
    ]
    return table(
        [row(cells)], [left, _GAP, wide], rtl=_rtl(paper), border="nil", padding=0
    )  # fmt: skip


def _between(paper: Paper) -> str:
    return paragraph((), paper.languages[0], Look(size=5))


def _rtl(paper: Paper) -> bool:
    return paper.languages[0].right_to_left


def _field(paper: Paper, field: PaperField, width: int) -> str:
    labels = _both(paper, field.labels, _LABEL, width)
    if field.texts is None:
        return labels + paragraph((), paper.languages[0], _LINE)
    return labels + paragraph(field.texts[-1], paper.languages[-1], _VALUE)


def _each(paper: Paper, texts: Texts, look: Look) -> str:
    return "".join(
        paragraph(text, language, look)
        for language, text in zip(paper.languages, texts, strict=True)
        if plain(text).strip()
    )


def _both(paper: Paper, texts: Texts, look: Look, width: int) -> str:
    """Short texts beside each other, each from the side where its lines begin."""
    wide = width // len(texts)
    cells = [
        Cell(content=paragraph(text, language, look), width=wide)
        for language, text in zip(paper.languages, texts, strict=True)
    ]
    return table(
        [row(cells)], [wide] * len(texts), rtl=_rtl(paper), border="nil",
        padding=0,
    )  # fmt: skip


def _end(paper: Paper) -> str:
    """A table needs a paragraph after it."""
    return paragraph((), paper.languages[0], Look(size=2))
