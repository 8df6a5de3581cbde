"""Results of audits that were approved before results were kept: judged once and kept (decision 0019)."""

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.audits.queries.results import insert_results, judge, list_due

BATCH = 500


async def keep_due_results(session: AsyncSession) -> int:
    """Keep the results of the next few hundred such audits; gives how many, 0 when all are kept."""
    due = await list_due(session, limit=BATCH)
    if due:
        await insert_results(session, await judge(session, due))
    return len(due)
