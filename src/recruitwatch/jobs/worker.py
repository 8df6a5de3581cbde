"""The worker: takes queued tasks and does each in one transaction of its own.

What a task writes and that it is done are committed together, so a task that is taken up twice does
its work once. How far it is goes through short transactions beside it, so that pages can see it.
"""

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
import msgspec
import structlog
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.core.qm import QueueManager
from pgqueuer.domain.errors import FailingListenerError, RetryRequested
from pgqueuer.domain.models import Job
from pgqueuer.domain.types import QueueExecutionMode
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from recruitwatch.db.constraints import Constraints, error_for
from recruitwatch.db.engine import OpenSession
from recruitwatch.errors import N_, Message, RecruitwatchError, Rejected
from recruitwatch.jobs import queries
from recruitwatch.jobs.rules import is_given_up, is_over
from recruitwatch.jobs.values import (
    JobFailure,
    JobInterrupted,
    JobResult,
    JobRun,
    JobState,
    JobStopped,
    Progress,
)

JobFunction = Callable[[AsyncSession, JobRun, datetime, Progress], Awaitable[JobResult]]
"""What a feature does for one kind of task, in the session's transaction. Only the worker commits."""

DailyTask = Callable[[OpenSession, datetime], Awaitable[None]]
"""What a feature does once a day, in transactions of its own."""

TASKS_AT_ONCE = 2
BUSY_AGAIN_AFTER = timedelta(seconds=30)
RECONNECT_SECONDS = 5
DAY = timedelta(days=1)
RUNS_KEPT = timedelta(days=90)
CLEARED_AT_ONCE = 500
UNEXPECTED = N_("Something went wrong on our side. Nothing was changed.")
GIVEN_UP = N_("This task broke off %(starts)s times. Nothing was changed. Ask your operator.")
UNKNOWN_KIND = N_("This version cannot do this task.")

log = structlog.get_logger()


class Workshop(msgspec.Struct, frozen=True, kw_only=True):
    """What doing tasks needs."""

    open_session: OpenSession
    kinds: Mapping[str, JobFunction]
    clock: Callable[[], datetime]
    stop: asyncio.Event
    constraints: Constraints = {}
    daily: Sequence[DailyTask] = ()


async def run_worker(engine: AsyncEngine, workshop: Workshop, *, until_empty: bool = False) -> None:
    """Do queued tasks until `workshop.stop` is set, or until there are none left. A lost database
    is waited for; a running task is rolled back and taken up again."""
    if until_empty:
        await do_daily(workshop)
        await _serve(engine, workshop, until_empty=True)
        return
    clearing = asyncio.create_task(_work_daily(workshop))
    try:
        await _serve(engine, workshop, until_empty=False)
    finally:
        clearing.cancel()


async def _work_daily(workshop: Workshop) -> None:
    while not workshop.stop.is_set():
        try:
            await do_daily(workshop)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, DBAPIError) as problem:
            log.error("daily_tasks_not_done", problem=str(problem))
        await asyncio.sleep(DAY.total_seconds())


async def do_daily(workshop: Workshop) -> None:
    """Everything that is due once a day; repeating it does no harm."""
    await clear_old_runs(workshop)
    for task in workshop.daily:
        await task(workshop.open_session, workshop.clock())


async def clear_old_runs(workshop: Workshop) -> None:
    """Remove tasks that ended long ago, a few at a time, so that nobody waits for it. What they did
    is in history."""
    before = workshop.clock() - RUNS_KEPT
    more = True
    while more and not workshop.stop.is_set():
        async with workshop.open_session() as session, session.begin():
            more = await queries.delete_old_runs(session, before, limit=CLEARED_AT_ONCE) > 0


async def _serve(engine: AsyncEngine, workshop: Workshop, *, until_empty: bool) -> None:
    while not workshop.stop.is_set():
        try:
            await _serve_queue(engine, workshop, until_empty=until_empty)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, FailingListenerError) as e:
            log.error("worker_lost_database", problem=str(e))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(workshop.stop.wait(), RECONNECT_SECONDS)
            continue
        if until_empty:
            return


async def _serve_queue(engine: AsyncEngine, workshop: Workshop, *, until_empty: bool) -> None:
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(url)
    try:
        manager = QueueManager(Queries(AsyncpgDriver(connection)))

        @manager.entrypoint(queries.ENTRY)
        async def take(job: Job) -> None:
            await _take(job, workshop)

        with _shut_down_with(workshop.stop, manager.shutdown):
            await manager.run(
                batch_size=1,
                max_concurrent_tasks=TASKS_AT_ONCE,
                shutdown_on_listener_failure=True,
                mode=QueueExecutionMode.drain if until_empty else QueueExecutionMode.continuous,
            )
    finally:
        connection.terminate()


