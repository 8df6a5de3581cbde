"""An agency with a person who signs in for it."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser
from conftest import SignIn
from factories.accounts import store_agency_person, store_person
from factories.agencies import make_record, store_agency
from recruitwatch.accounts.values import Role
from recruitwatch.actor import Actor

SignInFor = Callable[[UUID], Awaitable[Browser]]


@pytest.fixture
async def officer(session: AsyncSession) -> Actor:
    return await store_person(session, Role.REGULATOR)


@pytest.fixture
async def agency_id(session: AsyncSession) -> UUID:
    return await store_agency(session, make_record(legal_name="Padma Overseas Ltd"))


@pytest.fixture
def sign_in_for(session: AsyncSession, sign_in: SignIn) -> SignInFor:
    """`await sign_in_for(agency_id)` gives a browser signed in as a new person of that agency."""

    async def begin(agency_id: UUID) -> Browser:
        return await sign_in(person=await store_agency_person(session, agency_id))

    return begin
