"""SQL of what was handed in: frozen documents, receipts, reviews. Nothing here is ever changed."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, or_, select
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import people
from recruitwatch.actor import Actor
from recruitwatch.agencies.tables import agencies
from recruitwatch.audits.rules.freezing import read_document
from recruitwatch.audits.tables import audit_reviews, audit_submissions
from recruitwatch.audits.values import (
    AuditClosed,
    AuditDocument,
    InterviewTaken,
    Receipt,
    Review,
    ReviewedByInspector,
    ReviewedTwice,
    Submission,
    SubmissionDiffers,
    SubmissionUnknown,
    Verdict,
)
from recruitwatch.errors import RecruitwatchError

CONSTRAINTS: Mapping[str, type[RecruitwatchError]] = {
    "pk_audit_submissions": SubmissionDiffers,
    "uq_audit_submissions_revision": AuditClosed,
    "pk_audit_interviews": InterviewTaken,
    "pk_audit_reviews": ReviewedTwice,
    "ck_audit_reviews_other_person": ReviewedByInspector,
    "tr_audit_reviews_other_person": ReviewedByInspector,
}

_SUBMISSION = (
    select(
        audit_submissions,
        agencies.c.legal_name.label("agency_name"),
        people.c.full_name.label("submitted_by_name"),
    )
    .join(agencies, agencies.c.id == audit_submissions.c.agency_id)
    .join(people, people.c.id == audit_submissions.c.submitted_by)
)


def _submission(row: RowMapping) -> Submission:
    return Submission(**{**row, "document": read_document(row["document"])})


async def find_submission(session: AsyncSession, submission_id: UUID) -> Submission | None:
    statement = _SUBMISSION.where(audit_submissions.c.id == submission_id)
    row = (await session.execute(statement)).mappings().one_or_none()
    return None if row is None else _submission(row)


async def get_submission(session: AsyncSession, submission_id: UUID) -> Submission:
    found = await find_submission(session, submission_id)
    if found is None:
        raise SubmissionUnknown
    return found


async def insert_submission(
    session: AsyncSession,
    actor: Actor,
    submission_id: UUID,
    document: AuditDocument,
    *,
    text: str,
    sha256: str,
    now: datetime,
) -> None:
    await session.execute(
        insert(audit_submissions).values(
            id=submission_id,
            audit_id=document.audit_id,
            agency_id=document.agency_id,
            revision=document.revision,
            document=text,
            sha256=sha256,
            submitted_by=actor.id,
            submitted_at=now,
        )
    )


async def list_receipts(session: AsyncSession, audit_id: UUID) -> list[Receipt]:
    """What was handed in of this audit, latest first."""
    statement = (
        select(
            audit_submissions.c.id.label("submission_id"), audit_submissions.c.audit_id,
            audit_submissions.c.revision, audit_submissions.c.sha256,
            audit_submissions.c.submitted_at,
        )
        .where(audit_submissions.c.audit_id == audit_id)
        .order_by(audit_submissions.c.revision.desc())
        .limit(100)
    )  # fmt: skip
    rows = (await session.execute(statement)).mappings()
    return [Receipt(**row, already=True) for row in rows]


async def insert_review(
    session: AsyncSession,
    actor: Actor,
    submission: Submission,
    *,
    verdict: Verdict,
    reason: str,
    now: datetime,
) -> None:
    await session.execute(
        insert(audit_reviews).values(
            submission_id=submission.id,
            verdict=verdict.value,
            reason=reason,
            inspector_id=submission.submitted_by,
            reviewer_id=actor.id,
            reviewed_at=now,
        )
    )


async def list_reviewers_of(session: AsyncSession, audit_id: UUID) -> frozenset[UUID]:
    """Everybody who reviewed a submission of this audit, whatever the verdict."""
    statement = (
        select(audit_reviews.c.reviewer_id)
        .join(audit_submissions, audit_submissions.c.id == audit_reviews.c.submission_id)
        .where(audit_submissions.c.audit_id == audit_id)
        .distinct()
        .order_by(audit_reviews.c.reviewer_id)
    )
    return frozenset(await session.scalars(statement))


async def find_worked_on(
    session: AsyncSession, person_id: UUID, submission_ids: Collection[UUID]
) -> frozenset[UUID]:
    """Those of these submissions that a person inspected or reviewed."""
    if not submission_ids:
        return frozenset()
    statement = (
        select(audit_reviews.c.submission_id)
        .where(
            audit_reviews.c.submission_id.in_(submission_ids),
            or_(
                audit_reviews.c.inspector_id == person_id,
                audit_reviews.c.reviewer_id == person_id,
            ),
        )
        .order_by(audit_reviews.c.submission_id)
    )
    return frozenset(await session.scalars(statement))


async def list_reviews(session: AsyncSession, audit_id: UUID) -> list[Review]:
    """The reviews of this audit's submissions, latest first."""
    statement = (
        select(
            audit_reviews.c.submission_id, audit_submissions.c.revision, audit_reviews.c.verdict,
            audit_reviews.c.reason, people.c.full_name.label("reviewer_name"),
            audit_reviews.c.reviewed_at,
        )
        .join(audit_submissions, audit_submissions.c.id == audit_reviews.c.submission_id)
        .join(people, people.c.id == audit_reviews.c.reviewer_id)
        .where(audit_submissions.c.audit_id == audit_id)
        .order_by(audit_submissions.c.revision.desc(), audit_reviews.c.submission_id)
        .limit(100)
    )  # fmt: skip
    rows = (await session.execute(statement)).mappings()
    return [Review(**{**row, "verdict": Verdict(row["verdict"])}) for row in rows]
