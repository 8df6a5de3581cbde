"""A broker and an agency that stand together in a case: an officer may tie them by what cases show."""

from uuid import UUID

import msgspec
from litestar import Response, post
from litestar.params import FromPath
from litestar.response import Redirect

from recruitwatch.accounts.rules import may
from recruitwatch.accounts.values import Permission
from recruitwatch.brokers.forms import parse_identity, parse_tie
from recruitwatch.brokers.values import (
    CONFIDENCE_NAMES,
    EVIDENCE_NAMES,
    NewTie,
    TieEvidence,
)
from recruitwatch.brokers.values import Judgement as TieJudgement
from recruitwatch.complaints.actions.brokers import (
    find_standing_word,
    list_proofs,
    tie_by_cases,
)
from recruitwatch.complaints.pages.case import open_here
from recruitwatch.complaints.pages.queue import READ
from recruitwatch.complaints.rules.states import is_decided_against_agency
from recruitwatch.complaints.values.cases import OpenedCase
from recruitwatch.complaints.values.judging import Judgement
from recruitwatch.errors import NotFound
from recruitwatch.web.forms import Errors, FormReader
from recruitwatch.web.languages import gettext
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """`seen` is the word that stands on them, `proofs` what cases show beyond it."""

    broker_id: UUID
    broker_name: str
    agency_id: UUID
    agency_name: str
    seen: UUID | None
    proofs: tuple[TieEvidence, ...]


class PairPage(msgspec.Struct, frozen=True, kw_only=True):
    case_id: UUID
    reference: str
    pair: Pair
    proofs: list[str]
    sureness: list[tuple[str, str]]
    hidden: dict[str, str]
    typed: dict[str, str]
    errors: Errors


async def pairs_of(session: Session, actor: SignedInActor, opened: OpenedCase) -> list[Pair]:
    """Confirmed brokers and agencies of this case of which cases show more than is said of them yet."""
    if not may(actor, Permission.BROKER_KEEP):
        return []
    yes = [one for one in opened.links if one.judgement == Judgement.CONFIRMED.value]
    brokers = [(one.broker_id, one.name) for one in yes if one.broker_id is not None]
    agencies = [(one.agency_id, one.name) for one in yes if one.agency_id is not None]
    found = []
    for broker_id, broker_name in brokers:
        for agency_id, agency_name in agencies:
            standing = await find_standing_word(session, broker_id, agency_id)
            proofs = await list_proofs(
                session, actor, decided=is_decided_against_agency(opened.head, opened.decision),
                broker_id=broker_id, agency_id=agency_id,
            )  # fmt: skip
            if new := tuple(one for one in proofs if not standing or one not in standing.evidence):
                found.append(
                    Pair(
                        broker_id=broker_id, broker_name=broker_name, agency_id=agency_id,
                        agency_name=agency_name, seen=standing.id if standing else None, proofs=new,
                    )
                )  # fmt: skip
    return found


@post("/cases/{case_id:uuid}/tie/ask", opt=READ, status_code=200)
async def ask_tie(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now, case_id: FromPath[UUID]
) -> Page:
    reader = await read_form(request)
    opened = await open_here(request, session, actor, now, case_id, goes_on=True)
    pair = await _pair(session, actor, opened, reader)
    return render(request, "complaints/tie.html", _page(opened, pair, {}, {}))


@post("/cases/{case_id:uuid}/tie", opt=READ, status_code=200)
async def do_tie(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now, case_id: FromPath[UUID]
) -> Response[str] | Redirect:
    reader = await read_form(request)
    opened = await open_here(request, session, actor, now, case_id, goes_on=True)
    pair = await _pair(session, actor, opened, reader)
    standing = await find_standing_word(session, pair.broker_id, pair.agency_id)
    asked = NewTie(
        broker_id=pair.broker_id, agency_id=pair.agency_id, judgement=TieJudgement.CONFIRMED,
        evidence=(), reason="", seen=parse_identity(reader, "seen"),
    )  # fmt: skip
    new = parse_tie(reader, asked, standing, proved=pair.proofs)
    if not isinstance(new, NewTie):
        page = _page(opened, pair, dict(reader.form), reader.errors)
        return render(request, "complaints/tie.html", page, status=422)
    await tie_by_cases(session, actor, now, new=new, proofs=pair.proofs)
    return go_to(f"/brokers/{pair.broker_id}", {"done": "tied"})


async def _pair(
    session: Session, actor: SignedInActor, opened: OpenedCase, reader: FormReader
) -> Pair:
    """Only a pair that the page of the case offers."""
    asked = parse_identity(reader, "broker_id"), parse_identity(reader, "agency_id")
    for pair in await pairs_of(session, actor, opened):
        if asked == (pair.broker_id, pair.agency_id):
            return pair
    raise NotFound


def _page(opened: OpenedCase, pair: Pair, typed: dict[str, str], errors: Errors) -> PairPage:
    return PairPage(
        case_id=opened.head.id,
        reference=opened.head.reference,
        pair=pair,
        proofs=[gettext(EVIDENCE_NAMES[one]) for one in pair.proofs],
        sureness=[(one.value, gettext(name)) for one, name in CONFIDENCE_NAMES.items()],
        hidden={
            "broker_id": str(pair.broker_id),
            "agency_id": str(pair.agency_id),
            "seen": str(pair.seen or ""),
        },
        typed=typed,
        errors=errors,
    )


HANDLERS = (ask_tie, do_tie)
