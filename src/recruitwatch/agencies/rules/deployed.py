"""How many workers an agency sent, in the twelve-month windows that scoring uses."""

from collections.abc import Iterable
from datetime import date

from recruitwatch.agencies.values import Deployment, DeploymentTotal

SECOND_HALF = 7


def deployed_in_windows(deployments: Iterable[Deployment], as_of: date) -> DeploymentTotal:
    """Workers sent in the three twelve-month windows that end on `as_of`, latest first.

    Figures come by calendar year. Each window takes the whole figure of the calendar year in which
    most of its days lie: for a date from July to December the first window is the same year, for a
    date from January to June the year before; the other two are the years before that. A year
    without any figure counts as 0 and is named, so that nobody takes it for a real 0.
    """
    by_year: dict[int, int] = {}
    for deployment in deployments:
        by_year[deployment.year] = by_year.get(deployment.year, 0) + deployment.workers
    first = as_of.year if as_of.month >= SECOND_HALF else as_of.year - 1
    years = (first, first - 1, first - 2)
    return DeploymentTotal(
        windows=(by_year.get(first, 0), by_year.get(first - 1, 0), by_year.get(first - 2, 0)),
        missing=tuple(year for year in years if year not in by_year),
    )
