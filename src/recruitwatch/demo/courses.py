"""Which states a complaint of the invented country goes through, and when. Nothing here touches the
database."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from recruitwatch.complaints.queries.codes import get_code_book
from recruitwatch.complaints.rules.codes import codes_among
from recruitwatch.complaints.rules.urgency import urgency_of
from recruitwatch.complaints.values.codes import Urgency
from recruitwatch.complaints.values.states import Outcome, State
from recruitwatch.demo.complaining import Tale
from recruitwatch.demo.running import Extra
from recruitwatch.demo.timeline import days_later

S = State
_LOOKED_AT = (S.TRIAGE, S.SCREEN)
_SOUGHT = (*_LOOKED_AT, S.LINKING)
_TAKEN = (*_SOUGHT, S.ASSIGNED)
_PLANNED = (*_TAKEN, S.PLAN)
_WORKED_ON = (*_PLANNED, S.INVESTIGATE)

COURSES: Mapping[State, tuple[State, ...]] = {
    S.RECEIVED: (),
    S.TRIAGE: (S.TRIAGE,),
    S.DUPLICATE: (S.TRIAGE, S.DUPLICATE),
    S.NOT_A_COMPLAINT: (S.TRIAGE, S.NOT_A_COMPLAINT),
    S.SCREEN: _LOOKED_AT,
    S.PARTLY_OUTSIDE: (*_LOOKED_AT, S.PARTLY_OUTSIDE),
    S.LINKING: _SOUGHT,
    S.UNLINKED_PATTERN: (*_SOUGHT, S.UNLINKED_PATTERN),
    S.ASSIGNED: _TAKEN,
    S.REASSIGN: (*_TAKEN, S.REASSIGN),
    S.PLAN: _PLANNED,
    S.INSPECT_ONLY: (*_PLANNED, S.INSPECT_ONLY),
    S.INVESTIGATE: _WORKED_ON,
    S.DECIDE: (*_WORKED_ON, S.DECIDE),
    S.CLOSED: (*_WORKED_ON, S.DECIDE, S.CLOSED),
    S.REOPENED: (*_WORKED_ON, S.DECIDE, S.CLOSED, S.REOPENED),
}
BY_OUTCOME: Mapping[Outcome, tuple[State, ...]] = {
    Outcome.OUTSIDE_MANDATE: (S.TRIAGE, S.NOT_A_COMPLAINT, S.DECIDE, S.CLOSED),
    Outcome.DUPLICATE_LINKED: (S.TRIAGE, S.DUPLICATE, S.DECIDE, S.CLOSED),
    Outcome.WITHDRAWN_OWN_WISH: (*_PLANNED, S.DECIDE, S.CLOSED),
}
_DAYS: Mapping[State, tuple[int, int]] = {
    S.TRIAGE: (1, 2),
    S.SCREEN: (1, 3),
    S.DUPLICATE: (1, 3),
    S.NOT_A_COMPLAINT: (1, 3),
    S.PARTLY_OUTSIDE: (1, 3),
    S.LINKING: (1, 4),
    S.UNLINKED_PATTERN: (4, 9),
    S.ASSIGNED: (1, 4),
    S.REASSIGN: (2, 5),
    S.PLAN: (1, 3),
    S.INSPECT_ONLY: (2, 6),
    S.INVESTIGATE: (2, 8),
    S.DECIDE: (8, 40),
    S.CLOSED: (1, 6),
    S.REOPENED: (20, 60),
}
_SLOWLY = (55, 110)
"""Days that finding the facts takes in one case out of six: then the limit is missed."""
_APART = timedelta(minutes=7)
"""At least so far are two steps from each other where they would lie in the future otherwise."""


def course_of(tale: Tale) -> tuple[State, ...]:
    """The states after `received`, in order."""
    usual = COURSES[tale.ending]
    return usual if tale.outcome is None else BY_OUTCOME.get(tale.outcome, usual)


def first_urgency(tale: Tale) -> Urgency:
    """As filing will read it from what was ticked."""
    return urgency_of(
        codes_among(get_code_book(), tale.told.happened), (), tale.told.danger
    ).urgency


def filed_at(tale: Tale, now: datetime) -> datetime:
    """People write at any hour; who wrote within the last two days wrote just so long ago."""
    if tale.ago < timedelta(days=2):
        return now - tale.ago
    chance = tale.chance
    day = now - tale.ago
    return day.replace(hour=chance.randint(5, 22), minute=chance.randint(0, 59))


def steps_of(tale: Tale, filed: datetime, now: datetime) -> Iterator[tuple[State, datetime]]:
    """Each state with the time it is entered. All lie before now, so that the ending is reached."""
    chance, at = tale.chance, filed
    course = course_of(tale)
    for place, state in enumerate(course):
        at = min(_next(tale, state, at, chance), now - _APART * (len(course) - place))
        yield state, at


def _next(tale: Tale, state: State, at: datetime, chance: Random) -> datetime:
    urgency = first_urgency(tale)
    if state is S.TRIAGE and urgency is Urgency.S1:
        return at + timedelta(minutes=chance.choice((12, 25, 40, 95)))
    if state is S.TRIAGE and urgency is Urgency.S2:
        return at + timedelta(hours=chance.randint(2, 20))
    least, most = _DAYS[state]
    closes = tale.ending is S.CLOSED and state is S.DECIDE
    if closes and Extra.PRESSED not in tale.extras and chance.random() < 1 / 6:
        least, most = _SLOWLY
    return days_later(at, chance.randint(least, most), chance)


def pairs(course: Sequence[State]) -> Iterator[tuple[State, State]]:
    """Each step of a course: from where to where."""
    yield from zip((S.RECEIVED, *course), course, strict=False)
