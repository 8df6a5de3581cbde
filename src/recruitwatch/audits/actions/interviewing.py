"""Private talks with workers: adding one, saving its form, removing it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.audits import queries
from recruitwatch.audits.actions.drafting import lock_own_audit
from recruitwatch.audits.rules.counting import CONSENT, consent_item, is_interview_list
from recruitwatch.audits.values import (
    Interview,
    InterviewForm,
    InterviewUnknown,
    ListChoice,
    SectionUnknown,
)
from recruitwatch.checklists.queries import get_version
from recruitwatch.checklists.values import Checklist
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action


async def add_interview(
    session: AsyncSession, actor: Actor, now: datetime, *, audit_id: UUID, interview: Interview
) -> None:
    """Add one talk under the number that its form showed. The same number twice is refused."""
    audit = await lock_own_audit(session, actor, audit_id)
    await _interview_list(session, audit.lists, interview.checklist_id)
    await queries.insert_interview(session, audit_id, interview, now)
    await queries.set_touched(session, audit_id, now)
    await _record(
        session, actor, now, Action.INTERVIEW_RECORDED, audit_id,
        interview.checklist_id, interview.interview_no,
    )  # fmt: skip


async def save_interview(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    audit_id: UUID,
    checklist_id: str,
    interview_no: int,
    form: InterviewForm,
) -> None:
    """Save one worker's form. Without consent only the refusal is kept: facts and answers that were
    there before are deleted."""
    audit = await lock_own_audit(session, actor, audit_id)
    checklist = await _interview_list(session, audit.lists, checklist_id)
    wanted = consent_item(checklist).id
    agreed = any(one.item_id == wanted and one.value == CONSENT for one in form.changes.answers)
    found = await queries.set_interview(
        session, audit_id, checklist_id, interview_no,
        held_on=form.held_on, facts=form.facts if agreed else {},
    )  # fmt: skip
    if not found:
        raise InterviewUnknown
    answers = form.changes.answers
    if not agreed:
        answers = tuple(one for one in answers if one.item_id == wanted)
        await queries.delete_answers(
            session, audit_id, checklist_id=checklist_id, interview_no=interview_no
        )
    elif form.changes.cleared:
        await queries.delete_answers(
            session, audit_id, checklist_id=checklist_id, interview_no=interview_no,
            items=form.changes.cleared,
        )  # fmt: skip
    await queries.set_answers(session, actor, audit_id, answers, now)
    await queries.set_touched(session, audit_id, now)
    await _record(
        session, actor, now, Action.INTERVIEW_RECORDED, audit_id, checklist_id, interview_no
    )


async def remove_interview(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    audit_id: UUID,
    checklist_id: str,
    interview_no: int,
) -> None:
    """Delete one talk with all its answers, for example because the worker asked for it."""
    await lock_own_audit(session, actor, audit_id)
    await queries.delete_answers(
        session, audit_id, checklist_id=checklist_id, interview_no=interview_no
    )
    await queries.delete_interview(session, audit_id, checklist_id, interview_no)
    await queries.set_touched(session, audit_id, now)
    await _record(
        session, actor, now, Action.INTERVIEW_REMOVED, audit_id, checklist_id, interview_no
    )


async def _interview_list(
    session: AsyncSession, lists: tuple[ListChoice, ...], checklist_id: str
) -> Checklist:
    version = next((one.version for one in lists if one.checklist_id == checklist_id), None)
    if version is None:
        raise SectionUnknown
    checklist = await get_version(session, checklist_id, version)
    if not is_interview_list(checklist):
        raise SectionUnknown
    return checklist


async def _record(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    action: Action,
    audit_id: UUID,
    checklist_id: str,
    interview_no: int,
) -> None:
    await record(
        session, actor, action, subject=("audit", audit_id), now=now,
        details={"list": checklist_id, "interview": interview_no},
    )  # fmt: skip
