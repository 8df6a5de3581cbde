"""Writing and reading history. It is written in the transaction of the action it records."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.history.tables import entries
from recruitwatch.history.values import Action, Entry


async def record(
    session: AsyncSession,
    actor: Actor,
    action: Action,
    *,
    subject: tuple[str, UUID | str],
    now: datetime,
    details: Mapping[str, object] | None = None,
) -> None:
    """Append one line. `details` holds old and new values, never sealed ones or secrets."""
    await record_each(session, actor, action, lines=[(subject, details or {})], now=now)


async def record_each(
    session: AsyncSession,
    actor: Actor,
    action: Action,
    *,
    lines: Sequence[tuple[tuple[str, UUID | str], Mapping[str, object]]],
    now: datetime,
) -> None:
    """Append a line for each subject, with its details, in one statement; at most some hundred."""
    rows = [
        {
            "at": now,
            "actor_id": actor.person_id,
            "actor_name": actor.name,
            "office_id": actor.office_id,
            "action": action.value,
            "subject_kind": kind,
            "subject_id": str(identity),
            "details": msgspec.to_builtins(dict(details), str_keys=True),
        }
        for (kind, identity), details in lines
    ]
    if rows:
        await session.execute(insert(entries), rows)


async def list_entries(
    session: AsyncSession,
    *,
    subject: tuple[str, UUID | str] | None = None,
    actor_id: UUID | None = None,
    action: Action | None = None,
    limit: int,
    offset: int = 0,
) -> list[Entry]:
    """Newest first."""
    columns = (
        entries.c.seq, entries.c.at, entries.c.actor_id, entries.c.actor_name, entries.c.action,
        entries.c.subject_kind, entries.c.subject_id, entries.c.details,
    )  # fmt: skip
    statement = select(*columns).where(*_conditions(subject, actor_id, action))
    statement = statement.order_by(entries.c.seq.desc()).limit(limit).offset(offset)
    return [Entry(**row) for row in (await session.execute(statement)).mappings()]


async def count_entries(
    session: AsyncSession,
    *,
    subject: tuple[str, UUID | str] | None = None,
    actor_id: UUID | None = None,
    action: Action | None = None,
) -> int:
    conditions = _conditions(subject, actor_id, action)
    statement = select(func.count()).select_from(entries).where(*conditions)
    return await session.scalar(statement) or 0


def _conditions(
    subject: tuple[str, UUID | str] | None, actor_id: UUID | None, action: Action | None
) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if subject is not None:
        conditions.append(entries.c.subject_kind == subject[0])
        conditions.append(entries.c.subject_id == str(subject[1]))
    if actor_id is not None:
        conditions.append(entries.c.actor_id == actor_id)
    if action is not None:
        conditions.append(entries.c.action == action.value)
    return conditions
