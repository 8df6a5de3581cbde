"""What people do with cards: compute, issue, publish."""

from recruitwatch.scorecards.actions.computing import compute_cards
from recruitwatch.scorecards.actions.issuing import issue_scorecard

__all__ = ["compute_cards", "issue_scorecard"]
