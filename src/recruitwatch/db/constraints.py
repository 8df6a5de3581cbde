"""The database has the last word: a broken constraint becomes the feature's own error by its name."""

from collections.abc import Mapping

from sqlalchemy.exc import DBAPIError

from recruitwatch.errors import RecruitwatchError

Constraints = Mapping[str, type[RecruitwatchError]]


def constraint_name(problem: DBAPIError) -> str | None:
    """The name of the constraint that refused, or None."""
    name = getattr(problem.driver_exception, "constraint_name", None)
    return name if isinstance(name, str) else None


def error_for(problem: DBAPIError, known: Constraints) -> RecruitwatchError | None:
    """The error a feature declared for this constraint; None for one nobody expected."""
    kind = known.get(constraint_name(problem) or "")
    return kind() if kind else None
