"""Which clock of a case runs. Pure; the clocks themselves are in `clocks`."""

from datetime import datetime, time, tzinfo

from recruitwatch.complaints.rules.clocks import NEWS_EVERY, clock_state, is_overdue
from recruitwatch.complaints.values.cases import CaseHead
from recruitwatch.complaints.values.clocks import ClockState, Limit, RunningClock
from recruitwatch.complaints.values.states import State


def running_clock(head: CaseHead, zone: tzinfo | None) -> RunningClock | None:
    """The clock that ends first; None for a closed case.

    Until a person has spoken to her, that is the only clock. Then it is the one of the state, of the
    decision or of the news that was promised to her. At the beginning the clock of the state runs from
    that talk.
    Source: ministry default, as the clocks.
    """
    if head.closed_at is not None:
        return None
    if head.contacted_at is None:
        return RunningClock(limit=Limit.CONTACT, start=head.filed_at, due=head.contact_due_at)
    decided = datetime.combine(head.decide_due_on, time.max, tzinfo=zone)
    news = datetime.combine(head.next_news_on, time.max, tzinfo=zone)
    clocks = [
        RunningClock(limit=Limit.DECISION, start=head.filed_at, due=decided),
        RunningClock(limit=Limit.NEWS, start=news - NEWS_EVERY, due=news),
    ]
    if head.state_due_at is not None:
        start = head.state_since
        if head.state in (State.RECEIVED, State.TRIAGE):
            start = max(head.state_since, head.contacted_at)
        clocks.append(RunningClock(limit=Limit.STATE, start=start, due=head.state_due_at))
    return min(clocks, key=lambda clock: clock.due)


def state_of_clock(clock: RunningClock, now: datetime) -> ClockState:
    """What the clock asks for. One that was over before it began is overdue.

    Source: as `clock_state`.
    """
    if clock.due <= clock.start:
        return ClockState.OVERDUE if is_overdue(clock.due, now) else ClockState.SUPERVISOR
    return clock_state(clock.start, clock.due, now)
