"""The public register for machines: the same structs that the public pages show."""

from uuid import UUID

import msgspec
from litestar import Response, Router, get
from litestar.params import FromPath, FromQuery

from recruitwatch.accounts.guards import PUBLIC_READ
from recruitwatch.agencies import queries
from recruitwatch.agencies.rules import known_and_unknown
from recruitwatch.agencies.values import AgencyAnswer, AgencyHits
from recruitwatch.errors import N_, Message
from recruitwatch.web.errors import answer
from recruitwatch.web.forms import FormReader
from recruitwatch.web.paging import SIZE, offset
from recruitwatch.web.request import Now, Session, WebRequest

DAY_UNREADABLE = N_("Write a real date, like 2026-03-31.")


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
    request: WebRequest,
    session: Session,
    now: Now,
    agency_id: FromPath[UUID],
    on: FromQuery[str] = "",
) -> AgencyAnswer | Response[str] | Response[bytes]:
    """One agency with its licence status today, or on the day `on`, and what is known of it."""
    reader = FormReader({"on": on})
    day = reader.day("on")
    if reader.errors:
        return answer(request, 400, "agency.day", Message(DAY_UNREADABLE))
    agency = await queries.get_public_agency(session, agency_id, day or now.date())
    knowledge = known_and_unknown(agency)
    return AgencyAnswer(
        **msgspec.structs.asdict(agency), known=knowledge.known, not_known=knowledge.not_known
    )


agencies_api = Router("/", route_handlers=[search_as_json, agency_as_json])
