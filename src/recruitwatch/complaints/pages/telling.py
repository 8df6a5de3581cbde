"""Pages: the first page, and the questions one by one. Every answer is kept, sealed, as it is given."""

import msgspec
from litestar import get, post

from recruitwatch.complaints.actions.attaching import attach, list_files, remove_file
from recruitwatch.complaints.actions.drafting import give_code, open_draft, save_draft, start_draft
from recruitwatch.complaints.forms.telling import (
    SAY_WHAT_HAPPENED,
    read_answer,
    read_move,
    read_question,
    require_enough,
)
from recruitwatch.complaints.pages.asking import Asking, ask
from recruitwatch.complaints.pages.frames import (
    FILE_LIMIT,
    FORM_LIMIT,
    LONGEST_TYPED,
    OPEN,
    Frame,
    frame_of,
    remember_tokens,
)
from recruitwatch.complaints.pages.uploads import TOO_HEAVY, Upload, file_refusal, read_upload
from recruitwatch.complaints.queries.desks import list_desk_offices
from recruitwatch.complaints.rules.questions import (
    is_enough,
    last_look,
    next_question,
    question_before,
)
from recruitwatch.complaints.rules.visits import DRAFT_LASTS
from recruitwatch.complaints.values.cases import TooManyFiles
from recruitwatch.complaints.values.filing import OpenDraft, SentAlready, Told
from recruitwatch.complaints.values.questions import Move, Question
from recruitwatch.errors import Message
from recruitwatch.viewing.refusals import FileRefused
from recruitwatch.web.forms import FormReader
from recruitwatch.web.languages import current
from recruitwatch.web.request import Now, Page, Session, WebRequest, read_form
from recruitwatch.web.templating import render


class StartPage(msgspec.Struct, frozen=True, kw_only=True):
    frame: Frame
    days_kept: int = DRAFT_LASTS.days


@get("/help", opt=OPEN)
async def first_page(request: WebRequest, session: Session) -> Page:
    return render(request, "help/start.html", StartPage(frame=await frame_of(request, session)))


@post("/help/start", opt=OPEN, status_code=200, request_max_body_size=FORM_LIMIT)
async def start(request: WebRequest, session: Session, now: Now) -> Page:
    """Begin, or go on after the first page was looked at again."""
    form = await read_form(request)
    vault = request.app.state.vault
    danger = form.flag("danger")
    token = form.form.get("t", "")
    if token:
        draft = await _open(request, session, now, token)
        told = msgspec.structs.replace(draft.draft.told, danger=danger)
        draft = await save_draft(session, now, draft=draft, told=told)
    else:
        told = Told(danger=danger)
        token = await start_draft(session, now, vault, language=current.get(), told=told)
        draft = await open_draft(session, now, vault, token=token)
    first = Question.HAPPENED if danger else Question.WISHES
    return await ask(request, session, first, Asking(token=token, draft=draft, told=told, now=now))


@post("/help/step", opt=OPEN, status_code=200, request_max_body_size=FORM_LIMIT)
async def step(request: WebRequest, session: Session, now: Now) -> Page:
    """Keep the answer of this page and show the next one, or the one she asked for."""
    form = await read_form(request)
    token, at = form.form.get("t", ""), read_question(form, "at")
    draft = await _open(request, session, now, token)
    changing = at is Question.CHECK and "to" in form.form
    asking = Asking(
        token=token,
        draft=draft,
        told=draft.draft.told,
        now=now,
        from_check=changing or "from" in form.form,
        last=form.form.get("last", "")[:LONGEST_TYPED],
    )
    if at is None or at is Question.PAPER:
        return await _show(request, session, read_question(form, "to") or at, asking)
    asking = await _keep(session, form, at, asking)
    if asking.errors:
        return await ask(request, session, at, asking)
    return await _show(request, session, _target(form, at, asking), asking)


