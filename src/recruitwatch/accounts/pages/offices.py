"""Offices of the ministry, and which roles must use a second factor."""

from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from recruitwatch.accounts import queries
from recruitwatch.accounts.actions.people import (
    create_office,
    rename_office,
    set_second_factor_rule,
)
from recruitwatch.accounts.forms import parse_office_name
from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.values import (
    ROLE_NAMES,
    ROLE_PURPOSES,
    Office,
    OfficeTaken,
    OfficeUnknown,
    Permission,
    Role,
)
from recruitwatch.errors import Message
from recruitwatch.web.forms import Errors
from recruitwatch.web.languages import gettext
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

MANAGE = needs(Permission.PEOPLE_MANAGE)


class OfficesPage(msgspec.Struct, frozen=True, kw_only=True):
    offices: list[Office]
    name: str = ""
    errors: Errors = {}


class OfficePage(msgspec.Struct, frozen=True, kw_only=True):
    office: Office
    name: str
    errors: Errors = {}


class RoleRule(msgspec.Struct, frozen=True, kw_only=True):
    role: str
    name: str
    purpose: str
    required: bool


class RolesPage(msgspec.Struct, frozen=True, kw_only=True):
    rules: list[RoleRule]


@get("/offices", opt=MANAGE)
async def show_offices(request: WebRequest, session: Session) -> Page:
    page = OfficesPage(offices=await queries.list_offices(session))
    return render(request, "accounts/people/offices.html", page)


@post("/offices", opt=MANAGE, status_code=200)
async def do_new_office(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now
) -> Response[str] | Redirect:
    reader = await read_form(request)
    name = parse_office_name(reader)
    if name is not None and await queries.find_office(session, name) is None:
        await create_office(session, actor, now, name=name)
        return go_to("/offices")
    page = OfficesPage(
        offices=await queries.list_offices(session),
        name=reader.form.get("name", ""),
        errors=reader.errors or {"name": Message(OfficeTaken.sentence)},
    )
    return render(request, "accounts/people/offices.html", page, status=422)


@get("/offices/{office_id:uuid}", opt=MANAGE)
async def show_office(request: WebRequest, session: Session, office_id: FromPath[UUID]) -> Page:
    office = await _office(session, office_id)
    page = OfficePage(office=office, name=office.name)
    return render(request, "accounts/people/office.html", page)


@post("/offices/{office_id:uuid}", opt=MANAGE, status_code=200)
async def do_rename_office(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    office_id: FromPath[UUID],
) -> Response[str] | Redirect:
    reader = await read_form(request)
    name = parse_office_name(reader)
    if name is not None and await queries.find_office(session, name) in (None, office_id):
        await rename_office(session, actor, now, office_id=office_id, name=name)
        return go_to("/offices")
    page = OfficePage(
        office=await _office(session, office_id),
        name=reader.form.get("name", ""),
        errors=reader.errors or {"name": Message(OfficeTaken.sentence)},
    )
    return render(request, "accounts/people/office.html", page, status=422)


async def _office(session: Session, office_id: UUID) -> Office:
    found = [office for office in await queries.list_offices(session) if office.id == office_id]
    if not found:
        raise OfficeUnknown
    return found[0]


@get("/people/second-factor", opt=MANAGE)
async def show_roles(request: WebRequest, session: Session) -> Page:
    required = await queries.list_second_factor_roles(session)
    rules = [
        RoleRule(
            role=role.value,
            name=gettext(ROLE_NAMES[role]),
            purpose=gettext(ROLE_PURPOSES[role]),
            required=role in required,
        )
        for role in Role
    ]
    return render(request, "accounts/people/second_factor.html", RolesPage(rules=rules))


@post("/people/second-factor/{role:str}", opt=MANAGE, status_code=303)
async def do_role(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now, role: FromPath[Role]
) -> Redirect:
    required = (await read_form(request)).flag("required")
    await set_second_factor_rule(session, actor, now, role=role, required=required)
    return go_to("/people/second-factor")


HANDLERS = (
    show_offices,
    do_new_office,
    show_office,
    do_rename_office,
    show_roles,
    do_role,
)
