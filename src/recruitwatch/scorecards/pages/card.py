"""The card of an agency for regulators: every figure with what it rests on, every point explained."""

from collections.abc import Mapping
from datetime import date, datetime
from math import prod
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec.structs import replace

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.rules import may
from recruitwatch.accounts.values import Permission
from recruitwatch.actor import Actor
from recruitwatch.agencies.queries import get_agency
from recruitwatch.errors import Message
from recruitwatch.scorecards import queries
from recruitwatch.scorecards.actions import compute_cards, issue_scorecard
from recruitwatch.scorecards.forms.publishing import parse_reason
from recruitwatch.scorecards.pages.public_words import MarkWords, mark_words
from recruitwatch.scorecards.pages.sources import source_address
from recruitwatch.scorecards.pages.steps import (
    DONE,
    HistoryLine,
    Publishing,
    list_history,
    publishing_of,
)
from recruitwatch.scorecards.queries.contest_marks import list_contests_of_lines
from recruitwatch.scorecards.rules import PROFILES
from recruitwatch.scorecards.rules.complaint_part import complaint_factors
from recruitwatch.scorecards.rules.public import MERGED
from recruitwatch.scorecards.rules.snapshot import snapshot_of
from recruitwatch.scorecards.values import (
    Card,
    CardInputs,
    ComplaintInput,
    ComplaintRule,
    LedgerLine,
    LineKind,
    NoteCode,
    wording,
)
from recruitwatch.scorecards.values.issued import (
    CardQuestion,
    InterviewLine,
    IssuedCard,
    Snapshot,
)
from recruitwatch.scorecards.values.publishing import NotPrepared, ReasonMissing
from recruitwatch.web.forms import Errors
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

ISSUED_SHOWN = 20


class CaseReason(msgspec.Struct, frozen=True, kw_only=True):
    """What a decided complaint weighs. It leads nowhere: only who holds a case's key may open it."""

    severity: str
    outcome: str
    responsibility: str
    factors: tuple[float, float, float, float]
    workers: int
    points: float


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """One ledger line as it is read. `url` leads to the answer or the interviews it came from; a line
    without one rests on the figures of the card. `late` is the reference of a case not closed in time."""

    line: LedgerLine
    kind: str
    explanation: str
    item_id: str | None
    question: str
    url: str | None
    case: CaseReason | None
    late: str | None
    public_id: str
    """The line of the public card that this one is part of, by which it is contested."""


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
    questions: Mapping[str, CardQuestion]
    has_interviews: bool
    issued: IssuedCard | None
    history: list[HistoryLine]
    may_issue: bool
    rule: ComplaintRule
    """The numbers of the card's own method."""
    publishing: Publishing | None = None
    marks: Mapping[str, MarkWords] = {}
    contests: Mapping[str, UUID] = {}
    """The contests of contested lines, for whoever may read them."""
    reason: str = ""
    done: Message | None = None
    errors: Errors = {}


class InterviewsPage(msgspec.Struct, frozen=True, kw_only=True):
    """What workers said, question by question."""

    agency_name: str
    address: str
    as_of: date
    held: int
    lines: tuple[InterviewLine, ...]
    questions: Mapping[str, CardQuestion]


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
        notes=[
            (
                wording.NOTES[note.code],
                () if note.code is NoteCode.PENDING_COMPLAINTS else note.subjects,
            )
            for note in card.notes
        ],
        principles={code.value: words for code, words in wording.PRINCIPLES.items()},
    )


def reasons_of(snapshot: Snapshot, inputs: CardInputs, address: str) -> list[Reason]:
    """The ledger, dearest line first, each leading to where it came from."""
    return [
        _reason(line, snapshot, inputs, address)
        for line in sorted(snapshot.card.ledger, key=lambda line: (-line.points, line.id))
    ]


def _reason(line: LedgerLine, snapshot: Snapshot, inputs: CardInputs, address: str) -> Reason:
    item_id, url = None, None
    if line.kind in (LineKind.ANSWER, LineKind.EVIDENCE):
        rest = line.source.partition("/")[2]
        item_id = line.source.rpartition("/")[2]
        if rest:
            url = source_address(line.source, address)
    asked = snapshot.questions.get(item_id or "")
    return Reason(
        line=line,
        kind=wording.LINES[line.kind],
        explanation=wording.EXPLANATIONS.get(line.kind, ""),
        item_id=item_id,
        question=asked.text if asked else "",
        url=url,
        case=_case(line, inputs) if line.kind is LineKind.COMPLAINT else None,
        late=_late(line, inputs) if line.kind is LineKind.LATE_CASE else None,
        public_id=MERGED[line.kind].value if line.kind in MERGED else line.id,
    )


def _late(line: LedgerLine, inputs: CardInputs) -> str | None:
    """The case's reference; a card of inputs that name no late case only counts them."""
    return line.source if line.source in inputs.cases.late else None


def _case(line: LedgerLine, inputs: CardInputs) -> CaseReason | None:
    found = {f"complaint:{one.id}": one for one in inputs.complaints}
    complaint: ComplaintInput | None = found.get(line.id)
    if complaint is None:
        return None
    factors = complaint_factors(complaint, PROFILES[inputs.profile])
    return CaseReason(
        severity=wording.CASE_SEVERITIES[complaint.severity],
        outcome=wording.OUTCOMES[complaint.outcome],
        responsibility=wording.RESPONSIBILITIES[complaint.responsibility],
        factors=factors,
        workers=complaint.workers,
        points=prod(factors) * complaint.workers,
    )


