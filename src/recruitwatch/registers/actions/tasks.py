"""The same as tasks of the worker: asking for them, and what each does."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.errors import N_, Message
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.jobs.actions import request_job
from recruitwatch.jobs.queries import get_run
from recruitwatch.jobs.values import JobResult, JobRun, JobUnknown, Progress
from recruitwatch.jobs.worker import JobFunction
from recruitwatch.registers import queries
from recruitwatch.registers.actions.importing import import_file
from recruitwatch.registers.actions.undoing import undo_import
from recruitwatch.registers.rules.numbers import REGISTER_ID
from recruitwatch.registers.values import (
    CheckPayload,
    FileRefused,
    ImportReport,
    NewUpload,
    RegisterNameBad,
    UndoneAlready,
    UndoPayload,
    Upload,
)

CHECK = "import-check"
IMPORT = "import"
UNDO = "import-undo"
UPLOADS_KEPT = timedelta(days=7)
CHECK_TITLE = N_("Check of the file %(file)s")
IMPORT_TITLE = N_("Import of the file %(file)s")
UNDO_TITLE = N_("Undoing the import of %(file)s")


async def request_check(
    session: AsyncSession, actor: Actor, now: datetime, *, upload: NewUpload
) -> UUID:
    """Keep the uploaded files and queue a dry run; gives the task's id. Uploads that were never
    imported go after a week."""
    if not REGISTER_ID.fullmatch(upload.register_id):
        raise RegisterNameBad
    await queries.delete_uploads_before(session, now - UPLOADS_KEPT)
    aliases_name, aliases_content = upload.aliases or (None, None)
    stored = Upload(
        id=uuid4(),
        file_name=upload.file_name,
        content=upload.content,
        aliases_name=aliases_name,
        aliases_content=aliases_content,
    )
    sha256 = hashlib.sha256(upload.content).hexdigest()
    await queries.insert_upload(session, stored, sha256=sha256, uploaded_by=actor.id, now=now)
    await record(
        session, actor, Action.IMPORT_UPLOADED, subject=("upload", stored.id), now=now,
        details={"register": upload.register_id, "file": upload.file_name, "sha256": sha256},
    )  # fmt: skip
    payload = CheckPayload(
        upload_id=stored.id, register_id=upload.register_id, options=upload.options
    )
    return await request_job(
        session, actor, now, kind=CHECK, title=Message(CHECK_TITLE, {"file": upload.file_name}),
        payload=_payload(payload),
    )  # fmt: skip


def _payload(payload: CheckPayload | UndoPayload) -> Mapping[str, object]:
    built: dict[str, object] = msgspec.to_builtins(payload)
    return built


async def request_import(
    session: AsyncSession, actor: Actor, now: datetime, *, check_id: UUID
) -> UUID:
    """Queue the import of files that were checked; gives the task's id."""
    check = await get_run(session, check_id)
    if check.kind != CHECK:
        raise JobUnknown
    payload = msgspec.convert(check.payload, CheckPayload)
    name = await queries.get_upload_name(session, payload.upload_id)
    return await request_job(
        session, actor, now, kind=IMPORT, title=Message(IMPORT_TITLE, {"file": name}),
        payload=check.payload,
    )  # fmt: skip


async def request_undo(
    session: AsyncSession, actor: Actor, now: datetime, *, import_id: UUID
) -> UUID:
    """Queue the undoing of an import; gives the task's id."""
    done = await queries.get_import(session, import_id)
    if done.undone_at is not None:
        raise UndoneAlready
    title = Message(UNDO_TITLE, {"file": done.report.file_name})
    payload = _payload(UndoPayload(import_id=import_id))
    return await request_job(session, actor, now, kind=UNDO, title=title, payload=payload)


async def run_check(
    session: AsyncSession, run: JobRun, now: datetime, progress: Progress
) -> JobResult:
    payload = msgspec.convert(run.payload, CheckPayload)
    report = await _import(session, run.actor, now, payload, progress, dry_run=True)
    return JobResult(address=f"/imports/checks/{run.id}", report=msgspec.to_builtins(report))


async def run_import(
    session: AsyncSession, run: JobRun, now: datetime, progress: Progress
) -> JobResult:
    payload = msgspec.convert(run.payload, CheckPayload)
    report = await _import(session, run.actor, now, payload, progress, dry_run=False)
    if report.import_id is None:
        raise FileRefused(tuple(fault.message for fault in report.errors[:20]))
    await queries.delete_upload(session, payload.upload_id)
    return JobResult(address=f"/imports/{report.import_id}")


async def _import(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    payload: CheckPayload,
    progress: Progress,
    *,
    dry_run: bool,
) -> ImportReport:
    upload = await queries.get_upload(session, payload.upload_id)
    aliases = None
    if upload.aliases_name is not None and upload.aliases_content is not None:
        aliases = (upload.aliases_name, upload.aliases_content)
    return await import_file(
        session,
        actor,
        now,
        register_id=payload.register_id,
        file_name=upload.file_name,
        content=upload.content,
        aliases=aliases,
        dry_run=dry_run,
        progress=progress,
        options=payload.options,
    )


async def run_undo(
    session: AsyncSession, run: JobRun, now: datetime, progress: Progress
) -> JobResult:
    payload = msgspec.convert(run.payload, UndoPayload)
    await undo_import(session, run.actor, now, import_id=payload.import_id, progress=progress)
    return JobResult(address=f"/imports/{payload.import_id}")


JOBS: Mapping[str, JobFunction] = {CHECK: run_check, IMPORT: run_import, UNDO: run_undo}
"""The tasks of this feature, for the worker."""
