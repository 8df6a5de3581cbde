"""Licences for staff: entering one, deciding about it, correcting a decision, its document."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Redirect

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.values import Permission
from recruitwatch.agencies import queries
from recruitwatch.agencies.actions import correct_decision, decide_licence, record_licence
from recruitwatch.agencies.forms import parse_decision, parse_licence
from recruitwatch.agencies.forms.licence import Upload
from recruitwatch.agencies.forms.parts import TypedDay
from recruitwatch.agencies.pages.words import DECIDED
from recruitwatch.agencies.rules import LARGEST
from recruitwatch.agencies.rules import status as faults
from recruitwatch.agencies.values import (
    DecisionRefused,
    DecisionUnknown,
    Licence,
    LicenceDecision,
    LicenceUnknown,
    NewDecision,
    NewLicence,
    StoredAgency,
)
from recruitwatch.db import files
from recruitwatch.web.forms import Errors, FormReader
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

DECIDE = needs(Permission.LICENCE_DECIDE)
READ = needs(Permission.REGISTER_READ)
# Beside which field a refusal by the rules is shown; all others are about the state.
FIELDS = {
    faults.ENDS_EARLY: "until_on",
    faults.NO_END: "until_on",
    faults.BEFORE_LICENCE: "effective_on",
    faults.AFTER_LICENCE: "effective_on",
}


class LicencePage(msgspec.Struct, frozen=True, kw_only=True):
    agency: StoredAgency
    licence_no: str
    valid_from: TypedDay
    valid_until: TypedDay
    errors: Errors = {}


class DecisionPage(msgspec.Struct, frozen=True, kw_only=True):
    """`corrected` is the decision that this one takes the place of, if it does."""

    agency: StoredAgency
    licence: Licence
    corrected: LicenceDecision | None
    states: tuple[tuple[str, str], ...]
    form: Mapping[str, str]
    effective_on: TypedDay
    until_on: TypedDay
    errors: Errors = {}


def _typed(reader: FormReader, name: str) -> TypedDay:
    return TypedDay(*(reader.form.get(f"{name}-{part}", "") for part in ("day", "month", "year")))


def _day(value: date | None) -> TypedDay:
    if value is None:
        return TypedDay("", "", "")
    return TypedDay(str(value.day), str(value.month), str(value.year))


@get("/register/{agency_id:uuid}/licences/new", opt=DECIDE)
async def show_new_licence(
    request: WebRequest, session: Session, agency_id: FromPath[UUID]
) -> Page:
    agency = await queries.get_agency(session, agency_id)
    page = LicencePage(
        agency=agency,
        licence_no=agency.record.licence_no or "",
        valid_from=_day(None),
        valid_until=_day(None),
    )
    return render(request, "agencies/licence.html", page)


@post("/register/{agency_id:uuid}/licences/new", opt=DECIDE, status_code=200)
async def do_new_licence(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now, agency_id: FromPath[UUID]
) -> Response[str] | Redirect:
    reader, agency = await read_form(request), await queries.get_agency(session, agency_id)
    parsed = parse_licence(reader)
    if not isinstance(parsed, NewLicence):
        page = LicencePage(
            agency=agency,
            licence_no=reader.form.get("licence_no", ""),
            valid_from=_typed(reader, "valid_from"),
            valid_until=_typed(reader, "valid_until"),
            errors=parsed,
        )
        return render(request, "agencies/licence.html", page, status=422)
    licence_id = await record_licence(session, actor, now, agency_id=agency_id, licence=parsed)
    return go_to(f"/register/licences/{licence_id}/decide")


async def _licence(session: Session, licence_id: UUID) -> tuple[StoredAgency, Licence]:
    agency_id = await queries.get_agency_of_licence(session, licence_id)
    licences = await queries.list_licences(session, agency_id)
    found = next((licence for licence in licences if licence.id == licence_id), None)
    if found is None:
        raise LicenceUnknown
    return await queries.get_agency(session, agency_id), found


async def _decision(
    session: Session, decision_id: UUID
) -> tuple[StoredAgency, Licence, LicenceDecision]:
    licence_id = await queries.get_licence_of_decision(session, decision_id)
    agency, licence = await _licence(session, licence_id)
    found = next((d for d in licence.decisions if d.id == decision_id), None)
    if found is None:
        raise DecisionUnknown
    return agency, licence, found


def _page(
    agency: StoredAgency,
    licence: Licence,
    corrected: LicenceDecision | None,
    reader: FormReader,
    errors: Errors,
) -> DecisionPage:
    return DecisionPage(
        agency=agency,
        licence=licence,
        corrected=corrected,
        states=DECIDED,
        form=reader.form,
        effective_on=_typed(reader, "effective_on"),
        until_on=_typed(reader, "until_on"),
        errors=errors,
    )


async def _upload(request: WebRequest) -> Upload | None:
    """The uploaded document, not read further than one byte past the largest that is taken."""
    upload = (await request.form()).get("document")
    if not isinstance(upload, UploadFile) or not upload.filename:
        return None
    return upload.filename, await upload.read(LARGEST + 1)


def _beside_fields(refused: DecisionRefused) -> Errors:
    errors: Errors = {}
    for reason in refused.reasons:
        errors.setdefault(FIELDS.get(reason.key, "state"), reason)
    return errors


@get("/register/licences/{licence_id:uuid}/decide", opt=DECIDE)
async def show_decide(request: WebRequest, session: Session, licence_id: FromPath[UUID]) -> Page:
    agency, licence = await _licence(session, licence_id)
    reader = FormReader({})
    return render(request, "agencies/decision.html", _page(agency, licence, None, reader, {}))


async def _answer(
    request: WebRequest,
    agency: StoredAgency,
    licence: Licence,
    corrected: LicenceDecision | None,
    take: Callable[[NewDecision, Path], Awaitable[object]],
) -> Response[str] | Redirect:
    """Take what the form decides, or show it again with its mistakes: the rules refuse before
    anything is written."""
    reader = await read_form(request)
    errors = parse_decision(reader, await _upload(request))
    if isinstance(errors, NewDecision):
        try:
            await take(errors, request.app.state.settings.files)
        except DecisionRefused as refused:
            errors = _beside_fields(refused)
        else:
            return go_to(f"/register/{agency.id}")
    page = _page(agency, licence, corrected, reader, errors)
    return render(request, "agencies/decision.html", page, status=422)


@post("/register/licences/{licence_id:uuid}/decide", opt=DECIDE, status_code=200)
async def do_decide(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    licence_id: FromPath[UUID],
) -> Response[str] | Redirect:
    async def take(decision: NewDecision, folder: Path) -> object:
        return await decide_licence(
            session, actor, now, licence_id=licence_id, decision=decision, folder=folder
        )

    agency, licence = await _licence(session, licence_id)
    return await _answer(request, agency, licence, None, take)


@get("/register/decisions/{decision_id:uuid}/correct", opt=DECIDE)
async def show_correct(request: WebRequest, session: Session, decision_id: FromPath[UUID]) -> Page:
    agency, licence, old = await _decision(session, decision_id)
    form = {"state": old.state.value, "ground": old.ground, "document_no": old.document_no}
    page = DecisionPage(
        agency=agency,
        licence=licence,
        corrected=old,
        states=DECIDED,
        form=form,
        effective_on=_day(old.effective_on),
        until_on=_day(old.until_on),
    )
    return render(request, "agencies/decision.html", page)


@post("/register/decisions/{decision_id:uuid}/correct", opt=DECIDE, status_code=200)
async def do_correct(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    decision_id: FromPath[UUID],
) -> Response[str] | Redirect:
    async def take(decision: NewDecision, folder: Path) -> object:
        return await correct_decision(
            session, actor, now, decision_id=decision_id, decision=decision, folder=folder
        )

    agency, licence, old = await _decision(session, decision_id)
    return await _answer(request, agency, licence, old, take)


@get("/register/decisions/{decision_id:uuid}/document", opt=READ)
async def download_document(
    request: WebRequest, session: Session, decision_id: FromPath[UUID]
) -> Response[bytes]:
    """Always as a download: what somebody uploaded is never shown as a page of ours."""
    document = await queries.get_document(session, decision_id)
    folder = request.app.state.settings.files
    content = await asyncio.to_thread(files.read, folder, document.sha256)
    disposition = f"attachment; filename*=UTF-8''{quote(document.name)}"
    return Response(content, media_type=document.type, headers={"Content-Disposition": disposition})


HANDLERS = (
    show_new_licence,
    do_new_licence,
    show_decide,
    do_decide,
    show_correct,
    do_correct,
    download_document,
)
