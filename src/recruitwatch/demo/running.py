"""The complaints that are still open in the invented country: one line each."""

from datetime import timedelta
from enum import Enum, auto

import msgspec

from recruitwatch.complaints.values.states import State
from recruitwatch.demo.stories import Story


class Extra(Enum):
    """What is special about a complaint."""

    DANGER = auto()
    PICTURE = auto()
    SHOWN = auto()
    """Its code is printed at the start, so that the worker's side can be tried."""
    OPERATOR = auto()
    """A hotline operator wrote it down for her."""
    HIDDEN_OFFICE = auto()
    """She hides it from the head office's desk."""
    HIDDEN_PERSON = auto()
    """She hides it from somebody by name."""
    BROKER = auto()
    REJECTED = auto()
    """Another agency was thought of first."""
    LOWERED = auto()
    """Its urgency was lowered from the highest, and a second officer agreed."""
    TO_LOWER = auto()
    """The same, and the second officer has not looked at it yet."""
    PRESSED = auto()
    """She withdrew, and was pressed to."""
    PROPOSED = auto()
    """Its outcome is proposed and waits for a second officer."""
    READ_WRONG = auto()
    """It turned out to be about more than was ticked, and moved to fewer readers."""


class Running(msgspec.Struct, frozen=True):
    state: State
    code: str
    about: tuple[Story, int] | None
    ago: timedelta
    extras: frozenset[Extra]


def _row(
    state: State, code: str, about: tuple[Story, int] | None, days: float, *extras: Extra
) -> Running:
    return Running(state, code, about, timedelta(days=days), frozenset(extras))


S = State
MINUTES_AGO = 40 / (24 * 60)

OPEN: tuple[Running, ...] = (
    _row(S.RECEIVED, "DOC-01", (Story.SOUND, 0), MINUTES_AGO, Extra.DANGER),
    _row(S.RECEIVED, "CNF-01", (Story.GRAVE, 0), 1),
    _row(S.RECEIVED, "FEE-01", (Story.ORDINARY, 0), 0.2),
    _row(S.RECEIVED, "AST-01", (Story.EXEMPLARY, 1), 1.1),
    _row(S.RECEIVED, "FEE-06", (Story.WEAK, 1), 9),
    _row(S.RECEIVED, "OFF-03", None, 2),
    _row(S.RECEIVED, "WAG-02", (Story.FEW_TALKS, 0), 3, Extra.HIDDEN_OFFICE),
    _row(S.TRIAGE, "FEE-01", (Story.WEAK, 2), 3, Extra.OPERATOR),
    _row(S.TRIAGE, "VIO-01", (Story.ORDINARY, 1), 2),
    _row(S.TRIAGE, "WRK-03", (Story.SOUND, 3), 2, Extra.TO_LOWER),
    _row(S.TRIAGE, "DEC-01", (Story.IN_DOUBT, 0), 5),
    _row(S.TRIAGE, "OFF-01", None, 6),
    _row(S.SCREEN, "WRK-01", (Story.SOUND, 8), 6),
    _row(S.SCREEN, "WAG-02", (Story.GRAVE, 1), 8, Extra.OPERATOR),
    _row(S.SCREEN, "FEE-03", (Story.NEVER, 3), 9),
    _row(S.SCREEN, "VIO-03", (Story.WEAK, 4), 7),
    _row(S.DUPLICATE, "FEE-01", (Story.BANNED, 0), 10),
    _row(S.NOT_A_COMPLAINT, "OTH-01", None, 8),
    _row(S.NOT_A_COMPLAINT, "DEP-02", (Story.SOUND, 9), 12, Extra.OPERATOR),
    _row(S.PARTLY_OUTSIDE, "WAG-01", (Story.LAPSED, 0), 11),
    _row(S.PARTLY_OUTSIDE, "DIS-05", (Story.NEVER, 5), 14),
    _row(S.LINKING, "FEE-06", (Story.GRAVE, 2), 14),
    _row(S.LINKING, "FEE-01", (Story.WEAK, 0), 16),
    _row(S.LINKING, "DEP-01", (Story.SUSPENDED, 0), 18, Extra.OPERATOR),
    _row(S.LINKING, "DOC-01", (Story.ORDINARY, 4), 20),
    _row(S.LINKING, "WAG-02", (Story.THIN, 0), 22, Extra.HIDDEN_PERSON),
    _row(S.UNLINKED_PATTERN, "LIC-02", None, 45),
    _row(S.UNLINKED_PATTERN, "LIC-04", None, 90),
    _row(S.UNLINKED_PATTERN, "FEE-01", None, 150, Extra.OPERATOR),
    _row(S.ASSIGNED, "FEE-04", (Story.WEAK, 3), 20),
    _row(S.ASSIGNED, "CON-01", (Story.GRAVE, 0), 24),
    _row(S.ASSIGNED, "RET-01", (Story.CANCELLED, 0), 22),
    _row(S.ASSIGNED, "LIC-02", (Story.NEVER, 1), 26, Extra.BROKER),
    _row(S.REASSIGN, "WRK-02", (Story.SOUND, 5), 30),
    _row(S.PLAN, "DEP-01", (Story.BANNED, 0), 32),
    _row(S.PLAN, "DAT-01", (Story.DELISTED, 0), 35),
    _row(S.PLAN, "VIO-01", (Story.FEW_TALKS, 1), 28),
    _row(S.INSPECT_ONLY, "DOC-01", (Story.SUSPENDED, 1), 50),
    _row(S.INSPECT_ONLY, "WRK-01", (Story.SOUND, 6), 60, Extra.HIDDEN_OFFICE),
    _row(S.INVESTIGATE, "FEE-01", (Story.WEAK, 1), 60, Extra.SHOWN, Extra.PICTURE),
    _row(S.INVESTIGATE, "FEE-06", (Story.GRAVE, 0), 45, Extra.OPERATOR, Extra.REJECTED),
    _row(S.INVESTIGATE, "WAG-02", (Story.ORDINARY, 2), 55),
    _row(S.INVESTIGATE, "DEC-01", (Story.IN_DOUBT, 2), 95),
    _row(S.INVESTIGATE, "DEP-01", (Story.WEAK, 2), 120, Extra.BROKER),
    _row(S.INVESTIGATE, "WRK-03", (Story.SOUND, 1), 50, Extra.LOWERED),
    _row(S.INVESTIGATE, "OFF-03", None, 70),
    _row(S.INVESTIGATE, "WAG-01", (Story.LAPSED, 1), 65, Extra.READ_WRONG),
    _row(S.DECIDE, "FEE-01", (Story.GRAVE, 1), 80),
    _row(S.DECIDE, "CON-01", (Story.WEAK, 4), 100),
    _row(S.DECIDE, "RET-04", (Story.BANNED, 0), 90, Extra.PRESSED),
    _row(S.DECIDE, "FEE-06", (Story.CANCELLED, 0), 85, Extra.PRESSED, Extra.PROPOSED),
    _row(S.DECIDE, "AST-02", (Story.ORDINARY, 3), 110, Extra.OPERATOR),
    _row(S.REOPENED, "AST-02", (Story.WEAK, 0), 240),
)
