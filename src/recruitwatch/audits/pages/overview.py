"""An audit at a glance, and the lists of audits."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from litestar import get
from litestar.params import FromPath, FromQuery

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.rules import may
from recruitwatch.accounts.values import Permission
from recruitwatch.actor import Actor
from recruitwatch.audits import queries
from recruitwatch.audits.pages.words import STATE_COLOURS, VERDICTS, fact_question, state_name
from recruitwatch.audits.rules.counting import (
    answered_items,
    facts_asked,
    is_interview_list,
    progress,
)
from recruitwatch.audits.rules.rights import may_write
from recruitwatch.audits.values import (
    STATE_NAMES,
    Answer,
    Audit,
    AuditFilter,
    AuditLine,
    AuditState,
    Interview,
    Receipt,
    Review,
    UsedList,
)
from recruitwatch.checklists.pages.words import Text, title
from recruitwatch.checklists.values import Checklist
from recruitwatch.errors import N_, Message
from recruitwatch.findings.pages.words import list_name
from recruitwatch.web import languages
from recruitwatch.web.languages import gettext
from recruitwatch.web.paging import SIZE, Paging, offset, paging
from recruitwatch.web.request import Page, Session, SignedInActor, WebRequest
from recruitwatch.web.templating import render

READ = needs(Permission.AUDIT_READ)

OPEN_FIRST = N_("All")
DONE = {
    "started": N_(
        "The audit is started. Answer the sections in any order; leave and come back at any time."
    ),
    "changed": N_("The visit was changed."),
    "saved": N_("Saved. That was the last section."),
}

Choices = list[tuple[str, str]]


class SectionLine(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    title: Text
    answered: int
    applicable: int


class ListBlock(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    version: int
    title: Text
    sections: tuple[SectionLine, ...]


class InterviewBlock(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    version: int
    title: Text
    held: int


class ReviewLine(msgspec.Struct, frozen=True, kw_only=True):
    revision: int
    verdict: str
    reason: str
    by: str
    at: datetime


class OverviewPage(msgspec.Struct, frozen=True, kw_only=True):
    audit: Audit
    state: str
    state_colour: str
    may_write: bool
    facts: list[tuple[str, bool]]
    lists: tuple[ListBlock, ...]
    interviews: tuple[InterviewBlock, ...]
    answered: int
    applicable: int
    receipts: list[Receipt]
    reviews: list[ReviewLine]
    returned_because: str
    done: Message | None


class AuditRow(msgspec.Struct, frozen=True, kw_only=True):
    audit: AuditLine
    state: str
    state_colour: str
    lists: list[str]


class AuditsPage(msgspec.Struct, frozen=True, kw_only=True):
    rows: list[AuditRow]
    states: Choices
    whose: Choices
    stands: str
    of: str
    may_start: bool
    paging: Paging


@get("/audits", opt=READ)
async def show_audits(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    stands: FromQuery[str] = "",
    of: FromQuery[str] = "",
    agency: FromQuery[UUID | None] = None,
    page: FromQuery[int] = 1,
) -> Page:
    inspects = may(actor, Permission.AUDIT_WRITE)
    of = of or ("mine" if inspects and agency is None else "all")
    chosen = AuditFilter(
        state=AuditState(stands) if stands in set(AuditState) else None,
        inspector_id=actor.person_id if of == "mine" else None,
        agency_id=agency,
    )
    found = await queries.list_audits(session, chosen, limit=SIZE, offset=offset(page))
    total = await queries.count_audits(session, chosen)
    states = [("", gettext(OPEN_FIRST))]
    states.extend((one.value, gettext(name)) for one, name in STATE_NAMES.items())
    view = AuditsPage(
        rows=[_row(one) for one in found],
        states=states,
        whose=[("mine", gettext(N_("My audits"))), ("all", gettext(N_("Everybody's audits")))],
        stands=stands,
        of=of,
        may_start=inspects,
        paging=paging(
            "/audits", page, total, stands=stands, of=of, agency=str(agency) if agency else ""
        ),
    )
    return render(request, "audits/list.html", view)


def _row(audit: AuditLine) -> AuditRow:
    return AuditRow(
        audit=audit,
        state=state_name(audit.state),
        state_colour=STATE_COLOURS[audit.state],
        lists=[list_name(one) for one in audit.checklist_ids],
    )


@get("/audits/{audit_id:uuid}", opt=READ)
async def show_audit(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    audit_id: FromPath[UUID],
    done: FromQuery[str] = "",
) -> Page:
    audit = await queries.get_audit(session, audit_id)
    used = await queries.get_used_lists(session, audit)
    answers = await queries.list_answers(session, audit_id)
    interviews = await queries.list_interviews(session, audit_id)
    page = await _overview(session, actor, audit, used, answers, interviews, DONE.get(done))
    return render(request, "audits/overview.html", page)


async def _overview(
    session: Session,
    actor: Actor,
    audit: Audit,
    used: Sequence[UsedList],
    answers: Sequence[Answer],
    interviews: Sequence[Interview],
    done: str | None,
) -> OverviewPage:
    language = languages.current.get()
    visit = [one.checklist for one in used if not is_interview_list(one.checklist)]
    talks = [one.checklist for one in used if is_interview_list(one.checklist)]
    answered = answered_items(answers)
    blocks = tuple(
        _block(one, audit.facts, answered.get((one.id, 0), set()), language) for one in visit
    )
    reviews = await queries.list_reviews(session, audit.id)
    lines = [section for block in blocks for section in block.sections]
    returned = audit.state is AuditState.RETURNED and reviews
    return OverviewPage(
        audit=audit,
        state=state_name(audit.state),
        state_colour=STATE_COLOURS[audit.state],
        may_write=may_write(audit, actor.person_id),
        facts=[
            (fact_question(name), audit.facts[name])
            for name in facts_asked(visit)
            if name in audit.facts
        ],
        lists=blocks,
        interviews=tuple(_talks(one, interviews, language) for one in talks),
        answered=sum(line.answered for line in lines),
        applicable=sum(line.applicable for line in lines),
        receipts=await queries.list_receipts(session, audit.id),
        reviews=[_review(one) for one in reviews],
        returned_because=reviews[0].reason if returned else "",
        done=Message(done) if done else None,
    )


def _talks(checklist: Checklist, interviews: Sequence[Interview], language: str) -> InterviewBlock:
    return InterviewBlock(
        id=checklist.id,
        version=checklist.version,
        title=title(checklist.title, checklist.translations, language),
        held=sum(talk.checklist_id == checklist.id for talk in interviews),
    )


def _review(review: Review) -> ReviewLine:
    return ReviewLine(
        revision=review.revision,
        verdict=gettext(VERDICTS[review.verdict]),
        reason=review.reason,
        by=review.reviewer_name,
        at=review.reviewed_at,
    )


def _block(
    checklist: Checklist, facts: Mapping[str, bool], answered: set[str], language: str
) -> ListBlock:
    counted = progress(checklist, facts, answered)
    return ListBlock(
        id=checklist.id,
        version=checklist.version,
        title=title(checklist.title, checklist.translations, language),
        sections=tuple(
            SectionLine(
                code=section.code,
                title=title(section.title, section.translations, language),
                answered=one.answered,
                applicable=one.applicable,
            )
            for section, one in zip(checklist.sections, counted, strict=True)
        ),
    )


HANDLERS = (show_audits, show_audit)
