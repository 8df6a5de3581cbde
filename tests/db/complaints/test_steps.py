"""What the database refuses, whoever asks: steps that do not exist, closing without a decision."""

import random
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from conftest import KEY, NOW
from factories.complaint_steps import (
    ENABLED,
    note_contact,
    store_decision,
    store_link,
    store_second,
    take_step,
    walk_to,
)
from factories.complaints import (
    DeskMade,
    desk_with_officers,
    file_case,
    store_escrow,
    store_officer,
    vault_of,
)
from recruitwatch.accounts.values import Role
from recruitwatch.complaints.rules.states import ENTERABLE
from recruitwatch.complaints.values.states import Mover, State
from recruitwatch.db.constraints import constraint_name
from recruitwatch.keys import Vault

TRIES = 100
PAIRS = {(one.before, one.after): one.mover for one in ENABLED}


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return vault_of(tmp_path, KEY)


@pytest.fixture
async def desk(session: AsyncSession) -> DeskMade:
    await store_escrow(session)
    return await desk_with_officers(session, cleared=3)


@pytest.fixture
def officer(desk: DeskMade) -> UUID:
    return desk.officers[0].actor.id


async def standing(session: AsyncSession) -> list[tuple[object, ...]]:
    """Everything about cases and steps that a refused write could have changed."""
    rows = await session.execute(
        text(
            "select c.*, (select count(*) from complaint_steps s where s.case_id = c.id),"
            " (select count(*) from complaint_decisions d where d.case_id = c.id)"
            " from complaints c order by id"
        )
    )
    return [tuple(row) for row in rows]


async def refused(session: AsyncSession, write: Callable[[], Awaitable[object]]) -> str | None:
    """The constraint that refused; nothing has changed after it."""
    before = await standing(session)
    with pytest.raises(DBAPIError) as problem:
        async with session.begin_nested():
            await write()
    assert await standing(session) == before
    return constraint_name(problem.value)


async def refused_sql(session: AsyncSession, sql: str, **values: object) -> str | None:
    return await refused(session, lambda: session.execute(text(sql), values))


@pytest.fixture
async def cases(
    session: AsyncSession, vault: Vault, desk: DeskMade, officer: UUID
) -> dict[State, UUID]:
    """A case at each state that this version works with."""
    found = {}
    for state in sorted(ENTERABLE):
        case_id = (await file_case(session, vault)).case_id
        await walk_to(session, case_id, state, officer)
        found[state] = case_id
    rows = await session.execute(text("select id, state from complaints"))
    assert {state.value: case_id for state, case_id in found.items()} == {
        row.state: row.id for row in rows
    }
    return found


def illegal(chance: random.Random, officer: UUID) -> tuple[State, str, str, UUID | None, str]:
    """Where the case stands, the step that is tried, who tries it, and what must refuse it."""
    kind = chance.choice(["no such step", "wrong mover", "stale"])
    state = chance.choice(sorted(ENTERABLE))
    if kind == "no such step":
        after = chance.choice([one for one in State if (state, one) not in PAIRS])
        person = chance.choice([officer, None])
        return state, state.value, after.value, person, "tr_complaint_steps_allowed"
    if kind == "wrong mover":
        (before, after), mover = chance.choice(
            sorted(pair for pair in PAIRS.items() if pair[1] is not Mover.EITHER)
        )
        person = None if mover is Mover.OFFICER else officer
        return before, before.value, after.value, person, "tr_complaint_steps_allowed"
    (before, after), mover = chance.choice(
        sorted(one for one in PAIRS.items() if one[0][0] != state)
    )
    person = None if mover is Mover.WORKER else officer
    return state, before.value, after.value, person, "tr_complaint_steps_stale"


async def test_a_hundred_illegal_steps_are_refused(
    session: AsyncSession, cases: dict[State, UUID], officer: UUID
) -> None:
    chance = random.Random(4_1)
    seen = set()
    for _ in range(TRIES):
        state, before, after, person, expected = illegal(chance, officer)
        seen.add((state, after, person is None, expected))
        by = await refused(
            session,
            lambda state=state, before=before, after=after, person=person: take_step(
                session, cases[state], before, after, person_id=person
            ),
        )
        assert by == expected, (state, before, after, person)
    assert len(seen) > TRIES * 0.8


