"""Undoing an import: all of it or nothing."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.agencies.queries import delete_agencies, load_agencies, set_agency_records
from recruitwatch.agencies.rules import as_stored, record_key
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
    """Remove the agencies an import created and set those it changed back to what they were; a
    register that was made for it goes too, if nothing else uses it.

    Raises UndoRefused naming every agency that was changed or used after the import.
    """
    done = await queries.lock_import(session, import_id)
    if done.undone_at is not None:
        raise UndoneAlready
    register = done.report.register
    await queries.lock_imports_of(session, register.id)
    total = done.report.created + done.report.changed
    await tell(progress, 0, total)
    await _refuse_if_used(session, import_id)
    step = Step(session, import_id, register.numbers, progress, total)
    removed = await _remove_made(step)
    set_back = await _set_all_back(step, now, removed)
    await queries.set_undone(session, import_id, undone_by=actor.person_id, now=now)
    register_gone = await queries.delete_register_made(session, register.id)
    await record(
        session, actor, Action.IMPORT_UNDONE, subject=("import", import_id), now=now,
        details={"removed": removed, "set_back": set_back, "register_removed": register_gone},
    )  # fmt: skip


class Step(msgspec.Struct, frozen=True):
    """What both halves of the work need."""

    session: AsyncSession
    import_id: UUID
    numbers: NumberKind
    progress: Tell
    total: int


async def _remove_made(step: Step) -> int:
    removed, last = 0, None
    while made := await queries.list_made(step.session, step.import_id, after=last, limit=BATCH):
        await delete_agencies(step.session, made)
        removed, last = removed + len(made), made[-1]
        await tell(step.progress, removed, step.total)
    return removed


async def _set_all_back(step: Step, now: datetime, removed: int) -> int:
    """Row keys may go back to where others hold them now: first all are taken away."""
    async for changes in _pages(step.session, step.import_id, only_changed=True):
        moved = [
            (change.agency_id, without_key(before))
            for change in changes
            if (before := change.before) and before.source_key != change.after.source_key
        ]
        await _set_back(step.session, now, step.numbers, moved)
    set_back = 0
    async for changes in _pages(step.session, step.import_id, only_changed=True):
        back = [(change.agency_id, change.before) for change in changes if change.before]
        await _set_back(step.session, now, step.numbers, back)
        set_back += len(back)
        await tell(step.progress, min(removed + set_back, step.total), step.total)
    return set_back


async def _pages(
    session: AsyncSession, import_id: UUID, *, only_changed: bool = False
) -> AsyncIterator[list[StoredChange]]:
    """What the import did, a batch at a time: a whole register need not fit into memory."""
    last = None
    while changes := await queries.list_changes(
        session, import_id, after=last, limit=BATCH, only_changed=only_changed
    ):
        yield changes
        last = changes[-1].agency_id


async def _set_back(
    session: AsyncSession,
    now: datetime,
    numbers: NumberKind,
    records: Sequence[tuple[UUID, AgencyRecord]],
) -> None:
    entries = [(agency_id, entry, record_key(numbers, entry)) for agency_id, entry in records]
    await set_agency_records(session, entries, now)


async def _refuse_if_used(session: AsyncSession, import_id: UUID) -> None:
    """Every agency must be exactly as the import left it, and those it created unused."""
    found: list[tuple[int, Message]] = []
    async for changes in _pages(session, import_id):
        ids = [change.agency_id for change in changes]
        await queries.lock_versions(session, ids)
        present = await load_agencies(session, ids)
        again = await queries.find_changed_again(session, import_id, ids)
        used = await queries.find_referred(session, [c.agency_id for c in changes if not c.before])
        for change in changes:
            stored = present.get(change.agency_id)
            as_left = stored is not None and stored.record == as_stored(change.after)
            if as_left and change.agency_id not in (again | used):
                continue
            key = USED_SINCE if as_left and change.agency_id not in again else CHANGED_SINCE
            found.append((change.row_no, Message(key, {"name": change.after.legal_name})))
    reasons = [reason for _, reason in sorted(found, key=lambda one: one[0])]
    if len(reasons) > MOST_REASONS:
        more = Message(AND_MORE, {"count": len(reasons) - MOST_REASONS})
        reasons = [*reasons[:MOST_REASONS], more]
    if reasons:
        raise UndoRefused(tuple(reasons))
