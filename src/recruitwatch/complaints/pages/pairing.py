"""A broker and an agency that workers named together in several cases: an officer may tie them."""

from uuid import UUID

import msgspec
from litestar import Response, post
from litestar.params import FromPath
from litestar.response import Redirect

from recruitwatch.brokers.forms import parse_identity, parse_reason
from recruitwatch.brokers.queries.ties import list_confirmed
from recruitwatch.brokers.queries.people import list_person_ids
from recruitwatch.brokers.values import TieEvidence
from recruitwatch.complaints.actions.brokers import may_tie_by_cases, tie_by_cases
from recruitwatch.complaints.pages.case import open_here
from recruitwatch.complaints.pages.queue import READ
from recruitwatch.complaints.values.cases import Link, OpenedCase
from recruitwatch.complaints.values.judging import Judgement
from recruitwatch.errors import NotFound
from recruitwatch.web.forms import Errors, FormReader
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    broker_id: UUID
    broker_name: str
    agency_id: UUID
    agency_name: str


class PairPage(msgspec.Struct, frozen=True, kw_only=True):
    case_id: UUID
    reference: str
    pair: Pair
    typed: dict[str, str]
    errors: Errors


async def pairs_of(
    session: Session, actor: SignedInActor, links: tuple[Link, ...]
) -> list[Pair]:
    """Confirmed brokers and agencies of this case of which the actor reads enough other cases, and that are
    not tied by them yet."""
    said_yes = [one for one in links if one.judgement == Judgement.CONFIRMED.value]
    found = []
    for broker in (one for one in said_yes if one.broker_id is not None):
        for agency in (one for one in said_yes if one.agency_id is not None):
            pair = Pair(
                broker_id=broker.broker_id, broker_name=broker.name,
                agency_id=agency.agency_id, agency_name=agency.name,
            )  # fmt: skip
            if await _is_new(session, actor, pair):
                found.append(pair)
    return found


async def _is_new(session: Session, actor: SignedInActor, pair: Pair) -> bool:
    ties = await list_confirmed(session, await list_person_ids(session, [pair.broker_id]))
    said = any(
        one.agency_id == pair.agency_id and TieEvidence.CASES in one.evidence for one in ties
    )
    return not said and await may_tie_by_cases(
        session, actor, broker_id=pair.broker_id, agency_id=pair.agency_id
    )


@post("/cases/{case_id:uuid}/tie/ask", opt=READ, status_code=200)
async def ask_tie(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now, case_id: FromPath[UUID]
) -> Page:
    reader = await read_form(request)
    opened = await open_here(request, session, actor, now, case_id, goes_on=True)
    page = await _page(session, actor, opened, reader, {})
    return render(request, "complaints/tie.html", page)


@post("/cases/{case_id:uuid}/tie", opt=READ, status_code=200)
async def do_tie(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now, case_id: FromPath[UUID]
) -> Response[str] | Redirect:
    reader = await read_form(request)
    opened = await open_here(request, session, actor, now, case_id, goes_on=True)
    page = await _page(session, actor, opened, reader, dict(reader.form))
    reason = parse_reason(reader)
    if reader.errors:
        shown = msgspec.structs.replace(page, errors=reader.errors)
        return render(request, "complaints/tie.html", shown, status=422)
    await tie_by_cases(
        session, actor, now,
        broker_id=page.pair.broker_id, agency_id=page.pair.agency_id, reason=reason,
    )  # fmt: skip
    return go_to(f"/brokers/{page.pair.broker_id}", {"done": "tied"})


async def _page(
    session: Session,
    actor: SignedInActor,
    opened: OpenedCase,
    reader: FormReader,
    typed: dict[str, str],
) -> PairPage:
    """Only a pair that the page of the case offers."""
    asked = parse_identity(reader, "broker_id"), parse_identity(reader, "agency_id")
    for pair in await pairs_of(session, actor, opened.links):
        if asked == (pair.broker_id, pair.agency_id):
            return PairPage(
                case_id=opened.head.id, reference=opened.head.reference, pair=pair,
                typed=typed, errors={},
            )  # fmt: skip
    raise NotFound


HANDLERS = (ask_tie, do_tie)
