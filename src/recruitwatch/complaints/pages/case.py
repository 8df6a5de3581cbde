"""One case: everything about it, its earlier messages, and its files. Opening any of it is noted."""

from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

import msgspec
from litestar import Response, get
from litestar.enums import MediaType
from litestar.params import FromPath, FromQuery

from recruitwatch.accounts.guards import own_key
from recruitwatch.complaints.actions.attaching import open_file
from recruitwatch.complaints.actions.following import open_message
from recruitwatch.complaints.actions.opening import get_case_key, open_case
from recruitwatch.complaints.pages.queue import READ, only_head
from recruitwatch.complaints.pages.showing import (
    CasePage,
    OpeningLine,
    StepLine,
    case_page,
    opening_lines,
    step_lines,
)
from recruitwatch.complaints.queries import work
from recruitwatch.complaints.queries.cases import get_head
from recruitwatch.complaints.values.cases import Message, OpenedCase
from recruitwatch.errors import N_, NotFound
from recruitwatch.errors import Message as Sentence
from recruitwatch.web.forms import FormReader
from recruitwatch.web.paging import SIZE, Paging, offset, paging
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest
from recruitwatch.web.security import SHOWN_ALONE
from recruitwatch.web.templating import render

DONE: Mapping[str, str] = {
    "taken": N_("The case is yours now."),
    "given": N_("The case was given to your colleague."),
    "contacted": N_("Noted: somebody has spoken to her."),
    "care": N_("Her safety is looked after beside everything else."),
    "no_care": N_("The care for her safety has ended. Your name stands with the reason."),
    "sent": N_("Your message is there. She reads it when she comes with her code."),
    "raised": N_("The case is more urgent now."),
    "lowered": N_("The case is less urgent now. Your name stands with the reason."),
    "waits": N_("Noted. It becomes less urgent once a second officer agrees."),
    "agreed": N_("You agreed. The case is less urgent now."),
    "moved": N_("The case has moved. She sees it when she comes with her code."),
    "classified": N_("Saved: what the case is about."),
    "judged": N_("Your judgement is kept. It will not be asked again."),
    "taken_back": N_("The judgement is taken back. Both stay on record."),
    "decided": N_("The decision stands. You can close the case now."),
    "proposed": N_("The decision waits until others agree."),
    "closed": N_("The case is closed. She sees the reasons when she comes with her code."),
}


class Earlier(StrEnum):
    """Lists of a case that may grow long."""

    MESSAGES = "messages"
    STEPS = "steps"
    OPENINGS = "openings"


class EarlierPage(msgspec.Struct, frozen=True, kw_only=True):
    case_id: UUID
    reference: str
    what: str
    messages: tuple[Message, ...] = ()
    steps: list[StepLine] = []
    openings: list[OpeningLine] = []
    paging: Paging


@get("/cases/{case_id:uuid}", opt=READ)
async def show_case(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    case_id: FromPath[UUID],
    done: FromQuery[str] = "",
) -> Page:
    if only_head(request):
        await get_head(session, actor, case_id)
        return Response("", media_type=MediaType.HTML)
    # Who comes back from a form of the case has not opened it once more, unless it shows something new.
    goes_on = done in DONE and not (await get_head(session, actor, case_id)).unread
    opened = await open_here(request, session, actor, now, case_id, goes_on=goes_on)
    sentence = Sentence(DONE[done]) if done in DONE else None
    page = await case_page(session, actor, now, opened, done=sentence)
    return render(request, "complaints/case.html", page)


async def open_here(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    case_id: UUID,
    *,
    goes_on: bool = False,
) -> OpenedCase:
    """The case, opened with the key of this sign-in."""
    return await open_case(
        session, actor, now, request.app.state.vault,
        case_id=case_id, private_key=own_key(request), goes_on=goes_on,
    )  # fmt: skip


async def refuse(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    case_id: UUID,
    reader: FormReader,
) -> Page:
    """The same case with what was typed and why it was not taken."""
    opened = await open_here(request, session, actor, now, case_id, goes_on=True)
    page: CasePage = await case_page(session, actor, now, opened, reader=reader)
    return render(request, "complaints/case.html", page, status=422)


@get("/cases/{case_id:uuid}/earlier/{kind:str}", opt=READ)
async def show_earlier(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    case_id: FromPath[UUID],
    kind: FromPath[str],
    page: FromQuery[int] = 1,
) -> Page:
    if kind not in list(Earlier):
        raise NotFound
    head = await get_head(session, actor, case_id)
    what, shown = Earlier(kind), {"limit": SIZE, "offset": offset(page)}
    messages: tuple[Message, ...] = ()
    steps: list[StepLine] = []
    openings: list[OpeningLine] = []
    if what is Earlier.MESSAGES:
        key = await _key(request, session, actor, case_id)
        sealed = await work.list_messages(session, case_id, **shown)
        messages = tuple(open_message(one, key) for one in sealed)
        total = await work.count_messages(session, case_id)
    elif what is Earlier.STEPS:
        steps = step_lines(await work.list_steps(session, case_id, **shown))
        total = await work.count_steps(session, case_id)
    elif what is Earlier.OPENINGS:
        openings = opening_lines(await work.list_openings(session, case_id, **shown))
        total = await work.count_openings(session, case_id)
    view = EarlierPage(
        case_id=case_id, reference=head.reference, what=kind,
        messages=messages, steps=steps, openings=openings,
        paging=paging(f"/cases/{case_id}/earlier/{kind}", page, total),
    )  # fmt: skip
    return render(request, "complaints/earlier.html", view)


async def _key(request: WebRequest, session: Session, actor: SignedInActor, case_id: UUID) -> bytes:
    opened = await get_case_key(
        session, actor, request.app.state.vault, case_id=case_id, private_key=own_key(request)
    )
    return opened.key


@get("/cases/{case_id:uuid}/files/{file_id:uuid}/copy", opt=READ)
async def show_copy(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    case_id: FromPath[UUID],
    file_id: FromPath[UUID],
) -> Response[bytes]:
    """The copy drawn anew. Pictures open in the browser; a PDF is kept, since its viewer needs script."""
    return await _file(request, session, actor, now, case_id, file_id, original=False)


@get("/cases/{case_id:uuid}/files/{file_id:uuid}/original", opt=READ)
async def keep_original(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    case_id: FromPath[UUID],
    file_id: FromPath[UUID],
) -> Response[bytes]:
    """What she sent, only ever as a download: it may be hostile."""
    return await _file(request, session, actor, now, case_id, file_id, original=True)


async def _file(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    case_id: UUID,
    file_id: UUID,
    *,
    original: bool,
) -> Response[bytes]:
    if only_head(request):
        await get_head(session, actor, case_id)
        return Response(b"", media_type=MediaType.TEXT)
    state = request.app.state
    found = await open_file(
        session, actor, now, state.vault, state.settings.sealed_files,
        case_id=case_id, file_id=file_id, private_key=own_key(request), original=original,
    )  # fmt: skip
    shown = not original and found.media_type.startswith("image/")
    part = "original" if original else "copy"
    name = f"{part}-{file_id.hex[:8]}.{found.media_type.rpartition('/')[2]}"
    return Response(
        found.content,
        media_type=found.media_type,
        headers={
            "Content-Disposition": f'{"inline" if shown else "attachment"}; filename="{name}"',
            "Content-Security-Policy": SHOWN_ALONE,
        },
    )


HANDLERS = (show_case, show_earlier, show_copy, keep_original)
