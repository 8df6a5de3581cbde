"""Pages: the worker comes back with her code."""

from litestar import post

from recruitwatch.complaints.actions.attaching import attach_to_case
from recruitwatch.complaints.actions.following import (
    LISTED,
    open_visit,
    tell_danger,
    withdraw,
    write_message,
)
from recruitwatch.complaints.pages.entering import BACK_TO_WITHDRAWING, Kept, show_enter
from recruitwatch.complaints.pages.frames import (
    FILE_LIMIT,
    FORM_LIMIT,
    OPEN,
    remember_tokens,
)
from recruitwatch.complaints.pages.own_case import (
    LONGEST_MESSAGE,
    LONGEST_REASON,
    MOST_OPENINGS,
    Held,
    ask_why,
    show_case,
)
from recruitwatch.complaints.pages.uploads import TOO_HEAVY, file_refusal, read_upload
from recruitwatch.complaints.values.cases import (
    TooManyFiles,
    TooManyMessages,
    VisitOver,
)
from recruitwatch.errors import N_, Message
from recruitwatch.viewing.refusals import FileRefused
from recruitwatch.web.forms import FormReader
from recruitwatch.web.languages import gettext
from recruitwatch.web.request import Now, Page, Session, WebRequest, read_form

WRITE_SOMETHING = N_("Write something first.")
CHOOSE_A_FILE = N_("Choose a file first.")
TYPE_AGAIN = N_("This page was open too long. Type your code again. What you wrote is kept.")
SAID_IN_DANGER = N_("I am in danger now.")
DANGER_TOLD = N_("We know now that you are in danger. Call first, if you can.")
FILES_FULL = N_("Five files are here. More cannot be added. Write to us about others.")
TOO_LONG = N_("This is too long. Write at most %(longest)s characters.")
MESSAGE_SENT = N_("Your message is here. An officer will read it.")
FILE_ADDED = N_("Your file is here.")
TAKEN_BACK = N_("You took it back. An officer still looks if you are safe.")


def _held(form: FormReader) -> Held:
    return Held(visit=form.form.get("v", ""), receipt=form.form.get("t", ""))


@post("/help/case", opt=OPEN, status_code=200, request_max_body_size=FORM_LIMIT)
async def see_case(request: WebRequest, session: Session, now: Now) -> Page:
    """Her page again: in another language, with older openings. What she was writing stays."""
    form = await read_form(request)
    text = form.form.get("text", "")[:LONGEST_MESSAGE]
    wanted = form.whole("openings", least=LISTED, most=MOST_OPENINGS)
    return await show_case(request, session, now, _held(form), text=text, openings=wanted or LISTED)


@post("/help/message", opt=OPEN, status_code=200, request_max_body_size=FORM_LIMIT)
async def write(request: WebRequest, session: Session, now: Now) -> Page:
    """Her message. A page that was open too long asks for the code again and keeps the words."""
    form = await read_form(request)
    state, held, text = request.app.state, _held(form), form.text("text", longest=10**6)
    if not text:
        form.refuse("text", WRITE_SOMETHING)
    if len(text) > LONGEST_MESSAGE:
        form.refuse("text", TOO_LONG, longest=LONGEST_MESSAGE)
    try:
        visit = await open_visit(session, now, state.vault, token=held.visit)
        if not form.errors:
            await write_message(
                session, now, state.vault, visit=visit, text=text, calendar=state.calendar,
                nonce=form.form.get("n", ""),
            )  # fmt: skip
    except VisitOver:
        kept = Kept(text=text[:LONGEST_MESSAGE], receipt=held.receipt)
        again = {"code": Message(TYPE_AGAIN)}
        return await show_enter(request, session, now, kept, errors=again)
    except TooManyMessages as refused:
        form.errors["text"] = refused.message
    if form.errors:
        return await show_case(request, session, now, held, text=text, errors=form.errors)
    return await show_case(request, session, now, held, done=MESSAGE_SENT)


@post("/help/danger", opt=OPEN, status_code=200, request_max_body_size=FORM_LIMIT)
async def tell_now(request: WebRequest, session: Session, now: Now) -> Page:
    """One press: the case is of the first urgency from now on, and the help numbers stand first."""
    form = await read_form(request)
    state, held = request.app.state, _held(form)
    visit = await open_visit(session, now, state.vault, token=held.visit)
    await tell_danger(
        session, now, state.vault, visit=visit, text=gettext(SAID_IN_DANGER),
        calendar=state.calendar, nonce=form.form.get("n", ""),
    )  # fmt: skip
    return await show_case(request, session, now, held, done=DANGER_TOLD, danger=True)


@post("/help/file", opt=OPEN, status_code=200, request_max_body_size=FILE_LIMIT)
async def add_file(request: WebRequest, session: Session, now: Now) -> Page:
    upload = await read_upload(request)
    remember_tokens(request, upload.form)
    state, held = request.app.state, _held(upload.form)
    visit = await open_visit(session, now, state.vault, token=held.visit)
    refused: Message | None = None
    if upload.too_heavy:
        refused = TOO_HEAVY
    elif upload.content is None:
        refused = Message(CHOOSE_A_FILE)
    else:
        try:
            await attach_to_case(
                session, now, state.vault, state.settings.sealed_files, visit=visit,
                content=upload.content, calendar=state.calendar,
                nonce=upload.form.form.get("n", ""),
            )  # fmt: skip
        except FileRefused as problem:
            refused = file_refusal(problem)
        except TooManyFiles:
            refused = Message(FILES_FULL)
    if refused:
        return await show_case(request, session, now, held, errors={"file": refused})
    return await show_case(request, session, now, held, done=FILE_ADDED)


@post("/help/withdraw", opt=OPEN, status_code=200, request_max_body_size=FORM_LIMIT)
async def take_back(request: WebRequest, session: Session, now: Now) -> Page:
    """Ask why with two buttons; either of them withdraws. A page that was open too long keeps her reason."""
    form, state = await read_form(request), request.app.state
    held, why = _held(form), form.form.get("why", "")
    reason = form.text("reason", longest=10**6)
    if len(reason) > LONGEST_REASON:
        form.refuse("reason", TOO_LONG, longest=LONGEST_REASON)
    try:
        visit = await open_visit(session, now, state.vault, token=held.visit)
    except VisitOver:
        if not why:
            raise
        back = BACK_TO_WITHDRAWING
        kept = Kept(reason=reason[:LONGEST_REASON], back=back, receipt=held.receipt)
        again = {"code": Message(TYPE_AGAIN)}
        return await show_enter(request, session, now, kept, errors=again)
    if why in ("own", "pressed") and not form.errors:
        await withdraw(
            session, now, state.vault, visit=visit, pressed=why == "pressed", text=reason,
            calendar=state.calendar,
        )  # fmt: skip
        return await show_case(request, session, now, held, done=TAKEN_BACK)
    return await ask_why(request, session, held, reason, errors=form.errors)
