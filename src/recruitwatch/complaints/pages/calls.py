"""Pages: an operator writes down what a caller says, reads it back and hands over the code.

The token of the draft travels in the form alone. Once a call is sent nothing leads back to it.
"""

import hashlib
from collections.abc import Mapping
from datetime import date

import msgspec
from litestar import Router, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.values import Permission
from recruitwatch.actor import Actor
from recruitwatch.complaints.actions.drafting import (
    delete_draft,
    give_code,
    open_draft,
    save_draft,
    start_draft,
)
from recruitwatch.complaints.actions.filing import send
from recruitwatch.complaints.forms.calls import (
    ASK_FOR_CONSENT,
    SAY_IT_WAS_READ,
    read_call,
    read_caller,
    read_danger,
    require_reading,
)
from recruitwatch.complaints.pages import speaking
from recruitwatch.complaints.pages.call_form import Parts, form_parts
from recruitwatch.complaints.pages.frames import (
    FORM_LIMIT,
    NO_ERRORS,
    Call,
    Errors,
    in_groups,
    list_calls,
)
from recruitwatch.complaints.pages.speaking import Line, NextTime, Row
from recruitwatch.complaints.queries.desks import list_desk_offices
from recruitwatch.complaints.values.filing import (
    DraftGone,
    NobodyThere,
    OpenDraft,
    Receipt,
    SentAlready,
    Told,
)
from recruitwatch.errors import N_, Message
from recruitwatch.web.languages import LANGUAGES, current, direction
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

TAKE = needs(Permission.COMPLAINT_TAKE)
WRONG_DIGITS = N_("These are not the last four digits. Say the code again, slowly.")
READ_IT_AGAIN = N_("What you read aloud was changed since. Read this aloud.")
LONGEST_TYPED = 60
STEPS = (
    "/calls/start", "/calls/told", "/calls/change", "/calls/read", "/calls/send", "/calls/delete",
)  # fmt: skip


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """Who is on the line: the language and how it is written, the numbers to give in danger, and the
    draft's token."""

    language: str
    direction: str
    numbers: tuple[Call, ...]
    token: str = ""


class CallPage(msgspec.Struct, frozen=True, kw_only=True):
    """What each step knows."""

    caller: Caller
    errors: Errors = NO_ERRORS


class ScriptPage(CallPage, frozen=True, kw_only=True):
    """`languages`: code, own name."""

    script: tuple[Line, ...]
    languages: tuple[tuple[str, str], ...]


class FormPage(CallPage, frozen=True, kw_only=True):
    """`danger` is empty until it was asked."""

    danger: str
    ask_danger: Line
    consents: bool
    ask_consent: Line
    parts: Parts


class ReadPage(CallPage, frozen=True, kw_only=True):
    """`read` stands for what is shown, so that nothing else is agreed to."""

    rows: tuple[Row, ...]
    read: str


class CodePage(CallPage, frozen=True, kw_only=True):
    groups: tuple[str, ...]
    own_groups: tuple[str, ...]
    say_code: Line
    say_back: Line
    last: str


class EndPage(CallPage, frozen=True, kw_only=True):
    groups: tuple[str, ...]
    own_groups: tuple[str, ...]
    lines: tuple[Line, ...]
    next_news_on: date


class DeletedPage(msgspec.Struct, frozen=True):
    """Nothing is left to say about it."""


@get("/calls", opt=TAKE)
async def begin_call(
    request: WebRequest, session: Session, actor: SignedInActor, caller: FromQuery[str] = ""
) -> Page:
    """What to say first."""
    language = caller if caller in LANGUAGES else current.get()
    page = ScriptPage(
        caller=await _caller(session, language),
        script=speaking.script(language, actor.name),
        languages=tuple(LANGUAGES.items()),
    )
    return render(request, "calls/begin.html", page)


@get(list(STEPS), opt=TAKE)
async def begin_instead() -> Redirect:
    """These addresses take forms only."""
    return go_to("/calls")


