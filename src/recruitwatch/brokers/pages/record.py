"""One broker: names, numbers, areas, agencies; adding to the record, removing from it, erasing it."""

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.rules import may
from recruitwatch.accounts.values import Permission
from recruitwatch.actor import Actor
from recruitwatch.brokers import actions
from recruitwatch.brokers.forms import (
    parse_area,
    parse_detail,
    parse_name,
    parse_number,
    parse_reason,
)
from recruitwatch.brokers.pages.listing import KEEP, READ
from recruitwatch.brokers.pages.words import JUDGEMENTS, done_words, evidence_words
from recruitwatch.brokers.queries.records import get_broker
from recruitwatch.brokers.values import (
    CONFIDENCE_NAMES,
    NUMBER_KINDS,
    Broker,
    Judgement,
    NewNumber,
    StillTied,
    Tie,
)
from recruitwatch.errors import Message, NotFound
from recruitwatch.web.forms import Errors, FormReader
from recruitwatch.web.languages import gettext
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

ERASE = needs(Permission.BROKER_ERASE)


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """A word on an agency. The month and not the day: what was found in a case must not point to it."""

    tie: Tie
    judgement: str
    confirmed: bool
    withdrawn: bool
    evidence: list[str]
    confidence: str


class AgencyLine(msgspec.Struct, frozen=True, kw_only=True):
    word: Word
    earlier: list[Word]


class BrokerPage(msgspec.Struct, frozen=True, kw_only=True):
    broker: Broker
    agencies: list[AgencyLine]
    kinds: list[tuple[str, str]]
    kind_names: dict[str, str]
    due: bool
    """Whether it is time to look whether the record is still needed."""
    may_keep: bool
    may_erase: bool
    done: str
    adding: str
    typed: dict[str, str]
    errors: Errors


class ErasePage(msgspec.Struct, frozen=True, kw_only=True):
    broker: Broker
    errors: Errors


@get("/brokers/{broker_id:uuid}", opt=READ)
async def show_broker(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    broker_id: FromPath[UUID],
    done: FromQuery[str] = "",
) -> Response[str] | Redirect:
    """A record that is a part of another leads to the whole."""
    broker = await get_broker(session, broker_id)
    if broker.id != broker_id:
        return go_to(f"/brokers/{broker.id}", {"done": done} if done else None)
    return render(request, "brokers/broker.html", _page(actor, broker, now, done=done_words(done)))


def _page(
    actor: Actor,
    broker: Broker,
    now: datetime,
    *,
    done: str = "",
    adding: str = "",
    reader: FormReader | None = None,
) -> BrokerPage:
    return BrokerPage(
        broker=broker,
        agencies=[
            AgencyLine(word=word_of(one.standing), earlier=[word_of(tie) for tie in one.earlier])
            for one in broker.ties
        ],
        kinds=[(kind.value, gettext(name)) for kind, name in NUMBER_KINDS.items()],
        kind_names={kind.value: gettext(name) for kind, name in NUMBER_KINDS.items()},
        due=broker.look_again_on <= now.date(),
        may_keep=may(actor, Permission.BROKER_KEEP),
        may_erase=may(actor, Permission.BROKER_ERASE),
        done=done,
        adding=adding,
        typed=dict(reader.form) if reader else {},
        errors=reader.errors if reader else {},
    )


def word_of(tie: Tie) -> Word:
    return Word(
        tie=tie,
        judgement=gettext(JUDGEMENTS[tie.judgement]),
        confirmed=tie.judgement is Judgement.CONFIRMED,
        withdrawn=tie.judgement is Judgement.WITHDRAWN,
        evidence=evidence_words(tie.evidence),
        confidence=gettext(CONFIDENCE_NAMES[tie.confidence]) if tie.confidence else "",
    )


