"""Notices of findings served on an agency, and its reply to one."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.values import Permission
from recruitwatch.errors import N_, Message
from recruitwatch.findings.pages.words import (
    SEVERITY_COLOURS,
    answer_words,
    list_name,
)
from recruitwatch.findings.rules import reply_until
from recruitwatch.findings.values import SEVERITY_NAMES
from recruitwatch.portal import queries
from recruitwatch.portal.actions import reply_to_notice
from recruitwatch.portal.forms import parse_reply
from recruitwatch.portal.pages.words import DECIDED, NOTICE_STATES
from recruitwatch.portal.values import Notice, NoticeLine, NoticeState, Reply
from recruitwatch.scorecards.values.contests import LONGEST_TEXT
from recruitwatch.web.forms import Errors
from recruitwatch.web.languages import gettext
from recruitwatch.web.paging import SIZE, Paging, offset, paging
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

PLACE = needs(Permission.AGENCY_PLACE)
DONE: Mapping[str, str] = {"replied": N_("Your reply was sent to the ministry.")}


class NoticeWords(msgspec.Struct, frozen=True, kw_only=True):
    """A notice in a list, in words."""

    id: UUID
    question: str
    item_id: str
    severity: str
    severity_colour: str
    state: str
    state_colour: str
    served_on: date
    reply_until: date | None


class NoticesPage(msgspec.Struct, frozen=True, kw_only=True):
    notices: list[NoticeWords]
    paging: Paging


class NoticePage(msgspec.Struct, frozen=True, kw_only=True):
    """A notice with what the paper that was served shows of it, and less: neither the inspector's note, nor
    the evidence, which may be a worker's word, nor how many workers said what. `answer` is empty where
    workers' answers bear the finding."""

    id: UUID
    question: str
    item_id: str
    version: int
    source_kind: str
    found_on: date
    served_on: date
    reply_until: date
    list_name: str
    severity: str
    answer: str
    state: tuple[str, str]
    replies: tuple[Reply, ...]
    may_reply: bool
    late: bool
    longest: int
    typed: str = ""
    done: Message | None = None
    errors: Errors = {}


def notice_words(line: NoticeLine) -> NoticeWords:
    """`reply_until` is empty once the finding is decided."""
    waits = NOTICE_STATES[NoticeState.REPLIED if line.replied else NoticeState.WAITING]
    state, colour = DECIDED if line.decided else waits
    return NoticeWords(
        id=line.id,
        question=line.question,
        item_id=line.item_id,
        severity=gettext(SEVERITY_NAMES[line.severity]),
        severity_colour=SEVERITY_COLOURS[line.severity],
        state=state,
        state_colour=colour,
        served_on=line.served_on,
        reply_until=None if line.decided else reply_until(line.served_on),
    )


def _page(notice: Notice, today: date) -> NoticePage:
    shown = notice.shown
    return NoticePage(
        id=shown.finding_id,
        question=shown.question,
        item_id=shown.item_id,
        version=shown.checklist_version,
        source_kind=shown.source_kind.value,
        found_on=shown.found_on,
        served_on=notice.served_on,
        reply_until=notice.reply_until,
        list_name=list_name(shown.checklist_id),
        severity=gettext(SEVERITY_NAMES[shown.severity]),
        answer="" if shown.workers else answer_words(shown.answer) or shown.statement,
        state=NOTICE_STATES[notice.state],
        replies=notice.replies,
        may_reply=bool(notice.undecided),
        late=today > notice.reply_until,
        longest=LONGEST_TEXT,
    )


@get("/agency/findings", opt=PLACE)
async def list_own_notices(
    request: WebRequest, session: Session, actor: SignedInActor, page: FromQuery[int] = 1
) -> Page:
    own = actor.own_agency
    total = await queries.count_notices(session, own)
    lines = await queries.list_notices(session, own, limit=SIZE, offset=offset(page))
    view = NoticesPage(
        notices=[notice_words(one) for one in lines],
        paging=paging("/agency/findings", page, total),
    )
    return render(request, "portal/notices.html", view)


@get("/agency/findings/{notice_id:uuid}", opt=PLACE)
async def show_notice(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    notice_id: FromPath[UUID],
    done: FromQuery[str] = "",
) -> Page:
    notice = await queries.get_notice(session, actor.own_agency, notice_id)
    sentence = DONE.get(done)
    page = _page(notice, now.date())
    page = msgspec.structs.replace(page, done=Message(sentence) if sentence else None)
    return render(request, "portal/notice.html", page)


@post("/agency/findings/{notice_id:uuid}/reply", opt=PLACE, status_code=200)
async def do_reply_to_notice(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    notice_id: FromPath[UUID],
) -> Response[str] | Redirect:
    reader = await read_form(request)
    text = parse_reply(reader)
    if not isinstance(text, str):
        notice = await queries.get_notice(session, actor.own_agency, notice_id)
        again = msgspec.structs.replace(
            _page(notice, now.date()), typed=reader.form.get("reply", ""), errors=text
        )
        return render(request, "portal/notice.html", again, status=422)
    await reply_to_notice(session, actor, now, notice_id=notice_id, text=text)
    return go_to(f"/agency/findings/{notice_id}", {"done": "replied"})


HANDLERS = (list_own_notices, show_notice, do_reply_to_notice)
