"""People of the ministry as administrators keep them: the list, one person, and what is done to them."""

from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from recruitwatch.accounts import queries
from recruitwatch.accounts.actions.people import (
    change_person,
    create_person,
    disable_person,
    enable_person,
    reset_password,
)
from recruitwatch.accounts.forms import parse_new_person, parse_person_change
from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.rules import STAFF
from recruitwatch.accounts.values import (
    ROLE_NAMES,
    ROLE_PURPOSES,
    NameTaken,
    NewPerson,
    Permission,
    Person,
    PersonChange,
    Role,
)
from recruitwatch.errors import N_, Message
from recruitwatch.web.forms import Errors, FormReader
from recruitwatch.web.languages import gettext
from recruitwatch.web.paging import SIZE, Paging, offset, paging
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

MANAGE = needs(Permission.PEOPLE_MANAGE)
DONE = {
    "changed": N_("The change was saved."),
    "disabled": N_("This person can no longer sign in."),
    "enabled": N_("This person can sign in again."),
    "handed-over": N_("The open work was handed over."),
}
Choices = list[tuple[str, str]]
RoleChoices = list[tuple[str, str, str]]


class PersonLine(msgspec.Struct, frozen=True, kw_only=True):
    """A person in the list, with roles in words."""

    id: UUID
    sign_in_name: str
    full_name: str
    office_name: str
    role_names: list[str]
    disabled: bool


class PeoplePage(msgspec.Struct, frozen=True, kw_only=True):
    people: list[PersonLine]
    paging: Paging


class PersonPage(msgspec.Struct, frozen=True, kw_only=True):
    person: Person
    role_names: list[str]
    is_self: bool
    has_work: bool
    done: Message | None


class PersonFormPage(msgspec.Struct, frozen=True, kw_only=True):
    """The form of a new or a changed person, with what was typed."""

    offices: Choices
    roles: RoleChoices
    full_name: str = ""
    sign_in_name: str = ""
    office_id: str = ""
    ticked: tuple[str, ...] = ()
    version: int = 0
    person_id: UUID | None = None
    is_self: bool = False
    has_key: bool = False
    errors: Errors = {}


class FirstPasswordPage(msgspec.Struct, frozen=True, kw_only=True):
    """A password that is shown once and stored nowhere."""

    person: Person
    password: str
    is_new: bool


def role_names(roles: frozenset[Role]) -> list[str]:
    """The roles in words of the reader's language, in their fixed order."""
    return [gettext(ROLE_NAMES[role]) for role in Role if role in roles]


@get("/people", opt=MANAGE)
async def show_people(request: WebRequest, session: Session, page: FromQuery[int] = 1) -> Page:
    found = await queries.list_people(session, limit=SIZE, offset=offset(page))
    lines = [
        PersonLine(
            id=person.id,
            sign_in_name=person.sign_in_name,
            full_name=person.full_name,
            office_name=person.office_name,
            role_names=role_names(person.roles),
            disabled=person.disabled_at is not None,
        )
        for person in found
    ]
    where = paging("/people", page, await queries.count_people(session))
    return render(request, "accounts/people/list.html", PeoplePage(people=lines, paging=where))


@get("/people/new", opt=MANAGE)
async def show_new_person(request: WebRequest, session: Session) -> Page:
    offices, _ = await _offices(session)
    page = PersonFormPage(offices=offices, roles=_role_choices())
    return render(request, "accounts/people/new.html", page)


@post("/people/new", opt=MANAGE, status_code=200)
async def do_new_person(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now
) -> Page:
    reader = await read_form(request)
    offices, known = await _offices(session)
    parsed = parse_new_person(reader, known)
    if isinstance(parsed, NewPerson):
        # The constraint has the last word; asking first puts the sentence beside the field.
        if await queries.find_person(session, parsed.sign_in_name) is None:
            person_id, first = await create_person(session, actor, now, new=parsed)
            return await _first_password(request, session, person_id, first, is_new=True)
        parsed = {"sign_in_name": Message(NameTaken.sentence)}
    page = _typed(reader, PersonFormPage(offices=offices, roles=_role_choices(), errors=parsed))
    return render(request, "accounts/people/new.html", page, status=422)


@get("/people/{person_id:uuid}", opt=MANAGE)
async def show_person(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    person_id: FromPath[UUID],
    done: FromQuery[str] = "",
) -> Page:
    person = await queries.get_person(session, person_id)
    page = PersonPage(
        person=person,
        role_names=role_names(person.roles),
        is_self=person.id == actor.id,
        has_work=Role.INSPECTOR in person.roles,
        done=Message(DONE[done]) if done in DONE else None,
    )
    return render(request, "accounts/people/show.html", page)


