"""Long tasks: what was asked, by whom, how far it is and how it ended."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from recruitwatch.actor import Actor
from recruitwatch.errors import N_, Message, NotFound


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"
    FAILED = "failed"


STATE_NAMES = {
    JobState.QUEUED: N_("Waiting"),
    JobState.RUNNING: N_("Running"),
    JobState.STOPPED: N_("Stopped"),
    JobState.DONE: N_("Finished"),
    JobState.FAILED: N_("Failed"),
}
OVER = frozenset({JobState.STOPPED, JobState.DONE, JobState.FAILED})


class JobResult(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a finished task leaves: the page that shows it, and a report for that page. The report may
    be large, so a run is read without it."""

    address: str | None = None
    report: Mapping[str, object] = {}


class JobFailure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a task failed, in sentences; the reference is in the log where the fault is ours."""

    message: Message
    reasons: tuple[Message, ...] = ()
    reference: str | None = None


class JobRun(msgspec.Struct, frozen=True, kw_only=True):
    """One task. `actor` is who asked for it, as they were then: it runs in their name."""

    id: UUID
    kind: str
    title: Message
    state: JobState
    actor: Actor
    payload: Mapping[str, object]
    done: int
    total: int
    starts: int
    result: JobResult | None
    error: JobFailure | None
    requested_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    stop_requested_at: datetime | None


class JobLine(msgspec.Struct, frozen=True, kw_only=True):
    """A task in a list."""

    id: UUID
    title: Message
    state: JobState
    actor_name: str
    requested_at: datetime
    finished_at: datetime | None


Progress = Callable[[int, int], Awaitable[None]]
"""`await progress(done, total)`: lets people see it, and raises JobStopped when they had enough."""


class JobUnknown(NotFound):
    code = "job.unknown"
    sentence = N_("There is no such task.")


class JobStopped(Exception):
    """Somebody stopped the task: everything it wrote is rolled back."""


class JobInterrupted(Exception):
    """The worker is being shut down: the task is rolled back and will be taken up again."""
