"""A contract as a Word file to change: the same texts as its PDF and HTML, always marked as a draft."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from recruitwatch.contracts.pdf.foot import marks_of
from recruitwatch.contracts.pdf.markup import (
    Cell,
    Look,
    around,
    field,
    paragraph,
    row,
    run,
    runs,
    table,
    watermark,
)
from recruitwatch.contracts.pdf.package import Words, packed
from recruitwatch.contracts.pdf.wordblocks import blocks_of, card_of
from recruitwatch.contracts.values.paper import (
    Paper,
    PaperClause,
    PaperFact,
    PaperLanguage,
    Piece,
    Text,
    Texts,
    plain,
)

WIDTH = 10_200
_NUMBER = 800
_HEAD, _GROUP, _CLAUSE, _NOTICE, _MUTED = "0B4F6C", "D6E6EE", "EEF4F7", "FFF7E0", "45494C"
_TITLE = Look(size=18, bold=True, heading=1, after=4)
_SECTION = Look(size=13, bold=True, heading=2, before=4, after=2)
_NAME = Look(size=9, bold=True, colour="FFFFFF")
_SMALL, _HINT = Look(size=9), Look(size=9, colour=_MUTED)
_VALUE = Look(size=9, bold=True)
_FOOT = Look(size=8, colour=_MUTED)
_PAGE_SLOTS = {"{{ page }}": "PAGE", "{{ pages }}": "NUMPAGES"}


def docx_of(paper: Paper, terms: bytes) -> bytes:
    """The whole file; `terms` are the canonical JSON of the contract, which `terms_in_docx` finds again."""
    main = paper.languages[0]
    return packed(
        Words(
            title=paper.title,
            language=main.code,
            rtl=main.right_to_left,
            day=paper.signed_on,
            body="".join(_Sheet(paper).body()),
            head=_head(paper),
            foot=_foot(paper),
            terms=terms,
        )
    )


def _head(paper: Paper) -> str:
    """On every page: that it is a draft, in each language and across the page."""
    look = Look(size=8, bold=True, colour="8A2B06", centred=True)
    return "".join(
        around(
            runs(text, language, look) + (watermark(plain(text)) if not at else ""),
            look,
            rtl=language.right_to_left,
        )
        for at, (language, text) in enumerate(zip(paper.languages, paper.draft, strict=True))
    )


def _foot(paper: Paper) -> str:
    main, wide = paper.languages[0], WIDTH // len(paper.languages)
    numbers = row(
        Cell(
            content=around(_page_runs(text, one), _FOOT, rtl=one.right_to_left),
            width=wide,
        )
        for one, text in zip(paper.languages, paper.foot.page, strict=True)
    )
    initials = " / ".join(map(plain, paper.foot.initials))
    return (
        paragraph((Piece(" · ".join(marks_of(paper)), True),), main, _FOOT)
        + table([numbers], [wide] * len(paper.languages), rtl=main.right_to_left, border="nil",
                padding=0)
        + paragraph((Piece(f"{initials}: ……………………………"),), main, _FOOT)
    )  # fmt: skip


def _page_runs(text: str, language: PaperLanguage) -> str:
    """The words around the numbers of the page and of all pages, which are fields."""
    found = ""
    while text:
        at, slot = min(
            ((text.find(one), one) for one in _PAGE_SLOTS if one in text), default=(len(text), "")
        )
        if at:
            found += run(text[:at], language, _FOOT, rtl=language.right_to_left)
        if slot:
            found += field(_PAGE_SLOTS[slot], language, _FOOT)
        text = text[at + len(slot) :]
    return found


class _Sheet:
    def __init__(self, paper: Paper) -> None:
        self.paper, self.languages = paper, paper.languages
        self.rtl = paper.languages[0].right_to_left

    def body(self) -> Iterator[str]:
        paper = self.paper
        yield self.pair(paper.titles, _TITLE)
        notices = [self.row_of(one, _SMALL, tint=_NOTICE) for one in paper.notices]
        yield table(notices, self.halves(), rtl=self.rtl, border="nil")
        yield self.gap()
        yield self.facts(paper.about, paper.titles, named=False)
        yield self.pair(paper.key_facts_title, _SECTION)
        yield self.pair(paper.key_facts_hint, _HINT)
        yield self.facts(paper.key_facts, paper.key_facts_title, named=True)
        yield self.gap(new_page=True)
        yield self.pair(paper.clauses_title, _SECTION)
        yield self.clauses()
        # Word processors leave a heading in a table alone at the foot of a page, whatever is asked.
        yield self.gap(new_page=True)
        yield self.pair(paper.signatures_title, _SECTION)
        yield from blocks_of(paper, paper.signatures, WIDTH)
        if paper.attestations:
            yield self.gap(new_page=True)
            yield self.pair(paper.attestation_title, _SECTION)
            yield from blocks_of(paper, paper.attestations, WIDTH)
        yield self.gap()
        yield card_of(paper, WIDTH)
        yield self.gap()

    def gap(self, *, new_page: bool = False) -> str:
        return paragraph((), self.languages[0], Look(size=3, new_page=new_page))

    def halves(self) -> list[int]:
        return [WIDTH // len(self.languages)] * len(self.languages)

    def pair(self, texts: Texts, look: Look) -> str:
        """Texts beside each other; between them and the next table there must be a paragraph."""
        return (
            table([self.row_of(texts, look)], self.halves(), rtl=self.rtl, border="nil", padding=30)
            + self.gap()
        )

    def row_of(self, texts: Texts, look: Look, *, tint: str = "") -> str:
        return row(
            Cell(content=paragraph(text, language, look), width=WIDTH // len(texts), tint=tint)
            for language, text in zip(self.languages, texts, strict=True)
        )

    def names(self) -> list[str]:
        return [paragraph((Piece(one.name),), one, _NAME) for one in self.languages]

    def facts(self, facts: Sequence[PaperFact], says: Texts, *, named: bool) -> str:
        """Label and value of each language; each reads from its own side."""
        half = WIDTH // len(self.languages)
        sizes = (half * 44 // 100, half - half * 44 // 100)
        turned = [one.right_to_left is not self.rtl for one in self.languages]
        widths = [wide for one in turned for wide in (reversed(sizes) if one else sizes)]
        rows = [self.fact(one, sizes, turned) for one in facts]
        return table(rows, widths, rtl=self.rtl, says=plain(says[0])) + self.gap()

    def fact(self, fact: PaperFact, sizes: tuple[int, int], turned: Iterable[bool]) -> str:
        cells: list[Cell] = []
        for at, (language, is_turned) in enumerate(zip(self.languages, turned, strict=True)):
            made = [
                Cell(content=paragraph(fact.labels[at], language, _HINT), width=sizes[0]),
                Cell(content=paragraph(fact.texts[at], language, _VALUE), width=sizes[1]),
            ]
            cells += reversed(made) if is_turned else made
        return row(cells)

    # --- the clauses -----------------------------------------------------------------------------

    def clauses(self) -> str:
        half = (WIDTH - _NUMBER) // len(self.languages)
        widths = [_NUMBER, *[half] * len(self.languages)]
        number = paragraph((Piece("№"),), self.languages[0], _NAME)
        rows = [
            row(
                (
                    Cell(content=content, width=wide, tint=_HEAD)
                    for content, wide in zip([number, *self.names()], widths, strict=True)
                ),
                head=True,
            )
        ]
        for group in self.paper.groups:
            look = Look(size=12, bold=True, keep=True)
            rows.append(self.numbered("", group.titles, widths, look, tint=_GROUP))
            for clause in group.clauses:
                rows += self.clause(clause, widths)
        says = plain(self.paper.clauses_title[0])
        return table(rows, widths, rtl=self.rtl, says=says) + self.gap()

    def clause(self, clause: PaperClause, widths: Sequence[int]) -> Iterator[str]:
        look = Look(size=10, bold=True, keep=True)
        yield self.numbered(clause.number, clause.titles, widths, look, tint=_CLAUSE)
        for one in clause.rows:
            yield self.numbered(one.number, one.texts, widths, Look(size=9.5))

    def numbered(
        self, number: str, texts: Texts, widths: Sequence[int], look: Look, *, tint: str = ""
    ) -> str:
        first: Text = (Piece(number, True),)
        count = Look(size=9, colour=_MUTED, keep=look.keep)
        contents = [
            paragraph(first, self.languages[0], count),
            *(
                paragraph(text, language, look)
                for language, text in zip(self.languages, texts, strict=True)
            ),
        ]
        return row(
            Cell(content=content, width=wide, tint=tint)
            for content, wide in zip(contents, widths, strict=True)
        )
