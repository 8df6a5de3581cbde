"""SQL of what imports changed, for undoing them and for telling news from old words of a source."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

import msgspec
from sqlalchemy import Text, cast, delete, func, insert, select, text
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.agencies.tables import agencies, registers
from recruitwatch.agencies.values import AgencyRecord
from recruitwatch.db.rows import as_struct
from recruitwatch.registers.tables import import_changes, imports
from recruitwatch.registers.values import Change, LastSaid, StoredChange

_record = msgspec.json.Decoder(AgencyRecord)


async def lock_versions(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, int]:
    """The versions of these agencies, locked against change and against being referred to."""
    statement = (
        select(agencies.c.id, agencies.c.version)
        .where(agencies.c.id == func.any(list(ids)))
        .order_by(agencies.c.id)
        .with_for_update()
    )
    return {row.id: row.version for row in await session.execute(statement)}


async def find_referred(session: AsyncSession, ids: Collection[UUID]) -> set[UUID]:
    """Those of the agencies that other records refer to. Which tables do so is asked of the
    database, since they belong to features above this one."""
    tables = await session.execute(
        text(
            "select c.conrelid::regclass::text as name, quote_ident(a.attname) as key "
            "from pg_constraint c join pg_attribute a "
            "on a.attrelid = c.conrelid and a.attnum = c.conkey[1] "
            "where c.contype = 'f' and c.confrelid = 'agencies'::regclass "
            "and c.confdeltype <> 'c' order by 1, 2"
        )
    )
    parts = [f"select {row.key} from {row.name} where {row.key} = any(:ids)" for row in tables]
    if not parts:
        return set()
    found = await session.execute(text(" union ".join(parts)), {"ids": list(ids)})
    return set(found.scalars())


async def insert_changes(
    session: AsyncSession,
    import_id: UUID,
    changes: Sequence[Change],
    versions: Mapping[UUID, int],
) -> None:
    rows = [
        {
            "import_id": import_id,
            "agency_id": change.agency_id,
            "row_no": change.row_no,
            "before": msgspec.to_builtins(change.before) if change.before else None,
            "after": msgspec.to_builtins(change.after),
            "version_after": versions[change.agency_id],
            "said": msgspec.to_builtins(change.said) if change.said else None,
        }
        for change in changes
    ]
    if rows:
        await session.execute(insert(import_changes), rows)


async def list_made(
    session: AsyncSession, import_id: UUID, *, after: UUID | None = None, limit: int
) -> list[UUID]:
    """Agencies that an import created, by id: those behind `after`."""
    c = import_changes.c
    own = select(c.agency_id).where(c.import_id == import_id, c.before.is_(None))
    if after is not None:
        own = own.where(c.agency_id > after)
    return list(await session.scalars(own.order_by(c.agency_id).limit(limit)))


async def list_changes(
    session: AsyncSession,
    import_id: UUID,
    *,
    after: UUID | None = None,
    limit: int,
    only_changed: bool = False,
) -> list[StoredChange]:
    """What an import did, by agency: those behind `after`; without what it created if so asked."""
    c = import_changes.c
    statement = select(c.agency_id, c.row_no, c.before, c.after).where(c.import_id == import_id)
    if after is not None:
        statement = statement.where(c.agency_id > after)
    if only_changed:
        statement = statement.where(c.before.is_not(None))
    rows = (await session.execute(statement.order_by(c.agency_id).limit(limit))).mappings()
    return [as_struct(row, StoredChange) for row in rows]


async def find_changed_again(
    session: AsyncSession, import_id: UUID, ids: Collection[UUID]
) -> set[UUID]:
    """Those of the agencies that a later import, not undone since, changed too."""
    own, later = import_changes.alias("own").c, import_changes.alias("later").c
    statement = (
        select(later.agency_id)
        .join(own.import_id.table, own.agency_id == later.agency_id)
        .join(imports, imports.c.id == later.import_id)
        .where(
            own.import_id == import_id,
            own.agency_id == func.any(list(ids)),
            later.version_after > own.version_after,
            imports.c.undone_at.is_(None),
        )
    )
    return set(await session.scalars(statement))


async def delete_register_made(session: AsyncSession, register_id: str) -> bool:
    """Remove a register that an import made and that nothing uses any more; whether it was so."""
    own = registers.c.id == register_id
    # Whoever is entering something in it is waited for; nobody can begin until this is over.
    await session.execute(select(registers.c.id).where(own).with_for_update())
    of_it = imports.c.register_id == registers.c.id
    made = of_it & imports.c.made_register & (imports.c.imported_at >= registers.c.created_at)
    statement = delete(registers).where(
        own,
        select(imports.c.id).where(made).exists(),
        ~select(imports.c.id).where(of_it, imports.c.undone_at.is_(None)).exists(),
        ~select(agencies.c.id).where(agencies.c.register_id == registers.c.id).exists(),
    )
    return (await session.execute(statement.returning(registers.c.id))).first() is not None


async def list_last_said(session: AsyncSession, register_id: str) -> LastSaid:
    """What each source said of each agency in its last import that was not undone."""
    c = import_changes.c
    source = c.said["claims"][0]["source"].astext
    statement = (
        select(c.agency_id, source.label("source"), cast(c.said, Text))
        .join(imports, imports.c.id == c.import_id)
        .where(
            imports.c.register_id == register_id,
            imports.c.undone_at.is_(None),
            c.said.is_not(None),
        )
        .ext(distinct_on(c.agency_id, source))
        .order_by(c.agency_id, source, c.version_after.desc(), c.import_id)
    )
    rows = (await session.execute(statement)).all()
    return await asyncio.to_thread(_said, [tuple(row) for row in rows])


def _said(rows: Sequence[tuple[UUID, str, str]]) -> LastSaid:
    """A whole register takes its time: not on the loop that answers people."""
    return {(agency_id, source): _record.decode(said) for agency_id, source, said in rows}
