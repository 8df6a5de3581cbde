"""The queue of findings, one finding with what may be done next, and what the agency is shown."""

from collections.abc import Awaitable, Callable
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
from recruitwatch.errors import N_, Message
from recruitwatch.findings import queries
from recruitwatch.findings.actions import decide_finding, record_reply, serve_evidence
from recruitwatch.findings.forms import (
    parse_decision,
    parse_filter,
    parse_reply,
    parse_served,
)
from recruitwatch.findings.pages.days import TypedDay, typed_day
from recruitwatch.findings.pages.words import (
    SEVERITY_COLOURS,
    STATE_COLOURS,
    answer_words,
    evidence_words,
    list_name,
)
from recruitwatch.findings.rules import (
    DECISIONS,
    day_of,
    disclosed,
    is_kept_back,
    may_decide,
    reply_until,
    served_on,
    shows_paper,
    state_of,
)
from recruitwatch.findings.values import (
    SEVERITY_NAMES,
    STATE_NAMES,
    STEP_NAMES,
    Disclosure,
    FewWorkers,
    Finding,
    FindingLine,
    NewDecision,
    NewStep,
)
from recruitwatch.web import formats
from recruitwatch.web.forms import Errors, FormReader
from recruitwatch.web.languages import gettext
from recruitwatch.web.paging import SIZE, Paging, offset, paging
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.saying import say
from recruitwatch.web.templating import render

READ = needs(Permission.FINDING_READ)
SERVE = needs(Permission.FINDING_SERVE)
DECIDE = needs(Permission.FINDING_DECIDE)

WAITING = N_("All that wait for something")
EVERY = N_("All")
DONE = {
    "served": N_("Recorded: the evidence was served. The agency now has 14 full days to reply."),
    "replied": N_("The reply was recorded."),
    "confirmed": N_("The finding is confirmed. It counts in the agency's card."),
    "dismissed": N_("The finding is dismissed. It does not count."),
}

