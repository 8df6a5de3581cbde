"""SQL of imports: uploads, imports, what they changed, and what refers to an agency."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import RowMapping, delete, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import people
from recruitwatch.agencies.tables import agencies, registers
from recruitwatch.agencies.values import AgencyRecord
from recruitwatch.db.constraints import Constraints
from recruitwatch.errors import Message
from recruitwatch.registers.tables import import_changes, import_uploads, imports
from recruitwatch.registers.values import (
    Change,
    Import,
    ImportLine,
    ImportReport,
    ImportUnknown,
    LastSaid,
    StoredChange,
    Upload,
    UploadGone,
)

CONSTRAINTS: Constraints = {}
Kind = TypeVar("Kind", bound=msgspec.Struct)


def _struct(row: RowMapping, kind: type[Kind]) -> Kind:
    """A row with JSON in it as a struct. Column names are more than plain strings, hence `str`."""
    return msgspec.convert({str(name): value for name, value in row.items()}, kind)


async def lock_imports_of(session: AsyncSession, register_id: str) -> None:
    """Imports of one register wait for each other until the end of the transaction."""
    statement = text("select pg_advisory_xact_lock(hashtextextended(:name, 0))")
    await session.execute(statement, {"name": f"import:{register_id}"})


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


async def insert_upload(
    session: AsyncSession, upload: Upload, *, sha256: str, uploaded_by: UUID, now: datetime
) -> None:
    await session.execute(
        insert(import_uploads).values(
            **msgspec.structs.asdict(upload),
            sha256=sha256,
            uploaded_by=uploaded_by,
            uploaded_at=now,
        )
    )


async def get_upload(session: AsyncSession, upload_id: UUID) -> Upload:
    u = import_uploads.c
    statement = select(u.id, u.file_name, u.content, u.aliases_name, u.aliases_content)
    row = (await session.execute(statement.where(u.id == upload_id))).mappings().one_or_none()
    if row is None:
        raise UploadGone
    return Upload(**row)


async def get_upload_name(session: AsyncSession, upload_id: UUID) -> str:
    """The name of an upload that is still kept."""
    u = import_uploads.c
    name: str | None = await session.scalar(select(u.file_name).where(u.id == upload_id))
    if name is None:
        raise UploadGone
    return name


async def has_upload(session: AsyncSession, upload_id: UUID) -> bool:
    statement = select(import_uploads.c.id).where(import_uploads.c.id == upload_id)
    return await session.scalar(statement) is not None


async def delete_upload(session: AsyncSession, upload_id: UUID) -> None:
    await session.execute(delete(import_uploads).where(import_uploads.c.id == upload_id))


async def delete_uploads_before(session: AsyncSession, before: datetime) -> None:
    await session.execute(delete(import_uploads).where(import_uploads.c.uploaded_at < before))


async def insert_import(
    session: AsyncSession,
    import_id: UUID,
    report: ImportReport,
    *,
    made_register: bool,
    imported_by: UUID | None,
    now: datetime,
) -> None:
    await session.execute(
        insert(imports).values(
            id=import_id,
            register_id=report.register.id,
            made_register=made_register,
            file_name=report.file_name,
            sha256=report.sha256,
            rows_read=report.rows_read,
            created=report.created,
            changed=report.changed,
            unchanged=report.unchanged,
            refused=report.refused,
            report=msgspec.to_builtins(report),
            imported_by=imported_by,
            imported_at=now,
        )
    )


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


_IMPORT = select(imports.c.id, imports.c.report, imports.c.imported_at, imports.c.undone_at)


async def get_import(session: AsyncSession, import_id: UUID) -> Import:
    statement = _IMPORT.where(imports.c.id == import_id)
    row = (await session.execute(statement)).mappings().one_or_none()
    if row is None:
        raise ImportUnknown
    return _struct(row, Import)


async def lock_import(session: AsyncSession, import_id: UUID) -> Import:
    """The import, locked until the end of the transaction."""
    statement = select(imports.c.id).where(imports.c.id == import_id).with_for_update()
    await session.execute(statement)
    return await get_import(session, import_id)


async def list_imports(session: AsyncSession, *, limit: int, offset: int = 0) -> list[ImportLine]:
    """Newest first."""
    i = imports.c
    # A register that was removed with its import is named by the report alone.
    title = func.coalesce(registers.c.title, i.report["register"]["title"].astext)
    statement = (
        select(
            i.id, title.label("register_title"), i.file_name, i.rows_read, i.created,
            i.changed, i.refused, people.c.full_name.label("imported_by_name"), i.imported_at,
            i.undone_at,
        )
        .outerjoin(registers, registers.c.id == i.register_id)
        .outerjoin(people, people.c.id == i.imported_by)
        .order_by(i.imported_at.desc(), i.id)
        .limit(limit)
        .offset(offset)
    )  # fmt: skip
    rows = (await session.execute(statement)).mappings()
    return [ImportLine(**{**row, "register_title": Message(row["register_title"])}) for row in rows]


async def count_imports(session: AsyncSession) -> int:
    return await session.scalar(select(func.count()).select_from(imports)) or 0


async def list_made(session: AsyncSession, import_id: UUID) -> list[UUID]:
    """Every agency that an import created."""
    c = import_changes.c
    own = select(c.agency_id).where(c.import_id == import_id, c.before.is_(None))
    return list(await session.scalars(own.order_by(c.agency_id)))


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
    return [_struct(row, StoredChange) for row in rows]


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
        select(c.agency_id, source.label("source"), c.said)
        .join(imports, imports.c.id == c.import_id)
        .where(
            imports.c.register_id == register_id,
            imports.c.undone_at.is_(None),
            c.said.is_not(None),
        )
        .ext(distinct_on(c.agency_id, source))
        .order_by(c.agency_id, source, c.version_after.desc(), c.import_id)
    )
    rows = await session.execute(statement)
    return {(row.agency_id, row.source): msgspec.convert(row.said, AgencyRecord) for row in rows}


async def set_undone(
    session: AsyncSession, import_id: UUID, *, undone_by: UUID | None, now: datetime
) -> None:
    await session.execute(
        update(imports).where(imports.c.id == import_id).values(undone_at=now, undone_by=undone_by)
    )
