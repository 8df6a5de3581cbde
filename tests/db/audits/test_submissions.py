"""Handing in: once, whole, for good."""

import asyncio
from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import msgspec
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from factories.accounts import store_person
from factories.audits import (
    NOW,
    document_sha256,
    make_answer,
    store_audit,
    store_interview,
    store_submission,
    whole_document,
)
from recruitwatch.accounts.values import Role
from recruitwatch.actor import Actor
from recruitwatch.audits import queries
from recruitwatch.audits.actions.drafting import save_answers
from recruitwatch.audits.actions.reviewing import approve_audit, return_audit
from recruitwatch.audits.actions.submitting import receive_submission, submit_audit
from recruitwatch.audits.values import (
    AuditClosed,
    AuditDocument,
    AuditFaulty,
    AuditState,
    Changes,
    NotYourAudit,
    Receipt,
    ReviewedByInspector,
    ReviewedTwice,
    SubmissionDiffers,
)
from recruitwatch.checklists.values import Word, WordAnswer
from recruitwatch.errors import RecruitwatchError
from recruitwatch.history.queries import list_entries


async def test_the_same_submission_twice_gives_the_same_receipt(session: AsyncSession) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    audit_id = await store_audit(session, inspector, answers=[make_answer("COV-LAW-01")])
    sha256, submission_id = await document_sha256(session, audit_id), uuid4()
    first, second = [
        await submit_audit(
            session, inspector, NOW, audit_id=audit_id, submission_id=submission_id, sha256=sha256
        )
        for _ in range(2)
    ]
    assert (first.already, second.already) == (False, True)
    assert (first.sha256, first.revision) == (second.sha256, second.revision) == (sha256, 1)
    assert len(await queries.list_receipts(session, audit_id)) == 1


async def test_the_same_number_with_other_content_is_refused(session: AsyncSession) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    audit_id = await store_audit(session, inspector)
    receipt = await store_submission(session, inspector, audit_id)
    with pytest.raises(SubmissionDiffers):
        await submit_audit(
            session, inspector, NOW, audit_id=audit_id, submission_id=receipt.submission_id,
            sha256="0" * 64,
        )  # fmt: skip


async def test_answers_given_since_the_check_page_are_not_handed_in_unseen(
    session: AsyncSession,
) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    audit_id = await store_audit(session, inspector)
    seen = await document_sha256(session, audit_id)
    await save_answers(
        session, inspector, NOW, audit_id=audit_id, checklist_id="covenant",
        changes=Changes(answers=(make_answer("COV-LAW-01"),)),
    )  # fmt: skip
    with pytest.raises(SubmissionDiffers):
        await submit_audit(
            session, inspector, NOW, audit_id=audit_id, submission_id=uuid4(), sha256=seen
        )


async def test_an_answer_that_cannot_stand_keeps_the_audit_open(session: AsyncSession) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    wrong = make_answer("COV-LAW-01", Word.NA, evidence=None)
    audit_id = await store_audit(session, inspector, answers=[wrong])
    with pytest.raises(AuditFaulty) as problem:
        await store_submission(session, inspector, audit_id)
    assert problem.value.reasons[0].values["item"] == "COV-LAW-01"
    assert (await queries.get_audit(session, audit_id)).state is AuditState.DRAFT


async def test_nothing_can_be_answered_once_it_is_handed_in(session: AsyncSession) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    audit_id = await store_audit(session, inspector, answers=[make_answer("COV-LAW-01")])
    await store_submission(session, inspector, audit_id)
    with pytest.raises(AuditClosed):
        await save_answers(
            session, inspector, NOW, audit_id=audit_id, checklist_id="covenant",
            changes=Changes(answers=(make_answer("COV-LAW-02"),)),
        )  # fmt: skip


@pytest.mark.parametrize(
    "statement",
    [
        "update audit_answers set note = 'x'",
        "delete from audit_answers",
        "delete from audit_lists",
        "insert into audit_interviews select id, 'returnee', 1, visited_on, '{}', created_at from audits",
    ],
)
async def test_the_database_freezes_what_was_handed_in(
    session: AsyncSession, statement: str
) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    audit_id = await store_audit(session, inspector, answers=[make_answer("COV-LAW-01")])
    await store_submission(session, inspector, audit_id)
    with pytest.raises(DBAPIError, match="the audit is submitted"):
        await session.execute(text(statement))


