"""Pages: the worker comes back with her code."""

from datetime import date, tzinfo

import msgspec
from litestar import post

from recruitwatch.accounts.values import ROLE_NAMES, Role
from recruitwatch.complaints.actions.attaching import attach, list_files
from recruitwatch.complaints.actions.drafting import open_draft
from recruitwatch.complaints.actions.following import (
    enter_code,
    get_own_case,
    open_visit,
    prove_code,
    withdraw,
    write_message,
)
from recruitwatch.complaints.pages import words
from recruitwatch.complaints.pages.asking import Asking, ask
from recruitwatch.complaints.pages.frames import (
    FILE_LIMIT,
    FORM_LIMIT,
    NO_ERRORS,
    OPEN,
    Errors,
    Field,
    Files,
    Frame,
    frame_of,
)
from recruitwatch.complaints.pages.uploads import TOO_HEAVY, file_refusal, read_upload
from recruitwatch.complaints.rules.questions import is_enough
from recruitwatch.complaints.values.cases import (
    Entry,
    OwnCase,
    TooManyFiles,
    TooManyMessages,
    Visit,
    VisitOver,
)
from recruitwatch.complaints.values.questions import Question
from recruitwatch.errors import N_, Message
from recruitwatch.viewing.refusals import FileRefused
from recruitwatch.web.request import Now, Page, Session, WebRequest, read_form
from recruitwatch.web.templating import render

LONGEST_MESSAGE, LONGEST_REASON, LONGEST_TYPED = 5000, 300, 60

WRONG_CODE = N_("We do not find this code. Look at each digit.")
WRITE_SOMETHING = N_("Write something first.")
CHOOSE_A_FILE = N_("Choose a file first.")
TYPE_AGAIN = N_("This page was open too long. Type your code again. Your message is kept.")
TOO_LONG = N_("This is too long. Write at most %(longest)s characters.")
MESSAGE_SENT = N_("Your message is here. An officer will read it.")
FILE_ADDED = N_("Your file is here.")
TAKEN_BACK = N_("You took it back. An officer still looks if you are safe.")
YOUR_MESSAGE = N_("Write to us")
YOUR_REASON = N_("Anything we should know? You can leave this empty.")
SOMEBODY = N_("An officer")


class EnterPage(msgspec.Struct, frozen=True, kw_only=True):
    frame: Frame
    typed: str = ""
    text: str = ""
    errors: Errors = NO_ERRORS


class OwnMessage(msgspec.Struct, frozen=True, kw_only=True):
    from_worker: bool
    text: str
    on: date


class OwnOpening(msgspec.Struct, frozen=True, kw_only=True):
    """Who opened it: a role, never a name."""

    role: Message
    on: date


class CasePage(Files, frozen=True, kw_only=True):
    frame: Frame
    state: Message
    withdrawn: Message | None
    closed: bool
    told: str
    next_news_on: date
    messages: tuple[OwnMessage, ...]
    messages_hidden: bool
    openings: tuple[OwnOpening, ...]
    files: int
    message: Field
    done: Message | None = None
    errors: Errors = NO_ERRORS


class WithdrawPage(msgspec.Struct, frozen=True, kw_only=True):
    frame: Frame
    reason: Field
    errors: Errors = NO_ERRORS


@post("/help/code", opt=OPEN, status_code=200, request_max_body_size=FORM_LIMIT)
async def use_code(request: WebRequest, session: Session, now: Now) -> Page:
    """Ask for the code, or open what it leads to: a case, or answers that were not sent yet."""
    form = await read_form(request)
    state, typed = request.app.state, form.form.get("code", "")
    text = form.form.get("text", "")[:LONGEST_MESSAGE]
    if not typed or "go" in form.form:
        return await _enter(request, session, typed=typed, text=text)
    key = await prove_code(state.open_session, now, state.vault, typed=typed)
    entered = await enter_code(session, now, state.vault, key=key) if key else None
    if entered is None or entered.token is None:
        wrong = {"code": Message(WRONG_CODE)}
        return await _enter(request, session, typed=typed, text=text, errors=wrong)
    if entered.entry is Entry.DRAFT:
        return await _go_on(request, session, now, entered.token)
    return await _case(request, session, now, entered.token, text=text)


async def _enter(
    request: WebRequest,
    session: Session,
    *,
    typed: str = "",
    text: str = "",
    errors: Errors | None = None,
) -> Page:
    frame = await frame_of(session)
    page = EnterPage(
        frame=frame, typed=typed[:LONGEST_TYPED], text=text, errors=errors or NO_ERRORS
    )
    return render(request, "help/enter.html", page, status=422 if errors else 200)


async def _go_on(request: WebRequest, session: Session, now: Now, token: str) -> Page:
    """Answers that were not sent go on where all of them are seen."""
    draft = await open_draft(session, now, request.app.state.vault, token=token)
    told = draft.draft.told
    at = Question.CHECK if is_enough(told) else Question.HAPPENED
    return await ask(request, session, at, Asking(token=token, draft=draft, told=told, now=now))


@post("/help/case", opt=OPEN, status_code=200, request_max_body_size=FORM_LIMIT)
async def see_case(request: WebRequest, session: Session, now: Now) -> Page:
    form = await read_form(request)
    return await _case(request, session, now, form.form.get("v", ""))


