"""Drafts: started once, written by one person, handed over, given up."""

from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from factories.accounts import store_person
from factories.agencies import store_agency
from factories.audits import (
    FACTS,
    NOW,
    VISITED_ON,
    choose,
    make_answer,
    make_new_audit,
    store_audit,
    store_interview,
    store_submission,
)
from factories.checklists import store_library
from recruitwatch.accounts.values import Role
from recruitwatch.agencies.values import AgencyUnknown
from recruitwatch.audits import queries
from recruitwatch.audits.actions.drafting import (
    abandon_audit,
    change_visit,
    hand_over_audits,
    save_answers,
    start_audit,
)
from recruitwatch.audits.actions.interviewing import (
    add_interview,
    remove_interview,
    save_interview,
)
from recruitwatch.audits.actions.reviewing import approve_audit, return_audit
from recruitwatch.audits.values import (
    Answer,
    AuditClosed,
    AuditFilter,
    AuditState,
    AuditTaken,
    Changes,
    HandOverRefused,
    Interview,
    InterviewForm,
    ListChoice,
    NotYourAudit,
    ReviewedByInspector,
    SectionUnknown,
    VisitChange,
)
from recruitwatch.checklists.values import Word
from recruitwatch.checklists.values.stored import VersionUnknown
from recruitwatch.db.constraints import constraint_name
from recruitwatch.findings.queries import get_finding, list_findings
from recruitwatch.findings.values import FindingFilter
from recruitwatch.history.queries import list_entries


async def test_the_same_form_twice_starts_one_audit(session: AsyncSession) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    await store_library(session)
    new = make_new_audit(await store_agency(session), lists=choose("sop", "covenant"))
    ids = {await start_audit(session, inspector, NOW, new=new) for _ in range(2)}
    assert ids == {new.id}
    audit = await queries.get_audit(session, new.id)
    assert [one.checklist_id for one in audit.lists] == ["covenant", "sop"]
    assert len(await list_entries(session, subject=("audit", new.id), limit=5)) == 1


async def test_a_number_that_is_taken_starts_nothing(session: AsyncSession) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    other = await store_person(session, Role.INSPECTOR)
    audit_id = await store_audit(session, inspector)
    agency_id = (await queries.get_audit(session, audit_id)).agency_id
    with pytest.raises(AuditTaken):
        await start_audit(session, other, NOW, new=make_new_audit(agency_id, id=audit_id))


async def test_an_audit_needs_an_agency_and_published_lists(session: AsyncSession) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    await store_library(session)
    with pytest.raises(AgencyUnknown):
        await start_audit(session, inspector, NOW, new=make_new_audit(uuid4()))
    lists = (ListChoice(checklist_id="covenant", version=9),)
    with pytest.raises(VersionUnknown):
        await start_audit(
            session, inspector, NOW, new=make_new_audit(await store_agency(session), lists=lists)
        )


async def test_an_unannounced_visit_needs_its_reason_in_the_database_too(
    session: AsyncSession,
) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    with pytest.raises(DBAPIError) as problem:
        await store_audit(session, inspector, announced=False, unannounced_reason="")
    assert constraint_name(problem.value) == "ck_audits_unannounced"


async def test_a_changed_fact_loses_no_answer_and_stands_in_history(session: AsyncSession) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    audit_id = await store_audit(session, inspector, answers=[make_answer("COV-LAW-01")])
    change = VisitChange(
        announced=True, unannounced_reason="", visited_on=VISITED_ON,
        facts={**FACTS, "places_women": False},
    )  # fmt: skip
    for _ in range(2):
        await change_visit(session, inspector, NOW, audit_id=audit_id, change=change)
    assert len(await queries.list_answers(session, audit_id)) == 1
    last, *_ = lines = await list_entries(session, subject=("audit", audit_id), limit=9)
    assert [line.action for line in lines].count("audit_changed") == 1
    assert last.details["new"]["facts"]["places_women"] is False  # type: ignore[index]


