"""What people do with findings: open them, serve the evidence, record replies, decide."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.errors import Message
from recruitwatch.findings import queries
from recruitwatch.findings.rules import decider_refusal, may_decide, may_reply, may_serve
from recruitwatch.findings.values import (
    NewDecision,
    NewFinding,
    NewStep,
    StepKind,
    StepRefused,
)
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action

DECISION_ACTIONS = {
    StepKind.CONFIRMED: Action.FINDING_CONFIRMED,
    StepKind.DISMISSED: Action.FINDING_DISMISSED,
}


async def open_findings(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    new: Sequence[NewFinding],
    worked_by: Collection[UUID],
    reviewed_by: Collection[UUID],
) -> int:
    """Open one finding for each failed item; a source and item open one finding for ever. Whoever
    worked on the source or reviewed it may not decide what was found."""
    numbered = [(uuid4(), one) for one in new]
    await queries.insert_findings(
        session, numbered, worked_by=worked_by, reviewed_by=reviewed_by, now=now
    )
    for finding_id, one in numbered:
        await record(
            session, actor, Action.FINDING_OPENED, subject=("finding", finding_id), now=now,
            details={"agency_id": str(one.agency_id), "source_id": str(one.source_id),
                     "item": one.item_id, "severity": one.severity},
        )  # fmt: skip
    return len(numbered)


async def serve_evidence(
    session: AsyncSession, actor: Actor, now: datetime, *, finding_id: UUID, step: NewStep
) -> None:
    """Record that the agency was given the evidence, on which day and how."""
    finding = await queries.get_finding(session, finding_id)
    _refuse(may_serve(finding, on=step.on_date, now=now))
    await _take(session, actor, now, finding_id, StepKind.SERVED, step, Action.FINDING_SERVED)


async def record_reply(
    session: AsyncSession, actor: Actor, now: datetime, *, finding_id: UUID, step: NewStep
) -> None:
    """Record what the agency answered. There may be several replies."""
    finding = await queries.get_finding(session, finding_id)
    _refuse(may_reply(finding.steps, on=step.on_date, today=now.date()))
    await _take(session, actor, now, finding_id, StepKind.REPLIED, step, Action.FINDING_REPLIED)


async def decide_finding(
    session: AsyncSession, actor: Actor, now: datetime, *, finding_id: UUID, decision: NewDecision
) -> None:
    """Confirm or dismiss, with reasons, once the right of reply was given."""
    finding = await queries.get_finding(session, finding_id)
    reasons = may_decide(finding, actor_id=actor.id, on=now.date())
    refusal = decider_refusal(finding, actor.id)
    if refusal is not None and Message(refusal.sentence) in reasons:
        raise refusal
    _refuse(reasons)
    step = NewStep(on_date=now.date(), text=decision.text)
    action = DECISION_ACTIONS[decision.kind]
    await _take(session, actor, now, finding_id, decision.kind, step, action)


def _refuse(reasons: tuple[Message, ...]) -> None:
    if reasons:
        raise StepRefused(reasons)


async def _take(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    finding_id: UUID,
    kind: StepKind,
    step: NewStep,
    action: Action,
) -> None:
    await queries.insert_step(
        session, finding_id, kind=kind, on_date=step.on_date, text=step.text,
        taken_by=actor.id, now=now,
    )  # fmt: skip
    await record(
        session, actor, action, subject=("finding", finding_id), now=now,
        details={"on_date": step.on_date.isoformat(), "text": step.text},
    )  # fmt: skip
