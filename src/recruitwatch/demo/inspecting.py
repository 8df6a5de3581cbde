"""Visits as they happen: drafts, submissions, reviews, and the findings that come of them."""

from datetime import datetime
from functools import partial
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.audits.actions.drafting import abandon_audit, save_answers, start_audit
from recruitwatch.audits.actions.interviewing import add_interview, save_interview
from recruitwatch.audits.actions.reviewing import approve_audit, return_audit
from recruitwatch.audits.actions.submitting import receive_submission
from recruitwatch.audits.rules.freezing import answers_in, interviews_in
from recruitwatch.audits.values import (
    Answer,
    AuditDocument,
    Changes,
    Interview,
    InterviewForm,
    ListChoice,
    NewAudit,
)
from recruitwatch.demo.documents import Library, Place, document_of_visit
from recruitwatch.demo.following_up import FollowUp
from recruitwatch.demo.people import Staff
from recruitwatch.demo.remarks import ADDED_NOTE, RETURN_REASON
from recruitwatch.demo.stories import chance_of
from recruitwatch.demo.timeline import Timeline, days_later, office_hours
from recruitwatch.demo.visits import Ending, Visit, new_id

DRAFTED_SECTIONS = 5
DRAFTED_TALKS = 2


class Fieldwork:
    """The inspectors' and reviewers' work in one session."""

    def __init__(
        self, session: AsyncSession, staff: Staff, library: Library, timeline: Timeline
    ) -> None:
        self._session = session
        self._staff = staff
        self._library = library
        self._timeline = timeline
        self._follow_up = FollowUp(session, staff, timeline)

    def plan(self, visit: Visit, place: Place, now: datetime) -> None:
        """Put a visit into the timeline."""
        chance = visit.chance
        visited_at = office_hours(visit.visited_on, now, chance)
        if visit.ending in (Ending.DRAFT, Ending.ABANDONED):
            begin = self._draft if visit.ending is Ending.DRAFT else self._start
            self._timeline.add(visited_at, partial(begin, visit, place))
            if visit.ending is Ending.ABANDONED:
                later = days_later(visited_at, 2, chance)
                self._timeline.add(later, partial(self._abandon, visit))
        else:
            handed_in = days_later(visited_at, chance.randint(1, 3), chance)
            self._timeline.add(min(handed_in, now), partial(self._hand_in, visit, place, 1))

    def _inspector(self, visit: Visit) -> Actor:
        return self._staff.inspectors[visit.inspector]

    def _document(self, visit: Visit, place: Place, revision: int = 1) -> AuditDocument:
        return document_of_visit(
            visit, place, self._inspector(visit), self._library, revision=revision
        )

    async def _start(self, visit: Visit, place: Place, now: datetime) -> None:
        document = self._document(visit, place)
        new = NewAudit(
            id=visit.id,
            agency_id=place.agency_id,
            announced=document.announced,
            unannounced_reason=document.unannounced_reason,
            visited_on=visit.visited_on,
            lists=tuple(
                ListChoice(checklist_id=one.checklist_id, version=one.version)
                for one in document.lists
            ),
            facts=document.facts,
        )
        await start_audit(self._session, self._inspector(visit), now, new=new)

    async def _draft(self, visit: Visit, place: Place, now: datetime) -> None:
        """A visit that is half written down: some sections, two talks."""
        await self._start(visit, place, now)
        document = self._document(visit, place)
        answers = answers_in(document)
        for section in self._library.checklists["sop"].sections[:DRAFTED_SECTIONS]:
            asked = {item.id for item in section.items}
            page = tuple(one for one in answers if one.item_id in asked)
            await save_answers(
                self._session, self._inspector(visit), now,
                audit_id=visit.id, checklist_id="sop", changes=Changes(answers=page),
            )  # fmt: skip
        for interview in interviews_in(document)[:DRAFTED_TALKS]:
            await self._talk(visit, interview, answers, now)

    async def _talk(
        self, visit: Visit, interview: Interview, answers: tuple[Answer, ...], now: datetime
    ) -> None:
        key = (interview.checklist_id, interview.interview_no)
        page = tuple(one for one in answers if (one.checklist_id, one.interview_no) == key)
        inspector = self._inspector(visit)
        await add_interview(self._session, inspector, now, audit_id=visit.id, interview=interview)
        form = InterviewForm(
            held_on=interview.held_on, facts=interview.facts, changes=Changes(answers=page)
        )
        await save_interview(
            self._session, inspector, now, audit_id=visit.id,
            checklist_id=interview.checklist_id, interview_no=interview.interview_no, form=form,
        )  # fmt: skip

    async def _abandon(self, visit: Visit, now: datetime) -> None:
        await abandon_audit(self._session, self._inspector(visit), now, audit_id=visit.id)

    async def _hand_in(self, visit: Visit, place: Place, revision: int, now: datetime) -> None:
        chance = chance_of("submission", visit.id, revision)
        submission_id = new_id(chance)
        document = self._document(visit, place, revision)
        if revision > 1:
            document = _completed(document)
        await receive_submission(
            self._session, self._inspector(visit), now,
            submission_id=submission_id, document=document,
        )  # fmt: skip
        if visit.ending is Ending.WAITING:
            return
        reviewed = days_later(now, chance.randint(2, 6), chance)
        goes_back = visit.ending is not Ending.APPROVED and revision == 1

        async def review(at: datetime) -> None:
            if goes_back:
                await self._return(visit, place, submission_id, at)
            else:
                await approve_audit(
                    self._session, self._staff.reviewer, at, submission_id=submission_id
                )
                self._follow_up.plan(visit, place.agency_id, at)

        self._timeline.add(reviewed, review)

    async def _return(self, visit: Visit, place: Place, submission_id: UUID, now: datetime) -> None:
        await return_audit(
            self._session, self._staff.reviewer, now,
            submission_id=submission_id, reason=RETURN_REASON,
        )  # fmt: skip
        if visit.ending is Ending.RETURNED_THEN_APPROVED:
            again = days_later(now, 4, visit.chance)
            self._timeline.add(again, partial(self._hand_in, visit, place, 2))


def _completed(document: AuditDocument) -> AuditDocument:
    """What the reviewer asked for is written into the notes on money."""
    answers = tuple(
        msgspec.structs.replace(one, note=ADDED_NOTE)
        if one.value is not None and one.item_id.startswith("SOP-FEE-")
        else one
        for one in document.answers
    )
    return msgspec.structs.replace(document, answers=answers)