async def test_answers_come_back_as_they_were_saved(session: AsyncSession) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    answers = [
        make_answer("COV-LAW-01", Word.NO, note="Seen"),
        make_answer("COV-LAW-02", value=None, evidence=None, note="Manager away"),
    ]
    audit_id = await store_audit(session, inspector, answers=answers)
    assert await queries.list_answers(session, audit_id) == answers
    await save_answers(
        session, inspector, NOW, audit_id=audit_id, checklist_id="covenant",
        changes=Changes(answers=(make_answer("COV-LAW-01"),), cleared=("COV-LAW-02",)),
    )  # fmt: skip
    assert await queries.list_answers(session, audit_id) == [make_answer("COV-LAW-01")]


async def test_history_holds_old_and_new_of_what_changed(session: AsyncSession) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    audit_id = await store_audit(
        session, inspector, answers=[make_answer("COV-LAW-01", Word.NO, note="Secret ledger")]
    )

    async def save(*answers: Answer, cleared: tuple[str, ...] = ()) -> dict[str, object]:
        await save_answers(
            session, inspector, NOW, audit_id=audit_id, checklist_id="covenant",
            changes=Changes(answers=answers, cleared=cleared),
        )  # fmt: skip
        return (await list_entries(session, subject=("audit", audit_id), limit=1))[0].details

    no, yes = {"kind": "word", "word": "no"}, {"kind": "word", "word": "yes"}
    first = (await list_entries(session, subject=("audit", audit_id), limit=1))[0].details
    new = {"value": no, "evidence": "E2", "note_changed": True}
    assert first == {"list": "covenant", "changes": {"COV-LAW-01": {"old": {}, "new": new}}}
    # The same again is no change, and leaves no line.
    assert await save(make_answer("COV-LAW-01", Word.NO, note="Secret ledger")) == first
    changed = await save(make_answer("COV-LAW-01", Word.YES, note="Secret ledger"))
    assert changed["changes"] == {"COV-LAW-01": {"old": {"value": no}, "new": {"value": yes}}}
    taken_back = await save(cleared=("COV-LAW-01",))
    old = {"value": yes, "evidence": "E2"}
    assert taken_back["changes"] == {"COV-LAW-01": {"old": old, "new": {"note_changed": True}}}
    assert len(await list_entries(session, subject=("audit", audit_id), limit=9)) == 4


async def test_history_of_a_talk_names_questions_and_never_answers(session: AsyncSession) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    audit_id = await store_audit(session, inspector, lists=("predeparture",))
    said = [make_answer("PDI-CNS-01", interview_no=1), make_answer("PDI-FEE-02", interview_no=1)]
    await store_interview(session, inspector, audit_id, 1, *said, checklist_id="predeparture")
    await remove_interview(
        session, inspector, NOW, audit_id=audit_id, checklist_id="predeparture", interview_no=1
    )
    lines = await list_entries(session, subject=("audit", audit_id), limit=2)
    asked = ["PDI-CNS-01", "PDI-FEE-02"]
    assert [line.details for line in lines] == [
        {"list": "predeparture", "interview": 1, "taken_back": asked},
        {"list": "predeparture", "interview": 1, "answered": asked},
    ]


