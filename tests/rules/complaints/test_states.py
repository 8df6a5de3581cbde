"""The table of steps: the same in Python and in the database, and no way around a decision."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from conftest import NOW
from recruitwatch.complaints.rules.states import (
    ENTERABLE,
    TRANSITIONS,
    awaits_second,
    may_be_outcome,
    next_states,
    seconds_needed,
    seconds_of_outcome,
    why_another,
)
from recruitwatch.complaints.values.cases import CaseHead
from recruitwatch.complaints.values.codes import Compartment, Urgency
from recruitwatch.complaints.values.states import Mover, Outcome, State, Transition

LATER = frozenset(State) - ENTERABLE
OPEN_STATES = sorted(ENTERABLE - {State.CLOSED})


def reached(
    start: State, steps: Collection[Transition], without: State | None = None
) -> set[State]:
    """Every state that these steps lead to from `start`, through no state `without`."""
    found, ahead = set(), [start]
    while ahead:
        here = ahead.pop()
        if here in found or here is without:
            continue
        found.add(here)
        ahead += [one.after for one in steps if one.before is here]
    return found


ENABLED = tuple(one for one in TRANSITIONS if one.enabled)


async def test_the_states_are_those_of_the_database(session: AsyncSession) -> None:
    rows = await session.execute(
        text("select state, enterable from complaint_states order by state")
    )
    assert [tuple(row) for row in rows] == [
        (one.value, one in ENTERABLE) for one in sorted(State, key=lambda one: one.value)
    ]


async def test_the_steps_are_those_of_the_database(session: AsyncSession) -> None:
    rows = await session.execute(
        text(
            "select before_state, after_state, mover, enabled from complaint_transitions"
            ' order by before_state collate "C", after_state collate "C"'
        )
    )
    assert [tuple(row) for row in rows] == sorted(
        (one.before.value, one.after.value, one.mover.value, one.enabled) for one in TRANSITIONS
    )


def test_no_step_stands_twice() -> None:
    pairs = [(one.before, one.after) for one in TRANSITIONS]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize("start", OPEN_STATES)
def test_nothing_is_closed_but_through_a_decision(start: State) -> None:
    assert State.CLOSED in reached(start, ENABLED)
    if start is not State.DECIDE:
        assert State.CLOSED not in reached(start, ENABLED, without=State.DECIDE)


def test_every_state_of_this_version_is_reached_and_none_of_later_ones() -> None:
    assert reached(State.RECEIVED, ENABLED) == ENTERABLE


@pytest.mark.parametrize("later", sorted(LATER))
def test_a_state_of_later_work_has_no_way_in_yet(later: State) -> None:
    assert not [one for one in ENABLED if later in (one.before, one.after)]


def test_later_work_finds_its_states_connected() -> None:
    assert reached(State.RECEIVED, TRANSITIONS) == set(State)


@pytest.mark.parametrize("state", sorted(ENTERABLE - {State.DECIDE, State.CLOSED}))
def test_she_may_withdraw_from_every_open_state(state: State) -> None:
    own = [one for one in ENABLED if one.before is state and one.mover is not Mover.OFFICER]
    assert [one.after for one in own] == [State.DECIDE]


@pytest.mark.parametrize("state", list(State))
def test_an_officer_is_offered_what_an_officer_may_do(state: State) -> None:
    offered = next_states(state)
    assert len(offered) == len(set(offered))
    for one in ENABLED:
        if one.before is state:
            assert (one.after in offered) == (one.mover is not Mover.WORKER)
    assert LATER.isdisjoint(offered)


@pytest.mark.parametrize(
    ("outcome", "seconds", "by_oversight", "waits"),
    [
        (Outcome.SUBSTANTIATED, 0, False, False),
        (Outcome.WITHDRAWN_OWN_WISH, 0, False, False),
        (Outcome.WITHDRAWN_PRESSURE, 0, False, True),
        (Outcome.WITHDRAWN_PRESSURE, 1, False, False),
        (Outcome.MALICIOUS, 0, False, True),
        (Outcome.MALICIOUS, 1, True, True),
        (Outcome.MALICIOUS, 2, False, True),
        (Outcome.MALICIOUS, 2, True, False),
        (Outcome.MALICIOUS, 3, True, False),
    ],
)
def test_who_must_still_agree(
    outcome: Outcome, seconds: int, by_oversight: bool, waits: bool
) -> None:
    needed = seconds_of_outcome(outcome)
    assert awaits_second(outcome, needed, seconds, by_oversight=by_oversight) is waits


HEAD = CaseHead(
    id=UUID(int=1), reference="RW-1", desk_id=UUID(int=2), compartment=Compartment.GENERAL,
    channel="worker", language="en", state=State.DECIDE, state_since=NOW, state_due_at=None,
    urgency=Urgency.S3, safety=False, filed_at=NOW, contact_due_at=NOW, contacted_at=NOW,
    decide_due_on=NOW.date(), next_news_on=NOW.date(), assigned_to=None, assigned_name=None,
    withdrawn_at=None, withdrawn_pressed=False, closed_at=None,
)  # fmt: skip
GRAVE = [
    ({"urgency": Urgency.S1}, "She is in danger now."),
    ({"contacted_at": None}, "Nobody has spoken to her."),
    (
        {"withdrawn_at": NOW, "withdrawn_pressed": True},
        "She says that somebody pushed her to stop.",
    ),
]


@pytest.mark.parametrize("outcome", list(Outcome))
def test_who_must_agree_follows_from_the_case_too(outcome: Outcome) -> None:
    assert why_another(HEAD) == ()
    assert seconds_needed(outcome, HEAD) == seconds_of_outcome(outcome)
    for changes, reason in GRAVE:
        head = msgspec.structs.replace(HEAD, **changes)
        assert [str(one.key) for one in why_another(head)] == [reason]
        assert seconds_needed(outcome, head) == max(1, seconds_of_outcome(outcome))


@pytest.mark.parametrize("outcome", list(Outcome))
def test_only_she_takes_a_case_back(outcome: Outcome) -> None:
    hers = outcome in (Outcome.WITHDRAWN_OWN_WISH, Outcome.WITHDRAWN_PRESSURE)
    later = outcome in (Outcome.SETTLED_CONFIRMED, Outcome.REFERRED_ACCEPTED)
    taken_back = msgspec.structs.replace(HEAD, withdrawn_at=NOW)
    assert may_be_outcome(outcome, HEAD) is not (hers or later)
    assert may_be_outcome(outcome, taken_back) is not later


@pytest.mark.parametrize("urgency", list(Urgency))
@pytest.mark.parametrize("contacted_at", [NOW, None])
@pytest.mark.parametrize("pressed", [False, True])
async def test_the_database_knows_the_same_grave_cases(
    session: AsyncSession, urgency: Urgency, contacted_at: datetime | None, pressed: bool
) -> None:
    head = msgspec.structs.replace(
        HEAD, urgency=urgency, contacted_at=contacted_at, withdrawn_pressed=pressed
    )
    needs = await session.scalar(
        text(
            "select complaint_needs_another(jsonb_populate_record(null::complaints,"
            " jsonb_build_object('urgency', cast(:urgency as text), 'withdrawn_pressed',"
            " cast(:pressed as boolean), 'contacted_at', cast(:contacted_at as timestamptz))))"
        ),
        {"urgency": urgency.value, "pressed": pressed, "contacted_at": contacted_at},
    )
    assert needs is bool(why_another(head))


@pytest.mark.parametrize("outcome", list(Outcome))
async def test_the_database_asks_for_as_many(session: AsyncSession, outcome: Outcome) -> None:
    """The database refuses a decision that asks for fewer than the rule; one by one it tells how many."""
    clause = await session.scalar(
        text(
            "select pg_get_constraintdef(oid) from pg_constraint"
            " where conname = 'ck_complaint_decisions_seconds'"
        )
    )
    condition = (clause or "").removeprefix("CHECK ")
    for needed in range(4):
        allowed = await session.scalar(
            text(
                f"select {condition} from (values (cast(:outcome as text), cast(:needed as int)))"
                " as one (outcome, seconds_needed)"
            ),
            {"outcome": outcome.value, "needed": needed},
        )
        assert allowed is (needed >= seconds_of_outcome(outcome))
