"""Importing the file of a register, for good or only to see what would happen."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.agencies.actions import create_register
from recruitwatch.agencies.queries import (
    insert_agencies,
    list_registers,
    load_register_records,
    set_agency_records,
)
from recruitwatch.agencies.rules import record_key
from recruitwatch.agencies.values import AgencyRecord, Register, StoredAgency
from recruitwatch.errors import N_, Conflict, Message
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.registers import queries
from recruitwatch.registers.actions.doubles import find_doubles
from recruitwatch.registers.rules.numbers import (
    REGISTER_ID,
    new_register,
    register_notices,
    row_notices,
)
from recruitwatch.registers.rules.planning import aliases_by_number, plan_import, without_repeats
from recruitwatch.registers.rules.rows import in_order, read_aliases, read_register
from recruitwatch.registers.values import (
    AS_FOUND,
    KNOWN,
    MOST_LISTED,
    Alias,
    AliasCounts,
    Change,
    Fault,
    ImportReport,
    NumbersDiffer,
    Options,
    Plan,
    ReadAliases,
    ReadFile,
    RegisterNameBad,
    SourceRow,
)

Tell = Callable[[int, int], Awaitable[None] | None]
"""Called with rows done and rows in all, after each batch; what it raises ends the import."""

BATCH = 500
NO_ROWS = N_("The file has no row that can be imported.")


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """The files as read, and which register they are of."""

    register: Register
    known: bool
    file: ReadFile
    aliases: ReadAliases | None
    rows: tuple[SourceRow, ...]
    by_number: Mapping[str, Sequence[Alias]]
    errors: tuple[Fault, ...]
    notices: tuple[Fault, ...]


async def import_file(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    register_id: str,
    file_name: str,
    content: bytes,
    aliases: tuple[str, bytes] | None,
    dry_run: bool,
    progress: Tell,
    options: Options = AS_FOUND,
) -> ImportReport:
    """Import a register in this transaction. Rows with errors are refused and told; all others go in.
    A dry run gives the same report and writes nothing at all."""
    if not REGISTER_ID.fullmatch(register_id):
        raise RegisterNameBad
    await queries.lock_imports_of(session, register_id)
    known = await _known_register(session, register_id, options)
    alias_bytes = aliases[1] if aliases else None
    reading = await asyncio.to_thread(
        _read, register_id, known, content, alias_bytes, options, now.date()
    )
    existing = await load_register_records(session, register_id)
    last = await queries.list_last_said(session, register_id)
    plan = await asyncio.to_thread(
        plan_import, reading.register, reading.rows, reading.by_number, existing, last, uuid4
    )
    if existing:
        doubles = await find_doubles(session, register_id, plan)
        plan = msgspec.structs.replace(plan, notices=(*plan.notices, *doubles))
    names = (file_name, aliases[0] if aliases else "")
    report = _report(reading, plan, names, hashlib.sha256(content).hexdigest())
    await tell(progress, 0, len(reading.rows))
    if dry_run or report.refused_whole:
        await tell(progress, len(reading.rows), len(reading.rows))
        return report
    return await _import(session, actor, now, reading.register, report, plan, existing, progress)


async def _import(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    register: Register,
    report: ImportReport,
    plan: Plan,
    existing: Mapping[str, StoredAgency],
    progress: Tell,
) -> ImportReport:
    import_id = uuid4()
    report = msgspec.structs.replace(report, dry_run=False, import_id=import_id)
    made = await create_register(session, actor, now, register=register)
    await queries.insert_import(
        session, import_id, report, made_register=made, imported_by=actor.person_id, now=now
    )
    await _check_unmoved(session, plan, existing)
    await _clear_keys(session, now, register, plan)
    await queries.insert_changes(
        session, import_id, plan.displaced, await _versions(session, plan.displaced)
    )
    total = plan.unchanged + len(plan.changes)
    for start in range(0, len(plan.changes), BATCH):
        batch = plan.changes[start : start + BATCH]
        await _write(session, now, register, batch)
        await queries.insert_changes(session, import_id, batch, await _versions(session, batch))
        await tell(progress, plan.unchanged + start + len(batch), total)
    await record(
        session, actor, Action.AGENCIES_IMPORTED, subject=("import", import_id), now=now,
        details={"register": register.id, "file": report.file_name, "sha256": report.sha256,
                 "created": report.created, "changed": report.changed,
                 "unchanged": report.unchanged, "refused": report.refused},
    )  # fmt: skip
    return report


async def tell(progress: Tell, done: int, total: int) -> None:
    told = progress(done, total)
    if told is not None:
        await told


async def _known_register(
    session: AsyncSession, register_id: str, options: Options
) -> Register | None:
    """The register as the database or the list of known ones has it."""
    stored = {register.id: register for register in await list_registers(session)}
    known = stored.get(register_id) or KNOWN.get(register_id)
    if known is not None and options.numbers not in (None, known.numbers):
        raise NumbersDiffer
    return known


def _read(
    register_id: str,
    known: Register | None,
    content: bytes,
    alias_bytes: bytes | None,
    options: Options,
    today: date,
) -> Reading:
    file = read_register(content, register_id)
    aliases = read_aliases(alias_bytes, register_id) if alias_bytes is not None else None
    register = known or new_register(register_id, file.rows, options)
    rows, repeats = without_repeats(register, file.rows)
    by_number, strangers = aliases_by_number(rows, aliases.aliases if aliases else ())
    notices = [*register_notices(register, options, known=known is not None), *file.notices]
    for row in rows:
        notices.extend(row_notices(row, register.numbers, today))
    errors = [*file.errors, *repeats, *(aliases.errors if aliases else ()), *strangers]
    if not rows and not errors:
        errors.append(Fault(message=Message(NO_ROWS)))
    return Reading(
        register=register,
        known=known is not None,
        file=file,
        aliases=aliases,
        rows=rows,
        by_number=by_number,
        errors=in_order(errors),
        notices=tuple(notices),
    )


def _report(reading: Reading, plan: Plan, names: tuple[str, str], sha256: str) -> ImportReport:
    """What the plan would do, as a dry run tells it."""
    notices = in_order((*reading.notices, *plan.notices))
    aliases = reading.aliases
    counts = None
    if aliases is not None:
        counts = AliasCounts(
            file_name=names[1],
            read=aliases.rows_read,
            attached=plan.aliases_attached,
            of_other_registers=aliases.of_other_registers,
            refused=aliases.rows_read - aliases.of_other_registers - plan.aliases_attached,
        )
    created = sum(change.before is None for change in plan.changes)
    return ImportReport(
        register=reading.register,
        register_known=reading.known,
        file_name=names[0],
        sha256=sha256,
        dry_run=True,
        # An aliases file that cannot be read stops all: the person would think it was imported.
        refused_whole=not reading.rows or (aliases is not None and aliases.refused_whole),
        rows_read=reading.file.rows_read,
        created=created,
        changed=len(plan.changes) - created,
        unchanged=plan.unchanged,
        refused=reading.file.rows_read - len(reading.rows),
        errors_total=len(reading.errors),
        errors=reading.errors[:MOST_LISTED],
        notices_total=len(notices),
        notices=notices[:MOST_LISTED],
        aliases=counts,
    )


async def _check_unmoved(
    session: AsyncSession, plan: Plan, existing: Mapping[str, StoredAgency]
) -> None:
    """Lock what will be changed, and refuse if somebody changed it since it was read."""
    ids = {c.agency_id for c in (*plan.changes, *plan.displaced) if c.before is not None}
    if not ids:
        return
    read = {stored.id: stored.version for stored in existing.values() if stored.id in ids}
    if await queries.lock_versions(session, ids) != read:
        raise Conflict


async def _clear_keys(session: AsyncSession, now: datetime, register: Register, plan: Plan) -> None:
    """Take away the row keys that move, so that no key is held twice while they do."""
    moving = [
        _keyed(register, change.agency_id, without_key(change.before))
        for change in (*plan.changes, *plan.displaced)
        if change.before is not None
        and change.before.source_key not in (None, change.after.source_key)
    ]
    await set_agency_records(session, moving, now)


def without_key(entry: AgencyRecord) -> AgencyRecord:
    return msgspec.structs.replace(entry, source_key=None)


def _keyed(
    register: Register, agency_id: UUID, entry: AgencyRecord
) -> tuple[UUID, AgencyRecord, str]:
    return agency_id, entry, record_key(register.numbers, entry)


async def _write(
    session: AsyncSession, now: datetime, register: Register, batch: Sequence[Change]
) -> None:
    made = [_keyed(register, c.agency_id, c.after) for c in batch if c.before is None]
    changed = [_keyed(register, c.agency_id, c.after) for c in batch if c.before is not None]
    await insert_agencies(session, made, now)
    await set_agency_records(session, changed, now)


async def _versions(session: AsyncSession, changes: Sequence[Change]) -> dict[UUID, int]:
    return await queries.lock_versions(session, [change.agency_id for change in changes])
