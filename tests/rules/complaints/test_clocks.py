"""By when a person must be heard and answered, at the exact edges of days, weekends and holidays."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitwatch.complaints.rules.clocks import (
    STATE_DAYS,
    STATE_WORKING_DAYS,
    acknowledgement_due,
    clock_state,
    contact_due,
    decide_due,
    is_overdue,
    is_working_day,
    next_news,
    state_due,
)
from recruitwatch.complaints.rules.urgency import rank
from recruitwatch.complaints.values.clocks import Calendar, ClockState
from recruitwatch.complaints.values.codes import Urgency
from recruitwatch.complaints.values.states import State

DHAKA = ZoneInfo("Asia/Dhaka")
CHISINAU = ZoneInfo("Europe/Chisinau")
# March 2026: the 6th and 13th are Fridays; the 17th was a Tuesday.
REST = Calendar(
    weekend=frozenset({4, 5}), holidays=frozenset({date(2026, 3, 17), date(2026, 3, 26)})
)
PLAIN = Calendar(weekend=frozenset({4, 5}))


def at(text: str, zone: ZoneInfo = DHAKA) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=zone)


def end_of(text: str, zone: ZoneInfo = DHAKA) -> datetime:
    return at(f"{text}T23:59:59.999999", zone)


@pytest.mark.parametrize(
    ("filed", "due"),
    [
        ("03-08T00:00", "03-11"),  # Sunday, first instant of the week
        ("03-08T23:59", "03-11"),
        ("03-05T23:59:59.999999", "03-10"),  # Thursday, last instant before the weekend
        ("03-06T00:00", "03-10"),  # Friday
        ("03-07T23:59:59.999999", "03-10"),  # Saturday, last instant of the weekend
        ("03-12T09:00", "03-18"),  # Thursday: Sunday, Monday, holiday, Wednesday
        ("03-16T12:00", "03-22"),  # Monday before the holiday: Wed, Thu, weekend, Sunday
        ("03-17T12:00", "03-22"),  # on the holiday itself
        ("03-25T12:00", "03-31"),  # Wednesday: holiday, weekend, then Sun, Mon, Tue
    ],
)
def test_s3_is_due_at_the_end_of_the_third_working_day(filed: str, due: str) -> None:
    assert contact_due(at(filed), Urgency.S3, REST) == end_of(due)


@pytest.mark.parametrize(
    ("urgency", "due"), [("S1", "03-06T00:40"), ("S2", "03-06T23:40"), ("S4", "03-12T23:40")]
)
def test_the_other_clocks_do_not_rest(urgency: str, due: str) -> None:
    assert contact_due(at("03-05T23:40"), Urgency(urgency), REST) == at(due)


def test_hours_are_real_hours_when_the_clocks_change() -> None:
    before_spring = at("03-29T01:30", CHISINAU)

    assert contact_due(before_spring, Urgency.S1, PLAIN).astimezone(UTC) - before_spring.astimezone(
        UTC
    ) == timedelta(hours=1)
    # At 02:00 the clock jumps to 03:00: one hour after 01:30 it shows 03:30.
    assert contact_due(before_spring, Urgency.S1, PLAIN).hour == 3
    assert contact_due(before_spring, Urgency.S2, PLAIN).hour == 2
    assert contact_due(before_spring, Urgency.S4, PLAIN) == at("04-05T01:30", CHISINAU)


def test_a_day_ends_by_the_ministry_s_own_clock() -> None:
    """20:00 UTC on Thursday is already Friday in Dhaka."""
    filed = datetime(2026, 3, 5, 20, 0, tzinfo=UTC)

    due = contact_due(filed.astimezone(DHAKA), Urgency.S3, PLAIN)

    assert due.astimezone(UTC) == datetime(2026, 3, 10, 17, 59, 59, 999999, tzinfo=UTC)
    assert due.tzinfo is DHAKA


@pytest.mark.parametrize(
    ("filed", "due"),
    [
        ("03-08T10:00", "03-10"),
        ("03-05T10:00", "03-09"),
        ("03-07T10:00", "03-09"),
        ("03-15T10:00", "03-18"),
    ],
)
def test_a_person_acknowledges_within_two_working_days(filed: str, due: str) -> None:
    assert acknowledgement_due(at(filed), REST) == end_of(due)


def test_a_long_holiday_does_not_silence_the_ministry_beyond_seven_days() -> None:
    eid = frozenset(date(2026, 3, 18) + timedelta(days=n) for n in range(12))
    calendar = Calendar(weekend=frozenset({4, 5}), holidays=eid)

    assert acknowledgement_due(at("03-17T10:00"), calendar) == at("03-24T10:00")
    assert contact_due(at("03-17T10:00"), Urgency.S3, calendar) == at("03-24T10:00")


@given(
    st.datetimes(
        at("01-01").replace(tzinfo=None),
        at("12-31").replace(tzinfo=None),
        timezones=st.sampled_from([DHAKA, CHISINAU]),
    ),
    st.sets(st.integers(0, 6), max_size=3),
    st.sets(st.dates(date(2026, 1, 1), date(2027, 3, 1)), max_size=40),
)
def test_a_more_urgent_case_is_never_due_later(
    filed: datetime, weekend: set[int], holidays: set[date]
) -> None:
    calendar = Calendar(weekend=frozenset(weekend), holidays=frozenset(holidays))

    dues = [contact_due(filed, one, calendar).astimezone(UTC) for one in sorted(Urgency, key=rank)]

    assert filed.astimezone(UTC) < dues[0]
    assert dues == sorted(dues)


@pytest.mark.parametrize(
    ("state", "due"),
    [
        ("draft", "03-19"),
        ("received", "03-09"),
        ("screen", "03-12"),
        ("linking", "03-12"),
        ("assigned", "03-09"),
        ("consent_notice", "03-19"),
        ("noticed", "03-15"),
        ("investigate", "04-20"),
        ("conciliate", "04-04"),
        ("remedy", "04-04"),
        ("enforce", "03-20"),
    ],
)
def test_when_a_case_should_leave_a_state_it_entered_on_a_thursday(state: str, due: str) -> None:
    assert state_due(state, at("03-05T10:00"), REST) == end_of(due)


@pytest.mark.parametrize(
    "state", ["triage", "safety", "inspect_only", "decide", "appeal", "closed", "reopened", "hold"]
)
def test_a_state_without_a_clock(state: str) -> None:
    assert state_due(state, at("03-05T10:00"), REST) is None


def test_every_clock_belongs_to_a_state() -> None:
    assert {*STATE_DAYS, *STATE_WORKING_DAYS} - {"draft"} <= {one.value for one in State}


def test_a_case_is_decided_within_ninety_days() -> None:
    assert decide_due(at("03-05T10:00")) == end_of("06-03")


def test_the_next_news_is_two_weeks_away_at_most() -> None:
    assert next_news(at("03-05T10:00")) == at("03-19T10:00")
    moved = next_news(at("03-20T10:00", CHISINAU))
    assert moved.astimezone(UTC) - at("03-20T10:00", CHISINAU).astimezone(UTC) == timedelta(days=14)


@pytest.mark.parametrize(
    ("now", "late"),
    [
        ("03-10T23:59:59.999999", False),
        ("03-11T00:00", True),
        ("03-05T00:00", False),
    ],
)
def test_the_last_instant_is_in_time(now: str, late: bool) -> None:
    assert is_overdue(end_of("03-10"), at(now)) is late
    assert is_overdue(end_of("03-10"), at(now).astimezone(UTC)) is late


@pytest.mark.parametrize(
    ("minutes", "state"),
    [
        (-5, ClockState.FRESH),
        (0, ClockState.FRESH),
        (29, ClockState.FRESH),
        (30, ClockState.NUDGE),
        (47, ClockState.NUDGE),
        (48, ClockState.SUPERVISOR),
        (60, ClockState.SUPERVISOR),
        (61, ClockState.OVERDUE),
        (89, ClockState.OVERDUE),
        (90, ClockState.OVERSIGHT),
        (600, ClockState.OVERSIGHT),
    ],
)
def test_what_a_clock_of_one_hour_asks_for(minutes: int, state: ClockState) -> None:
    start = at("03-05T10:00")
    now = start + timedelta(minutes=minutes)

    assert clock_state(start, start + timedelta(hours=1), now) is state


@given(
    st.integers(1, 10**10),
    st.integers(0, 3 * 10**10),
)
def test_overdue_is_said_alike_by_the_clock_and_by_its_state(whole: int, used: int) -> None:
    start = at("03-05T10:00")
    due, now = start + timedelta(milliseconds=whole), start + timedelta(milliseconds=used)

    late = clock_state(start, due, now) in (ClockState.OVERDUE, ClockState.OVERSIGHT)

    assert late is is_overdue(due, now)


def test_a_clock_runs_in_real_time_when_the_clocks_change() -> None:
    start = at("03-29T01:30", CHISINAU)
    due = contact_due(start, Urgency.S1, PLAIN)

    half = start.astimezone(UTC) + timedelta(minutes=30)
    assert clock_state(start, due, half) is ClockState.NUDGE
    assert clock_state(start, due, half - timedelta(seconds=1)) is ClockState.FRESH


def test_the_ministry_s_working_days() -> None:
    days = [date(2026, 3, day) for day in range(12, 19)]

    assert [is_working_day(day, REST) for day in days] == [
        True, False, False, True, True, False, True,
    ]  # fmt: skip


@pytest.mark.parametrize("weekend", [range(7), {7}, {-1}])
def test_a_week_without_working_days_is_refused(weekend: range | set[int]) -> None:
    with pytest.raises(ValueError, match="never all of them"):
        Calendar(weekend=frozenset(weekend))


def test_a_moment_without_zone_is_refused() -> None:
    naive = datetime(2026, 3, 5, 10, 0)  # noqa: DTZ001
    aware = at("03-05T10:00")

    for ask in (
        lambda: contact_due(naive, Urgency.S1, PLAIN),
        lambda: acknowledgement_due(naive, PLAIN),
        lambda: state_due("screen", naive, PLAIN),
        lambda: decide_due(naive),
        lambda: next_news(naive),
        lambda: is_overdue(aware, naive),
    ):
        with pytest.raises(ValueError, match="time zone"):
            ask()


def test_a_clock_that_is_due_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="after it starts"):
        clock_state(at("03-05T10:00"), at("03-05T10:00"), at("03-05T11:00"))