async def test_a_hundred_direct_changes_are_refused(
    session: AsyncSession, cases: dict[State, UUID]
) -> None:
    chance = random.Random(4_2)
    steps = {
        row.case_id: row.id
        for row in await session.execute(
            text("select case_id, max(id) id from complaint_steps group by 1")
        )
    }
    for _ in range(TRIES):
        state = chance.choice(sorted(ENTERABLE))
        case_id = cases[state]
        other = chance.choice([one.value for one in State if one is not state])
        changes = {
            "state": f"'{other}'",
            "closed_at": "null" if state is State.CLOSED else f"'{NOW.isoformat()}'",
            "last_step_id": str(chance.choice([0, 10**9, *steps.values(), steps.get(case_id, -1)])),
        }
        chosen = chance.sample(sorted(changes), chance.randint(1, 3))
        if chosen == ["last_step_id"] and int(changes["last_step_id"]) == steps.get(case_id, 0):
            chosen = ["state"]
        assignments = ", ".join(f"{name} = {changes[name]}" for name in chosen)
        by = await refused_sql(
            session, f"update complaints set {assignments} where id = :id", id=case_id
        )
        assert by == "tr_complaints_by_steps", (state, assignments)


async def test_nothing_of_a_step_is_used_twice(
    session: AsyncSession, vault: Vault, desk: DeskMade, officer: UUID
) -> None:
    """Going back and forth leaves steps that fit; an old one must not carry a new move."""
    case_id = (await file_case(session, vault)).case_id
    await walk_to(session, case_id, State.DUPLICATE, officer)
    await take_step(session, case_id, "duplicate", "triage", person_id=officer)
    old = await session.scalar(
        text("select id from complaint_steps where from_state = 'triage' and case_id = :id"),
        {"id": case_id},
    )
    by = await refused_sql(
        session,
        "update complaints set state = 'duplicate', last_step_id = :step where id = :id",
        id=case_id, step=old,
    )  # fmt: skip
    assert by == "tr_complaints_by_steps"


@pytest.mark.parametrize(
    "changed",
    [
        *(f"state = '{one.value}'" for one in State if one is not State.RECEIVED),
        "last_step_id = 5",
        "closed_at = filed_at",
    ],
)
async def test_a_case_begins_as_received(
    session: AsyncSession, vault: Vault, desk: DeskMade, changed: str
) -> None:
    await file_case(session, vault)
    name, value = changed.split(" = ")
    columns = [
        row[0]
        for row in await session.execute(
            text(
                "select column_name from information_schema.columns where table_name = 'complaints'"
            )
        )
    ]
    own = {
        "id": f"'{uuid4()}'", "reference": "'ANOTHER'", "card_mark": "'ANOTHER'",
        "code_hash": "'\\x00'::bytea", name: value,
    }  # fmt: skip
    by = await refused_sql(
        session,
        f"insert into complaints ({', '.join(columns)})"
        f" select {', '.join(own.get(column, column) for column in columns)} from complaints",
    )
    assert by == "tr_complaints_begin"


async def test_the_same_case_as_received_is_taken(
    session: AsyncSession, vault: Vault, desk: DeskMade
) -> None:
    """The statement of the test before is refused for its state and for nothing else."""
    await file_case(session, vault)
    columns = [
        row[0]
        for row in await session.execute(
            text(
                "select column_name from information_schema.columns where table_name = 'complaints'"
            )
        )
    ]
    own = {
        "id": f"'{uuid4()}'", "reference": "'ANOTHER'", "card_mark": "'ANOTHER'",
        "code_hash": "'\\x00'::bytea",
    }  # fmt: skip
    await session.execute(
        text(
            f"insert into complaints ({', '.join(columns)})"
            f" select {', '.join(own.get(column, column) for column in columns)} from complaints"
        )
    )
    assert len(await standing(session)) == 2


async def close(
    session: AsyncSession, case_id: UUID, officer: UUID, decision_id: UUID | None
) -> None:
    await take_step(
        session, case_id, "decide", "closed", person_id=officer, decision_id=decision_id
    )