@get("/people/{person_id:uuid}/change", opt=MANAGE)
async def show_change(
    request: WebRequest, session: Session, actor: SignedInActor, person_id: FromPath[UUID]
) -> Page:
    person = await queries.get_person(session, person_id)
    offices, _ = await _offices(session)
    page = PersonFormPage(
        offices=offices,
        roles=_role_choices(),
        full_name=person.full_name,
        sign_in_name=person.sign_in_name,
        office_id=str(person.office_id),
        ticked=tuple(sorted(person.roles)),
        version=person.version,
        person_id=person.id,
        is_self=person.id == actor.id,
        has_key=person.has_key,
    )
    return render(request, "accounts/people/change.html", page)


@post("/people/{person_id:uuid}/change", opt=MANAGE, status_code=200)
async def do_change(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    person_id: FromPath[UUID],
) -> Response[str] | Redirect:
    reader = await read_form(request)
    offices, known = await _offices(session)
    parsed = parse_person_change(reader, known)
    if isinstance(parsed, PersonChange):
        await change_person(session, actor, now, person_id=person_id, change=parsed)
        return go_to(f"/people/{person_id}", {"done": "changed"})
    person = await queries.get_person(session, person_id)
    blank = PersonFormPage(
        offices=offices,
        roles=_role_choices(),
        version=person.version,
        person_id=person_id,
        is_self=person_id == actor.id,
        has_key=person.has_key,
        errors=parsed,
    )
    return render(request, "accounts/people/change.html", _typed(reader, blank), status=422)


@get("/people/{person_id:uuid}/disable", opt=MANAGE)
async def show_disable(
    request: WebRequest, session: Session, actor: SignedInActor, person_id: FromPath[UUID]
) -> Page:
    return await _confirmation(request, session, actor, person_id, "accounts/people/disable.html")


@post("/people/{person_id:uuid}/disable", opt=MANAGE, status_code=303)
async def do_disable(
    session: Session, actor: SignedInActor, now: Now, person_id: FromPath[UUID]
) -> Redirect:
    await disable_person(session, actor, now, person_id=person_id)
    return go_to(f"/people/{person_id}", {"done": "disabled"})


@post("/people/{person_id:uuid}/enable", opt=MANAGE, status_code=303)
async def do_enable(
    session: Session, actor: SignedInActor, now: Now, person_id: FromPath[UUID]
) -> Redirect:
    await enable_person(session, actor, now, person_id=person_id)
    return go_to(f"/people/{person_id}", {"done": "enabled"})


@get("/people/{person_id:uuid}/reset-password", opt=MANAGE)
async def show_reset(
    request: WebRequest, session: Session, actor: SignedInActor, person_id: FromPath[UUID]
) -> Page:
    return await _confirmation(request, session, actor, person_id, "accounts/people/reset.html")


@post("/people/{person_id:uuid}/reset-password", opt=MANAGE, status_code=200)
async def do_reset(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    person_id: FromPath[UUID],
) -> Page:
    first = await reset_password(session, actor, now, person_id=person_id)
    return await _first_password(request, session, person_id, first, is_new=False)


async def _offices(session: Session) -> tuple[Choices, frozenset[UUID]]:
    """Offices to choose from: those that are not closed."""
    found = [office for office in await queries.list_offices(session) if office.closed_at is None]
    return [(str(office.id), office.name) for office in found], frozenset(o.id for o in found)


def _role_choices() -> RoleChoices:
    return [
        (role.value, gettext(ROLE_NAMES[role]), gettext(ROLE_PURPOSES[role]))
        for role in Role
        if role in STAFF
    ]


def _typed(reader: FormReader, blank: PersonFormPage) -> PersonFormPage:
    """The form with what was typed in it; the version stays the one that was read."""
    version = reader.form.get("version", "")
    return msgspec.structs.replace(
        blank,
        full_name=reader.form.get("full_name", ""),
        sign_in_name=reader.form.get("sign_in_name", ""),
        office_id=reader.form.get("office_id", ""),
        ticked=tuple(reader.lists.get("roles", ())),
        version=int(version) if version.isascii() and version.isdecimal() else blank.version,
    )


async def _confirmation(
    request: WebRequest, session: Session, actor: SignedInActor, person_id: UUID, template: str
) -> Page:
    person = await queries.get_person(session, person_id)
    page = PersonPage(
        person=person,
        role_names=role_names(person.roles),
        is_self=person.id == actor.id,
        has_work=Role.INSPECTOR in person.roles,
        done=None,
    )
    return render(request, template, page)


async def _first_password(
    request: WebRequest, session: Session, person_id: UUID, password: str, *, is_new: bool
) -> Page:
    person = await queries.get_person(session, person_id)
    page = FirstPasswordPage(person=person, password=password, is_new=is_new)
    headers = {"Cache-Control": "no-store"}
    return render(request, "accounts/people/first_password.html", page, headers=headers)


HANDLERS = (
    show_people,
    show_new_person,
    do_new_person,
    show_person,
    show_change,
    do_change,
    show_disable,
    do_disable,
    do_enable,
    show_reset,
    do_reset,
)
