"""Filling an empty register, some agencies at a time: each batch is whole or not there at all."""

from collections.abc import Sequence
from uuid import UUID, uuid4

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.actions.secrets import first_password, hash_password
from recruitwatch.accounts.queries import insert_office, insert_person
from recruitwatch.accounts.values import Role
from recruitwatch.actor import SYSTEM
from recruitwatch.agencies.actions import create_register
from recruitwatch.agencies.queries import insert_agencies, list_registers
from recruitwatch.checklists.queries import get_parameters, get_version, list_published
from recruitwatch.demo.documents import Library
from recruitwatch.errors import N_, Conflict
from recruitwatch.generating import queries
from recruitwatch.generating.cases import CaseRows, Officers, case_rows
from recruitwatch.generating.plan import Plan, Times
from recruitwatch.generating.register import entry, licence_rows
from recruitwatch.generating.visits import Pattern, Rows, Visitors, patterns, rows_of, visits_of

BATCH = 50
REGULATOR = "generated-regulator"
PEOPLE = {
    "generated-inspector": Role.INSPECTOR,
    "generated-reviewer": Role.REVIEWER,
    REGULATOR: Role.REGULATOR,
    "generated-officer": Role.COMPLAINTS_OFFICER,
}
OFFICE = "Office of invented records"


class RegisterNotEmpty(Conflict):
    code = "generating.not-empty"
    sentence = N_(
        "This database holds agencies already. Invented records go into an empty one only, or on with "
        "what the same command began."
    )


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """What every batch has in common."""

    plan: Plan
    times: Times
    visits: Sequence[Pattern]
    visitors: Visitors
    regulator_id: UUID
    officers: Officers


async def count_made(session: AsyncSession, plan: Plan) -> int:
    """How many agencies of this plan are there. Raises RegisterNotEmpty where there is anything else."""
    counts = await queries.count_by_register(session)
    begun = [one for one in await list_registers(session) if one.id == plan.register.id]
    if any(one != plan.register for one in begun) or counts.keys() - {plan.register.id}:
        raise RegisterNotEmpty
    return counts.get(plan.register.id, 0)


async def found(session: AsyncSession, times: Times, plan: Plan) -> Ground:
    """The register, its people and their desk, made once, and the visits to draw from. Nobody knows the
    passwords of these people."""
    await create_register(session, SYSTEM, times.now, register=plan.register)
    people = await queries.find_people(session, list(PEOPLE), OFFICE)
    if not people:
        await _hire(session, times)
        people = await queries.find_people(session, list(PEOPLE), OFFICE)
    office_id, desk_id = people.pop("office"), people.pop("desk")
    newest = [one for one in await list_published(session) if one.newest]
    library = Library(
        checklists={
            one.checklist_id: await get_version(session, one.checklist_id, one.version)
            for one in newest
        },
        hashes={one.checklist_id: one.sha256 for one in newest},
        parameters=await get_parameters(session),
    )
    return Ground(
        plan=plan,
        times=times,
        visits=patterns(plan, times, library),
        visitors=Visitors(
            inspector_id=people["generated-inspector"],
            office_id=office_id,
            reviewer_id=people["generated-reviewer"],
        ),
        regulator_id=people[REGULATOR],
        officers=Officers(desk_id=desk_id, officer_id=people["generated-officer"]),
    )


async def _hire(session: AsyncSession, times: Times) -> None:
    office_id = uuid4()
    await insert_office(session, office_id=office_id, name=OFFICE, now=times.begun)
    ids = {}
    for name, role in PEOPLE.items():
        ids[name] = uuid4()
        await insert_person(
            session, person_id=ids[name], sign_in_name=name, full_name=name, office_id=office_id,
            roles=[role], password_hash=await hash_password(first_password()),
            must_change_password=True, now=times.begun,
        )  # fmt: skip
    await queries.insert_desk(
        session, times.begun, desk_id=uuid4(), office_id=office_id, opened_by=ids[REGULATOR]
    )


async def fill_batch(session: AsyncSession, ground: Ground, first: int) -> int:
    """The agencies from this number on with all their records; gives how many."""
    last = min(first + BATCH, ground.plan.agencies)
    entries = [entry(ground.plan, ground.times, number) for number in range(first, last)]
    await insert_agencies(session, entries, ground.times.begun)
    rows: dict[str, list[tuple[object, ...]]] = {table: [] for table in queries.COLUMNS}
    for number, (agency_id, _, _) in enumerate(entries, first):
        licence, decisions = licence_rows(
            ground.plan, ground.times, number, agency_id, ground.regulator_id
        )
        rows["licences"].append(licence)
        rows["licence_decisions"] += decisions
        _add_visits(rows, ground, number, agency_id)
        _add_cases(rows, ground, number, agency_id)
    await queries.copy_rows(session, rows)
    return last - first


def _add_visits(
    rows: dict[str, list[tuple[object, ...]]], ground: Ground, number: int, agency_id: UUID
) -> None:
    chance = ground.plan.chance("audits", number)
    for pattern, visited_at in visits_of(ground.plan, ground.times, number):
        made: Rows = rows_of(ground.visits[pattern], agency_id, visited_at, ground.visitors, chance)
        rows["audits"].append(made.audit)
        rows["audit_lists"] += made.lists
        rows["audit_submissions"].append(made.submission)
        rows["audit_reviews"].append(made.review)
        rows["audit_results"].append(made.result)
        rows["findings"] += made.findings


def _add_cases(
    rows: dict[str, list[tuple[object, ...]]], ground: Ground, number: int, agency_id: UUID
) -> None:
    for place in range(ground.plan.share(ground.plan.complaints, number)):
        made: CaseRows = case_rows(
            ground.plan, ground.times, number, place, agency_id, ground.officers
        )
        rows["complaints"].append(made.complaint)
        rows["complaint_links"].append(made.link)
        if made.decision and made.step:
            rows["complaint_decisions"].append(made.decision)
            rows["complaint_steps"].append(made.step)
