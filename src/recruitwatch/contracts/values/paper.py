"""A contract ready to be drawn: every text in every language, in order, and nothing left to decide.

Whoever draws it (HTML, PDF, DOCX) shows the same texts. A `Text` is in pieces, because values such as
names and numbers must be kept together in a text that runs the other way.
"""

from datetime import date

import msgspec

from recruitwatch.errors import N_, Rejected


class DoesNotFit(Rejected):
    """Texts that no page has room for."""

    code = "contract.does-not-fit"
    sentence = N_(
        "The texts of this contract are too long to be printed. Shorten the longest names and addresses."
    )


class Piece(msgspec.Struct, frozen=True):
    """Words, or a value that stands in them."""

    text: str
    value: bool = False


Text = tuple[Piece, ...]
# One text for each language of the paper, in their order.
Texts = tuple[Text, ...]


def plain(text: Text) -> str:
    """A text without its pieces."""
    return "".join(one.text for one in text)


class PaperLanguage(msgspec.Struct, frozen=True, kw_only=True):
    """`code` is for `lang` attributes, `draft` says that no lawyer who knows the language read it."""

    code: str
    name: str
    right_to_left: bool
    draft: bool


class PaperRow(msgspec.Struct, frozen=True, kw_only=True):
    """Texts that stand beside each other under one number."""

    number: str
    texts: Texts


class PaperClause(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    number: str
    titles: Texts
    rows: tuple[PaperRow, ...]


class PaperGroup(msgspec.Struct, frozen=True, kw_only=True):
    titles: Texts
    clauses: tuple[PaperClause, ...]


class PaperFact(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    labels: Texts
    texts: Texts


class PaperField(msgspec.Struct, frozen=True, kw_only=True):
    """A line to fill in by hand; `texts` is what already stands on it."""

    labels: Texts
    texts: Texts | None = None


class PaperBlock(msgspec.Struct, frozen=True, kw_only=True):
    """Where one person signs, or one office stamps."""

    name: str
    titles: Texts
    statement: Texts | None = None
    fields: tuple[PaperField, ...]
    thumbprint: Texts | None = None
    stamp: Texts | None = None


class PaperCard(msgspec.Struct, frozen=True, kw_only=True):
    """The small card to cut out and keep."""

    titles: Texts
    hint: Texts
    facts: tuple[PaperFact, ...]


class PaperFoot(msgspec.Struct, frozen=True, kw_only=True):
    """What stands at the foot of every page. `page` holds the slots `page` and `pages`."""

    number: str
    version: str
    template: str
    short_hash: str
    page: tuple[str, ...]
    initials: Texts


class PaperCheck(msgspec.Struct, frozen=True, kw_only=True):
    """Where everybody can see whether the contract is valid: a code to scan, and what to do with it."""

    address: str
    says: Texts


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """`draft` is what every page says of a paper that is not `registered`."""

    signed_on: date
    registered: bool
    draft: Texts
    check: PaperCheck | None = None
    languages: tuple[PaperLanguage, ...]
    titles: Texts
    notices: tuple[Texts, ...]
    about: tuple[PaperFact, ...]
    key_facts_title: Texts
    key_facts_hint: Texts
    key_facts: tuple[PaperFact, ...]
    clauses_title: Texts
    groups: tuple[PaperGroup, ...]
    signatures_title: Texts
    signatures: tuple[PaperBlock, ...]
    attestation_title: Texts
    attestations: tuple[PaperBlock, ...]
    card: PaperCard
    foot: PaperFoot

    @property
    def title(self) -> str:
        """What the file is called by programs that open it."""
        title = plain(self.titles[0])
        return f"{title} · {self.foot.number}" if self.foot.number else title
