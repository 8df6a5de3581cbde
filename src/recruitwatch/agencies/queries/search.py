"""Search and lists of the register. The matcher answers first: at most five agencies, with its reasons.

Where it suggests none, the page lists what begins with the words typed (a range of an ordered index),
or else what comes nearest; it says that nothing fits clearly.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

import msgspec
from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    func,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.agencies.queries.matching import match_said
from recruitwatch.agencies.rules.hits import nearest, proposed, reasons_for
from recruitwatch.agencies.rules.matching import said_of
from recruitwatch.agencies.tables import agencies, agency_addresses, agency_names, registers
from recruitwatch.agencies.values import AgencyHit, AgencyHits, AgencyRecord
from recruitwatch.names.rules import normalise, normalise_number
from recruitwatch.names.values import Judgement, Outcome, Ranked, Said

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
    """What the matcher suggests; else the agencies whose name or number begins so, page by page, at most
    500; else what comes nearest."""
    words = query[:LONGEST_QUERY]
    within = None if register_id is None else (register_id,)
    match = await match_said(session, Said(text=words), registers=within)
    named = proposed(match)
    if named:
        hits = await list_ranked(session, named)
        return AgencyHits(hits=hits, total=len(hits), outcome=match.outcome)
    found = await _beginnings(session, normalise(words), normalise_number(words), register_id)
    if found:
        wanted = list(found.items())[:MOST_HITS]
        hits = await _hits(session, wanted[offset : offset + limit])
        return AgencyHits(hits=hits, total=len(wanted), outcome=Outcome.UNMATCHED, begins=True)
    hits = await list_ranked(session, nearest(match))
    return AgencyHits(hits=hits, total=len(hits), outcome=Outcome.UNMATCHED)


async def list_beginning(
    session: AsyncSession, words: str, *, limit: int, offset: int = 0
) -> tuple[AgencyHit, ...]:
    """The agencies whose name or number begins so, those that are just so first."""
    words = words[:LONGEST_QUERY]
    found = await _beginnings(session, normalise(words), normalise_number(words), None)
    return await _hits(session, list(found.items())[:MOST_HITS][offset : offset + limit])


async def list_lines(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, AgencyHit]:
    """The lines of these agencies by id; unknown ids are left out."""
    statement = _HIT.where(agencies.c.id == func.any(list(ids))).order_by(agencies.c.id)
    rows = await session.execute(statement) if ids else ()
    return {row[0]: _hit(*row, None) for row in rows}


async def list_ranked(session: AsyncSession, ranked: Sequence[Ranked]) -> tuple[AgencyHit, ...]:
    """The lines of the matcher's candidates with its reasons, in its order."""
    ids = [UUID(one.key) for one in ranked]
    statement = _HIT.where(agencies.c.id == func.any(ids)).order_by(agencies.c.id)
    rows = {row[0]: row for row in (await session.execute(statement))} if ids else {}
    return tuple(
        msgspec.structs.replace(
            _hit(*rows[UUID(one.key)], one.name),
            outcome=one.outcome,
            score=one.score,
            reasons=reasons_for(one),
        )
        for one in ranked
        if UUID(one.key) in rows
    )


async def list_meant(
    session: AsyncSession,
    said: Said,
    *,
    judged: Mapping[str, Judgement] | None = None,
    limit: int,
) -> tuple[AgencyHit, ...]:
    """The agencies that somebody's words may mean, for an officer's eyes: those that the matcher proposes, or
    else those that come nearest; also by names that few cases have taught so far. What was judged before
    (by id) is left out or put first."""
    match = await match_said(session, said, judged=judged, taught=True)
    return await list_ranked(session, (proposed(match) or nearest(match))[:limit])


async def list_same(session: AsyncSession, record: AgencyRecord) -> tuple[AgencyHit, ...]:
    """Agencies in any register that the entry may be a second time: certain or suggested, or alike so much
    that the matcher cannot tell them apart."""
    match = await match_said(session, said_of(record))
    return await list_ranked(session, proposed(match, alike=True))


def _begins(column: ColumnElement[str], prefix: str) -> ColumnElement[bool]:
    return and_(column >= prefix, column < prefix + _LAST)


async def _beginnings(
    session: AsyncSession, name: str, number: str, register_id: str | None
) -> dict[UUID, str]:
    """The number or name itself, then what begins with it."""
    if not name:
        return {}
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
    return dict(_each_once([(row[0], row[1]) for row in rows]))


def _within(agency_id: ColumnElement[UUID], register_id: str | None) -> list[ColumnElement[bool]]:
    """The condition of one register, or none."""
    if register_id is None:
        return []
    return [agency_id.in_(select(agencies.c.id).where(agencies.c.register_id == register_id))]


def _rank(exact: ColumnElement[bool], first: int, otherwise: int) -> ColumnElement[int]:
    return case((exact, literal_column(str(first))), else_=literal_column(str(otherwise)))


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
