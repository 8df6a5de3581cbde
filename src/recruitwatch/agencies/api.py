"""The public register for machines: the same structs that the public pages show."""

from uuid import UUID

from litestar import Router, get
from litestar.params import FromPath, FromQuery

from recruitwatch.accounts.guards import PUBLIC_READ
from recruitwatch.agencies import queries
from recruitwatch.agencies.values import AgencyHits, DayUnreadable, PublicAgency
from recruitwatch.web.forms import FormReader
from recruitwatch.web.paging import SIZE, offset
from recruitwatch.web.request import Now, Session


@get("/api/agencies", opt=PUBLIC_READ)
async def search_as_json(
    session: Session,
    q: FromQuery[str] = "",
    register: FromQuery[str] = "",
    page: FromQuery[int] = 1,
) -> AgencyHits:
    """Fifty agencies a page; a search counts at most 500."""
    return await queries.search_or_list(
        session, q, register_id=register or None, limit=SIZE, offset=offset(page)
    )


@get("/api/agencies/{agency_id:uuid}", opt=PUBLIC_READ)
async def agency_as_json(
    session: Session, now: Now, agency_id: FromPath[UUID], on: FromQuery[str] = ""
) -> PublicAgency:
    """One agency with its licence status today, or on the day `on`."""
    reader = FormReader({"on": on})
    day = reader.day("on")
    if reader.errors:
        raise DayUnreadable
    return await queries.get_public_agency(session, agency_id, day or now.date())


agencies_api = Router("/", route_handlers=[search_as_json, agency_as_json])
