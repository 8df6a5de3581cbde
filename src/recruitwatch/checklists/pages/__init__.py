"""Pages of the checklists and of the figures of national law."""

from litestar import Router

from recruitwatch.checklists.pages import library, parameters

checklists_pages = Router("/", route_handlers=[*library.HANDLERS, *parameters.HANDLERS])
