"""When a person must be heard, answered and told more. Pure: time, zone and calendar are given.

All moments are aware. Days are those of the zone `filed_at` and `entered_at` come in: the
ministry's. Periods in hours are real hours, also when the clocks change.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from recruitwatch.complaints.values.clocks import Calendar, ClockState
from recruitwatch.complaints.values.codes import Urgency

ACKNOWLEDGED_IN_WORKING_DAYS = 2
ACKNOWLEDGED_AT_THE_LATEST = 7
S1_CONTACT = timedelta(hours=1)
S2_CONTACT = timedelta(hours=24)
S3_CONTACT_IN_WORKING_DAYS = 3
S4_CONTACT_IN_DAYS = 7
DECIDED_IN_DAYS = 90
NEWS_EVERY = timedelta(days=14)

STATE_WORKING_DAYS: Mapping[str, int] = {
    "screen": 5,
    "linking": 5,
    "assigned": 2,
    "investigate": 30,
}
STATE_DAYS: Mapping[str, int] = {
    "draft": 14,
    "consent_notice": 14,
    "noticed": 10,
    "conciliate": 30,
    "remedy": 30,
    "enforce": 15,
}
# The last instant of a day; the later one where a change of clocks repeats it.
_LAST_INSTANT = time.max.replace(fold=1)


def contact_due(filed_at: datetime, urgency: Urgency, calendar: Calendar) -> datetime:
    """By when a person must have tried to reach the worker safely.

    S1 within one hour and S2 within 24 hours, night and holidays alike; S3 by the end of the third
    working day, but never later than S4; S4 within seven calendar days, at the hour of filing.
    Source: ministry default, configurable.
    """
    _aware(filed_at)
    match urgency:
        case Urgency.S1:
            return _later(filed_at, S1_CONTACT)
        case Urgency.S2:
            return _later(filed_at, S2_CONTACT)
        case Urgency.S3:
            end = _end_of_working_day(filed_at, S3_CONTACT_IN_WORKING_DAYS, calendar)
            return _earlier(end, filed_at + timedelta(days=S4_CONTACT_IN_DAYS))
        case Urgency.S4:
            return filed_at + timedelta(days=S4_CONTACT_IN_DAYS)


def acknowledgement_due(filed_at: datetime, calendar: Calendar) -> datetime:
    """By when a person must have acknowledged a case; the automatic receipt is immediate.

    The end of the second working day, and after seven calendar days at the latest, however many
    holidays fall together. Source: ministry default, configurable; the outer limit follows
    European whistleblower rules, from general knowledge.
    """
    end = _end_of_working_day(_aware(filed_at), ACKNOWLEDGED_IN_WORKING_DAYS, calendar)
    return _earlier(end, filed_at + timedelta(days=ACKNOWLEDGED_AT_THE_LATEST))


def state_due(state_word: str, entered_at: datetime, calendar: Calendar) -> datetime | None:
    """By when a case should have left a state: the end of its last day; None without a clock.

    Working days for the ministry's own work (received, screen, linking, assigned, investigate),
    calendar days where others act (draft, consent_notice, noticed, conciliate, remedy, enforce).
    Triage runs by `contact_due` and decide by `decide_due`; appeal limits the person who appeals,
    not the ministry. Source: ministry default, configurable.
    """
    _aware(entered_at)
    if state_word == "received":
        return acknowledgement_due(entered_at, calendar)
    if state_word in STATE_WORKING_DAYS:
        return _end_of_working_day(entered_at, STATE_WORKING_DAYS[state_word], calendar)
    if state_word in STATE_DAYS:
        return _end_of_day(entered_at, STATE_DAYS[state_word])
    return None


def decide_due(filed_at: datetime) -> datetime:
    """By when a case should be decided: the end of the 90th day after it was received.

    Source: the longest period one origin country's service charter allows; configurable.
    """
    return _end_of_day(_aware(filed_at), DECIDED_IN_DAYS)


def next_news(now: datetime) -> datetime:
    """When the worker hears next at the latest: in 14 days, even if only that nothing changed.

    Source: ministry default; long silence is a main reason why people give up.
    """
    return _later(_aware(now), NEWS_EVERY)


def is_overdue(due: datetime, now: datetime) -> bool:
    """Whether the due moment has passed; the due moment itself is still in time.

    Source: ministry default.
    """
    return _aware(now).astimezone(UTC) > _aware(due).astimezone(UTC)


def clock_state(start: datetime, due: datetime, now: datetime) -> ClockState:
    """What a clock asks for: at 50 % a nudge, at 80 % the supervisor, past 100 % the head of the
    unit and the public count of overdue cases, at 150 % the oversight body.

    Source: ministry default, configurable.
    """
    used, whole = _used(start, due, now)
    if used * 100 >= whole * 150:
        return ClockState.OVERSIGHT
    if used > whole:
        return ClockState.OVERDUE
    if used * 100 >= whole * 80:
        return ClockState.SUPERVISOR
    if used * 100 >= whole * 50:
        return ClockState.NUDGE
    return ClockState.FRESH


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Whether the ministry works on a day. Source: the weekend and holidays of its country."""
    return day.weekday() not in calendar.weekend and day not in calendar.holidays


def _end_of_working_day(start: datetime, count: int, calendar: Calendar) -> datetime:
    """The end of the count-th working day after the day of `start`, which itself never counts."""
    day = start.date()
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, calendar)
    return datetime.combine(day, _LAST_INSTANT, tzinfo=start.tzinfo)


def _end_of_day(start: datetime, days: int) -> datetime:
    day = start.date() + timedelta(days=days)
    return datetime.combine(day, _LAST_INSTANT, tzinfo=start.tzinfo)


def _used(start: datetime, due: datetime, now: datetime) -> tuple[timedelta, timedelta]:
    begin = _aware(start).astimezone(UTC)
    whole = _aware(due).astimezone(UTC) - begin
    if whole <= timedelta():
        raise ValueError("a clock must be due after it starts")
    return max(_aware(now).astimezone(UTC) - begin, timedelta()), whole


def _later(moment: datetime, period: timedelta) -> datetime:
    return (moment.astimezone(UTC) + period).astimezone(moment.tzinfo)


def _earlier(one: datetime, other: datetime) -> datetime:
    return min(one, other, key=lambda moment: moment.astimezone(UTC))


def _aware(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError("a moment needs its time zone")
    return moment
