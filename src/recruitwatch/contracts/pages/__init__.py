"""Pages of contracts: for the people of the ministry, and the one that everybody who holds a paper sees."""

from litestar import Router

from recruitwatch.contracts.pages import changes, checking, making, registered, verifying

contracts_pages = Router(
    "/",
    route_handlers=[
        *checking.HANDLERS,
        *making.HANDLERS,
        *registered.HANDLERS,
        *verifying.HANDLERS,
        *changes.HANDLERS,
    ],
)
