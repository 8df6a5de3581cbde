"""Everybody on record; looking for one; whoever works for one agency; entering a new one."""

from uuid import UUID, uuid4

import msgspec
from litestar import Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.rules import may
from recruitwatch.accounts.values import Permission
from recruitwatch.actor import Actor
from recruitwatch.agencies.queries import get_agency
from recruitwatch.brokers.actions import enter_broker
from recruitwatch.brokers.forms import parse_broker, parse_identity
from recruitwatch.brokers.pages.words import tie_words
from recruitwatch.brokers.queries import finding
from recruitwatch.brokers.queries.ties import list_confirmed
from recruitwatch.brokers.values import (
    BrokerCandidate,
    BrokerLine,
    BrokerReason,
    NewBroker,
)
from recruitwatch.errors import N_, NotFound
from recruitwatch.web.forms import Errors
from recruitwatch.web.languages import gettext
from recruitwatch.web.paging import SIZE, Paging, offset, paging
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

READ = needs(Permission.BROKER_READ)
KEEP = needs(Permission.BROKER_KEEP)
LONGEST_SEARCH = 200
OFFERED = 5

HIT_SENTENCES = {
    BrokerReason.PHONE: N_("This is a telephone of theirs."),
    BrokerReason.WALLET: N_("This is a wallet of theirs."),
    BrokerReason.NAME: N_("People call them so."),
    BrokerReason.SOUNDS_ALIKE: N_("A name of theirs sounds like it."),
    BrokerReason.NAME_ALIKE: N_("A name of theirs is like it."),
    BrokerReason.AREA: N_("They work there."),
}


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One person in a list. `reasons` says why a search found them, `evidence` what ties them to it."""

    line: BrokerLine
    reasons: list[str]
    evidence: list[str]


class BrokersPage(msgspec.Struct, frozen=True, kw_only=True):
    """`agency_name` is set where only those of one agency are shown, `looked` where somebody searched."""

    shown: list[Shown]
    paging: Paging | None
    agency_id: UUID | None
    agency_name: str
    looked: bool
    most: bool
    """Whether there may be more than the search shows."""
    due: bool
    """Whether only those are shown at whose records somebody must look again; `due_count` are there."""
    due_count: int
    done: str
    may_keep: bool
    typed: dict[str, str]
    errors: Errors


class NewBrokerPage(msgspec.Struct, frozen=True, kw_only=True):
    """`entry` is the id of the record to be: the form sent twice enters one."""

    entry: UUID
    similar: list[BrokerLine]
    typed: dict[str, str]
    errors: Errors


@get("/brokers", opt=READ)
async def show_brokers(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    agency: FromQuery[UUID | None] = None,
    due: FromQuery[str] = "",
    done: FromQuery[str] = "",
    page: FromQuery[int] = 1,
) -> Page:
    if agency is not None:
        return render(request, "brokers/list.html", await _of_agency(session, actor, agency, page))
    today, only_due = now.date(), due == "yes"
    late = await finding.count_brokers(session, due_on=today)
    total = late if only_due else await finding.count_brokers(session)
    lines = await finding.list_brokers(
        session, due_on=today if only_due else None, limit=SIZE, offset=offset(page)
    )
    shown = msgspec.structs.replace(
        _empty(actor),
        shown=[Shown(line=one, reasons=[], evidence=[]) for one in lines],
        paging=paging("/brokers", page, total, due=due),
        due=only_due,
        due_count=late,
        done=gettext(N_("Erased. Nobody finds this broker any more.")) if done == "erased" else "",
    )
    return render(request, "brokers/list.html", shown)


def _empty(actor: Actor) -> BrokersPage:
    return BrokersPage(
        shown=[], paging=None, agency_id=None, agency_name="", looked=False, most=False, due=False,
        due_count=0, done="", may_keep=may(actor, Permission.BROKER_KEEP), typed={}, errors={},
    )  # fmt: skip


async def _of_agency(
    session: Session, actor: SignedInActor, agency_id: UUID, page: int
) -> BrokersPage:
    agency = await get_agency(session, agency_id)
    everybody = await finding.list_of_agency(session, agency_id)
    lines = everybody[offset(page) : offset(page) + SIZE]
    ties = await list_confirmed(session, [one.id for one in lines])
    evidence = {one.broker_id: tie_words(one) for one in ties if one.agency_id == agency_id}
    return msgspec.structs.replace(
        _empty(actor),
        shown=[Shown(line=one, reasons=[], evidence=evidence[one.id]) for one in lines],
        paging=paging("/brokers", page, len(everybody), agency=str(agency_id)),
        agency_id=agency_id,
        agency_name=agency.record.legal_name,
    )


@post("/brokers/search", opt=READ, status_code=200)
async def do_search(request: WebRequest, session: Session, actor: SignedInActor) -> Page:
    """A form and no address: what an officer looks for may be what a worker said."""
    reader = await read_form(request)
    wanted = reader.text("wanted", longest=LONGEST_SEARCH)
    found = [] if reader.errors else await search(session, wanted)
    page = msgspec.structs.replace(
        _empty(actor), shown=found, looked=True, most=len(found) >= finding.MOST,
        typed=dict(reader.form), errors=reader.errors,
    )  # fmt: skip
    return render(request, "brokers/list.html", page, status=422 if reader.errors else 200)


async def search(session: Session, wanted: str) -> list[Shown]:
    """By number, name and area, surest first."""
    if not wanted:
        return []
    found = await finding.list_candidates(
        session, numbers=(wanted,), names=(wanted,), places=(wanted,), limit=finding.MOST
    )
    known = {one.line.id for one in found}
    there = await finding.list_by_area(session, wanted, limit=finding.MOST)
    lines = await finding.list_lines(session, [one for one in there if one not in known])
    return [_hit(one) for one in found] + [
        Shown(line=one, reasons=[gettext(HIT_SENTENCES[BrokerReason.AREA])], evidence=[])
        for one in sorted(lines, key=lambda line: (line.name, line.id))
    ]


def _hit(one: BrokerCandidate) -> Shown:
    reasons = [gettext(HIT_SENTENCES[fact.reason]) for fact in one.facts]
    return Shown(line=one.line, reasons=reasons, evidence=[])


@get("/brokers/new", opt=KEEP)
async def show_new(request: WebRequest) -> Page:
    page = NewBrokerPage(entry=uuid4(), similar=[], typed={}, errors={})
    return render(request, "brokers/new.html", page)


@post("/brokers/new", opt=KEEP, status_code=200)
async def do_new(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now
) -> Response[str] | Redirect:
    reader = await read_form(request)
    entry = parse_identity(reader, "entry")
    if entry is None:
        raise NotFound
    new = parse_broker(reader)
    if not isinstance(new, NewBroker):
        page = NewBrokerPage(entry=entry, similar=[], typed=dict(reader.form), errors=reader.errors)
        return render(request, "brokers/new.html", page, status=422)
    similar = (
        [] if reader.flag("is_new") else await finding.find_similar(session, new, limit=OFFERED)
    )
    if similar:
        page = NewBrokerPage(entry=entry, similar=similar, typed=dict(reader.form), errors={})
        return render(request, "brokers/new.html", page, status=422)
    broker_id = await enter_broker(session, actor, now, broker_id=entry, new=new)
    return go_to(f"/brokers/{broker_id}", {"done": "entered"})


HANDLERS = (show_brokers, do_search, show_new, do_new)
