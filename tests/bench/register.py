"""A whole register of invented records: filled, all its cards issued in one go, and single cards read.

The ceiling of a round is the bare aggregate: one statement over kept results and one over decided cases, which
add up what a card needs to know and neither weigh, nor explain, nor write anything.
"""

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from bench.cards import statements_of
from bench.ground import Ground
from bench.table import Line, percent, quantile, tell
from recruitwatch.accounts.queries import find_person, get_person
from recruitwatch.actor import Actor
from recruitwatch.agencies.queries import search_or_list
from recruitwatch.cli.scorecards import LANES, Order, issue_all, without_collecting
from recruitwatch.cli.serve import tidy_memory
from recruitwatch.db.engine import OpenSession, make_engine, session_opener
from recruitwatch.generating import queries as filling_queries
from recruitwatch.generating.filling import REGULATOR, count_made, fill_batch, found
from recruitwatch.generating.plan import Plan, Times
from recruitwatch.scorecards.actions import compute_cards
from recruitwatch.scorecards.actions.issuing_all import BATCH
from recruitwatch.scorecards.queries import get_issued
from recruitwatch.scorecards.queries.issuing_all import count_agencies, list_agencies_after
from recruitwatch.scorecards.rules import DEFAULT_0_1
from recruitwatch.scorecards.rules.audit_part import weigh_items
from recruitwatch.scorecards.rules.complaint_part import weigh_complaints
from recruitwatch.scorecards.rules.ledger import item_lines, ledger_lines, view_of
from recruitwatch.scorecards.rules.rounds import period_of
from recruitwatch.scorecards.values.issued import CurrentCard
from recruitwatch.scorecards.values.rounds import Round

NOW = datetime.now(UTC)
READERS = 200
PAGE = 50
AGGREGATES = (
    "select agency_id, count(*), max(visited_on), sum(length(result)) from audit_results "
    "where visited_on > current_date - interval '24 months' group by agency_id",
    "select link.agency_id, decision.severity, decision.outcome, count(*), sum(decision.workers) "
    "from complaint_links link join complaint_steps step on step.case_id = link.case_id "
    "and step.to_state = 'closed' join complaint_decisions decision on decision.id = step.decision_id "
    "where link.judgement = 'confirmed' and step.at > now() - interval '36 months' group by 1, 2, 3",
)


class Issued(msgspec.Struct, frozen=True):
    """A round over all agencies: seconds, statements, and what came of it."""

    seconds: float
    statements: int
    outcome: Round


async def fill(ground: Ground, plan: Plan) -> float:
    """Seconds for what is not there yet, by the owner of the tables as the command does it."""
    tell(f"{plan.register.title} …")
    engine = make_engine(ground.server.owner_url(), connections=2, seconds=3600)
    open_session, begun = session_opener(engine), time.perf_counter()
    async with open_session() as session, session.begin():
        done = await count_made(session, plan)
        made = await found(session, Times(now=NOW), plan)
    while done < plan.agencies:
        async with open_session() as session, session.begin():
            done += await fill_batch(session, made, done)
    async with open_session() as session, session.begin():
        await filling_queries.tidy(session)
    await engine.dispose()
    return time.perf_counter() - begun


async def measure(ground: Ground, plan: Plan) -> list[Line]:
    """The lines of one size."""
    filled = await fill(ground, plan)
    tidy_memory()
    async with ground.sessions() as open_session:
        async with open_session() as session:
            actor = await _regulator(session)
        ceiling = await _aggregated(ground)
        tell(f"Issuing {plan.agencies:,} cards …")
        first = await _issue_all(open_session, actor)
        again = await _issue_all(open_session, actor)
        ledger = await _ledger(open_session)
        singles = await _singles(open_session)
    return [
        Line(f"register of {_size(plan)}, filled by COPY", f"{filled:,.0f} s"),
        Line(
            f"  all cards issued, {BATCH} at a time in {LANES} sessions, committed",
            f"{first.seconds:.2f} s ({first.outcome.issued / first.seconds:,.0f}/s), "
            f"{first.statements} statements",
            "the bare aggregate in SQL", f"{ceiling:.2f} s", percent(ceiling, first.seconds),
        ),
        Line(
            "  of it the ledger", f"{ledger * plan.agencies:.2f} s",
            share=percent(ledger * plan.agencies, first.seconds),
        ),
        Line(
            "  the same again, nothing new", f"{again.seconds:.2f} s",
            "the bare aggregate in SQL", f"{ceiling:.2f} s", percent(ceiling, again.seconds),
        ),
        *singles,
    ]  # fmt: skip


