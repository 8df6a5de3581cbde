"""SQL that finds the agencies that officers are offered, with what speaks for each."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.agencies.tables import agencies, agency_addresses, registers
from recruitwatch.complaints.values.judging import Candidate, Fact

_own = agencies.c


async def list_candidates(
    session: AsyncSession, found: Iterable[tuple[UUID, Fact]]
) -> list[Candidate]:
    """The agencies with all that speaks for each, in the order they were first found."""
    facts: dict[UUID, list[Fact]] = {}
    for agency_id, fact in found:
        known = facts.setdefault(agency_id, [])
        if fact.evidence not in {one.evidence for one in known}:
            known.append(fact)
    city = (
        select(agency_addresses.c.city)
        .where(agency_addresses.c.agency_id == _own.id, agency_addresses.c.position == 0)
        .correlate(agencies)
        .scalar_subquery()
    )
    statement = (
        select(
            _own.id.label("agency_id"), _own.legal_name, _own.licence_no,
            registers.c.title.label("register_title"), func.coalesce(city, "").label("city"),
        )
        .join(registers, registers.c.id == _own.register_id)
        .where(_own.id.in_(list(facts)))
        .order_by(_own.id)
    )  # fmt: skip
    rows = {row["agency_id"]: row for row in (await session.execute(statement)).mappings()}
    return [
        Candidate(**rows[agency_id], facts=tuple(known))
        for agency_id, known in facts.items()
        if agency_id in rows
    ]
