"""For which agencies a broker works: choosing one, saying it with evidence and reason, taking it back."""

from collections.abc import Collection
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from recruitwatch.agencies.queries import get_agency, list_lines, search
from recruitwatch.agencies.values import AgencyHit
from recruitwatch.brokers.actions import judge_tie, list_same_number
from recruitwatch.brokers.forms import OFFERED_EVIDENCE, parse_tie, parse_tie_asked
from recruitwatch.brokers.pages.listing import KEEP, LONGEST_SEARCH
from recruitwatch.brokers.pages.words import evidence_words
from recruitwatch.brokers.queries.people import get_person_id
from recruitwatch.brokers.queries.records import get_broker
from recruitwatch.brokers.queries.ties import find_standing
from recruitwatch.brokers.values import (
    CONFIDENCE_NAMES,
    EVIDENCE_NAMES,
    EVIDENCE_SENTENCES,
    FROM_CASES,
    Broker,
    Judgement,
    NewTie,
    NoSameNumber,
    SaidMeanwhile,
    Tie,
    TieEvidence,
)
from recruitwatch.errors import NotFound
from recruitwatch.web.forms import Errors, FormReader
from recruitwatch.web.languages import gettext
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

MOST_HITS = 20


class OfferedAgency(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    name: str
    licence_no: str
    same_number: bool
    said: bool
    """Whether something stands about it already, which its own line on the broker's page changes."""


class AgenciesPage(msgspec.Struct, frozen=True, kw_only=True):
    broker: Broker
    offered: list[OfferedAgency]
    looked: bool
    typed: dict[str, str]
    errors: Errors


class TiePage(msgspec.Struct, frozen=True, kw_only=True):
    broker: Broker
    agency_id: UUID
    agency_name: str
    licence_no: str
    judgement: str
    evidence: list[tuple[str, str, str]]
    ticked: list[str]
    kept: list[str]
    """What cases showed before; it stands on without a box."""
    sureness: list[tuple[str, str]]
    hidden: dict[str, str]
    typed: dict[str, str]
    errors: Errors


@get("/brokers/{broker_id:uuid}/agencies", opt=KEEP)
async def show_agencies(request: WebRequest, session: Session, broker_id: FromPath[UUID]) -> Page:
    broker = await get_broker(session, broker_id)
    page = await _agencies(session, broker, "", FormReader({}))
    return render(request, "brokers/agencies.html", page)


@post("/brokers/{broker_id:uuid}/agencies", opt=KEEP, status_code=200)
async def do_look(request: WebRequest, session: Session, broker_id: FromPath[UUID]) -> Page:
    broker = await get_broker(session, broker_id)
    reader = await read_form(request)
    wanted = reader.text("wanted", longest=LONGEST_SEARCH)
    page = await _agencies(session, broker, wanted[:LONGEST_SEARCH], reader)
    status = 422 if reader.errors else 200
    return render(request, "brokers/agencies.html", page, status=status)


async def _agencies(
    session: Session, broker: Broker, wanted: str, reader: FormReader
) -> AgenciesPage:
    """Those with a number of the broker's, then what the officer looks for."""
    same = await list_same_number(session, broker.id)
    said = {
        one.standing.agency_id
        for one in broker.ties
        if one.standing.judgement is not Judgement.WITHDRAWN
    }
    hits = (await search(session, wanted, limit=MOST_HITS)).hits if wanted else ()
    lines = await list_lines(session, same)
    offered = [_offered(lines[one], said, same_number=True) for one in same]
    offered += [_offered(one, said, same_number=False) for one in hits if one.id not in same]
    return AgenciesPage(
        broker=broker,
        offered=offered,
        looked=bool(wanted),
        typed=dict(reader.form),
        errors=reader.errors,
    )


def _offered(hit: AgencyHit, said: Collection[UUID], *, same_number: bool) -> OfferedAgency:
    return OfferedAgency(
        id=hit.id, name=hit.legal_name, licence_no=hit.licence_no or "", same_number=same_number,
        said=hit.id in said,
    )  # fmt: skip


@post("/brokers/{broker_id:uuid}/tie/ask", opt=KEEP, status_code=200)
async def ask_tie(request: WebRequest, session: Session, broker_id: FromPath[UUID]) -> Page:
    asked = _asked(await read_form(request), broker_id)
    standing = await find_standing(
        session, await get_person_id(session, broker_id), asked.agency_id
    )
    seen = msgspec.structs.replace(asked, seen=standing.id if standing else None)
    page = await _tie(session, seen, standing, FormReader({}))
    return render(request, "brokers/tie.html", page)


@post("/brokers/{broker_id:uuid}/tie", opt=KEEP, status_code=200)
async def do_tie(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now, broker_id: FromPath[UUID]
) -> Response[str] | Redirect:
    reader = await read_form(request)
    asked = _asked(reader, broker_id)
    standing = await find_standing(
        session, await get_person_id(session, broker_id), asked.agency_id
    )
    if asked.seen != (standing.id if standing else None):
        raise SaidMeanwhile
    new = parse_tie(reader, asked, standing)
    if isinstance(new, NewTie):
        try:
            await judge_tie(session, actor, now, new=new)
        except NoSameNumber:
            reader.refuse("evidence", NoSameNumber.sentence)
        else:
            return go_to(f"/brokers/{broker_id}", {"done": "tied"})
    page = await _tie(session, asked, standing, reader)
    return render(request, "brokers/tie.html", page, status=422)


def _asked(reader: FormReader, broker_id: UUID) -> NewTie:
    asked = parse_tie_asked(reader, broker_id)
    if asked is None:
        raise NotFound
    return asked


async def _tie(
    session: Session, asked: NewTie, standing: Tie | None, reader: FormReader
) -> TiePage:
    broker = await get_broker(session, asked.broker_id)
    record = (await get_agency(session, asked.agency_id)).record
    same = asked.agency_id in await list_same_number(session, broker.id)
    kept = standing.evidence if standing else ()
    before = [one.value for one in standing.evidence] if standing else []
    if not before and same:
        before = [TieEvidence.SAME_NUMBER.value]
    return TiePage(
        broker=broker,
        agency_id=asked.agency_id,
        agency_name=record.legal_name,
        licence_no=record.licence_no or "",
        judgement=asked.judgement.value,
        evidence=[
            (one.value, gettext(EVIDENCE_NAMES[one]), gettext(EVIDENCE_SENTENCES[one]))
            for one in OFFERED_EVIDENCE
            if one is not TieEvidence.SAME_NUMBER or same
        ]
        if asked.judgement is Judgement.CONFIRMED
        else [],
        kept=evidence_words(one for one in kept if one in FROM_CASES),
        sureness=[(one.value, gettext(name)) for one, name in CONFIDENCE_NAMES.items()],
        ticked=reader.lists.get("evidence", []) if reader.form else before,
        hidden={
            "agency_id": str(asked.agency_id),
            "judgement": asked.judgement.value,
            "seen": str(asked.seen or ""),
        },
        typed=dict(reader.form) or {"confidence": _sure_before(standing)},
        errors=reader.errors,
    )


def _sure_before(standing: Tie | None) -> str:
    return standing.confidence.value if standing and standing.confidence else ""


HANDLERS = (show_agencies, do_look, ask_tie, do_tie)
