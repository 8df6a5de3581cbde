"""Pages: Send and what it answers, and deleting what was not sent."""

from datetime import date

import msgspec
from litestar import post

from recruitwatch.complaints.actions.drafting import delete_draft, open_draft
from recruitwatch.complaints.actions.filing import send
from recruitwatch.complaints.actions.nonces import new_nonce
from recruitwatch.complaints.forms.telling import SAY_WHAT_HAPPENED
from recruitwatch.complaints.pages.asking import Asking, ask
from recruitwatch.complaints.pages.frames import (
    FORM_LIMIT,
    LONGEST_TYPED,
    OPEN,
    Frame,
    frame_of,
    in_groups,
    in_own_digits,
)
from recruitwatch.complaints.values.filing import (
    DraftGone,
    HiddenFromAll,
    NobodyThere,
    Receipt,
    SendOutcome,
)
from recruitwatch.complaints.values.questions import Question
from recruitwatch.errors import N_, Message
from recruitwatch.web.request import Now, Page, Session, WebRequest, read_form
from recruitwatch.web.templating import render

WRONG_DIGITS = N_("These are not the last four digits. Look at the code again.")


class ReceiptPage(msgspec.Struct, frozen=True, kw_only=True):
    frame: Frame
    groups: tuple[str, ...]
    own_groups: tuple[str, ...]
    next_news_on: date
    once: str


class DeletePage(msgspec.Struct, frozen=True, kw_only=True):
    frame: Frame
    deleted: bool


@post("/help/send", opt=OPEN, status_code=200, request_max_body_size=FORM_LIMIT)
async def send_it(request: WebRequest, session: Session, now: Now) -> Page:
    """Pressed twice, or after a cut line, it answers with the same code and makes no second case."""
    form = await read_form(request)
    state = request.app.state
    token, last = form.form.get("t", ""), form.form.get("last", "")
    question, errors, status = Question.CODE, {"last": Message(WRONG_DIGITS)}, 422
    try:
        sent = await send(
            session, now, state.vault, token=token, last_digits=last, calendar=state.calendar
        )
        if sent.receipt is not None:
            return await _receipt(request, session, now, token, sent.receipt)
        if sent.outcome is SendOutcome.NOTHING_TOLD:
            question, errors = Question.HAPPENED, {"happened": Message(SAY_WHAT_HAPPENED)}
    except HiddenFromAll as problem:
        question, errors = Question.HIDE, {"hide_person": problem.message}
    except NobodyThere as problem:
        # Nothing was written, and her draft goes on: Send can be pressed again.
        errors, status = {"last": problem.message}, 503
    draft = await open_draft(session, now, state.vault, token=token)
    asking = Asking(
        token=token,
        draft=draft,
        told=draft.draft.told,
        now=now,
        errors=errors,
        last=last[:LONGEST_TYPED],
        refused_with=status,
    )
    return await ask(request, session, question, asking)


async def _receipt(
    request: WebRequest, session: Session, now: Now, token: str, receipt: Receipt
) -> Page:
    groups = in_groups(receipt.code)
    page = ReceiptPage(
        frame=await frame_of(request, session, token=token),
        groups=groups,
        own_groups=in_own_digits(groups),
        next_news_on=receipt.next_news_on,
        once=new_nonce(request.app.state.vault.installation, now),
    )
    return render(request, "help/receipt.html", page)


@post("/help/delete", opt=OPEN, status_code=200, request_max_body_size=FORM_LIMIT)
async def delete_it(request: WebRequest, session: Session, now: Now) -> Page:
    """Ask once, then forget everything. Pressed twice it says the same."""
    form = await read_form(request)
    token, sure = form.form.get("t", ""), "sure" in form.form
    if sure:
        try:
            draft = await open_draft(session, now, request.app.state.vault, token=token)
        except DraftGone:
            pass
        else:
            await delete_draft(session, draft=draft)
    frame = await frame_of(request, session, token="" if sure else token)
    return render(request, "help/delete.html", DeletePage(frame=frame, deleted=sure))
