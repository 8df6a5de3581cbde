"""Pages: the worker types her code."""

import msgspec
from litestar import post

from recruitwatch.complaints.actions.drafting import open_draft
from recruitwatch.complaints.actions.following import (
    enter_code,
    prove_code,
)
from recruitwatch.complaints.actions.nonces import use_nonce
from recruitwatch.complaints.pages.asking import Asking, ask
from recruitwatch.complaints.pages.frames import (
    FORM_LIMIT,
    LONGEST_TYPED,
    NO_ERRORS,
    OPEN,
    Errors,
    Frame,
    frame_of,
    last_frame,
)
from recruitwatch.complaints.pages.own_case import (
    LONGEST_MESSAGE,
    LONGEST_REASON,
    Held,
    ask_why,
    new_once,
    show_case,
)
from recruitwatch.complaints.rules.questions import is_enough
from recruitwatch.complaints.values.cases import (
    Entry,
    VisitOver,
)
from recruitwatch.complaints.values.filing import DraftGone
from recruitwatch.complaints.values.questions import Question
from recruitwatch.errors import N_, Message
from recruitwatch.web.request import Now, Page, Session, WebRequest, read_form
from recruitwatch.web.templating import render

BACK_TO_WITHDRAWING = "withdraw"
WRONG_CODE = N_("We do not find this code. Look at each digit.")
TYPE_CODE = N_("Type your code again.")


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What waits in the page while a code is typed. `receipt` is the token of what was sent from this
    phone: leaving forgets it."""

    text: str = ""
    reason: str = ""
    back: str = ""
    receipt: str = ""


class EnterPage(msgspec.Struct, frozen=True, kw_only=True):
    """`once` is the number of this page: a browser that sends it again opens nothing."""

    frame: Frame
    once: str
    kept: Kept = Kept()
    typed: str = ""
    old: Message | None = None
    errors: Errors = NO_ERRORS


def too_old(request: WebRequest, problem: DraftGone | VisitOver) -> Page:
    """A page whose answers or visit are gone: what to do, and the field for the code at once."""
    page = EnterPage(
        frame=last_frame(request),
        once=new_once(request, request.app.state.clock()),
        old=problem.message,
    )
    return render(request, "help/enter.html", page, status=404)


@post("/help/code", opt=OPEN, status_code=200, request_max_body_size=FORM_LIMIT)
async def use_code(request: WebRequest, session: Session, now: Now) -> Page:
    """Ask for the code, or open what it leads to: a case, or answers that were not sent yet. The same page
    sent again opens nothing and does not show the code: it may be somebody else who goes back."""
    form = await read_form(request)
    state, typed = request.app.state, form.form.get("code", "")
    kept = Kept(
        text=form.form.get("text", "")[:LONGEST_MESSAGE],
        reason=form.form.get("reason", "")[:LONGEST_REASON],
        back=form.form.get("back", "")[:LONGEST_TYPED],
        receipt=form.form.get("t", ""),
    )
    if not typed:
        return await show_enter(request, session, now, kept)
    changing = "go" in form.form
    key = None if changing else await prove_code(state.open_session, now, state.vault, typed=typed)
    if not await use_nonce(session, now, state.vault, nonce=form.form.get("n", "")):
        return await show_enter(request, session, now, kept, errors={"code": Message(TYPE_CODE)})
    if changing:
        return await show_enter(request, session, now, kept, typed=typed)
    entered = await enter_code(session, now, state.vault, key=key) if key else None
    if entered is None or entered.token is None:
        wrong = {"code": Message(WRONG_CODE)}
        return await show_enter(request, session, now, kept, typed=typed, errors=wrong)
    if entered.entry is Entry.DRAFT:
        return await _go_on(request, session, now, entered.token)
    held = Held(visit=entered.token, receipt=kept.receipt)
    if kept.back == BACK_TO_WITHDRAWING:
        return await ask_why(request, session, held, kept.reason)
    return await show_case(request, session, now, held, text=kept.text)


async def show_enter(
    request: WebRequest,
    session: Session,
    now: Now,
    kept: Kept,
    *,
    typed: str = "",
    errors: Errors | None = None,
) -> Page:
    page = EnterPage(
        frame=await frame_of(request, session, token=kept.receipt),
        once=new_once(request, now),
        kept=kept,
        typed=typed[:LONGEST_TYPED],
        errors=errors or NO_ERRORS,
    )
    return render(request, "help/enter.html", page, status=422 if errors else 200)


async def _go_on(request: WebRequest, session: Session, now: Now, token: str) -> Page:
    """Answers that were not sent go on where all of them are seen."""
    draft = await open_draft(session, now, request.app.state.vault, token=token)
    told = draft.draft.told
    at = Question.CHECK if is_enough(told) else Question.HAPPENED
    return await ask(request, session, at, Asking(token=token, draft=draft, told=told, now=now))
