"""SQL of queues and counts: audits of an inspector or of everybody, and what waits for review."""

from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import people
from recruitwatch.agencies.tables import agencies
from recruitwatch.audits.tables import audit_lists, audit_submissions, audits
from recruitwatch.audits.values import (
    OPEN_STATES,
    AuditFilter,
    AuditLine,
    AuditState,
    WaitingReview,
)

_LIST_IDS = (
    select(
        func.array_agg(aggregate_order_by(audit_lists.c.checklist_id, audit_lists.c.checklist_id))
    )
    .where(audit_lists.c.audit_id == audits.c.id)
    .correlate(audits)
    .scalar_subquery()
)


def _conditions(chosen: AuditFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if chosen.state is not None:
        conditions.append(audits.c.state == chosen.state.value)
    if chosen.inspector_id is not None:
        conditions.append(audits.c.inspector_id == chosen.inspector_id)
    if chosen.agency_id is not None:
        conditions.append(audits.c.agency_id == chosen.agency_id)
    return conditions


async def list_audits(
    session: AsyncSession, chosen: AuditFilter, *, limit: int, offset: int = 0
) -> list[AuditLine]:
    """Last changed first."""
    statement = (
        select(
            audits.c.id, audits.c.agency_id, agencies.c.legal_name.label("agency_name"),
            audits.c.state, audits.c.visited_on, people.c.full_name.label("inspector_name"),
            _LIST_IDS.label("checklist_ids"), audits.c.updated_at,
        )
        .join(agencies, agencies.c.id == audits.c.agency_id)
        .join(people, people.c.id == audits.c.inspector_id)
        .where(*_conditions(chosen))
        .order_by(audits.c.updated_at.desc(), audits.c.id)
        .limit(limit)
        .offset(offset)
    )  # fmt: skip
    return [
        AuditLine(
            **{
                **row,
                "state": AuditState(row["state"]),
                "checklist_ids": tuple(row["checklist_ids"] or ()),
            }
        )
        for row in (await session.execute(statement)).mappings()
    ]


async def count_audits(session: AsyncSession, chosen: AuditFilter) -> int:
    statement = select(func.count()).select_from(audits).where(*_conditions(chosen))
    return await session.scalar(statement) or 0


async def count_open_drafts(session: AsyncSession, person: UUID) -> int:
    """Audits this inspector has still to hand in, returned ones too."""
    statement = (
        select(func.count())
        .select_from(audits)
        .where(
            audits.c.inspector_id == person,
            audits.c.state.in_([state.value for state in OPEN_STATES]),
        )
    )
    return await session.scalar(statement) or 0


async def count_waiting_reviews(session: AsyncSession) -> int:
    return await count_audits(session, AuditFilter(state=AuditState.SUBMITTED))


async def list_waiting_reviews(
    session: AsyncSession, *, limit: int, offset: int = 0
) -> list[WaitingReview]:
    """Oldest first: who waits longest stands at the top."""
    statement = (
        select(
            audit_submissions.c.id.label("submission_id"), audits.c.id.label("audit_id"),
            agencies.c.legal_name.label("agency_name"),
            people.c.full_name.label("inspector_name"), audits.c.visited_on,
            audit_submissions.c.revision, audit_submissions.c.submitted_at,
        )
        .select_from(audits)
        .join(
            audit_submissions,
            (audit_submissions.c.audit_id == audits.c.id)
            & (audit_submissions.c.revision == audits.c.revision),
        )
        .join(agencies, agencies.c.id == audits.c.agency_id)
        .join(people, people.c.id == audit_submissions.c.submitted_by)
        .where(audits.c.state == AuditState.SUBMITTED.value)
        .order_by(audit_submissions.c.submitted_at, audit_submissions.c.id)
        .limit(limit)
        .offset(offset)
    )  # fmt: skip
    return [WaitingReview(**row) for row in (await session.execute(statement)).mappings()]
