"""Undoing an import: all of it or nothing."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.agencies.queries import delete_agencies, set_agency_records
from recruitwatch.agencies.rules import record_key
from recruitwatch.agencies.values import AgencyRecord, NumberKind
from recruitwatch.errors import N_, Message
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.registers import queries
from recruitwatch.registers.actions.importing import BATCH, Tell, tell, without_key
from recruitwatch.registers.values import StoredChange, UndoneAlready, UndoRefused

MOST_REASONS = 100
CHANGED_SINCE = N_("%(name)s was changed after the import.")
USED_SINCE = N_("%(name)s has licences, audits or other records that refer to it.")
AND_MORE = N_("Further agencies: %(count)s")


async def undo_import(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    import_id: UUID,
    progress: Tell = lambda _done, _total: None,
) -> None:
    """Remove the agencies an import created and set those it changed back to what they were.

    Raises UndoRefused naming every agency that was changed or used after the import.
    """
    done = await queries.lock_import(session, import_id)
    if done.undone_at is not None:
        raise UndoneAlready
    register = done.report.register
    await queries.lock_imports_of(session, register.id)
    changes = await queries.list_changes(session, import_id)
    await _refuse_if_used(session, changes)
    made = [change.agency_id for change in changes if change.before is None]
    back = [(c.agency_id, c.before) for c in changes if c.before is not None]
    total, over = len(changes), 0
    for start in range(0, len(made), BATCH):
        batch = made[start : start + BATCH]
        await delete_agencies(session, batch)
        over += len(batch)
        await tell(progress, over, total)
    # Row keys may go back to where others hold them now: first all are taken away.
    moved = [
        (change.agency_id, without_key(change.before))
        for change in changes
        if change.before is not None and change.before.source_key != change.key_after
    ]
    await _set_back(session, now, register.numbers, moved)
    for start in range(0, len(back), BATCH):
        await _set_back(session, now, register.numbers, back[start : start + BATCH])
        over += len(back[start : start + BATCH])
        await tell(progress, over, total)
    await queries.set_undone(session, import_id, undone_by=actor.person_id, now=now)
    await record(
        session, actor, Action.IMPORT_UNDONE, subject=("import", import_id), now=now,
        details={"removed": len(made), "set_back": len(back)},
    )  # fmt: skip


async def _set_back(
    session: AsyncSession,
    now: datetime,
    numbers: NumberKind,
    records: Sequence[tuple[UUID, AgencyRecord]],
) -> None:
    entries = [(agency_id, entry, record_key(numbers, entry)) for agency_id, entry in records]
    await set_agency_records(session, entries, now)


async def _refuse_if_used(session: AsyncSession, changes: Sequence[StoredChange]) -> None:
    versions = await queries.lock_versions(session, [change.agency_id for change in changes])
    made = [change.agency_id for change in changes if change.before is None]
    used = await queries.find_referred(session, made)
    reasons = [
        Message(CHANGED_SINCE if moved else USED_SINCE, {"name": change.legal_name})
        for change in changes
        if (moved := versions.get(change.agency_id) != change.version_after)
        or change.agency_id in used
    ]
    if len(reasons) > MOST_REASONS:
        more = Message(AND_MORE, {"count": len(reasons) - MOST_REASONS})
        reasons = [*reasons[:MOST_REASONS], more]
    if reasons:
        raise UndoRefused(tuple(reasons))
