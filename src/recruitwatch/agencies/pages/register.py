"""The register for staff: lists, one agency with everything, entering a new one, changing it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.rules import may
from recruitwatch.accounts.values import Permission
from recruitwatch.actor import Actor
from recruitwatch.agencies import queries
from recruitwatch.agencies.actions import change_agency, register_agency
from recruitwatch.agencies.forms import country_names, parse_basics, parse_new_agency, parse_sectors
from recruitwatch.agencies.forms.parts import CONTACT_KINDS, NAME_KINDS, ROLES, SEXES
from recruitwatch.agencies.pages.public import cleaned
from recruitwatch.agencies.pages.words import STATES, StatusWords, sector_names, status_words
from recruitwatch.agencies.rules import in_order, status_on
from recruitwatch.agencies.values import (
    SECTORS,
    AgencyHit,
    AgencyHits,
    AgencyRecord,
    Licence,
    LicenceStatus,
    Register,
    StoredAgency,
)
from recruitwatch.web.forms import Errors, FormReader
from recruitwatch.web.languages import current, gettext
from recruitwatch.web.paging import SIZE, Paging, offset, paging
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

READ = needs(Permission.REGISTER_READ)
EDIT = needs(Permission.REGISTER_EDIT)


class RegisterPage(msgspec.Struct, frozen=True, kw_only=True):
    query: str
    register_id: str
    registers: list[Register]
    found: AgencyHits
    paging: Paging
    may_edit: bool


class AgencyPage(msgspec.Struct, frozen=True, kw_only=True):
    """One agency with everything. The page of imports shows it with where the entry comes from."""

    agency: StoredAgency
    register: Register
    status: LicenceStatus
    status_words: StatusWords
    licences: tuple[Licence, ...]
    state_words: dict[str, StatusWords]
    sectors: list[str]
    countries: Mapping[str, str]
    words: dict[str, str]
    may_edit: bool
    may_decide: bool


class NewAgencyPage(msgspec.Struct, frozen=True, kw_only=True):
    registers: list[Register]
    form: Mapping[str, str] = {}
    similar: tuple[AgencyHit, ...] = ()
    errors: Errors = {}


class BasicsPage(msgspec.Struct, frozen=True, kw_only=True):
    agency: StoredAgency
    version: str
    form: Mapping[str, str]
    errors: Errors = {}


class SectorsPage(msgspec.Struct, frozen=True, kw_only=True):
    agency: StoredAgency
    version: str
    choices: list[tuple[str, str]]
    ticked: tuple[str, ...]
    errors: Errors = {}


@get("/register", opt=READ)
async def show_register(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    q: FromQuery[str] = "",
    register: FromQuery[str] = "",
    page: FromQuery[int] = 1,
) -> Page:
    query = cleaned(q)
    found = await queries.search_or_list(
        session, query, register_id=register or None, limit=SIZE, offset=offset(page)
    )
    shown = RegisterPage(
        query=query,
        register_id=register,
        registers=await queries.list_registers(session),
        found=found,
        paging=paging("/register", page, found.total, q=query, register=register),
        may_edit=may(actor, Permission.REGISTER_EDIT),
    )
    return render(request, "agencies/register.html", shown)


async def make_entry(session: Session, actor: Actor, now: datetime, agency_id: UUID) -> AgencyPage:
    """Everything that the register holds of an agency, for the page of staff."""
    agency = await queries.get_agency(session, agency_id)
    licences = await queries.list_licences(session, agency_id)
    status = status_on(licences, now.date())
    return AgencyPage(
        agency=agency,
        register=await queries.get_register(session, agency.record.register_id),
        status=status,
        status_words=status_words(status),
        licences=tuple(_newest_first(licence) for licence in reversed(licences)),
        state_words={state.value: words for state, words in STATES.items()},
        sectors=sector_names(agency.record.sectors),
        countries=country_names(current.get()),
        words=dict((*NAME_KINDS, *CONTACT_KINDS, *ROLES, *SEXES)),
        may_edit=may(actor, Permission.REGISTER_EDIT),
        may_decide=may(actor, Permission.LICENCE_DECIDE),
    )


def _newest_first(licence: Licence) -> Licence:
    ordered = tuple(reversed(in_order(licence.decisions)))
    return msgspec.structs.replace(licence, decisions=ordered)


@get("/register/new", opt=EDIT)
async def show_new(request: WebRequest, session: Session) -> Page:
    page = NewAgencyPage(registers=await queries.list_registers(session))
    return render(request, "agencies/new.html", page)


@post("/register/new", opt=EDIT, status_code=200)
async def do_new(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now
) -> Response[str] | Redirect:
    """Before an agency is entered that may be there already, the person looks at that one."""
    reader = await read_form(request)
    registers = await queries.list_registers(session)
    parsed = parse_new_agency(reader, {register.id: register for register in registers})
    if not isinstance(parsed, AgencyRecord):
        page = NewAgencyPage(registers=registers, form=reader.form, errors=parsed)
        return render(request, "agencies/new.html", page, status=422)
    similar = () if reader.flag("is_new") else await queries.list_same(session, parsed)
    if similar:
        page = NewAgencyPage(registers=registers, form=reader.form, similar=similar)
        return render(request, "agencies/new.html", page, status=422)
    agency_id = await register_agency(session, actor, now, agency=parsed)
    return go_to(f"/register/{agency_id}")


@get("/register/{agency_id:uuid}/edit", opt=EDIT)
async def show_basics(request: WebRequest, session: Session, agency_id: FromPath[UUID]) -> Page:
    agency = await queries.get_agency(session, agency_id)
    record = agency.record
    form = {
        "legal_name": record.legal_name, "licence_no": record.licence_no or "", "note": record.note
    }  # fmt: skip
    page = BasicsPage(agency=agency, version=str(agency.version), form=form)
    return render(request, "agencies/basics.html", page)


@post("/register/{agency_id:uuid}/edit", opt=EDIT, status_code=200)
async def do_basics(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now, agency_id: FromPath[UUID]
) -> Response[str] | Redirect:
    reader, agency = await read_form(request), await queries.get_agency(session, agency_id)
    version = seen_version(reader)
    parsed = parse_basics(reader, agency.record)
    if not isinstance(parsed, AgencyRecord):
        page = BasicsPage(agency=agency, version=str(version), form=reader.form, errors=parsed)
        return render(request, "agencies/basics.html", page, status=422)
    await change_agency(session, actor, now, agency_id=agency_id, version=version, agency=parsed)
    return go_to(f"/register/{agency_id}")


def seen_version(reader: FormReader) -> int:
    """The version that the person saw; 0, which no record has, if the form does not say."""
    text = reader.form.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _sector_choices(record: AgencyRecord) -> list[tuple[str, str]]:
    own = [(word, word) for word in record.sectors if word not in SECTORS]
    return [*((code, gettext(word)) for code, word in SECTORS.items()), *own]


@get("/register/{agency_id:uuid}/edit/sectors", opt=EDIT)
async def show_sectors(request: WebRequest, session: Session, agency_id: FromPath[UUID]) -> Page:
    agency = await queries.get_agency(session, agency_id)
    page = SectorsPage(
        agency=agency,
        version=str(agency.version),
        choices=_sector_choices(agency.record),
        ticked=agency.record.sectors,
    )
    return render(request, "agencies/sectors.html", page)


@post("/register/{agency_id:uuid}/edit/sectors", opt=EDIT, status_code=200)
async def do_sectors(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now, agency_id: FromPath[UUID]
) -> Response[str] | Redirect:
    reader, agency = await read_form(request), await queries.get_agency(session, agency_id)
    version = seen_version(reader)
    parsed = parse_sectors(reader, agency.record)
    if not isinstance(parsed, AgencyRecord):
        page = SectorsPage(
            agency=agency,
            version=str(version),
            choices=_sector_choices(agency.record),
            ticked=tuple(reader.lists.get("sectors", ())),
            errors=parsed,
        )
        return render(request, "agencies/sectors.html", page, status=422)
    await change_agency(session, actor, now, agency_id=agency_id, version=version, agency=parsed)
    return go_to(f"/register/{agency_id}")


HANDLERS = (
    show_register,
    show_new,
    do_new,
    show_basics,
    do_basics,
    show_sectors,
    do_sectors,
)
