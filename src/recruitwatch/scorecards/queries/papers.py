"""Papers of the cards that are valid now, for whoever wants them all."""

from collections.abc import AsyncGenerator, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, exists, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.agencies.tables import agencies
from recruitwatch.scorecards.tables import card_papers, card_steps, issued_scorecards, public_cards
from recruitwatch.scorecards.values.papers import CurrentPaper
from recruitwatch.scorecards.values.publishing import CardStepKind, Paper

PAGE = 500


async def list_papers(session: AsyncSession, card_id: UUID) -> list[Paper]:
    """What is known of the papers of a card, one in each language."""
    statement = (
        select(
            card_papers.c.card_id, card_papers.c.language, card_papers.c.sha256,
            card_papers.c.size, card_papers.c.made_at,
        )
        .where(card_papers.c.card_id == card_id)
        .order_by(card_papers.c.language)
    )  # fmt: skip
    return [Paper(**row) for row in (await session.execute(statement)).mappings()]


async def each_current_paper(
    session: AsyncSession, languages: Sequence[str]
) -> AsyncGenerator[CurrentPaper, None]:
    """The papers in these languages of every agency's newest published card, unless that was recalled;
    by agency and language, one statement for many. Read it in a snapshot, or the pages are of
    different states."""
    last: CurrentPaper | None = None
    key = tuple_(public_cards.c.agency_id, card_papers.c.language)
    statement = (
        select(
            public_cards.c.agency_id, agencies.c.licence_no, issued_scorecards.c.revision,
            card_papers.c.language, card_papers.c.sha256,
        )
        .join(issued_scorecards, issued_scorecards.c.id == public_cards.c.card_id)
        .join(agencies, agencies.c.id == public_cards.c.agency_id)
        .join(card_papers, card_papers.c.card_id == public_cards.c.card_id)
        .where(
            card_papers.c.language.in_(languages),
            issued_scorecards.c.revision == _newest_published(),
            ~_was(CardStepKind.RECALLED),
        )
        .order_by(public_cards.c.agency_id, card_papers.c.language)
        .limit(PAGE)
    )  # fmt: skip
    while True:
        page = statement
        if last is not None:
            page = statement.where(key > tuple_(last.agency_id, last.language))
        found = [CurrentPaper(**row) for row in (await session.execute(page)).mappings()]
        for paper in found:
            yield paper
        if len(found) < PAGE:
            return
        last = found[-1]


def _was(kind: CardStepKind) -> ColumnElement[bool]:
    step = card_steps.alias(f"{kind.value}_step")
    return exists().where(step.c.card_id == public_cards.c.card_id, step.c.kind == kind.value)


def _newest_published() -> ScalarSelect[int | None]:
    other, issued, step = (
        public_cards.alias("other_card"), issued_scorecards.alias("other_issued"),
        card_steps.alias("other_step"),
    )  # fmt: skip
    return (
        select(func.max(issued.c.revision))
        .join(other, other.c.card_id == issued.c.id)
        .join(step, step.c.card_id == other.c.card_id)
        .where(
            other.c.agency_id == public_cards.c.agency_id,
            step.c.kind == CardStepKind.PUBLISHED.value,
        )
        .correlate(public_cards)
        .scalar_subquery()
    )
