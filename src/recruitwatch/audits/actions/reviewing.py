"""The second person's word on a submission: approve it, which keeps its results and opens its findings,
or return it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.audits import queries
from recruitwatch.audits.rules.judging import judged
from recruitwatch.audits.rules.opening import findings_of
from recruitwatch.audits.rules.rights import may_review
from recruitwatch.audits.values import (
    ApprovedAudit,
    Audit,
    AuditDocument,
    AuditState,
    ReviewedByInspector,
    ReviewedTwice,
    Submission,
    Verdict,
)
from recruitwatch.checklists.queries import get_parameters, get_version, get_vocabulary
from recruitwatch.checklists.rules import Parameters
from recruitwatch.checklists.values import Checklist
from recruitwatch.findings.actions import open_findings
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action


async def approve_audit(
    session: AsyncSession, actor: Actor, now: datetime, *, submission_id: UUID
) -> int:
    """Approve a submission; gives how many findings that opened."""
    _audit, submission = await _lock_for_review(session, actor, submission_id)
    await queries.insert_review(
        session, actor, submission, verdict=Verdict.APPROVED, reason="", now=now
    )
    await queries.set_state(session, submission.audit_id, AuditState.APPROVED, now)
    checklists, parameters = await judged_by(session, submission.document, now)
    approved = ApprovedAudit(
        submission_id=submission_id, agency_id=submission.agency_id,
        document=submission.document, approved_at=now,
    )  # fmt: skip
    await queries.insert_results(session, [judged(approved, checklists, parameters)])
    new = findings_of(submission_id, submission.document, checklists, parameters)
    await record(
        session, actor, Action.AUDIT_APPROVED, subject=("audit", submission.audit_id), now=now,
        details={"submission_id": str(submission_id), "findings": len(new)},
    )  # fmt: skip
    return await open_findings(
        session, actor, now, new=new,
        worked_by=await queries.list_workers_on(session, submission.audit_id),
        reviewed_by=await queries.list_reviewers_of(session, submission.audit_id),
    )  # fmt: skip


async def return_audit(
    session: AsyncSession, actor: Actor, now: datetime, *, submission_id: UUID, reason: str
) -> None:
    """Give the audit back to its inspector with a reason; the next submission is a new revision."""
    audit, submission = await _lock_for_review(session, actor, submission_id)
    await queries.insert_review(
        session, actor, submission, verdict=Verdict.RETURNED, reason=reason, now=now
    )
    await queries.set_state(
        session, audit.id, AuditState.RETURNED, now, revision=audit.revision + 1
    )
    await record(
        session, actor, Action.AUDIT_RETURNED, subject=("audit", audit.id), now=now,
        details={"submission_id": str(submission_id), "reason": reason},
    )  # fmt: skip


async def judged_by(
    session: AsyncSession, document: AuditDocument, now: datetime
) -> tuple[dict[str, Checklist], dict[str, Parameters]]:
    """The lists of a document and, for each, the figures of national law in force now."""
    checklists, parameters = {}, {}
    in_force: dict[int, Parameters] = {}
    for one in document.lists:
        checklist = await get_version(session, one.checklist_id, one.version)
        checklists[checklist.id] = checklist
        if checklist.vocabulary not in in_force:
            words = await get_vocabulary(session, checklist.vocabulary)
            in_force[words.version] = await get_parameters(session, now, vocabulary=words)
        parameters[checklist.id] = in_force[checklist.vocabulary]
    return checklists, parameters


async def _lock_for_review(
    session: AsyncSession, actor: Actor, submission_id: UUID
) -> tuple[Audit, Submission]:
    submission = await queries.get_submission(session, submission_id)
    audit = await queries.lock_audit(session, submission.audit_id)
    worked_on = await queries.list_workers_on(session, audit.id)
    if not may_review(submission.submitted_by, worked_on, actor.person_id):
        raise ReviewedByInspector
    if audit.state is not AuditState.SUBMITTED or audit.revision != submission.revision:
        raise ReviewedTwice
    return audit, submission
