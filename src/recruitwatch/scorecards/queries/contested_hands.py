"""Who had a hand in what a contested line comes from, and so decides nothing about it."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.audits.queries import find_worked_on
from recruitwatch.findings.queries import list_worked_on
from recruitwatch.scorecards.rules.contesting import (
    finding_behind,
    items_behind_limit,
    visits_behind,
)
from recruitwatch.scorecards.values.issued import IssuedCard


async def find_lines_worked_on(
    session: AsyncSession, person_id: UUID | None, line_ids: Collection[str], issued: IssuedCard
) -> frozenset[str]:
    """Those of these lines that come from what a person had a hand in: who inspected or reviewed the
    visit, or worked on or decided the finding that an answer or a limit of the grade comes from."""
    if person_id is None:
        return frozenset()
    inputs, talks = issued.inputs, issued.snapshot.interviews
    visits = {one: visits_behind(one, inputs, talks) for one in line_ids}
    found = {one: finding_behind(one, inputs) for one in line_ids}
    items = {one: items_behind_limit(one, issued.snapshot.card) for one in line_ids}
    own_visits = await find_worked_on(session, person_id, frozenset().union(*visits.values()))
    own = await list_worked_on(
        session, person_id, issued.agency_id,
        ids=[one for one in found.values() if one is not None],
        items=frozenset().union(*items.values()),
    )  # fmt: skip
    own_findings, own_items = {one for one, _ in own}, {item for _, item in own}
    return frozenset(
        one
        for one in line_ids
        if visits[one] & own_visits or found[one] in own_findings or items[one] & own_items
    )
