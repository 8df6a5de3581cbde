"""Pages of brokers, for those who work on complaints and for regulators. Nothing here is public."""

from litestar import Router

from recruitwatch.brokers.pages import joining, listing, record, tying

brokers_pages = Router(
    "/",
    route_handlers=[
        *listing.HANDLERS,
        *record.HANDLERS,
        *tying.HANDLERS,
        *joining.HANDLERS,
    ],
)
