"""SQL of long tasks: their runs and the queue."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.queries import Queries
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.db.rows import as_struct
from recruitwatch.errors import Message
from recruitwatch.jobs.tables import job_runs
from recruitwatch.jobs.values import JobFailure, JobLine, JobResult, JobRun, JobState, JobUnknown

ENTRY = "job"

# A report may be megabytes: the feature that wrote it reads what it shows of it itself.
_RUN = select(
    *(column for column in job_runs.c if column.key not in ("requested_by", "result")),
    job_runs.c.result.op("-", return_type=JSONB())("report").label("result"),
)


async def insert_run(
    session: AsyncSession,
    *,
    run_id: UUID,
    kind: str,
    title: Message,
    actor: Actor,
    payload: Mapping[str, object],
    now: datetime,
) -> None:
    """Store the run and put it into the queue of the same transaction."""
    await session.execute(
        insert(job_runs).values(
            id=run_id,
            kind=kind,
            state=JobState.QUEUED.value,
            title=msgspec.to_builtins(title),
            actor=msgspec.to_builtins(actor),
            payload=msgspec.to_builtins(payload),
            requested_by=actor.id,
            requested_at=now,
        )
    )
    # The statement above has begun the transaction: without one, the driver's own connection would
    # store the entry at once, before anybody knows whether the request succeeds.
    connection = await (await session.connection()).get_raw_connection()
    queue = Queries(AsyncpgDriver(connection.driver_connection))
    await queue.enqueue(ENTRY, str(run_id).encode())


async def get_run(session: AsyncSession, run_id: UUID) -> JobRun:
    row = (await session.execute(_RUN.where(job_runs.c.id == run_id))).mappings().one_or_none()
    if row is None:
        raise JobUnknown
    return as_struct(row, JobRun)


async def lock_run(session: AsyncSession, run_id: UUID) -> JobRun:
    statement = _RUN.where(job_runs.c.id == run_id).with_for_update()
    row = (await session.execute(statement)).mappings().one_or_none()
    if row is None:
        raise JobUnknown
    return as_struct(row, JobRun)


async def list_runs(session: AsyncSession, *, limit: int, offset: int = 0) -> list[JobLine]:
    """Newest first."""
    statement = (
        select(
            job_runs.c.id, job_runs.c.title, job_runs.c.state,
            job_runs.c.actor["name"].astext.label("actor_name"),
            job_runs.c.requested_at, job_runs.c.finished_at,
        )
        .order_by(job_runs.c.requested_at.desc(), job_runs.c.id)
        .limit(limit)
        .offset(offset)
    )  # fmt: skip
    rows = (await session.execute(statement)).mappings()
    return [as_struct(row, JobLine) for row in rows]


async def count_runs(session: AsyncSession) -> int:
    return await session.scalar(select(func.count()).select_from(job_runs)) or 0


async def lock_work(session: AsyncSession, run_id: UUID) -> bool:
    """Whether this transaction is the only one that works on the run; false if another already is."""
    statement = text("select pg_try_advisory_xact_lock(hashtextextended(:name, 0))")
    return bool(await session.scalar(statement, {"name": f"job:{run_id}"}))


async def set_running(session: AsyncSession, run_id: UUID, now: datetime) -> None:
    await session.execute(
        update(job_runs)
        .where(job_runs.c.id == run_id)
        .values(
            state=JobState.RUNNING.value,
            started_at=now,
            starts=job_runs.c.starts + 1,
            done=0,
            total=0,
        )
    )


async def set_queued(session: AsyncSession, run_id: UUID) -> None:
    """Back into the queue: the worker was shut down, which is not the task's fault."""
    await session.execute(
        update(job_runs)
        .where(job_runs.c.id == run_id)
        .values(state=JobState.QUEUED.value, starts=job_runs.c.starts - 1, done=0, total=0)
    )


async def set_progress(session: AsyncSession, run_id: UUID, *, done: int, total: int) -> bool:
    """Show how far the task is; true if somebody wants it stopped."""
    statement = (
        update(job_runs)
        .where(job_runs.c.id == run_id)
        .values(done=done, total=total)
        .returning(job_runs.c.stop_requested_at)
    )
    return await session.scalar(statement) is not None


async def set_stop_requested(session: AsyncSession, run_id: UUID, now: datetime) -> None:
    await session.execute(
        update(job_runs).where(job_runs.c.id == run_id).values(stop_requested_at=now)
    )


async def set_over(
    session: AsyncSession,
    run_id: UUID,
    state: JobState,
    now: datetime,
    *,
    result: JobResult | None = None,
    error: JobFailure | None = None,
) -> None:
    values: dict[str, object] = {"state": state.value, "finished_at": now}
    if result is not None:
        values["result"] = msgspec.to_builtins(result)
    if error is not None:
        values["error"] = msgspec.to_builtins(error)
    await session.execute(update(job_runs).where(job_runs.c.id == run_id).values(**values))


async def delete_old_runs(session: AsyncSession, before: datetime, *, limit: int) -> int:
    """Remove runs that ended before, and lines of the queue's log written before: at most so many of
    each. Gives how many went."""
    runs = job_runs.c
    old = select(runs.id).where(runs.finished_at < before).order_by(runs.finished_at).limit(limit)
    gone = await session.execute(delete(job_runs).where(runs.id.in_(old)).returning(runs.id))
    lines = text(
        "delete from pgqueuer_log where id in "
        "(select id from pgqueuer_log where created < :before order by created limit :limit) "
        "returning id"
    )
    logged = await session.execute(lines, {"before": before, "limit": limit})
    return len(gone.all()) + len(logged.all())