Choices = list[tuple[str, str]]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A finding in the queue, in words."""

    finding: FindingLine
    opened_on: date
    severity: str
    severity_colour: str
    state: str
    state_colour: str


class QueuePage(msgspec.Struct, frozen=True, kw_only=True):
    lines: list[Line]
    states: Choices
    severities: Choices
    stands: str
    severity: str
    paging: Paging


class StepLine(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    on_date: date
    text: str
    by: str
    taken_at: datetime


class FindingPage(msgspec.Struct, frozen=True, kw_only=True):
    finding: Finding
    opened_on: date
    kept_back: str
    shows_paper: bool
    list_name: str
    severity: str
    severity_colour: str
    state: str
    state_colour: str
    answer: str
    evidence: str
    steps: tuple[StepLine, ...]
    reply_until: date | None
    may_serve: bool
    may_reply: bool
    may_decide: bool
    reasons: tuple[str, ...]
    today: date
    typed: dict[str, str]
    days: dict[str, TypedDay]
    done: Message | None
    errors: Errors = {}


class EvidencePage(msgspec.Struct, frozen=True, kw_only=True):
    """`finding_id` leads back on the screen; what is printed carries the reference of `shown`."""

    finding_id: UUID
    shown: Disclosure
    list_name: str
    severity: str
    answer: str
    evidence: str
    today: date


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """How a step that somebody reports is read and recorded."""

    parse: Callable[[FormReader, Finding, datetime], NewStep | Errors]
    take: Callable[..., Awaitable[None]]
    done: str


SERVICE = Way(parse=parse_served, take=serve_evidence, done="served")
REPLY = Way(parse=parse_reply, take=record_reply, done="replied")


@get("/findings", opt=READ)
async def show_findings(
    request: WebRequest,
    session: Session,
    now: Now,
    stands: FromQuery[str] = "",
    severity: FromQuery[str] = "",
    agency: FromQuery[UUID | None] = None,
    page: FromQuery[int] = 1,
) -> Page:
    chosen = msgspec.structs.replace(parse_filter(stands, severity), agency_id=agency)
    found = await queries.list_findings(session, chosen, limit=SIZE, offset=offset(page))
    total = await queries.count_findings(session, chosen)
    states = [("", gettext(WAITING))]
    states.extend((one.value, gettext(name)) for one, name in STATE_NAMES.items())
    severities = [("", gettext(EVERY))]
    severities.extend((one.value, gettext(name)) for one, name in SEVERITY_NAMES.items())
    view = QueuePage(
        lines=[_line(one, now) for one in found],
        states=[*states, ("all", gettext(EVERY))],
        severities=severities,
        stands=stands,
        severity=severity,
        paging=paging(
            "/findings",
            page,
            total,
            stands=stands,
            severity=severity,
            agency=str(agency) if agency else "",
        ),
    )
    return render(request, "findings/queue.html", view)


def _line(finding: FindingLine, now: datetime) -> Line:
    return Line(
        finding=finding,
        opened_on=day_of(finding.opened_at, now),
        severity=gettext(SEVERITY_NAMES[finding.severity]),
        severity_colour=SEVERITY_COLOURS[finding.severity],
        state=gettext(STATE_NAMES[finding.state]),
        state_colour=STATE_COLOURS[finding.state],
    )


@get("/findings/{finding_id:uuid}", opt=READ)
async def show_finding(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    finding_id: FromPath[UUID],
    done: FromQuery[str] = "",
) -> Page:
    finding = await queries.get_finding(session, finding_id)
    sentence = DONE.get(done)
    page = _page(finding, actor, now, done=Message(sentence) if sentence else None)
    return render(request, "findings/finding.html", page)


@post("/findings/{finding_id:uuid}/served", opt=SERVE, status_code=200)
async def do_serve(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    finding_id: FromPath[UUID],
) -> Response[str] | Redirect:
    return await _record(SERVICE, request, session, actor, now, finding_id)


@post("/findings/{finding_id:uuid}/replies", opt=SERVE, status_code=200)
async def do_reply(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    finding_id: FromPath[UUID],
) -> Response[str] | Redirect:
    return await _record(REPLY, request, session, actor, now, finding_id)


async def _record(
    way: Way, request: WebRequest, session: Session, actor: Actor, now: datetime, finding_id: UUID
) -> Response[str] | Redirect:
    finding, reader = await queries.get_finding(session, finding_id), await read_form(request)
    step = way.parse(reader, finding, now)
    if not isinstance(step, NewStep):
        return _again(request, finding, actor, now, reader)
    await way.take(session, actor, now, finding_id=finding_id, step=step)
    return go_to(f"/findings/{finding_id}", {"done": way.done})


@post("/findings/{finding_id:uuid}/decision", opt=DECIDE, status_code=200)
async def do_decide(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    finding_id: FromPath[UUID],
) -> Response[str] | Redirect:
    reader = await read_form(request)
    decision = parse_decision(reader)
    if not isinstance(decision, NewDecision):
        finding = await queries.get_finding(session, finding_id)
        return _again(request, finding, actor, now, reader)
    await decide_finding(session, actor, now, finding_id=finding_id, decision=decision)
    return go_to(f"/findings/{finding_id}", {"done": decision.kind.value})


@get("/findings/{finding_id:uuid}/evidence", opt=READ)
async def show_evidence(
    request: WebRequest, session: Session, now: Now, finding_id: FromPath[UUID]
) -> Page:
    finding = await queries.get_finding(session, finding_id)
    shown = disclosed(finding, await queries.find_paper(session, finding))
    if shown is None:
        raise FewWorkers
    page = EvidencePage(
        finding_id=finding_id,
        shown=shown,
        list_name=list_name(shown.checklist_id),
        severity=gettext(SEVERITY_NAMES[shown.severity]),
        answer=answer_words(shown.answer),
        evidence=evidence_words(shown.evidence),
        today=now.date(),
    )
    return render(request, "findings/evidence.html", page)


def _again(
    request: WebRequest, finding: Finding, actor: Actor, now: datetime, reader: FormReader
) -> Page:
    page = _page(finding, actor, now, reader=reader)
    return render(request, "findings/finding.html", page, status=422)


def _page(
    finding: Finding,
    actor: Actor,
    now: datetime,
    *,
    reader: FormReader | None = None,
    done: Message | None = None,
) -> FindingPage:
    state, served = state_of(step.kind for step in finding.steps), served_on(finding.steps)
    decided = any(step.kind in DECISIONS for step in finding.steps)
    decides, serves = may(actor, Permission.FINDING_DECIDE), may(actor, Permission.FINDING_SERVE)
    kept_back = is_kept_back(finding)
    reasons = may_decide(finding, actor_id=actor.person_id, on=now.date())
    return FindingPage(
        finding=finding,
        opened_on=day_of(finding.opened_at, now),
        kept_back=gettext(FewWorkers.sentence) if kept_back else "",
        shows_paper=shows_paper(finding),
        list_name=list_name(finding.checklist_id),
        severity=gettext(SEVERITY_NAMES[finding.severity]),
        severity_colour=SEVERITY_COLOURS[finding.severity],
        state=gettext(STATE_NAMES[state]),
        state_colour=STATE_COLOURS[state],
        answer=answer_words(finding.answer),
        evidence=evidence_words(finding.evidence),
        steps=_steps(finding),
        reply_until=None if served is None else reply_until(served),
        may_serve=serves and served is None and not kept_back,
        may_reply=serves and served is not None and not decided,
        may_decide=decides and not reasons,
        reasons=tuple(_said(reason) for reason in reasons)
        if decides and not decided and not kept_back
        else (),
        today=now.date(),
        typed=dict(reader.form) if reader else {},
        days={name: typed_day(reader, name) for name in ("served_on", "replied_on")}
        if reader
        else {},
        done=done,
        errors=reader.errors if reader else {},
    )


def _steps(finding: Finding) -> tuple[StepLine, ...]:
    return tuple(
        StepLine(
            title=gettext(STEP_NAMES[step.kind]),
            on_date=step.on_date,
            text=step.text,
            by=step.taken_by_name,
            taken_at=step.taken_at,
        )
        for step in finding.steps
    )


def _said(reason: Message) -> str:
    """A reason in the reader's language, its day written as people write days."""
    until = reason.values.get("until")
    if isinstance(until, str):
        return say(Message(reason.key, {"until": formats.date(date.fromisoformat(until))}))
    return say(reason)


HANDLERS = (show_findings, show_finding, do_serve, do_reply, do_decide, show_evidence)
