"""Registering and changing agencies, recording licences and what is decided about them."""

import asyncio
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.agencies import queries
from recruitwatch.agencies.rules import (
    as_stored,
    changes,
    decision_faults,
    record_key,
)
from recruitwatch.agencies.rules.taught import CASES_NEEDED, heard_as
from recruitwatch.agencies.values import (
    AgencyChangedMeanwhile,
    AgencyRecord,
    DecisionCorrectedAlready,
    DecisionRefused,
    Licence,
    NewDecision,
    NewLicence,
    Register,
    StoredDocument,
)
from recruitwatch.db import files
from recruitwatch.errors import NotFound
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.names.dictionary import load_dictionary

READ_AT_ONCE = 500


async def create_register(
    session: AsyncSession, actor: Actor, now: datetime, *, register: Register
) -> bool:
    """Add a register; False if one with its id is there already, which stays as it is."""
    added = await queries.insert_register(session, register, now)
    if added:
        await record(
            session, actor, Action.REGISTER_CREATED, subject=("register", register.id), now=now,
            details={"register": register},
        )  # fmt: skip
    return added


async def register_agency(
    session: AsyncSession, actor: Actor, now: datetime, *, agency: AgencyRecord
) -> UUID:
    """Enter an agency in its register."""
    register = await queries.get_register(session, agency.register_id)
    agency_id, entry = uuid4(), as_stored(agency)
    key = record_key(register.numbers, entry)
    await queries.insert_agency(session, agency_id, entry, key, now)
    await record(
        session, actor, Action.AGENCY_REGISTERED, subject=("agency", agency_id), now=now,
        details={"new": entry},
    )  # fmt: skip
    return agency_id


async def change_agency(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    agency_id: UUID,
    version: int,
    agency: AgencyRecord,
) -> int:
    """Replace the record that the person saw at `version`; gives the new version.

    Raises AgencyChangedMeanwhile if it is another version by now. An unchanged record stays.
    """
    stored = await queries.lock_agency(session, agency_id)
    if stored.version != version:
        raise AgencyChangedMeanwhile
    entry = as_stored(agency)
    different = changes(stored.record, entry)
    if not different:
        return version
    register = await queries.get_register(session, entry.register_id)
    key = record_key(register.numbers, entry)
    new_version = await queries.set_agency_record(session, agency_id, entry, key, now)
    only_deployments = set(different) == {"deployments"}
    action = Action.DEPLOYMENTS_RECORDED if only_deployments else Action.AGENCY_CHANGED
    await record(
        session, actor, action, subject=("agency", agency_id), now=now,
        details={"changes": different, "version": new_version},
    )  # fmt: skip
    return new_version


async def read_unread(session: AsyncSession) -> int:
    """Read agencies that the matcher has not read, or with older word tables; gives how many. Repeat until
    there are none. Nothing that anybody entered changes, so history has nothing to say."""
    return await queries.read_again(session, limit=READ_AT_ONCE)


async def teach_name(session: AsyncSession, now: datetime, *, agency_id: UUID, name: str) -> UUID:
    """One case more in which workers call the agency so. From the fifth on everybody finds it by this name.

    History has no line of its own for it: that would tie the name to the case that was judged then.
    """
    heard = await asyncio.to_thread(heard_as, name, load_dictionary())
    name_id, cases = await queries.add_case(
        session, agency_id, name, heard=heard, month=now.date().replace(day=1)
    )
    if cases == CASES_NEEDED:
        await queries.set_public(session, name_id)
        await queries.read_anew(session, agency_id)
    return name_id


async def unteach_name(session: AsyncSession, *, name_id: UUID) -> None:
    """A case that taught this name was judged otherwise."""
    await queries.take_case(session, name_id)


async def remove_name(session: AsyncSession, actor: Actor, now: datetime, *, name_id: UUID) -> None:
    """Nobody finds the agency by this name any more. Raises NotFound."""
    removed = await queries.delete_known_to_all(session, name_id)
    if removed is None:
        raise NotFound
    agency_id, name = removed
    await queries.read_anew(session, agency_id)
    await record(
        session, actor, Action.AGENCY_CHANGED, subject=("agency", agency_id), now=now,
        details={"old": {"called": name}},
    )  # fmt: skip


