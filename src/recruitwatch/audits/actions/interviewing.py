"""Private talks with workers: adding one, saving its form, removing it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.audits import queries
from recruitwatch.audits.actions.drafting import lock_own_audit
from recruitwatch.audits.rules.counting import CONSENT, consent_item, is_interview_list
from recruitwatch.audits.values import (
    Audit,
    Interview,
    InterviewForm,
    InterviewUnknown,
    SectionUnknown,
)
from recruitwatch.checklists.values import Checklist
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action


async def add_interview(
    session: AsyncSession, actor: Actor, now: datetime, *, audit_id: UUID, interview: Interview
) -> None:
    """Add one talk under the number that its form showed. The same number twice is refused."""
    audit = await lock_own_audit(session, actor, audit_id)
    await _interview_list(session, audit, interview.checklist_id)
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
    checklist = await _interview_list(session, audit, checklist_id)
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
    taken_back = await queries.delete_answers(
        session, audit_id, checklist_id=checklist_id, interview_no=interview_no,
        items=form.changes.cleared if agreed else None,
    )  # fmt: skip
    await queries.set_answers(session, actor, audit_id, answers, now)
    await queries.set_touched(session, audit_id, now)
    answered = [one.item_id for one in answers]
    await _record(
        session, actor, now, Action.INTERVIEW_RECORDED, audit_id, checklist_id, interview_no,
        answered=answered, taken_back=[one for one in taken_back if one not in answered],
    )  # fmt: skip


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
    taken_back = await queries.delete_answers(
        session, audit_id, checklist_id=checklist_id, interview_no=interview_no
    )
    await queries.delete_interview(session, audit_id, checklist_id, interview_no)
    await queries.set_touched(session, audit_id, now)
    await _record(
        session, actor, now, Action.INTERVIEW_REMOVED, audit_id, checklist_id, interview_no,
        taken_back=taken_back,
    )  # fmt: skip


async def _interview_list(session: AsyncSession, audit: Audit, checklist_id: str) -> Checklist:
    checklist = await queries.get_checklist_of(session, audit, checklist_id)
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
    **items: Sequence[str],
) -> None:
    """Names the questions and never what a worker said, not even a worker's answers of before."""
    told = {name: list(some) for name, some in items.items() if some}
    await record(
        session, actor, action, subject=("audit", audit_id), now=now,
        details={"list": checklist_id, "interview": interview_no, **told},
    )  # fmt: skip
