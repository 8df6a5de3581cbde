"""SQL of contested lines, their decisions, and the corrections that follow from them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Select, and_, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import people
from recruitwatch.actor import Actor
from recruitwatch.agencies.tables import agencies
from recruitwatch.scorecards.queries.issued import lock_cards
from recruitwatch.scorecards.rules.contesting import decide_until
from recruitwatch.scorecards.tables import (
    card_contests,
    card_steps,
    contest_papers,
    contested_lines,
    issued_scorecards,
    line_decisions,
    public_cards,
)
from recruitwatch.scorecards.values.contests import (
    Contest,
    ContestedLine,
    ContestMark,
    ContestPaper,
    ContestPaperUnknown,
    ContestSummary,
    ContestUnknown,
    Correction,
    CorrectionKind,
    Ground,
    LineDecision,
    MarkState,
    NewContestLine,
    NewLineDecision,
)
from recruitwatch.scorecards.values.public import PublicBasis
from recruitwatch.scorecards.values.publishing import CardStepKind

if TYPE_CHECKING:
    from sqlalchemy.engine import RowMapping

MOST_LINES = 500
_C, _L, _D = card_contests.c, contested_lines.c, line_decisions.c
_WITH_DECISION = contested_lines.outerjoin(
    line_decisions, and_(_D.contest_id == _L.contest_id, _D.line_id == _L.line_id)
)


async def insert_contest(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    contest_id: UUID,
    card_id: UUID,
    lines: Sequence[tuple[NewContestLine, float | None]],
) -> None:
    """The lines with what each costs. Raises LineContested where one was contested meanwhile."""
    await session.execute(
        insert(card_contests).values(
            id=contest_id,
            card_id=card_id,
            agency_id=actor.own_agency,
            filed_by=actor.id,
            filed_at=now,
            due_on=decide_until(now.date()),
        )
    )
    rows = [
        {
            "contest_id": contest_id, "card_id": card_id, "line_id": one.line_id,
            "points": points, "ground": one.ground.value, "reason": one.reason,
        }
        for one, points in lines
    ]  # fmt: skip
    await session.execute(insert(contested_lines), rows)


async def insert_contest_paper(
    session: AsyncSession, contest_id: UUID, paper: ContestPaper
) -> None:
    await session.execute(
        insert(contest_papers).values(contest_id=contest_id, **msgspec.structs.asdict(paper))
    )


async def insert_line_decision(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    contest_id: UUID,
    new: NewLineDecision,
    correction: Correction | None,
) -> None:
    """Raises LineDecided where somebody decided it meanwhile."""
    await session.execute(
        insert(line_decisions).values(
            contest_id=contest_id,
            line_id=new.line_id,
            upheld=new.upheld,
            reason=new.reason,
            correction=None if correction is None else msgspec.json.encode(correction).decode(),
            decided_by=actor.id,
            decided_at=now,
        )
    )


async def get_contest(
    session: AsyncSession, contest_id: UUID, *, agency_id: UUID | None = None
) -> Contest:
    """One contest; with `agency_id` only if it is of this agency. Raises ContestUnknown."""
    corrected = issued_scorecards.alias("corrected")
    statement = (
        select(
            _C.id, _C.agency_id, agencies.c.legal_name.label("agency_name"), _C.card_id,
            issued_scorecards.c.revision, people.c.full_name.label("filed_by_name"),
            _C.filed_at, _C.due_on, corrected.c.revision.label("corrected"),
        )
        .join(agencies, agencies.c.id == _C.agency_id)
        .join(issued_scorecards, issued_scorecards.c.id == _C.card_id)
        .join(people, people.c.id == _C.filed_by)
        .outerjoin(public_cards, public_cards.c.contest_id == _C.id)
        .outerjoin(corrected, corrected.c.id == public_cards.c.card_id)
        .where(_C.id == contest_id)
    )  # fmt: skip
    if agency_id is not None:
        statement = statement.where(_C.agency_id == agency_id)
    row = (await session.execute(statement)).mappings().one_or_none()
    if row is None:
        raise ContestUnknown
    return Contest(
        **row,
        lines=await _lines(session, contest_id),
        papers=await _papers(session, contest_id),
        barred=await _barred(session, row["card_id"]),
    )


async def lock_contest(session: AsyncSession, contest_id: UUID) -> Contest:
    """The same; who decides about cards of this agency waits for their turn."""
    agency_id = await session.scalar(select(_C.agency_id).where(_C.id == contest_id))
    if agency_id is None:
        raise ContestUnknown
    await lock_cards(session, agency_id)
    return await get_contest(session, contest_id)


async def _lines(session: AsyncSession, contest_id: UUID) -> tuple[ContestedLine, ...]:
    statement = (
        select(
            _L.line_id, _L.points, _L.ground, _L.reason, _D.upheld,
            _D.reason.label("decision_reason"), _D.correction,
            people.c.full_name.label("decided_by_name"), _D.decided_at,
        )
        .select_from(_WITH_DECISION.outerjoin(people, people.c.id == _D.decided_by))
        .where(_L.contest_id == contest_id)
        .order_by(_L.points.desc().nulls_first(), _L.line_id)
        .limit(MOST_LINES)
    )  # fmt: skip
    return tuple(_line(row) for row in (await session.execute(statement)).mappings())


def _line(row: "RowMapping") -> ContestedLine:
    decision = None
    if row["decided_at"] is not None:
        written = row["correction"]
        decision = LineDecision(
            upheld=row["upheld"],
            reason=row["decision_reason"],
            correction=msgspec.json.decode(written, type=Correction) if written else None,
            decided_by_name=row["decided_by_name"],
            decided_at=row["decided_at"],
        )
    return ContestedLine(
        line_id=row["line_id"],
        points=row["points"],
        ground=Ground(row["ground"]),
        reason=row["reason"],
        decision=decision,
    )


async def _papers(session: AsyncSession, contest_id: UUID) -> tuple[ContestPaper, ...]:
    statement = _paper().where(contest_papers.c.contest_id == contest_id)
    ordered = statement.order_by(contest_papers.c.added_at, contest_papers.c.id).limit(MOST_LINES)
    return tuple(ContestPaper(**row) for row in (await session.execute(ordered)).mappings())


async def get_contest_paper(
    session: AsyncSession, contest_id: UUID, paper_id: UUID
) -> ContestPaper:
    statement = _paper().where(
        contest_papers.c.contest_id == contest_id, contest_papers.c.id == paper_id
    )
    row = (await session.execute(statement)).mappings().one_or_none()
    if row is None:
        raise ContestPaperUnknown
    return ContestPaper(**row)


def _paper() -> Select[tuple[object, ...]]:
    papers = contest_papers.c
    return select(
        papers.id, papers.file_name, papers.media_type, papers.sha256, papers.copy_sha256,
        papers.size, papers.added_at,
    )  # fmt: skip


async def _barred(session: AsyncSession, card_id: UUID) -> frozenset[UUID]:
    issued = select(issued_scorecards.c.issued_by).where(issued_scorecards.c.id == card_id)
    taken = select(card_steps.c.taken_by).where(
        card_steps.c.card_id == card_id, card_steps.c.kind != CardStepKind.REPLIED.value
    )
    return frozenset(await session.scalars(issued.union(taken)))


async def list_contested_ids(session: AsyncSession, card_id: UUID) -> frozenset[str]:
    """The lines of a card that were contested, decided or not."""
    statement = select(_L.line_id).where(_L.card_id == card_id).order_by(_L.line_id)
    return frozenset(await session.scalars(statement.limit(MOST_LINES)))


async def list_contests(
    session: AsyncSession,
    *,
    is_open: bool | None = None,
    agency_id: UUID | None = None,
    limit: int,
    offset: int = 0,
) -> list[ContestSummary]:
    """Open ones by the day on which they are due, decided ones and all by the day they came, newest
    first; of one agency or of all."""
    order = (_C.due_on, _C.id) if is_open else (_C.filed_at.desc(), _C.id)
    statement = (
        select(
            _C.id, _C.agency_id, agencies.c.legal_name.label("agency_name"),
            issued_scorecards.c.revision, _C.filed_at, _C.due_on,
            _number_of().label("lines"),
            _number_of(_D.upheld.is_not(None)).label("decided"),
            _number_of(_D.upheld).label("upheld"),
        )
        .join(agencies, agencies.c.id == _C.agency_id)
        .join(issued_scorecards, issued_scorecards.c.id == _C.card_id)
        .where(*_wanted(is_open, agency_id))
        .order_by(*order)
        .limit(limit)
        .offset(offset)
    )  # fmt: skip
    return [ContestSummary(**row) for row in (await session.execute(statement)).mappings()]


async def count_contests(
    session: AsyncSession, *, is_open: bool | None = None, agency_id: UUID | None = None
) -> int:
    statement = select(func.count()).select_from(card_contests)
    return await session.scalar(statement.where(*_wanted(is_open, agency_id))) or 0


def _wanted(is_open: bool | None, agency_id: UUID | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if agency_id is not None:
        conditions.append(_C.agency_id == agency_id)
    if is_open is not None:
        waiting = (
            select(_L.line_id)
            .select_from(_WITH_DECISION)
            .where(_L.contest_id == _C.id, _D.line_id.is_(None))
            .correlate(card_contests)
            .exists()
        )
        conditions.append(waiting if is_open else ~waiting)
    return conditions


def _number_of(condition: ColumnElement[bool] | None = None) -> ColumnElement[int]:
    counted = (
        select(func.count())
        .select_from(_WITH_DECISION)
        .where(_L.contest_id == _C.id)
        .correlate(card_contests)
    )
    if condition is not None:
        counted = counted.where(condition)
    return counted.scalar_subquery()


async def list_marks(session: AsyncSession, card_id: UUID, now: datetime) -> list[ContestMark]:
    """What everybody sees of the contested lines of a card. Days are those of the zone of `now`."""
    statement = (
        select(_L.line_id, _L.ground, _C.filed_at, _D.upheld, _D.decided_at)
        .select_from(_WITH_DECISION.join(card_contests, _C.id == _L.contest_id))
        .where(_L.card_id == card_id)
        .order_by(_L.line_id)
        .limit(MOST_LINES)
    )
    return [
        ContestMark(
            line_id=line_id,
            ground=Ground(ground),
            filed_on=filed_at.astimezone(now.tzinfo).date(),
            state=_state(upheld),
            decided_on=_day(decided_at, now),
        )
        for line_id, ground, filed_at, upheld, decided_at in await session.execute(statement)
    ]


def _state(upheld: bool | None) -> MarkState:
    if upheld is None:
        return MarkState.PENDING
    return MarkState.UPHELD if upheld else MarkState.NOT_UPHELD


def _day(at: datetime | None, now: datetime) -> date | None:
    return None if at is None else at.astimezone(now.tzinfo).date()


async def list_corrections(
    session: AsyncSession, agency_ids: Sequence[UUID], until: datetime
) -> dict[UUID, tuple[Correction, ...]]:
    """The answers put right for these agencies by contests decided until then, oldest first. What was put
    right in the records shows there."""
    statement = (
        select(_C.agency_id, _D.correction)
        .join(card_contests, _C.id == _D.contest_id)
        .where(_C.agency_id.in_(agency_ids), _D.upheld, _D.decided_at <= until)
        .order_by(_C.agency_id, _D.decided_at, _D.contest_id, _D.line_id)
    )
    found: dict[UUID, list[Correction]] = {}
    decoder = msgspec.json.Decoder(Correction)
    for agency_id, written in await session.execute(statement):
        correction = decoder.decode(written)
        if correction.kind is not CorrectionKind.RECORDS:
            found.setdefault(agency_id, []).append(correction)
    return {agency_id: tuple(those) for agency_id, those in found.items()}


async def get_basis(session: AsyncSession, card_id: UUID) -> PublicBasis:
    """What the public card of this issued one rests on."""
    statement = select(public_cards.c.basis).where(public_cards.c.card_id == card_id)
    written = (await session.execute(statement)).scalar_one()
    return msgspec.json.decode(written, type=PublicBasis)