async def record_licence(
    session: AsyncSession, actor: Actor, now: datetime, *, agency_id: UUID, licence: NewLicence
) -> UUID:
    """Enter a licence and its period. What is decided about it is another step."""
    stored = await queries.get_agency(session, agency_id)
    licence_id = uuid4()
    await queries.insert_licence(
        session,
        licence_id,
        agency_id=agency_id,
        register_id=stored.record.register_id,
        licence=licence,
        recorded_by=actor.id,
        now=now,
    )
    await record(
        session, actor, Action.LICENCE_RECORDED, subject=("agency", agency_id), now=now,
        details={"licence_id": licence_id, "new": licence},
    )  # fmt: skip
    return licence_id


async def decide_licence(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    licence_id: UUID,
    decision: NewDecision,
    folder: Path,
) -> UUID:
    """Take a decision about a licence. `folder` keeps its document.

    Raises DecisionRefused with every reason if it cannot follow what was decided before.
    """
    agency_id = await queries.get_agency_of_licence(session, licence_id)
    licences = await queries.lock_licences(session, agency_id)
    _refuse_faults(licences, _one(licences, licence_id), decision)
    decision_id = uuid4()
    await _keep(
        session, actor, now, decision_id=decision_id, licence_id=licence_id, decision=decision,
        folder=folder,
    )  # fmt: skip
    await record(
        session, actor, Action.LICENCE_DECIDED, subject=("agency", agency_id), now=now,
        details={"decision_id": decision_id, "licence_id": licence_id, "new": _said(decision)},
    )  # fmt: skip
    return decision_id


async def correct_decision(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    decision_id: UUID,
    decision: NewDecision,
    folder: Path,
) -> UUID:
    """Put a decision in the place of one that was recorded wrongly; both stay on record."""
    licence_id = await queries.get_licence_of_decision(session, decision_id)
    agency_id = await queries.get_agency_of_licence(session, licence_id)
    licences = await queries.lock_licences(session, agency_id)
    licence = _one(licences, licence_id)
    old = next(d for d in licence.decisions if d.id == decision_id)
    if old.superseded:
        raise DecisionCorrectedAlready
    rest = tuple(d for d in licence.decisions if d.id != decision_id)
    _refuse_faults(licences, msgspec.structs.replace(licence, decisions=rest), decision)
    new_id = uuid4()
    await _keep(
        session, actor, now, decision_id=new_id, licence_id=licence_id, decision=decision,
        folder=folder, supersedes_id=decision_id,
    )  # fmt: skip
    await record(
        session, actor, Action.LICENCE_DECISION_CORRECTED, subject=("agency", agency_id), now=now,
        details={"decision_id": new_id, "old": old, "new": _said(decision)},
    )  # fmt: skip
    return new_id


def _one(licences: tuple[Licence, ...], licence_id: UUID) -> Licence:
    return next(licence for licence in licences if licence.id == licence_id)


def _refuse_faults(licences: tuple[Licence, ...], licence: Licence, decision: NewDecision) -> None:
    faults = decision_faults(licences, licence, decision)
    if faults:
        raise DecisionRefused(faults)


async def _keep(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    decision_id: UUID,
    licence_id: UUID,
    decision: NewDecision,
    folder: Path,
    supersedes_id: UUID | None = None,
) -> None:
    """The document first: a file that no row names does no harm, a row without its file does."""
    document = decision.document
    stored = None
    if document is not None:
        sha256 = await asyncio.to_thread(files.store, folder, document.content)
        stored = StoredDocument(name=document.name, type=document.type, sha256=sha256)
    await queries.insert_decision(
        session,
        decision_id,
        licence_id=licence_id,
        decision=decision,
        document=stored,
        supersedes_id=supersedes_id,
        decided_by=actor.id,
        now=now,
    )


def _said(decision: NewDecision) -> dict[str, object]:
    """A decision for history: its document by name, not by content."""
    said = msgspec.structs.asdict(decision)
    return {**said, "document": decision.document.name if decision.document else None}
