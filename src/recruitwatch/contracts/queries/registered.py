"""SQL of registered contracts."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import RowMapping, Select, and_, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import people
from recruitwatch.agencies.tables import agencies, licences
from recruitwatch.contracts.rules.registering import state_of
from recruitwatch.contracts.tables.registered import (
    contract_cancellations,
    contract_versions,
    registered_contracts,
)
from recruitwatch.contracts.values.registered import (
    ContractCancelled,
    ContractLine,
    MadeByForm,
    NewVersion,
    NoContract,
    PublicContract,
    RegisteredContract,
    RegisteredMeanwhile,
    SealedTerms,
    VersionLine,
)
from recruitwatch.contracts.values.terms import SHORT_HASH
from recruitwatch.db.constraints import Constraints
from recruitwatch.names.rules import normalise_number

CONSTRAINTS: Constraints = {
    "pk_contract_versions": RegisteredMeanwhile,
    "tr_contract_versions_follows": RegisteredMeanwhile,
    "tr_contract_versions_cancelled": ContractCancelled,
    "pk_contract_cancellations": ContractCancelled,
    "uq_contract_versions_form_token": RegisteredMeanwhile,
}

_contract, _version, _end = registered_contracts.c, contract_versions.c, contract_cancellations.c


async def insert_contract(
    session: AsyncSession, *, contract_id: UUID, number: str, now: datetime
) -> None:
    await session.execute(
        insert(registered_contracts).values(id=contract_id, number=number, registered_at=now)
    )


async def insert_version(
    session: AsyncSession, new: NewVersion, *, registered_by: UUID, now: datetime
) -> None:
    terms = new.terms
    await session.execute(
        insert(contract_versions).values(
            contract_id=new.contract_id,
            version=new.version,
            sha256=new.sha256,
            agency_id=new.agency_id,
            pack=terms.pack,
            template_version=terms.template_version,
            origin=terms.origin,
            destination=terms.destination,
            signed_on=terms.signed_on,
            initials=new.initials,
            sealed_terms=new.sealed_terms,
            sealed_until=new.sealed_until,
            reason=new.reason,
            registered_by=registered_by,
            registered_at=now,
            form_token=new.form.token if new.form else None,
            form_sha256=new.form.sha256 if new.form else None,
        )
    )


async def lock_form(session: AsyncSession, form_token: UUID) -> None:
    """Lets posts of one form follow each other until the end of the transaction."""
    statement = text("select pg_advisory_xact_lock(hashtextextended(:name, 0))")
    await session.execute(statement, {"name": f"contract form {form_token}"})


async def find_by_form(session: AsyncSession, form_token: UUID) -> MadeByForm | None:
    """The version that a form has made already."""
    statement = (
        select(
            _version.contract_id,
            _contract.number,
            _version.version,
            _version.form_sha256.label("sha256"),
        )
        .join(registered_contracts, _contract.id == _version.contract_id)
        .where(_version.form_token == form_token)
    )
    row = (await session.execute(statement)).one_or_none()
    return MadeByForm(**row._mapping) if row else None


async def lock_end(session: AsyncSession, contract_id: UUID) -> None:
    """Lets those who cancel one contract follow each other until the end of the transaction."""
    statement = text("select pg_advisory_xact_lock(hashtextextended(:name, 0))")
    await session.execute(statement, {"name": f"end of contract {contract_id}"})


async def insert_cancellation(
    session: AsyncSession, contract_id: UUID, *, reason: str, cancelled_by: UUID, now: datetime
) -> None:
    await session.execute(
        insert(contract_cancellations).values(
            contract_id=contract_id, reason=reason, cancelled_by=cancelled_by, cancelled_at=now
        )
    )


def _lines() -> Select[tuple[object, ...]]:
    """Each contract with its newest version."""
    newest = (
        select(func.max(_version.version))
        .where(_version.contract_id == _contract.id)
        .correlate(registered_contracts)
        .scalar_subquery()
    )
    return (
        select(
            _contract.id,
            _contract.number,
            _version.version,
            _end.cancelled_at,
            _version.initials,
            _version.origin,
            _version.destination,
            _version.signed_on,
        )
        .join_from(
            registered_contracts,
            contract_versions,
            and_(_version.contract_id == _contract.id, _version.version == newest),
        )
        .outerjoin(contract_cancellations, _end.contract_id == _contract.id)
    )


async def list_contracts(
    session: AsyncSession, *, limit: int, offset: int = 0, wanted: str = ""
) -> list[ContractLine]:
    """Newest first. `wanted` is a number or its beginning."""
    statement = (
        _lines()
        .where(_contract.number.startswith(wanted, autoescape=True))
        .order_by(_contract.registered_at.desc(), _contract.id)
        .limit(limit)
        .offset(offset)
    )
    return [
        ContractLine(
            id=row.id,
            number=row.number,
            version=row.version,
            state=state_of(row.version, newest=row.version, cancelled_at=row.cancelled_at),
            initials=row.initials,
            origin=row.origin,
            destination=row.destination,
            signed_on=row.signed_on,
        )
        for row in await session.execute(statement)
    ]


async def count_contracts(session: AsyncSession, *, wanted: str = "") -> int:
    statement = select(func.count()).where(_contract.number.startswith(wanted, autoescape=True))
    return int(await session.scalar(statement) or 0)


async def get_contract(session: AsyncSession, contract_id: UUID) -> RegisteredContract:
    """A contract with every version. Raises NoContract."""
    statement = (
        select(
            _contract.number,
            _end.cancelled_at,
            _end.reason,
            people.c.full_name,
        )
        .select_from(registered_contracts)
        .outerjoin(contract_cancellations, _end.contract_id == _contract.id)
        .outerjoin(people, people.c.id == _end.cancelled_by)
        .where(_contract.id == contract_id)
    )
    row = (await session.execute(statement)).one_or_none()
    if row is None:
        raise NoContract
    return RegisteredContract(
        id=contract_id,
        number=row.number,
        versions=tuple(await _list_versions(session, contract_id)),
        cancelled_at=row.cancelled_at,
        cancelled_by=row.full_name or "",
        cancel_reason=row.reason or "",
    )


async def _list_versions(session: AsyncSession, contract_id: UUID) -> list[VersionLine]:
    statement = (
        select(
            _version.version,
            _version.sha256,
            _version.agency_id,
            func.coalesce(agencies.c.legal_name, "").label("agency_name"),
            _version.pack,
            _version.template_version,
            _version.origin,
            _version.destination,
            _version.signed_on,
            _version.initials,
            _version.reason,
            people.c.full_name.label("registered_by"),
            _version.registered_at,
        )
        .join(people, people.c.id == _version.registered_by)
        .outerjoin(agencies, agencies.c.id == _version.agency_id)
        .where(_version.contract_id == contract_id)
        .order_by(_version.version.desc())
    )
    return [VersionLine(**row._mapping) for row in await session.execute(statement)]


async def get_sealed_terms(session: AsyncSession, contract_id: UUID, version: int) -> SealedTerms:
    """The terms of one version as they are stored. Raises NoContract."""
    statement = select(
        _version.version, _version.sha256, _version.sealed_terms, _version.sealed_until
    ).where(_version.contract_id == contract_id, _version.version == version)
    row = (await session.execute(statement)).one_or_none()
    if row is None:
        raise NoContract
    return SealedTerms(**row._mapping)


async def find_public(session: AsyncSession, number: str, short_hash: str) -> PublicContract | None:
    """The version that a copy is of, by what stands at the foot of its pages; both must fit."""
    statement = (
        select(
            _contract.number, _end.cancelled_at, _version.version, _version.sha256,
            _version.signed_on, _version.registered_at, _version.pack, _version.template_version,
            _version.initials, _version.origin, _version.destination,
        )
        .select_from(contract_versions)
        .join(registered_contracts, _contract.id == _version.contract_id)
        .outerjoin(contract_cancellations, _end.contract_id == _contract.id)
        .where(_contract.number == number)
        .order_by(_version.version)
    )  # fmt: skip
    found = (await session.execute(statement)).mappings().all()
    for at, row in enumerate(found):
        if row["sha256"][:SHORT_HASH] == short_hash:
            return _public(row, found[at + 1 :])
    return None


def _public(row: RowMapping, later: Sequence[RowMapping]) -> PublicContract:
    newest = later[-1]["version"] if later else row["version"]
    # A contract that is cancelled ended on that day, whatever had replaced this version before.
    changed = row["cancelled_at"] or (later[0]["registered_at"] if later else None)
    return PublicContract(
        number=row["number"],
        version=row["version"],
        state=state_of(row["version"], newest=newest, cancelled_at=row["cancelled_at"]),
        signed_on=row["signed_on"],
        registered_on=_day(row["registered_at"]),
        changed_on=_day(changed) if changed else None,
        template=f"{row['pack']}/{row['template_version']}",
        initials=row["initials"],
        origin=row["origin"],
        destination=row["destination"],
        sha256=row["sha256"],
    )


def _day(at: datetime) -> date:
    return at.date()


async def find_agency_by_licence(session: AsyncSession, licence_no: str) -> UUID | None:
    """The one agency that has or had a licence of exactly this number."""
    statement = (
        select(licences.c.agency_id)
        .where(licences.c.licence_no_norm == normalise_number(licence_no))
        .group_by(licences.c.agency_id)
        .order_by(licences.c.agency_id)
        .limit(2)
    )
    found = (await session.scalars(statement)).all()
    return found[0] if len(found) == 1 else None
