"""Pages of the register: public ones, and those of staff.

The public profile of one agency shows its grade too, so its page is in scorecards, the feature above:
its template extends `agencies/profile.html`, its struct is made by `public.make_profile`.
"""

from litestar import Router

from recruitwatch.agencies.pages import called, downloads, licences, parts, people, public, register

agencies_pages = Router(
    "/",
    route_handlers=[
        *public.HANDLERS,
        *downloads.HANDLERS,
        *register.HANDLERS,
        *parts.HANDLERS,
        *licences.HANDLERS,
        *people.HANDLERS,
        *called.HANDLERS,
    ],
)
