"""Handing in an audit with every answer, each in a transaction of its own, beside one row of the same
size inserted and committed."""

import time
from random import Random
from uuid import UUID, uuid4

import asyncpg
import msgspec

from bench.country import NOW, VISIT_LISTS, Country, document
from bench.ground import Ground
from bench.table import Line, tell, time_line
from factories.audits import document_sha256
from recruitwatch.audits.actions.drafting import save_answers, start_audit
from recruitwatch.audits.actions.submitting import receive_submission, submit_audit
from recruitwatch.audits.rules.freezing import answers_in, canonical, sha256_of
from recruitwatch.audits.values import AuditDocument, Changes, ListChoice, NewAudit
from recruitwatch.db.engine import OpenSession

ROW = "insert into bench_rows values ($1, $2, $3, 1, $4, $5, $6, $7)"
COPY_OF_TABLE = "create table bench_rows (like audit_submissions including all)"


async def measure(ground: Ground, country: Country, count: int) -> list[Line]:
    tell("Handing in audits …")
    chance = Random(7)
    documents = [
        document(country, agency_id, 10, chance) for agency_id in country.agencies[: 2 * count]
    ]
    async with ground.connection(owner=True) as owner:
        await owner.execute(COPY_OF_TABLE)
        await owner.execute("grant insert on bench_rows to public")
    size = f"{len(documents[0].answers)} answers, {len(canonical(documents[0])) / 1000:.0f} kB"
    async with ground.connection() as bare, ground.sessions() as open_session:
        page = await _from_pages(open_session, bare, country, documents[:count])
        device = await _from_devices(open_session, bare, country, documents[count:])
    ceiling = "one row of that size, inserted and committed"
    return [
        time_line(f"hand in an audit from its pages ({size})", *page[:1], ceiling, page[1]),
        time_line("the same, whole from a device", *device[:1], ceiling, device[1]),
    ]


Times = tuple[list[float], list[float]]


async def _from_pages(
    open_session: OpenSession, bare: asyncpg.Connection, country: Country,
    documents: list[AuditDocument],
) -> Times:  # fmt: skip
    """The answers are in the database already; what is timed is the freezing."""
    ours, floor = [], []
    for one in documents:
        await _draft(open_session, country, one)
        async with open_session() as session:
            sha256 = await document_sha256(session, one.audit_id)
        begun = time.perf_counter()
        async with open_session() as session, session.begin():
            await submit_audit(
                session, country.inspector, NOW,
                audit_id=one.audit_id, submission_id=uuid4(), sha256=sha256,
            )  # fmt: skip
        ours.append(time.perf_counter() - begun)
        floor.append(await _insert(bare, country.inspector.id, one))
    return ours, floor


async def _draft(open_session: OpenSession, country: Country, one: AuditDocument) -> None:
    new = NewAudit(
        id=one.audit_id, agency_id=one.agency_id, announced=True, unannounced_reason="",
        visited_on=one.visited_on, facts=one.facts,
        lists=tuple(ListChoice(checklist_id=name, version=country.checklists[name].version)
                    for name in VISIT_LISTS),
    )  # fmt: skip
    async with open_session() as session, session.begin():
        await start_audit(session, country.inspector, NOW, new=new)
        for name in VISIT_LISTS:
            answers = tuple(each for each in answers_in(one) if each.checklist_id == name)
            await save_answers(
                session, country.inspector, NOW, audit_id=one.audit_id, checklist_id=name,
                changes=Changes(answers=answers),
            )  # fmt: skip


async def _from_devices(
    open_session: OpenSession, bare: asyncpg.Connection, country: Country,
    documents: list[AuditDocument],
) -> Times:  # fmt: skip
    """Nothing of the audit is there before: the visit, its answers and the frozen document."""
    ours, floor = [], []
    for one in documents:
        begun = time.perf_counter()
        async with open_session() as session, session.begin():
            await receive_submission(
                session, country.inspector, NOW, submission_id=uuid4(), document=one
            )
        ours.append(time.perf_counter() - begun)
        floor.append(await _insert(bare, country.inspector.id, one))
    return ours, floor


async def _insert(bare: asyncpg.Connection, by: UUID, one: AuditDocument) -> float:
    text = canonical(msgspec.structs.replace(one, audit_id=uuid4()))
    sha256 = sha256_of(text)
    begun = time.perf_counter()
    await bare.execute(ROW, uuid4(), one.audit_id, one.agency_id, text, sha256, by, NOW)
    return time.perf_counter() - begun
