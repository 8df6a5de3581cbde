"""Pages of sign-in, the own account and the ministry's people."""

from litestar import Router

from recruitwatch.accounts.pages import offices, own_account, people, sign_in

accounts_pages = Router(
    "/",
    route_handlers=[
        *sign_in.HANDLERS,
        *own_account.HANDLERS,
        *people.HANDLERS,
        *offices.HANDLERS,
    ],
)
