"""SQL of names that workers use for an agency: how many cases taught them, and which everybody may find."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.agencies.tables import agencies, taught_names
from recruitwatch.names.rules import normalise

MOST_TAUGHT = 60
"""As many as the matcher ranks of other candidates."""
_own = taught_names.c


class TaughtName(msgspec.Struct, frozen=True, kw_only=True):
    """A name that so many workers use for an agency that everybody finds it by it. Where it comes from is
    known to nobody."""

    id: UUID
    agency_id: UUID
    legal_name: str
    name: str


async def list_taught(session: AsyncSession, heard: Sequence[str]) -> dict[UUID, list[str]]:
    """Names that sound like this and are for officers only so far, by agency. One that very many agencies
    have tells none of them apart."""
    statement = (
        select(_own.agency_id, _own.name)
        .where(_own.heard == func.any(list(heard)), ~_own.is_public)
        .order_by(_own.agency_id, _own.id)
        .limit(MOST_TAUGHT)
    )
    return _by_agency(await session.execute(statement)) if heard else {}


async def list_public_names(
    session: AsyncSession, agency_ids: Sequence[UUID]
) -> dict[UUID, list[str]]:
    """Names by which everybody finds these agencies."""
    statement = (
        select(_own.agency_id, _own.name)
        .where(_own.agency_id == func.any(list(agency_ids)), _own.is_public)
        .order_by(_own.agency_id, _own.id)
    )
    return _by_agency(await session.execute(statement))


def _by_agency(rows: Iterable[tuple[UUID, str]]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    for agency_id, name in rows:
        found[agency_id].append(name)
    return found


async def add_case(
    session: AsyncSession, agency_id: UUID, name: str, *, heard: str, month: date
) -> tuple[UUID, int]:
    """One case more taught this name; gives its id and how many did."""
    statement = (
        insert(taught_names)
        .values(
            id=uuid4(), agency_id=agency_id, name=name, name_norm=normalise(name), heard=heard,
            cases=1, since_month=month,
        )
        .on_conflict_do_update(
            constraint="uq_taught_names_name_norm", set_={"cases": _own.cases + 1, "heard": heard}
        )
        .returning(_own.id, _own.cases)
    )  # fmt: skip
    row = (await session.execute(statement)).one()
    return row[0], row[1]


async def take_case(session: AsyncSession, name_id: UUID) -> None:
    """One case less. What everybody finds stays: its going would tell that somebody took a case back."""
    await session.execute(
        delete(taught_names).where(_own.id == name_id, _own.cases == 1, ~_own.is_public)
    )
    await session.execute(
        update(taught_names).where(_own.id == name_id, _own.cases > 1).values(cases=_own.cases - 1)
    )


async def set_public(session: AsyncSession, name_id: UUID) -> None:
    await session.execute(update(taught_names).where(_own.id == name_id).values(is_public=True))


async def list_known_to_all(
    session: AsyncSession, *, limit: int, offset: int = 0
) -> list[TaughtName]:
    """The names that everybody finds, by agency."""
    statement = (
        select(_own.id, _own.agency_id, agencies.c.legal_name, _own.name)
        .join(agencies, agencies.c.id == _own.agency_id)
        .where(_own.is_public)
        .order_by(agencies.c.name_norm, _own.name_norm, _own.id)
        .limit(limit)
        .offset(offset)
    )
    return [TaughtName(**row) for row in (await session.execute(statement)).mappings()]


async def count_known_to_all(session: AsyncSession) -> int:
    statement = select(func.count()).select_from(taught_names).where(_own.is_public)
    return await session.scalar(statement) or 0


async def delete_known_to_all(session: AsyncSession, name_id: UUID) -> tuple[UUID, str] | None:
    """Gives the agency and the name; None where everybody does not find it, which is not told apart."""
    statement = (
        delete(taught_names)
        .where(_own.id == name_id, _own.is_public)
        .returning(_own.agency_id, _own.name)
    )
    row = (await session.execute(statement)).one_or_none()
    return (row[0], row[1]) if row else None
