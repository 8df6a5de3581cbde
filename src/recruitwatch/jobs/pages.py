"""The progress of one task, which needs no script, and the list of tasks."""

from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.values import Permission
from recruitwatch.jobs import queries
from recruitwatch.jobs.actions import stop_job
from recruitwatch.jobs.rules import is_over, percent_done
from recruitwatch.jobs.values import STATE_NAMES, JobLine, JobRun, JobState
from recruitwatch.web import paging
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to
from recruitwatch.web.templating import render

READ = needs(Permission.JOB_READ)
COLOURS = {
    JobState.QUEUED: "grey",
    JobState.RUNNING: "blue",
    JobState.DONE: "green",
    JobState.FAILED: "red",
    JobState.STOPPED: "yellow",
}


class JobPage(msgspec.Struct, frozen=True, kw_only=True):
    """`waiting` reloads the page by itself; `wanted` leads on to the result as soon as it is there."""

    run: JobRun
    state_name: str
    colour: str
    percent: int
    waiting: bool
    wanted: bool


class JobsPage(msgspec.Struct, frozen=True, kw_only=True):
    runs: list[JobLine]
    state_names: dict[str, str]
    colours: dict[str, str]
    paging: paging.Paging


@get("/jobs/{job_id:uuid}", opt=READ)
async def show_job(
    request: WebRequest, session: Session, job_id: FromPath[UUID], wait: FromQuery[bool] = False
) -> Response[str] | Redirect:
    run = await queries.get_run(session, job_id)
    if wait and run.state is JobState.DONE and run.result and run.result.address:
        return go_to(run.result.address)
    page = JobPage(
        run=run,
        state_name=STATE_NAMES[run.state],
        colour=COLOURS[run.state],
        percent=percent_done(run.done, run.total),
        waiting=not is_over(run.state),
        wanted=wait,
    )
    return render(request, "jobs/job.html", page)


@post("/jobs/{job_id:uuid}/stop", opt=READ, status_code=200)
async def do_stop(
    session: Session, actor: SignedInActor, now: Now, job_id: FromPath[UUID]
) -> Redirect:
    await stop_job(session, actor, now, job_id=job_id)
    return go_to(f"/jobs/{job_id}")


@get("/jobs", opt=READ)
async def list_jobs(request: WebRequest, session: Session, page: FromQuery[int] = 1) -> Page:
    runs = await queries.list_runs(session, limit=paging.SIZE, offset=paging.offset(page))
    shown = JobsPage(
        runs=runs,
        state_names={state.value: name for state, name in STATE_NAMES.items()},
        colours={state.value: colour for state, colour in COLOURS.items()},
        paging=paging.paging("/jobs", page, await queries.count_runs(session)),
    )
    return render(request, "jobs/jobs.html", shown)


jobs_pages = Router("/", route_handlers=[show_job, do_stop, list_jobs])
