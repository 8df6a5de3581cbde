"""Whom a case is about: candidates with their reasons, and an officer's judgement on each."""

from uuid import UUID, uuid4

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from recruitwatch.accounts.guards import own_key
from recruitwatch.agencies.queries import get_agency
from recruitwatch.brokers.actions import enter_broker
from recruitwatch.brokers.forms import parse_broker, parse_identity
from recruitwatch.brokers.queries.finding import find_similar, list_lines
from recruitwatch.brokers.queries.records import get_name
from recruitwatch.brokers.values import REASON_SENTENCES, BrokerCandidate, BrokerLine, NewBroker
from recruitwatch.complaints.actions.brokers import find_brokers
from recruitwatch.complaints.actions.comparing import note_look
from recruitwatch.complaints.actions.judging import judge_link
from recruitwatch.complaints.actions.offering import find_candidates
from recruitwatch.complaints.actions.teaching import find_name_fault, propose_name
from recruitwatch.complaints.forms.judging import parse_link, parse_target
from recruitwatch.complaints.pages import staff_words as words
from recruitwatch.complaints.pages.case import open_here
from recruitwatch.complaints.pages.narrative import Asked, narrative_of
from recruitwatch.complaints.pages.pairing import Pair, pairs_of
from recruitwatch.complaints.pages.queue import READ
from recruitwatch.complaints.pages.showing import LinkLine, link_lines
from recruitwatch.complaints.values.cases import JudgedMeanwhile, OpenedCase
from recruitwatch.complaints.values.judging import (
    Basis,
    Candidate,
    Judgement,
    NewLink,
    Target,
)
from recruitwatch.errors import NotFound
from recruitwatch.web.forms import Errors, FormReader
from recruitwatch.web.languages import gettext, path
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

LONGEST_SEARCH = 200


MOST_SIMILAR = 5


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """An agency the case may be about, and why it is offered."""

    id: UUID
    name: str
    licence_no: str
    register: str
    city: str
    reasons: list[tuple[str, str]]
    """Sentence, and the words of hers that it rests on."""


class OfferedBroker(msgspec.Struct, frozen=True, kw_only=True):
    """A broker the case may be about, and why."""

    line: BrokerLine
    reasons: list[tuple[str, str]]


class WhomPage(msgspec.Struct, frozen=True, kw_only=True):
    case_id: UUID
    reference: str
    said: list[Asked]
    wanted: str
    offered: list[Offered]
    brokers: list[OfferedBroker]
    pairs: list[Pair]
    similar: list[BrokerLine]
    """Who on record may be the broker that is about to be entered."""
    entry: UUID
    """The id of the broker who may be entered: the form sent twice enters one."""
    links: list[LinkLine]
    nobody: bool
    """Whether `nobody known` can be said: no word on anybody stands yet that says yes."""
    typed: dict[str, str]
    errors: Errors


class JudgePage(msgspec.Struct, frozen=True, kw_only=True):
    """`hidden` are the fields that say whom and what this is about."""

    case_id: UUID
    reference: str
    judgement: str
    target: str
    name: str
    number: str
    entry: str
    also: str | None
    """Her words for the agency, to be kept as a name of it; None where the case teaches nothing."""
    bases: list[tuple[str, str, str]]
    hidden: dict[str, str]
    typed: dict[str, str]
    errors: Errors


@get("/cases/{case_id:uuid}/whom", opt=READ)
async def show_whom(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    case_id: FromPath[UUID],
) -> Page:
    opened = await open_here(request, session, actor, now, case_id, goes_on=True)
    return render(request, "complaints/whom.html", await _whom(session, actor, opened, now))


@post("/cases/{case_id:uuid}/whom", opt=READ, status_code=200)
async def do_search(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    case_id: FromPath[UUID],
) -> Page:
    """Looks further. A form and no address, so that no word of hers comes to stand in a log."""
    reader = await read_form(request)
    wanted = reader.text("wanted", longest=LONGEST_SEARCH)
    opened = await open_here(request, session, actor, now, case_id, goes_on=True)
    page = await _whom(session, actor, opened, now, wanted=wanted[:LONGEST_SEARCH], reader=reader)
    return render(request, "complaints/whom.html", page, status=422 if reader.errors else 200)


@post("/cases/{case_id:uuid}/brokers", opt=READ, status_code=200)
async def do_enter_broker(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    case_id: FromPath[UUID],
) -> Response[str] | Redirect:
    reader = await read_form(request)
    opened = await open_here(request, session, actor, now, case_id, goes_on=True)
    new = parse_broker(reader)
    if not isinstance(new, NewBroker):
        page = await _whom(session, actor, opened, now, reader=reader)
        return render(request, "complaints/whom.html", page, status=422)
    similar = [] if reader.flag("is_new") else await find_similar(session, new, limit=MOST_SIMILAR)
    if similar:
        page = await _whom(session, actor, opened, now, reader=reader)
        again = msgspec.structs.replace(page, similar=similar)
        return render(request, "complaints/whom.html", again, status=422)
    entry = parse_identity(reader, "entry")
    if entry is None:
        raise NotFound
    broker_id = await enter_broker(session, actor, now, broker_id=entry, new=new)
    asked = NewLink(
        target=Target.BROKER, judgement=Judgement.CONFIRMED, basis=Basis.NONE, reason="",
        broker_id=broker_id,
    )  # fmt: skip
    return render(request, "complaints/judge.html", await _judge(session, opened, asked, {}))


