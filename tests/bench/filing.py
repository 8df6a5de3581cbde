"""Complaints filed a second, sealed and committed, beside one row of the same size inserted and committed
by as many connections at once. The code's slow hash is a line of its own: it is done on the page before."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from uuid import uuid4

import asyncpg
import msgspec

from bench.country import NOW
from bench.ground import Ground
from bench.table import Line, quantile, rate_line, tell
from factories.complaints import CALENDAR, TOLD, desk_with_officers, store_escrow
from recruitwatch.complaints.actions.codes import code_key, new_code
from recruitwatch.complaints.actions.drafting import give_code, start_draft
from recruitwatch.complaints.actions.filing import send
from recruitwatch.complaints.values.filing import SendOutcome
from recruitwatch.db.engine import OpenSession
from recruitwatch.keys import Vault, open_vault

AT_ONCE = 8
OFFICERS = 5
ROW = "insert into bench_cases values ($1, $2, $3)"


async def measure(ground: Ground, count: int) -> list[Line]:
    tell("Filing complaints …")
    vault = open_vault(ground.data / "keys")
    async with ground.connection(owner=True) as owner:
        await owner.execute(
            "create table bench_cases (id uuid primary key, filed_at timestamptz, box bytea)"
        )
        await owner.execute("grant insert on bench_cases to public")
    async with ground.sessions() as open_session:
        async with open_session() as session, session.begin():
            await store_escrow(session)
            await desk_with_officers(session, cleared=OFFICERS)
        drafts = await _drafts(open_session, vault, 2 * count)
        floor = await _bare(ground, 4 * count)
        ours = await _filed(open_session, vault, drafts)
        floor_after = await _bare(ground, 4 * count)
        hashing = await _hashing(vault)
    what = f"complaints filed, each sealed for {OFFICERS} officers, the code and the escrow"
    row = f"one row of that size inserted and committed, {AT_ONCE} at once"
    return [
        rate_line(what, ours, row, max(floor, floor_after)),
        Line("the slow hash of a code, once a filing", f"p50 {quantile(hashing, 50)} ms"),
    ]


async def _drafts(open_session: OpenSession, vault: Vault, count: int) -> list[tuple[str, str]]:
    """Drafts whose code was shown: token and the last digits."""

    async def one() -> tuple[str, str]:
        async with open_session() as session, session.begin():
            token = await start_draft(session, NOW, vault, language="en", told=TOLD)
        async with open_session() as session, session.begin():
            draft = await give_code(session, NOW, vault, token=token)
        return token, (draft.draft.code or "")[-4:]

    made: list[tuple[str, str]] = []
    for _ in range(0, count, AT_ONCE):
        made += await asyncio.gather(*(one() for _ in range(AT_ONCE)))
    return made[:count]


async def _filed(open_session: OpenSession, vault: Vault, drafts: list[tuple[str, str]]) -> float:
    """Filings a second."""
    waiting = iter(drafts)

    async def clerk() -> None:
        for token, digits in waiting:
            async with open_session() as session, session.begin():
                sent = await send(
                    session, NOW + timedelta(hours=1), vault, token=token, last_digits=digits,
                    calendar=CALENDAR,
                )  # fmt: skip
            assert sent.outcome is SendOutcome.SENT

    return await _rate(len(drafts), [clerk for _ in range(AT_ONCE)])


async def _bare(ground: Ground, count: int) -> float:
    """Rows a second."""
    box = b"\0" * (len(msgspec.json.encode(TOLD)) + 1_200)
    async with AsyncExitStack() as stack:
        connections = [await stack.enter_async_context(ground.connection()) for _ in range(AT_ONCE)]
        waiting = iter(range(count))

        def clerk(connection: asyncpg.Connection) -> Callable[[], Awaitable[None]]:
            async def work() -> None:
                for _ in waiting:
                    await connection.execute(ROW, uuid4(), NOW, box)

            return work

        return await _rate(count, [clerk(one) for one in connections])


async def _rate(count: int, clerks: list[Callable[[], Awaitable[None]]]) -> float:
    begun = time.perf_counter()
    await asyncio.gather(*(clerk() for clerk in clerks))
    return count / (time.perf_counter() - begun)


async def _hashing(vault: Vault) -> list[float]:
    taken = []
    for _ in range(20):
        begun = time.perf_counter()
        await code_key(vault.installation, new_code())
        taken.append(time.perf_counter() - begun)
    return taken
