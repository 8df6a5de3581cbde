"""Records of agencies: one statement reads a record with all its parts, bulk statements write them."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import (
    ColumnElement,
    Label,
    Row,
    ScalarSelect,
    Select,
    Table,
    Text,
    bindparam,
    cast,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.agencies.queries.readings import list_unread, set_readings
from recruitwatch.agencies.rules import as_stored, normalise_contact
from recruitwatch.agencies.tables import (
    agencies,
    agency_addresses,
    agency_branches,
    agency_contacts,
    agency_destinations,
    agency_names,
    agency_people,
    agency_readings,
    agency_sectors,
    deployments,
    status_claims,
)
from recruitwatch.agencies.values import AgencyRecord, AgencyUnknown, NameKind, StoredAgency
from recruitwatch.names.rules import normalise, normalise_number, number_digits

PARTS = (
    agency_names, agency_addresses, agency_contacts, agency_branches, agency_people,
    agency_sectors, agency_destinations, deployments, status_claims,
)  # fmt: skip
Keyed = tuple[UUID, AgencyRecord, str]
"""An agency's id, its record and its identity key."""

_decoder = msgspec.json.Decoder(AgencyRecord)


def _pairs(values: Mapping[str, ColumnElement[object]]) -> list[ColumnElement[object]]:
    """Name, value, name, value: what json_build_object takes."""
    pairs: list[ColumnElement[object]] = []
    for name, value in values.items():
        pairs += [literal_column(f"'{name}'"), value]
    return pairs


def _objects(table: Table, *names: str, after: int = -1) -> ScalarSelect[object]:
    """The rows of a part as a JSON list of objects in their order."""
    pairs = _pairs({name: table.c[name] for name in names})
    rows = func.json_agg(func.json_build_object(*pairs).op("order by")(table.c.position))
    statement = select(func.coalesce(rows, literal_column("'[]'::json")))
    own = statement.where(table.c.agency_id == agencies.c.id, table.c.position > after)
    return own.correlate(agencies).scalar_subquery()


def _words(table: Table, name: str) -> ScalarSelect[object]:
    words = func.json_agg(table.c[name].op("order by")(table.c[name]))
    statement = select(func.coalesce(words, literal_column("'[]'::json")))
    return statement.where(table.c.agency_id == agencies.c.id).correlate(agencies).scalar_subquery()


def _deployments() -> ScalarSelect[object]:
    names = ("year", "sex", "destination", "workers", "source")
    d = deployments.c
    pairs = _pairs({name: d[name] for name in names})
    order: ColumnElement[object] = literal_column(
        'deployments.year, deployments.sex collate "C", deployments.destination collate "C"'
    )
    rows = func.json_agg(func.json_build_object(*pairs).op("order by")(order))
    statement = select(func.coalesce(rows, literal_column("'[]'::json")))
    return statement.where(d.agency_id == agencies.c.id).correlate(agencies).scalar_subquery()


def _record() -> Label[str]:
    fields: dict[str, ColumnElement[object]] = {
        **{
            name: agencies.c[name]
            for name in ("register_id", "legal_name", "country", "licence_no", "source_key", "note")
        },
        # The legal name stands first among the names, so that one index finds every name.
        "names": _objects(agency_names, "kind", "name", "source", after=0),
        "addresses": _objects(agency_addresses, "address", "city", "source"),
        "contacts": _objects(agency_contacts, "kind", "value", "source"),
        "branches": _objects(agency_branches, "name", "address", "phone"),
        "officers": _objects(agency_people, "name", "role", "from_on", "until_on"),
        "sectors": _words(agency_sectors, "sector"),
        "destinations": _words(agency_destinations, "country"),
        "deployments": _deployments(),
        "claims": _objects(status_claims, "source", "word", "stated_on", "valid_until"),
    }
    return cast(func.json_build_object(*_pairs(fields)), Text).label("record")


_STORED: Select[UUID, str, int, datetime, datetime, str] = select(
    agencies.c.id, _record(), agencies.c.version, agencies.c.created_at, agencies.c.updated_at,
    agencies.c.identity_key,
)  # fmt: skip


_Rows = Sequence[Row[UUID, str, int, datetime, datetime, str]]


async def _rows(session: AsyncSession, condition: ColumnElement[bool]) -> _Rows:
    statement = _STORED.where(condition).order_by(agencies.c.id)
    return (await session.execute(statement)).all()


def _stored(rows: _Rows) -> list[tuple[str, StoredAgency]]:
    """Agencies with their identity keys."""
    return [
        (
            key,
            StoredAgency(
                id=agency_id,
                record=as_stored(_decoder.decode(record)),
                version=version,
                created_at=created_at,
                updated_at=updated_at,
            ),
        )
        for agency_id, record, version, created_at, updated_at, key in rows
    ]


async def _many(
    session: AsyncSession, condition: ColumnElement[bool]
) -> list[tuple[str, StoredAgency]]:
    """A whole register takes its time to decode: not on the loop that answers people."""
    return await asyncio.to_thread(_stored, await _rows(session, condition))


async def get_agency(session: AsyncSession, agency_id: UUID) -> StoredAgency:
    found = _stored(await _rows(session, agencies.c.id == agency_id))
    if not found:
        raise AgencyUnknown
    return found[0][1]


async def lock_agency(session: AsyncSession, agency_id: UUID) -> StoredAgency:
    """The agency, locked until the end of the transaction."""
    await session.execute(select(agencies.c.id).where(agencies.c.id == agency_id).with_for_update())
    return await get_agency(session, agency_id)


async def load_register_records(session: AsyncSession, register_id: str) -> dict[str, StoredAgency]:
    """Every agency of a register by its identity key, in one statement."""
    return dict(await _many(session, agencies.c.register_id == register_id))


