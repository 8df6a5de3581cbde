"""SQL of what an officer's own cases say together about a broker and an agency."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.complaints.queries.cases import held_by
from recruitwatch.complaints.tables import complaint_links, complaints


async def count_own_cases(
    session: AsyncSession, actor: Actor, broker_ids: Collection[UUID], agency_id: UUID
) -> int:
    """Cases that the actor holds in which one of these records and the agency stand confirmed."""
    broker, agency = complaint_links.alias("broker"), complaint_links.alias("agency")
    statement = (
        select(func.count())
        .select_from(complaints)
        .where(
            held_by(actor),
            _stands(broker, broker.c.broker_id.in_(broker_ids)),
            _stands(agency, agency.c.agency_id == agency_id),
        )
    )
    return await session.scalar(statement) or 0


def _stands(link: FromClause, target: ColumnElement[bool]) -> ColumnElement[bool]:
    later = complaint_links.alias()
    return (
        select(link.c.id)
        .where(
            link.c.case_id == complaints.c.id,
            link.c.judgement == "confirmed",
            target,
            ~select(later.c.id).where(later.c.supersedes == link.c.id).exists(),
        )
        .exists()
    )
