"""SQL of what one agency sees of itself. Every function is narrowed to the agency that is given to it."""

from uuid import UUID

import msgspec
from sqlalchemy import Exists, FromClause, Select, Subquery, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import people
from recruitwatch.checklists.values import Severity
from recruitwatch.findings import queries as findings_queries
from recruitwatch.findings.rules import DECISIONS, FEWEST_WORKERS_SHOWN
from recruitwatch.findings.tables import finding_steps, findings
from recruitwatch.findings.values import StepKind
from recruitwatch.portal.rules import notice_of
from recruitwatch.portal.values import Notice, NoticeLine, NoticeUnknown, OwnCard, OwnLine
from recruitwatch.scorecards.tables import (
    card_contests,
    card_steps,
    contested_lines,
    issued_scorecards,
    line_decisions,
    public_cards,
)
from recruitwatch.scorecards.values.contests import Ground
from recruitwatch.scorecards.values.public import PublicCard
from recruitwatch.scorecards.values.publishing import CardStepKind

MOST_LINES = 500
MOST_BEHIND = 50
"""Findings that carry one notice: as many as questions to workers that one document bears out."""


async def list_own_cards(
    session: AsyncSession, agency_id: UUID, *, limit: int, offset: int = 0
) -> list[OwnCard]:
    """The cards that were handed to the agency, newest first."""
    statement = (
        select(
            issued_scorecards.c.revision,
            public_cards.c.public_card,
            _newer_published().label("overtaken"),
        )
        .select_from(_served_cards())
        .where(public_cards.c.agency_id == agency_id)
        .order_by(issued_scorecards.c.revision.desc(), public_cards.c.card_id)
        .limit(limit)
        .offset(offset)
    )
    found = []
    for revision, text, overtaken in await session.execute(statement):
        card = msgspec.json.decode(text, type=PublicCard)
        found.append(
            OwnCard(
                revision=revision,
                as_of=card.as_of,
                grade=card.grade,
                score_shown=card.score_shown,
                overtaken=overtaken,
            )
        )
    return found


async def count_own_cards(session: AsyncSession, agency_id: UUID) -> int:
    statement = (
        select(func.count())
        .select_from(_served_cards())
        .where(public_cards.c.agency_id == agency_id)
    )
    return await session.scalar(statement) or 0


def _served_cards() -> FromClause:
    """A card is served once, so that each stands here once."""
    served = and_(
        card_steps.c.card_id == public_cards.c.card_id,
        card_steps.c.kind == CardStepKind.SERVED.value,
    )
    return public_cards.join(
        issued_scorecards, issued_scorecards.c.id == public_cards.c.card_id
    ).join(card_steps, served)


def _newer_published() -> Exists:
    """Whether a newer revision of the same agency is published, within a statement over cards."""
    newer, step = issued_scorecards.alias("newer"), card_steps.alias("newer_step")
    return exists().where(
        newer.c.agency_id == public_cards.c.agency_id,
        newer.c.revision > issued_scorecards.c.revision,
        step.c.card_id == newer.c.id,
        step.c.kind == CardStepKind.PUBLISHED.value,
    )


async def list_own_lines(
    session: AsyncSession, agency_id: UUID, card_id: UUID
) -> dict[str, OwnLine]:
    """The lines of this card that the agency contested, by the line's id."""
    decided = and_(
        line_decisions.c.contest_id == contested_lines.c.contest_id,
        line_decisions.c.line_id == contested_lines.c.line_id,
    )
    statement = (
        select(
            contested_lines.c.line_id, contested_lines.c.contest_id, contested_lines.c.ground,
            card_contests.c.filed_at, card_contests.c.due_on, line_decisions.c.upheld,
            line_decisions.c.decided_at, line_decisions.c.reason.label("decision_reason"),
        )
        .join(card_contests, card_contests.c.id == contested_lines.c.contest_id)
        .outerjoin(line_decisions, decided)
        .where(contested_lines.c.card_id == card_id, card_contests.c.agency_id == agency_id)
        .order_by(contested_lines.c.line_id)
        .limit(MOST_LINES)
    )  # fmt: skip
    rows = (await session.execute(statement)).mappings()
    return {row["line_id"]: OwnLine(**{**row, "ground": Ground(row["ground"])}) for row in rows}


