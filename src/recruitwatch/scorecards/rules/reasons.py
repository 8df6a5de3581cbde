"""Why a revision was issued, where a program said it and not a person: such a reason is shown in the
reader's language. What a person wrote stays as it was written."""

from __future__ import annotations

import re

from recruitwatch.errors import N_, Message

CORRECTS = N_("This card corrects lines that the agency contested.")
FOR_PERIOD = N_("Issued for the period %(period)s.")
"""What a round writes down where nobody gave a reason (`actions/issuing_all.py`)."""

_FOR_PERIOD = re.compile(r"Issued for the period ([12][0-9]{3}-Q[1-4])\.")


def known_reason(stored: str, *, corrects: bool) -> Message | None:
    """The reason as a sentence to translate; None for what a person wrote, or where nothing is said."""
    if not stored:
        return Message(CORRECTS) if corrects else None
    found = _FOR_PERIOD.fullmatch(stored)
    return Message(FOR_PERIOD, {"period": found[1]}) if found else None
