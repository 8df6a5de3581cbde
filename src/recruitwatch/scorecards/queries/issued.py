"""Issued cards: immutable snapshots, newest first."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import people
from recruitwatch.actor import Actor
from recruitwatch.scorecards.tables import issued_scorecards
from recruitwatch.scorecards.values import CardInputs, Grade
from recruitwatch.scorecards.values.issued import (
    CardUnknown,
    CurrentCard,
    IssuedCard,
    IssuedLine,
    Snapshot,
)


async def lock_newest_issued(session: AsyncSession, agency_id: UUID) -> IssuedLine | None:
    """The newest issued card; issuing for one agency waits for its turn."""
    key = int.from_bytes(agency_id.bytes[:8], "big", signed=True)
    await session.execute(text("select pg_advisory_xact_lock(:key)"), {"key": key})
    newest = await list_issued(session, agency_id, limit=1)
    return newest[0] if newest else None


async def list_issued(
    session: AsyncSession, agency_id: UUID, *, limit: int, offset: int = 0
) -> list[IssuedLine]:
    """Newest first."""
    statement = (
        select(
            issued_scorecards.c.id, issued_scorecards.c.revision, issued_scorecards.c.as_of,
            issued_scorecards.c.grade, issued_scorecards.c.issued_at,
            issued_scorecards.c.inputs_sha256, people.c.full_name.label("issued_by_name"),
        )
        .join(people, people.c.id == issued_scorecards.c.issued_by)
        .where(issued_scorecards.c.agency_id == agency_id)
        .order_by(issued_scorecards.c.revision.desc(), issued_scorecards.c.id)
        .limit(limit)
        .offset(offset)
    )  # fmt: skip
    rows = (await session.execute(statement)).mappings()
    return [IssuedLine(**{**row, "grade": Grade(row["grade"])}) for row in rows]


async def get_issued(session: AsyncSession, agency_id: UUID, revision: int) -> IssuedCard:
    """One issued card from its snapshot."""
    newest = (
        select(func.max(issued_scorecards.c.revision))
        .where(issued_scorecards.c.agency_id == agency_id)
        .scalar_subquery()
    )
    statement = (
        select(
            issued_scorecards.c.id, issued_scorecards.c.agency_id, issued_scorecards.c.revision,
            issued_scorecards.c.as_of, issued_scorecards.c.profile,
            issued_scorecards.c.inputs_sha256, issued_scorecards.c.inputs,
            issued_scorecards.c.card.label("snapshot"), issued_scorecards.c.issued_at,
            people.c.full_name.label("issued_by_name"), newest.label("newest_revision"),
        )
        .join(people, people.c.id == issued_scorecards.c.issued_by)
        .where(
            issued_scorecards.c.agency_id == agency_id, issued_scorecards.c.revision == revision
        )
    )  # fmt: skip
    row = (await session.execute(statement)).mappings().one_or_none()
    if row is None:
        raise CardUnknown
    return IssuedCard(
        **{
            **row,
            "inputs": msgspec.json.decode(row["inputs"], type=CardInputs),
            "snapshot": msgspec.json.decode(row["snapshot"], type=Snapshot),
        }
    )


async def insert_issued(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    card_id: UUID,
    revision: int,
    current: CurrentCard,
    snapshot: Snapshot,
    inputs: str,
    inputs_sha256: str,
) -> None:
    await session.execute(
        insert(issued_scorecards).values(
            id=card_id,
            agency_id=current.agency_id,
            revision=revision,
            as_of=current.card.as_of,
            profile=current.card.profile,
            grade=current.card.grade.value,
            inputs=inputs,
            inputs_sha256=inputs_sha256,
            card=msgspec.json.encode(snapshot).decode(),
            issued_by=actor.id,
            issued_at=now,
        )
    )