async def refused_to_close(
    session: AsyncSession, case_id: UUID, officer: UUID, decision_id: UUID | None
) -> str | None:
    return await refused(session, lambda: close(session, case_id, officer, decision_id))


@pytest.fixture
async def case_id(session: AsyncSession, vault: Vault, desk: DeskMade, officer: UUID) -> UUID:
    """A case that stands at its decision, whose worker was spoken to."""
    filed = await file_case(session, vault)
    await note_contact(session, filed.case_id)
    await walk_to(session, filed.case_id, State.DECIDE, officer)
    return filed.case_id


UNDECIDED = "tr_complaint_steps_undecided"


async def test_no_case_is_closed_without_a_decision(
    session: AsyncSession, case_id: UUID, officer: UUID
) -> None:
    assert await refused_to_close(session, case_id, officer, None) == UNDECIDED
    assert await refused_to_close(session, case_id, officer, uuid4()) == UNDECIDED
    decision = await store_decision(session, case_id, officer)
    await close(session, case_id, officer, decision)
    assert await session.scalar(text("select closed_at from complaints")) == NOW


async def test_no_case_is_closed_on_the_decision_of_another(
    session: AsyncSession, vault: Vault, case_id: UUID, officer: UUID
) -> None:
    other = (await file_case(session, vault)).case_id
    await note_contact(session, other)
    await walk_to(session, other, State.DECIDE, officer)
    decision = await store_decision(session, other, officer)
    assert await refused_to_close(session, case_id, officer, decision) == UNDECIDED


async def test_a_decision_from_before_a_reopening_closes_nothing(
    session: AsyncSession, case_id: UUID, officer: UUID
) -> None:
    """All at the same instant: what came first is told by the steps and not by clocks."""
    old = await store_decision(session, case_id, officer)
    await close(session, case_id, officer, old)
    await take_step(session, case_id, "closed", "reopened", person_id=None)
    await take_step(session, case_id, "reopened", "decide", person_id=officer)
    assert await refused_to_close(session, case_id, officer, old) == UNDECIDED
    await close(session, case_id, officer, await store_decision(session, case_id, officer))


async def test_a_decision_from_before_more_facts_were_found_closes_nothing(
    session: AsyncSession, case_id: UUID, officer: UUID
) -> None:
    old = await store_decision(session, case_id, officer)
    await take_step(session, case_id, "decide", "investigate", person_id=officer)
    await take_step(session, case_id, "investigate", "decide", person_id=officer)
    assert await refused_to_close(session, case_id, officer, old) == UNDECIDED
    await close(session, case_id, officer, await store_decision(session, case_id, officer))


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param("urgency = 'S1'", id="danger now"),
        pytest.param("contacted_at = null", id="nobody spoke to her"),
        pytest.param("withdrawn_at = filed_at, withdrawn_pressed = true", id="she was pushed"),
    ],
)
@pytest.mark.parametrize("decided_before", [False, True])
async def test_one_officer_alone_does_not_close_what_may_harm_her(
    session: AsyncSession,
    case_id: UUID,
    desk: DeskMade,
    officer: UUID,
    changes: str,
    decided_before: bool,
) -> None:
    """Also where it came to light after the decision was written."""
    change = text(f"update complaints set {changes} where id = :id")
    if not decided_before:
        await session.execute(change, {"id": case_id})
    decision = await store_decision(session, case_id, officer, outcome="insufficient_evidence")
    if decided_before:
        await session.execute(change, {"id": case_id})
    assert await refused_to_close(session, case_id, officer, decision) == UNDECIDED
    await store_second(session, decision, desk.officers[1].actor.id)
    await close(session, case_id, officer, decision)
    asked = await session.scalar(text("select seconds_needed from complaint_decisions"))
    assert asked == (0 if decided_before else 1)


@pytest.mark.parametrize("outcome", ["withdrawn_own_wish", "withdrawn_pressure"])
async def test_nobody_takes_a_case_back_for_her(
    session: AsyncSession, case_id: UUID, officer: UUID, outcome: str
) -> None:
    def decide() -> Awaitable[object]:
        return store_decision(session, case_id, officer, outcome=outcome, seconds_needed=1)

    assert await refused(session, decide) == "tr_complaint_decisions_withdrawn"
    await session.execute(text("update complaints set withdrawn_at = filed_at"))
    await decide()