@post("/calls/start", opt=TAKE, status_code=200, request_max_body_size=FORM_LIMIT)
async def start_call(request: WebRequest, session: Session, actor: SignedInActor, now: Now) -> Page:
    form, vault = await read_form(request), request.app.state.vault
    token = await start_draft(session, now, vault, language=read_caller(form), operator=actor)
    draft = await open_draft(session, now, vault, token=token)
    return await _form(request, session, token, draft, Told())


@post("/calls/told", opt=TAKE, status_code=200, request_max_body_size=FORM_LIMIT)
async def keep_told(request: WebRequest, session: Session, actor: SignedInActor, now: Now) -> Page:
    """Keep what was typed and show it to be read aloud; without consent keep nothing at all."""
    form = await read_form(request)
    token = form.form.get("t", "")
    draft = await _unsent(request, session, actor, now, token)
    offices = [str(one.id) for one in await list_desk_offices(session)]
    told = read_call(form, offices=offices)
    if not told.caller_consents:
        await save_draft(session, now, draft=draft, told=Told())
    if form.errors:
        danger = read_danger(form)
        return await _form(request, session, token, draft, told, danger=danger, errors=form.errors)
    draft = await save_draft(session, now, draft=draft, told=told)
    return await _read(request, session, now, token, draft)


@post("/calls/change", opt=TAKE, status_code=200, request_max_body_size=FORM_LIMIT)
async def change_told(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now
) -> Page:
    token = (await read_form(request)).form.get("t", "")
    draft = await _unsent(request, session, actor, now, token)
    told = draft.draft.told
    danger = "" if told == Told() else "yes" if told.danger else "no"
    return await _form(request, session, token, draft, told, danger=danger)


@post("/calls/read", opt=TAKE, status_code=200, request_max_body_size=FORM_LIMIT)
async def agree(request: WebRequest, session: Session, actor: SignedInActor, now: Now) -> Page:
    """The caller agrees with what was read aloud, and gets the code."""
    form = await read_form(request)
    token = form.form.get("t", "")
    draft = await _unsent(request, session, actor, now, token)
    told = draft.draft.told
    require_reading(form)
    if form.form.get("read") != _mark(told):
        form.refuse("agreed", READ_IT_AGAIN)
    if form.errors or not told.caller_consents:
        return await _read(request, session, now, token, draft, errors=form.errors)
    told = msgspec.structs.replace(told, read_back=True)
    await save_draft(session, now, draft=draft, told=told)
    draft = await give_code(session, now, request.app.state.vault, token=token)
    return await _code(request, session, token, draft)


@post("/calls/send", opt=TAKE, status_code=200, request_max_body_size=FORM_LIMIT)
async def send_call(request: WebRequest, session: Session, actor: SignedInActor, now: Now) -> Page:
    """Pressed twice it shows the same code and makes no second case."""
    form, state = await read_form(request), request.app.state
    token, last = form.form.get("t", ""), form.form.get("last", "")
    draft = await _own(request, session, actor, now, token)
    told = draft.draft.told
    if not draft.sent and not (told.caller_consents and told.read_back):
        errors = {"agreed": Message(SAY_IT_WAS_READ)}
        return await _read(request, session, now, token, draft, errors=errors)
    errors, status = {"last": Message(WRONG_DIGITS)}, 422
    try:
        sent = await send(
            session, now, state.vault,
            token=token, last_digits=last, calendar=state.calendar, operator=actor,
        )  # fmt: skip
        if sent.receipt is not None:
            return await _end(request, session, draft, sent.receipt)
    except NobodyThere as problem:
        # Nothing was written, and the caller is still on the line: Send can be pressed again.
        errors, status = {"last": problem.message}, 503
    return await _code(request, session, token, draft, last=last, errors=errors, status=status)


@post("/calls/delete", opt=TAKE, status_code=200, request_max_body_size=FORM_LIMIT)
async def delete_call(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now
) -> Page:
    """The call broke off. Pressed twice it says the same."""
    token = (await read_form(request)).form.get("t", "")
    try:
        draft = await _unsent(request, session, actor, now, token)
    except DraftGone:
        pass
    else:
        await delete_draft(session, draft=draft)
    return render(request, "calls/deleted.html", DeletedPage())


