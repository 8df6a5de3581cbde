"""A contract as a PDF: main points first, both languages beside each other, the same number on the same row.

Tagged for those who have it read aloud (PDF/UA-1), fit to be kept (PDF/A-2a; A-3a with its terms inside), and
the same bytes every time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from io import BytesIO
from itertools import pairwise

from reportlab.lib.pagesizes import A4
from reportlab.platypus import CondPageBreak, Flowable, PageBreak, Table
from reportlab.platypus.doctemplate import LayoutError

from recruitwatch.contracts.pdf.boxes import Beside, Framed
from recruitwatch.contracts.pdf.foot import Foot
from recruitwatch.contracts.pdf.lettering import MUTED, said, spans_of, style_of
from recruitwatch.contracts.pdf.signing import card_of, rows_of_blocks
from recruitwatch.contracts.pdf.signs import SIGNS
from recruitwatch.contracts.values.paper import (
    DoesNotFit,
    Paper,
    PaperClause,
    PaperFact,
    PaperGroup,
    Text,
    Texts,
    plain,
)
from recruitwatch.documents import (
    About,
    Attachment,
    Code,
    Margins,
    Paragraph,
    Sign,
    SignatureField,
    build_numbered,
    table,
)

AUTHOR = "recruitwatch"
TERMS_NAME = "terms.json"
SIGNATURE = "Ministry"
MARGINS = Margins(top=40, bottom=66, left=42, right=42)
WIDTH = A4[0] - MARGINS.left - MARGINS.right
_NUMBER = 36.0
_LINE, _HEAD, _GROUP, _CLAUSE, _NOTICE = "#b1b4b6", "#0b4f6c", "#d6e6ee", "#eef4f7", 0xFFF7E0
_WHITE = 0xFFFFFF
_CODE = 76.0
_FACT_SIZES = (8.5, 8.2, 7.9, 7.6, 7.3)
_PAGE = A4[1] - MARGINS.top - MARGINS.bottom
_Look = list[tuple[str, tuple[int, int], tuple[int, int], *tuple[object, ...]]]


def pdf_of(paper: Paper, *, terms: bytes | None = None) -> bytes:
    """The whole file. `terms`, the canonical JSON of a registered contract, are embedded in it, and it
    has room for the signature of a ministry. Raises DoesNotFit for what no page has room for."""
    sheet = _Sheet(paper, terms)
    try:
        return sheet.made(splits_rows=False)
    except LayoutError:
        # A row that is longer than a page has to go over two.
        try:
            return sheet.made(splits_rows=True)
        except LayoutError:
            raise DoesNotFit from None


class _Sheet:
    def __init__(self, paper: Paper, terms: bytes | None) -> None:
        self.paper, self.terms = paper, terms
        self.languages = paper.languages
        self.main = paper.languages[0].code
        self.rtl = paper.languages[0].right_to_left

    def made(self, *, splits_rows: bool) -> bytes:
        out = BytesIO()
        build_numbered(
            out,
            lambda: list(self.story(splits_rows=splits_rows)),
            self.about(),
            margins=MARGINS,
            on_page=Foot(self.paper, MARGINS).draw,
        )
        return out.getvalue()

    def about(self) -> About:
        attached: tuple[Attachment, ...] = ()
        if self.terms is not None:
            attached = (
                Attachment(
                    name=TERMS_NAME,
                    media_type="application/json",
                    content=self.terms,
                    description=plain(self.paper.titles[0]),
                ),
            )
        return About(
            title=self.paper.title,
            language=self.main,
            author=AUTHOR,
            made=datetime.combine(self.paper.signed_on, time(), UTC),
            attachments=attached,
        )

    def story(self, *, splits_rows: bool) -> Iterator[Flowable]:
        paper = self.paper
        yield from self.first_page()
        yield PageBreak()
        yield self.beside(paper.clauses_title, 13, tag="H2", bookmark=0, after=6)
        yield self.clauses(splits_rows=splits_rows)
        yield CondPageBreak(230)
        yield self.beside(paper.signatures_title, 13, tag="H2", bookmark=0, before=14, after=6)
        yield from rows_of_blocks(paper, paper.signatures)
        if paper.attestations:
            yield CondPageBreak(180)
            yield self.beside(paper.attestation_title, 13, tag="H2", bookmark=0, before=10, after=6)
            yield from rows_of_blocks(paper, paper.attestations)
        yield card_of(paper)
        if self.terms is not None:
            yield SignatureField(SIGNATURE, plain(paper.attestation_title[0]))

    def first_page(self) -> Sequence[Flowable]:
        """In letters as large as one page allows, so that the main points are seen together."""
        for size in _FACT_SIZES:
            made = list(self.beginning(size))
            if _height(made) <= _PAGE:
                break
        return made

    def beginning(self, size: float) -> Iterator[Flowable]:
        paper = self.paper
        yield self.top(2 * size)
        yield Framed(
            [self.beside(one, size, after=2) for one in paper.notices],
            tint=_NOTICE, padding=5, after=6,
        )  # fmt: skip
        yield self.facts(paper.about, paper.titles, size, named=False)
        yield self.beside(paper.key_facts_title, 13, tag="H2", bookmark=0, before=9, after=1)
        yield self.beside(paper.key_facts_hint, size, colour=MUTED, after=4)
        yield self.facts(paper.key_facts, paper.key_facts_title, size, named=True)

    def top(self, size: float) -> Flowable:
        paper = self.paper
        title = self.beside(paper.titles, size, tag="H1", bookmark=0, after=6)
        if paper.check is None:
            return title
        says = self.beside(paper.check.says, 8, colour=MUTED, after=2)
        address = Paragraph(paper.check.address, style_of("en", 7.5, colour=MUTED), before=2)
        code = Code(paper.check.address, _CODE, plain(paper.check.says[0]))
        return Beside(
            (Framed((title, says, address), padding=0), code),
            shares=(WIDTH - _CODE - 12, _CODE), rtl=self.rtl, after=6,
        )  # fmt: skip

    def beside(
        self, texts: Texts, size: float, *, tag: str = "P", bookmark: int | None = None,
        colour: int | None = None, before: float = 0.0, after: float = 0.0,
    ) -> Flowable:  # fmt: skip
        """One text in each language. The outline names it in the first language alone."""
        ink = {} if colour is None else {"colour": colour}
        columns = [
            Paragraph(
                spans_of(text),
                style_of(code, size, bold=tag != "P", **ink),
                tag=tag,
                bookmark=bookmark if code == self.main else None,
            )
            for code, text in said(self.languages, texts)
        ]
        return Beside(
            columns, gap=16, rtl=self.rtl, before=before, after=after, keep_with_next=tag != "P"
        )

    def facts(
        self, facts: Sequence[PaperFact], summary: Texts, size: float, *, named: bool
    ) -> Table:
        rows = [[self.fact(one, at, size) for at in range(len(self.languages))] for one in facts]
        width = WIDTH / len(self.languages)
        return table(
            [self.names(), *rows] if named else rows,
            [width] * len(self.languages),
            [*_look(head=named), ("TOPPADDING", (0, int(named)), (-1, -1), 1),
             ("BOTTOMPADDING", (0, int(named)), (-1, -1), 1.8)],
            head_rows=int(named), rtl=self.rtl, summary=plain(summary[0]),
        )  # fmt: skip

    def fact(self, fact: PaperFact, at: int, size: float) -> Flowable:
        language = self.languages[at]
        label = Paragraph(spans_of(fact.labels[at]), style_of(language.code, size, colour=MUTED))
        value = Paragraph(spans_of(fact.texts[at]), style_of(language.code, size, bold=True))
        sign = SIGNS.get(fact.name)
        if sign is None:
            return Beside((label, value), shares=(0.45, 0.55), gap=6, rtl=language.right_to_left)
        return Beside(
            (Sign(sign, 1.3 * size), label, value),
            shares=(0.06, 0.42, 0.52), gap=6, rtl=language.right_to_left,
        )  # fmt: skip

    def names(self) -> list[Flowable]:
        return [
            Paragraph(one.name, style_of(one.code, 8.5, bold=True, colour=_WHITE))
            for one in self.languages
        ]

    # --- the clauses -----------------------------------------------------------------------------

    def clauses(self, *, splits_rows: bool) -> Table:
        number = Paragraph("№", style_of(self.main, 8.5, bold=True, colour=_WHITE))
        rows: list[list[Flowable]] = [[number, *self.names()]]
        look = _look()
        for group in self.paper.groups:
            self.add_group(group, rows, look)
        if splits_rows:
            # Rows that have to stay together and are longer than a page would be tried on page after page.
            look = [one for one in look if one[0] != "NOSPLIT"]
        width = (WIDTH - _NUMBER) / len(self.languages)
        return table(
            rows,
            [_NUMBER, *[width] * len(self.languages)],
            look,
            head_columns=1, rtl=self.rtl, summary=plain(self.paper.clauses_title[0]),
            splits_rows=splits_rows,
        )  # fmt: skip

    def add_group(self, group: PaperGroup, rows: list[list[Flowable]], look: _Look) -> None:
        at = len(rows)
        look += [
            ("BACKGROUND", (0, at), (-1, at), _GROUP),
            # A heading does not stay alone at the foot of a page.
            ("NOSPLIT", (0, at), (0, at + 2)),
        ]
        rows.append([self.number(""), *self.titles(group.titles, 11, level=1)])
        for clause in group.clauses:
            at = len(rows)
            look += [
                ("BACKGROUND", (0, at), (-1, at), _CLAUSE),
                ("NOSPLIT", (0, at), (0, at + 1)),
            ]
            rows += self.clause(clause)

    def clause(self, clause: PaperClause) -> Iterator[list[Flowable]]:
        titles = self.titles(clause.titles, 9.5, level=2)
        yield [self.number(clause.number, bold=True), *titles]
        for row in clause.rows:
            yield [self.number(row.number), *self.cells(row.texts)]

    def number(self, number: str, *, bold: bool = False) -> Flowable:
        return Paragraph(number, style_of(self.main, 8.5, bold=bold, colour=MUTED))

    def titles(self, texts: Texts, size: float, *, level: int) -> list[Flowable]:
        """Headings in cells; the outline names them in the first language."""
        return [
            Paragraph(
                spans_of(text),
                style_of(language.code, size, bold=True),
                bookmark=None if at else level,
            )
            for at, (language, text) in enumerate(zip(self.languages, texts, strict=True))
        ]

    def cells(self, texts: Sequence[Text]) -> list[Flowable]:
        return [
            Paragraph(spans_of(text), style_of(language.code, 9))
            for language, text in zip(self.languages, texts, strict=True)
        ]


def _look(*, head: bool = True) -> _Look:
    """Rules, and a head in the colour of the HTML."""
    look: _Look = [
        ("GRID", (0, 0), (-1, -1), 0.4, _LINE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 5),
        ("RIGHTPADDING", (0, 0), (-1, -1), 5),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
    ]
    if head:
        look.append(("BACKGROUND", (0, 0), (-1, 0), _HEAD))
    return look


def _height(flowables: Sequence[Flowable]) -> float:
    """How much of a page they take."""
    high = sum(one.wrap(WIDTH, _PAGE)[1] for one in flowables)
    between = (
        max(one.getSpaceAfter(), following.getSpaceBefore())
        for one, following in pairwise(flowables)
    )
    return float(high + sum(between))
