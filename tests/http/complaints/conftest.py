"""What the pages of complaints need: help numbers, and a desk that takes cases."""

from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser
from factories.complaints import DeskMade, desk_with_officers, store_escrow
from phones import Phone
from recruitwatch.complaints.queries.desks import set_help_numbers
from recruitwatch.complaints.values.desks import HelpNumber

NUMBERS = [("Police", "999"), ("Women's help line", "+880 1713 000000"), ("Embassy", "16135")]


@pytest.fixture
async def desk(browser: Browser, session: AsyncSession) -> DeskMade:
    """A desk that takes cases, with one officer, and an escrow."""
    await store_escrow(session)
    made = await desk_with_officers(session)
    await session.commit()
    return made


@pytest.fixture
async def phone(browser: Browser, session: AsyncSession, desk: DeskMade) -> Phone:
    """A worker's phone where help numbers are set and a desk takes cases."""
    numbers = [
        HelpNumber(id=uuid4(), position=place, name=name, number=number, hours="Day and night")
        for place, (name, number) in enumerate(NUMBERS)
    ]
    await set_help_numbers(session, numbers)
    await session.commit()
    return Phone(browser)
