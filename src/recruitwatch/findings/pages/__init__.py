"""Pages of findings: the queue, one finding with its steps, and the evidence to serve."""

from litestar import Router

from recruitwatch.findings.pages import showing

findings_pages = Router("/", route_handlers=list(showing.HANDLERS))