async def test_who_worked_before_a_hand_over_is_never_forgotten(session: AsyncSession) -> None:
    """Its answers written over by the successor, the first inspector still had a part in the audit."""
    old = await store_person(session, Role.INSPECTOR, Role.REGULATOR)
    new = await store_person(session, Role.INSPECTOR)
    first, second = [await store_person(session, Role.REVIEWER) for _ in range(2)]
    administrator = await store_person(session, Role.ADMINISTRATOR)
    audit_id = await store_audit(session, old, answers=[make_answer("COV-LAW-01")])
    await hand_over_audits(session, administrator, NOW, from_person=old.id, to_person=new.id)
    await save_answers(
        session, new, NOW, audit_id=audit_id, checklist_id="covenant",
        changes=Changes(answers=(make_answer("COV-LAW-01", Word.NO),)),
    )  # fmt: skip
    receipt = await store_submission(session, new, audit_id)
    with pytest.raises(ReviewedByInspector):
        await approve_audit(session, old, NOW, submission_id=receipt.submission_id)
    await return_audit(session, first, NOW, submission_id=receipt.submission_id, reason="Why?")
    receipt = await store_submission(session, new, audit_id)
    await approve_audit(session, second, NOW, submission_id=receipt.submission_id)
    (line,) = await list_findings(session, FindingFilter(), limit=5)
    finding = await get_finding(session, line.id)
    assert finding.barred == {old.id, new.id, first.id, second.id}
    assert finding.reviewers == {first.id, second.id}


async def test_without_consent_only_the_refusal_stays(session: AsyncSession) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    audit_id = await store_audit(session, inspector, lists=("predeparture",))
    said = [make_answer("PDI-CNS-01", interview_no=1), make_answer("PDI-FEE-02", interview_no=1)]
    await store_interview(
        session, inspector, audit_id, 1, *said, checklist_id="predeparture",
        facts={"worker_is_woman": True},
    )  # fmt: skip
    assert len(await queries.list_answers(session, audit_id)) == 2
    refusal = make_answer("PDI-CNS-01", Word.NO, interview_no=1)
    form = InterviewForm(
        held_on=VISITED_ON, facts={"worker_is_woman": True},
        changes=Changes(answers=(refusal, said[1])),
    )  # fmt: skip
    await save_interview(
        session, inspector, NOW, audit_id=audit_id, checklist_id="predeparture", interview_no=1,
        form=form,
    )  # fmt: skip
    assert await queries.list_answers(session, audit_id) == [refusal]
    (talk,) = await queries.list_interviews(session, audit_id)
    assert talk.facts == {}


async def test_a_removed_talk_leaves_nothing(session: AsyncSession) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    audit_id = await store_audit(session, inspector, lists=("returnee",))
    for number in (1, 2):
        await store_interview(
            session, inspector, audit_id, number, make_answer("RTI-CNS-01", interview_no=number)
        )
    await remove_interview(
        session, inspector, NOW, audit_id=audit_id, checklist_id="returnee", interview_no=1
    )
    assert [one.interview_no for one in await queries.list_interviews(session, audit_id)] == [2]
    assert [one.interview_no for one in await queries.list_answers(session, audit_id)] == [2]


async def test_a_talk_needs_an_interview_list_and_a_free_number(session: AsyncSession) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    audit_id = await store_audit(session, inspector, lists=("covenant", "returnee"))
    for name in ("covenant", "predeparture"):
        talk = Interview(checklist_id=name, interview_no=1, held_on=VISITED_ON, facts={})
        with pytest.raises(SectionUnknown):
            await add_interview(session, inspector, NOW, audit_id=audit_id, interview=talk)
    talk = Interview(checklist_id="returnee", interview_no=1, held_on=VISITED_ON, facts={})
    await add_interview(session, inspector, NOW, audit_id=audit_id, interview=talk)
    with pytest.raises(DBAPIError) as problem:
        await add_interview(session, inspector, NOW, audit_id=audit_id, interview=talk)
    assert constraint_name(problem.value) in queries.CONSTRAINTS


