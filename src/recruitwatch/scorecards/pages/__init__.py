"""Pages of scorecards: the whole card for staff, from draft to recall, and what everybody reads."""

from litestar import Router

from recruitwatch.scorecards.pages import (
    card,
    contesting,
    deciding,
    downloads,
    papers,
    publishing,
    work,
)

scorecards_pages = Router(
    "/",
    route_handlers=[
        card.show_card,
        card.show_interviews,
        card.do_issue,
        card.show_issued,
        card.show_issued_interviews,
        publishing.do_step,
        publishing.show_preview,
        *papers.HANDLERS,
        *downloads.HANDLERS,
        *work.HANDLERS,
        *contesting.HANDLERS,
        *deciding.HANDLERS,
    ],
)
