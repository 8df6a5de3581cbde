"""How long a case is kept after it was closed. Ministry defaults; the law of the country decides."""

from datetime import date, timedelta

from recruitwatch.complaints.values.codes import Urgency

LONGEST_KEPT = timedelta(days=3650)
"""How long the key of a case lasts while nobody has closed it; closing sets the period of its kind."""
MOVED_ON = timedelta(days=365)
"""An open case is never over: its period is moved on when so much of it is left, long before its end."""
ORDINARY = timedelta(days=3 * 365 + 1)
GRAVE = timedelta(days=10 * 365 + 3)


def kept_until(closed_on: date, urgency: Urgency) -> date:
    """Three years after closing, ten for what was S1 or S2."""
    return closed_on + (GRAVE if urgency in (Urgency.S1, Urgency.S2) else ORDINARY)
