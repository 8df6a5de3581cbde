"""The walled place of an agency's people: everything under /agency, and nothing of another agency."""

from litestar import Router

from recruitwatch.portal.pages import cards, contesting, contests, notices, overview

portal_pages = Router(
    "/",
    route_handlers=[
        *overview.HANDLERS,
        *cards.HANDLERS,
        *contesting.HANDLERS,
        *contests.HANDLERS,
        *notices.HANDLERS,
    ],
)
