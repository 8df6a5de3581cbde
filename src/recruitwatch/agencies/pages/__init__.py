"""Pages of the register: public ones, and those of staff.

The public profile has a router of its own, so that a feature above can put its page with the
agency's grade at the same address: its template extends `agencies/profile.html`.
"""

from litestar import Router

from recruitwatch.agencies.pages import downloads, licences, parts, public, register

agencies_pages = Router(
    "/",
    route_handlers=[
        *public.HANDLERS,
        *downloads.HANDLERS,
        *register.HANDLERS,
        *parts.HANDLERS,
        *licences.HANDLERS,
    ],
)
agency_profile = Router("/", route_handlers=[public.show_agency])
