"""Searching names as the product does, with the matcher, beside the barest SQL that finds the same kind of
thing."""

import time
from random import Random

import asyncpg

from bench.ground import Ground
from bench.table import Line, tell, time_line
from recruitwatch.agencies.queries import search
from recruitwatch.db.engine import OpenSession
from recruitwatch.generating import names
from recruitwatch.names.rules import normalise
from recruitwatch.web.paging import SIZE

BEGINNING = """
select agency_id, name_norm from agency_names where name_norm >= $1 and name_norm < $1 || U&'\\+10FFFF'
order by name_norm, agency_id limit 50
"""
LIKENESS = """
select agency_id, name_norm from agency_names where name_norm % $1 or $1 <% name_norm
order by greatest(similarity(name_norm, $1), word_similarity($1, name_norm)) desc limit 50
"""
KEY = "select agency_id from agency_readings where keys @> array[$1::text] limit 60"


def _queries(kind: str, count: int) -> list[str]:
    """What people type, the same in every run."""
    chance = Random(kind)
    typed = {
        "beginning": lambda: names.latin_name(chance)[: chance.randrange(4, 14)],
        "misspelt": lambda: names.misspelt(names.latin_name(chance), chance),
        "sentence": lambda: f"I paid {names.misspelt(names.latin_name(chance), chance)} in Dhaka",
        "number": lambda: f"licence RL {chance.randrange(60_000)}",
        "Chinese": lambda: (
            chance.choice(names.CHINESE[0].split()) + chance.choice(names.CHINESE[1].split())
        ),
        "Bangla": lambda: " ".join(chance.choice(words.split()) for words in names.BANGLA[:2]),
    }[kind]
    return [typed() for _ in range(count)]


KINDS = ("beginning", "misspelt", "sentence", "number", "Chinese", "Bangla")


async def measure(ground: Ground, count: int) -> list[Line]:
    """Every kind beside the likeness of trigrams, which is what a search without a matcher would ask, or
    beside the range of an index; and one look-up of one key, which nothing can be faster than."""
    async with ground.connection(owner=True) as owner:
        await owner.execute(
            "create index if not exists bench_trigrams on agency_names using gin (name_norm gin_trgm_ops)"
        )
    async with ground.connection() as bare, ground.sessions() as open_session:
        total = await bare.fetchval("select count(*) from agency_names")
        tell(f"Searching {total:,} names …")
        shown = round(total, -2)
        lines = [
            await _kind(open_session, bare, kind, _queries(kind, count), shown) for kind in KINDS
        ]
        lines.append(await _flow(open_session, bare, count, shown))
        return lines


async def _kind(
    open_session: OpenSession, bare: asyncpg.Connection, kind: str, typed: list[str], total: int
) -> Line:
    """Each query once by ours and once barely, in turn."""
    statement = BEGINNING if kind == "beginning" else LIKENESS
    ours, floor = [], []
    for query in [*typed[:3], *typed]:
        begun = time.perf_counter()
        async with open_session() as session:
            await search(session, query, limit=SIZE)
        ours.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        await bare.fetch(statement, normalise(query))
        floor.append(time.perf_counter() - begun)
    what = f"search {total:,} names: {kind}"
    ceiling = "bare SQL, " + (
        "range of the index" if kind == "beginning" else "likeness by trigrams"
    )
    return time_line(what, ours[3:], ceiling, floor[3:])


async def _flow(
    open_session: OpenSession, bare: asyncpg.Connection, count: int, total: int
) -> Line:
    """All kinds in turn, one after the other: as many a second as one core can, PostgreSQL included."""
    typed = [query for several in zip(*(_queries(kind, count) for kind in KINDS), strict=True)
             for query in several]  # fmt: skip
    ours, floor = [], []
    begun, used = time.perf_counter(), time.process_time()
    for query in typed:
        started = time.perf_counter()
        async with open_session() as session:
            await search(session, query, limit=SIZE)
        ours.append(time.perf_counter() - started)
    seconds, own = time.perf_counter() - begun, time.process_time() - used
    keys = [f"s:{normalise(query).split()[0]}" for query in typed]
    for key in keys:
        started = time.perf_counter()
        await bare.fetch(KEY, key)
        floor.append(time.perf_counter() - started)
    what = (
        f"search {total:,} names: all kinds in turn, {len(typed) / seconds:.0f} a second, "
        f"{own / seconds:.0%} of the time in Python"
    )
    return time_line(what, ours, "bare SQL, one key", floor)
