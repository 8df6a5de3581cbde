"""How many lines of a card are contested, beside the card, and which contest a line belongs to."""

from uuid import UUID

from sqlalchemy import ScalarSelect, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.scorecards.tables import contested_lines, line_decisions, public_cards

MOST_LINES = 500


def contested_count() -> ScalarSelect[int]:
    """The contested lines of a card, decided or not, within a statement over public cards."""
    line = contested_lines.alias("counted_line")
    return (
        select(func.count())
        .where(line.c.card_id == public_cards.c.card_id)
        .correlate(public_cards)
        .scalar_subquery()
    )


def pending_count() -> ScalarSelect[int]:
    """Those of them that nobody has decided."""
    line, decision = contested_lines.alias("waiting_line"), line_decisions.alias("its_decision")
    return (
        select(func.count())
        .select_from(
            line.outerjoin(
                decision,
                and_(
                    decision.c.contest_id == line.c.contest_id,
                    decision.c.line_id == line.c.line_id,
                ),
            )
        )
        .where(line.c.card_id == public_cards.c.card_id, decision.c.line_id.is_(None))
        .correlate(public_cards)
        .scalar_subquery()
    )


async def list_contests_of_lines(session: AsyncSession, card_id: UUID) -> dict[str, UUID]:
    """The contested lines of a card and the contest that each is decided in."""
    statement = (
        select(contested_lines.c.line_id, contested_lines.c.contest_id)
        .where(contested_lines.c.card_id == card_id)
        .order_by(contested_lines.c.line_id)
        .limit(MOST_LINES)
    )
    rows = await session.execute(statement)
    return {row.line_id: row.contest_id for row in rows}
