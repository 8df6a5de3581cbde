"""Every test of these pages has the published checklists."""

import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncSession

from factories.checklists import store_library


@pytest_asyncio.fixture(autouse=True)
async def library(session: AsyncSession) -> None:
    await store_library(session)
    await session.commit()
