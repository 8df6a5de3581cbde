"""SQL of one broker: names, numbers and areas, which can be removed; and the record itself."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects.postgresql import insert as insert_or_leave
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.brokers.queries.people import get_person_id, list_parts, list_record_ids
from recruitwatch.brokers.queries.ties import list_words
from recruitwatch.brokers.rules import heard_keys, number_keys, ties_by_agency
from recruitwatch.brokers.tables import broker_areas, broker_names, broker_phones, brokers
from recruitwatch.brokers.values import (
    Broker,
    BrokerUnknown,
    Detail,
    DetailKind,
    NewNumber,
    NumberKind,
)
from recruitwatch.names.rules import normalise

MOST_DETAILS = 100
_name, _phone, _area = broker_names.c, broker_phones.c, broker_areas.c
_TABLES = {
    DetailKind.NAME: broker_names,
    DetailKind.NUMBER: broker_phones,
    DetailKind.AREA: broker_areas,
}


async def get_name(session: AsyncSession, broker_id: UUID) -> str:
    """What a record is called, also one that is erased and only named in a case. Raises BrokerUnknown."""
    name = await session.scalar(select(brokers.c.name).where(brokers.c.id == broker_id))
    if name is None:
        raise BrokerUnknown
    return str(name)


async def list_called(session: AsyncSession, broker_ids: Collection[UUID]) -> dict[UUID, str]:
    """What these records are called, by id."""
    statement = (
        select(brokers.c.id, brokers.c.name)
        .where(brokers.c.id.in_(broker_ids))
        .order_by(brokers.c.id)
    )
    return {row.id: row.name for row in await session.execute(statement)}


async def get_broker(session: AsyncSession, broker_id: UUID) -> Broker:
    """The person of this record with everything on record. Raises BrokerUnknown."""
    person_id = await get_person_id(session, broker_id)
    records = await list_record_ids(session, person_id)
    return Broker(
        id=person_id,
        name=await get_name(session, person_id),
        names=tuple(await list_names(session, records)),
        numbers=tuple(await list_numbers(session, records)),
        areas=tuple(await list_areas(session, records)),
        ties=ties_by_agency(await list_words(session, records)),
        parts=tuple(await list_parts(session, records)),
        look_again_on=await _get_look_again_on(session, person_id),
    )


async def _get_look_again_on(session: AsyncSession, broker_id: UUID) -> date:
    statement = select(brokers.c.look_again_on).where(brokers.c.id == broker_id)
    until: date = (await session.execute(statement)).scalar_one()
    return until


async def set_look_again_on(session: AsyncSession, broker_id: UUID, until: date) -> None:
    await session.execute(select(func.keep_broker(broker_id, until)))


async def list_names(session: AsyncSession, broker_ids: Collection[UUID]) -> list[Detail]:
    statement = (
        select(_name.id, _name.name)
        .where(_name.broker_id.in_(broker_ids))
        .order_by(_name.name_norm, _name.id)
        .limit(MOST_DETAILS)
    )
    return [Detail(id=row.id, text=row.name) for row in await session.execute(statement)]


async def list_numbers(session: AsyncSession, broker_ids: Collection[UUID]) -> list[Detail]:
    statement = (
        select(_phone.id, _phone.kind, _phone.service, _phone.value)
        .where(_phone.broker_id.in_(broker_ids))
        .order_by(_phone.kind, _phone.value_norm, _phone.id)
        .limit(MOST_DETAILS)
    )
    return [
        Detail(id=row.id, text=row.value, kind=NumberKind(row.kind), service=row.service)
        for row in await session.execute(statement)
    ]


async def list_areas(session: AsyncSession, broker_ids: Collection[UUID]) -> list[Detail]:
    statement = (
        select(_area.id, _area.area)
        .where(_area.broker_id.in_(broker_ids))
        .order_by(_area.area_norm, _area.id)
        .limit(MOST_DETAILS)
    )
    return [Detail(id=row.id, text=row.area) for row in await session.execute(statement)]


async def insert_broker(
    session: AsyncSession,
    *,
    broker_id: UUID,
    name: str,
    look_again_on: date,
    entered_by: UUID,
    now: datetime,
) -> bool:
    """Whether it was entered; a form that is sent twice enters one."""
    entered = await session.scalar(
        insert_or_leave(brokers)
        .values(
            id=broker_id,
            name=name,
            entered_by=entered_by,
            entered_at=now,
            look_again_on=look_again_on,
        )
        .on_conflict_do_nothing(index_elements=["id"])
        .returning(brokers.c.id)
    )
    return entered is not None


async def insert_name(session: AsyncSession, broker_id: UUID, *, new_id: UUID, name: str) -> None:
    await session.execute(
        insert(broker_names).values(
            id=new_id, broker_id=broker_id, name=name, name_norm=normalise(name),
            heard=list(heard_keys(name)),
        )
    )  # fmt: skip


async def insert_number(
    session: AsyncSession, broker_id: UUID, *, new_id: UUID, new: NewNumber
) -> None:
    keys = number_keys(new.kind, new.value)
    await session.execute(
        insert(broker_phones).values(
            id=new_id, broker_id=broker_id, kind=new.kind.value, service=new.service,
            value=new.value, value_norm=keys[0] if keys else "",
        )
    )  # fmt: skip


async def insert_area(session: AsyncSession, broker_id: UUID, *, new_id: UUID, area: str) -> None:
    await session.execute(
        insert(broker_areas).values(
            id=new_id, broker_id=broker_id, area=area, area_norm=normalise(area)
        )
    )


async def delete_detail(
    session: AsyncSession, kind: DetailKind, detail_id: UUID, broker_ids: Collection[UUID]
) -> bool:
    """Whether it was there, on one of these records. A record whose name goes is called by the next of its
    names; the last one does not go."""
    table = _TABLES[kind]
    fits = (table.c.id == detail_id) & table.c.broker_id.in_(broker_ids)
    if await session.scalar(select(table.c.id).where(fits)) is None:
        return False
    if kind is DetailKind.NAME:
        await session.execute(select(func.remove_broker_name(detail_id)))
    else:
        await session.execute(delete(table).where(fits))
    return True


async def erase_broker(session: AsyncSession, broker_id: UUID, now: datetime) -> None:
    """The database erases what no case needs, and hides the rest; it does not say which (migration 011)."""
    await session.execute(select(func.erase_broker(broker_id, now)))