@pytest.mark.parametrize("state", sorted(ENTERABLE - {State.DECIDE}))
async def test_a_case_is_decided_only_where_it_stands_at_its_decision(
    session: AsyncSession, vault: Vault, desk: DeskMade, officer: UUID, state: State
) -> None:
    filed = await file_case(session, vault)
    await walk_to(session, filed.case_id, state, officer)
    by = await refused(session, lambda: store_decision(session, filed.case_id, officer))
    assert by == "tr_complaint_decisions_stand"


@pytest.mark.parametrize(
    ("outcome", "needed"), [("malicious", 0), ("malicious", 1), ("withdrawn_pressure", 0)]
)
async def test_a_grave_outcome_asks_for_others(
    session: AsyncSession, case_id: UUID, officer: UUID, outcome: str, needed: int
) -> None:
    await session.execute(text("update complaints set withdrawn_at = filed_at"))
    by = await refused(
        session,
        lambda: store_decision(session, case_id, officer, outcome=outcome, seconds_needed=needed),
    )
    assert by == "ck_complaint_decisions_seconds"


async def test_pressure_needs_one_other_officer(
    session: AsyncSession, case_id: UUID, desk: DeskMade, officer: UUID
) -> None:
    await session.execute(text("update complaints set withdrawn_at = filed_at"))
    decision = await store_decision(
        session, case_id, officer, outcome="withdrawn_pressure", seconds_needed=1
    )
    assert await refused_to_close(session, case_id, officer, decision) == UNDECIDED
    by = await refused(session, lambda: store_second(session, decision, officer))
    assert by == "tr_seconds_another"
    assert await refused_to_close(session, case_id, officer, decision) == UNDECIDED
    await store_second(session, decision, desk.officers[1].actor.id)
    await close(session, case_id, officer, decision)


async def test_malicious_needs_two_others_and_oversight(
    session: AsyncSession, case_id: UUID, desk: DeskMade, officer: UUID
) -> None:
    decision = await store_decision(
        session, case_id, officer, outcome="malicious", seconds_needed=2
    )
    second, third = (one.actor.id for one in desk.officers[1:])
    oversight = (await store_officer(session, Role.OVERSIGHT)).actor.id
    await store_second(session, decision, second)
    by = await refused(session, lambda: store_second(session, decision, second))
    assert by == "pk_complaint_decision_seconds"
    by = await refused(session, lambda: store_second(session, decision, third, as_oversight=True))
    assert by == "tr_seconds_another"
    await store_second(session, decision, third)
    assert await refused_to_close(session, case_id, officer, decision) == UNDECIDED
    await store_second(session, decision, oversight, as_oversight=True)
    await close(session, case_id, officer, decision)


async def test_only_closing_rests_on_a_decision(
    session: AsyncSession, case_id: UUID, officer: UUID
) -> None:
    decision = await store_decision(session, case_id, officer)
    by = await refused(
        session,
        lambda: take_step(
            session, case_id, "decide", "investigate", person_id=officer, decision_id=decision
        ),
    )
    assert by == "tr_complaint_steps_allowed"


@pytest.mark.parametrize("state", [State.LINKING, State.UNLINKED_PATTERN])
async def test_nobody_is_assigned_before_somebody_says_whom_it_is_about(
    session: AsyncSession, vault: Vault, desk: DeskMade, officer: UUID, state: State
) -> None:
    case_id = (await file_case(session, vault)).case_id
    other = (await file_case(session, vault)).case_id
    await walk_to(session, case_id, state, officer)

    async def assign() -> None:
        await take_step(session, case_id, state.value, "assigned", person_id=officer)

    assert await refused(session, assign) == "tr_complaint_steps_unlinked"
    await store_link(session, case_id, officer, judgement="rejected")
    await store_link(session, other, officer)
    assert await refused(session, assign) == "tr_complaint_steps_unlinked"
    word = await store_link(session, case_id, officer)
    await store_link(session, case_id, officer, judgement="withdrawn", supersedes=word)
    assert await refused(session, assign) == "tr_complaint_steps_unlinked"
    await store_link(session, case_id, officer)
    await assign()
