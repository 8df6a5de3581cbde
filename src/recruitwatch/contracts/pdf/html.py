"""A contract as one HTML file: both languages beside each other, the same number on the same row."""

from collections.abc import Iterable, Iterator
from html import escape

from recruitwatch.contracts.pdf.foot import marks_of
from recruitwatch.contracts.pdf.look import STYLE
from recruitwatch.contracts.pdf.signs import SIGNS
from recruitwatch.contracts.values.paper import (
    Paper,
    PaperBlock,
    PaperClause,
    PaperFact,
    PaperGroup,
    PaperLanguage,
    Text,
    Texts,
    plain,
)
from recruitwatch.documents import code_svg, sign_svg


def html_of(paper: Paper) -> str:
    """The whole file. It needs nothing beside it and runs no script."""
    main = paper.languages[0]
    return "".join(
        (
            "<!DOCTYPE html>\n",
            f'<html lang="{main.code}" dir="{_way(main)}">\n<head>\n<meta charset="utf-8">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            f"<title>{escape(paper.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n",
            *_Sheet(paper).body(),
            "</body>\n</html>\n",
        )
    )


def _way(language: PaperLanguage) -> str:
    return "rtl" if language.right_to_left else "ltr"


class _Sheet:
    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.languages = paper.languages

    def body(self) -> Iterator[str]:
        paper = self.paper
        yield '<main>\n<section class="first">\n'
        yield f'<div class="pair">{self.tags("h1", paper.titles)}</div>\n'
        for notice in paper.notices:
            yield f'<div class="notice pair">{self.tags("p", notice)}</div>\n'
        yield self.facts(paper.about)
        yield f'<h2 class="pair">{self.tags("span", paper.key_facts_title)}</h2>\n'
        yield f'<div class="pair">{self.tags("p", paper.key_facts_hint)}</div>\n'
        yield self.facts(paper.key_facts)
        yield "</section>\n<section>\n"
        yield f'<h2 class="pair">{self.tags("span", paper.clauses_title)}</h2>\n'
        yield self.clauses()
        yield "</section>\n<section>\n"
        yield f'<h2 class="pair">{self.tags("span", paper.signatures_title)}</h2>\n'
        yield self.blocks(paper.signatures)
        if paper.attestations:
            yield f'<h2 class="pair">{self.tags("span", paper.attestation_title)}</h2>\n'
            yield self.blocks(paper.attestations)
        yield "</section>\n"
        yield self.card()
        yield "</main>\n"
        yield self.foot()

    def said(self, text: Text) -> str:
        return "".join(
            f"<bdi>{escape(one.text)}</bdi>" if one.value else escape(one.text) for one in text
        )

    def tag(self, name: str, at: int, text: Text, extra: str = "") -> str:
        language = self.languages[at]
        way = f'lang="{language.code}" dir="{_way(language)}"'
        return f"<{name} {way}{extra}>{self.said(text)}</{name}>"

    def tags(self, name: str, texts: Texts) -> str:
        return "".join(self.tag(name, at, text) for at, text in enumerate(texts) if plain(text))

    def facts(self, facts: Iterable[PaperFact]) -> str:
        return "".join(f'<div class="fact pair">{self.fact(one)}</div>\n' for one in facts)

    def fact(self, fact: PaperFact) -> str:
        sign = SIGNS.get(fact.name)
        drawn = f"{sign_svg(sign)} " if sign else ""
        return "".join(
            f'<p lang="{language.code}" dir="{_way(language)}">'
            f"<span>{drawn}{self.said(label)}</span> <strong>{self.said(text)}</strong></p>"
            for language, label, text in zip(self.languages, fact.labels, fact.texts, strict=True)
        )

    def clauses(self) -> str:
        names = "".join(
            f'<th scope="col" lang="{one.code}" dir="{_way(one)}">{escape(one.name)}</th>'
            for one in self.languages
        )
        return (
            f'<table>\n<thead><tr><th scope="col" class="number">№</th>{names}</tr></thead>\n'
            + "".join(map(self.group, self.paper.groups))
            + "</table>\n"
        )

    def group(self, group: PaperGroup) -> str:
        titles = "".join(
            self.tag("th", at, text, ' scope="colgroup"') for at, text in enumerate(group.titles)
        )
        return (
            f'<tbody>\n<tr class="group"><td></td>{titles}</tr>\n'
            + "".join(map(self.clause, group.clauses))
            + "</tbody>\n"
        )

    def clause(self, clause: PaperClause) -> str:
        titles = "".join(self.tag("th", at, text) for at, text in enumerate(clause.titles))
        head = (
            f'<tr class="clause" id="{clause.id.lower()}">'
            f'<th scope="row" class="number">{clause.number}</th>{titles}</tr>\n'
        )
        rows = "".join(
            f'<tr><th scope="row" class="number">{row.number}</th>'
            + "".join(self.tag("td", at, text) for at, text in enumerate(row.texts))
            + "</tr>\n"
            for row in clause.rows
        )
        return head + rows

    def blocks(self, blocks: Iterable[PaperBlock]) -> str:
        return f'<div class="blocks">\n{"".join(map(self.block, blocks))}</div>\n'

    def block(self, block: PaperBlock) -> str:
        fields = "".join(
            f"<dt>{self.tags_apart(one.labels)}</dt>"
            f"<dd>{self.said(one.texts[-1]) if one.texts else ''}</dd>"
            for one in block.fields
        )
        parts = [
            f'<div class="block" id="sign-{block.name}"><h3>{self.tags_apart(block.titles)}</h3>',
            self.tags("p", block.statement) if block.statement else "",
            f"<dl>{fields}</dl>",
            f'<div class="thumb">{self.tags_apart(block.thumbprint)}</div>'
            if block.thumbprint
            else "",
            f'<div class="stamp">{self.tags_apart(block.stamp)}</div>' if block.stamp else "",
            "</div>\n",
        ]
        return "".join(parts)

    def tags_apart(self, texts: Texts) -> str:
        spans = "".join(self.tag("span", at, text) for at, text in enumerate(texts))
        return f'<span class="both">{spans}</span>'

    def card(self) -> str:
        facts = "".join(
            f"<dt>{self.tags_apart(one.labels)}</dt><dd>{self.said(one.texts[-1])}</dd>"
            for one in self.paper.card.facts
        )
        return (
            f'<aside class="card"><h2>{self.tags_apart(self.paper.card.titles)}</h2>\n'
            f"{self.tags('p', self.paper.card.hint)}<dl>{facts}</dl></aside>\n"
        )

    def foot(self) -> str:
        """What stands at the foot of each page of the PDF, and where the contract can be checked."""
        shown = " · ".join(f"<bdi>{escape(one)}</bdi>" for one in marks_of(self.paper))
        initials = self.tags_apart(self.paper.foot.initials)
        return f'<footer class="foot">{self.check()}<p>{shown}</p><p>{initials}</p></footer>\n'

    def check(self) -> str:
        check = self.paper.check
        if check is None:
            return ""
        address = escape(check.address)
        return (
            f'<div class="check">{code_svg(check.address, plain(check.says[0]))}<div>'
            f'<div class="pair">{self.tags("p", check.says)}</div>'
            f'<p><a href="{address}"><bdi dir="ltr">{address}</bdi></a></p></div></div>\n'
        )
