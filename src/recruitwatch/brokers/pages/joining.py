"""Two records that are one person: looking for the other, saying so with a reason, taking it back."""

from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from recruitwatch.brokers.actions import merge_brokers, part_brokers
from recruitwatch.brokers.forms import parse_identity, parse_reason
from recruitwatch.brokers.pages.listing import KEEP, LONGEST_SEARCH, Shown, search
from recruitwatch.brokers.queries.finding import list_candidates, list_lines
from recruitwatch.brokers.queries.people import get_person_id
from recruitwatch.brokers.queries.records import get_broker
from recruitwatch.brokers.values import Broker, BrokerLine
from recruitwatch.errors import NotFound
from recruitwatch.web.forms import Errors, FormReader
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

OFFERED = 10


class SamePage(msgspec.Struct, frozen=True, kw_only=True):
    broker: Broker
    shown: list[Shown]
    looked: bool
    typed: dict[str, str]
    errors: Errors


class JoinPage(msgspec.Struct, frozen=True, kw_only=True):
    """`other` is the record that becomes a part, or stands by itself again."""

    broker: Broker
    other: BrokerLine | None
    other_name: str
    apart: bool
    hidden: dict[str, str]
    typed: dict[str, str]
    errors: Errors


@get("/brokers/{broker_id:uuid}/same", opt=KEEP)
async def show_same(request: WebRequest, session: Session, broker_id: FromPath[UUID]) -> Page:
    """Offers records with the same number or a name like theirs."""
    broker = await get_broker(session, broker_id)
    found = await list_candidates(
        session,
        numbers=[one.text for one in broker.numbers],
        names=[one.text for one in broker.names],
        without=[broker.id],
        limit=OFFERED,
    )
    page = SamePage(
        broker=broker, shown=[Shown(line=one.line, reasons=[], evidence=[]) for one in found],
        looked=False, typed={}, errors={},
    )  # fmt: skip
    return render(request, "brokers/same.html", page)


@post("/brokers/{broker_id:uuid}/same", opt=KEEP, status_code=200)
async def do_look(request: WebRequest, session: Session, broker_id: FromPath[UUID]) -> Page:
    broker = await get_broker(session, broker_id)
    reader = await read_form(request)
    wanted = reader.text("wanted", longest=LONGEST_SEARCH)
    found = [] if reader.errors else await search(session, wanted)
    page = SamePage(
        broker=broker, shown=[one for one in found if one.line.id != broker.id], looked=True,
        typed=dict(reader.form), errors=reader.errors,
    )  # fmt: skip
    return render(request, "brokers/same.html", page, status=422 if reader.errors else 200)


@post("/brokers/{broker_id:uuid}/join/ask", opt=KEEP, status_code=200)
async def ask_join(request: WebRequest, session: Session, broker_id: FromPath[UUID]) -> Page:
    reader = await read_form(request)
    page = await _joined(session, broker_id, reader)
    return render(request, "brokers/join.html", page)


@post("/brokers/{broker_id:uuid}/join", opt=KEEP, status_code=200)
async def do_join(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now, broker_id: FromPath[UUID]
) -> Response[str] | Redirect:
    """Join or take apart: the hidden fields name the other record, or the word that is taken back."""
    reader = await read_form(request)
    reason = parse_reason(reader)
    page = await _joined(session, broker_id, reader)
    if reader.errors:
        return render(request, "brokers/join.html", page, status=422)
    merge_id, other_id = parse_identity(reader, "merge_id"), parse_identity(reader, "other_id")
    if other_id is None:
        raise NotFound
    if merge_id is not None:
        await part_brokers(
            session, actor, now, broker_id=other_id, merge_id=merge_id, reason=reason
        )
        return go_to(f"/brokers/{broker_id}", {"done": "apart"})
    await merge_brokers(session, actor, now, broker_id=other_id, into_id=broker_id, reason=reason)
    return go_to(f"/brokers/{broker_id}", {"done": "joined"})


async def _joined(session: Session, broker_id: UUID, reader: FormReader) -> JoinPage:
    broker = await get_broker(session, broker_id)
    merge_id, other_id = parse_identity(reader, "merge_id"), parse_identity(reader, "other_id")
    if other_id is None:
        raise NotFound
    part = next((one for one in broker.parts if one.merge_id == merge_id), None)
    lines = [] if part else await list_lines(session, [await get_person_id(session, other_id)])
    return JoinPage(
        broker=broker,
        other=lines[0] if lines else None,
        other_name=part.name if part else lines[0].name,
        apart=part is not None,
        hidden={"other_id": str(other_id), "merge_id": str(merge_id or "")},
        typed=dict(reader.form),
        errors=reader.errors,
    )


HANDLERS = (show_same, do_look, ask_join, do_join)
