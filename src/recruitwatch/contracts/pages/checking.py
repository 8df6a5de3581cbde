"""Checking a contract in the browser. Nothing is stored, nothing is sent, and no case is opened."""

import asyncio
from collections.abc import Callable, Mapping

import msgspec
from litestar import get, post
from litestar.datastructures import UploadFile

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.values import Permission
from recruitwatch.contracts.actions import open_library
from recruitwatch.contracts.forms import checking as forms
from recruitwatch.contracts.rules.checking import check
from recruitwatch.contracts.values.checking import (
    STEP_NAMES,
    CheckInput,
    CheckReport,
    Note,
    SignedBy,
    Step,
)
from recruitwatch.contracts.values.corridors import Gravity
from recruitwatch.contracts.values.judged import ContractLibrary
from recruitwatch.errors import N_, Message, NotFound, Rejected
from recruitwatch.web.forms import Errors
from recruitwatch.web.request import Page, WebRequest, read_form
from recruitwatch.web.templating import render

MAY = needs(Permission.CONTRACT_CHECK)
# Two files and the words around them.
BODY_LIMIT = 2 * forms.MOST_UPLOAD_BYTES + 200_000
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


class UploadPage(msgspec.Struct, frozen=True, kw_only=True):
    most_megabytes: int = forms.MOST_UPLOAD_BYTES // 1_000_000
    typed: Mapping[str, str] = {}
    errors: Errors = {}
    reasons: tuple[Message, ...] = ()


class TypedGroup(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    fields: tuple[forms.TypedField, ...]


class TypedPage(msgspec.Struct, frozen=True, kw_only=True):
    packs: list[tuple[str, str]]
    origins: list[tuple[str, str]]
    destinations: list[tuple[str, str]]
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

    report: CheckReport
    gravity: Mapping[Gravity, str]
    steps: Mapping[Step, str]
    missing: tuple[Note, ...]
    json: str


@get("/contracts/check", opt=MAY)
async def show_upload(request: WebRequest) -> Page:
    return render(request, "contract_checks/upload.html", UploadPage())


@post("/contracts/check", opt=MAY, status_code=200, request_max_body_size=BODY_LIMIT)
async def check_files(request: WebRequest) -> Page:
    reader, files = await read_form(request), await _files(request)
    found = await _checked(lambda _: forms.parse_files(reader, files))
    if isinstance(found, ReportPage):
        return render(request, "contract_checks/report.html", found)
    page = UploadPage(typed=reader.form, errors=found.errors, reasons=found.reasons)
    return render(request, "contract_checks/upload.html", page, status=422)


@get("/contracts/check/typed", opt=MAY)
async def show_typed(request: WebRequest) -> Page:
    library = await asyncio.to_thread(open_library)
    return render(request, "contract_checks/typed.html", _typed_page(library))


@post("/contracts/check/typed", opt=MAY, status_code=200, request_max_body_size=BODY_LIMIT)
async def check_typed(request: WebRequest) -> Page:
    reader, files = await read_form(request), await _files(request)
    found = await _checked(lambda library: forms.parse_typed(reader, files, library))
    if isinstance(found, ReportPage):
        return render(request, "contract_checks/report.html", found)
    page = msgspec.structs.replace(
        _typed_page(await asyncio.to_thread(open_library)),
        typed=reader.form,
        ticked=tuple(reader.lists.get("attached", ())),
        errors=found.errors,
        reasons=found.reasons,
    )
    return render(request, "contract_checks/typed.html", page, status=422)


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
) -> ReportPage | _Refused:
    """The report, or what is wrong with the form or the files. Reading and judging takes no database, so
    it is done beside the other requests."""

    def work() -> ReportPage | _Refused:
        library = open_library()
        given = parse(library)
        if isinstance(given, dict):
            return _Refused(errors=given)
        return _report_page(check(given, library), given)

    try:
        return await asyncio.to_thread(work)
    except (Rejected, NotFound) as problem:
        reasons: tuple[Message, ...] = getattr(problem, "reasons", ()) or (problem.message,)
        return _Refused(errors={"file": Message(HAS_MISTAKES)}, reasons=reasons)


def _report_page(report: CheckReport, given: CheckInput) -> ReportPage:
    missing: dict[str, Note] = {}
    for one in report.unchecked:
        missing.setdefault(f"{one.rule} {one.message.key}", one)
    return ReportPage(
        report=report,
        gravity=GRAVITY,
        steps=STEP_NAMES,
        missing=tuple(missing.values()),
        json=msgspec.json.format(msgspec.json.encode(given), indent=2).decode(),
    )


def _typed_page(library: ContractLibrary) -> TypedPage:
    corridors = library.corridors[max(library.corridors)]
    packs = {name: pack.written.title for (name, _), pack in sorted(library.packs.items())}
    return TypedPage(
        packs=list(packs.items()),
        origins=sorted(((o.code, o.name) for o in corridors.origins.origins), key=_by_name),
        destinations=sorted(
            ((d.code, d.name) for d in corridors.destinations.destinations), key=_by_name
        ),
        steps=STEP_CHOICES,
        signed=SIGNED_CHOICES,
        groups=(
            TypedGroup(title=N_("Pay"), fields=forms.PAY),
            TypedGroup(title=N_("Time"), fields=forms.TIME),
            TypedGroup(title=N_("Work and life"), fields=forms.PEOPLE),
        ),
        attached={one.value: words for one, words in forms.ATTACHED_WORDS.items()},
    )


def _by_name(one: tuple[str, str]) -> str:
    return one[1]


HANDLERS = (show_upload, check_files, show_typed, check_typed)
