"""Checking a contract in the browser. Nothing is stored or sent, unless somebody opens findings of it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.params import FromQuery
from litestar.response import Redirect
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.rules import may
from recruitwatch.accounts.values import Permission
from recruitwatch.actor import Actor
from recruitwatch.agencies.queries import get_agency
from recruitwatch.contracts.actions import open_library
from recruitwatch.contracts.actions.confirming import open_contract_findings
from recruitwatch.contracts.forms import checking as forms
from recruitwatch.contracts.pages.choosing import (
    Choices,
    kinds_of_work,
    origins_and_destinations,
)
from recruitwatch.contracts.queries.checks import MOST_FINDINGS, list_confirmed
from recruitwatch.contracts.rules.checking import check, read_check
from recruitwatch.contracts.rules.checking.merging import all_findings
from recruitwatch.contracts.rules.checking.pay import year_before
from recruitwatch.contracts.values.checking import (
    ATTACHED_WORDS,
    STEP_NAMES,
    AgencyFinding,
    CheckInput,
    CheckReport,
    Note,
    SignedBy,
    Step,
)
from recruitwatch.contracts.values.corridors import Gravity
from recruitwatch.contracts.values.judged import ContractLibrary
from recruitwatch.errors import N_, Message, NotFound, Rejected
from recruitwatch.web.forms import Errors, FormReader
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

MAY = needs(Permission.CONTRACT_CHECK)
# Two files and the words around them.
BODY_LIMIT = 2 * forms.MOST_UPLOAD_BYTES + 200_000
REPORT = "contract_checks/report.html"
HAS_MISTAKES = N_("This file cannot be checked. The reasons are below.")
GRAVITY = {
    Gravity.CRITICAL: N_("Critical: stop, and refer it the same day"),
    Gravity.SERIOUS: N_("Serious: refuse until it is corrected"),
    Gravity.MODERATE: N_("Moderate: decide, and give a reason"),
    Gravity.MINOR: N_("Minor: only shown"),
}
STEP_CHOICES = {
    Step.ADVERTISED: N_("An advert"),
    Step.OFFERED: N_("An offer"),
    Step.SIGNED: N_("A contract signed at home"),
    Step.REGISTERED: N_("A registered contract"),
    Step.AFTER_ARRIVAL: N_("A paper signed after arrival"),
    Step.PRACTICE: N_("What really happens"),
}
SIGNED_CHOICES = {
    SignedBy.SIGNATURE: N_("With the worker's signature"),
    SignedBy.THUMBPRINT: N_("With the worker's thumbprint"),
    SignedBy.SOMEBODY_ELSE: N_("By somebody else for the worker"),
    SignedBy.NOBODY: N_("Not by the worker"),
}


class About(msgspec.Struct, frozen=True, kw_only=True):
    """The agency that a check is about."""

    id: UUID
    name: str


class UploadPage(msgspec.Struct, frozen=True, kw_only=True):
    agency: About | None = None
    most_megabytes: int = forms.MOST_UPLOAD_BYTES // 1_000_000
    typed: Mapping[str, str] = {}
    errors: Errors = {}
    reasons: tuple[Message, ...] = ()


class TypedGroup(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    fields: tuple[forms.TypedField, ...]


class TypedPage(msgspec.Struct, frozen=True, kw_only=True):
    agency: About | None = None
    packs: Choices
    origins: Choices
    destinations: Choices
    steps: Mapping[Step, str]
    signed: Mapping[SignedBy, str]
    groups: tuple[TypedGroup, ...]
    attached: Mapping[str, str]
    most_megabytes: int = forms.MOST_UPLOAD_BYTES // 1_000_000
    typed: Mapping[str, str] = {}
    ticked: tuple[str, ...] = ()
    errors: Errors = {}
    reasons: tuple[Message, ...] = ()


class ReportPage(msgspec.Struct, frozen=True, kw_only=True):
    """A report with the words for its papers; `json` is what was checked, to keep or to check again."""

    given: CheckInput
    report: CheckReport
    gravity: Mapping[Gravity, str]
    steps: Mapping[Step, str]
    missing: tuple[Note, ...]
    json: str
    agency: About | None = None
    may_open: bool = False
    openable: tuple[tuple[str, str], ...] = ()
    ticked: tuple[str, ...] = ()
    errors: Errors = {}


@get("/contracts/check", opt=MAY)
async def show_upload(
    request: WebRequest, session: Session, agency: FromQuery[UUID | None] = None
) -> Page:
    page = UploadPage(agency=await _about(session, agency))
    return render(request, "contract_checks/upload.html", page)


@post("/contracts/check", opt=MAY, status_code=200, request_max_body_size=BODY_LIMIT)
async def check_files(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now
) -> Page:
    reader, files = await read_form(request), await _files(request)
    agency = await _agency_of(session, reader)
    known = await _confirmed(session, agency, now)
    found = await _checked(lambda _: forms.parse_files(reader, files), known, "file")
    if isinstance(found, ReportPage):
        return render(request, REPORT, _for(found, agency, actor))
    page = UploadPage(agency=agency, typed=reader.form, errors=found.errors, reasons=found.reasons)
    return render(request, "contract_checks/upload.html", page, status=422)


@get("/contracts/check/typed", opt=MAY)
async def show_typed(
    request: WebRequest, session: Session, agency: FromQuery[UUID | None] = None
) -> Page:
    library = await asyncio.to_thread(open_library)
    page = msgspec.structs.replace(_typed_page(library), agency=await _about(session, agency))
    return render(request, "contract_checks/typed.html", page)


@post("/contracts/check/typed", opt=MAY, status_code=200, request_max_body_size=BODY_LIMIT)
async def check_typed(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now
) -> Page:
    reader, files = await read_form(request), await _files(request)
    agency = await _agency_of(session, reader)
    known = await _confirmed(session, agency, now)
    found = await _checked(
        lambda library: forms.parse_typed(reader, files, library), known, "older"
    )
    if isinstance(found, ReportPage):
        return render(request, REPORT, _for(found, agency, actor))
    page = msgspec.structs.replace(
        _typed_page(await asyncio.to_thread(open_library)),
        agency=agency,
        typed=reader.form,
        ticked=tuple(reader.lists.get("attached", ())),
        errors=found.errors,
        reasons=found.reasons,
    )
    return render(request, "contract_checks/typed.html", page, status=422)


@post(
    "/contracts/check/findings",
    opt=needs(Permission.CONTRACT_FINDING_OPEN),
    status_code=200,
    request_max_body_size=BODY_LIMIT,
)
async def open_some(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now
) -> Page | Redirect:
    """Opens findings of an agency from the papers that the form carries, checked once more."""
    reader = await read_form(request)
    agency = await _agency_of(session, reader)
    raw = reader.form.get("checked", "").encode()
    known = await _confirmed(session, agency, now)
    found = await _checked(lambda _: read_check(raw), known, "file")
    if isinstance(found, _Refused) or agency is None:
        raise Rejected((Message(forms.FILE_MISSING),))
    page = _for(found, agency, actor)
    rules = reader.choices("rules", [rule for rule, _ in page.openable])
    if not rules:
        reader.refuse("rules", forms.RULE_MISSING)
    if not reader.flag("worker_asked"):
        reader.refuse("worker_asked", forms.WORKER_NOT_ASKED)
    if reader.errors:
        page = msgspec.structs.replace(page, errors=reader.errors, ticked=rules)
        return render(request, REPORT, page, status=422)
    await open_contract_findings(
        session, actor, now, agency_id=agency.id, given=page.given, report=page.report,
        rules=rules,
    )  # fmt: skip
    return go_to("/findings", {"agency": str(agency.id), "stands": "all"})


async def _agency_of(session: AsyncSession, reader: FormReader) -> About | None:
    try:
        return await _about(session, UUID(reader.form["agency"]))
    except (KeyError, ValueError):
        return None


async def _about(session: AsyncSession, agency_id: UUID | None) -> About | None:
    if agency_id is None:
        return None
    return About(id=agency_id, name=(await get_agency(session, agency_id)).record.legal_name)


class _Known(msgspec.Struct, frozen=True, kw_only=True):
    """What was confirmed of an agency up to a day, for the rule about its pattern."""

    findings: Sequence[AgencyFinding]
    today: date


async def _confirmed(session: AsyncSession, agency: About | None, now: datetime) -> _Known | None:
    if agency is None:
        return None
    findings = await list_confirmed(session, agency.id, since=year_before(now.date()))
    return _Known(findings=findings, today=now.date())


def _for(page: ReportPage, agency: About | None, actor: Actor) -> ReportPage:
    """The report with what may be opened as findings of the agency."""
    openable = {
        one.rule: one.items[0] for one in page.report.findings if one.items and agency is not None
    }
    return msgspec.structs.replace(
        page,
        agency=agency,
        may_open=bool(openable) and may(actor, Permission.CONTRACT_FINDING_OPEN),
        openable=tuple(openable.items()),
    )


class _Refused(msgspec.Struct, frozen=True, kw_only=True):
    errors: Errors
    reasons: tuple[Message, ...] = ()


async def _files(request: WebRequest) -> dict[str, bytes]:
    form = await request.form()
    return {
        name: await value.read()
        for name, value in form.multi_items()
        if isinstance(value, UploadFile)
    }


async def _checked(
    parse: Callable[[ContractLibrary], CheckInput | Errors],
    known: _Known | None,
    field: str,
) -> ReportPage | _Refused:
    """The report, or what is wrong with the form or the files; `field` is that of the file. Reading and
    judging takes no database, so it is done beside the other requests."""

    def work() -> ReportPage | _Refused:
        library = open_library()
        given = parse(library)
        if isinstance(given, dict):
            return _Refused(errors=given)
        if known is None or not known.findings:
            return _report_page(check(given, library), given)
        together = all_findings(known.findings, given.agency_findings)
        given = msgspec.structs.replace(given, agency_findings=together[:MOST_FINDINGS])
        return _report_page(check(given, library, today=known.today), given)

    try:
        return await asyncio.to_thread(work)
    except (Rejected, NotFound) as problem:
        reasons: tuple[Message, ...] = getattr(problem, "reasons", ()) or (problem.message,)
        return _Refused(errors={field: Message(HAS_MISTAKES)}, reasons=reasons)


def _report_page(report: CheckReport, given: CheckInput) -> ReportPage:
    missing: dict[str, Note] = {}
    for one in report.unchecked:
        missing.setdefault(f"{one.rule} {one.message.key}", one)
    return ReportPage(
        given=given,
        report=report,
        gravity=GRAVITY,
        steps=STEP_NAMES,
        missing=tuple(missing.values()),
        json=msgspec.json.format(msgspec.json.encode(given), indent=2).decode(),
    )


def _typed_page(library: ContractLibrary) -> TypedPage:
    origins, destinations = origins_and_destinations(library)
    return TypedPage(
        packs=kinds_of_work(library),
        origins=origins,
        destinations=destinations,
        steps=STEP_CHOICES,
        signed=SIGNED_CHOICES,
        groups=(
            TypedGroup(title=N_("Pay"), fields=forms.PAY),
            TypedGroup(title=N_("Time"), fields=forms.TIME),
            TypedGroup(title=N_("Work and life"), fields=forms.PEOPLE),
        ),
        attached={one.value: words for one, words in ATTACHED_WORDS.items()},
    )


HANDLERS = (show_upload, check_files, show_typed, check_typed, open_some)
