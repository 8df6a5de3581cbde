"""SQL of results of approved audits: kept once, read by cards, never changed (decision 0019)."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CompoundSelect, null, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.audits.rules.freezing import read_document
from recruitwatch.audits.rules.judging import judged, read_result, written
from recruitwatch.audits.tables import (
    audit_results,
    audit_results_due,
    audit_reviews,
    audit_submissions,
    audits,
)
from recruitwatch.audits.values import ApprovedAudit
from recruitwatch.audits.values.results import JudgedAudit
from recruitwatch.checklists.queries import get_versions, get_vocabularies, list_settings
from recruitwatch.checklists.rules.figures import figures_of

_DUE = (
    audit_results_due.join(
        audit_submissions, audit_submissions.c.id == audit_results_due.c.submission_id
    )
    .join(audit_reviews, audit_reviews.c.submission_id == audit_submissions.c.id)
    .join(audits, audits.c.id == audit_submissions.c.audit_id)
)
_DUE_COLUMNS = (
    audit_results_due.c.submission_id, audit_submissions.c.agency_id,
    audit_reviews.c.reviewed_at, audit_submissions.c.document,
)  # fmt: skip


async def insert_results(session: AsyncSession, results: Sequence[JudgedAudit]) -> None:
    """Keep these results. One that is kept already stands: it says the same."""
    rows = [
        {
            "submission_id": one.submission_id,
            "agency_id": one.agency_id,
            "visited_on": one.visited_on,
            "approved_at": one.approved_at,
            "result": written(one.result),
        }
        for one in results
    ]
    await session.execute(insert(audit_results).values(rows).on_conflict_do_nothing())


async def list_results(
    session: AsyncSession, agency_ids: Sequence[UUID], since: date
) -> list[JudgedAudit]:
    """Every approved audit of these agencies visited on or after a day, by agency and day. Bounded by
    the agencies asked for: a card reads all of them. What was approved before results were kept is
    judged here from its document, and comes out the same."""
    found, due = [], []
    for (
        submission_id,
        agency_id,
        visited_on,
        approved_at,
        result,
        document,
    ) in await session.execute(_kept_and_due(agency_ids, since)):
        if result is None:
            due.append(_approved(submission_id, agency_id, approved_at, document))
            continue
        found.append(
            JudgedAudit(
                submission_id=submission_id,
                agency_id=agency_id,
                visited_on=visited_on,
                approved_at=approved_at,
                result=read_result(result),
            )
        )
    if not due:
        return found
    together = found + await judge(session, due)
    return sorted(together, key=lambda one: (one.agency_id, one.visited_on, one.submission_id))


def _kept_and_due(
    agency_ids: Sequence[UUID], since: date
) -> CompoundSelect[UUID, UUID, date, datetime, str | None, str]:
    kept = audit_results.c
    submission_id, agency_id, approved_at, document = _DUE_COLUMNS
    due = (
        select(submission_id, agency_id, audits.c.visited_on, approved_at, null(), document)
        .select_from(_DUE)
        .where(agency_id.in_(agency_ids), audits.c.visited_on >= since)
    )
    return (
        select(
            kept.submission_id, kept.agency_id, kept.visited_on, kept.approved_at, kept.result,
            null().label("document"),
        )
        .where(kept.agency_id.in_(agency_ids), kept.visited_on >= since)
        .union_all(due)
        .order_by("agency_id", "visited_on", "submission_id")
    )  # fmt: skip


async def list_due(session: AsyncSession, *, limit: int) -> list[ApprovedAudit]:
    """Approved audits whose results are not kept yet."""
    statement = (
        select(*_DUE_COLUMNS)
        .select_from(_DUE)
        .order_by(audit_results_due.c.submission_id)
        .limit(limit)
    )
    return [_approved(*row) for row in await session.execute(statement)]


def _approved(
    submission_id: UUID, agency_id: UUID, approved_at: datetime, document: str
) -> ApprovedAudit:
    return ApprovedAudit(
        submission_id=submission_id,
        agency_id=agency_id,
        document=read_document(document),
        approved_at=approved_at,
    )


async def judge(session: AsyncSession, approved: Sequence[ApprovedAudit]) -> list[JudgedAudit]:
    """These audits judged from their documents by the figures of national law of their approval."""
    used = {(one.checklist_id, one.version) for audit in approved for one in audit.document.lists}
    checklists = await get_versions(session, used)
    words = await get_vocabularies(session, {one.vocabulary for one in checklists.values()})
    settings = await list_settings(session)
    figures = {version: figures_of(one, settings) for version, one in words.items()}
    results = []
    for audit in approved:
        lists = {
            one.checklist_id: checklists[one.checklist_id, one.version]
            for one in audit.document.lists
        }
        in_force = {
            name: figures[one.vocabulary].at(audit.approved_at) for name, one in lists.items()
        }
        results.append(judged(audit, lists, in_force))
    return results