def _size(plan: Plan) -> str:
    return (
        f"{plan.agencies:,} agencies, {plan.audits:,} audits of {plan.answers} answers, "
        f"{plan.complaints:,} complaints"
    )


async def _regulator(session: AsyncSession) -> Actor:
    person_id = await find_person(session, REGULATOR)
    if person_id is None:
        raise SystemExit("The register was filled by nobody.")
    person = await get_person(session, person_id)
    return Actor(
        person_id=person.id,
        name=person.full_name,
        office_id=person.office_id,
        office_name=person.office_name,
        roles=frozenset(role.value for role in person.roles),
    )


async def _aggregated(ground: Ground) -> float:
    """The better of two runs, so that both find warm buffers."""
    runs = []
    async with ground.connection() as bare:
        for _ in range(2):
            begun = time.perf_counter()
            for statement in AGGREGATES:
                await bare.fetch(statement)
            runs.append(time.perf_counter() - begun)
    return min(runs)


async def _issue_all(open_session: OpenSession, actor: Actor) -> Issued:
    """As `scorecards issue --all` does it, with a transaction for each batch."""
    order = Order(actor=actor, now=NOW, period=period_of(NOW.date()), draft_days=14, reason="")
    async with open_session() as session:
        total = await count_agencies(session)
        begun = time.perf_counter()
        with statements_of(session) as said, without_collecting():
            outcome, _ = await issue_all(open_session, order, total, asyncio.Event())
        return Issued(time.perf_counter() - begun, len(said), outcome)


async def _some(open_session: OpenSession) -> list[CurrentCard]:
    async with open_session() as session:
        ids = [one for one, _ in await list_agencies_after(session, None, limit=READERS)]
        return (await compute_cards(session, ids, NOW))[0]


async def _ledger(open_session: OpenSession) -> float:
    """Seconds a card for splitting what is missing into lines: those of the items and the others."""
    cards = [one for one in await _some(open_session) if one.card.score is not None]
    views = [
        (
            weigh_items(one.inputs.items, DEFAULT_0_1),
            weigh_complaints(one.inputs.complaints, DEFAULT_0_1),
            view_of(one.card),
        )
        for one in cards
    ]
    begun = time.perf_counter()
    for one, (items, cases, view) in zip(cards, views, strict=True):
        tuple(item_lines(items, DEFAULT_0_1))
        ledger_lines(one.inputs, view, one.card.complaints, cases, DEFAULT_0_1)
    return (time.perf_counter() - begun) / max(1, len(cards))


async def _singles(open_session: OpenSession) -> list[Line]:
    """What a page waits for, with nobody else asking."""
    ids = [one.agency_id for one in await _some(open_session)]

    async def today(session: AsyncSession, place: int) -> None:
        await compute_cards(session, [ids[place]], NOW)

    async def issued(session: AsyncSession, place: int) -> None:
        await get_issued(session, ids[place], 1)

    async def listed(session: AsyncSession, place: int) -> None:
        await search_or_list(session, "", limit=PAGE, offset=PAGE * (place % 50))

    lines = []
    for what, ask in (
        ("  one card as of today", today),
        ("  one issued card", issued),
        (f"  a list of {PAGE} agencies", listed),
    ):
        times, statements = await _timed(open_session, ask, range(len(ids)))
        lines.append(
            Line(what, f"p50 {quantile(times, 50)}, p95 {quantile(times, 95)} ms, "
                 f"{statements} statements")
        )  # fmt: skip
    return lines


async def _timed(open_session: OpenSession, ask, places: Sequence[int]) -> tuple[list[float], int]:  # type: ignore[no-untyped-def]
    times, most = [], 0
    for place in places:
        async with open_session() as session:
            with statements_of(session) as said:
                begun = time.perf_counter()
                await ask(session, place)
                times.append(time.perf_counter() - begun)
            most = max(most, len(said))
    return times, most
