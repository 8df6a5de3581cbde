"""Search and lists of the register: numbers and beginnings of names first, likeness only when needed.

Three steps, each taken only while there are fewer than ten hits: beginnings (a range of an ordered
index), words inside a name, and likeness of spelling (trigrams). Each step is bounded.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Row,
    and_,
    case,
    func,
    literal,
    literal_column,
    or_,
    select,
    union,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.agencies.rules import normalise_contact
from recruitwatch.agencies.tables import (
    agencies,
    agency_addresses,
    agency_contacts,
    agency_names,
    registers,
)
from recruitwatch.agencies.values import AgencyHit, AgencyHits, ContactKind
from recruitwatch.names.rules import normalise, normalise_number

ENOUGH = 10
MOST_HITS = 500
LONGEST_QUERY = 200
# The highest character there is: `prefix` and everything that begins with it lie below.
_LAST = "\U0010ffff"
_Fits = list[tuple[UUID, str]]
"""Agencies with the key of the name that fits."""


async def search(
    session: AsyncSession,
    query: str,
    *,
    register_id: str | None = None,
    limit: int,
    offset: int = 0,
) -> AgencyHits:
    """Agencies whose number or any of whose names fits, best first; at most 500 are counted."""
    found = await _ranked(session, query[:LONGEST_QUERY], register_id)
    wanted = found[offset : offset + limit]
    return AgencyHits(hits=await _hits(session, wanted), total=len(found))


async def _ranked(session: AsyncSession, query: str, register_id: str | None) -> _Fits:
    """Each agency once, with the key of the name that fits, best first."""
    name, number = normalise(query), normalise_number(query)
    if not name:
        return []
    found = dict(await _beginnings(session, name, number, register_id))
    for step in (_inside, _alike):
        if len(found) >= ENOUGH:
            break
        for agency_id, key in await step(session, name, register_id):
            found.setdefault(agency_id, key)
    return list(found.items())[:MOST_HITS]


def _begins(column: ColumnElement[str], prefix: str) -> ColumnElement[bool]:
    return and_(column >= prefix, column < prefix + _LAST)


async def _beginnings(
    session: AsyncSession, name: str, number: str, register_id: str | None
) -> _Fits:
    """The number or name itself, then what begins with it."""
    names, own = agency_names.c, agencies.c
    by_name = (
        select(names.agency_id, names.name_norm, _rank(names.name_norm == name, 1, 3))
        .where(_begins(names.name_norm, name), *_within(names.agency_id, register_id))
        .order_by(names.name_norm, names.agency_id)
        .limit(MOST_HITS)
    )
    by_number = (
        select(own.id, own.name_norm, _rank(own.licence_no_norm == number, 0, 2))
        .where(_begins(own.licence_no_norm, number), *_within(own.id, register_id))
        .order_by(own.licence_no_norm, own.id)
        .limit(MOST_HITS)
    )
    # A word without a digit is no number, and an empty one would begin every number.
    steps = [by_name, by_number] if any(c.isdecimal() for c in number) else [by_name]
    found = union_all(*(step.subquery().select() for step in steps)).subquery()
    agency_id, key, rank = found.c
    rows = await session.execute(select(agency_id, key).order_by(rank, key, agency_id))
    return _each_once(rows.all())


def _within(agency_id: ColumnElement[UUID], register_id: str | None) -> list[ColumnElement[bool]]:
    """The condition of one register, or none."""
    if register_id is None:
        return []
    return [agency_id.in_(select(agencies.c.id).where(agencies.c.register_id == register_id))]


def _rank(exact: ColumnElement[bool], first: int, otherwise: int) -> ColumnElement[int]:
    return case((exact, literal_column(str(first))), else_=literal_column(str(otherwise)))


async def _inside(session: AsyncSession, name: str, register_id: str | None) -> _Fits:
    """Names that hold the words in this order: those at the beginning of a word come first."""
    names = agency_names.c
    statement = (
        select(names.agency_id, names.name_norm)
        .where(names.name_norm.like(f"%{name}%"), *_within(names.agency_id, register_id))
        .order_by(names.name_norm.not_like(f"% {name}%"), names.name_norm, names.agency_id)
        .limit(MOST_HITS)
    )
    return _each_once((await session.execute(statement)).all())


async def _alike(session: AsyncSession, name: str, register_id: str | None) -> _Fits:
    """Names spelt alike, most alike first."""
    names = agency_names.c
    likeness = func.greatest(
        func.similarity(names.name_norm, name), func.word_similarity(name, names.name_norm)
    )
    statement = (
        select(names.agency_id, names.name_norm)
        .where(
            or_(names.name_norm.op("%")(name), literal(name).op("<%")(names.name_norm)),
            *_within(names.agency_id, register_id),
        )
        .order_by(likeness.desc(), names.name_norm, names.agency_id)
        .limit(MOST_HITS // 10)
    )
    return _each_once((await session.execute(statement)).all())


def _each_once(rows: Sequence[Row[UUID, str]]) -> _Fits:
    """The first and so best fit of each agency."""
    found: dict[UUID, str] = {}
    for agency_id, key in rows:
        found.setdefault(agency_id, key)
    return list(found.items())


_city = (
    select(agency_addresses.c.city)
    .where(agency_addresses.c.agency_id == agencies.c.id, agency_addresses.c.position == 0)
    .correlate(agencies)
    .scalar_subquery()
)
_HIT = (
    select(
        agencies.c.id, agencies.c.legal_name, agencies.c.licence_no, registers.c.title,
        func.coalesce(_city, ""),
    )
    .join(registers, registers.c.id == agencies.c.register_id)
)  # fmt: skip


async def _hits(session: AsyncSession, wanted: _Fits) -> tuple[AgencyHit, ...]:
    """The lines of these agencies in this order."""
    if not wanted:
        return ()
    ids, keys = [agency_id for agency_id, _ in wanted], [key for _, key in wanted]
    rows = await session.execute(_HIT.where(agencies.c.id == func.any(ids)))
    lines = {row[0]: row for row in rows}
    fits = await session.execute(
        select(agency_names.c.agency_id, func.min(agency_names.c.name))
        .where(
            agency_names.c.agency_id == func.any(ids),
            agency_names.c.name_norm == func.any(keys),
        )
        .group_by(agency_names.c.agency_id, agency_names.c.name_norm)
    )
    matched = dict(fits.all())
    return tuple(_hit(*lines[agency_id], matched.get(agency_id)) for agency_id in ids)


def _hit(
    agency_id: UUID, legal_name: str, licence_no: str | None, title: str, city: str, fit: str | None
) -> AgencyHit:
    return AgencyHit(
        id=agency_id,
        legal_name=legal_name,
        matched_name=fit if fit != legal_name else None,
        licence_no=licence_no,
        register_title=title,
        city=city,
    )


async def list_agencies(
    session: AsyncSession, *, register_id: str | None = None, limit: int, offset: int = 0
) -> list[AgencyHit]:
    """All agencies, or those of one register, by name."""
    own = agencies.c
    statement = _HIT.order_by(own.name_norm, own.id).limit(limit).offset(offset)
    if register_id is not None:
        statement = statement.where(own.register_id == register_id)
    return [_hit(*row, None) for row in await session.execute(statement)]


async def count_agencies(session: AsyncSession, *, register_id: str | None = None) -> int:
    statement = select(func.count()).select_from(agencies)
    if register_id is not None:
        statement = statement.where(agencies.c.register_id == register_id)
    return await session.scalar(statement) or 0


async def list_similar(
    session: AsyncSession, *, name: str, licence_no: str | None, phones: Sequence[str], limit: int
) -> list[AgencyHit]:
    """Agencies that may be the same: equal name, number or telephone number after normalising."""
    number = normalise_number(licence_no or "")
    keys = [key for phone in phones if (key := normalise_contact(ContactKind.PHONE, phone))]
    names, contacts = agency_names.c, agency_contacts.c
    same = union(
        select(names.agency_id).where(names.name_norm == normalise(name)),
        select(agencies.c.id).where(agencies.c.licence_no_norm == number, literal(number) != ""),
        select(contacts.agency_id).where(
            contacts.kind == ContactKind.PHONE.value, contacts.value_norm == func.any(keys)
        ),
    ).subquery()
    statement = _HIT.where(agencies.c.id.in_(select(same.c[0])))
    rows = await session.execute(
        statement.order_by(agencies.c.name_norm, agencies.c.id).limit(limit)
    )
    return [_hit(*row, None) for row in rows]


async def search_or_list(
    session: AsyncSession,
    query: str,
    *,
    register_id: str | None = None,
    limit: int,
    offset: int = 0,
) -> AgencyHits:
    """A page of what fits the query, or of the whole list where nothing is asked for."""
    if query.strip():
        return await search(session, query, register_id=register_id, limit=limit, offset=offset)
    hits = await list_agencies(session, register_id=register_id, limit=limit, offset=offset)
    return AgencyHits(
        hits=tuple(hits), total=await count_agencies(session, register_id=register_id)
    )
