"""Which candidates of the matcher a page shows, and what it says of them."""

from recruitwatch.agencies.values import HitReason
from recruitwatch.names.rules.ranking import MOST_SUGGESTED, THRESHOLD
from recruitwatch.names.rules.reasons import SENTENCES
from recruitwatch.names.values import Match, Outcome, Ranked

# What scores less, or has no reason that speaks for it, has next to nothing of what was typed.
LEAST_SHOWN = 0.002
MOST_REASONS = 4


def proposed(match: Match, *, alike: bool = False) -> tuple[Ranked, ...]:
    """The certain and suggested ones, five at most; with `alike` also those that fit as well as each other,
    of which the matcher suggests none."""
    return tuple(
        one
        for one in match.candidates
        if one.outcome is not Outcome.UNMATCHED or (alike and one.score >= THRESHOLD)
    )[:MOST_SUGGESTED]


def nearest(match: Match) -> tuple[Ranked, ...]:
    """What comes nearest where nothing is proposed: five at most, none that has almost nothing of it."""
    return tuple(
        one
        for one in match.candidates
        if one.score >= LEAST_SHOWN and any(reason.worth > 0 for reason in one.reasons)
    )[:MOST_SUGGESTED]


def reasons_for(one: Ranked) -> tuple[HitReason, ...]:
    """The strongest reasons for and against, as a person reads them."""
    chosen = sorted(one.reasons, key=lambda reason: -abs(reason.worth))[:MOST_REASONS]
    return tuple(
        HitReason(
            feature=reason.feature,
            sentence=SENTENCES[reason.feature],
            worth=reason.worth,
            said=reason.said,
            known=reason.known,
        )
        for reason in one.reasons
        if reason in chosen
    )
