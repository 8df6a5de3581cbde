"""The end of a contract in a Word file: where people sign and offices stamp, and the card to cut out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recruitwatch.contracts.pdf.markup import Cell, Look, paragraph, row, table
from recruitwatch.contracts.values.paper import Paper, PaperBlock, PaperField, Texts, plain

_MUTED = "45494C"
_TITLE = Look(size=11, bold=True, heading=3, after=3)
_LABEL = Look(size=8, colour=_MUTED, before=3, keep=True)
_STATEMENT = Look(size=8.5, after=2)
_VALUE, _LINE = Look(size=10, bold=True), Look(size=12, ruled=True)
_NARROW = 160
_THUMB, _STAMP = (1500, 96.0), (2300, 96.0)


def blocks_of(paper: Paper, blocks: Sequence[PaperBlock], width: int) -> Iterator[str]:
    """Two beside each other in a row that stays on one page."""
    half, rtl = width // 2, paper.languages[0].right_to_left
    for first in range(0, len(blocks), 2):
        pair = [_block(paper, one, half) for one in blocks[first : first + 2]]
        cells = [Cell(content=one, width=half) for one in pair]
        if len(cells) == 1:
            cells.append(Cell(content=_end(paper), width=half, border="nil"))
        yield table([row(cells)], [half, half], rtl=rtl, padding=_NARROW) + _end(paper)


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
    rtl = paper.languages[0].right_to_left
    return table([row([cell])], [wide], rtl=rtl, padding=_NARROW)


def _block(paper: Paper, block: PaperBlock, width: int) -> str:
    inside = width - 2 * _NARROW
    content = _both(paper, block.titles, _TITLE, inside)
    if block.statement:
        content += _each(paper, block.statement, _STATEMENT)
    for one in block.fields:
        content += _field(paper, one, inside)
    for label, (wide, high) in ((block.thumbprint, _THUMB), (block.stamp, _STAMP)):
        if label:
            content += _each(paper, label, _LABEL)
            room = Cell(content=_end(paper), width=wide, border="dashed")
            content += table(
                [row([room], height=high)], [wide], rtl=paper.languages[0].right_to_left,
                centred=False,
            )  # fmt: skip
    return content + _end(paper)


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
        [row(cells)], [wide] * len(texts), rtl=paper.languages[0].right_to_left, border="nil",
        padding=0,
    )  # fmt: skip


def _end(paper: Paper) -> str:
    """A table needs a paragraph after it."""
    return paragraph((), paper.languages[0], Look(size=4))
