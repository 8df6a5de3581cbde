"""SQL of the keys of people."""

from uuid import UUID

import msgspec
from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import person_keys
from recruitwatch.accounts.values import PersonKey


async def find_person_key(session: AsyncSession, person_id: UUID) -> PersonKey | None:
    statement = select(
        person_keys.c.id, person_keys.c.person_id, person_keys.c.public_key,
        person_keys.c.private_sealed, person_keys.c.salt, person_keys.c.made_at,
    ).where(person_keys.c.person_id == person_id)  # fmt: skip
    row = (await session.execute(statement)).mappings().one_or_none()
    return PersonKey(**row) if row else None


async def insert_person_key(session: AsyncSession, made: PersonKey) -> None:
    await session.execute(insert(person_keys).values(**msgspec.structs.asdict(made)))


async def set_person_key_sealed(
    session: AsyncSession, person_id: UUID, *, private_sealed: bytes, salt: bytes
) -> None:
    await session.execute(
        update(person_keys)
        .where(person_keys.c.person_id == person_id)
        .values(private_sealed=private_sealed, salt=salt)
    )


async def delete_person_key(session: AsyncSession, person_id: UUID) -> bool:
    """Whether there was one. What was wrapped for it goes with it."""
    gone = await session.execute(
        delete(person_keys).where(person_keys.c.person_id == person_id).returning(person_keys.c.id)
    )
    return gone.first() is not None
