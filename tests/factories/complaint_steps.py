"""Cases at any state, moved by plain SQL as the application's role may write it; judgements likewise."""

from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from factories.accounts import NOW
from recruitwatch.complaints.rules.states import TRANSITIONS
from recruitwatch.complaints.values.states import Mover, State

ENABLED = tuple(one for one in TRANSITIONS if one.enabled)


async def take_step(
    session: AsyncSession,
    case_id: UUID,
    before: str,
    after: str,
    *,
    person_id: UUID | None,
    decision_id: UUID | None = None,
) -> None:
    """A row in the table of steps. Without a person it is the worker's."""
    await session.execute(
        text(
            "insert into complaint_steps"
            " (case_id, from_state, to_state, mover, person_id, decision_id, at)"
            " values (:case_id, :before, :after, :mover, :person_id, :decision_id, :at)"
        ),
        {
            "case_id": case_id, "before": before, "after": after, "person_id": person_id,
            "mover": "worker" if person_id is None else "officer", "decision_id": decision_id,
            "at": NOW,
        },
    )  # fmt: skip


async def note_contact(session: AsyncSession, case_id: UUID) -> None:
    """Somebody has spoken to her, so that one officer may decide an ordinary case."""
    await session.execute(
        text("update complaints set contacted_at = :at where id = :id"), {"at": NOW, "id": case_id}
    )


async def store_decision(
    session: AsyncSession,
    case_id: UUID,
    by: UUID,
    *,
    outcome: str = "substantiated",
    seconds_needed: int = 0,
) -> UUID:
    decision_id = uuid4()
    await session.execute(
        text(
            "insert into complaint_decisions (id, case_id, outcome, responsibility, workers,"
            " severity, category, book_version, seconds_needed, reasons_sealed, told_sealed,"
            " proposed_by, proposed_at) values (:id, :case_id, :outcome, 'agency', 1, 'major',"
            " 'fees', 1, :needed, '', '', :by, :at)"
        ),
        {"id": decision_id, "case_id": case_id, "outcome": outcome, "needed": seconds_needed,
         "by": by, "at": NOW},
    )  # fmt: skip
    return decision_id


async def store_second(
    session: AsyncSession, decision_id: UUID, by: UUID, *, as_oversight: bool = False
) -> None:
    await session.execute(
        text(
            "insert into complaint_decision_seconds (decision_id, person_id, as_oversight, at)"
            " values (:id, :by, :as_oversight, :at)"
        ),
        {"id": decision_id, "by": by, "as_oversight": as_oversight, "at": NOW},
    )


async def store_link(
    session: AsyncSession,
    case_id: UUID,
    by: UUID,
    *,
    judgement: str = "confirmed",
    supersedes: UUID | None = None,
) -> UUID:
    """A judgement that the case is about nobody on record."""
    link_id = uuid4()
    await session.execute(
        text(
            "insert into complaint_links (id, case_id, target, judgement, basis, reason_sealed,"
            " supersedes, judged_by, judged_at)"
            " values (:id, :case_id, 'none', :judgement, 'none', '', :supersedes, :by, :at)"
        ),
        {"id": link_id, "case_id": case_id, "judgement": judgement, "supersedes": supersedes,
         "by": by, "at": NOW},
    )  # fmt: skip
    return link_id


async def store_urgency(
    session: AsyncSession, case_id: UUID, by: UUID, before: str, after: str
) -> UUID:
    change_id = uuid4()
    await session.execute(
        text(
            "insert into complaint_urgencies"
            " (id, case_id, from_urgency, to_urgency, reason_sealed, set_by, set_at)"
            " values (:id, :case_id, :before, :after, '', :by, :at)"
        ),
        {
            "id": change_id,
            "case_id": case_id,
            "before": before,
            "after": after,
            "by": by,
            "at": NOW,
        },
    )
    return change_id


async def walk_to(session: AsyncSession, case_id: UUID, goal: State, by: UUID) -> None:
    """Move a received case to `goal` by the shortest way an officer and a worker have."""
    for before, after in _way(State.RECEIVED, goal):
        mover = next(one.mover for one in ENABLED if (one.before, one.after) == (before, after))
        if (before, after) == (State.LINKING, State.ASSIGNED):
            await store_link(session, case_id, by)
        decision = None
        if after is State.CLOSED:
            await note_contact(session, case_id)
            decision = await store_decision(session, case_id, by)
        person = None if mover is Mover.WORKER else by
        await take_step(
            session, case_id, before.value, after.value, person_id=person, decision_id=decision
        )


def _way(start: State, goal: State) -> list[tuple[State, State]]:
    ways: dict[State, list[tuple[State, State]]] = {start: []}
    ahead = [start]
    while goal not in ways:
        here = ahead.pop(0)
        for one in ENABLED:
            if one.before is here and one.after not in ways:
                ways[one.after] = [*ways[here], (here, one.after)]
                ahead.append(one.after)
    return ways[goal]