async def _own(
    request: WebRequest, session: Session, actor: Actor, now: Now, token: str
) -> OpenDraft:
    """The draft of this token, if this operator began it."""
    draft = await open_draft(session, now, request.app.state.vault, token=token)
    if draft.operator_id != actor.id:
        raise DraftGone
    return draft


async def _unsent(
    request: WebRequest, session: Session, actor: Actor, now: Now, token: str
) -> OpenDraft:
    draft = await _own(request, session, actor, now, token)
    if draft.sent:
        raise SentAlready
    return draft


async def _caller(session: Session, language: str, token: str = "") -> Caller:
    numbers = await list_calls(session)
    return Caller(language=language, direction=direction(language), numbers=numbers, token=token)


async def _form(
    request: WebRequest,
    session: Session,
    token: str,
    draft: OpenDraft,
    told: Told,
    *,
    danger: str = "",
    errors: Errors = NO_ERRORS,
) -> Page:
    """The one screen, with everything typed so far."""
    language = draft.draft.language
    page = FormPage(
        caller=await _caller(session, language, token),
        errors=errors,
        danger=danger,
        ask_danger=speaking.line(language, speaking.ARE_YOU_IN_DANGER),
        consents=told.caller_consents,
        ask_consent=speaking.line(language, speaking.DO_YOU_AGREE),
        parts=form_parts(language, told, await list_desk_offices(session)),
    )
    return render(request, "calls/form.html", page, status=422 if errors else 200)


async def _read(
    request: WebRequest,
    session: Session,
    now: Now,
    token: str,
    draft: OpenDraft,
    *,
    errors: Errors = NO_ERRORS,
) -> Page:
    """Everything in sentences, to be read aloud."""
    language, told = draft.draft.language, draft.draft.told
    if not told.caller_consents:
        errors = {"caller_consents": Message(ASK_FOR_CONSENT)}
        return await _form(request, session, token, draft, told, errors=errors)
    offices = {str(one.id): one.name for one in await list_desk_offices(session)}
    today = now.astimezone(request.app.state.settings.zone).date()
    page = ReadPage(
        caller=await _caller(session, language, token),
        errors=errors,
        rows=speaking.read_back(language, told, offices=offices, today=today),
        read=_mark(told),
    )
    return render(request, "calls/read.html", page, status=422 if errors else 200)


def _mark(told: Told) -> str:
    """Stands for everything told. Whether it was read aloud before makes no difference."""
    content = msgspec.json.encode(msgspec.structs.replace(told, read_back=False))
    return hashlib.sha256(content).hexdigest()


async def _code(
    request: WebRequest,
    session: Session,
    token: str,
    draft: OpenDraft,
    *,
    last: str = "",
    errors: Mapping[str, Message] = NO_ERRORS,
    status: int = 200,
) -> Page:
    language = draft.draft.language
    groups = in_groups(draft.draft.code or "")
    page = CodePage(
        caller=await _caller(session, language, token),
        errors=errors,
        groups=groups,
        own_groups=speaking.own_digits(language, groups),
        say_code=speaking.line(language, speaking.SAY_THE_CODE),
        say_back=speaking.line(language, speaking.SAY_IT_BACK),
        last=last[:LONGEST_TYPED],
    )
    return render(request, "calls/code.html", page, status=status)


async def _end(request: WebRequest, session: Session, draft: OpenDraft, receipt: Receipt) -> Page:
    """The last look at the code. The token is not on this page."""
    language, groups = draft.draft.language, in_groups(receipt.code)
    next_time = NextTime(address=request.url.netloc, day=receipt.next_news_on)
    page = EndPage(
        caller=await _caller(session, language),
        groups=groups,
        own_groups=speaking.own_digits(language, groups),
        lines=speaking.farewell(language, next_time),
        next_news_on=receipt.next_news_on,
    )
    return render(request, "calls/end.html", page)


calls_pages = Router(
    "/",
    route_handlers=[
        begin_call, begin_instead, start_call, keep_told, change_told, agree, send_call, delete_call,
    ],
)  # fmt: skip
