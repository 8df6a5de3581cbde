"""SQL of contracts."""

from recruitwatch.contracts.queries.checks import CONSTRAINTS

__all__ = ["CONSTRAINTS"]
