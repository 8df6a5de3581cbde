"""Starting a visit, putting it right, giving it up."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid4

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.values import Permission
from recruitwatch.actor import Actor
from recruitwatch.agencies.queries import get_agency
from recruitwatch.audits import queries
from recruitwatch.audits.actions.drafting import abandon_audit, change_visit, start_audit
from recruitwatch.audits.forms.visits import parse_new_audit, parse_uuid, parse_visit
from recruitwatch.audits.pages.words import (
    fact_questions,
)
from recruitwatch.audits.rules.counting import (
    facts_asked,
    is_interview_list,
)
from recruitwatch.audits.rules.rights import write_refusal
from recruitwatch.audits.values import (
    NewAudit,
    VisitChange,
)
from recruitwatch.checklists.queries import get_version, list_published
from recruitwatch.checklists.values import Checklist
from recruitwatch.findings.pages.days import TypedDay, typed_day
from recruitwatch.findings.pages.words import list_name
from recruitwatch.web import languages
from recruitwatch.web.forms import Errors, FormReader
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

WRITE = needs(Permission.AUDIT_WRITE)

FIRST_LISTS = ("sop", "covenant", "predeparture", "returnee", "destination")


class VisitPage(msgspec.Struct, frozen=True, kw_only=True):
    """The form of a new visit, or of a visit to put right when `audit_id` is set."""

    agency_id: UUID
    agency_name: str
    new_id: UUID | None = None
    audit_id: UUID | None = None
    lists: list[tuple[str, str, str]] = []
    facts: list[tuple[str, str]]
    notice: str = ""
    unannounced_reason: str = ""
    visited_on: TypedDay | date | None = None
    ticked: tuple[str, ...] = ()
    settled: Mapping[str, str] = {}
    errors: Errors = {}


class NoAgencyPage(msgspec.Struct, frozen=True, kw_only=True):
    pass


@get("/audits/new", opt=WRITE)
async def show_new(
    request: WebRequest, session: Session, now: Now, agency: FromQuery[UUID | None] = None
) -> Page:
    if agency is None:
        return render(request, "audits/no_agency.html", NoAgencyPage())
    page = await _new_page(session, agency)
    page = msgspec.structs.replace(page, new_id=uuid4(), visited_on=now.date())
    return render(request, "audits/visit.html", page)


@post("/audits/new", opt=WRITE, status_code=200)
async def do_start(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now
) -> Response[str] | Redirect:
    reader = await read_form(request)
    agency_id = parse_uuid(reader, "agency_id")
    if agency_id is None:
        return render(request, "audits/no_agency.html", NoAgencyPage(), status=422)
    offered = {one.id: one for one in await _newest(session)}
    new = parse_new_audit(reader, offered, agency_id, now.date())
    if isinstance(new, NewAudit):
        audit_id = await start_audit(session, actor, now, new=new)
        return go_to(f"/audits/{audit_id}", {"done": "started"})
    page = _retyped(await _new_page(session, agency_id), reader)
    page = msgspec.structs.replace(
        page,
        new_id=parse_uuid(reader, "id") or uuid4(),
        ticked=tuple(reader.lists.get("lists", ())),
    )
    return render(request, "audits/visit.html", page, status=422)


async def _new_page(session: Session, agency_id: UUID) -> VisitPage:
    agency = await get_agency(session, agency_id)
    lists = await _newest(session)
    return VisitPage(
        agency_id=agency_id,
        agency_name=agency.record.legal_name,
        lists=[(one.id, list_name(one.id), _hint(one)) for one in lists],
        facts=fact_questions(facts_asked(one for one in lists if not is_interview_list(one))),
    )


def _hint(checklist: Checklist) -> str:
    count = sum(len(section.items) for section in checklist.sections)
    if is_interview_list(checklist):
        sentence = languages.ngettext(
            "%(count)s question for each worker", "%(count)s questions for each worker", count
        )
    else:
        sentence = languages.ngettext("%(count)s question", "%(count)s questions", count)
    return sentence % {"count": count}


async def _newest(session: Session) -> list[Checklist]:
    """The newest version of every list: those of the visit first."""
    published = [one for one in await list_published(session) if one.newest]
    place = {name: number for number, name in enumerate(FIRST_LISTS)}
    published.sort(key=lambda one: (place.get(one.checklist_id, len(place)), one.checklist_id))
    return [await get_version(session, one.checklist_id, one.version) for one in published]


def _retyped(page: VisitPage, reader: FormReader) -> VisitPage:
    return msgspec.structs.replace(
        page,
        notice=reader.form.get("notice", ""),
        unannounced_reason=reader.form.get("unannounced_reason", ""),
        visited_on=typed_day(reader, "visited_on"),
        settled={name: reader.form.get(f"fact-{name}", "") for name, _ in page.facts},
        errors=reader.errors,
    )


@get("/audits/{audit_id:uuid}/visit", opt=WRITE)
async def show_visit(
    request: WebRequest, session: Session, actor: SignedInActor, audit_id: FromPath[UUID]
) -> Page:
    page, _lists = await _visit_page(session, actor, audit_id)
    return render(request, "audits/visit.html", page)


@post("/audits/{audit_id:uuid}/visit", opt=WRITE, status_code=200)
async def do_change(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    audit_id: FromPath[UUID],
) -> Response[str] | Redirect:
    page, lists = await _visit_page(session, actor, audit_id)
    reader = await read_form(request)
    change = parse_visit(reader, lists, now.date())
    if isinstance(change, VisitChange):
        await change_visit(session, actor, now, audit_id=audit_id, change=change)
        return go_to(f"/audits/{audit_id}", {"done": "changed"})
    return render(request, "audits/visit.html", _retyped(page, reader), status=422)


async def _visit_page(
    session: Session, actor: Actor, audit_id: UUID
) -> tuple[VisitPage, list[Checklist]]:
    audit = await queries.get_audit(session, audit_id)
    refusal = write_refusal(audit, actor.person_id)
    if refusal is not None:
        raise refusal
    lists = [one.checklist for one in await queries.get_used_lists(session, audit)]
    asked = facts_asked(one for one in lists if not is_interview_list(one))
    page = VisitPage(
        agency_id=audit.agency_id,
        agency_name=audit.agency_name,
        audit_id=audit.id,
        facts=fact_questions(asked),
        notice="announced" if audit.announced else "unannounced",
        unannounced_reason=audit.unannounced_reason,
        visited_on=audit.visited_on,
        settled={name: "yes" if value else "no" for name, value in audit.facts.items()},
    )
    return page, lists


@post("/audits/{audit_id:uuid}/abandon", opt=WRITE, status_code=303)
async def do_abandon(
    session: Session, actor: SignedInActor, now: Now, audit_id: FromPath[UUID]
) -> Redirect:
    await abandon_audit(session, actor, now, audit_id=audit_id)
    return go_to("/audits")


HANDLERS = (show_new, do_start, show_visit, do_change, do_abandon)
