"""Desks that take cases and their officers; the help numbers that every worker sees first."""

from uuid import UUID, uuid4

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from recruitwatch.accounts.guards import needs, own_key
from recruitwatch.accounts.values import Permission, Role
from recruitwatch.complaints.actions import holding
from recruitwatch.complaints.forms.desks import (
    MOST_NUMBERS,
    parse_admission,
    parse_desk,
    parse_numbers,
)
from recruitwatch.complaints.forms.working import parse_person
from recruitwatch.complaints.queries import desks
from recruitwatch.complaints.queries.escrow import find_escrow_key
from recruitwatch.complaints.rules.routing import may_confirm, route
from recruitwatch.complaints.values.codes import Compartment
from recruitwatch.complaints.values.desks import Desk, DeskOfficer, HelpNumber, NoEscrow
from recruitwatch.complaints.values.filing import DeskHolder, Route
from recruitwatch.errors import N_, Message, NotFound
from recruitwatch.web.forms import Errors, FormReader
from recruitwatch.web.languages import gettext
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

MANAGE = needs(Permission.DESK_MANAGE)
SET_NUMBERS = needs(Permission.HELP_NUMBERS_SET)

NOBODY_TAKES = {
    Compartment.PROTECTED: N_("Nobody can take cases of violence, confinement or children now."),
    Compartment.OVERSIGHT: N_("Nobody can take complaints about officials now."),
    Compartment.GENERAL: N_("Nobody can take cases of the public now."),
}
OVERSIGHT_TAKES = N_("Cases of the public go to oversight now, since no office desk can take them.")
ONE_OFFICER = N_("Only one officer can read the cases here. Admit a second one.")
WAITS = N_("It waits for confirmation and takes no cases yet.")
NOBODY_READS = N_("No officer here has a key. Nobody can read new cases.")
OVERSIGHT = N_("Oversight")
DONE = {
    "opened": N_(
        "The desk is open. You are its first officer. It takes cases once it is confirmed."
    ),
    "confirmed": N_("Confirmed. The desk takes cases from now on."),
    "admitted": N_("Saved. They can open the cases that you can open, but those hidden from them."),
    "public": N_("Saved: whether the desk takes cases of the public."),
    "left": N_("You have left the desk. You hold no key of its cases any more."),
    "numbers": N_("Saved. Every worker sees these numbers first."),
}


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A desk with its people. `own` says whether the reader is one of its officers."""

    desk: Desk
    name: str
    officers: list[DeskOfficer]
    others: list[DeskOfficer]
    own: bool
    own_cleared: bool
    may_confirm: bool
    warnings: list[str]


class DesksPage(msgspec.Struct, frozen=True, kw_only=True):
    desks: list[Shown]
    warnings: list[str]
    person_id: UUID
    office: str
    may_open_office: bool
    may_open_oversight: bool
    first: str
    done: str


class Row(msgspec.Struct, frozen=True, kw_only=True):
    number: int
    values: dict[str, str]


class NumbersPage(msgspec.Struct, frozen=True, kw_only=True):
    rows: list[Row]
    done: Message | None
    errors: Errors


@get("/desks", opt=MANAGE)
async def show_desks(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    done: FromQuery[str] = "",
) -> Page:
    found = await desks.list_desks(session)
    holders = await desks.list_holders(session)
    shown = [await _shown(session, one, actor, holders) for one in found]
    routes = _routes(holders)
    offices = {one.office_id for one in found}
    has_oversight = any(one.oversight for one in found)
    has_escrow = await find_escrow_key(session) is not None
    page = DesksPage(
        desks=shown,
        warnings=_warnings(routes, has_escrow=has_escrow),
        person_id=actor.id,
        office=actor.office_name,
        may_open_office=has_escrow
        and Role.COMPLAINTS_OFFICER.value in actor.roles
        and actor.office_id not in offices,
        may_open_oversight=has_escrow and Role.OVERSIGHT.value in actor.roles and not has_oversight,
        first=_first(shown, routes),
        done=gettext(DONE[done]) if done in DONE else "",
    )
    return render(request, "complaints/desks.html", page)


async def _shown(
    session: Session, desk: Desk, actor: SignedInActor, holders: list[DeskHolder]
) -> Shown:
    people = await desks.list_desk_officers(session, desk.id)
    officers = [one for one in people if one.admitted_at is not None]
    own = next((one for one in officers if one.person_id == actor.id), None)
    warnings = [] if desk.confirmed_at else [gettext(WAITS)]
    if len(officers) < 2:
        warnings.append(gettext(ONE_OFFICER if officers else NOBODY_READS))
    regulator = Role.REGULATOR.value in actor.roles
    return Shown(
        desk=desk,
        name=gettext(OVERSIGHT) if desk.oversight else desk.office_name,
        officers=officers,
        others=[one for one in people if one.admitted_at is None] if own else [],
        own=own is not None,
        own_cleared=own is not None and own.cleared,
        may_confirm=desk.confirmed_at is None
        and may_confirm(desk, holders, actor.id, regulator=regulator),
        warnings=warnings,
    )


def _routes(holders: list[DeskHolder]) -> dict[Compartment, Route | None]:
    """Where a case of each kind would go now that is hidden from nobody."""
    return {
        one: route(holders, compartment=one, hidden_offices=(), hidden_people=())
        for one in NOBODY_TAKES
    }


def _warnings(routes: dict[Compartment, Route | None], *, has_escrow: bool) -> list[str]:
    found = [] if has_escrow else [gettext(NoEscrow.sentence)]
    found += [gettext(NOBODY_TAKES[kind]) for kind, taken in routes.items() if taken is None]
    general = routes[Compartment.GENERAL]
    if general is not None and general.holders[0].oversight:
        found.append(gettext(OVERSIGHT_TAKES))
    return found


def _first(shown: list[Shown], routes: dict[Compartment, Route | None]) -> str:
    """The office desk that takes cases of the public now."""
    general = routes[Compartment.GENERAL]
    if general is None or general.holders[0].oversight:
        return ""
    return next((one.name for one in shown if one.desk.id == general.desk_id), "")


@post("/desks", opt=MANAGE, status_code=200)
async def do_open_desk(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now
) -> Redirect:
    new = parse_desk(await read_form(request))
    await holding.open_desk(
        session, actor, now, oversight=new.oversight, takes_public=new.takes_public
    )
    return go_to("/desks", {"done": "opened"})


@post("/desks/{desk_id:uuid}/confirm", opt=MANAGE, status_code=200)
async def do_confirm_desk(
    session: Session, actor: SignedInActor, now: Now, desk_id: FromPath[UUID]
) -> Redirect:
    await holding.confirm_desk(session, actor, now, desk_id=desk_id)
    return go_to("/desks", {"done": "confirmed"})


@post("/desks/{desk_id:uuid}/public", opt=MANAGE, status_code=200)
async def do_set_public(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    desk_id: FromPath[UUID],
) -> Redirect:
    await desks.get_desk(session, desk_id)
    takes = (await read_form(request)).flag("takes_public")
    await holding.set_takes_public(session, actor, now, desk_id=desk_id, takes_public=takes)
    return go_to("/desks", {"done": "public"})


@post("/desks/{desk_id:uuid}/officers", opt=MANAGE, status_code=200)
async def do_admit(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    desk_id: FromPath[UUID],
) -> Redirect:
    """Admit a colleague, or change the clearance of one."""
    await desks.get_desk(session, desk_id)
    reader = await read_form(request)
    admission = parse_admission(reader, _person(reader))
    await holding.admit_officer(
        session, actor, now, request.app.state.vault,
        desk_id=desk_id, person_id=admission.person_id, cleared=admission.cleared,
        private_key=own_key(request),
    )  # fmt: skip
    return go_to("/desks", {"done": "admitted"})


@post("/desks/{desk_id:uuid}/leave", opt=MANAGE, status_code=200)
async def do_leave(
    session: Session, actor: SignedInActor, now: Now, desk_id: FromPath[UUID]
) -> Redirect:
    await desks.get_desk(session, desk_id)
    await holding.leave_desk(session, actor, now, desk_id=desk_id)
    return go_to("/desks", {"done": "left"})


def _person(reader: FormReader) -> UUID:
    """The person of a hidden field; no page of ours sends anything else."""
    person_id = parse_person(reader)
    if not isinstance(person_id, UUID):
        raise NotFound
    return person_id


@get("/help-numbers", opt=SET_NUMBERS)
async def show_numbers(request: WebRequest, session: Session, done: FromQuery[str] = "") -> Page:
    numbers = await desks.list_help_numbers(session)
    page = NumbersPage(
        rows=_rows({}, numbers), done=Message(DONE[done]) if done in DONE else None, errors={}
    )
    return render(request, "complaints/numbers.html", page)


@post("/help-numbers", opt=SET_NUMBERS, status_code=200)
async def do_set_numbers(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now
) -> Response[str] | Redirect:
    reader = await read_form(request)
    numbers = parse_numbers(reader, [uuid4() for _ in range(MOST_NUMBERS)])
    if not isinstance(numbers, list):
        page = NumbersPage(rows=_rows(dict(reader.form), []), done=None, errors=reader.errors)
        return render(request, "complaints/numbers.html", page, status=422)
    await holding.set_help_numbers(session, actor, now, numbers=numbers)
    return go_to("/help-numbers", {"done": "numbers"})


def _rows(typed: dict[str, str], numbers: list[HelpNumber]) -> list[Row]:
    """As typed, else as kept; always as many rows as there may be numbers."""
    rows = []
    for row in range(1, MOST_NUMBERS + 1):
        kept = numbers[row - 1] if row <= len(numbers) else None
        values = {
            "place": str(row),
            "name": kept.name if kept else "",
            "number": kept.number if kept else "",
            "hours": kept.hours if kept else "",
        }
        shown = {name: typed.get(f"{name}-{row}", value) for name, value in values.items()}
        rows.append(Row(number=row, values=shown))
    return rows


HANDLERS = (
    show_desks,
    do_open_desk,
    do_confirm_desk,
    do_set_public,
    do_admit,
    do_leave,
    show_numbers,
    do_set_numbers,
)
