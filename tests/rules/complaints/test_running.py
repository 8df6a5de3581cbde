"""Which clock of a case runs: the one that ends first, once somebody has spoken to her."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import msgspec
import pytest

from conftest import NOW
from recruitwatch.complaints.rules.running import running_clock, state_of_clock
from recruitwatch.complaints.values.cases import CaseHead
from recruitwatch.complaints.values.clocks import ClockState, Limit
from recruitwatch.complaints.values.codes import Compartment, Urgency
from recruitwatch.complaints.values.states import State

HEAD = CaseHead(
    id=UUID(int=1), reference="RW-1", desk_id=UUID(int=2), compartment=Compartment.GENERAL,
    channel="worker", language="en", state=State.INVESTIGATE, state_since=NOW,
    state_due_at=NOW + timedelta(days=30), urgency=Urgency.S3, safety=False, filed_at=NOW,
    contact_due_at=NOW + timedelta(days=3), contacted_at=NOW, decide_due_on=date(2026, 9, 28),
    next_news_on=date(2026, 7, 14), assigned_to=None, assigned_name=None, withdrawn_at=None,
    withdrawn_pressed=False, closed_at=None,
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "limit"),
    [
        ({"contacted_at": None}, Limit.CONTACT),
        ({}, Limit.NEWS),
        ({"next_news_on": date(2026, 8, 14)}, Limit.STATE),
        ({"next_news_on": date(2026, 8, 14), "state_due_at": None}, Limit.NEWS),
        ({"next_news_on": date(2026, 9, 29), "state_due_at": None}, Limit.DECISION),
        ({"next_news_on": date(2026, 9, 28), "state_due_at": None}, Limit.DECISION),
    ],
)
def test_the_clock_that_ends_first_runs(changes: dict[str, object], limit: Limit) -> None:
    clock = running_clock(msgspec.structs.replace(HEAD, **changes), UTC)
    assert clock is not None
    assert clock.limit is limit


def test_no_clock_runs_in_a_closed_case() -> None:
    assert running_clock(msgspec.structs.replace(HEAD, closed_at=NOW), UTC) is None


@pytest.mark.parametrize(
    ("day", "state"),
    [(1, ClockState.FRESH), (8, ClockState.NUDGE), (12, ClockState.SUPERVISOR),
     (15, ClockState.OVERDUE), (22, ClockState.OVERSIGHT)],
)  # fmt: skip
def test_silence_is_watched_like_every_other_clock(day: int, state: ClockState) -> None:
    clock = running_clock(HEAD, UTC)
    assert clock is not None
    assert state_of_clock(clock, datetime(2026, 7, day, 12, tzinfo=UTC)) is state