@pytest.mark.parametrize("table", ["audit_submissions", "audit_reviews"])
@pytest.mark.parametrize("words", ["update {} set reason = ''", "delete from {}"])
async def test_submissions_and_reviews_cannot_be_changed(
    session: AsyncSession, table: str, words: str
) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    reviewer = await store_person(session, Role.REVIEWER)
    audit_id = await store_audit(session, inspector)
    receipt = await store_submission(session, inspector, audit_id)
    await approve_audit(session, reviewer, NOW, submission_id=receipt.submission_id)
    statement = words.format(table)
    if table == "audit_submissions":
        statement = statement.replace("reason", "sha256")
    with pytest.raises(DBAPIError, match="permission denied"):
        await session.execute(text(statement))


async def test_only_the_inspector_writes_and_hands_in(session: AsyncSession) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    other = await store_person(session, Role.INSPECTOR)
    audit_id = await store_audit(session, inspector)
    with pytest.raises(NotYourAudit):
        await store_submission(session, other, audit_id)
    with pytest.raises(NotYourAudit):
        await save_answers(
            session, other, NOW, audit_id=audit_id, checklist_id="covenant",
            changes=Changes(answers=(make_answer("COV-LAW-01"),)),
        )  # fmt: skip


async def test_nobody_reviews_what_they_worked_on(session: AsyncSession) -> None:
    both = await store_person(session, Role.INSPECTOR, Role.REVIEWER)
    audit_id = await store_audit(session, both)
    receipt = await store_submission(session, both, audit_id)
    with pytest.raises(ReviewedByInspector):
        await approve_audit(session, both, NOW, submission_id=receipt.submission_id)
    with pytest.raises(DBAPIError, match="nobody reviews their own audit"):
        await session.execute(
            text(
                "insert into audit_reviews select id, 'approved', '', gen_random_uuid(), "
                "submitted_by, submitted_at from audit_submissions"
            )
        )


async def test_a_returned_audit_is_handed_in_as_the_next_revision(session: AsyncSession) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    reviewer = await store_person(session, Role.REVIEWER)
    audit_id = await store_audit(session, inspector)
    first = await store_submission(session, inspector, audit_id)
    await return_audit(
        session, reviewer, NOW, submission_id=first.submission_id, reason="Section LAW is empty."
    )
    assert (await queries.get_audit(session, audit_id)).state is AuditState.RETURNED
    await save_answers(
        session, inspector, NOW, audit_id=audit_id, checklist_id="covenant",
        changes=Changes(answers=(make_answer("COV-LAW-01", Word.NO),)),
    )  # fmt: skip
    second = await store_submission(session, inspector, audit_id)
    assert (first.revision, second.revision) == (1, 2)
    assert await approve_audit(session, reviewer, NOW, submission_id=second.submission_id) == 1
    agency_id = (await queries.get_audit(session, audit_id)).agency_id
    (approved,) = await queries.list_results(session, [agency_id], NOW.date().replace(day=1))
    assert approved.submission_id == second.submission_id
    assert approved.result.lists[0].answers[0].item_id == "COV-LAW-01"


async def test_a_device_sends_a_whole_audit_as_often_as_it_likes(session: AsyncSession) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    draft = await store_audit(
        session, inspector, lists=("covenant", "returnee"), answers=[make_answer("COV-LAW-01")]
    )
    await store_interview(session, inspector, draft, 1, make_answer("RTI-CNS-01", interview_no=1))
    handed_in = await store_submission(session, inspector, draft)
    document = (await queries.get_submission(session, handed_in.submission_id)).document
    sent, submission_id = _renamed(document), uuid4()
    receipts = [
        await receive_submission(
            session, inspector, NOW, submission_id=submission_id, document=sent
        )
        for _ in range(2)
    ]
    assert [one.already for one in receipts] == [False, True]
    assert receipts[0].sha256 == receipts[1].sha256
    stored = await queries.get_submission(session, submission_id)
    assert stored.document == sent
    assert len(await queries.list_answers(session, sent.audit_id)) == 2
    shorter = _renamed(sent, audit_id=sent.audit_id, answers=())
    with pytest.raises(SubmissionDiffers):
        await receive_submission(
            session, inspector, NOW, submission_id=submission_id, document=shorter
        )


def _renamed(document: AuditDocument, **changes: object) -> AuditDocument:
    return msgspec.structs.replace(document, **{"audit_id": uuid4(), **changes})


