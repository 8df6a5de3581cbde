"""SQL of the files of drafts and cases. What a file is called and how it is opened is sealed."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.complaints.tables import complaint_files

_file = complaint_files.c
MOST_LISTED = 50


class FileRow(msgspec.Struct, frozen=True, kw_only=True):
    """`original` and `copy` are the names under which the sealed bytes are stored."""

    id: UUID
    case_id: UUID
    facts_sealed: bytes
    original: str
    copy: str
    added_at: datetime


async def lock_files(session: AsyncSession, case_id: UUID) -> int:
    """How many files there are; who adds one more waits for the other who does."""
    key = int.from_bytes(case_id.bytes[:8], "big", signed=True)
    await session.execute(text("select pg_advisory_xact_lock(:key)"), {"key": key})
    statement = select(func.count()).where(_file.case_id == case_id)
    return await session.scalar(statement) or 0


async def has_file(session: AsyncSession, file_id: UUID) -> bool:
    return await session.scalar(select(_file.id).where(_file.id == file_id)) is not None


async def insert_file(session: AsyncSession, row: FileRow) -> None:
    await session.execute(insert(complaint_files).values(msgspec.structs.asdict(row)))


async def list_files(session: AsyncSession, case_id: UUID) -> list[FileRow]:
    statement = (
        select(complaint_files)
        .where(_file.case_id == case_id)
        .order_by(_file.added_at, _file.id)
        .limit(MOST_LISTED)
    )
    return [FileRow(**row) for row in (await session.execute(statement)).mappings()]


async def find_file(session: AsyncSession, case_id: UUID, file_id: UUID) -> FileRow | None:
    statement = select(complaint_files).where(_file.case_id == case_id, _file.id == file_id)
    row = (await session.execute(statement)).mappings().one_or_none()
    return None if row is None else FileRow(**row)


async def delete_file(session: AsyncSession, case_id: UUID, file_id: UUID) -> None:
    await session.execute(
        delete(complaint_files).where(_file.case_id == case_id, _file.id == file_id)
    )


async def delete_files(session: AsyncSession, case_id: UUID) -> None:
    await session.execute(delete(complaint_files).where(_file.case_id == case_id))


async def list_stored_names(session: AsyncSession, names: list[str]) -> set[str]:
    """Which of these stored names belong to a file, for sweeping up the others."""
    statement = (
        select(_file.original, _file.copy)
        .where(_file.original.in_(names) | _file.copy.in_(names))
        .order_by(_file.id)
    )
    return {name for row in await session.execute(statement) for name in row}
