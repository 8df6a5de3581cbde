"""Names that so many workers use that everybody finds an agency by them; a regulator may remove one."""

from uuid import UUID

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.rules import may
from recruitwatch.accounts.values import Permission
from recruitwatch.agencies.actions import remove_name
from recruitwatch.agencies.queries import TaughtName, count_known_to_all, list_known_to_all
from recruitwatch.agencies.rules.taught import CASES_NEEDED
from recruitwatch.errors import N_, Message
from recruitwatch.web.paging import SIZE, Paging, offset, paging
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to
from recruitwatch.web.templating import render

DONE = {"removed": N_("Removed. Nobody finds the agency by this name any more.")}


class CalledPage(msgspec.Struct, frozen=True, kw_only=True):
    names: list[TaughtName]
    needed: int
    may_remove: bool
    paging: Paging
    done: Message | None


@get("/matching/names", opt=needs(Permission.MATCHING_QUALITY))
async def show_names(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    page: FromQuery[int] = 1,
    done: FromQuery[str] = "",
) -> Page:
    found = await list_known_to_all(session, limit=SIZE, offset=offset(page))
    view = CalledPage(
        names=found,
        needed=CASES_NEEDED,
        may_remove=may(actor, Permission.REGISTER_IMPORT),
        paging=paging("/matching/names", page, await count_known_to_all(session)),
        done=Message(DONE[done]) if done in DONE else None,
    )
    return render(request, "agencies/called.html", view)


@post(
    "/matching/names/{name_id:uuid}/remove",
    opt=needs(Permission.REGISTER_IMPORT),
    status_code=200,
)
async def do_remove(
    session: Session, actor: SignedInActor, now: Now, name_id: FromPath[UUID]
) -> Redirect:
    await remove_name(session, actor, now, name_id=name_id)
    return go_to("/matching/names", {"done": "removed"})


HANDLERS = (show_names, do_remove)
