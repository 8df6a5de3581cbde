"""The whole register, page by page. Read it in a snapshot, or the pages are of different states."""

from collections.abc import AsyncGenerator, Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.agencies.queries.licences import list_licences_of
from recruitwatch.agencies.queries.records import load_agencies
from recruitwatch.agencies.queries.registers import get_register
from recruitwatch.agencies.rules import public_view, status_on
from recruitwatch.agencies.tables import agencies, registers
from recruitwatch.agencies.values import NumberKind, PublicAgency, Register, RegisterUnknown

# More at once is no faster, and whoever waits for another page waits longer.
PAGE = 100


async def each_public_agency(
    session: AsyncSession, day: date, *, register_id: str | None = None
) -> AsyncGenerator[PublicAgency, None]:
    """Every agency as everyone may see it on a day, by name; of one register or of all. Three
    statements for a hundred agencies, and one more where a register is met first."""
    known: dict[str, Register] = {}
    if register_id is not None:
        if not register_id.isprintable():  # the database refuses text with a NUL
            raise RegisterUnknown
        known[register_id] = await get_register(session, register_id)
    last: tuple[str, UUID] | None = None
    while places := await _page(session, register_id, last):
        last = places[-1]
        for agency in await _views(session, [agency_id for _, agency_id in places], day, known):
            yield agency


async def load_public_agencies(
    session: AsyncSession, ids: Sequence[UUID], day: date
) -> list[PublicAgency]:
    """These agencies as everyone may see them on a day, in this order; unknown ids are left out."""
    return await _views(session, ids, day, {})


async def _views(
    session: AsyncSession, ids: Sequence[UUID], day: date, known: dict[str, Register]
) -> list[PublicAgency]:
    """The public views in this order. Registers that are met first are added to the known ones."""
    stored = await load_agencies(session, ids)
    licences = await list_licences_of(session, ids)
    known |= await _registers(session, {s.record.register_id for s in stored.values()} - {*known})
    return [
        public_view(
            stored[one],
            known[stored[one].record.register_id],
            status_on(licences.get(one, ()), day),
        )
        for one in ids
        if one in stored
    ]


async def _page(
    session: AsyncSession, register_id: str | None, last: tuple[str, UUID] | None
) -> list[tuple[str, UUID]]:
    """The names and ids that follow the last one, along the index of names."""
    own = agencies.c
    statement = select(own.name_norm, own.id).order_by(own.name_norm, own.id).limit(PAGE)
    if register_id is not None:
        statement = statement.where(own.register_id == register_id)
    if last is not None:
        statement = statement.where(tuple_(own.name_norm, own.id) > tuple_(*last))
    return [(name, agency_id) for name, agency_id in await session.execute(statement)]


async def _registers(session: AsyncSession, ids: Iterable[str]) -> dict[str, Register]:
    wanted = sorted(ids)
    if not wanted:
        return {}
    own = registers.c
    statement = select(own.id, own.title, own.country, own.numbers)
    rows = await session.execute(statement.where(own.id == func.any(wanted)).order_by(own.id))
    return {
        register_id: Register(
            id=register_id, title=title, country=country, numbers=NumberKind(numbers)
        )
        for register_id, title, country, numbers in rows
    }
