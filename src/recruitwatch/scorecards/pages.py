"""The card of an agency for regulators: every figure with what it rests on, every point explained."""

from collections.abc import Mapping
from uuid import UUID

import msgspec
from litestar import Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.rules import may
from recruitwatch.accounts.values import Permission
from recruitwatch.agencies.queries import get_agency
from recruitwatch.scorecards import queries
from recruitwatch.scorecards.actions import compute_cards, get_issued_library, issue_scorecard
from recruitwatch.scorecards.values import Card, CardInputs, LedgerLine, LineKind, wording
from recruitwatch.scorecards.values.evidence import Library
from recruitwatch.scorecards.values.issued import IssuedCard, IssuedLine
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to
from recruitwatch.web.templating import render

ISSUED_SHOWN = 20


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """One ledger line as it is read: what it is about, and where its answer stands."""

    line: LedgerLine
    kind: str
    item_id: str | None
    question: str
    url: str | None


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """The English sentences for the codes of this card, to be translated in the template."""

    grade: str
    band: str | None
    certainty: str
    licence: str | None
    caps: list[tuple[str, str, str, tuple[str, ...]]]
    notes: list[tuple[str, tuple[str, ...]]]
    principles: Mapping[str, str]


class CardPage(msgspec.Struct, frozen=True, kw_only=True):
    """One card, current or issued."""

    agency_id: UUID
    agency_name: str
    card: Card
    inputs: CardInputs
    words: Words
    reasons: list[Reason]
    subjects: Mapping[str, str]
    issued: IssuedCard | None
    history: list[IssuedLine]
    may_issue: bool


def words_of(card: Card, inputs: CardInputs) -> Words:
    return Words(
        grade=wording.GRADES[card.grade],
        band=wording.GRADES[card.band] if card.band else None,
        certainty=wording.CERTAINTIES[card.certainty],
        licence=wording.LICENCES[inputs.licence_state] if inputs.licence_state else None,
        caps=[
            (cap.gate.value, cap.cap.value, wording.GATES[cap.gate], cap.subjects)
            for cap in card.caps
        ],
        notes=[(wording.NOTES[note.code], note.subjects) for note in card.notes],
        principles={code.value: words for code, words in wording.PRINCIPLES.items()},
    )


def reasons_of(card: Card, library: Library) -> list[Reason]:
    """The ledger, dearest line first, each leading to the answer it came from."""
    texts = _questions(library)
    return [
        _reason(line, texts)
        for line in sorted(card.ledger, key=lambda line: (-line.points, line.id))
    ]


def _reason(line: LedgerLine, texts: Mapping[str, str]) -> Reason:
    about_item = line.kind in (LineKind.ANSWER, LineKind.EVIDENCE)
    parts = line.source.split("/")
    item_id = parts[-1] if about_item else None
    return Reason(
        line=line,
        kind=wording.LINES[line.kind],
        item_id=item_id,
        question=texts.get(item_id or "", ""),
        url=f"/reviews/{parts[0]}#{item_id}" if len(parts) == 3 else None,
    )


def _questions(library: Library) -> dict[str, str]:
    return {
        item.id: item.text
        for checklist in library.checklists.values()
        for section in checklist.sections
        for item in section.items
    }


@get("/agencies/{agency_id:uuid}/card", opt=needs(Permission.CARD_READ))
async def show_card(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    agency_id: FromPath[UUID],
) -> Page:
    """The card as the records stand today."""
    agency = await get_agency(session, agency_id)
    [current], library = await compute_cards(session, [agency_id], now.date())
    page = CardPage(
        agency_id=agency_id,
        agency_name=agency.record.legal_name,
        card=current.card,
        inputs=current.inputs,
        words=words_of(current.card, current.inputs),
        reasons=reasons_of(current.card, library),
        subjects=_questions(library),
        issued=None,
        history=await queries.list_issued(session, agency_id, limit=ISSUED_SHOWN),
        may_issue=may(actor, Permission.CARD_ISSUE),
    )
    return render(request, "scorecards/card.html", page)


@post("/agencies/{agency_id:uuid}/card/issue", opt=needs(Permission.CARD_ISSUE), status_code=303)
async def do_issue(
    session: Session, actor: SignedInActor, now: Now, agency_id: FromPath[UUID]
) -> Redirect:
    await get_agency(session, agency_id)
    revision = await issue_scorecard(session, actor, now, agency_id=agency_id)
    return go_to(f"/agencies/{agency_id}/card/{revision}")


@get("/agencies/{agency_id:uuid}/card/{revision:int}", opt=needs(Permission.CARD_READ))
async def show_issued(
    request: WebRequest,
    session: Session,
    agency_id: FromPath[UUID],
    revision: FromPath[int],
) -> Page:
    """A card as it was issued: the snapshot, not the records of today."""
    agency = await get_agency(session, agency_id)
    issued = await queries.get_issued(session, agency_id, revision)
    library = await get_issued_library(session, issued)
    page = CardPage(
        agency_id=agency_id,
        agency_name=agency.record.legal_name,
        card=issued.card,
        inputs=issued.inputs,
        words=words_of(issued.card, issued.inputs),
        reasons=reasons_of(issued.card, library),
        subjects=_questions(library),
        issued=issued,
        history=await queries.list_issued(session, agency_id, limit=ISSUED_SHOWN),
        may_issue=False,
    )
    return render(request, "scorecards/card.html", page)


scorecards_pages = Router("/", route_handlers=[show_card, do_issue, show_issued])
