"""Readings of agencies for the matcher: written with every change of an entry, made again when the word
tables change."""

import asyncio
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.agencies.queries.taught import list_public_names
from recruitwatch.agencies.rules.matching import facts_of
from recruitwatch.agencies.tables import agencies, agency_readings, register_versions, registers
from recruitwatch.agencies.values import AgencyRecord, NumberKind
from recruitwatch.names.dictionary import load_dictionary, read_with
from recruitwatch.names.rules.agencies import read_agency
from recruitwatch.names.rules.keys import agency_keys
from recruitwatch.names.rules.readings import pack

Entry = tuple[UUID, AgencyRecord]
AT_ONCE = 500


async def set_readings(session: AsyncSession, entries: Sequence[Entry]) -> None:
    """Read these agencies and file them under their keys, five hundred in a statement."""
    if not entries:
        return
    own = registers.c
    wanted = sorted({record.register_id for _, record in entries})
    found = await session.execute(
        select(own.id, own.numbers).where(own.id == func.any(wanted)).order_by(own.id)
    )
    kinds = {register_id: NumberKind(numbers) for register_id, numbers in found}
    for first in range(0, len(entries), AT_ONCE):
        part = entries[first : first + AT_ONCE]
        names = await list_public_names(session, [agency_id for agency_id, _ in part])
        await _write(session, await asyncio.to_thread(_readings, part, kinds, names))


async def _write(session: AsyncSession, rows: Sequence[Mapping[str, object]]) -> None:
    """One statement for all: keys are counted once a statement."""
    statement = insert(agency_readings).values(rows)
    changed = {
        name: statement.excluded[name] for name in ("register_id", "read_with", "keys", "reading")
    }
    is_other = or_(
        agency_readings.c.reading != statement.excluded.reading,
        agency_readings.c.read_with != statement.excluded.read_with,
    )
    await session.execute(
        statement.on_conflict_do_update(index_elements=["agency_id"], set_=changed, where=is_other)
    )


def _readings(
    entries: Sequence[Entry],
    kinds: Mapping[str, NumberKind],
    names: Mapping[UUID, Sequence[str]],
) -> list[dict[str, object]]:
    dictionary, version = load_dictionary(), read_with()
    rows: list[dict[str, object]] = []
    for agency_id, record in entries:
        kind, called = kinds[record.register_id], names.get(agency_id, ())
        agency = read_agency(facts_of(agency_id, record, kind, called), dictionary)
        rows.append(
            {
                "agency_id": agency_id,
                "register_id": record.register_id,
                "read_with": version,
                "keys": sorted(agency_keys(agency)),
                "reading": pack(agency),
            }
        )
    return rows


async def get_register_version(session: AsyncSession) -> int:
    """Grows with every change of what agencies are found by, of brokers, and of taught names."""
    total = await session.scalar(select(func.sum(register_versions.c.version)))
    return int(total or 0)


async def list_unread(session: AsyncSession, *, limit: int) -> list[UUID]:
    """Agencies without a reading, or with one by other tables; in order of id."""
    own, known = agencies.c, agency_readings.c
    statement = (
        select(own.id)
        .outerjoin(agency_readings, known.agency_id == own.id)
        .where(known.read_with.is_distinct_from(read_with()))
        .order_by(own.id)
        .limit(limit)
    )
    return list(await session.scalars(statement))
