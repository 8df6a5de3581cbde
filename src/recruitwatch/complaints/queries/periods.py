"""Which retention keys the stored drafts and cases need."""

import msgspec
from sqlalchemy import func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.complaints.tables import complaint_drafts, complaints


class PeriodUse(msgspec.Struct, frozen=True, kw_only=True):
    """How much is sealed under the key of one period."""

    period: str
    cases: int
    drafts: int


async def list_period_uses(session: AsyncSession) -> list[PeriodUse]:
    """All of them, in order of their names: a few hundred at most, since periods end."""
    sealed = union_all(
        select(complaints.c.period, literal(1).label("cases"), literal(0).label("drafts")).where(
            complaints.c.erased_at.is_(None)
        ),
        select(complaint_drafts.c.period, literal(0), literal(1)).where(
            complaint_drafts.c.sent_at.is_(None), complaint_drafts.c.pepper_sealed.is_not(None)
        ),
    ).subquery()
    statement = (
        select(
            sealed.c.period,
            func.sum(sealed.c.cases).label("cases"),
            func.sum(sealed.c.drafts).label("drafts"),
        )
        .group_by(sealed.c.period)
        .order_by(sealed.c.period)
    )
    return [PeriodUse(**row) for row in (await session.execute(statement)).mappings()]
