"""Search and lists of the register: numbers and beginnings of names first, likeness only when needed.

Steps are taken only while there are fewer than ten hits: beginnings (a range of an ordered index),
all words anywhere in a name, words spelt alike. Only where nothing was found are names taken that
are alike as a whole: that step is the dearest. A number that fits exactly needs no other step. Where
no whole number fits, its digits do: the paper says RL-0010 and the register 0010, or 10.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    func,
    literal,
    literal_column,
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
from recruitwatch.names.rules import normalise, normalise_number, number_digits

ENOUGH = 10
MOST_HITS = 500
MOST_ALIKE = 50
MOST_WORDS = 12
WORDS_ALIKE, WHOLE_ALIKE = 0.4, 0.3
LONGEST_QUERY = 200
MOST_LETTERS = 4
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
    found, is_number = await _beginnings(session, name, number, register_id)
    if not is_number and _is_number(number):
        same = await _same_digits(session, number, register_id)
        is_number = bool(same)
        found = _before(found, same, name)
    for step, enough in () if is_number else STEPS:
        if len(found) < enough:
            for agency_id, key in await step(session, name, register_id):
                found.setdefault(agency_id, key)
    return list(found.items())[:MOST_HITS]


def _is_number(number: str) -> bool:
    """Digits behind a few letters: what stands on a licence, not a name with a number in it."""
    letters = sum(not c.isdecimal() for c in number)
    return letters <= MOST_LETTERS and letters < len(number)


def _before(found: dict[UUID, str], same: _Fits, name: str) -> dict[UUID, str]:
    """Exact names first, then the same digits, then what only begins like the query."""
    exact = {agency_id: key for agency_id, key in found.items() if key == name}
    return {**exact, **{a: key for a, key in same if a not in exact}, **found}


async def _same_digits(session: AsyncSession, number: str, register_id: str | None) -> _Fits:
    """Agencies whose number has the same digits, leading zeros aside."""
    own = agencies.c
    statement = (
        select(own.id, own.name_norm)
        .where(own.licence_digits == number_digits(number), *_within(own.id, register_id))
        .order_by(own.licence_no_norm, own.id)
        .limit(MOST_HITS)
    )
    return _each_once((await session.execute(statement)).all())


def _begins(column: ColumnElement[str], prefix: str) -> ColumnElement[bool]:
    return and_(column >= prefix, column < prefix + _LAST)


async def _beginnings(
    session: AsyncSession, name: str, number: str, register_id: str | None
) -> tuple[dict[UUID, str], bool]:
    """The number or name itself, then what begins with it; and whether a number fits exactly."""
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
    ranked = select(agency_id, key, rank).order_by(rank, key, agency_id)
    rows = (await session.execute(ranked)).all()
    fits = dict(_each_once([(row[0], row[1]) for row in rows]))
    return fits, bool(rows) and rows[0][2] == 0


def _within(agency_id: ColumnElement[UUID], register_id: str | None) -> list[ColumnElement[bool]]:
    """The condition of one register, or none."""
    if register_id is None:
        return []
    return [agency_id.in_(select(agencies.c.id).where(agencies.c.register_id == register_id))]


def _rank(exact: ColumnElement[bool], first: int, otherwise: int) -> ColumnElement[int]:
    return case((exact, literal_column(str(first))), else_=literal_column(str(otherwise)))


async def _inside(session: AsyncSession, name: str, register_id: str | None) -> _Fits:
    """Names that hold every word: first those that hold them side by side and from a word's start."""
    names = agency_names.c
    statement = (
        select(names.agency_id, names.name_norm)
        .where(*(names.name_norm.like(f"%{word}%") for word in name.split()[:MOST_WORDS]))
        .where(*_within(names.agency_id, register_id))
        .order_by(
            names.name_norm.not_like(f"% {name}%"),
            names.name_norm.not_like(f"%{name}%"),
            names.name_norm,
            names.agency_id,
        )
        .limit(MOST_HITS)
    )
    return _each_once((await session.execute(statement)).all())


async def _words_alike(session: AsyncSession, name: str, register_id: str | None) -> _Fits:
    """Names that hold something spelt like every word, in any order."""
    names = agency_names.c
    alike = [literal(word).op("<%")(names.name_norm) for word in name.split()[:MOST_WORDS]]
    await _set_limit(session, "word_similarity", WORDS_ALIKE)
    return await _most_alike(session, name, alike, register_id)


async def _whole_alike(session: AsyncSession, name: str, register_id: str | None) -> _Fits:
    """Names that have something of the query: better than to show nothing."""
    await _set_limit(session, "similarity", WHOLE_ALIKE)
    return await _most_alike(session, name, [agency_names.c.name_norm.op("%")(name)], register_id)


async def _set_limit(session: AsyncSession, name: str, least: float) -> None:
    """The index answers operators whose limit is a setting, here of this transaction only."""
    limit = func.set_config(f"pg_trgm.{name}_threshold", str(least), True)
    await session.execute(select(limit))


async def _most_alike(
    session: AsyncSession,
    name: str,
    alike: Sequence[ColumnElement[bool]],
    register_id: str | None,
) -> _Fits:
    names = agency_names.c
    likeness = func.greatest(
        func.similarity(names.name_norm, name), func.word_similarity(name, names.name_norm)
    )
    statement = (
        select(names.agency_id, names.name_norm)
        .where(*alike, *_within(names.agency_id, register_id))
        .order_by(likeness.desc(), names.name_norm, names.agency_id)
        .limit(MOST_ALIKE)
    )
    return _each_once((await session.execute(statement)).all())


# Each step with the number of hits that makes it needless.
STEPS = ((_inside, ENOUGH), (_words_alike, ENOUGH), (_whole_alike, 1))


def _each_once(rows: Iterable[tuple[UUID, str]]) -> _Fits:
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
    # The page is cut out of the index before anything else of its agencies is read.
    own = agencies.c
    ids = select(own.id).order_by(own.name_norm, own.id).limit(limit).offset(offset)
    if register_id is not None:
        ids = ids.where(own.register_id == register_id)
    statement = _HIT.where(own.id.in_(ids)).order_by(own.name_norm, own.id)
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
    if register_id is not None and not register_id.isprintable():
        return AgencyHits(hits=(), total=0)  # the database refuses text with a NUL
    if query.strip():
        return await search(session, query, register_id=register_id, limit=limit, offset=offset)
    hits = await list_agencies(session, register_id=register_id, limit=limit, offset=offset)
    return AgencyHits(
        hits=tuple(hits), total=await count_agencies(session, register_id=register_id)
    )