@post("/brokers/{broker_id:uuid}/names", opt=KEEP, status_code=200)
async def do_add_name(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now, broker_id: FromPath[UUID]
) -> Response[str] | Redirect:
    reader = await read_form(request)
    name = parse_name(reader)
    if not isinstance(name, str):
        return await _again(request, session, actor, now, broker_id, "name", reader)
    await actions.add_name(session, actor, now, broker_id=broker_id, name=name)
    return go_to(f"/brokers/{broker_id}", {"done": "added"})


@post("/brokers/{broker_id:uuid}/numbers", opt=KEEP, status_code=200)
async def do_add_number(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now, broker_id: FromPath[UUID]
) -> Response[str] | Redirect:
    reader = await read_form(request)
    new = parse_number(reader)
    if not isinstance(new, NewNumber):
        return await _again(request, session, actor, now, broker_id, "number", reader)
    await actions.add_number(session, actor, now, broker_id=broker_id, new=new)
    return go_to(f"/brokers/{broker_id}", {"done": "added"})


@post("/brokers/{broker_id:uuid}/areas", opt=KEEP, status_code=200)
async def do_add_area(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now, broker_id: FromPath[UUID]
) -> Response[str] | Redirect:
    reader = await read_form(request)
    area = parse_area(reader)
    if not isinstance(area, str):
        return await _again(request, session, actor, now, broker_id, "area", reader)
    await actions.add_area(session, actor, now, broker_id=broker_id, area=area)
    return go_to(f"/brokers/{broker_id}", {"done": "added"})


async def _again(
    request: WebRequest,
    session: Session,
    actor: Actor,
    now: datetime,
    broker_id: UUID,
    adding: str,
    reader: FormReader,
) -> Response[str]:
    broker = await get_broker(session, broker_id)
    page = _page(actor, broker, now, adding=adding, reader=reader)
    return render(request, "brokers/broker.html", page, status=422)


@post("/brokers/{broker_id:uuid}/remove", opt=KEEP, status_code=200)
async def do_remove(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now, broker_id: FromPath[UUID]
) -> Redirect:
    asked = parse_detail(await read_form(request))
    if asked is None:
        raise NotFound
    kind, detail_id = asked
    await actions.remove_detail(
        session, actor, now, broker_id=broker_id, kind=kind, detail_id=detail_id
    )
    return go_to(f"/brokers/{broker_id}", {"done": "removed"})


@post("/brokers/{broker_id:uuid}/keep", opt=KEEP, status_code=200)
async def do_keep(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now, broker_id: FromPath[UUID]
) -> Response[str] | Redirect:
    reader = await read_form(request)
    reason = parse_reason(reader)
    if reader.errors:
        return await _again(request, session, actor, now, broker_id, "keep", reader)
    await actions.keep_broker(session, actor, now, broker_id=broker_id, reason=reason)
    return go_to(f"/brokers/{broker_id}", {"done": "kept"})


@get("/brokers/{broker_id:uuid}/erase", opt=ERASE)
async def ask_erase(request: WebRequest, session: Session, broker_id: FromPath[UUID]) -> Page:
    broker = await get_broker(session, broker_id)
    return render(request, "brokers/erase.html", ErasePage(broker=broker, errors={}))


@post("/brokers/{broker_id:uuid}/erase", opt=ERASE, status_code=200)
async def do_erase(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now, broker_id: FromPath[UUID]
) -> Response[str] | Redirect:
    broker = await get_broker(session, broker_id)
    tied = any(one.standing.judgement is Judgement.CONFIRMED for one in broker.ties)
    if tied or broker.parts:
        page = ErasePage(broker=broker, errors={"": Message(StillTied.sentence)})
        return render(request, "brokers/erase.html", page, status=422)
    await actions.erase_broker(session, actor, now, broker_id=broker.id)
    return go_to("/brokers", {"done": "erased"})


HANDLERS = (
    show_broker,
    do_add_name,
    do_add_number,
    do_add_area,
    do_remove,
    do_keep,
    ask_erase,
    do_erase,
)