@get("/agencies/{agency_id:uuid}/card", opt=needs(Permission.CARD_READ))
async def show_card(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    agency_id: FromPath[UUID],
) -> Page:
    """The card as the records stand today."""
    page = await _current_page(session, actor, now, agency_id)
    return render(request, "scorecards/card.html", page)


async def _current_page(session: Session, actor: Actor, now: datetime, agency_id: UUID) -> CardPage:
    agency = await get_agency(session, agency_id)
    [current], sheets = await compute_cards(session, [agency_id], now)
    snapshot = snapshot_of(current, sheets)
    return CardPage(
        agency_id=agency_id,
        agency_name=agency.record.legal_name,
        card=current.card,
        inputs=current.inputs,
        words=words_of(current.card, current.inputs),
        reasons=reasons_of(snapshot, current.inputs, f"/agencies/{agency_id}/card"),
        questions=snapshot.questions,
        has_interviews=bool(snapshot.interviews),
        issued=None,
        history=await list_history(session, agency_id, ISSUED_SHOWN),
        may_issue=may(actor, Permission.CARD_ISSUE),
        rule=PROFILES[current.card.profile].complaints,
    )


@get("/agencies/{agency_id:uuid}/card/interviews", opt=needs(Permission.CARD_READ))
async def show_interviews(
    request: WebRequest, session: Session, now: Now, agency_id: FromPath[UUID]
) -> Page:
    """What the workers said that today's card rests on."""
    agency = await get_agency(session, agency_id)
    [current], sheets = await compute_cards(session, [agency_id], now)
    snapshot = snapshot_of(current, sheets)
    return _interviews(request, agency.record.legal_name, snapshot, f"/agencies/{agency_id}/card")


@post("/agencies/{agency_id:uuid}/card/issue", opt=needs(Permission.CARD_ISSUE), status_code=200)
async def do_issue(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    agency_id: FromPath[UUID],
) -> Response[str] | Redirect:
    await get_agency(session, agency_id)
    reader = await read_form(request)
    reason = parse_reason(reader)
    days = request.app.state.settings.draft_days
    errors: Errors
    if isinstance(reason, str):
        try:
            revision = await issue_scorecard(
                session, actor, now, agency_id=agency_id, reason=reason, draft_days=days
            )
        except ReasonMissing as missing:
            errors = {"reason": missing.message}
        else:
            return go_to(f"/agencies/{agency_id}/card/{revision}")
    else:
        errors = reason
    page = await _current_page(session, actor, now, agency_id)
    page = replace(page, errors=errors, reason=reader.form.get("reason", ""))
    return render(request, "scorecards/card.html", page, status=422)


@get("/agencies/{agency_id:uuid}/card/{revision:int}", opt=needs(Permission.CARD_READ))
async def show_issued(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    agency_id: FromPath[UUID],
    revision: FromPath[int],
    done: FromQuery[str] = "",
) -> Page:
    """A card as it was issued: the snapshot, not the records of today."""
    page = await issued_page(session, actor, now, agency_id, revision)
    sentence = DONE.get(done)
    page = replace(page, done=Message(sentence) if sentence else None)
    return render(request, "scorecards/card.html", page)


async def issued_page(
    session: Session, actor: Actor, now: datetime, agency_id: UUID, revision: int
) -> CardPage:
    agency = await get_agency(session, agency_id)
    issued = await queries.get_issued(session, agency_id, revision)
    snapshot = issued.snapshot
    marks = await queries.list_marks(session, issued.id, now)
    return CardPage(
        agency_id=agency_id,
        agency_name=agency.record.legal_name,
        marks=mark_words(marks),
        contests=await _contests(session, actor, issued.id) if marks else {},
        card=snapshot.card,
        inputs=issued.inputs,
        words=words_of(snapshot.card, issued.inputs),
        reasons=reasons_of(snapshot, issued.inputs, f"/agencies/{agency_id}/card/{revision}"),
        questions=snapshot.questions,
        has_interviews=bool(snapshot.interviews),
        issued=issued,
        history=await list_history(session, agency_id, ISSUED_SHOWN),
        may_issue=False,
        rule=PROFILES[snapshot.card.profile].complaints,
        publishing=await _publishing(session, actor, now, agency_id, revision),
    )


async def _contests(session: Session, actor: Actor, card_id: UUID) -> Mapping[str, UUID]:
    if not may(actor, Permission.CONTEST_READ):
        return {}
    return await list_contests_of_lines(session, card_id)


async def _publishing(
    session: Session, actor: Actor, now: datetime, agency_id: UUID, revision: int
) -> Publishing | None:
    """None for a card of before: it has no public form and cannot be published."""
    try:
        prepared = await queries.get_prepared(session, agency_id, revision)
    except NotPrepared:
        return None
    return publishing_of(prepared, actor, now.date())


@get("/agencies/{agency_id:uuid}/card/{revision:int}/interviews", opt=needs(Permission.CARD_READ))
async def show_issued_interviews(
    request: WebRequest, session: Session, agency_id: FromPath[UUID], revision: FromPath[int]
) -> Page:
    """What the workers had said that an issued card rests on."""
    agency = await get_agency(session, agency_id)
    issued = await queries.get_issued(session, agency_id, revision)
    address = f"/agencies/{agency_id}/card/{revision}"
    return _interviews(request, agency.record.legal_name, issued.snapshot, address)


def _interviews(request: WebRequest, agency_name: str, snapshot: Snapshot, address: str) -> Page:
    page = InterviewsPage(
        agency_name=agency_name,
        address=address,
        as_of=snapshot.card.as_of,
        held=snapshot.card.interviews,
        lines=snapshot.interviews,
        questions=snapshot.questions,
    )
    return render(request, "scorecards/interviews.html", page)
