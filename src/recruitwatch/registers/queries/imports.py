"""SQL of imports: the files that wait for one, what was imported by whom, and their reports."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    Label,
    Text,
    delete,
    func,
    insert,
    literal_column,
    select,
    text,
    type_coerce,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import people
from recruitwatch.agencies.tables import registers
from recruitwatch.db.rows import as_struct
from recruitwatch.errors import Message
from recruitwatch.jobs.tables import job_runs
from recruitwatch.jobs.values import JobUnknown
from recruitwatch.registers.tables import import_changes, import_uploads, imports
from recruitwatch.registers.values import (
    BriefReport,
    Fault,
    Import,
    ImportLine,
    ImportReport,
    ImportUnknown,
    Touch,
    Upload,
    UploadGone,
)


async def lock_imports_of(session: AsyncSession, register_id: str) -> None:
    """Imports of one register wait for each other until the end of the transaction."""
    statement = text("select pg_advisory_xact_lock(hashtextextended(:name, 0))")
    await session.execute(statement, {"name": f"import:{register_id}"})


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


_Json = ColumnElement[object]


def _brief(report: _Json) -> tuple[Label[object], Label[int]]:
    """A stored report without its lists, and their length: up to 20,000 lines stay in the database."""
    lists: _Json = literal_column("array['errors', 'notices']")
    none: _Json = literal_column("""'{"errors": [], "notices": []}'::jsonb""")
    without: _Json = type_coerce(report.op("-")(lists).op("||")(none), JSONB)
    length = func.jsonb_array_length
    listed = length(report.op("->")("errors")) + length(report.op("->")("notices"))
    return without.label("report"), listed.label("listed")


_IMPORT = select(
    imports.c.id,
    *_brief(type_coerce(imports.c.report, JSONB)),
    imports.c.imported_at,
    imports.c.undone_at,
)


async def get_import(session: AsyncSession, import_id: UUID) -> Import:
    statement = _IMPORT.where(imports.c.id == import_id)
    row = (await session.execute(statement)).mappings().one_or_none()
    if row is None:
        raise ImportUnknown
    return as_struct(row, Import)


async def get_check_report(session: AsyncSession, job_id: UUID) -> BriefReport:
    """What a check that is over found."""
    found: _Json = type_coerce(job_runs.c.result.op("->")("report"), JSONB)
    statement = select(*_brief(found)).where(job_runs.c.id == job_id, found.is_not(None))
    row = (await session.execute(statement)).mappings().one_or_none()
    if row is None:
        raise JobUnknown
    return as_struct(row, BriefReport)


OF_IMPORT = "select report from imports where id = :id"
OF_CHECK = "select result -> 'report' as report from job_runs where id = :id"
_LINES = " union all ".join(
    f"select {is_error} as is_error, value, ordinality as place "
    f"from jsonb_array_elements(report -> '{name}') with ordinality"
    for name, is_error in (("errors", "true"), ("notices", "false"))
)
_fault = msgspec.json.Decoder(Fault)


async def list_faults(
    session: AsyncSession, source: str, of_id: UUID, *, limit: int, offset: int = 0
) -> list[tuple[bool, Fault]]:
    """A page of the errors (true) and, after them, the notices of an import or a check; `source` is
    OF_IMPORT or OF_CHECK."""
    listed = text(
        f"select is_error, cast(value as text), place from ({source}) reports, "
        f"lateral ({_LINES}) lines"
    ).columns(is_error=Boolean, value=Text, place=Integer)
    lines = listed.subquery()
    statement = (
        select(lines.c.is_error, lines.c.value)
        .order_by(lines.c.is_error.desc(), lines.c.place)
        .limit(limit)
        .offset(offset)
    )
    rows = await session.execute(statement, {"id": of_id})
    return [(is_error, _fault.decode(fault)) for is_error, fault in rows]


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


async def list_touches(session: AsyncSession, agency_id: UUID, *, limit: int) -> list[Touch]:
    """The imports that created or changed an agency, newest first."""
    i, c = imports.c, import_changes.c
    by, undone_by = people.alias("by").c, people.alias("undone_by").c
    statement = (
        select(
            i.id.label("import_id"), i.file_name, c.before.is_(None).label("created"),
            by.full_name.label("imported_by_name"), i.imported_at,
            undone_by.full_name.label("undone_by_name"), i.undone_at,
        )
        .join(import_changes, c.import_id == i.id)
        .outerjoin(by.id.table, by.id == i.imported_by)
        .outerjoin(undone_by.id.table, undone_by.id == i.undone_by)
        .where(c.agency_id == agency_id)
        .order_by(i.imported_at.desc(), c.version_after.desc(), i.id)
        .limit(limit)
    )  # fmt: skip
    return [as_struct(row, Touch) for row in (await session.execute(statement)).mappings()]


async def count_imports(session: AsyncSession) -> int:
    return await session.scalar(select(func.count()).select_from(imports)) or 0


async def set_undone(
    session: AsyncSession, import_id: UUID, *, undone_by: UUID | None, now: datetime
) -> None:
    await session.execute(
        update(imports).where(imports.c.id == import_id).values(undone_at=now, undone_by=undone_by)
    )
