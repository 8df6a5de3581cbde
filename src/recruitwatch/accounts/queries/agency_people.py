"""SQL of the people of agencies. Those of the ministry are read elsewhere, and never here."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import people
from recruitwatch.accounts.values import AgencyPerson, PersonUnknown

_PERSON = select(
    people.c.id, people.c.sign_in_name, people.c.full_name, people.c.agency_id,
    people.c.totp_confirmed_at.is_not(None).label("has_second_factor"),
    people.c.must_change_password, people.c.disabled_at, people.c.created_at,
).where(people.c.agency_id.is_not(None))  # fmt: skip


async def list_agency_people(
    session: AsyncSession, agency_id: UUID, *, limit: int, offset: int = 0
) -> list[AgencyPerson]:
    """The people who may sign in for this agency: active ones first, then by name."""
    statement = (
        _PERSON.where(people.c.agency_id == agency_id)
        .order_by(people.c.disabled_at.is_not(None), people.c.full_name, people.c.id)
        .limit(limit)
        .offset(offset)
    )
    return [AgencyPerson(**row) for row in (await session.execute(statement)).mappings()]


async def count_agency_people(session: AsyncSession, agency_id: UUID) -> int:
    statement = select(func.count()).where(people.c.agency_id == agency_id)
    return await session.scalar(statement) or 0


async def get_agency_person(
    session: AsyncSession, agency_id: UUID, person_id: UUID
) -> AgencyPerson:
    """A person of this agency. Raises PersonUnknown, for anybody else too."""
    own = (people.c.id == person_id, people.c.agency_id == agency_id)
    row = (await session.execute(_PERSON.where(*own))).mappings().one_or_none()
    if row is None:
        raise PersonUnknown
    return AgencyPerson(**row)


async def lock_agency_person(
    session: AsyncSession, agency_id: UUID, person_id: UUID
) -> AgencyPerson:
    """The same, locked until the end of the transaction."""
    own = (people.c.id == person_id, people.c.agency_id == agency_id)
    await session.execute(select(people.c.id).where(*own).with_for_update())
    return await get_agency_person(session, agency_id, person_id)
