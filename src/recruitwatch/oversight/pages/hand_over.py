"""Handing the open work of one person over to another. Administrators see how much, never what."""

from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.queries import get_person, list_people_of_role
from recruitwatch.accounts.values import Permission, Person, Role
from recruitwatch.audits.actions.drafting import hand_over_audits
from recruitwatch.audits.queries import count_open_drafts
from recruitwatch.oversight.forms import parse_successor
from recruitwatch.web.forms import Errors
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

MANAGE = needs(Permission.PEOPLE_MANAGE)


class HandOverPage(msgspec.Struct, frozen=True, kw_only=True):
    person: Person
    open_audits: int
    successors: list[tuple[str, str]]
    errors: Errors = {}


@get("/people/{person_id:uuid}/hand-over", opt=MANAGE)
async def show_hand_over(request: WebRequest, session: Session, person_id: FromPath[UUID]) -> Page:
    page = await _page(session, person_id)
    return render(request, "oversight/hand_over.html", page)


@post("/people/{person_id:uuid}/hand-over", opt=MANAGE, status_code=200)
async def do_hand_over(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    person_id: FromPath[UUID],
) -> Response[str] | Redirect:
    page = await _page(session, person_id)
    parsed = parse_successor(await read_form(request), [value for value, _ in page.successors])
    if isinstance(parsed, UUID):
        await hand_over_audits(session, actor, now, from_person=person_id, to_person=parsed)
        return go_to(f"/people/{person_id}", {"done": "handed-over"})
    page = msgspec.structs.replace(page, errors=parsed)
    return render(request, "oversight/hand_over.html", page, status=422)


async def _page(session: Session, person_id: UUID) -> HandOverPage:
    inspectors = await list_people_of_role(session, Role.INSPECTOR)
    return HandOverPage(
        person=await get_person(session, person_id),
        open_audits=await count_open_drafts(session, person_id),
        successors=[
            (str(one.id), f"{one.full_name} ({one.office_name})")
            for one in inspectors
            if one.id != person_id
        ],
    )


HANDLERS = (show_hand_over, do_hand_over)
