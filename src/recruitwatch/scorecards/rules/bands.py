"""From points to letters: rounding, bands, the final grade, certainty."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from recruitwatch.scorecards.values import Cap, Certainty, Grade, Profile

_ORDER = (Grade.A, Grade.B, Grade.C, Grade.D, Grade.E)


def rounded(score: float) -> Decimal:
    """S half-up to one decimal (part 4.6).

    Float noise is cut off first at the ninth decimal, so that a score that is 84.95 on paper
    becomes 85.0 although the machine holds 84.94999999999999.
    """
    on_paper = Decimal(repr(round(score, 9)))
    return on_paper.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def band(score: float, profile: Profile) -> Grade:
    """The band of the rounded score (part 4.6)."""
    points = rounded(score)
    for grade, floor in profile.bands:
        if points >= Decimal(floor):
            return grade
    return Grade.E


def final_grade(points_band: Grade | None, caps: Sequence[Cap]) -> Grade:
    """Worse of the band and every cap; U hides points and C caps, never D or E caps (part 4.5).

    With U active the band plays no part at all: only a D or E cap stands (part 4.13).
    """
    letters = [cap.cap for cap in caps if cap.cap is not Grade.U]
    if len(letters) < len(caps) or points_band is None:
        return _worst([Grade.U, *(letter for letter in letters if letter in "DE")])
    return _worst([points_band, *letters])


def _worst(grades: Sequence[Grade]) -> Grade:
    letters = [grade for grade in grades if grade is not Grade.U]
    return max(letters, key=_ORDER.index) if letters else Grade.U


def certainty(low: float | None, high: float | None, profile: Profile) -> Certainty:
    """How far apart the bands of S_low and S_high lie (part 4.7); low where there is no range."""
    if low is None or high is None:
        return Certainty.LOW
    apart = _ORDER.index(band(low, profile)) - _ORDER.index(band(high, profile))
    if apart == 0:
        return Certainty.HIGH
    return Certainty.MEDIUM if apart == 1 else Certainty.LOW
