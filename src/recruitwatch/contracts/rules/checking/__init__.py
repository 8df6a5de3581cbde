"""Checking contracts by 47 rules: against the clause library (S), against the law of the corridor on
the day of signing (C), and each paper against those before it (V)."""

from recruitwatch.contracts.rules.checking.order import joined
from recruitwatch.contracts.rules.checking.reading import read_check
from recruitwatch.contracts.rules.checking.reporting import check

__all__ = ["check", "joined", "read_check"]