@pytest.mark.committed
async def test_of_two_hand_ins_at_once_one_stands(fresh_engine: AsyncEngine) -> None:
    async with AsyncSession(fresh_engine) as session, session.begin():
        inspector = await store_person(session, Role.INSPECTOR)
        audit_id = await store_audit(session, inspector)
        sha256 = await document_sha256(session, audit_id)

    async def hand_in() -> Receipt | RecruitwatchError:
        try:
            async with AsyncSession(fresh_engine) as session, session.begin():
                return await submit_audit(
                    session, inspector, NOW, audit_id=audit_id, submission_id=uuid4(),
                    sha256=sha256,
                )  # fmt: skip
        except RecruitwatchError as problem:
            return problem

    ends = await asyncio.gather(*(hand_in() for _ in range(4)))
    assert sum(isinstance(end, Receipt) for end in ends) == 1
    assert sum(isinstance(end, AuditClosed) for end in ends) == 3


@pytest.mark.committed
async def test_a_late_answer_waits_for_the_hand_in_and_is_refused(
    fresh_engine: AsyncEngine,
) -> None:
    """Even past our own code: the database lets no answer slip in beside a frozen document."""
    async with AsyncSession(fresh_engine) as session, session.begin():
        inspector = await store_person(session, Role.INSPECTOR)
        audit_id = await store_audit(session, inspector)

    async def slip_in() -> None:
        async with AsyncSession(fresh_engine) as session, session.begin():
            await queries.set_answers(
                session, inspector, audit_id, [make_answer("COV-LAW-01")], NOW
            )

    async with AsyncSession(fresh_engine) as session, session.begin():
        await store_submission(session, inspector, audit_id)
        late = asyncio.create_task(slip_in())
        await asyncio.sleep(0.1)
    with pytest.raises(DBAPIError, match="the audit is submitted"):
        await late


@pytest.mark.committed
async def test_of_two_reviews_at_once_one_stands(fresh_engine: AsyncEngine) -> None:
    async with AsyncSession(fresh_engine) as session, session.begin():
        inspector = await store_person(session, Role.INSPECTOR)
        reviewers = [await store_person(session, Role.REVIEWER) for _ in range(2)]
        audit_id = await store_audit(
            session, inspector, answers=[make_answer("COV-LAW-01", Word.NO)]
        )
        receipt = await store_submission(session, inspector, audit_id)

    async def approve(reviewer: Actor) -> int | RecruitwatchError:
        try:
            async with AsyncSession(fresh_engine) as session, session.begin():
                return await approve_audit(
                    session, reviewer, NOW, submission_id=receipt.submission_id
                )
        except RecruitwatchError as problem:
            return problem

    ends = await asyncio.gather(*(approve(one) for one in reviewers))
    assert sorted(end == 1 for end in ends) == [False, True]
    assert sum(isinstance(end, ReviewedTwice) for end in ends) == 1


async def test_a_visit_of_the_ministrys_own_today_is_handed_in(session: AsyncSession) -> None:
    """Half past seven in Manila is still yesterday in UTC."""
    inspector = await store_person(session, Role.INSPECTOR)
    morning = datetime(2026, 6, 30, 7, 30, tzinfo=ZoneInfo("Asia/Manila"))
    today = await store_audit(session, inspector, visited_on=morning.date())
    assert not (await store_submission(session, inspector, today, now=morning)).already
    tomorrow = await store_audit(session, inspector, visited_on=date(2026, 7, 1))
    with pytest.raises(AuditFaulty):
        await store_submission(session, inspector, tomorrow, now=morning)
    evening = datetime(2026, 6, 30, 19, 30, tzinfo=ZoneInfo("America/Jamaica"))
    with pytest.raises(AuditFaulty):
        await store_submission(session, inspector, tomorrow, now=evening)


async def test_history_keeps_what_a_device_writes_over(session: AsyncSession) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    audit_id = await store_audit(
        session, inspector, answers=[make_answer("COV-LAW-01"), make_answer("COV-LAW-02")]
    )
    document = await whole_document(session, audit_id)
    first = msgspec.structs.replace(document.answers[0], value=WordAnswer(word=Word.NO))
    document = msgspec.structs.replace(document, answers=(first,))
    await receive_submission(session, inspector, NOW, submission_id=uuid4(), document=document)
    _submitted, line, *_ = await list_entries(session, subject=("audit", audit_id), limit=9)
    assert line.details["changes"] == {
        "COV-LAW-01": {"old": {"value": {"kind": "word", "word": "yes"}},
                       "new": {"value": {"kind": "word", "word": "no"}}},
        "COV-LAW-02": {"old": {"value": {"kind": "word", "word": "yes"}, "evidence": "E2"},
                       "new": {}},
    }  # fmt: skip
