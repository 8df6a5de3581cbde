"""Starting a visit, putting it right, answering, giving it up, handing drafts to somebody else."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.queries import get_person
from recruitwatch.accounts.rules import TABLE
from recruitwatch.accounts.values import Permission
from recruitwatch.actor import Actor
from recruitwatch.agencies.queries import get_agency
from recruitwatch.audits import queries
from recruitwatch.audits.rules.recalling import answer_changes
from recruitwatch.audits.rules.rights import write_refusal
from recruitwatch.audits.values import (
    Audit,
    AuditState,
    AuditTaken,
    Changes,
    HandOverRefused,
    NewAudit,
    VisitChange,
)
from recruitwatch.checklists.queries import get_version
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action


async def lock_own_audit(session: AsyncSession, actor: Actor, audit_id: UUID) -> Audit:
    """The audit for writing: the actor's own and open, locked until the end of the transaction."""
    audit = await queries.lock_audit(session, audit_id)
    refusal = write_refusal(audit, actor.person_id)
    if refusal is not None:
        raise refusal
    return audit


async def start_audit(session: AsyncSession, actor: Actor, now: datetime, *, new: NewAudit) -> UUID:
    """Start a visit. The same form sent twice starts it once."""
    await get_agency(session, new.agency_id)
    for one in new.lists:
        await get_version(session, one.checklist_id, one.version)
    if not await queries.insert_audit(session, actor, new, now):
        found = await queries.get_audit(session, new.id)
        if (found.inspector_id, found.agency_id) != (actor.person_id, new.agency_id):
            raise AuditTaken
        return found.id
    await record(
        session, actor, Action.AUDIT_STARTED, subject=("audit", new.id), now=now,
        details={"agency_id": str(new.agency_id), "announced": new.announced,
                 "reason": new.unannounced_reason, "visited_on": new.visited_on.isoformat(),
                 "lists": {one.checklist_id: one.version for one in new.lists},
                 "facts": dict(new.facts)},
    )  # fmt: skip
    return new.id


async def change_visit(
    session: AsyncSession, actor: Actor, now: datetime, *, audit_id: UUID, change: VisitChange
) -> None:
    """Put date, notice or facts right. Answers to items that the facts now leave out are kept but do
    not count, so that a fact set wrongly loses nothing."""
    audit = await lock_own_audit(session, actor, audit_id)
    new = msgspec.to_builtins(change)
    old = {name: msgspec.to_builtins(getattr(audit, name)) for name in new}
    if old == new:
        return
    await queries.set_visit(session, audit_id, change, now)
    await record(
        session, actor, Action.AUDIT_CHANGED, subject=("audit", audit_id), now=now,
        details={"old": old, "new": new},
    )  # fmt: skip


async def save_answers(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    audit_id: UUID,
    checklist_id: str,
    changes: Changes,
) -> None:
    """Save one page of answers of the visit. History holds what was answered before and now."""
    await lock_own_audit(session, actor, audit_id)
    stored = await queries.list_answers(
        session, audit_id, checklist_id=checklist_id, interview_no=0
    )
    changed = answer_changes(stored, changes)
    if not changed:
        return
    if changes.cleared:
        await queries.delete_answers(
            session, audit_id, checklist_id=checklist_id, interview_no=0, items=changes.cleared
        )
    await queries.set_answers(session, actor, audit_id, changes.answers, now)
    await queries.set_touched(session, audit_id, now)
    await record(
        session, actor, Action.AUDIT_ANSWERED, subject=("audit", audit_id), now=now,
        details={"list": checklist_id, "changes": changed},
    )  # fmt: skip


async def abandon_audit(
    session: AsyncSession, actor: Actor, now: datetime, *, audit_id: UUID
) -> None:
    """Give up a visit that was not made, or started by mistake. Its answers are kept, unread."""
    audit = await lock_own_audit(session, actor, audit_id)
    await queries.set_state(session, audit_id, AuditState.ABANDONED, now)
    await record(
        session, actor, Action.AUDIT_ABANDONED, subject=("audit", audit_id), now=now,
        details={"old": {"state": audit.state}},
    )  # fmt: skip


async def hand_over_audits(
    session: AsyncSession, actor: Actor, now: datetime, *, from_person: UUID, to_person: UUID
) -> int:
    """Give every open audit of one person to another inspector; how many there were."""
    successor = await get_person(session, to_person)
    may_inspect = bool(successor.roles & TABLE[Permission.AUDIT_WRITE])
    if not may_inspect or successor.disabled_at is not None or from_person == to_person:
        raise HandOverRefused
    moved = await queries.set_owner_of_open_audits(
        session, from_person=from_person, to_person=to_person, now=now
    )
    for audit_id in moved:
        await record(
            session, actor, Action.WORK_HANDED_OVER, subject=("audit", audit_id), now=now,
            details={"old": {"inspector_id": str(from_person)},
                     "new": {"inspector_id": str(to_person)}},
        )  # fmt: skip
    return len(moved)
