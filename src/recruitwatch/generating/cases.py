"""Complaints as cards read them: filed, confirmed to be about an agency, and decided. Nobody told anything:
what was sealed in a decided case is erased, as its time has passed, and open ones hold no words."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

import msgspec

from recruitwatch.generating.plan import Plan, Times, new_id

Row = tuple[object, ...]
OUTCOMES = {
    "substantiated": 25,
    "partly_substantiated": 12,
    "not_substantiated": 28,
    "insufficient_evidence": 27,
    "no_contact_sleeping": 8,
}
RESPONSIBILITIES = {"agency": 70, "employer": 22, "employer_told": 8}
SEVERITIES = {"critical": 8, "major": 42, "minor": 50}
DECIDE_WITHIN = timedelta(days=90)
SLOWEST = 120
BOOK = 1
NOTHING = b"\0"


class Officers(msgspec.Struct, frozen=True, kw_only=True):
    """Who decides the cases, and at which desk."""

    desk_id: UUID
    officer_id: UUID


class CaseRows(msgspec.Struct, frozen=True, kw_only=True):
    complaint: Row
    link: Row
    decision: Row | None
    step: Row | None


def case_rows(
    plan: Plan, times: Times, number: int, place: int, agency_id: UUID, officers: Officers
) -> CaseRows:
    """The rows of one complaint about an agency. Those of the last months are still open."""
    chance = plan.chance("case", number, place)
    days = (times.now - times.first).days
    filed = times.first + timedelta(days=chance.random() * days)
    closed = filed + timedelta(days=chance.randint(10, SLOWEST))
    case_id = new_id(chance)
    link = (new_id(chance), case_id, "agency", agency_id, "confirmed", "document", NOTHING,
            officers.officer_id, min(filed + timedelta(days=2), times.now))  # fmt: skip
    name = f"{number:06}-{place:05}"
    if closed >= times.now:
        return CaseRows(
            complaint=_complaint(case_id, name, filed, None, officers, times.now),
            link=link, decision=None, step=None,
        )  # fmt: skip
    decision_id = new_id(chance)
    decision = (decision_id, case_id, _one(chance, OUTCOMES), _one(chance, RESPONSIBILITIES),
                chance.choice((1, 1, 1, 2, 4)), _one(chance, SEVERITIES), "EXIT", BOOK, 0, NOTHING,
                NOTHING, officers.officer_id, closed)  # fmt: skip
    return CaseRows(
        complaint=_complaint(case_id, name, filed, closed, officers, times.now),
        link=link,
        decision=decision,
        step=(case_id, "decide", "closed", "officer", officers.officer_id, decision_id, closed),
    )


def _one(chance: Random, weights: dict[str, int]) -> str:
    return chance.choices(tuple(weights), tuple(weights.values()))[0]


def _complaint(
    case_id: UUID,
    name: str,
    filed: datetime,
    closed: datetime | None,
    officers: Officers,
    now: datetime,
) -> Row:
    """A decided case is erased on the day it was closed; an open one holds bytes that open nothing."""
    sealed = (None,) * 6 if closed else (NOTHING, case_id.bytes, *(NOTHING,) * 4)
    state, since = ("closed", closed) if closed else ("investigate", min(filed, now))
    return (
        case_id, f"G-{name}", f"g{name}", officers.desk_id, "general", "worker", "en", state, since,
        "S3", False, filed, filed + timedelta(days=3), min(filed + timedelta(days=1), now),
        (filed + DECIDE_WITHIN).date(), (filed + DECIDE_WITHIN).date(), closed, closed, "2020-01",
        *sealed,
    )  # fmt: skip
