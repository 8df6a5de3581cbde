"""When a task is over, given up, or how far it is."""

from recruitwatch.jobs.values import OVER, JobState

MOST_STARTS = 5


def is_over(state: JobState) -> bool:
    """A task that stopped, finished or failed never runs again."""
    return state in OVER


def is_given_up(starts: int) -> bool:
    """A task whose worker died under it five times is not begun a sixth time: it may be what kills
    the worker. Otherwise a task is begun again after every crash."""
    return starts >= MOST_STARTS


def percent_done(done: int, total: int) -> int:
    """How far a task is, from 0 to 100; 0 while its size is unknown."""
    return min(100, done * 100 // total) if total > 0 else 0
