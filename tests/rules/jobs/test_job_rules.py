"""When a task is over, given up, or how far it is."""

import pytest

from recruitwatch.jobs.rules import is_given_up, is_over, percent_done
from recruitwatch.jobs.values import JobState


@pytest.mark.parametrize(
    ("state", "over"),
    [
        (JobState.QUEUED, False),
        (JobState.RUNNING, False),
        (JobState.STOPPED, True),
        (JobState.DONE, True),
        (JobState.FAILED, True),
    ],
)
def test_over(state: JobState, over: bool) -> None:
    assert is_over(state) is over


@pytest.mark.parametrize(("starts", "given_up"), [(0, False), (4, False), (5, True), (9, True)])
def test_given_up_after_five_starts(starts: int, given_up: bool) -> None:
    assert is_given_up(starts) is given_up


@pytest.mark.parametrize(
    ("done", "total", "percent"),
    [(0, 0, 0), (5, 0, 0), (0, 9, 0), (1, 3, 33), (3, 3, 100), (4, 3, 100)],
)
def test_percent(done: int, total: int, percent: int) -> None:
    assert percent_done(done, total) == percent
