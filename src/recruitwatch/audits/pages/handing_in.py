"""Handing in: a check page that names what is missing and what is wrong, the act, the receipt."""

from uuid import UUID, uuid4

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.values import Permission
from recruitwatch.audits import queries
from recruitwatch.audits.actions.submitting import submit_audit
from recruitwatch.audits.forms.visits import parse_uuid
from recruitwatch.audits.pages.words import question_words
from recruitwatch.audits.rules.counting import faults, is_interview_list, unanswered
from recruitwatch.audits.rules.freezing import canonical, document_of, sha256_of
from recruitwatch.audits.rules.rights import write_refusal
from recruitwatch.audits.values import (
    Answer,
    Audit,
    Faulty,
    Submission,
    SubmissionDiffers,
    UsedList,
)
from recruitwatch.checklists.pages.words import Text, title
from recruitwatch.checklists.values import Checklist, Item
from recruitwatch.findings.pages.words import list_name
from recruitwatch.web import languages
from recruitwatch.web.languages import gettext
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

READ = needs(Permission.AUDIT_READ)
WRITE = needs(Permission.AUDIT_WRITE)


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """A section with questions that have no answer."""

    address: str
    list_name: str
    section: Text
    items: tuple[tuple[str, Text], ...]


class Wrong(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that cannot stand and where to put it right."""

    address: str
    list_name: str
    item_id: str
    interview_no: int
    sentences: tuple[str, ...]


class SubmitPage(msgspec.Struct, frozen=True, kw_only=True):
    audit_id: UUID
    agency_name: str
    revision: int
    submission_id: UUID
    sha256: str
    answers: int
    interviews: int
    gaps: tuple[Gap, ...]
    missing: int
    wrong: tuple[Wrong, ...]


class ReceiptPage(msgspec.Struct, frozen=True, kw_only=True):
    submission: Submission
    lists: list[tuple[str, int, str]]
    answers: int
    interviews: int
    already: bool


@get("/audits/{audit_id:uuid}/submit", opt=WRITE)
async def show_submit(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    audit_id: FromPath[UUID],
) -> Page:
    audit = await queries.get_audit(session, audit_id)
    refusal = write_refusal(audit, actor.person_id)
    if refusal is not None:
        raise refusal
    used = await queries.get_used_lists(session, audit)
    answers = await queries.list_answers(session, audit_id)
    document = document_of(audit, used, answers, await queries.list_interviews(session, audit_id))
    checklists = {one.checklist.id: one.checklist for one in used}
    gaps = _gaps(audit, used, [answer for answer in answers if answer.interview_no == 0])
    page = SubmitPage(
        audit_id=audit.id,
        agency_name=audit.agency_name,
        revision=audit.revision,
        submission_id=uuid4(),
        sha256=sha256_of(canonical(document)),
        answers=sum(answer.value is not None for answer in document.answers),
        interviews=len(document.interviews),
        gaps=gaps,
        missing=sum(len(gap.items) for gap in gaps),
        wrong=tuple(
            _wrong(audit, checklists, one) for one in faults(document, checklists, now.date())
        ),
    )
    return render(request, "audits/submit.html", page)


def _gaps(audit: Audit, used: tuple[UsedList, ...], answers: list[Answer]) -> tuple[Gap, ...]:
    language = languages.current.get()
    checklists = {one.checklist.id: one.checklist for one in used}
    by_section: dict[tuple[str, str], list[Item]] = {}
    for one in unanswered(list(checklists.values()), audit.facts, answers):
        by_section.setdefault((one.checklist_id, one.section), []).append(one.item)
    return tuple(
        Gap(
            address=f"/audits/{audit.id}/lists/{checklist_id}/{code}",
            list_name=list_name(checklist_id),
            section=_section_title(checklists[checklist_id], code, language),
            items=tuple((item.id, question_words(item)) for item in items),
        )
        for (checklist_id, code), items in by_section.items()
    )


def _section_title(checklist: Checklist, code: str, language: str) -> Text:
    section = next(one for one in checklist.sections if one.code == code)
    return title(section.title, section.translations, language)


def _wrong(audit: Audit, checklists: dict[str, Checklist], fault: Faulty) -> Wrong:
    return Wrong(
        address=_place_of(audit, checklists, fault),
        list_name=list_name(fault.checklist_id) if fault.checklist_id else "",
        item_id=fault.item_id,
        interview_no=fault.interview_no,
        sentences=tuple(gettext(sentence) for sentence in fault.sentences),
    )


def _place_of(audit: Audit, checklists: dict[str, Checklist], fault: Faulty) -> str:
    if not fault.checklist_id:
        return f"/audits/{audit.id}/visit"
    checklist = checklists[fault.checklist_id]
    if is_interview_list(checklist):
        return f"/audits/{audit.id}/interviews/{checklist.id}/{fault.interview_no}"
    code = next(
        section.code
        for section in checklist.sections
        if any(item.id == fault.item_id for item in section.items)
    )
    return f"/audits/{audit.id}/lists/{checklist.id}/{code}"


@post("/audits/{audit_id:uuid}/submit", opt=WRITE, status_code=200)
async def do_submit(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    audit_id: FromPath[UUID],
) -> Response[str] | Redirect:
    reader = await read_form(request)
    submission_id = parse_uuid(reader, "submission_id")
    if submission_id is None:
        raise SubmissionDiffers
    receipt = await submit_audit(
        session, actor, now, audit_id=audit_id, submission_id=submission_id,
        sha256=reader.form.get("sha256", ""),
    )  # fmt: skip
    query = {"already": "true"} if receipt.already else None
    return go_to(f"/audits/{audit_id}/receipts/{receipt.submission_id}", query)


@get("/audits/{audit_id:uuid}/receipts/{submission_id:uuid}", opt=READ)
async def show_receipt(
    request: WebRequest,
    session: Session,
    audit_id: FromPath[UUID],
    submission_id: FromPath[UUID],
    already: FromQuery[bool] = False,
) -> Page:
    found = await queries.get_submission(session, submission_id)
    return render(request, "audits/receipt.html", _receipt(found, already))


def _receipt(found: Submission, already: bool) -> ReceiptPage:
    document = found.document
    return ReceiptPage(
        submission=found,
        lists=[(list_name(one.checklist_id), one.version, one.sha256) for one in document.lists],
        answers=sum(answer.value is not None for answer in document.answers),
        interviews=len(document.interviews),
        already=already,
    )


HANDLERS = (show_submit, do_submit, show_receipt)
