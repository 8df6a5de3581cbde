"""Asking for a long task, and stopping it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.errors import Message
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.jobs import queries
from recruitwatch.jobs.rules import is_over
from recruitwatch.jobs.values import JobState


async def request_job(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    kind: str,
    title: Message,
    payload: Mapping[str, object],
) -> UUID:
    """Queue a task in this transaction: the worker sees it after the commit, or never."""
    run_id = uuid4()
    await queries.insert_run(
        session, run_id=run_id, kind=kind, title=title, actor=actor, payload=payload, now=now
    )
    await record(
        session, actor, Action.JOB_REQUESTED, subject=("job", run_id), now=now,
        details={"kind": kind, "title": title.key % title.values if title.values else title.key},
    )  # fmt: skip
    return run_id


async def stop_job(session: AsyncSession, actor: Actor, now: datetime, *, job_id: UUID) -> None:
    """Stop a task before its next step; one that has not begun does not begin. A task that is over
    stays as it is, since Stop is often pressed a moment too late."""
    run = await queries.lock_run(session, job_id)
    if is_over(run.state) or run.stop_requested_at is not None:
        return
    await queries.set_stop_requested(session, job_id, now)
    if run.state is JobState.QUEUED:
        await queries.set_over(session, job_id, JobState.STOPPED, now)
    await record(session, actor, Action.JOB_STOPPED, subject=("job", job_id), now=now)
