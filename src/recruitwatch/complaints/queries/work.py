"""SQL of what both sides do with a case: messages, openings, steps."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import people
from recruitwatch.complaints.tables import (
    complaint_messages,
    complaint_openings,
    complaint_steps,
    complaints,
)
from recruitwatch.complaints.values.cases import Opening, Step
from recruitwatch.complaints.values.codes import Compartment, Urgency
from recruitwatch.complaints.values.states import Mover, State

_message, _opening, _step = complaint_messages.c, complaint_openings.c, complaint_steps.c


class SealedMessage(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    from_worker: bool
    sealed: bytes
    at: datetime
    written_by: str | None


async def has_message(session: AsyncSession, message_id: UUID) -> bool:
    return await session.scalar(select(_message.id).where(_message.id == message_id)) is not None


async def insert_message(
    session: AsyncSession,
    *,
    message_id: UUID,
    case_id: UUID,
    written_by: UUID | None,
    sealed: bytes,
    now: datetime,
) -> None:
    """From the worker where nobody of the ministry wrote it."""
    await session.execute(
        insert(complaint_messages).values(
            id=message_id,
            case_id=case_id,
            from_worker=written_by is None,
            written_by=written_by,
            sealed=sealed,
            at=now,
        )
    )


async def list_messages(
    session: AsyncSession, case_id: UUID, *, limit: int, offset: int = 0
) -> list[SealedMessage]:
    """Newest first."""
    statement = (
        select(
            _message.id, _message.from_worker, _message.sealed, _message.at,
            people.c.full_name.label("written_by"),
        )
        .outerjoin(people, people.c.id == _message.written_by)
        .where(_message.case_id == case_id)
        .order_by(_message.at.desc(), _message.id)
        .limit(limit)
        .offset(offset)
    )  # fmt: skip
    return [SealedMessage(**row) for row in (await session.execute(statement)).mappings()]


async def count_messages(
    session: AsyncSession, case_id: UUID, *, from_worker_since: datetime | None = None
) -> int:
    """All messages of a case, or those she wrote since then."""
    statement = select(func.count()).where(_message.case_id == case_id)
    if from_worker_since is not None:
        statement = statement.where(_message.from_worker, _message.at > from_worker_since)
    return await session.scalar(statement) or 0


async def insert_opening(
    session: AsyncSession, case_id: UUID, *, person_id: UUID, role: str, part: str, now: datetime
) -> None:
    await session.execute(
        insert(complaint_openings).values(
            case_id=case_id, person_id=person_id, role=role, part=part, at=now
        )
    )


async def find_last_opening(
    session: AsyncSession, case_id: UUID, person_id: UUID
) -> datetime | None:
    """When this officer last opened the case itself."""
    statement = select(func.max(_opening.at)).where(
        _opening.case_id == case_id, _opening.person_id == person_id, _opening.part == "case"
    )
    found: datetime | None = await session.scalar(statement)
    return found


async def list_openings(
    session: AsyncSession, case_id: UUID, *, limit: int, offset: int = 0
) -> list[Opening]:
    """Newest first."""
    statement = (
        select(_opening.role, _opening.part, _opening.at)
        .where(_opening.case_id == case_id)
        .order_by(_opening.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [Opening(**row) for row in (await session.execute(statement)).mappings()]


async def count_openings(session: AsyncSession, case_id: UUID) -> int:
    statement = select(func.count()).where(_opening.case_id == case_id)
    return await session.scalar(statement) or 0


async def insert_step(
    session: AsyncSession,
    case_id: UUID,
    *,
    before: State,
    after: State,
    mover: Mover,
    person_id: UUID | None,
    decision_id: UUID | None = None,
    now: datetime,
) -> None:
    """The database checks the step and moves the case."""
    await session.execute(
        insert(complaint_steps).values(
            case_id=case_id,
            from_state=before.value,
            to_state=after.value,
            mover=mover.value,
            person_id=person_id,
            decision_id=decision_id,
            at=now,
        )
    )


async def list_steps(
    session: AsyncSession, case_id: UUID, *, limit: int, offset: int = 0
) -> list[Step]:
    """Newest first."""
    statement = (
        select(_step.from_state, _step.to_state, _step.at, people.c.full_name)
        .outerjoin(people, people.c.id == _step.person_id)
        .where(_step.case_id == case_id)
        .order_by(_step.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [
        Step(before=State(row[0]), after=State(row[1]), at=row[2], person_name=row[3])
        for row in await session.execute(statement)
    ]


async def count_steps(session: AsyncSession, case_id: UUID) -> int:
    statement = select(func.count()).where(_step.case_id == case_id)
    return await session.scalar(statement) or 0


async def set_withdrawn(
    session: AsyncSession, case_id: UUID, now: datetime, *, pressed: bool
) -> None:
    """She withdrew; `pressed` says that somebody pushed her to. What she once said of that stays said."""
    await session.execute(
        update(complaints)
        .where(complaints.c.id == case_id)
        .values(withdrawn_at=now, withdrawn_pressed=complaints.c.withdrawn_pressed | pressed)
    )


class OwnClocks(msgspec.Struct, frozen=True, kw_only=True):
    """What a worker's own step needs of the plain part of her case."""

    id: UUID
    compartment: Compartment
    urgency: Urgency
    contact_due_at: datetime
    contacted_at: datetime | None


async def get_own_clocks(session: AsyncSession, case_id: UUID) -> OwnClocks:
    """For the one who showed the case's code, and locked it."""
    statement = select(*(complaints.c[name] for name in OwnClocks.__struct_fields__)).where(
        complaints.c.id == case_id
    )
    row = (await session.execute(statement)).mappings().one()
    plain = {"compartment": Compartment(row["compartment"]), "urgency": Urgency(row["urgency"])}
    return OwnClocks(**{**row, **plain})
