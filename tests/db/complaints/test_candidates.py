"""Agencies are offered for evidence and for nothing else."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from factories.agencies import store_agency
from recruitwatch.complaints.actions.offering import find_candidates
from recruitwatch.complaints.values.filing import Told


@pytest.mark.parametrize("said", ["RL", "the green one", "7", "RL 7", "RL-0", "A 1", "no idea"])
async def test_a_licence_without_a_part_of_a_number_offers_nobody(
    session: AsyncSession, said: str
) -> None:
    await store_agency(session)
    assert await find_candidates(session, told=Told(licence=said), links=()) == []
