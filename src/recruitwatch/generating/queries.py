"""SQL of filling a register: what is there already, and COPY into the tables that cards read."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import offices, people
from recruitwatch.agencies.tables import agencies
from recruitwatch.complaints.tables import complaint_desks

if TYPE_CHECKING:
    import asyncpg

# The law of these tables is for people who take one step after another. Here what has come of all steps is
# written at once; the triggers are off within one transaction and on again at its end.
QUIET = (
    "audit_lists", "audit_reviews", "audit_results", "complaints", "complaint_decisions",
    "complaint_steps",
)  # fmt: skip
COLUMNS = {
    "licences": "id agency_id register_id licence_no licence_no_norm valid recorded_by recorded_at",
    "licence_decisions": "id licence_id state effective_on ground document_no decided_by decided_at",
    "audits": "id agency_id state announced unannounced_reason visited_on facts inspector_id office_id "
    "revision created_at updated_at",
    "audit_lists": "audit_id checklist_id version",
    "audit_submissions": "id audit_id agency_id revision document sha256 submitted_by submitted_at",
    "audit_reviews": "submission_id verdict reason inspector_id reviewer_id reviewed_at",
    "audit_results": "submission_id agency_id visited_on approved_at result",
    "findings": "id agency_id source_kind source_id checklist_id checklist_version item_id principle "
    "severity gate question statement answer evidence note workers_failing workers_asked borne_out_by "
    "trips_gate office_id found_by barred reviewers found_on opened_at",
    "complaints": "id reference card_mark desk_id compartment channel language state state_since "
    "urgency safety filed_at contact_due_at contacted_at decide_due_on next_news_on closed_at erased_at "
    "period statement_sealed code_hash code_public secret_by_code secret_by_escrow pepper_sealed",
    "complaint_links": "id case_id target agency_id judgement basis reason_sealed judged_by judged_at",
    "complaint_decisions": "id case_id outcome responsibility workers severity category book_version "
    "seconds_needed reasons_sealed told_sealed proposed_by proposed_at",
    "complaint_steps": "case_id from_state to_state mover person_id decision_id at",
}
"""The tables in the order in which their keys allow it."""


async def count_by_register(session: AsyncSession) -> dict[str, int]:
    register = agencies.c.register_id
    statement = select(register, func.count()).group_by(register).order_by(register)
    return {row[0]: row[1] for row in await session.execute(statement)}


async def find_people(session: AsyncSession, names: Sequence[str], office: str) -> dict[str, UUID]:
    """The people of these names, with their office and its desk; nobody if they were not made yet."""
    named = select(people.c.sign_in_name, people.c.id).where(people.c.sign_in_name.in_(names))
    found = {row[0]: row[1] for row in await session.execute(named)}
    if not found:
        return {}
    desk = (
        select(offices.c.id, complaint_desks.c.id)
        .join(complaint_desks, complaint_desks.c.office_id == offices.c.id)
        .where(offices.c.name == office)
    )
    office_id, desk_id = (await session.execute(desk)).one()
    return {**found, "office": office_id, "desk": desk_id}


async def insert_desk(
    session: AsyncSession, now: datetime, *, desk_id: UUID, office_id: UUID, opened_by: UUID
) -> None:
    """A desk that nobody has confirmed, so that no worker's complaint comes to it."""
    await session.execute(
        insert(complaint_desks).values(
            id=desk_id,
            kind="office",
            office_id=office_id,
            takes_public=False,
            opened_by=opened_by,
            opened_at=now,
        )
    )


async def copy_rows(
    session: AsyncSession, rows: Mapping[str, Sequence[tuple[object, ...]]]
) -> None:
    """Write these rows, table by table. For the owner of the tables."""
    await _set_triggers(session, "disable")
    raw = await (await session.connection()).get_raw_connection()
    connection: asyncpg.Connection | None = raw.driver_connection
    if connection is None:
        raise RuntimeError("COPY needs a connection of asyncpg")
    for table, columns in COLUMNS.items():
        await connection.copy_records_to_table(table, columns=columns.split(), records=rows[table])
    await _set_triggers(session, "enable")


async def _set_triggers(session: AsyncSession, how: str) -> None:
    for table in QUIET:
        await session.execute(text(f"alter table {table} {how} trigger user"))


async def tidy(session: AsyncSession) -> None:
    """The planner has to know how many there are now."""
    await session.execute(text("analyze"))
