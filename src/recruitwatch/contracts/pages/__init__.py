"""Pages of contracts, for the people of the ministry."""

from litestar import Router

from recruitwatch.contracts.pages import checking

contracts_pages = Router("/", route_handlers=[*checking.HANDLERS])
