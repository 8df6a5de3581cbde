"""Pages above all features: what waits for a person, the history, handing work over."""

from litestar import Router

from recruitwatch.oversight.pages import hand_over, history, home

oversight_pages = Router(
    "/", route_handlers=[*home.HANDLERS, *history.HANDLERS, *hand_over.HANDLERS]
)
