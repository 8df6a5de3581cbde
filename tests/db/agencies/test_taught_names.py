"""Names that officers taught, as the matcher asks for them."""

from sqlalchemy.ext.asyncio import AsyncSession

from conftest import NOW
from factories.agencies import store_agency
from recruitwatch.agencies.actions import teach_name
from recruitwatch.agencies.queries.taught import MOST_TAUGHT, list_taught
from recruitwatch.agencies.rules.taught import heard_as
from recruitwatch.names.dictionary import load_dictionary


async def test_a_name_of_very_many_agencies_brings_no_more_than_are_ranked(
    session: AsyncSession,
) -> None:
    for number in range(MOST_TAUGHT + 1):
        agency_id = await store_agency(session, legal_name=f"Dolonchapa Travels {number}")
        await teach_name(session, NOW, agency_id=agency_id, name="Blue Gate")
    found = await list_taught(session, [heard_as("Blue Gate", load_dictionary())])
    assert len(found) == MOST_TAUGHT
