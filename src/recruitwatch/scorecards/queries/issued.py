"""Issued cards: immutable snapshots, newest first."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import people
from recruitwatch.actor import Actor
from recruitwatch.scorecards.tables import issued_scorecards, public_cards
from recruitwatch.scorecards.values import CardInputs, Grade
from recruitwatch.scorecards.values.issued import (
    CardUnknown,
    IssuedCard,
    IssuedLine,
    Snapshot,
)
from recruitwatch.scorecards.values.rounds import FrozenCard


async def lock_cards(session: AsyncSession, agency_id: UUID) -> None:
    """Whoever issues, serves, publishes or decides about cards of one agency waits for their turn."""
    key = int.from_bytes(agency_id.bytes[:8], "big", signed=True)
    await session.execute(select(func.pg_advisory_xact_lock(key)))


async def lock_newest_issued(session: AsyncSession, agency_id: UUID) -> IssuedLine | None:
    """The newest issued card; issuing for one agency waits for its turn."""
    await lock_cards(session, agency_id)
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


def issued_row(card: FrozenCard, actor: Actor, now: datetime) -> dict[str, object]:
    return {
        "id": card.card_id, "agency_id": card.agency_id, "revision": card.revision,
        "as_of": card.as_of, "profile": card.profile, "grade": card.grade.value,
        "inputs": card.inputs, "inputs_sha256": card.inputs_sha256, "card": card.snapshot,
        "issued_by": actor.id, "issued_at": now,
    }  # fmt: skip


def public_row(card: FrozenCard, now: datetime, *, draft_days: int) -> dict[str, object]:
    return {
        "card_id": card.card_id, "agency_id": card.agency_id, "public_card": card.public_card,
        "sha256": card.public_sha256, "basis": card.basis, "draft_days": draft_days,
        "reason": card.reason, "prepared_at": now,
    }  # fmt: skip


async def insert_card(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    card: FrozenCard,
    *,
    draft_days: int,
    contest_id: UUID | None = None,
) -> None:
    """Write a card with its public one; with `contest_id` it puts the lines of that contest right."""
    shown = public_row(card, now, draft_days=draft_days)
    await session.execute(insert(issued_scorecards).values(issued_row(card, actor, now)))
    await session.execute(insert(public_cards).values({**shown, "contest_id": contest_id}))
