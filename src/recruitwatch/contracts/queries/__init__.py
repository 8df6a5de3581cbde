"""SQL of contracts."""

from recruitwatch.contracts.queries import checks, registered
from recruitwatch.db.constraints import Constraints

CONSTRAINTS: Constraints = {**checks.CONSTRAINTS, **registered.CONSTRAINTS}
