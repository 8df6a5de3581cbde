"""Photos and PDFs of a draft or case: a viewing copy without hidden data, and the original, both sealed."""

import asyncio
import hashlib
from datetime import datetime
from pathlib import Path
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import SYSTEM, Actor
from recruitwatch.complaints.actions.drafting import owner_of
from recruitwatch.complaints.actions.nonces import identity_of
from recruitwatch.complaints.actions.opening import acting_role, case_file, file_facts, get_case_key
from recruitwatch.complaints.actions.reopening import open_again
from recruitwatch.complaints.queries import cases, files, work
from recruitwatch.complaints.queries.files import FileRow
from recruitwatch.complaints.rules.visits import MOST_FILES
from recruitwatch.complaints.values.cases import (
    CaseFile,
    FileDamaged,
    FileFacts,
    FileUnknown,
    OpenedFile,
    TooManyFiles,
    Visit,
)
from recruitwatch.complaints.values.clocks import Calendar
from recruitwatch.db.files import read, store
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.keys import Vault
from recruitwatch.keys.boxes import DoesNotOpen, new_secret, seal, unseal
from recruitwatch.viewing.apart import copy_apart
from recruitwatch.viewing.kinds import FileKind, require_kind


async def attach(
    session: AsyncSession,
    now: datetime,
    folder: Path,
    *,
    case_id: UUID,
    key: bytes,
    content: bytes,
    most: int = MOST_FILES,
    nonce: str = "",
) -> bool:
    """Keep a photo or PDF. Each of the two stored boxes has a key of its own, sealed under the case's. The
    same content out of the same page, whose number is `nonce`, is one file: False where it is there already.

    Raises FileRefused for anything that is no photo or PDF within the limits, TooManyFiles.
    """
    there = await files.lock_files(session, case_id)
    file_id = identity_of(case_id, nonce, hashlib.sha256(content).digest())
    if await files.has_file(session, file_id):
        return False
    if there >= most:
        raise TooManyFiles
    kind = require_kind(content)
    copy = await copy_apart(content, kind)
    facts = _facts(kind, content, copy.content, copy.pages)
    original = seal(facts.original_key, owner_of("file.original", file_id), content)
    viewing = seal(facts.copy_key, owner_of("file.copy", file_id), copy.content)
    row = FileRow(
        id=file_id,
        case_id=case_id,
        facts_sealed=seal(key, owner_of("file", file_id), msgspec.json.encode(facts)),
        original=await asyncio.to_thread(store, folder, original),
        copy=await asyncio.to_thread(store, folder, viewing),
        added_at=now,
    )
    await files.insert_file(session, row)
    return True


async def attach_to_case(
    session: AsyncSession,
    now: datetime,
    vault: Vault,
    folder: Path,
    *,
    visit: Visit,
    content: bytes,
    calendar: Calendar,
    nonce: str = "",
) -> None:
    """Her photo or PDF after it was sent; to a closed case it opens it again. The history tells of it, as it
    does not of a draft: before Send there is nothing that anybody may know of."""
    case_id = visit.case_id
    await cases.get_own_row(session, case_id, lock=True)
    added = await attach(
        session, now, folder, case_id=case_id, key=visit.key, content=content, nonce=nonce
    )
    if not added:
        return
    await open_again(session, now, vault, visit=visit, calendar=calendar)
    await record(
        session, SYSTEM, Action.COMPLAINT_FILE_ADDED, subject=("complaint", case_id), now=now
    )


def _facts(kind: FileKind, content: bytes, copy: bytes, pages: int) -> FileFacts:
    return FileFacts(
        kind=kind.value,
        size=len(content),
        pages=pages,
        original_key=new_secret(),
        original_sha256=hashlib.sha256(content).hexdigest(),
        copy_key=new_secret(),
        copy_sha256=hashlib.sha256(copy).hexdigest(),
    )


async def list_files(session: AsyncSession, *, case_id: UUID, key: bytes) -> list[CaseFile]:
    """The files of a draft or case, in the order they came."""
    return [case_file(row, key) for row in await files.list_files(session, case_id)]


async def remove_file(session: AsyncSession, *, case_id: UUID, file_id: UUID) -> None:
    """Take a file out of a draft. Of a case nothing is removed."""
    await files.delete_file(session, case_id, file_id)


async def open_file(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    vault: Vault,
    folder: Path,
    *,
    case_id: UUID,
    file_id: UUID,
    private_key: bytes | None,
    original: bool,
) -> OpenedFile:
    """The viewing copy of a file, or its original; either opening is noted where she can see it.

    Raises NoKey, CaseUnknown, FileUnknown, FileDamaged for bytes that are missing or not those that were
    sent. The original may be hostile: it is only handed out to be kept.
    """
    await cases.get_head(session, actor, case_id)
    opened = await get_case_key(session, actor, vault, case_id=case_id, private_key=private_key)
    row = await files.find_file(session, case_id, file_id)
    if row is None:
        raise FileUnknown
    facts = file_facts(row, opened.key)
    part = "original" if original else "copy"
    name, key = (row.original, facts.original_key) if original else (row.copy, facts.copy_key)
    try:
        sealed = await asyncio.to_thread(read, folder, name)
        content = unseal(key, owner_of(f"file.{part}", file_id), sealed)
    except (DoesNotOpen, FileNotFoundError, ValueError):
        raise FileDamaged from None
    kept = facts.original_sha256 if original else facts.copy_sha256
    if hashlib.sha256(content).hexdigest() != kept:
        raise FileDamaged
    await work.insert_opening(
        session, case_id, person_id=actor.id, role=acting_role(actor), part=part, now=now
    )
    await record(
        session, actor, Action.COMPLAINT_OPENED, subject=("complaint", case_id), now=now,
        details={"part": part},
    )  # fmt: skip
    kind = FileKind(facts.kind)
    return OpenedFile(
        content=content, media_type=(kind if original else kind.kind_of_copy).media_type
    )
