"""The second person: what waits, a whole submission to read with what fails first, and the verdict."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.rules import may
from recruitwatch.accounts.values import Permission
from recruitwatch.actor import Actor
from recruitwatch.audits import queries
from recruitwatch.audits.actions.reviewing import approve_audit, judged_by, return_audit
from recruitwatch.audits.forms.visits import parse_return
from recruitwatch.audits.pages.item_forms import option_words
from recruitwatch.audits.pages.words import VERDICTS, fact_question, question_words
from recruitwatch.audits.rules.counting import items_of
from recruitwatch.audits.rules.opening import failing_interview_items, failing_items
from recruitwatch.audits.rules.rights import may_review
from recruitwatch.audits.values import (
    AuditDocument,
    DocumentAnswer,
    Review,
    Submission,
    WaitingReview,
)
from recruitwatch.checklists.pages.words import COLOURS, SEVERITIES, Text
from recruitwatch.checklists.values import Checklist, ChoiceAnswer, Item
from recruitwatch.findings.pages.words import answer_words, evidence_words, list_name
from recruitwatch.findings.rules import day_of
from recruitwatch.web import languages
from recruitwatch.web.forms import Errors
from recruitwatch.web.languages import gettext
from recruitwatch.web.paging import SIZE, Paging, offset, paging
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

REVIEW = needs(Permission.AUDIT_REVIEW)


class QueuePage(msgspec.Struct, frozen=True, kw_only=True):
    waiting: list[tuple[WaitingReview, date]]
    paging: Paging
    done: str
    opened: int


class AnswerLine(msgspec.Struct, frozen=True, kw_only=True):
    item_id: str
    question: Text
    severity: str
    colour: str
    fails: bool
    answer: str
    evidence: str
    note: str
    reason: str


class PooledLine(msgspec.Struct, frozen=True, kw_only=True):
    """What workers said together on one question that fails."""

    item_id: str
    question: Text
    severity: str
    colour: str
    failing: int
    asked: int


class SectionBlock(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    lines: tuple[AnswerLine, ...]


class TalkBlock(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    number: int
    held_on: date
    facts: list[tuple[str, bool]]
    lines: tuple[AnswerLine, ...]


class ReviewPage(msgspec.Struct, frozen=True, kw_only=True):
    submission: Submission
    facts: list[tuple[str, bool]]
    failing: tuple[AnswerLine, ...]
    pooled: tuple[PooledLine, ...]
    lists: tuple[SectionBlock, ...]
    talks: tuple[TalkBlock, ...]
    earlier: list[tuple[int, str, str, str]]
    waits: bool
    may_review: bool
    only_reads: bool
    reason: str = ""
    errors: Errors = {}


@get("/reviews", opt=REVIEW)
async def show_queue(
    request: WebRequest,
    session: Session,
    now: Now,
    page: FromQuery[int] = 1,
    done: FromQuery[str] = "",
    opened: FromQuery[int] = 0,
) -> Page:
    waiting = await queries.list_waiting_reviews(session, limit=SIZE, offset=offset(page))
    total = await queries.count_waiting_reviews(session)
    view = QueuePage(
        waiting=[(one, day_of(one.submitted_at, now)) for one in waiting],
        paging=paging("/reviews", page, total),
        done=done,
        opened=opened,
    )
    return render(request, "audits/reviews.html", view)


@get("/reviews/{submission_id:uuid}", opt=needs(Permission.AUDIT_READ))
async def show_review(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    submission_id: FromPath[UUID],
) -> Page:
    page = await _page(session, actor, now, submission_id)
    return render(request, "audits/review.html", page)


@post("/reviews/{submission_id:uuid}/approve", opt=REVIEW, status_code=303)
async def do_approve(
    session: Session, actor: SignedInActor, now: Now, submission_id: FromPath[UUID]
) -> Redirect:
    opened = await approve_audit(session, actor, now, submission_id=submission_id)
    return go_to("/reviews", {"done": "approved", "opened": str(opened)})


@post("/reviews/{submission_id:uuid}/return", opt=REVIEW, status_code=200)
async def do_return(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    submission_id: FromPath[UUID],
) -> Response[str] | Redirect:
    reader = await read_form(request)
    reason = parse_return(reader)
    if isinstance(reason, str):
        await return_audit(session, actor, now, submission_id=submission_id, reason=reason)
        return go_to("/reviews", {"done": "returned"})
    page = await _page(session, actor, now, submission_id)
    page = msgspec.structs.replace(page, reason=reader.form.get("reason", ""), errors=reader.errors)
    return render(request, "audits/review.html", page, status=422)


async def _page(session: Session, actor: Actor, now: datetime, submission_id: UUID) -> ReviewPage:
    submission = await queries.get_submission(session, submission_id)
    document = submission.document
    checklists, parameters = await judged_by(session, document, now)
    workers = await queries.list_workers_on(session, submission.audit_id)
    reviews = await queries.list_reviews(session, submission.audit_id)
    failed = failing_items(document, checklists, parameters)
    pooled = failing_interview_items(document, checklists, parameters)
    lists = _lists(document, checklists, failed)
    return ReviewPage(
        submission=submission,
        facts=[(fact_question(name), value) for name, value in document.facts.items()],
        failing=_worst_first(line for block in lists for line in block.lines if line.fails),
        pooled=tuple(
            PooledLine(
                item_id=item_id,
                question=question_words(item),
                severity=gettext(SEVERITIES[item.severity]),
                colour=COLOURS[item.severity],
                failing=workers_said.failing,
                asked=workers_said.asked,
            )
            for item_id, workers_said in pooled.items()
            for item in (_find(checklists, item_id),)
        ),
        lists=lists,
        talks=_talks(document, checklists),
        earlier=_earlier(reviews),
        waits=all(review.submission_id != submission.id for review in reviews),
        may_review=may_review(submission.submitted_by, workers, actor.person_id),
        only_reads=not may(actor, Permission.AUDIT_REVIEW),
    )


def _worst_first(lines: Iterable[AnswerLine]) -> tuple[AnswerLine, ...]:
    order = [gettext(word) for word in SEVERITIES.values()]
    return tuple(sorted(lines, key=lambda line: order.index(line.severity)))


def _earlier(reviews: list[Review]) -> list[tuple[int, str, str, str]]:
    return [
        (one.revision, gettext(VERDICTS[one.verdict]), one.reviewer_name, one.reason)
        for one in reviews
    ]


def _find(checklists: Mapping[str, Checklist], item_id: str) -> Item:
    return next(
        item
        for checklist in checklists.values()
        for item in items_of(checklist)
        if item.id == item_id
    )


def _lists(
    document: AuditDocument, checklists: Mapping[str, Checklist], failed: frozenset[str]
) -> tuple[SectionBlock, ...]:
    return tuple(
        SectionBlock(
            name=list_name(one.checklist_id),
            lines=_lines(
                [answer for answer in document.answers if answer.checklist_id == one.checklist_id],
                checklists[one.checklist_id],
                failed,
            ),
        )
        for one in document.lists
        if any(answer.checklist_id == one.checklist_id for answer in document.answers)
    )


def _talks(document: AuditDocument, checklists: Mapping[str, Checklist]) -> tuple[TalkBlock, ...]:
    return tuple(
        TalkBlock(
            name=list_name(one.checklist_id),
            number=one.interview_no,
            held_on=one.held_on,
            facts=[
                (fact_question(name, of_worker=True), value) for name, value in one.facts.items()
            ],
            lines=_lines(list(one.answers), checklists[one.checklist_id], frozenset()),
        )
        for one in document.interviews
    )


def _lines(
    answers: list[DocumentAnswer], checklist: Checklist, failed: frozenset[str]
) -> tuple[AnswerLine, ...]:
    items = {item.id: item for item in items_of(checklist)}
    return tuple(_line(items[answer.item_id], answer, failed) for answer in answers)


def _line(item: Item, answer: DocumentAnswer, failed: frozenset[str]) -> AnswerLine:
    language, value = languages.current.get(), answer.value
    option = option_words(item, value.option, language) if isinstance(value, ChoiceAnswer) else ""
    return AnswerLine(
        item_id=item.id,
        question=question_words(item),
        severity=gettext(SEVERITIES[item.severity]),
        colour=COLOURS[item.severity],
        fails=item.id in failed,
        answer=answer_words(value, option),
        evidence=evidence_words(answer.evidence),
        note=answer.note,
        reason=answer.na_reason,
    )


HANDLERS = (show_queue, show_review, do_approve, do_return)
