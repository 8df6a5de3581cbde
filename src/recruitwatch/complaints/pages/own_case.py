"""The page of her own case, and the question why she takes it back, as they are drawn."""

from datetime import date, datetime, tzinfo

import msgspec

from recruitwatch.accounts.values import ROLE_NAMES, Role
from recruitwatch.complaints.actions.attaching import list_files
from recruitwatch.complaints.actions.following import (
    LISTED,
    get_own_case,
    open_visit,
)
from recruitwatch.complaints.actions.nonces import new_nonce
from recruitwatch.complaints.pages import words
from recruitwatch.complaints.pages.frames import (
    NO_ERRORS,
    Errors,
    Field,
    Files,
    Frame,
    frame_of,
)
from recruitwatch.complaints.values.cases import (
    Opening,
    OwnCase,
    Visit,
)
from recruitwatch.errors import N_, Message
from recruitwatch.web.request import Now, Page, Session, WebRequest
from recruitwatch.web.templating import render

LONGEST_MESSAGE, LONGEST_REASON = 5000, 300
MOST_OPENINGS = 1000
YOUR_MESSAGE = N_("Write to us")
YOUR_REASON = N_("Anything we should know? You can leave this empty.")
SOMEBODY = N_("An officer")


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """The tokens in the forms of her page: of this visit, and of the receipt if she came from there."""

    visit: str
    receipt: str = ""


class OwnMessage(msgspec.Struct, frozen=True, kw_only=True):
    from_worker: bool
    text: str
    on: date


class OwnOpening(msgspec.Struct, frozen=True, kw_only=True):
    """Who opened it: a role, never a name; and what."""

    role: Message
    on: date
    part: Message


class CasePage(Files, frozen=True, kw_only=True):
    """`more_openings` is how many to ask for to see older ones."""

    frame: Frame
    state: Message
    withdrawn: Message | None
    closed: bool
    told: str
    next_news_on: date
    late: bool
    messages: tuple[OwnMessage, ...]
    messages_hidden: bool
    openings: tuple[OwnOpening, ...]
    more_openings: int | None
    files: int
    message: Field
    danger: bool = False
    done: Message | None = None
    errors: Errors = NO_ERRORS


class WithdrawPage(msgspec.Struct, frozen=True, kw_only=True):
    frame: Frame
    reason: Field
    errors: Errors = NO_ERRORS


def new_once(request: WebRequest, now: datetime) -> str:
    return new_nonce(request.app.state.vault.installation, now)


async def ask_why(
    request: WebRequest,
    session: Session,
    held: Held,
    reason: str,
    *,
    errors: Errors = NO_ERRORS,
) -> Page:
    page = WithdrawPage(
        frame=await frame_of(request, session, token=held.receipt, visit=held.visit),
        reason=Field(name="reason", value=reason, label=Message(YOUR_REASON), rows=3),
        errors=errors,
    )
    return render(request, "help/withdraw.html", page, status=422 if errors else 200)


async def show_case(
    request: WebRequest,
    session: Session,
    now: Now,
    held: Held,
    *,
    text: str = "",
    done: str | None = None,
    danger: bool = False,
    openings: int = LISTED,
    errors: Errors | None = None,
) -> Page:
    visit = await open_visit(session, now, request.app.state.vault, token=held.visit)
    case = await get_own_case(session, visit=visit, openings_listed=openings)
    page = _case_page(
        case,
        today=now.date(),
        zone=request.app.state.settings.zone,
        frame=await frame_of(request, session, token=held.receipt, visit=held.visit),
        once=new_once(request, now),
        files=await _count_files(session, visit),
        text=text,
        done=Message(done) if done else None,
        danger=danger,
        errors=errors or NO_ERRORS,
    )
    return render(request, "help/case.html", page, status=422 if errors else 200)


async def _count_files(session: Session, visit: Visit) -> int:
    return len(await list_files(session, case_id=visit.case_id, key=visit.key))


def _case_page(
    case: OwnCase,
    *,
    today: date,
    zone: tzinfo,
    frame: Frame,
    once: str,
    files: int,
    text: str,
    done: Message | None,
    danger: bool,
    errors: Errors,
) -> CasePage:
    withdrawn = case.withdrawn_at is not None and case.closed_at is None
    more = case.openings_in_all > len(case.openings)
    return CasePage(
        frame=frame,
        once=once,
        state=Message(words.STATES[case.state]),
        withdrawn=Message(words.WITHDRAWN) if withdrawn else None,
        closed=case.closed_at is not None,
        told=case.told,
        next_news_on=case.next_news_on,
        late=case.next_news_on < today,
        messages=tuple(
            OwnMessage(
                from_worker=one.from_worker, text=one.text, on=one.at.astimezone(zone).date()
            )
            for one in case.messages
        ),
        messages_hidden=case.messages_in_all > len(case.messages),
        openings=tuple(_opening(one, zone) for one in case.openings),
        more_openings=min(len(case.openings) + LISTED, MOST_OPENINGS) if more else None,
        files=files,
        message=Field(name="text", value=text, label=Message(YOUR_MESSAGE), rows=4),
        danger=danger,
        done=done,
        errors=errors,
    )


def _opening(one: Opening, zone: tzinfo) -> OwnOpening:
    """The name of the role; a word of an older version is simply an officer."""
    role = ROLE_NAMES[Role(one.role)] if one.role in set(Role) else SOMEBODY
    return OwnOpening(
        role=Message(role), on=one.at.astimezone(zone).date(), part=Message(words.OPENED[one.part])
    )
