"""R, responsiveness: complaint cases and corrective actions closed on time."""

from __future__ import annotations

from recruitwatch.scorecards.values import CardInputs, Duties, Profile, ResponsivenessPart


def share_met(on_time: int, due: int, profile: Profile) -> float:
    """(x + 2.8) / (n + 4): the share met on time, with a prior of 70 per cent (part 4.4)."""
    rule = profile.responsiveness
    return (on_time + rule.prior_met) / (due + rule.prior_due)


def responsiveness_part(inputs: CardInputs, profile: Profile) -> ResponsivenessPart:
    """R with its range: those still open counted as late for low, as on time for high (4.4)."""
    rule = profile.responsiveness

    def together(cases: float, actions: float) -> float:
        return 100 * (rule.cases * cases + rule.actions * actions)

    def low(duties: Duties) -> float:
        return share_met(duties.on_time, duties.due + duties.open, profile)

    def mid(duties: Duties) -> float:
        return share_met(duties.on_time, duties.due, profile)

    def high(duties: Duties) -> float:
        return share_met(duties.on_time + duties.open, duties.due + duties.open, profile)

    cases, actions = inputs.cases, inputs.actions
    return ResponsivenessPart(
        mid=together(mid(cases), mid(actions)),
        low=together(low(cases), low(actions)),
        high=together(high(cases), high(actions)),
    )