@post("/help/message", opt=OPEN, status_code=200, request_max_body_size=FORM_LIMIT)
async def write(request: WebRequest, session: Session, now: Now) -> Page:
    """Her message. A page that was open too long asks for the code again and keeps the words."""
    form = await read_form(request)
    token, text = form.form.get("v", ""), form.text("text", longest=10**6)
    if not text:
        form.refuse("text", WRITE_SOMETHING)
    if len(text) > LONGEST_MESSAGE:
        form.refuse("text", TOO_LONG, longest=LONGEST_MESSAGE)
    try:
        visit = await open_visit(session, now, request.app.state.vault, token=token)
        if not form.errors:
            await write_message(session, now, visit=visit, text=text)
    except VisitOver:
        again = {"code": Message(TYPE_AGAIN)}
        return await _enter(request, session, text=text[:LONGEST_MESSAGE], errors=again)
    except TooManyMessages as refused:
        form.errors["text"] = refused.message
    if form.errors:
        return await _case(request, session, now, token, text=text, errors=form.errors)
    return await _case(request, session, now, token, done=MESSAGE_SENT)


@post("/help/file", opt=OPEN, status_code=200, request_max_body_size=FILE_LIMIT)
async def add_file(request: WebRequest, session: Session, now: Now) -> Page:
    upload = await read_upload(request)
    state, token = request.app.state, upload.form.form.get("v", "")
    visit = await open_visit(session, now, state.vault, token=token)
    refused: Message | None = None
    if upload.too_heavy:
        refused = TOO_HEAVY
    elif upload.content is None:
        refused = Message(CHOOSE_A_FILE)
    else:
        try:
            await attach(
                session, now, state.settings.sealed_files,
                case_id=visit.case_id, key=visit.key, content=upload.content,
            )  # fmt: skip
        except (FileRefused, TooManyFiles) as problem:
            refused = file_refusal(problem)
    if refused:
        return await _case(request, session, now, token, errors={"file": refused})
    return await _case(request, session, now, token, done=FILE_ADDED)


@post("/help/withdraw", opt=OPEN, status_code=200, request_max_body_size=FORM_LIMIT)
async def take_back(request: WebRequest, session: Session, now: Now) -> Page:
    """Ask why with two buttons; either of them withdraws."""
    form = await read_form(request)
    token, why = form.form.get("v", ""), form.form.get("why", "")
    visit = await open_visit(session, now, request.app.state.vault, token=token)
    reason = form.text("reason", longest=10**6)
    if len(reason) > LONGEST_REASON:
        form.refuse("reason", TOO_LONG, longest=LONGEST_REASON)
    if why in ("own", "pressed") and not form.errors:
        await withdraw(session, now, visit=visit, pressed=why == "pressed", text=reason)
        return await _case(request, session, now, token, done=TAKEN_BACK)
    page = WithdrawPage(
        frame=await frame_of(session, visit=token),
        reason=Field(name="reason", value=reason, label=Message(YOUR_REASON), rows=3),
        errors=form.errors,
    )
    return render(request, "help/withdraw.html", page, status=422 if form.errors else 200)


async def _case(
    request: WebRequest,
    session: Session,
    now: Now,
    token: str,
    *,
    text: str = "",
    done: str | None = None,
    errors: Errors | None = None,
) -> Page:
    visit = await open_visit(session, now, request.app.state.vault, token=token)
    case = await get_own_case(session, visit=visit)
    page = _case_page(
        case,
        zone=request.app.state.settings.zone,
        frame=await frame_of(session, visit=token),
        files=await _count_files(session, visit),
        text=text,
        done=Message(done) if done else None,
        errors=errors or NO_ERRORS,
    )
    return render(request, "help/case.html", page, status=422 if errors else 200)


async def _count_files(session: Session, visit: Visit) -> int:
    return len(await list_files(session, case_id=visit.case_id, key=visit.key))


def _case_page(
    case: OwnCase,
    *,
    zone: tzinfo,
    frame: Frame,
    files: int,
    text: str,
    done: Message | None,
    errors: Errors,
) -> CasePage:
    withdrawn = case.withdrawn_at is not None and case.closed_at is None
    return CasePage(
        frame=frame,
        state=Message(words.STATES[case.state]),
        withdrawn=Message(words.WITHDRAWN) if withdrawn else None,
        closed=case.closed_at is not None,
        told=case.told,
        next_news_on=case.next_news_on,
        messages=tuple(
            OwnMessage(
                from_worker=one.from_worker, text=one.text, on=one.at.astimezone(zone).date()
            )
            for one in case.messages
        ),
        messages_hidden=case.messages_in_all > len(case.messages),
        openings=tuple(
            OwnOpening(role=_role(one.role), on=one.at.astimezone(zone).date())
            for one in case.openings
        ),
        files=files,
        message=Field(name="text", value=text, label=Message(YOUR_MESSAGE), rows=4),
        done=done,
        errors=errors,
    )


def _role(word: str) -> Message:
    """The name of the role; a word of an older version is simply an officer."""
    return Message(ROLE_NAMES[Role(word)] if word in set(Role) else SOMEBODY)
