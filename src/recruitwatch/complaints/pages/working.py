"""What an officer does on the page of a case: take it, move it on, write to her, set how urgent it is."""

from uuid import UUID

from litestar import Response, post
from litestar.params import FromPath
from litestar.response import Redirect

from recruitwatch.accounts.guards import own_key
from recruitwatch.complaints.actions import working
from recruitwatch.complaints.forms.working import (
    Wanted,
    parse_end_of_care,
    parse_message,
    parse_person,
    parse_step,
    parse_urgency,
)
from recruitwatch.complaints.pages.case import refuse
from recruitwatch.complaints.pages.queue import READ
from recruitwatch.complaints.queries.cases import get_head
from recruitwatch.complaints.rules.urgency import rank, seconds_needed
from recruitwatch.complaints.values.judging import NewUrgency
from recruitwatch.web.request import Now, Session, SignedInActor, WebRequest, go_to, read_form

Answer = Response[str] | Redirect


def back(case_id: UUID, done: str) -> Redirect:
    return go_to(f"/cases/{case_id}", {"done": done})


@post("/cases/{case_id:uuid}/take", opt=READ, status_code=200)
async def do_take(
    session: Session, actor: SignedInActor, now: Now, case_id: FromPath[UUID]
) -> Redirect:
    await working.assign_case(session, actor, now, case_id=case_id, person_id=actor.id)
    return back(case_id, "taken")


@post("/cases/{case_id:uuid}/give", opt=READ, status_code=200)
async def do_give(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    case_id: FromPath[UUID],
) -> Answer:
    reader = await read_form(request)
    person_id = parse_person(reader)
    if not isinstance(person_id, UUID):
        return await refuse(request, session, actor, now, case_id, reader)
    await working.assign_case(session, actor, now, case_id=case_id, person_id=person_id)
    return back(case_id, "given")


@post("/cases/{case_id:uuid}/contacted", opt=READ, status_code=200)
async def do_note_contact(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    case_id: FromPath[UUID],
) -> Redirect:
    calendar = request.app.state.calendar
    await working.note_contact(session, actor, now, case_id=case_id, calendar=calendar)
    return back(case_id, "contacted")


@post("/cases/{case_id:uuid}/safety", opt=READ, status_code=200)
async def do_set_safety(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    case_id: FromPath[UUID],
) -> Answer:
    reader = await read_form(request)
    if reader.flag("safety"):
        await working.open_care(session, actor, now, case_id=case_id)
        return back(case_id, "care")
    reason = parse_end_of_care(reader)
    if not isinstance(reason, str):
        return await refuse(request, session, actor, now, case_id, reader)
    await working.end_care(
        session, actor, now, request.app.state.vault,
        case_id=case_id, private_key=own_key(request), reason=reason,
    )  # fmt: skip
    return back(case_id, "no_care")


@post("/cases/{case_id:uuid}/message", opt=READ, status_code=200)
async def do_write(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    case_id: FromPath[UUID],
) -> Answer:
    reader = await read_form(request)
    text = parse_message(reader)
    if not isinstance(text, str):
        return await refuse(request, session, actor, now, case_id, reader)
    await working.send_message(
        session, actor, now, request.app.state.vault,
        case_id=case_id, private_key=own_key(request), text=text,
    )  # fmt: skip
    return back(case_id, "sent")


@post("/cases/{case_id:uuid}/move", opt=READ, status_code=200)
async def do_move(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    case_id: FromPath[UUID],
) -> Answer:
    reader = await read_form(request)
    wanted = parse_step(reader)
    if not isinstance(wanted, Wanted):
        return await refuse(request, session, actor, now, case_id, reader)
    await working.move_case(
        session, actor, now, request.app.state.vault, case_id=case_id,
        before=wanted.before, after=wanted.after, calendar=request.app.state.calendar,
    )  # fmt: skip
    return back(case_id, "moved")


@post("/cases/{case_id:uuid}/urgency", opt=READ, status_code=200)
async def do_set_urgency(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    case_id: FromPath[UUID],
) -> Answer:
    reader = await read_form(request)
    head = await get_head(session, actor, case_id)
    new = parse_urgency(reader, head.urgency)
    if not isinstance(new, NewUrgency):
        return await refuse(request, session, actor, now, case_id, reader)
    await working.set_urgency(
        session, actor, now, request.app.state.vault,
        case_id=case_id, private_key=own_key(request), new=new,
        calendar=request.app.state.calendar,
    )  # fmt: skip
    if rank(new.urgency) < rank(head.urgency):
        return back(case_id, "raised")
    return back(case_id, "waits" if seconds_needed(head.urgency, new.urgency) else "lowered")


@post("/cases/{case_id:uuid}/urgency/agree", opt=READ, status_code=200)
async def do_agree_to_urgency(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    case_id: FromPath[UUID],
) -> Redirect:
    calendar = request.app.state.calendar
    await working.second_urgency(session, actor, now, case_id=case_id, calendar=calendar)
    return back(case_id, "agreed")


HANDLERS = (
    do_take,
    do_give,
    do_note_contact,
    do_set_safety,
    do_write,
    do_move,
    do_set_urgency,
    do_agree_to_urgency,
)
