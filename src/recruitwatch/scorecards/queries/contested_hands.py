"""Who had a hand in what a contested line comes from, and so decides nothing about it."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.audits.queries import find_hands_in
from recruitwatch.findings.queries import get_finding
from recruitwatch.findings.rules import DECISIONS
from recruitwatch.scorecards.rules.contesting import finding_behind, visits_behind
from recruitwatch.scorecards.values.issued import IssuedCard


async def find_hands_behind(
    session: AsyncSession, line_id: str, issued: IssuedCard
) -> frozenset[UUID]:
    """Who inspected or reviewed the visit, or worked on or decided the finding, that the answer of this
    line comes from; nobody for every other line."""
    finding_id = finding_behind(line_id, issued.inputs)
    if finding_id is None:
        visits = visits_behind(line_id, issued.inputs, issued.snapshot.interviews)
        return await find_hands_in(session, visits)
    finding = await get_finding(session, finding_id)
    return finding.barred | {one.taken_by for one in finding.steps if one.kind in DECISIONS}
