"""What the database holds about people, and what it refuses."""

from datetime import datetime
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from factories.accounts import store_office, store_person
from recruitwatch.accounts import queries
from recruitwatch.accounts.actions.people import create_person
from recruitwatch.accounts.values import NameTaken, NewPerson, OfficeTaken, Role
from recruitwatch.actor import SYSTEM
from recruitwatch.db.constraints import error_for
from recruitwatch.errors import RecruitwatchError, Rejected


async def refusal(session: AsyncSession, made) -> RecruitwatchError | None:  # type: ignore[no-untyped-def]
    with pytest.raises(IntegrityError) as problem:
        await made
    return error_for(problem.value, queries.CONSTRAINTS)


async def test_a_sign_in_name_is_somebodys_alone(session: AsyncSession) -> None:
    await store_person(session, Role.INSPECTOR, sign_in_name="amina.k")
    again = store_person(session, Role.REVIEWER, sign_in_name="amina.k")
    assert isinstance(await refusal(session, again), NameTaken)


async def test_an_office_name_is_one_offices_alone(session: AsyncSession) -> None:
    await store_office(session, "Dhaka")
    assert isinstance(await refusal(session, store_office(session, "Dhaka")), OfficeTaken)


async def test_a_sign_in_name_with_capitals_is_refused(session: AsyncSession) -> None:
    with pytest.raises(IntegrityError, match="ck_people_sign_in_name"):
        await store_person(session, Role.INSPECTOR, sign_in_name="Amina")


async def test_a_role_that_does_not_exist_is_refused(session: AsyncSession) -> None:
    person = await store_person(session)
    with pytest.raises(IntegrityError):
        await session.execute(
            text("insert into person_roles values (:id, 'minister')"), {"id": person.id}
        )


async def test_people_cannot_be_deleted(session: AsyncSession) -> None:
    with pytest.raises(DBAPIError, match="permission denied"):
        await session.execute(text("delete from people"))


@pytest.mark.parametrize("roles", [frozenset(), frozenset({Role.ADMINISTRATOR, Role.INSPECTOR})])
async def test_nobody_is_made_with_roles_that_do_not_fit(
    session: AsyncSession, now: datetime, roles: frozenset[Role]
) -> None:
    office = await store_office(session)
    new = NewPerson(sign_in_name="new.one", full_name="N", office_id=office, roles=roles)
    with pytest.raises(Rejected):
        await create_person(session, SYSTEM, now, new=new)
    assert await queries.find_person(session, "new.one") is None


async def test_the_list_is_in_a_fixed_order_page_by_page(session: AsyncSession) -> None:
    for _ in range(5):
        await store_person(session, Role.INSPECTOR)
    whole = [person.id for person in await queries.list_people(session, limit=50)]
    parts = [
        person.id
        for offset in range(0, len(whole), 2)
        for person in await queries.list_people(session, limit=2, offset=offset)
    ]
    assert parts == whole


async def test_who_can_take_inspections_over(session: AsyncSession, now: datetime) -> None:
    inspector = await store_person(session, Role.INSPECTOR, Role.REVIEWER)
    gone = await store_person(session, Role.INSPECTOR)
    await store_person(session, Role.REGULATOR)
    await queries.set_disabled(session, gone.id, now)
    found = await queries.list_people_of_role(session, Role.INSPECTOR)
    assert [person.id for person in found] == [inspector.id]
    assert found[0].roles == {Role.INSPECTOR, Role.REVIEWER}


async def test_an_office_is_found_in_any_capitals(session: AsyncSession) -> None:
    office = await store_office(session, "Dhaka")
    assert await queries.find_office(session, "DHAKA") == office
    assert await queries.find_office(session, str(uuid4())) is None
