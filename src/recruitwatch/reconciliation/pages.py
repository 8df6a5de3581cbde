"""The small page that a program shows in a frame beside a candidate."""

from uuid import UUID

import msgspec
from litestar import Router, get
from litestar.params import FromPath

from recruitwatch.accounts.guards import PUBLIC_READ
from recruitwatch.agencies import queries
from recruitwatch.agencies.forms import country_names
from recruitwatch.agencies.pages.words import StatusWords, public_words
from recruitwatch.agencies.values import PublicAgency
from recruitwatch.web.languages import current
from recruitwatch.web.request import Now, Page, Session, WebRequest
from recruitwatch.web.security import FOR_OTHER_SITES, SHOWN_IN_FRAMES
from recruitwatch.web.templating import render

MOST_NAMES = 3


class PreviewPage(msgspec.Struct, frozen=True, kw_only=True):
    agency: PublicAgency
    status: StatusWords
    licence_no: str | None
    names: list[str]
    place: str
    country: str


@get("/reconcile/preview/{agency_id:uuid}", opt=PUBLIC_READ)
async def preview(
    request: WebRequest, session: Session, now: Now, agency_id: FromPath[UUID]
) -> Page:
    """What tells the agency from its namesakes, in the reader's language."""
    agency = await queries.get_public_agency(session, agency_id, now.date())
    first = next(iter(agency.addresses), None)
    page = PreviewPage(
        agency=agency,
        status=public_words(agency.status),
        licence_no=agency.status.licence_no or agency.licence_no,
        names=[other.name for other in agency.names[:MOST_NAMES]],
        place=", ".join(filter(None, (first.address, first.city))) if first else "",
        country=country_names(current.get()).get(agency.country, agency.country),
    )
    policy = {"Content-Security-Policy": SHOWN_IN_FRAMES}
    return render(request, "reconciliation/preview.html", page, headers=policy)


reconciliation_pages = Router("/", route_handlers=[preview], middleware=[FOR_OTHER_SITES])