@post("/help/paper", opt=OPEN, status_code=200, request_max_body_size=FILE_LIMIT)
async def paper(request: WebRequest, session: Session, now: Now) -> Page:
    """Add a photo or PDF, or take one away; then go where the button leads."""
    upload = await read_upload(request)
    form, token = upload.form, upload.form.form.get("t", "")
    remember_tokens(request, form)
    draft = await _open(request, session, now, token)
    asking = Asking(
        token=token, draft=draft, told=draft.draft.told, now=now, from_check="from" in form.form
    )
    await _add(request, session, now, upload, draft)
    if form.errors:
        asking = msgspec.structs.replace(asking, errors=form.errors)
        return await ask(request, session, Question.PAPER, asking)
    return await _show(request, session, _target(form, Question.PAPER, asking), asking)


async def _open(request: WebRequest, session: Session, now: Now, token: str) -> OpenDraft:
    draft = await open_draft(session, now, request.app.state.vault, token=token)
    if draft.sent:
        raise SentAlready
    return draft


async def _keep(session: Session, form: FormReader, at: Question, asking: Asking) -> Asking:
    """What was told with this answer, kept unless it cannot be; the errors say why."""
    offices = {str(one.id) for one in await list_desk_offices(session)}
    told = read_answer(form, at, asking.told, offices=offices)
    if at is Question.HAPPENED and "to" not in form.form:
        require_enough(form, told, read_move(form))
    draft = asking.draft
    if not form.errors and told != asking.told:
        draft = await save_draft(session, now=asking.now, draft=draft, told=told)
    return msgspec.structs.replace(asking, draft=draft, told=told, errors=form.errors)


def _target(form: FormReader, at: Question, asking: Asking) -> Question:
    """Where the button leads. Who came to change one answer goes back to all of them."""
    wanted = read_question(form, "to")
    if wanted is not None:
        return wanted
    move = read_move(form)
    if "remove" in form.form or move is Move.AGAIN:
        return at
    if asking.from_check:
        return Question.CHECK
    if move is Move.BACK:
        return question_before(asking.told, at)
    return last_look(asking.told) if move is Move.FINISH else next_question(asking.told, at)


async def _show(request: WebRequest, session: Session, at: Question | None, asking: Asking) -> Page:
    if at is None or at is Question.START:
        frame = await frame_of(request, session, token=asking.token)
        return render(request, "help/start.html", StartPage(frame=frame))
    if at is Question.CODE and not is_enough(asking.told):
        # Without a word of what happened there is nothing to send, and so no code yet.
        missing = {"happened": Message(SAY_WHAT_HAPPENED)}
        asking = msgspec.structs.replace(asking, errors=missing)
        return await ask(request, session, Question.HAPPENED, asking)
    if at is Question.CODE:
        vault = request.app.state.vault
        draft = await give_code(session, asking.now, vault, token=asking.token)
        asking = msgspec.structs.replace(asking, draft=draft)
    return await ask(request, session, at, asking)


async def _add(
    request: WebRequest, session: Session, now: Now, upload: Upload, draft: OpenDraft
) -> None:
    """A refusal is shown beside the field, and nothing else of the page is lost."""
    state = request.app.state
    if upload.too_heavy:
        upload.form.refuse("file", TOO_HEAVY.key, **TOO_HEAVY.values)
        return
    wanted = upload.form.form.get("remove")
    if wanted:
        for one in await list_files(session, case_id=draft.case_id, key=draft.key):
            if str(one.id) == wanted:
                await remove_file(session, case_id=draft.case_id, file_id=one.id)
    if upload.content is not None:
        try:
            await attach(
                session, now, state.settings.sealed_files,
                case_id=draft.case_id, key=draft.key, content=upload.content,
                nonce=upload.form.form.get("n", ""),
            )  # fmt: skip
        except (FileRefused, TooManyFiles) as refused:
            why = file_refusal(refused)
            upload.form.refuse("file", why.key, **why.values)
