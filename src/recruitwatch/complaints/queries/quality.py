"""SQL of how well agencies are found: one line for each judgement, and its counts."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.complaints.tables import complaint_links, complaints, match_judgements
from recruitwatch.complaints.values.judging import Judgement, Seen
from recruitwatch.complaints.values.learning import Counted

_link, _seen = complaint_links.c, match_judgements.c


async def insert_match_judgement(session: AsyncSession, link_id: UUID, seen: Seen) -> None:
    await session.execute(
        insert(match_judgements).values(link_id=link_id, **msgspec.structs.asdict(seen))
    )


async def list_counted(session: AsyncSession, *, before: datetime) -> list[Counted]:
    """Confirmed links that stood at this instant, by language, script and what was suggested. What was taken
    back since still counts: a number that falls between would tell of one case."""
    later = complaint_links.alias("later")
    keys = (complaints.c.language, _seen.script, _seen.outcome, _seen.rank)
    statement = (
        select(*keys, func.count().label("cases"))
        .join(complaint_links, _link.id == _seen.link_id)
        .join(complaints, complaints.c.id == _link.case_id)
        .where(
            _link.judgement == Judgement.CONFIRMED.value,
            _link.judged_at < before,
            ~select(later.c.id)
            .where(later.c.supersedes == _link.id, later.c.judged_at < before)
            .exists(),
        )
        .group_by(*keys)
        .order_by(*keys)
    )
    return [Counted(**row) for row in (await session.execute(statement)).mappings()]
