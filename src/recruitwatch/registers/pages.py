"""Imports of registers in the browser: upload, look at the check, import, undo."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.rules import may
from recruitwatch.accounts.values import Permission
from recruitwatch.agencies.pages.register import AgencyPage, make_entry
from recruitwatch.agencies.queries import list_registers
from recruitwatch.errors import Message
from recruitwatch.jobs.queries import get_run
from recruitwatch.jobs.values import JobState, JobUnknown
from recruitwatch.registers import queries
from recruitwatch.registers.actions.tasks import (
    CHECK,
    request_check,
    request_import,
    request_undo,
)
from recruitwatch.registers.forms import SentFile, parse_upload
from recruitwatch.registers.values import (
    KNOWN,
    MOST_BYTES,
    MOST_ROWS,
    CheckPayload,
    Fault,
    File,
    ImportLine,
    ImportReport,
    Touch,
)
from recruitwatch.web import paging
from recruitwatch.web.forms import Errors
from recruitwatch.web.request import (
    Now,
    Page,
    Session,
    SignedInActor,
    WebRequest,
    go_to,
    read_form,
)
from recruitwatch.web.templating import render

# Older imports of an agency are found in the list of all imports.
MOST_TOUCHES = 20
MAY = needs(Permission.REGISTER_IMPORT)
# Two files and the words around them.
UPLOAD_LIMIT = 2 * MOST_BYTES + 1024 * 1024


class ImportsPage(msgspec.Struct, frozen=True, kw_only=True):
    imports: list[ImportLine]
    paging: paging.Paging


class UploadPage(msgspec.Struct, frozen=True, kw_only=True):
    registers: list[tuple[str, Message]]
    most_megabytes: int
    most_rows: int
    typed: Mapping[str, str] = {}
    errors: Errors = {}


class FaultLine(msgspec.Struct, frozen=True, kw_only=True):
    """An error or a notice in the list under a report."""

    is_error: bool
    in_aliases: bool
    row: int | None
    column: str | None
    message: Message


class ReportPage(msgspec.Struct, frozen=True, kw_only=True):
    """A check (`check_id`) or an import (`import_id`) with its report."""

    report: ImportReport
    title: Message
    lines: list[FaultLine]
    paging: paging.Paging
    check_id: UUID | None = None
    may_import: bool = False
    import_id: UUID | None = None
    imported_at: datetime | None = None
    undone_at: datetime | None = None
    may_undo: bool = False


class UndoPage(msgspec.Struct, frozen=True, kw_only=True):
    import_id: UUID
    title: Message
    report: ImportReport


class EntryPage(AgencyPage, frozen=True, kw_only=True):
    touches: list[Touch]
    most_touches: int
    may_see_imports: bool


@get("/register/{agency_id:uuid}", opt=needs(Permission.REGISTER_READ))
async def show_entry(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now, agency_id: FromPath[UUID]
) -> Page:
    """An agency for staff, with the imports that wrote its entry."""
    entry = await make_entry(session, actor, now, agency_id)
    page = EntryPage(
        **msgspec.structs.asdict(entry),
        touches=await queries.list_touches(session, agency_id, limit=MOST_TOUCHES),
        most_touches=MOST_TOUCHES,
        may_see_imports=may(actor, Permission.REGISTER_IMPORT),
    )
    return render(request, "registers/entry.html", page)


@get("/imports", opt=MAY)
async def list_all(request: WebRequest, session: Session, page: FromQuery[int] = 1) -> Page:
    lines = await queries.list_imports(session, limit=paging.SIZE, offset=paging.offset(page))
    total = await queries.count_imports(session)
    shown = ImportsPage(imports=lines, paging=paging.paging("/imports", page, total))
    return render(request, "registers/imports.html", shown)


@get("/imports/new", opt=MAY)
async def show_upload(request: WebRequest, session: Session) -> Page:
    page = _upload_page(await _registers(session), {}, {})
    return render(request, "registers/upload.html", page)


@post("/imports/new", opt=MAY, status_code=200, request_max_body_size=UPLOAD_LIMIT)
async def do_upload(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now
) -> Response[str] | Redirect:
    reader = await read_form(request)
    known = await _registers(session)
    parsed = parse_upload(reader, await _files(request), known)
    if isinstance(parsed, dict):
        page = _upload_page(known, reader.form, parsed)
        return render(request, "registers/upload.html", page, status=422)
    job_id = await request_check(session, actor, now, upload=parsed)
    return go_to(f"/jobs/{job_id}", {"wait": "true"})


async def _files(request: WebRequest) -> dict[str, SentFile]:
    form = await request.form()
    return {
        name: SentFile(value.filename, await value.read())
        for name, value in form.multi_items()
        if isinstance(value, UploadFile)
    }


async def _registers(session: Session) -> dict[str, str]:
    """Titles of the registers there are and of those that are known, by short name."""
    stored = {register.id: register.title for register in await list_registers(session)}
    return {**{name: register.title for name, register in KNOWN.items()}, **stored}


def _upload_page(known: Mapping[str, str], typed: Mapping[str, str], errors: Errors) -> UploadPage:
    return UploadPage(
        registers=[
            (name, Message(title))
            for name, title in sorted(known.items(), key=lambda pair: pair[1].casefold())
        ],
        most_megabytes=MOST_BYTES // (1024 * 1024),
        most_rows=MOST_ROWS,
        typed=typed,
        errors=errors,
    )


@get("/imports/checks/{job_id:uuid}", opt=MAY)
async def show_check(
    request: WebRequest, session: Session, job_id: FromPath[UUID], page: FromQuery[int] = 1
) -> Response[str] | Redirect:
    run = await get_run(session, job_id)
    if run.kind != CHECK:
        raise JobUnknown
    if run.state is not JobState.DONE or run.result is None:
        return go_to(f"/jobs/{job_id}", {"wait": "true"})
    found = await queries.get_check_report(session, job_id)
    payload = msgspec.convert(run.payload, CheckPayload)
    kept = await queries.has_upload(session, payload.upload_id)
    faults = await queries.list_faults(
        session, queries.OF_CHECK, job_id, limit=paging.SIZE, offset=paging.offset(page)
    )
    report = found.report
    shown = ReportPage(
        report=report,
        title=Message(report.register.title),
        lines=_lines(faults),
        paging=paging.paging(f"/imports/checks/{job_id}", page, found.listed),
        check_id=job_id,
        may_import=kept and not report.refused_whole,
    )
    return render(request, "registers/report.html", shown)


@post("/imports/checks/{job_id:uuid}/import", opt=MAY, status_code=200)
async def do_import(
    session: Session, actor: SignedInActor, now: Now, job_id: FromPath[UUID]
) -> Redirect:
    import_job = await request_import(session, actor, now, check_id=job_id)
    return go_to(f"/jobs/{import_job}", {"wait": "true"})


@get("/imports/{import_id:uuid}", opt=MAY)
async def show_import(
    request: WebRequest, session: Session, import_id: FromPath[UUID], page: FromQuery[int] = 1
) -> Page:
    done = await queries.get_import(session, import_id)
    faults = await queries.list_faults(
        session, queries.OF_IMPORT, import_id, limit=paging.SIZE, offset=paging.offset(page)
    )
    shown = ReportPage(
        report=done.report,
        title=Message(done.report.register.title),
        lines=_lines(faults),
        paging=paging.paging(f"/imports/{import_id}", page, done.listed),
        import_id=import_id,
        imported_at=done.imported_at,
        undone_at=done.undone_at,
        may_undo=done.undone_at is None and done.report.created + done.report.changed > 0,
    )
    return render(request, "registers/report.html", shown)


@get("/imports/{import_id:uuid}/undo", opt=MAY)
async def show_undo(request: WebRequest, session: Session, import_id: FromPath[UUID]) -> Page:
    done = await queries.get_import(session, import_id)
    title = Message(done.report.register.title)
    page = UndoPage(import_id=import_id, title=title, report=done.report)
    return render(request, "registers/undo.html", page)


@post("/imports/{import_id:uuid}/undo", opt=MAY, status_code=200)
async def do_undo(
    session: Session, actor: SignedInActor, now: Now, import_id: FromPath[UUID]
) -> Redirect:
    job_id = await request_undo(session, actor, now, import_id=import_id)
    return go_to(f"/jobs/{job_id}", {"wait": "true"})


def _lines(faults: list[tuple[bool, Fault]]) -> list[FaultLine]:
    return [
        FaultLine(
            is_error=is_error,
            in_aliases=fault.file is File.ALIASES,
            row=fault.row,
            column=fault.column,
            message=fault.message,
        )
        for is_error, fault in faults
    ]


registers_pages = Router(
    "/",
    route_handlers=[
        show_entry,
        list_all,
        show_upload,
        do_upload,
        show_check,
        do_import,
        show_import,
        show_undo,
        do_undo,
    ],
)