async def list_notices(
    session: AsyncSession, agency_id: UUID, *, limit: int, offset: int = 0
) -> list[NoticeLine]:
    """The notices served on the agency: those that may still be answered first, the newest on top."""
    notices = _notices(agency_id).subquery()
    statement = (
        select(
            findings.c.id, findings.c.item_id, findings.c.question, findings.c.severity,
            notices.c.served_on, notices.c.replied, notices.c.decided,
        )
        .join(notices, notices.c.shown_id == findings.c.id)
        .order_by(notices.c.decided, notices.c.served_on.desc(), findings.c.id)
        .limit(limit)
        .offset(offset)
    )  # fmt: skip
    rows = (await session.execute(statement)).mappings()
    return [NoticeLine(**{**row, "severity": Severity(row["severity"])}) for row in rows]


async def count_notices(session: AsyncSession, agency_id: UUID) -> int:
    notices = _notices(agency_id).subquery()
    return await session.scalar(select(func.count()).select_from(notices)) or 0


def _notices(agency_id: UUID) -> Select[tuple[object, ...]]:
    """One row a notice: findings whose notice is the same to the letter are one (`portal.rules`)."""
    told = _told(agency_id)
    first = func.min(told.c.served_on)
    return select(
        told.c.shown_id,
        func.coalesce(first.filter(~told.c.decided), first).label("served_on"),
        func.bool_or(told.c.replied).label("replied"),
        func.bool_and(told.c.decided).label("decided"),
    ).group_by(told.c.shown_id)


def _told(agency_id: UUID) -> Subquery:
    """The served findings of the agency with what happened to each, and the finding whose notice the
    agency holds: where few workers spoke, that of the documents. Without one, nothing is shown."""
    found, paper = findings.alias("found"), findings.alias("paper")
    kind = finding_steps.c.kind
    return (
        select(
            found.c.id.label("finding_id"),
            func.coalesce(paper.c.id, found.c.id).label("shown_id"),
            func.min(finding_steps.c.on_date)
            .filter(kind == StepKind.SERVED.value)
            .label("served_on"),
            func.bool_or(kind == StepKind.REPLIED.value).label("replied"),
            func.bool_or(kind.in_([one.value for one in DECISIONS])).label("decided"),
        )
        .select_from(
            found.join(finding_steps, finding_steps.c.finding_id == found.c.id).outerjoin(
                paper,
                and_(
                    found.c.workers_asked < FEWEST_WORKERS_SHOWN,
                    paper.c.source_id == found.c.source_id,
                    paper.c.item_id == found.c.borne_out_by,
                ),
            )
        )
        .where(
            found.c.agency_id == agency_id,
            or_(
                found.c.workers_asked.is_(None),
                found.c.workers_asked >= FEWEST_WORKERS_SHOWN,
                paper.c.id.is_not(None),
            ),
        )
        .group_by(found.c.id, paper.c.id)
        .having(func.bool_or(kind == StepKind.SERVED.value))
        .subquery()
    )


async def get_notice(session: AsyncSession, agency_id: UUID, notice_id: UUID) -> Notice:
    """One notice served on this agency. Raises NoticeUnknown, also for those of others."""
    told = _told(agency_id)
    statement = (
        select(told.c.finding_id)
        .where(told.c.shown_id == notice_id)
        .order_by(told.c.finding_id)
        .limit(MOST_BEHIND)
    )
    behind = []
    for finding_id in await session.scalars(statement):
        finding = await findings_queries.get_finding(session, finding_id)
        behind.append((finding, await findings_queries.find_paper(session, finding)))
    takers = {step.taken_by for finding, _ in behind for step in finding.steps}
    own_people = select(people.c.id).where(
        people.c.agency_id == agency_id, people.c.id.in_(sorted(takers))
    )
    notice = notice_of(notice_id, behind, frozenset(await session.scalars(own_people)))
    if notice is None:
        raise NoticeUnknown
    return notice
