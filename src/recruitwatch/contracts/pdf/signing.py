"""The end of a contract on paper: where people sign and offices stamp, and the card to cut out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from recruitwatch.contracts.pdf.boxes import Beside, Framed, Strip
from recruitwatch.contracts.pdf.lettering import MUTED, said, spans_of, style_of
from recruitwatch.contracts.values.paper import Paper, PaperBlock, PaperField, Texts
from recruitwatch.documents import INK, Paragraph, Span

BORDER = 0x505A5F
GAP = 10.0
THUMB = 26 * mm, 34 * mm
STAMP = 36 * mm, 36 * mm
LINE = 17.0
INSIDE = 220.0
CARD = 0.62


def rows_of_blocks(paper: Paper, blocks: Sequence[PaperBlock]) -> Iterator[Flowable]:
    """Two beside each other, never over a page break."""
    for first in range(0, len(blocks), 2):
        pair = [_Block(paper, one).flowable() for one in blocks[first : first + 2]]
        if len(pair) == 1:
            pair.append(Framed((), padding=0))
        yield Beside(
            pair, gap=GAP, rtl=paper.languages[0].right_to_left, alike=True, after=GAP
        )  # fmt: skip


def card_of(paper: Paper) -> Flowable:
    """As large as a bank card or larger; it holds what somebody needs who is in trouble."""
    card = paper.card
    parts: list[Flowable] = [
        _joined(paper, card.titles, 10, bold=True, tag="H2"),
        *(
            Paragraph(spans_of(text), style_of(code, 7.5, colour=MUTED))
            for code, text in said(paper.languages, card.hint)
        ),
    ]
    for fact in card.facts:
        labels = _joined(paper, fact.labels, 7.5, colour=MUTED, before=3)
        parts += [
            labels,
            Paragraph(spans_of(fact.texts[-1]), style_of(paper.languages[-1].code, 10, bold=True)),
        ]
    framed = Framed(parts, tag="Sect", border=INK, dashed=True, padding=9)
    rest = Framed((), padding=0)
    return Beside(
        (framed, rest), shares=(CARD, 1 - CARD), rtl=paper.languages[0].right_to_left, before=8
    )


class _Block:
    def __init__(self, paper: Paper, block: PaperBlock) -> None:
        self.paper, self.block = paper, block

    def flowable(self) -> Framed:
        block = self.block
        parts: list[Flowable] = [_joined(self.paper, block.titles, 9.5, bold=True, tag="H3")]
        if block.statement:
            parts += [
                Paragraph(spans_of(text), style_of(code, 8), before=2)
                for code, text in said(self.paper.languages, block.statement)
            ]
        fields = [part for one in block.fields for part in self.field(one)]
        if block.thumbprint:
            parts.append(self.beside_room(fields, block.thumbprint, *THUMB))
        elif block.stamp:
            parts.append(self.beside_room(fields, block.stamp, *STAMP))
        else:
            parts += fields
        return Framed(parts, tag="Sect", border=BORDER, padding=8)

    def field(self, field: PaperField) -> Iterator[Flowable]:
        yield _joined(self.paper, field.labels, 7.5, colour=MUTED, before=4)
        if field.texts is None:
            yield Strip(LINE)
            return
        language = self.paper.languages[-1].code
        yield Paragraph(spans_of(field.texts[-1]), style_of(language, 9.5, bold=True))

    def beside_room(
        self, fields: Sequence[Flowable], label: Texts, width: float, height: float
    ) -> Flowable:
        """The lines, and beside them a frame for a thumb or a stamp, in its natural size."""
        labels = [
            Paragraph(spans_of(text), style_of(code, 7.5, colour=MUTED))
            for code, text in said(self.paper.languages, label)
        ]
        room = Framed((*labels, Strip(height, framed=True, before=2)), padding=0)
        return Beside(
            (Framed(fields, padding=0), room),
            shares=(INSIDE - width, width), gap=10,
            rtl=self.paper.languages[0].right_to_left, before=2,
        )  # fmt: skip


def _joined(
    paper: Paper, texts: Texts, size: float, *, bold: bool = False, colour: int = INK,
    tag: str = "P", before: float = 0.0,
) -> Flowable:  # fmt: skip
    """Short texts of all languages beside each other, each from the side where its lines begin."""
    columns = [
        Paragraph(spans_of(text), style_of(code, size, bold=bold, colour=colour), tag=tag)
        for code, text in said(paper.languages, texts)
    ]
    if not columns:
        columns = [Paragraph((Span(""),), style_of(paper.languages[0].code, size))]
    return Beside(columns, gap=8, rtl=paper.languages[0].right_to_left, before=before)
