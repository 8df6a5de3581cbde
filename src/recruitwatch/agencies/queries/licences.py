"""Licences and the decisions about them. Nothing here is ever updated."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import people
from recruitwatch.agencies.queries.records import get_agency
from recruitwatch.agencies.queries.registers import get_register
from recruitwatch.agencies.rules import public_view, status_on
from recruitwatch.agencies.tables import agencies, deployments, licence_decisions, licences
from recruitwatch.agencies.values import (
    DecisionUnknown,
    Deployment,
    DocumentMissing,
    Licence,
    LicenceDecision,
    LicenceState,
    LicenceStatus,
    LicenceUnknown,
    NewDecision,
    NewLicence,
    PublicAgency,
    Sex,
    StoredDocument,
)
from recruitwatch.names.rules import normalise_number

DAY = timedelta(days=1)
# More decisions than any agency can have had; a bound all the same.
MOST_ROWS = 5000

_later = licence_decisions.alias("later")
_superseded = select(_later.c.id).where(_later.c.supersedes_id == licence_decisions.c.id).exists()


async def list_licences(session: AsyncSession, agency_id: UUID) -> tuple[Licence, ...]:
    """The agency's licences with their decisions, oldest first, in one statement."""
    found = await list_licences_of(session, [agency_id], limit=MOST_ROWS)
    return found.get(agency_id, ())


async def list_licences_of(
    session: AsyncSession, agency_ids: Sequence[UUID], *, limit: int | None = None
) -> dict[UUID, tuple[Licence, ...]]:
    """The licences of these agencies, oldest first, in one statement; agencies without any are left
    out. Bounded by the agencies asked for."""
    d = licence_decisions.c
    statement = (
        select(
            licences.c.id, licences.c.agency_id, licences.c.licence_no, licences.c.valid,
            d.id, d.state, d.effective_on, d.until_on, d.ground, d.document_no, d.document_name,
            func.coalesce(people.c.full_name, ""), d.decided_at, _superseded,
        )
        .join(licence_decisions, d.licence_id == licences.c.id, isouter=True)
        .join(people, people.c.id == d.decided_by, isouter=True)
        .where(licences.c.agency_id.in_(agency_ids))
        .order_by(
            licences.c.agency_id, func.lower(licences.c.valid).nulls_first(), licences.c.id,
            d.effective_on, d.decided_at, d.id,
        )
        .limit(limit)
    )  # fmt: skip
    heads: dict[UUID, tuple[UUID, str | None, Range[date]]] = {}
    decisions: dict[UUID, list[LicenceDecision]] = {}
    for licence_id, of_agency, number, valid, decision_id, *rest in await session.execute(
        statement
    ):
        heads[licence_id] = (of_agency, number, valid)
        known = decisions.setdefault(licence_id, [])
        if decision_id is not None:
            known.append(_decision(licence_id, decision_id, *rest))
    found: dict[UUID, list[Licence]] = {}
    for licence_id, (of_agency, number, valid) in heads.items():
        licence = Licence(
            id=licence_id,
            agency_id=of_agency,
            licence_no=number,
            valid_from=valid.lower,
            valid_until=valid.upper - DAY if valid.upper else None,
            decisions=tuple(decisions[licence_id]),
        )
        found.setdefault(of_agency, []).append(licence)
    return {of_agency: tuple(own) for of_agency, own in found.items()}


async def list_deployments_of(
    session: AsyncSession, agency_ids: Sequence[UUID]
) -> dict[UUID, tuple[Deployment, ...]]:
    """Workers sent by each of these agencies, by year, in one statement."""
    d = deployments.c
    statement = (
        select(d.agency_id, d.year, d.sex, d.destination, d.workers, d.source)
        .where(d.agency_id.in_(agency_ids))
        .order_by(d.agency_id, d.year, d.sex, d.destination)
    )
    found: dict[UUID, list[Deployment]] = {}
    for agency_id, year, sex, destination, workers, source in await session.execute(statement):
        sent = Deployment(
            year=year, sex=Sex(sex), destination=destination, workers=workers, source=source
        )
        found.setdefault(agency_id, []).append(sent)
    return {agency_id: tuple(own) for agency_id, own in found.items()}


