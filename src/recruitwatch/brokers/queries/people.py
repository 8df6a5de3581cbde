"""SQL of which records are one person: every record leads to the one that stands for all of them."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import people
from recruitwatch.brokers.tables import broker_merges, brokers
from recruitwatch.brokers.values import BrokerUnknown, Part

MOST_PARTS = 100
_merge = broker_merges.c


def _is_last() -> ColumnElement[bool]:
    """Whether no later word took this one's place."""
    later = broker_merges.alias("later")
    return ~select(later.c.id).where(later.c.supersedes == _merge.id).exists()


def persons() -> CTE:
    """Each record that can be seen (`broker_id`) with the record that stands for the person (`person_id`)."""
    standing = (
        select(_merge.broker_id, _merge.into_id)
        .where(_merge.into_id.is_not(None), _is_last())
        .subquery("standing")
    )
    first = select(brokers.c.id.label("broker_id"), brokers.c.id.label("person_id")).where(
        brokers.c.hidden_at.is_(None), brokers.c.id.not_in(select(standing.c.broker_id))
    )
    found = first.cte("persons", recursive=True)
    return found.union_all(
        select(standing.c.broker_id, found.c.person_id).join(
            standing, standing.c.into_id == found.c.broker_id
        )
    )


async def get_person_id(session: AsyncSession, broker_id: UUID) -> UUID:
    """The record that stands for this one's person. Raises BrokerUnknown, also for what is erased."""
    found = persons()
    statement = select(found.c.person_id).where(found.c.broker_id == broker_id)
    person_id: UUID | None = await session.scalar(statement)
    if person_id is None:
        raise BrokerUnknown
    return person_id


async def list_person_ids(session: AsyncSession, broker_ids: Collection[UUID]) -> list[UUID]:
    """The persons of these records; a record that is erased has none."""
    found = persons()
    statement = (
        select(found.c.person_id)
        .where(found.c.broker_id.in_(broker_ids))
        .distinct()
        .order_by(found.c.person_id)
    )
    return list(await session.scalars(statement))


async def list_record_ids(session: AsyncSession, person_id: UUID) -> list[UUID]:
    """All records of a person, its own first."""
    found = persons()
    statement = (
        select(found.c.broker_id)
        .where(found.c.person_id == person_id)
        .order_by(found.c.broker_id != person_id, found.c.broker_id)
        .limit(MOST_PARTS)
    )
    return list(await session.scalars(statement))


async def list_parts(session: AsyncSession, broker_ids: Collection[UUID]) -> list[Part]:
    """The words that stand and make these records one person, by name."""
    statement = (
        select(
            _merge.id.label("merge_id"), _merge.broker_id, brokers.c.name, _merge.into_id,
            _merge.reason, people.c.full_name.label("judged_by"), _merge.judged_at,
        )
        .join(brokers, brokers.c.id == _merge.broker_id)
        .join(people, people.c.id == _merge.judged_by)
        .where(
            _merge.broker_id.in_(broker_ids),
            _merge.into_id.is_not(None),
            _is_last(),
        )
        .order_by(brokers.c.name, _merge.id)
        .limit(MOST_PARTS)
    )  # fmt: skip
    return [Part(**row) for row in (await session.execute(statement)).mappings()]


async def find_last_merge(session: AsyncSession, broker_id: UUID) -> UUID | None:
    """The last word on this record, also where it took an earlier one back."""
    statement = select(_merge.id).where(_merge.broker_id == broker_id, _is_last())
    found: UUID | None = await session.scalar(statement)
    return found


async def insert_merge(
    session: AsyncSession,
    *,
    new_id: UUID,
    broker_id: UUID,
    into_id: UUID | None,
    reason: str,
    supersedes: UUID | None,
    judged_by: UUID,
    now: datetime,
) -> None:
    await session.execute(
        insert(broker_merges).values(
            id=new_id, broker_id=broker_id, into_id=into_id, reason=reason,
            supersedes=supersedes, judged_by=judged_by, judged_at=now,
        )
    )  # fmt: skip
