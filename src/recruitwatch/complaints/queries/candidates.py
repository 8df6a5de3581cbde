"""SQL that finds agencies a case may be about: exact numbers, telephone numbers, names and aliases."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from sqlalchemy import false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.agencies.queries import search
from recruitwatch.agencies.tables import (
    agencies,
    agency_addresses,
    agency_contacts,
    agency_names,
    registers,
)
from recruitwatch.complaints.values.judging import Candidate, Evidence, Fact
from recruitwatch.names.rules import normalise

MOST = 20
SHORTEST_PART = 2
_own = agencies.c


async def list_by_licence(
    session: AsyncSession, keys: Sequence[str], said: str
) -> list[tuple[UUID, Fact]]:
    """Agencies whose licence number is one of the keys, has its digits, or holds them as a part; of each
    the surest that is so."""
    found: dict[UUID, Fact] = {}
    for evidence, condition in (
        (Evidence.LICENCE_EXACT, _own.licence_no_norm.in_(keys)),
        (Evidence.LICENCE_DIGITS, _own.licence_digits.in_(keys)),
        (
            Evidence.LICENCE_PART,
            or_(false(), *(_own.licence_digits.contains(key) for key in keys if _is_part(key))),
        ),
    ):
        statement = select(_own.id).where(condition).order_by(_own.licence_no_norm, _own.id)
        for agency_id in await session.scalars(statement.limit(MOST)):
            found.setdefault(agency_id, Fact(evidence=evidence, said=said))
    return list(found.items())


def _is_part(key: str) -> bool:
    return key.isdecimal() and len(key) >= SHORTEST_PART


async def list_by_phone(
    session: AsyncSession, keys: Collection[str], said: str
) -> list[tuple[UUID, Fact]]:
    contacts = agency_contacts.c
    statement = (
        select(contacts.agency_id)
        .where(contacts.value_norm.in_(keys))
        .order_by(contacts.agency_id)
        .limit(MOST)
    )
    fact = Fact(evidence=Evidence.PHONE, said=said)
    return [(agency_id, fact) for agency_id in await session.scalars(statement)]


async def list_by_name(session: AsyncSession, said: str) -> list[tuple[UUID, Fact]]:
    """Names and aliases that are what she wrote, or alike."""
    hits = await search(session, said, limit=MOST)
    name = normalise(said)
    exact = set(
        await session.scalars(
            select(agency_names.c.agency_id)
            .where(agency_names.c.name_norm == name, func.length(agency_names.c.name_norm) > 0)
            .order_by(agency_names.c.agency_id)
            .limit(MOST)
        )
    )
    return [
        (
            hit.id,
            Fact(evidence=Evidence.ALIAS if hit.id in exact else Evidence.NAME_ALIKE, said=said),
        )
        for hit in hits.hits
    ]


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
