"""The page of a task in each of its states, and the list."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser
from factories.accounts import NOW, store_person
from recruitwatch.accounts.values import Role
from recruitwatch.errors import Message
from recruitwatch.history.queries import list_entries
from recruitwatch.jobs import queries as job_queries
from recruitwatch.jobs.actions import request_job
from recruitwatch.jobs.values import JobFailure, JobResult, JobState


async def _task(session: AsyncSession, state: JobState = JobState.QUEUED, **end: object) -> UUID:
    actor = await store_person(session, Role.REGULATOR)
    title = Message("Check of the file %(file)s", {"file": "<b>.csv"})
    run_id = await request_job(session, actor, NOW, kind="any", title=title, payload={})
    if state is not JobState.QUEUED:
        await job_queries.set_running(session, run_id, NOW)
        await job_queries.set_progress(session, run_id, done=1500, total=3000)
    if state not in (JobState.QUEUED, JobState.RUNNING):
        await job_queries.set_over(session, run_id, state, NOW, **end)
    await session.commit()
    return run_id


async def test_a_running_task_shows_how_far_it_is_and_reloads_without_a_script(
    sign_in, session: AsyncSession
) -> None:
    regulator: Browser = await sign_in(Role.REGULATOR)
    run_id = await _task(session, JobState.RUNNING)
    page = await regulator.get(f"/jobs/{run_id}?wait=true")
    assert page.heading == "Check of the file <b>.csv"
    assert "1,500 of 3,000 done" in page.text
    assert page.all("progress")[0].get("value") == "50"
    refresh = [meta.get("content") for meta in page.all("meta") if meta.get("http-equiv")]
    assert refresh == [f"2; url=/en/jobs/{run_id}?wait=true"]
    assert page.links()["Look again"] == f"/en/jobs/{run_id}?wait=true"


async def test_stopping_a_running_task_is_shown_and_recorded(
    sign_in, session: AsyncSession
) -> None:
    regulator: Browser = await sign_in(Role.REGULATOR)
    run_id = await _task(session, JobState.RUNNING)
    page = await regulator.follow(await regulator.post(f"/jobs/{run_id}/stop"))
    assert "The task is being stopped." in page.text
    assert [form for form in page.all("form") if "stop" in (form.get("action") or "")] == []
    latest = (await list_entries(session, limit=1))[0]
    assert (latest.action, latest.actor_id) == ("job_stopped", regulator.actor.id)
    assert latest.subject_id == str(run_id)


async def test_a_finished_task_leads_on_to_its_result(sign_in, session: AsyncSession) -> None:
    regulator: Browser = await sign_in(Role.REGULATOR)
    result = JobResult(address="/imports/1")
    run_id = await _task(session, JobState.DONE, result=result)
    waiting = await regulator.get(f"/jobs/{run_id}?wait=true", status=303)
    assert waiting.response.headers["location"] == "/en/imports/1"
    looked_up = await regulator.get(f"/jobs/{run_id}")
    assert looked_up.links()["See the result"] == "/en/imports/1"
    assert "http-equiv" not in looked_up.html


@pytest.mark.parametrize("reference", [None, "abcd1234"])
async def test_a_failed_task_says_why(
    sign_in, session: AsyncSession, reference: str | None
) -> None:
    regulator: Browser = await sign_in(Role.REGULATOR)
    failure = JobFailure(
        message=Message("This cannot be done as asked."),
        reasons=(Message("%(name)s was changed after the import.", {"name": "Sunrise"}),),
        reference=reference,
    )
    run_id = await _task(session, JobState.FAILED, error=failure)
    page = await regulator.get(f"/jobs/{run_id}")
    assert "This cannot be done as asked." in page.text
    assert "Sunrise was changed after the import." in page.text
    assert ("Reference for your operator: abcd1234" in page.text) is bool(reference)


async def test_tasks_are_listed_newest_first_in_few_queries(
    sign_in, session: AsyncSession, queries
) -> None:
    regulator: Browser = await sign_in(Role.REGULATOR)
    empty = await regulator.get("/jobs")
    assert "No task has been asked for yet." in empty.text
    for state in JobState:
        await _task(session, state)
    with queries(at_most=4):
        page = await regulator.get("/jobs")
    for word in ("Waiting", "Running", "Stopped", "Finished", "Failed"):
        assert word in page.text


async def test_an_unknown_task_is_not_found(sign_in) -> None:
    regulator: Browser = await sign_in(Role.REGULATOR)
    await regulator.get(f"/jobs/{uuid4()}", status=404)


@pytest.mark.parametrize(
    ("role", "status"), [(None, 303), (Role.REGULATOR, 200), (Role.INSPECTOR, 403)]
)
async def test_who_may_see_tasks(
    sign_in, browser: Browser, session: AsyncSession, role: Role | None, status: int
) -> None:
    run_id = await _task(session)
    visitor = await sign_in(role) if role else browser
    await visitor.get(f"/jobs/{run_id}", status=status)