async def _whom(
    session: Session,
    actor: SignedInActor,
    opened: OpenedCase,
    now: Now,
    *,
    wanted: str = "",
    reader: FormReader | None = None,
) -> WhomPage:
    told, links = opened.told, opened.links
    brokers = await find_brokers(session, told=told, links=links, wanted=wanted)
    found = await find_candidates(session, told=told, links=links, wanted=wanted, brokers=brokers)
    await note_look(session, opened)
    return WhomPage(
        case_id=opened.head.id,
        reference=opened.head.reference,
        said=narrative_of(told, opened.head.filed_at.astimezone(now.tzinfo).date()),
        wanted=wanted,
        offered=[_offered(one) for one in found],
        brokers=[_broker(one) for one in brokers],
        pairs=await pairs_of(session, actor, opened),
        similar=[],
        entry=(parse_identity(reader, "entry") if reader else None) or uuid4(),
        links=link_lines(links),
        nobody=not any(one.judgement == Judgement.CONFIRMED.value for one in links),
        typed=dict(reader.form) if reader else {},
        errors=reader.errors if reader else {},
    )


def _offered(one: Candidate) -> Offered:
    return Offered(
        id=one.agency_id,
        name=one.legal_name,
        licence_no=one.licence_no or "",
        register=one.register_title,
        city=one.city,
        reasons=[(gettext(fact.sentence.key), fact.said) for fact in one.facts],
    )


def _broker(one: BrokerCandidate) -> OfferedBroker:
    reasons = [(gettext(REASON_SENTENCES[fact.reason]), fact.said) for fact in one.facts]
    return OfferedBroker(line=one.line, reasons=reasons)


@post("/cases/{case_id:uuid}/judge/ask", opt=READ, status_code=200)
async def ask_why(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    case_id: FromPath[UUID],
) -> Page:
    """The form of a judgement. Asked for by a form too: an address would tie the case to the agency in every
    log and history of a browser."""
    reader = await read_form(request)
    opened = await open_here(request, session, actor, now, case_id, goes_on=True)
    page = await _judge(session, opened, _asked(reader), {})
    return render(request, "complaints/judge.html", page)


@post("/cases/{case_id:uuid}/judge", opt=READ, status_code=200)
async def do_judge(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    case_id: FromPath[UUID],
) -> Response[str] | Redirect:
    reader = await read_form(request)
    opened = await open_here(request, session, actor, now, case_id, goes_on=True)
    asked = _asked(reader)
    page = await _judge(session, opened, asked, dict(reader.form))
    new = parse_link(reader, asked)
    if isinstance(new, NewLink) and new.also and new.agency_id is not None:
        fault = await find_name_fault(
            session, told=opened.told, agency_id=new.agency_id, name=new.also
        )
        if fault is not None:
            reader.refuse("also", fault)
            new = reader.errors
    if not isinstance(new, NewLink):
        shown = msgspec.structs.replace(page, errors=reader.errors)
        return render(request, "complaints/judge.html", shown, status=422)
    await judge_link(
        session, actor, now, request.app.state.vault,
        case_id=case_id, private_key=own_key(request), new=_instead_of_nobody(new, opened),
    )  # fmt: skip
    taken_back = new.judgement is Judgement.WITHDRAWN
    return go_to(f"/cases/{case_id}", {"done": "taken_back" if taken_back else "judged"})


def _asked(reader: FormReader) -> NewLink:
    asked = parse_target(reader)
    if asked is None:
        raise NotFound
    return asked


def _instead_of_nobody(new: NewLink, opened: OpenedCase) -> NewLink:
    """A yes to somebody takes the place of `nobody known`."""
    nobody = next((one for one in opened.links if one.target == Target.NONE.value), None)
    if nobody is None or new.judgement is not Judgement.CONFIRMED or new.target is Target.NONE:
        return new
    return msgspec.structs.replace(new, supersedes=nobody.id)


async def _judge(
    session: Session, opened: OpenedCase, asked: NewLink, typed: dict[str, str]
) -> JudgePage:
    if asked.supersedes and asked.supersedes not in {one.id for one in opened.links}:
        raise JudgedMeanwhile
    name, number, entry = await _named(session, asked)
    needs_basis = asked.judgement is Judgement.CONFIRMED and asked.target is not Target.NONE
    identity = asked.agency_id or asked.broker_id
    also = None
    if needs_basis and asked.agency_id is not None:
        also = await propose_name(
            session, head=opened.head, told=opened.told, agency_id=asked.agency_id
        )
    return JudgePage(
        case_id=opened.head.id,
        reference=opened.head.reference,
        judgement=asked.judgement.value,
        target=asked.target.value,
        name=name,
        number=number,
        entry=entry,
        also=also,
        bases=[
            (one.value, gettext(said.name), gettext(said.sentence))
            for one, said in words.BASES.items()
            if needs_basis and one is not Basis.NONE
        ],
        hidden={
            "target": asked.target.value,
            "id": str(identity or ""),
            "judgement": asked.judgement.value,
            "supersedes": str(asked.supersedes or ""),
        },
        typed=typed,
        errors={},
    )


async def _named(session: Session, asked: NewLink) -> tuple[str, str, str]:
    """Name, number and the address of the entry."""
    if asked.agency_id is not None:
        agency = await get_agency(session, asked.agency_id)
        number = agency.record.licence_no or ""
        return agency.record.legal_name, number, path(f"/agencies/{asked.agency_id}")
    if asked.broker_id is not None:
        lines = await list_lines(session, [asked.broker_id])
        number = next((one.numbers[0] for one in lines if one.numbers), "")
        return await get_name(session, asked.broker_id), number, path(f"/brokers/{asked.broker_id}")
    return gettext(words.TARGETS[Target.NONE]), "", ""


HANDLERS = (show_whom, do_search, do_enter_broker, ask_why, do_judge)
