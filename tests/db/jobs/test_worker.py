"""Long tasks with real commits: queued with the request, done once, stopped, failed, taken up again."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from factories.accounts import NOW, store_office, store_person
from recruitwatch.accounts.tables import offices
from recruitwatch.accounts.values import Role
from recruitwatch.actor import Actor
from recruitwatch.db.engine import OpenSession, session_opener
from recruitwatch.errors import N_, Message, Rejected
from recruitwatch.jobs.actions import request_job, stop_job
from recruitwatch.jobs.queries import get_run, lock_work, set_over, set_running
from recruitwatch.jobs.tables import job_runs
from recruitwatch.jobs.values import JobResult, JobRun, JobState, Progress
from recruitwatch.jobs.worker import (
    JobFunction,
    Workshop,
    clear_old_runs,
    perform,
    run_worker,
)

pytestmark = pytest.mark.committed
TITLE = Message(N_("Check of the file %(file)s"), {"file": "register.csv"})


@pytest.fixture
def open_session(fresh_engine: AsyncEngine) -> OpenSession:
    return session_opener(fresh_engine)


async def _actor(open_session: OpenSession) -> Actor:
    async with open_session() as session, session.begin():
        return await store_person(session, Role.REGULATOR)


async def _ask(open_session: OpenSession, kind: str = "make") -> tuple[Actor, UUID]:
    actor = await _actor(open_session)
    async with open_session() as session, session.begin():
        run_id = await request_job(
            session, actor, NOW, kind=kind, title=TITLE, payload={"name": "Office of the task"}
        )
    return actor, run_id


async def _run(open_session: OpenSession, run_id: UUID) -> JobRun:
    async with open_session() as session, session.begin():
        return await get_run(session, run_id)


async def _report(open_session: OpenSession, run_id: UUID) -> object:
    async with open_session() as session, session.begin():
        return await session.scalar(
            select(job_runs.c.result["report"]).where(job_runs.c.id == run_id)
        )


async def _offices(open_session: OpenSession) -> int:
    """Offices that tasks made; people have offices of their own."""
    async with open_session() as session, session.begin():
        statement = select(func.count()).where(offices.c.name.like("%of the task"))
        return await session.scalar(statement) or 0


async def _queued(open_session: OpenSession) -> int:
    async with open_session() as session, session.begin():
        return await session.scalar(text("select count(*) from pgqueuer")) or 0


def _workshop(
    open_session: OpenSession, function: JobFunction, stop: asyncio.Event | None = None
) -> Workshop:
    return Workshop(
        open_session=open_session,
        kinds={"make": function},
        clock=lambda: NOW,
        stop=stop or asyncio.Event(),
    )


async def make(session: AsyncSession, run: JobRun, now: datetime, progress: Progress) -> JobResult:
    await store_office(session, str(run.payload["name"]))
    await progress(1, 1)
    return JobResult(address="/imports/1", report={"made": 1})


async def test_a_task_is_done_in_the_name_of_who_asked(
    fresh_engine: AsyncEngine, open_session: OpenSession
) -> None:
    seen: list[tuple[Actor, datetime]] = []

    async def look(
        session: AsyncSession, run: JobRun, now: datetime, progress: Progress
    ) -> JobResult:
        seen.append((run.actor, now))
        return await make(session, run, now, progress)

    actor, run_id = await _ask(open_session)
    await run_worker(fresh_engine, _workshop(open_session, look), until_empty=True)
    run = await _run(open_session, run_id)
    assert run.state is JobState.DONE
    assert run.result == JobResult(address="/imports/1")
    assert await _report(open_session, run_id) == {"made": 1}
    assert (run.done, run.total, run.started_at, run.finished_at) == (1, 1, NOW, NOW)
    assert seen == [(actor, NOW)]
    assert await _offices(open_session) == 1
    assert await _queued(open_session) == 0


async def test_a_request_that_fails_leaves_no_task(open_session: OpenSession) -> None:
    actor = await _actor(open_session)

    async def fail() -> None:
        async with open_session() as session, session.begin():
            await request_job(session, actor, NOW, kind="make", title=TITLE, payload={})
            raise Rejected

    with pytest.raises(Rejected):
        await fail()
    assert await _queued(open_session) == 0


async def test_a_task_taken_up_twice_is_done_once(open_session: OpenSession) -> None:
    _, run_id = await _ask(open_session)
    workshop = _workshop(open_session, make)
    assert await perform(run_id, workshop) is None
    assert await perform(run_id, workshop) is None
    assert await _offices(open_session) == 1


async def test_a_task_that_another_worker_does_just_now_is_left_for_later(
    open_session: OpenSession,
) -> None:
    _, run_id = await _ask(open_session)
    async with open_session() as other, other.begin():
        assert await lock_work(other, run_id)
        again_after = await perform(run_id, _workshop(open_session, make))
    assert again_after == timedelta(seconds=30)
    assert (await _run(open_session, run_id)).state is JobState.QUEUED
    assert await _offices(open_session) == 0


async def test_progress_is_seen_while_the_work_is_not_yet(open_session: OpenSession) -> None:
    seen: list[tuple[JobState, int, int, int]] = []

    async def look(
        session: AsyncSession, run: JobRun, now: datetime, progress: Progress
    ) -> JobResult:
        await store_office(session, "Half of the task")
        await progress(1, 2)
        shown = await _run(open_session, run.id)
        seen.append((shown.state, shown.done, shown.total, await _offices(open_session)))
        return JobResult()

    _, run_id = await _ask(open_session)
    await perform(run_id, _workshop(open_session, look))
    assert seen == [(JobState.RUNNING, 1, 2, 0)]
    assert await _offices(open_session) == 1


async def test_stop_ends_a_running_task_before_its_next_step_and_keeps_nothing(
    open_session: OpenSession,
) -> None:
    actor, run_id = await _ask(open_session)

    async def stopped_meanwhile(
        session: AsyncSession, run: JobRun, now: datetime, progress: Progress
    ) -> JobResult:
        await store_office(session, "Part of the task")
        async with open_session() as other, other.begin():
            await stop_job(other, actor, NOW, job_id=run.id)
        await progress(1, 2)
        return JobResult()

    assert await perform(run_id, _workshop(open_session, stopped_meanwhile)) is None
    assert (await _run(open_session, run_id)).state is JobState.STOPPED
    assert await _offices(open_session) == 0


async def test_a_task_stopped_before_it_begins_never_begins(open_session: OpenSession) -> None:
    actor, run_id = await _ask(open_session)
    async with open_session() as session, session.begin():
        await stop_job(session, actor, NOW, job_id=run_id)
    assert (await _run(open_session, run_id)).state is JobState.STOPPED
    assert await perform(run_id, _workshop(open_session, make)) is None
    assert await _offices(open_session) == 0


async def test_stop_after_the_end_changes_nothing(open_session: OpenSession) -> None:
    actor, run_id = await _ask(open_session)
    await perform(run_id, _workshop(open_session, make))
    async with open_session() as session, session.begin():
        await stop_job(session, actor, NOW, job_id=run_id)
    run = await _run(open_session, run_id)
    assert (run.state, run.stop_requested_at) == (JobState.DONE, None)


async def test_a_refused_task_tells_every_reason_and_keeps_nothing(
    open_session: OpenSession,
) -> None:
    reasons = (Message("First reason"), Message("Second %(what)s", {"what": "reason"}))

    async def refuse(
        session: AsyncSession, run: JobRun, now: datetime, progress: Progress
    ) -> JobResult:
        await store_office(session, "Refused of the task")
        raise Rejected(reasons)

    _, run_id = await _ask(open_session)
    await perform(run_id, _workshop(open_session, refuse))
    run = await _run(open_session, run_id)
    assert run.state is JobState.FAILED
    assert run.error is not None
    assert run.error.reasons == reasons
    assert run.error.reference is None
    assert await _offices(open_session) == 0


@pytest.mark.parametrize("kind", ["make", "unheard-of"])
async def test_a_fault_of_ours_ends_the_task_with_words_for_a_person(
    open_session: OpenSession, kind: str
) -> None:
    async def break_off(
        session: AsyncSession, run: JobRun, now: datetime, progress: Progress
    ) -> JobResult:
        raise ZeroDivisionError

    _, run_id = await _ask(open_session, kind)
    await perform(run_id, _workshop(open_session, break_off))
    run = await _run(open_session, run_id)
    assert run.state is JobState.FAILED
    assert run.error is not None
    assert bool(run.error.reference) == (kind == "make")


async def _died(open_session: OpenSession, run_id: UUID, times: int) -> None:
    """What a worker that dies leaves: a task that says it is running."""
    for _ in range(times):
        async with open_session() as session, session.begin():
            await set_running(session, run_id, NOW)


async def test_a_task_whose_worker_died_is_taken_up_again(
    fresh_engine: AsyncEngine, open_session: OpenSession
) -> None:
    _, run_id = await _ask(open_session)
    await _died(open_session, run_id, 1)
    await run_worker(fresh_engine, _workshop(open_session, make), until_empty=True)
    assert (await _run(open_session, run_id)).state is JobState.DONE


async def test_a_task_that_killed_five_workers_is_given_up(open_session: OpenSession) -> None:
    _, run_id = await _ask(open_session)
    await _died(open_session, run_id, 5)
    await perform(run_id, _workshop(open_session, make))
    run = await _run(open_session, run_id)
    assert run.state is JobState.FAILED
    assert run.error is not None
    assert run.error.message.values == {"starts": 5}
    assert await _offices(open_session) == 0


async def test_shutting_the_worker_down_puts_its_task_back(
    fresh_engine: AsyncEngine, open_session: OpenSession
) -> None:
    stop = asyncio.Event()

    async def shut_down_meanwhile(
        session: AsyncSession, run: JobRun, now: datetime, progress: Progress
    ) -> JobResult:
        await store_office(session, "Begun of the task")
        stop.set()
        await progress(1, 2)
        return JobResult()

    _, run_id = await _ask(open_session)
    await run_worker(fresh_engine, _workshop(open_session, shut_down_meanwhile, stop))
    run = await _run(open_session, run_id)
    assert (run.state, run.starts) == (JobState.QUEUED, 0)
    assert await _offices(open_session) == 0
    await run_worker(fresh_engine, _workshop(open_session, make), until_empty=True)
    assert (await _run(open_session, run_id)).state is JobState.DONE


async def test_two_tasks_of_one_worker_are_both_done(
    fresh_engine: AsyncEngine, open_session: OpenSession
) -> None:
    async def own(
        session: AsyncSession, run: JobRun, now: datetime, progress: Progress
    ) -> JobResult:
        await store_office(session, f"{run.id} of the task")
        return JobResult()

    runs = [(await _ask(open_session))[1] for _ in range(3)]
    await run_worker(fresh_engine, _workshop(open_session, own), until_empty=True)
    states = [(await _run(open_session, run_id)).state for run_id in runs]
    assert states == [JobState.DONE] * 3
    assert await _offices(open_session) == 3


async def test_tasks_that_ended_long_ago_are_cleared_and_others_stay(
    fresh_engine: AsyncEngine, open_session: OpenSession
) -> None:
    actor = await _actor(open_session)
    ended = {
        "old": NOW - timedelta(days=91),
        "recent": NOW - timedelta(days=89),
        "waiting": None,
    }
    async with open_session() as session, session.begin():
        for kind, at in ended.items():
            run_id = await request_job(
                session, actor, NOW - timedelta(days=100), kind=kind, title=TITLE, payload={}
            )
            if at is not None:
                await set_over(session, run_id, JobState.DONE, at)
        await session.execute(
            text(
                "insert into pgqueuer_log (created, job_id, status, priority, entrypoint) "
                "values (:old, 1, 'successful', 0, 'job'), (:new, 2, 'successful', 0, 'job')"
            ),
            {"old": NOW - timedelta(days=91), "new": NOW - timedelta(days=89)},
        )
    await clear_old_runs(_workshop(open_session, make))
    async with open_session() as session, session.begin():
        kinds = set(await session.scalars(select(job_runs.c.kind)))
        lines = text("select job_id from pgqueuer_log where created < '2026-07-01'")
        logged = set(await session.scalars(lines))
    assert kinds == {"recent", "waiting"}
    assert logged == {2}


async def test_a_worker_clears_more_than_one_handful(
    fresh_engine: AsyncEngine, open_session: OpenSession
) -> None:
    actor = await _actor(open_session)
    async with open_session() as session, session.begin():
        await session.execute(
            text(
                "insert into job_runs (id, kind, state, payload, requested_by, requested_at, "
                "finished_at, title, actor) select gen_random_uuid(), 'old', 'done', '{}', :by, "
                ":at, :at, '{}', '{}' from generate_series(1, 1100)"
            ),
            {"by": actor.id, "at": NOW - timedelta(days=200)},
        )
    await run_worker(fresh_engine, _workshop(open_session, make), until_empty=True)
    async with open_session() as session, session.begin():
        assert await session.scalar(select(func.count()).select_from(job_runs)) == 0
