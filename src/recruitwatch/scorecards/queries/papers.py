"""Papers of the cards that are valid now, for whoever wants them all."""

from collections.abc import AsyncGenerator
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.agencies.tables import agencies
from recruitwatch.scorecards.tables import card_papers, card_steps, issued_scorecards, public_cards
from recruitwatch.scorecards.values.papers import CurrentPaper
from recruitwatch.scorecards.values.publishing import CardStepKind

PAGE = 500


async def each_current_paper(
    session: AsyncSession, language: str
) -> AsyncGenerator[CurrentPaper, None]:
    """The paper of every agency's newest published card, unless that was recalled; by agency, one
    statement for many. Read it in a snapshot, or the pages are of different states."""
    last: UUID | None = None
    statement = (
        select(
            public_cards.c.agency_id, agencies.c.licence_no, issued_scorecards.c.revision,
            card_papers.c.sha256,
        )
        .join(issued_scorecards, issued_scorecards.c.id == public_cards.c.card_id)
        .join(agencies, agencies.c.id == public_cards.c.agency_id)
        .join(card_papers, card_papers.c.card_id == public_cards.c.card_id)
        .where(
            card_papers.c.language == language,
            issued_scorecards.c.revision == _newest_published(),
            ~_was(CardStepKind.RECALLED),
        )
        .order_by(public_cards.c.agency_id)
        .limit(PAGE)
    )  # fmt: skip
    while True:
        page = statement if last is None else statement.where(public_cards.c.agency_id > last)
        found = [CurrentPaper(**row) for row in (await session.execute(page)).mappings()]
        for paper in found:
            yield paper
        if len(found) < PAGE:
            return
        last = found[-1].agency_id


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
