"""Registers: the lists that agencies are entered in."""

from datetime import datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.agencies.tables import registers
from recruitwatch.agencies.values import NumberKind, Register, RegisterUnknown

_REGISTER = select(registers.c.id, registers.c.title, registers.c.country, registers.c.numbers)
MOST_REGISTERS = 500


async def insert_register(session: AsyncSession, register: Register, now: datetime) -> bool:
    """Add the register; False if one with this id is there already, which stays as it is."""
    values = {**msgspec.structs.asdict(register), "created_at": now}
    statement = upsert(registers).values(values).on_conflict_do_nothing(index_elements=["id"])
    return (await session.execute(statement.returning(registers.c.id))).first() is not None


async def list_registers(session: AsyncSession) -> list[Register]:
    """Every register by title. A country has a handful."""
    statement = _REGISTER.order_by(registers.c.title, registers.c.id).limit(MOST_REGISTERS)
    return [_register(*row) for row in (await session.execute(statement))]


async def get_register(session: AsyncSession, register_id: str) -> Register:
    row = (await session.execute(_REGISTER.where(registers.c.id == register_id))).one_or_none()
    if row is None:
        raise RegisterUnknown
    return _register(*row)


def _register(register_id: str, title: str, country: str, numbers: str) -> Register:
    return Register(id=register_id, title=title, country=country, numbers=NumberKind(numbers))
