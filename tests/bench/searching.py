"""Searching names as the product does, beside the barest SQL that finds the same kind of thing."""

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


def _queries(kind: str, count: int) -> list[str]:
    """What people type, the same in every run."""
    chance = Random(kind)
    typed = {
        "beginning": lambda: names.latin_name(chance)[: chance.randrange(4, 14)],
        "misspelt": lambda: names.misspelt(names.latin_name(chance), chance),
        "Chinese": lambda: (
            chance.choice(names.CHINESE[0].split()) + chance.choice(names.CHINESE[1].split())
        ),
        "Bangla": lambda: " ".join(chance.choice(words.split()) for words in names.BANGLA[:2]),
    }[kind]
    return [typed() for _ in range(count)]


async def measure(ground: Ground, count: int) -> list[Line]:
    async with ground.connection() as bare, ground.sessions() as open_session:
        total = await bare.fetchval("select count(*) from agency_names")
        tell(f"Searching {total:,} names …")
        return [
            await _kind(open_session, bare, kind, _queries(kind, count), round(total, -2))
            for kind in ("beginning", "misspelt", "Chinese", "Bangla")
        ]


async def _kind(
    open_session: OpenSession, bare: asyncpg.Connection, kind: str, typed: list[str], total: int
) -> Line:
    """Each query once by ours and once barely, in turn."""
    statement = LIKENESS if kind == "misspelt" else BEGINNING
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
        "likeness by trigrams" if kind == "misspelt" else "range of the index"
    )
    return time_line(what, ours[3:], ceiling, floor[3:])
