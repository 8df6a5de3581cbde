"""The matcher's candidates out of PostgreSQL: the same as from memory (names/register.py)."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Text, cast, column, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.agencies.queries.taught import list_taught
from recruitwatch.agencies.rules.taught import heard_in, with_taught
from recruitwatch.agencies.tables import SearchKey, agency_key_counts, agency_readings
from recruitwatch.names.dictionary import load_dictionary
from recruitwatch.names.rules.agencies import read_said
from recruitwatch.names.rules.keys import best_candidates, chosen_keys, query_keys
from recruitwatch.names.rules.ranking import rank
from recruitwatch.names.rules.readings import unpack
from recruitwatch.names.rules.weighing import counted_keys
from recruitwatch.names.values import Commonness, Judgement, Match, ReadAgency, ReadQuery, Said

EVERYTHING = ""
"""The key that every agency has: its count is that of all agencies."""


async def match_said(
    session: AsyncSession,
    said: Said,
    *,
    registers: Collection[str] | None = None,
    judged: Mapping[str, Judgement] | None = None,
    taught: bool = False,
) -> Match:
    """The agencies that the words may mean, best first; keys of candidates are ids of agencies.

    In these registers or in all. `judged` is what officers decided of these words before, by id.
    `taught`: also by names that few cases have taught so far, for the eyes of officers only.
    """
    query = await asyncio.to_thread(_read, said)
    asked = query_keys(query)
    counts = await _counts(session, [key for key, _ in asked], registers)
    total = counts[EVERYTHING]
    chosen = chosen_keys(asked, counts, total)
    found = await _find(session, list(chosen), registers)
    best = best_candidates(found, chosen)
    names = await list_taught(session, heard_in(query)) if taught else {}
    candidates = await _load(session, [*best, *(str(one) for one in names if str(one) not in best)])
    if names:
        candidates = await asyncio.to_thread(_with_names, candidates, names)
    words = counted_keys(query.words, (name for one in candidates for name in one.names))
    known = await _counts(session, [key for key in words if key not in counts], registers)
    commonness = Commonness(total, {**counts, **known})
    return await asyncio.to_thread(rank, query, candidates, commonness, judged)


def _read(said: Said) -> ReadQuery:
    return read_said(said, load_dictionary())


def _with_names(
    candidates: Iterable[ReadAgency], names: Mapping[UUID, Sequence[str]]
) -> list[ReadAgency]:
    own = {str(agency_id): known for agency_id, known in names.items()}
    return [
        with_taught(one, own[one.facts.key], load_dictionary()) if one.facts.key in own else one
        for one in candidates
    ]


def _within(
    register: ColumnElement[str], registers: Collection[str] | None
) -> list[ColumnElement[bool]]:
    return [] if registers is None else [register == func.any(list(registers))]


def _keys(keys: Iterable[str]) -> ColumnElement[Sequence[str]]:
    return cast(list(keys), ARRAY(SearchKey))


async def _counts(
    session: AsyncSession, keys: Sequence[str], registers: Collection[str] | None
) -> dict[str, int]:
    """How many agencies have each key, and how many there are."""
    own = agency_key_counts.c
    statement = (
        select(own.key, func.sum(own.agencies))
        .where(own.key == func.any(_keys([*keys, EVERYTHING])))
        .where(*_within(own.register_id, registers))
        .group_by(own.key)
    )
    counts = {key: int(count) for key, count in await session.execute(statement)}
    return {EVERYTHING: 0, **counts}


async def _find(
    session: AsyncSession, keys: Sequence[str], registers: Collection[str] | None
) -> dict[str, set[str]]:
    """The agencies of these keys, with those they have."""
    if not keys:
        return {}
    own = agency_readings.c
    asked = func.unnest(_keys(keys)).table_valued(column("key", Text)).render_derived()
    statement = (
        select(asked.c.key, own.agency_id)
        .join(agency_readings, own["keys"].op("@>")(func.array_append(_keys([]), asked.c.key)))
        .where(*_within(own.register_id, registers))
    )
    found: dict[str, set[str]] = defaultdict(set)
    for key, agency_id in await session.execute(statement):
        found[str(agency_id)].add(key)
    return found


async def _load(session: AsyncSession, keys: Sequence[str]) -> list[ReadAgency]:
    own = agency_readings.c
    statement = select(own.reading).where(own.agency_id == func.any([UUID(key) for key in keys]))
    return [unpack(content) for content in await session.scalars(statement)] if keys else []
