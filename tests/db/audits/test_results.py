"""Results of approved audits: kept at approval, equal to the document judged again, added only."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from factories.accounts import store_person
from factories.audits import (
    NOW,
    VISITED_ON,
    make_answer,
    store_audit,
    store_interview,
    store_submission,
)
from recruitwatch.accounts.values import Role
from recruitwatch.audits import queries
from recruitwatch.audits.actions.keeping import keep_due_results
from recruitwatch.audits.actions.reviewing import approve_audit, return_audit
from recruitwatch.audits.queries.results import judge, list_due
from recruitwatch.audits.tables import audit_results, audit_reviews
from recruitwatch.audits.values import ApprovedAudit
from recruitwatch.audits.values.results import JudgedAudit
from recruitwatch.checklists.values import RatioAnswer, Word


async def store_handed_in(session: AsyncSession) -> tuple[UUID, UUID]:
    """An audit with a talk, waiting for its review: submission and agency."""
    inspector = await store_person(session, Role.INSPECTOR)
    answers = [
        make_answer("SOP-FEE-01", value=RatioAnswer(ok=7, checked=10)),
        make_answer("SOP-FEE-05", Word.NO),
        make_answer("COV-LAW-01", Word.PARTIAL),
    ]
    audit_id = await store_audit(
        session, inspector, lists=("sop", "covenant", "predeparture"), answers=answers
    )
    await store_interview(
        session, inspector, audit_id, 1,
        make_answer("PDI-CNS-01", interview_no=1), make_answer("PDI-CON-01", interview_no=1),
        checklist_id="predeparture",
    )  # fmt: skip
    receipt = await store_submission(session, inspector, audit_id)
    return receipt.submission_id, (await queries.get_audit(session, audit_id)).agency_id


async def approve_without_result(session: AsyncSession, submission_id: UUID) -> None:
    """As an earlier version approved: the review alone."""
    submission = await queries.get_submission(session, submission_id)
    await session.execute(
        insert(audit_reviews).values(
            submission_id=submission_id, verdict="approved", reason="",
            inspector_id=submission.submitted_by, reviewer_id=uuid4(), reviewed_at=NOW,
        )
    )  # fmt: skip


async def from_document(session: AsyncSession, submission_id: UUID) -> list[JudgedAudit]:
    submission = await queries.get_submission(session, submission_id)
    return await judge(
        session,
        [
            ApprovedAudit(
                submission_id=submission_id,
                agency_id=submission.agency_id,
                document=submission.document,
                approved_at=NOW,
            )
        ],
    )


async def test_what_an_approval_keeps_is_what_the_document_gives(session: AsyncSession) -> None:
    submission_id, agency_id = await store_handed_in(session)
    reviewer = await store_person(session, Role.REVIEWER)
    await approve_audit(session, reviewer, NOW, submission_id=submission_id)
    kept = await queries.list_results(session, [agency_id], VISITED_ON)
    assert kept == await from_document(session, submission_id)
    earned = {one.item_id: one.earned for used in kept[0].result.lists for one in used.answers}
    assert earned == {"SOP-FEE-01": (7, 10), "SOP-FEE-05": 1.0, "COV-LAW-01": 0.5}
    assert kept[0].result.days[0].said["PDI-CON-01"].whole == 1
    assert await list_due(session, limit=10) == []


async def test_an_audit_approved_before_reads_the_same_before_and_after_it_is_kept(
    session: AsyncSession,
) -> None:
    submission_id, agency_id = await store_handed_in(session)
    await approve_without_result(session, submission_id)
    before = await queries.list_results(session, [agency_id], VISITED_ON)
    assert before == await from_document(session, submission_id)
    assert not await queries.list_results(session, [agency_id], VISITED_ON + timedelta(1))
    assert len(await list_due(session, limit=10)) == 1
    assert await keep_due_results(session) == 1
    assert await keep_due_results(session) == 0
    assert await queries.list_results(session, [agency_id], VISITED_ON) == before
    assert await session.scalar(select(func.count()).select_from(audit_results)) == 1


async def test_kept_audits_and_others_come_together_by_day(session: AsyncSession) -> None:
    inspector, reviewer = [
        await store_person(session, role) for role in (Role.INSPECTOR, Role.REVIEWER)
    ]
    first, agency_id = await store_handed_in(session)
    await approve_without_result(session, first)
    later = await store_audit(
        session, inspector, agency_id=agency_id, visited_on=VISITED_ON + timedelta(2)
    )
    earlier = await store_audit(
        session, inspector, agency_id=agency_id, visited_on=VISITED_ON - timedelta(2)
    )
    for audit_id in (later, earlier):
        receipt = await store_submission(session, inspector, audit_id)
        await approve_audit(session, reviewer, NOW, submission_id=receipt.submission_id)
    found = await queries.list_results(session, [agency_id], VISITED_ON - timedelta(2))
    assert [one.visited_on - VISITED_ON for one in found] == [
        timedelta(-2), timedelta(0), timedelta(2),
    ]  # fmt: skip
    assert found[1].submission_id == first


async def test_what_was_returned_has_no_result(session: AsyncSession) -> None:
    submission_id, agency_id = await store_handed_in(session)
    reviewer = await store_person(session, Role.REVIEWER)
    await return_audit(session, reviewer, NOW, submission_id=submission_id, reason="Look again.")
    assert await list_due(session, limit=10) == []
    assert not await queries.list_results(session, [agency_id], VISITED_ON)


@pytest.mark.parametrize(
    "change", [update(audit_results).values(result="{}"), delete(audit_results)]
)
async def test_nobody_changes_a_result(session: AsyncSession, change) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(DBAPIError):
        await session.execute(change)
