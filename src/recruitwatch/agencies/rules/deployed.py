"""How many workers an agency sent, in the twelve-month windows that scoring uses."""

from collections.abc import Iterable
from datetime import date

from recruitwatch.agencies.values import Deployment, DeploymentTotal


def deployed_in_windows(deployments: Iterable[Deployment], as_of: date) -> DeploymentTotal:
    """Workers sent in the last three complete calendar years before `as_of`, latest first.

    Figures come by calendar year, and the running year is never complete, so the three twelve-month
    windows of the method are the three years before the year of `as_of` (decision 0010). A year without
    any figure counts as 0 and is named, so that nobody takes it for a real 0.
    """
    by_year: dict[int, int] = {}
    for deployment in deployments:
        by_year[deployment.year] = by_year.get(deployment.year, 0) + deployment.workers
    years = (as_of.year - 1, as_of.year - 2, as_of.year - 3)
    first, second, third = (by_year.get(year, 0) for year in years)
    return DeploymentTotal(
        windows=(first, second, third),
        missing=tuple(year for year in years if year not in by_year),
    )
