"""What people do with cards: compute, issue, publish."""

from recruitwatch.scorecards.actions.computing import compute_cards
from recruitwatch.scorecards.actions.issuing import issue_scorecard
from recruitwatch.scorecards.actions.publishing import take_card_step

__all__ = ["compute_cards", "issue_scorecard", "take_card_step"]