async def test_open_audits_are_handed_over_and_others_stay(session: AsyncSession) -> None:
    old = await store_person(session, Role.INSPECTOR)
    new = await store_person(session, Role.INSPECTOR, Role.REVIEWER)
    reviewer = await store_person(session, Role.REVIEWER)
    administrator = await store_person(session, Role.ADMINISTRATOR)
    draft = await store_audit(session, old, answers=[make_answer("COV-LAW-01")])
    returned, approved = await store_audit(session, old), await store_audit(session, old)
    receipt = await store_submission(session, old, returned)
    await return_audit(
        session, reviewer, NOW, submission_id=receipt.submission_id, reason="Too short."
    )
    receipt = await store_submission(session, old, approved)
    await approve_audit(session, reviewer, NOW, submission_id=receipt.submission_id)

    moved = await hand_over_audits(
        session, administrator, NOW, from_person=old.id, to_person=new.id
    )
    assert moved == 2
    owners = {
        one: (await queries.get_audit(session, one)).inspector_id
        for one in (draft, returned, approved)
    }
    assert owners == {draft: new.id, returned: new.id, approved: old.id}
    assert await queries.count_open_drafts(session, old.id) == 0
    assert await queries.count_open_drafts(session, new.id) == 2
    (line, *_) = await list_entries(session, subject=("audit", draft), limit=1)
    assert line.action == "work_handed_over"
    with pytest.raises(NotYourAudit):
        await store_submission(session, old, draft)
    # Who answered before the hand-over worked on the audit as much as who hands it in.
    receipt = await store_submission(session, new, draft)
    with pytest.raises(ReviewedByInspector):
        await approve_audit(session, old, NOW, submission_id=receipt.submission_id)


async def test_audits_go_only_to_an_inspector(session: AsyncSession) -> None:
    old = await store_person(session, Role.INSPECTOR)
    regulator = await store_person(session, Role.REGULATOR)
    administrator = await store_person(session, Role.ADMINISTRATOR)
    await store_audit(session, old)
    for to_person in (regulator.id, old.id):
        with pytest.raises(HandOverRefused):
            await hand_over_audits(
                session, administrator, NOW, from_person=old.id, to_person=to_person
            )


async def test_an_audit_given_up_is_closed(session: AsyncSession) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    audit_id = await store_audit(session, inspector)
    await abandon_audit(session, inspector, NOW, audit_id=audit_id)
    with pytest.raises(AuditClosed):
        await abandon_audit(session, inspector, NOW, audit_id=audit_id)
    with pytest.raises(DBAPIError, match="the audit is abandoned"):
        await session.execute(
            text(
                "insert into audit_interviews select id, 'returnee', 1, visited_on, '{}', created_at "
                "from audits"
            )
        )


async def test_lists_and_counts_narrow(session: AsyncSession) -> None:
    mine = await store_person(session, Role.INSPECTOR)
    other = await store_person(session, Role.INSPECTOR)
    first, second = await store_audit(session, mine), await store_audit(session, other)
    await store_submission(session, other, second)
    assert [
        one.id
        for one in await queries.list_audits(session, AuditFilter(inspector_id=mine.id), limit=50)
    ] == [first]
    chosen = AuditFilter(state=AuditState.SUBMITTED)
    assert [one.id for one in await queries.list_audits(session, chosen, limit=50)] == [second]
    assert await queries.count_audits(session, AuditFilter()) == 2
    assert await queries.count_waiting_reviews(session) == 1
    (waiting,) = await queries.list_waiting_reviews(session, limit=50)
    assert (waiting.audit_id, waiting.revision) == (second, 1)


async def test_results_of_many_agencies_come_in_two_statements(
    session: AsyncSession, request: pytest.FixtureRequest
) -> None:
    counted = request.getfixturevalue("queries")
    inspector = await store_person(session, Role.INSPECTOR)
    reviewer = await store_person(session, Role.REVIEWER)
    agencies = []
    for _ in range(3):
        audit_id = await store_audit(session, inspector, answers=[make_answer("COV-LAW-01")])
        receipt = await store_submission(session, inspector, audit_id)
        await approve_audit(session, reviewer, NOW, submission_id=receipt.submission_id)
        agencies.append((await queries.get_audit(session, audit_id)).agency_id)
    with counted(at_most=2):
        found = await queries.list_results(session, agencies, VISITED_ON)
    assert {one.agency_id for one in found} == set(agencies)
    assert not await queries.list_results(session, agencies, VISITED_ON.replace(day=21))
