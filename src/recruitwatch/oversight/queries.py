"""SQL of oversight: history by what is looked for, and names for the identifiers in it."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, Text, and_, cast, func, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import offices, people
from recruitwatch.actor import Actor
from recruitwatch.agencies.tables import agencies
from recruitwatch.complaints.tables import case_exclusions, complaints
from recruitwatch.history.tables import entries
from recruitwatch.oversight.values import HistoryEntry, HistoryFilter

MOST_NAMES = 1000
MOST_COUNTED = 100_000


async def list_history(
    session: AsyncSession, reader: Actor, wanted: HistoryFilter, *, limit: int, offset: int = 0
) -> list[HistoryEntry]:
    """Newest first. Of cases that are hidden from the reader there is nothing."""
    statement = (
        select(
            entries.c.seq, entries.c.at, entries.c.actor_id, entries.c.actor_name,
            entries.c.action, entries.c.subject_kind, entries.c.subject_id, entries.c.details,
        )
        .where(*_conditions(reader, wanted))
        .order_by(entries.c.seq.desc())
        .limit(limit)
        .offset(offset)
    )  # fmt: skip
    return [HistoryEntry(**row) for row in (await session.execute(statement)).mappings()]


async def count_history(session: AsyncSession, reader: Actor, wanted: HistoryFilter) -> int:
    """How many entries there are, up to a hundred thousand: no list shows more."""
    some = select(entries.c.seq).where(*_conditions(reader, wanted)).limit(MOST_COUNTED).subquery()
    return await session.scalar(select(func.count()).select_from(some)) or 0


def _conditions(reader: Actor, wanted: HistoryFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [_not_hidden_from(reader)]
    if wanted.action is not None:
        conditions.append(entries.c.action == wanted.action.value)
    if wanted.person_id is not None:
        conditions.append(entries.c.actor_id == wanted.person_id)
    if wanted.kind is not None:
        conditions.append(entries.c.subject_kind == wanted.kind)
    if wanted.subject_id is not None:
        conditions.append(entries.c.subject_id == wanted.subject_id)
    return conditions


def _not_hidden_from(reader: Actor) -> ColumnElement[bool]:
    """A worker may hide her case from an office or a person: they do not learn that it exists, in the
    history either. Once such a case is erased, nobody knows any more whom it was hidden from: it is kept from
    everybody then."""
    hidden = (
        select(case_exclusions.c.id)
        .where(
            cast(case_exclusions.c.case_id, Text) == entries.c.subject_id,
            or_(
                case_exclusions.c.person_id == reader.id,
                case_exclusions.c.office_id == reader.office_id,
            ),
        )
        .exists()
    )
    erased = (
        select(complaints.c.id)
        .where(
            cast(complaints.c.id, Text) == entries.c.subject_id,
            complaints.c.erased_at.is_not(None),
            complaints.c.was_hidden,
        )
        .exists()
    )
    return or_(entries.c.subject_kind != "complaint", and_(~hidden, ~erased))


async def list_names(session: AsyncSession, ids: Collection[UUID]) -> dict[str, str]:
    """Names of the people, offices and agencies among these identifiers, by identifier."""
    if not ids:
        return {}
    some = sorted(ids)[:MOST_NAMES]
    parts = [
        select(people.c.id, people.c.full_name.label("name")).where(people.c.id.in_(some)),
        select(offices.c.id, offices.c.name).where(offices.c.id.in_(some)),
        select(agencies.c.id, agencies.c.legal_name).where(agencies.c.id.in_(some)),
    ]
    found = union_all(*parts).subquery()
    statement = select(found.c.id, found.c.name).order_by(found.c.id)
    return {str(row.id): row.name for row in await session.execute(statement)}


async def list_everyone(session: AsyncSession) -> list[tuple[str, str]]:
    """Identifier and name of each person, for the filter; also those who are disabled."""
    statement = select(people.c.id, people.c.full_name)
    statement = statement.order_by(people.c.full_name, people.c.id).limit(1000)
    return [(str(row.id), row.full_name) for row in await session.execute(statement)]