async def load_agencies(session: AsyncSession, ids: Iterable[UUID]) -> dict[UUID, StoredAgency]:
    """These agencies by id, in one statement; unknown ids are left out."""
    found = await _many(session, agencies.c.id == func.any(list(ids)))
    return {stored.id: stored for _, stored in found}


async def insert_agency(
    session: AsyncSession, agency_id: UUID, record: AgencyRecord, identity_key: str, now: datetime
) -> None:
    await insert_agencies(session, [(agency_id, record, identity_key)], now)


async def insert_agencies(session: AsyncSession, entries: Sequence[Keyed], now: datetime) -> None:
    """Many agencies with all their parts, in a constant number of statements."""
    rows = [
        {**_own(record), "id": agency_id, "identity_key": key, "created_at": now, "updated_at": now}
        for agency_id, record, key in entries
    ]
    if rows:
        await session.execute(insert(agencies), rows)
        await _insert_parts(session, entries)
        await set_readings(session, [(agency_id, record) for agency_id, record, _ in entries])


async def set_agency_record(
    session: AsyncSession, agency_id: UUID, record: AgencyRecord, identity_key: str, now: datetime
) -> int:
    """Replace the record; gives the new version. Lock the agency first."""
    await set_agency_records(session, [(agency_id, record, identity_key)], now)
    statement = select(agencies.c.version).where(agencies.c.id == agency_id)
    version: int = (await session.execute(statement)).scalar_one()
    return version


async def set_agency_records(
    session: AsyncSession, entries: Sequence[Keyed], now: datetime
) -> None:
    """Replace many records, each one version on, in a constant number of statements."""
    rows = [
        {**_own(record), "of_id": agency_id, "identity_key": key, "updated_at": now}
        for agency_id, record, key in entries
    ]
    if not rows:
        return
    statement = update(agencies).where(agencies.c.id == bindparam("of_id"))
    named: dict[str, object] = {name: bindparam(name) for name in rows[0] if name != "of_id"}
    connection = await session.connection()
    await connection.execute(statement.values(version=agencies.c.version + 1, **named), rows)
    ids = [agency_id for agency_id, _, _ in entries]
    for part in PARTS:
        await session.execute(delete(part).where(part.c.agency_id == func.any(ids)))
    await _insert_parts(session, entries)
    await set_readings(session, [(agency_id, record) for agency_id, record, _ in entries])


async def delete_agencies(session: AsyncSession, ids: Sequence[UUID]) -> None:
    """Remove agencies that nothing refers to; one reference refuses all."""
    # All at once: behind the agencies they would go one by one, and be counted so.
    own = agency_readings.c.agency_id
    await session.execute(delete(agency_readings).where(own == func.any(list(ids))))
    await session.execute(delete(agencies).where(agencies.c.id == func.any(list(ids))))


async def read_anew(session: AsyncSession, agency_id: UUID) -> None:
    """Read one agency again: a name it is called by has come or gone that is no part of its entry."""
    found = await load_agencies(session, [agency_id])
    await set_readings(session, [(agency_id, one.record) for agency_id, one in found.items()])


async def read_again(session: AsyncSession, *, limit: int) -> int:
    """Read agencies that have no reading, or one by other word tables; gives how many. Those that were
    read are not found again: repeat until it gives 0."""
    unread = await list_unread(session, limit=limit)
    found = await load_agencies(session, unread)
    await set_readings(session, [(agency_id, one.record) for agency_id, one in found.items()])
    return len(found)


def _own(record: AgencyRecord) -> dict[str, object]:
    """The columns of the agency's own row."""
    return {
        "register_id": record.register_id,
        "source_key": record.source_key,
        "licence_no": record.licence_no,
        "licence_no_norm": normalise_number(record.licence_no or "") or None,
        "licence_digits": number_digits(record.licence_no or "") or None,
        "legal_name": record.legal_name,
        "name_norm": normalise(record.legal_name),
        "country": record.country,
        "note": record.note,
    }


async def _insert_parts(session: AsyncSession, entries: Sequence[Keyed]) -> None:
    gathered: dict[Table, list[dict[str, object]]] = {part: [] for part in PARTS}
    for agency_id, record, _ in entries:
        for part, rows in _parts(as_stored(record)).items():
            gathered[part].extend({"agency_id": agency_id, **row} for row in rows)
    for part, rows in gathered.items():
        if rows:
            await session.execute(insert(part), rows)


def _parts(record: AgencyRecord) -> Mapping[Table, list[dict[str, object]]]:
    names = [{"kind": NameKind.LEGAL.value, "name": record.legal_name, "source": ""}]
    names += [msgspec.to_builtins(other) for other in record.names]
    return {
        agency_names: _placed([{**n, "name_norm": normalise(str(n["name"]))} for n in names]),
        agency_addresses: _placed([msgspec.structs.asdict(a) for a in record.addresses]),
        agency_contacts: _placed(
            [
                {
                    "kind": contact.kind.value,
                    "value": contact.value,
                    "value_norm": normalise_contact(contact.kind, contact.value),
                    "source": contact.source,
                }
                for contact in record.contacts
            ]
        ),
        agency_branches: _placed([msgspec.structs.asdict(b) for b in record.branches]),
        agency_people: _placed([msgspec.structs.asdict(o) for o in record.officers]),
        agency_sectors: [{"sector": sector} for sector in record.sectors],
        agency_destinations: [{"country": country} for country in record.destinations],
        deployments: [msgspec.structs.asdict(d) for d in record.deployments],
        status_claims: _placed([msgspec.structs.asdict(c) for c in record.claims]),
    }


def _placed(rows: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    return [{"id": uuid4(), "position": place, **row} for place, row in enumerate(rows)]
