"""Pages of audits: lists and overview, the visit, answers, interviews, handing in, review."""

from litestar import Router

from recruitwatch.audits.pages import (
    answering,
    handing_in,
    interviews,
    overview,
    reviewing,
    visits,
)

audits_pages = Router(
    "/",
    route_handlers=[
        *overview.HANDLERS,
        *visits.HANDLERS,
        *answering.HANDLERS,
        *interviews.HANDLERS,
        *handing_in.HANDLERS,
        *reviewing.HANDLERS,
    ],
)
