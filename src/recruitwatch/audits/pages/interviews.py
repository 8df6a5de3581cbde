"""Private talks with workers: the list, adding one, one worker's form, removing it.

No page asks for a name or a contact of a worker, and none is kept.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.values import Permission
from recruitwatch.actor import Actor
from recruitwatch.audits import queries
from recruitwatch.audits.actions.interviewing import (
    add_interview,
    remove_interview,
    save_interview,
)
from recruitwatch.audits.forms.answering import parse_answers
from recruitwatch.audits.forms.visits import (
    parse_held_on,
    parse_new_interview,
    parse_worker_facts,
)
from recruitwatch.audits.pages.answering import limits
from recruitwatch.audits.pages.item_forms import ItemForm, section_forms, summary
from recruitwatch.audits.pages.words import fact_questions
from recruitwatch.audits.rules.counting import (
    CONSENT,
    answered_items,
    consent_item,
    consented,
    facts_asked,
    is_interview_list,
    items_of,
)
from recruitwatch.audits.rules.rights import may_write, write_refusal
from recruitwatch.audits.values import (
    Answer,
    Audit,
    Changes,
    Interview,
    InterviewForm,
    InterviewUnknown,
)
from recruitwatch.checklists.pages.words import Text, in_english, title
from recruitwatch.checklists.queries import get_version, get_vocabulary
from recruitwatch.checklists.rules import applies
from recruitwatch.checklists.values import Checklist, Vocabulary
from recruitwatch.errors import N_, Message
from recruitwatch.findings.pages.days import TypedDay, typed_day
from recruitwatch.web import languages
from recruitwatch.web.forms import Errors, FormReader
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.saying import say
from recruitwatch.web.templating import render

READ = needs(Permission.AUDIT_READ)
WRITE = needs(Permission.AUDIT_WRITE)

CONSENT_MISSING = N_("Ask for consent first, and choose an answer.")


class TalkLine(msgspec.Struct, frozen=True, kw_only=True):
    number: int
    held_on: date
    agreed: bool | None
    answered: int


class TalkBlock(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    title: Text
    talks: tuple[TalkLine, ...]
    next_number: int


class InterviewsPage(msgspec.Struct, frozen=True, kw_only=True):
    audit_id: UUID
    agency_name: str
    blocks: tuple[TalkBlock, ...]
    may_write: bool
    chosen: str
    held_on: date | TypedDay
    errors: Errors = {}


class InterviewPage(msgspec.Struct, frozen=True, kw_only=True):
    audit_id: UUID
    agency_name: str
    checklist_id: str
    list_title: Text
    provenance: Text
    number: int
    held_on: date | TypedDay
    may_write: bool
    agreed: bool
    facts: list[tuple[str, str]]
    settled: Mapping[str, str]
    consent: ItemForm
    sections: tuple[tuple[Text, tuple[ItemForm, ...]], ...]
    left_out: tuple[ItemForm, ...]
    saved: bool
    errors: dict[str, str] = {}
    held_on_error: str = ""


class Talk(msgspec.Struct, frozen=True, kw_only=True):
    """One interview with all that is needed to show it."""

    audit: Audit
    checklist: Checklist
    vocabulary: Vocabulary
    interview: Interview
    stored: dict[str, Answer]


@get("/audits/{audit_id:uuid}/interviews", opt=READ)
async def show_interviews(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    audit_id: FromPath[UUID],
) -> Page:
    page = await _list_page(session, actor, audit_id, now.date())
    return render(request, "audits/interviews.html", page)


@post("/audits/{audit_id:uuid}/interviews", opt=WRITE, status_code=200)
async def do_add(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    audit_id: FromPath[UUID],
) -> Response[str] | Redirect:
    page = await _list_page(session, actor, audit_id, now.date())
    reader = await read_form(request)
    new = parse_new_interview(reader, [block.id for block in page.blocks], now.date())
    if isinstance(new, Interview):
        await add_interview(session, actor, now, audit_id=audit_id, interview=new)
        return go_to(f"/audits/{audit_id}/interviews/{new.checklist_id}/{new.interview_no}")
    page = msgspec.structs.replace(
        page,
        chosen=reader.form.get("list", ""),
        held_on=typed_day(reader, "held_on"),
        errors=reader.errors,
    )
    return render(request, "audits/interviews.html", page, status=422)


async def _list_page(session: Session, actor: Actor, audit_id: UUID, today: date) -> InterviewsPage:
    audit = await queries.get_audit(session, audit_id)
    lists = [await get_version(session, one.checklist_id, one.version) for one in audit.lists]
    talks = await queries.list_interviews(session, audit_id)
    answers = await queries.list_answers(session, audit_id)
    blocks = tuple(_block(one, talks, answers) for one in lists if is_interview_list(one))
    return InterviewsPage(
        audit_id=audit.id,
        agency_name=audit.agency_name,
        blocks=blocks,
        may_write=may_write(audit, actor.person_id),
        chosen=blocks[0].id if len(blocks) == 1 else "",
        held_on=min(audit.visited_on, today),
    )


def _block(checklist: Checklist, talks: list[Interview], answers: list[Answer]) -> TalkBlock:
    mine = [talk for talk in talks if talk.checklist_id == checklist.id]
    answered = answered_items(answers)
    wanted = consent_item(checklist).id
    consent = {
        answer.interview_no: answer.value == CONSENT
        for answer in answers
        if answer.item_id == wanted
    }
    return TalkBlock(
        id=checklist.id,
        title=title(checklist.title, checklist.translations, languages.current.get()),
        talks=tuple(
            TalkLine(
                number=talk.interview_no,
                held_on=talk.held_on,
                agreed=consent.get(talk.interview_no),
                answered=len(answered.get((checklist.id, talk.interview_no), ())),
            )
            for talk in mine
        ),
        next_number=max((talk.interview_no for talk in mine), default=0) + 1,
    )


@get("/audits/{audit_id:uuid}/interviews/{checklist_id:str}/{number:int}", opt=READ)
async def show_interview(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    audit_id: FromPath[UUID],
    checklist_id: FromPath[str],
    number: FromPath[int],
    saved: FromQuery[bool] = False,
) -> Page:
    talk = await _talk(session, audit_id, checklist_id, number)
    return render(request, "audits/interview.html", _page(talk, actor, saved=saved))


@post(
    "/audits/{audit_id:uuid}/interviews/{checklist_id:str}/{number:int}",
    opt=WRITE,
    status_code=200,
)
async def do_save_interview(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    audit_id: FromPath[UUID],
    checklist_id: FromPath[str],
    number: FromPath[int],
) -> Response[str] | Redirect:
    talk = await _talk(session, audit_id, checklist_id, number)
    refusal = write_refusal(talk.audit, actor.person_id)
    if refusal is not None:
        raise refusal
    reader = await read_form(request)
    form = await _parse(session, reader, talk, now.date())
    if reader.errors or form is None:
        page = _page(talk, actor, reader=reader)
        return render(request, "audits/interview.html", page, status=422)
    await save_interview(
        session, actor, now, audit_id=audit_id, checklist_id=checklist_id, interview_no=number,
        form=form,
    )  # fmt: skip
    if reader.form.get("then") == "list":
        return go_to(f"/audits/{audit_id}/interviews")
    here = f"/audits/{audit_id}/interviews/{checklist_id}/{number}"
    return go_to(here, {"saved": "true"})


async def _parse(
    session: Session, reader: FormReader, talk: Talk, today: date
) -> InterviewForm | None:
    """Consent first. Where it is refused, whatever else was typed is not even looked at."""
    wanted = consent_item(talk.checklist)
    held_on = parse_held_on(reader, today)
    facts = parse_worker_facts(reader, facts_asked((talk.checklist,)))
    name, number = talk.checklist.id, talk.interview.interview_no
    said = parse_answers(reader, (wanted,), {}, checklist_id=name, interview_no=number)
    if not said.answers:
        reader.refuse(wanted.id, CONSENT_MISSING)
        return None
    rest = Changes()
    if said.answers[0].value == CONSENT:
        rest = parse_answers(
            reader,
            [one for one in items_of(talk.checklist) if one != wanted and applies(one, facts)],
            talk.stored,
            checklist_id=name,
            interview_no=number,
            parameters=await limits(session, talk.checklist, talk.vocabulary),
        )
    if held_on is None:
        return None
    changes = Changes(answers=said.answers + rest.answers, cleared=rest.cleared)
    return InterviewForm(held_on=held_on, facts=facts, changes=changes)


@post(
    "/audits/{audit_id:uuid}/interviews/{checklist_id:str}/{number:int}/remove",
    opt=WRITE,
    status_code=303,
)
async def do_remove(
    session: Session,
    actor: SignedInActor,
    now: Now,
    audit_id: FromPath[UUID],
    checklist_id: FromPath[str],
    number: FromPath[int],
) -> Redirect:
    await remove_interview(
        session, actor, now, audit_id=audit_id, checklist_id=checklist_id, interview_no=number
    )
    return go_to(f"/audits/{audit_id}/interviews")


async def _talk(session: Session, audit_id: UUID, checklist_id: str, number: int) -> Talk:
    audit = await queries.get_audit(session, audit_id)
    checklist = await queries.get_checklist_of(session, audit, checklist_id)
    talks = await queries.list_interviews(session, audit_id)
    interview = next(
        (one for one in talks if (one.checklist_id, one.interview_no) == (checklist_id, number)),
        None,
    )
    if interview is None:
        raise InterviewUnknown
    answers = await queries.list_answers(
        session, audit_id, checklist_id=checklist_id, interview_no=number
    )
    return Talk(
        audit=audit,
        checklist=checklist,
        vocabulary=await get_vocabulary(session, checklist.vocabulary),
        interview=interview,
        stored={answer.item_id: answer for answer in answers},
    )


def _page(
    talk: Talk, actor: Actor, *, reader: FormReader | None = None, saved: bool = False
) -> InterviewPage:
    language, checklist = languages.current.get(), talk.checklist
    asked = facts_asked((checklist,))
    facts = talk.interview.facts if reader is None else parse_worker_facts(reader, asked)
    forms = [
        (
            title(section.title, section.translations, language),
            section_forms(
                checklist, section, talk.vocabulary, facts, talk.stored, language, reader
            ),
        )
        for section in checklist.sections
    ]
    consent = forms[0][1][0]
    forms[0] = (forms[0][0], forms[0][1][1:])
    errors = reader.errors if reader else {}
    return InterviewPage(
        audit_id=talk.audit.id,
        agency_name=talk.audit.agency_name,
        checklist_id=checklist.id,
        list_title=title(checklist.title, checklist.translations, language),
        provenance=in_english(checklist.provenance),
        number=talk.interview.interview_no,
        held_on=typed_day(reader, "held_on") if reader else talk.interview.held_on,
        may_write=may_write(talk.audit, actor.person_id),
        agreed=consented(checklist, talk.stored.values()),
        facts=fact_questions(asked, of_worker=True),
        settled={name: "yes" if value else "no" for name, value in facts.items()},
        consent=consent,
        sections=tuple(
            (heading, tuple(form for form in items if form.asked)) for heading, items in forms
        ),
        left_out=tuple(form for _, items in forms for form in items if not form.asked),
        saved=saved,
        errors=summary(errors),
        held_on_error=_said(errors.get("held_on")),
    )


def _said(message: Message | None) -> str:
    return "" if message is None else say(message)


HANDLERS = (show_interviews, do_add, show_interview, do_save_interview, do_remove)
