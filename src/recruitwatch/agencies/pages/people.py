"""The people who may sign in for an agency, as regulators keep them."""

from collections.abc import Mapping
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from recruitwatch.accounts.actions.agency_people import (
    create_agency_person,
    disable_agency_person,
    enable_agency_person,
    reset_agency_password,
)
from recruitwatch.accounts.forms import parse_agency_person
from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.queries import (
    count_agency_people,
    find_person,
    get_agency_person,
    list_agency_people,
)
from recruitwatch.accounts.values import AgencyPerson, NameTaken, NewAgencyPerson, Permission
from recruitwatch.agencies.queries import get_agency
from recruitwatch.errors import N_, Message
from recruitwatch.web.forms import Errors
from recruitwatch.web.paging import SIZE, Paging, offset, paging
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

MANAGE = needs(Permission.AGENCY_PEOPLE_MANAGE)
DONE: Mapping[str, str] = {
    "disabled": N_("This person can no longer sign in."),
    "enabled": N_("This person can sign in again."),
}


class AgencyPeoplePage(msgspec.Struct, frozen=True, kw_only=True):
    """Who may sign in for an agency, and the form of another one with what was typed."""

    agency_id: UUID
    agency_name: str
    people: list[AgencyPerson]
    paging: Paging
    done: Message | None = None
    full_name: str = ""
    sign_in_name: str = ""
    errors: Errors = {}


class AgencyPersonPage(msgspec.Struct, frozen=True, kw_only=True):
    """One of them, before the password is reset or the person disabled."""

    agency_id: UUID
    agency_name: str
    person: AgencyPerson


class AgencyPasswordPage(msgspec.Struct, frozen=True, kw_only=True):
    """A password that is shown once and stored nowhere."""

    agency_id: UUID
    agency_name: str
    person: AgencyPerson
    password: str
    is_new: bool


async def _page(session: Session, agency_id: UUID, page: int = 1) -> AgencyPeoplePage:
    agency = await get_agency(session, agency_id)
    total = await count_agency_people(session, agency_id)
    return AgencyPeoplePage(
        agency_id=agency_id,
        agency_name=agency.record.legal_name,
        people=await list_agency_people(session, agency_id, limit=SIZE, offset=offset(page)),
        paging=paging(f"/agencies/{agency_id}/people", page, total),
    )


@get("/agencies/{agency_id:uuid}/people", opt=MANAGE)
async def show_agency_people(
    request: WebRequest,
    session: Session,
    agency_id: FromPath[UUID],
    page: FromQuery[int] = 1,
    done: FromQuery[str] = "",
) -> Page:
    shown = msgspec.structs.replace(
        await _page(session, agency_id, page), done=Message(DONE[done]) if done in DONE else None
    )
    return render(request, "agencies/people/list.html", shown)


@post("/agencies/{agency_id:uuid}/people", opt=MANAGE, status_code=200)
async def do_new_agency_person(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    agency_id: FromPath[UUID],
) -> Page:
    reader = await read_form(request)
    shown = await _page(session, agency_id)
    parsed = parse_agency_person(reader, agency_id)
    if isinstance(parsed, NewAgencyPerson):
        # The constraint has the last word; asking first puts the sentence beside the field.
        if await find_person(session, parsed.sign_in_name) is None:
            person_id, first = await create_agency_person(session, actor, now, new=parsed)
            return await _password(request, session, agency_id, person_id, first, is_new=True)
        parsed = {"sign_in_name": Message(NameTaken.sentence)}
    shown = msgspec.structs.replace(
        shown,
        full_name=reader.form.get("full_name", ""),
        sign_in_name=reader.form.get("sign_in_name", ""),
        errors=parsed,
    )
    return render(request, "agencies/people/list.html", shown, status=422)


async def _person(session: Session, agency_id: UUID, person_id: UUID) -> AgencyPersonPage:
    agency = await get_agency(session, agency_id)
    return AgencyPersonPage(
        agency_id=agency_id,
        agency_name=agency.record.legal_name,
        person=await get_agency_person(session, agency_id, person_id),
    )


@get("/agencies/{agency_id:uuid}/people/{person_id:uuid}/reset-password", opt=MANAGE)
async def show_reset_agency_password(
    request: WebRequest, session: Session, agency_id: FromPath[UUID], person_id: FromPath[UUID]
) -> Page:
    page = await _person(session, agency_id, person_id)
    return render(request, "agencies/people/reset.html", page)


@post(
    "/agencies/{agency_id:uuid}/people/{person_id:uuid}/reset-password",
    opt=MANAGE,
    status_code=200,
)
async def do_reset_agency_password(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    agency_id: FromPath[UUID],
    person_id: FromPath[UUID],
) -> Page:
    first = await reset_agency_password(
        session, actor, now, agency_id=agency_id, person_id=person_id
    )
    return await _password(request, session, agency_id, person_id, first, is_new=False)


@get("/agencies/{agency_id:uuid}/people/{person_id:uuid}/disable", opt=MANAGE)
async def show_disable_agency_person(
    request: WebRequest, session: Session, agency_id: FromPath[UUID], person_id: FromPath[UUID]
) -> Page:
    page = await _person(session, agency_id, person_id)
    return render(request, "agencies/people/disable.html", page)


@post("/agencies/{agency_id:uuid}/people/{person_id:uuid}/disable", opt=MANAGE, status_code=303)
async def do_disable_agency_person(
    session: Session,
    actor: SignedInActor,
    now: Now,
    agency_id: FromPath[UUID],
    person_id: FromPath[UUID],
) -> Redirect:
    await disable_agency_person(session, actor, now, agency_id=agency_id, person_id=person_id)
    return go_to(f"/agencies/{agency_id}/people", {"done": "disabled"})


@post("/agencies/{agency_id:uuid}/people/{person_id:uuid}/enable", opt=MANAGE, status_code=303)
async def do_enable_agency_person(
    session: Session,
    actor: SignedInActor,
    now: Now,
    agency_id: FromPath[UUID],
    person_id: FromPath[UUID],
) -> Redirect:
    await enable_agency_person(session, actor, now, agency_id=agency_id, person_id=person_id)
    return go_to(f"/agencies/{agency_id}/people", {"done": "enabled"})


async def _password(
    request: WebRequest,
    session: Session,
    agency_id: UUID,
    person_id: UUID,
    password: str,
    *,
    is_new: bool,
) -> Response[str]:
    found = await _person(session, agency_id, person_id)
    page = AgencyPasswordPage(
        agency_id=agency_id,
        agency_name=found.agency_name,
        person=found.person,
        password=password,
        is_new=is_new,
    )
    headers = {"Cache-Control": "no-store"}
    return render(request, "agencies/people/first_password.html", page, headers=headers)


HANDLERS = (
    show_agency_people,
    do_new_agency_person,
    show_reset_agency_password,
    do_reset_agency_password,
    show_disable_agency_person,
    do_disable_agency_person,
    do_enable_agency_person,
)
