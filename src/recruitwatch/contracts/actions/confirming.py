"""Opening findings of an agency from a checked contract. Nothing reaches the agency by that: its evidence
is served later by somebody, and decided by somebody else."""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.agencies.queries import get_agency
from recruitwatch.checklists.queries import list_newest
from recruitwatch.contracts.queries.checks import insert_check
from recruitwatch.contracts.rules.checking.confirming import (
    Opening,
    findings_of_check,
    new_check,
    places_of,
)
from recruitwatch.contracts.values.checking import CheckInput, CheckReport
from recruitwatch.contracts.values.confirming import NothingToOpen
from recruitwatch.errors import NotAllowed
from recruitwatch.findings.actions import open_findings
from recruitwatch.web.languages import DEFAULT
from recruitwatch.web.saying import say


async def open_contract_findings(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    agency_id: UUID,
    given: CheckInput,
    report: CheckReport,
    rules: Collection[str],
) -> int:
    """Open one finding for each checklist item that the chosen rules bear on; gives how many."""
    if actor.person_id is None or actor.office_id is None:
        raise NotAllowed
    await get_agency(session, agency_id)
    places = places_of(await list_newest(session))
    kept = new_check(given, report, places, agency_id=agency_id, rules=rules)
    opening = Opening(
        check_id=uuid4(), found_by=actor.person_id, office_id=actor.office_id, on=now.date()
    )
    new = findings_of_check(kept, report, places, opening, partial(say, language=DEFAULT))
    if not new:
        raise NothingToOpen
    await insert_check(session, opening.check_id, kept, opened_by=actor.person_id, now=now)
    return await open_findings(
        session, actor, now, new=new, worked_by=[actor.person_id], reviewed_by=()
    )