@contextlib.contextmanager
def _shut_down_with(stop: asyncio.Event, shutdown: asyncio.Event):  # type: ignore[no-untyped-def]
    async def pass_on() -> None:
        await stop.wait()
        shutdown.set()

    watcher = asyncio.create_task(pass_on())
    try:
        yield
    finally:
        watcher.cancel()


async def _take(job: Job, workshop: Workshop) -> None:
    run_id = UUID((job.payload or b"").decode())
    try:
        again_after = await perform(run_id, workshop)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, DBAPIError) as problem:
        log.error("job_lost_database", job=str(run_id), problem=str(problem))
        again_after = BUSY_AGAIN_AFTER
    if again_after is not None:
        raise RetryRequested(delay=again_after)


async def perform(run_id: UUID, workshop: Workshop) -> timedelta | None:
    """Do one task and store how it ended. A time means: not now, try again after it."""
    try:
        async with workshop.open_session() as session, session.begin():
            if not await queries.lock_work(session, run_id):
                return BUSY_AGAIN_AFTER
            run = await _begin(run_id, workshop)
            if run is None:
                return None
            await _do(session, run, workshop)
    except JobStopped:
        await _end(run_id, workshop, JobState.STOPPED)
    except JobInterrupted:
        async with workshop.open_session() as session, session.begin():
            await queries.set_queued(session, run_id)
        return timedelta(0)
    except RecruitwatchError as problem:
        await _end(run_id, workshop, JobState.FAILED, _failure(problem))
    except ConnectionError:
        return BUSY_AGAIN_AFTER
    except DBAPIError as problem:
        if problem.connection_invalidated:
            return BUSY_AGAIN_AFTER
        expected = error_for(problem, workshop.constraints)
        failure = _failure(expected) if expected else _unexpected(run_id, problem)
        await _end(run_id, workshop, JobState.FAILED, failure)
    except Exception as problem:
        # The outermost loop of a task: whatever it is, the person who waits must be told.
        await _end(run_id, workshop, JobState.FAILED, _unexpected(run_id, problem))
    return None


async def _begin(run_id: UUID, workshop: Workshop) -> JobRun | None:
    """Mark the run as running, unless it is over or has brought down its worker too often."""
    async with workshop.open_session() as session, session.begin():
        run = await queries.lock_run(session, run_id)
        if is_over(run.state):
            return None
        now = workshop.clock()
        if is_given_up(run.starts):
            failure = JobFailure(message=Message(GIVEN_UP, {"starts": run.starts}))
            await queries.set_over(session, run_id, JobState.FAILED, now, error=failure)
            return None
        await queries.set_running(session, run_id, now)
    return run


async def _do(session: AsyncSession, run: JobRun, workshop: Workshop) -> None:
    """The work and the word that it is done, in one transaction."""
    function = workshop.kinds.get(run.kind)
    if function is None:
        raise Rejected((Message(UNKNOWN_KIND),))

    async def progress(done: int, total: int) -> None:
        if workshop.stop.is_set():
            raise JobInterrupted
        async with workshop.open_session() as beside, beside.begin():
            stop = await queries.set_progress(beside, run.id, done=done, total=total)
        if stop:
            raise JobStopped

    await progress(0, 0)
    result = await function(session, run, workshop.clock(), progress)
    await queries.set_over(session, run.id, JobState.DONE, workshop.clock(), result=result)


async def _end(
    run_id: UUID, workshop: Workshop, state: JobState, failure: JobFailure | None = None
) -> None:
    async with workshop.open_session() as session, session.begin():
        await queries.set_over(session, run_id, state, workshop.clock(), error=failure)


def _failure(problem: RecruitwatchError) -> JobFailure:
    reasons = problem.reasons if isinstance(problem, Rejected) else ()
    return JobFailure(message=problem.message, reasons=reasons)


def _unexpected(run_id: UUID, problem: Exception) -> JobFailure:
    reference = secrets.token_hex(4)
    log.error(
        "job_failed",
        job=str(run_id),
        reference=reference,
        exc_info=(type(problem), problem, problem.__traceback__),
    )
    return JobFailure(message=Message(UNEXPECTED), reference=reference)