def _decision(
    licence_id: UUID,
    decision_id: UUID,
    state: str,
    effective_on: date,
    until_on: date | None,
    ground: str,
    document_no: str,
    document_name: str | None,
    decided_by_name: str,
    decided_at: datetime,
    superseded: bool,
) -> LicenceDecision:
    return LicenceDecision(
        id=decision_id,
        licence_id=licence_id,
        state=LicenceState(state),
        effective_on=effective_on,
        until_on=until_on,
        ground=ground,
        document_no=document_no,
        document_name=document_name,
        decided_by_name=decided_by_name,
        decided_at=decided_at,
        superseded=superseded,
    )


async def get_status(session: AsyncSession, agency_id: UUID, day: date) -> LicenceStatus:
    """The agency's licence status on a day."""
    return status_on(await list_licences(session, agency_id), day)


async def lock_licences(session: AsyncSession, agency_id: UUID) -> tuple[Licence, ...]:
    """The agency's licences; no other decision about them can be recorded meanwhile."""
    await session.execute(select(agencies.c.id).where(agencies.c.id == agency_id).with_for_update())
    return await list_licences(session, agency_id)


async def get_agency_of_licence(session: AsyncSession, licence_id: UUID) -> UUID:
    statement = select(licences.c.agency_id).where(licences.c.id == licence_id)
    agency_id: UUID | None = await session.scalar(statement)
    if agency_id is None:
        raise LicenceUnknown
    return agency_id


async def get_licence_of_decision(session: AsyncSession, decision_id: UUID) -> UUID:
    statement = select(licence_decisions.c.licence_id).where(licence_decisions.c.id == decision_id)
    licence_id: UUID | None = await session.scalar(statement)
    if licence_id is None:
        raise DecisionUnknown
    return licence_id


async def get_document(session: AsyncSession, decision_id: UUID) -> StoredDocument:
    """Where the document of a decision is kept."""
    d = licence_decisions.c
    statement = select(d.document_name, d.document_type, d.document_sha256)
    row = (await session.execute(statement.where(d.id == decision_id))).one_or_none()
    if row is None:
        raise DecisionUnknown
    name, kind, sha256 = row
    if name is None or kind is None or sha256 is None:
        raise DocumentMissing
    return StoredDocument(name=name, type=kind, sha256=sha256)


async def insert_licence(
    session: AsyncSession,
    licence_id: UUID,
    *,
    agency_id: UUID,
    register_id: str,
    licence: NewLicence,
    recorded_by: UUID,
    now: datetime,
) -> None:
    """Refused by the database if the agency or the number has a licence in this period."""
    upper = licence.valid_until + DAY if licence.valid_until else None
    await session.execute(
        insert(licences).values(
            id=licence_id,
            agency_id=agency_id,
            register_id=register_id,
            licence_no=licence.licence_no,
            licence_no_norm=normalise_number(licence.licence_no or "") or None,
            valid=Range(licence.valid_from, upper, bounds="[)"),
            recorded_by=recorded_by,
            recorded_at=now,
        )
    )


async def insert_decision(
    session: AsyncSession,
    decision_id: UUID,
    *,
    licence_id: UUID,
    decision: NewDecision,
    document: StoredDocument | None,
    supersedes_id: UUID | None,
    decided_by: UUID,
    now: datetime,
) -> None:
    await session.execute(
        insert(licence_decisions).values(
            id=decision_id,
            licence_id=licence_id,
            state=decision.state.value,
            effective_on=decision.effective_on,
            until_on=decision.until_on,
            ground=decision.ground,
            document_no=decision.document_no,
            document_name=document.name if document else None,
            document_type=document.type if document else None,
            document_sha256=document.sha256 if document else None,
            document_size=len(decision.document.content) if decision.document else None,
            decided_by=decided_by,
            decided_at=now,
            supersedes_id=supersedes_id,
        )
    )


async def get_public_agency(session: AsyncSession, agency_id: UUID, day: date) -> PublicAgency:
    """The agency as everyone may see it, with its licence status on a day."""
    stored = await get_agency(session, agency_id)
    register = await get_register(session, stored.record.register_id)
    return public_view(stored, register, await get_status(session, agency_id, day))
