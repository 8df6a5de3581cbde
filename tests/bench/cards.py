"""All cards of a country, and where their time goes: SQL alone, reading results, gathering inputs,
computing."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

import msgspec
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from bench.country import NOW, Country
from bench.ground import Ground
from bench.table import Line, percent, tell
from recruitwatch.audits.rules.judging import read_result, written
from recruitwatch.cli.serve import tidy_memory
from recruitwatch.scorecards.actions import compute_cards
from recruitwatch.scorecards.queries import collect_evidence, get_library
from recruitwatch.scorecards.rules import DEFAULT_0_1, compute
from recruitwatch.scorecards.rules.gather import gather_card
from recruitwatch.scorecards.rules.sheets import sheets_of
from recruitwatch.scorecards.values.evidence import AgencyEvidence, Library

BATCH = 250
ROUNDS = 2
Statements = list[tuple[str, Sequence[object]]]


class Parts(msgspec.Struct, frozen=True):
    """Seconds of each part, every one measured by itself; of two rounds the quicker counts."""

    sql: float
    results: float
    evidence: float
    inputs: float
    cards: float


async def measure(ground: Ground, country: Country) -> list[Line]:
    count = len(country.agencies)
    tidy_memory()  # As `serve` does once it has started.
    tell(f"Computing {count:,} cards …")
    batches = [country.agencies[first : first + BATCH] for first in range(0, count, BATCH)]
    async with ground.sessions() as open_session, open_session() as session:
        await compute_cards(session, batches[0], NOW)
        whole, parts = [], []
        for _ in range(ROUNDS):
            whole.append(await _whole(session, batches))
            parts.append(await _parts(ground, session, batches))
    return _lines(count, min(whole), Parts(*map(min, *map(msgspec.structs.astuple, parts))))


async def _whole(session: AsyncSession, batches: Sequence[Sequence[UUID]]) -> float:
    begun = time.perf_counter()
    for batch in batches:
        await compute_cards(session, batch, NOW)
    return time.perf_counter() - begun


async def _parts(ground: Ground, session: AsyncSession, batches: Sequence[Sequence[UUID]]) -> Parts:
    evidence: dict[UUID, AgencyEvidence] = {}
    with statements_of(session) as said:
        begun = time.perf_counter()
        for batch in batches:
            evidence |= await collect_evidence(session, batch, NOW.date(), NOW, corrected_until=NOW)
        collected = time.perf_counter() - begun
    library = await get_library(session, evidence.values())
    inputs, cards = _calculated(list(evidence.values()), library)
    return Parts(
        sql=await _replayed(ground, said),
        results=_decoded(list(evidence.values())),
        evidence=collected,
        inputs=inputs,
        cards=cards,
    )


@contextmanager
def statements_of(session: AsyncSession) -> Iterator[Statements]:
    """What the session says to the database, word for word."""
    said: Statements = []
    engine = session.get_bind()

    def listen(_connection, _cursor, statement, parameters, _context, _many):  # type: ignore[no-untyped-def]
        said.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", listen)
    yield said
    event.remove(engine, "before_cursor_execute", listen)


async def _replayed(ground: Ground, said: Statements) -> float:
    """The same statements by bare asyncpg; rows are fetched and looked at no further."""
    async with ground.connection() as bare:
        await bare.fetch(said[0][0], *said[0][1])
        begun = time.perf_counter()
        for statement, parameters in said:
            await bare.fetch(statement, *parameters)
        return time.perf_counter() - begun


def _decoded(evidence: Sequence[AgencyEvidence]) -> float:
    texts = [written(audit.result) for one in evidence for audit in one.audits]
    begun = time.perf_counter()
    for text in texts:
        read_result(text)
    return time.perf_counter() - begun


def _calculated(evidence: Sequence[AgencyEvidence], library: Library) -> tuple[float, float]:
    begun = time.perf_counter()
    sheets = sheets_of(library, DEFAULT_0_1)
    inputs = [gather_card(one, sheets).inputs for one in evidence]
    gathered = time.perf_counter()
    for one in inputs:
        compute(one)
    return gathered - begun, time.perf_counter() - gathered


def _lines(count: int, whole: float, parts: Parts) -> list[Line]:
    rows = max(0.0, parts.evidence - parts.sql - parts.results)
    shares = (
        ("  of it SQL", parts.sql),
        ("  of it reading results", parts.results),
        ("  of it rows to values, status, deployments", rows),
        ("  of it gathering inputs", parts.inputs),
        ("  of it the method itself", parts.cards),
    )
    return [
        Line(f"{count:,} cards, {BATCH} at a time", f"{whole:.2f} s ({count / whole:,.0f}/s)",
             "the same SQL by asyncpg, rows only", f"{parts.sql:.2f} s", percent(parts.sql, whole)),
        *(Line(what, f"{part:.2f} s", share=percent(part, whole)) for what, part in shares),
    ]  # fmt: skip
