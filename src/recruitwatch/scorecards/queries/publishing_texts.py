"""What public pages show beside a published card: its frozen text, its questions, its papers."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.scorecards.tables import card_papers, card_steps, issued_scorecards, public_cards
from recruitwatch.scorecards.values.issued import CardQuestion
from recruitwatch.scorecards.values.public import PublicLine
from recruitwatch.scorecards.values.publishing import CardStepKind, NoPublicCard


class _Named(msgspec.Struct, frozen=True):
    """The part of a public card that names questions."""

    lines: tuple[PublicLine, ...]
    withheld_items: tuple[str, ...]


class _Asked(msgspec.Struct, frozen=True):
    """The part of a snapshot that holds their texts."""

    questions: Mapping[str, CardQuestion]


async def get_public_text(session: AsyncSession, card_id: UUID) -> str:
    """The public card as it was frozen, letter by letter: its SHA-256 is taken of this text."""
    statement = select(public_cards.c.public_card).where(public_cards.c.card_id == card_id)
    text: str | None = await session.scalar(statement)
    if text is None:
        raise NoPublicCard
    return text


async def get_public_questions(session: AsyncSession, card_id: UUID) -> Mapping[str, str]:
    """The questions that the public card names, as they were put. Those of the whole card that it
    does not name stay out."""
    statement = (
        select(public_cards.c.public_card, issued_scorecards.c.card)
        .join(issued_scorecards, issued_scorecards.c.id == public_cards.c.card_id)
        .where(public_cards.c.card_id == card_id)
    )
    row = (await session.execute(statement)).one_or_none()
    if row is None:
        raise NoPublicCard
    named = msgspec.json.decode(row.public_card, type=_Named)
    wanted = {*(line.item for line in named.lines), *named.withheld_items}
    asked = msgspec.json.decode(row.card, type=_Asked).questions
    return {item: asked[item].text for item in sorted(wanted & asked.keys())}


async def find_replaced_on(session: AsyncSession, card_id: UUID) -> date | None:
    """The day on which a newer revision of the same agency was first published."""
    own, newer = issued_scorecards.alias("own"), issued_scorecards.alias("newer")
    statement = (
        select(func.min(card_steps.c.on_date))
        .join(newer, newer.c.id == card_steps.c.card_id)
        .join(own, (own.c.agency_id == newer.c.agency_id) & (own.c.revision < newer.c.revision))
        .where(own.c.id == card_id, card_steps.c.kind == CardStepKind.PUBLISHED.value)
    )
    day: date | None = await session.scalar(statement)
    return day


async def list_paper_sums(session: AsyncSession, card_id: UUID) -> dict[str, str]:
    """Language to SHA-256 of every paper that was made of the card."""
    statement = (
        select(card_papers.c.language, card_papers.c.sha256)
        .where(card_papers.c.card_id == card_id)
        .order_by(card_papers.c.language)
    )
    return {row.language: row.sha256 for row in await session.execute(statement)}
