"""Every route names who may come: everybody, by a list that is written here, or a permission."""

from collections.abc import Iterator

import pytest
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from recruitwatch.accounts.guards import Step
from recruitwatch.accounts.values import Permission

# The worker's pages take forms at these addresses; loading one leads to the first page.
HELP = {
    "/help/case",
    "/help/code",
    "/help/danger",
    "/help/delete",
    "/help/file",
    "/help/leave",
    "/help/message",
    "/help/paper",
    "/help/send",
    "/help/start",
    "/help/step",
    "/help/withdraw",
}
# What anybody may reach without signing in. A line is added here on purpose, never to please the test.
PUBLIC = {
    "GET /",
    "GET /agencies",
    "GET /agencies/{agency_id:uuid}",
    "GET /api/agencies",
    "GET /api/agencies/{agency_id:uuid}",
    "GET /api/cards/{agency_id:uuid}",
    "GET /api/cards/{agency_id:uuid}/{revision:int}",
    "GET /api/reconcile",
    "POST /api/reconcile",
    "GET /api/reconcile/properties",
    "GET /api/reconcile/suggest/entity",
    "GET /api/reconcile/suggest/property",
    "GET /reconcile/preview/{agency_id:uuid}",
    "GET /api/checklists/{checklist_id:str}/{version:int}",
    "GET /cards/{agency_id:uuid}",
    "GET /cards/{agency_id:uuid}/all",
    "GET /cards/{agency_id:uuid}/{revision:int}",
    "GET /cards/{agency_id:uuid}/{revision:int}/paper.pdf",
    "GET /checklists",
    "GET /checklists/{checklist_id:str}",
    "GET /checklists/{checklist_id:str}/{old:int}/compare/{new:int}",
    "GET /checklists/{checklist_id:str}/{version:int}",
    "GET /contracts/verify",
    "GET /contracts/verify/{number:str}",
    "GET /download/cards.csv",
    "GET /download/cards.json",
    "GET /download/register.csv",
    "GET /download/register.json",
    "GET /download/register.jsonl",
    "GET /healthz",
    "GET /readyz",
    "GET /sign-in",
    "POST /sign-in",
    "GET /verify/{card_id:uuid}",
    "POST /verify/{card_id:uuid}",
    "GET /static/{file_path:path}",
    "GET /calendar",
    "GET /help",
    *(f"GET {address}" for address in HELP),
    *(f"POST {address}" for address in HELP),
}
# Who has not finished signing in reaches only the step where the sign-in stands, and the way out.
UNFINISHED = {
    "GET /sign-in/code": {Step.CODE},
    "POST /sign-in/code": {Step.CODE},
    "GET /account/password": {Step.PASSWORD},
    "POST /account/password": {Step.PASSWORD},
    "GET /account/second-factor": {Step.SECOND_FACTOR},
    "POST /account/second-factor": {Step.SECOND_FACTOR},
    "POST /account/second-factor/confirm": {Step.SECOND_FACTOR},
    "POST /sign-out": set(Step),
}

Routes = dict[str, HTTPRouteHandler]


def walk(application) -> Iterator[tuple[str, HTTPRouteHandler]]:  # type: ignore[no-untyped-def]
    for route in application[0].routes:
        assert isinstance(route, HTTPRoute), f"{route.path} is not HTTP"
        for handler in route.route_handlers:
            # OPTIONS is the framework's own; the guard refuses it to everybody.
            for method in sorted(set(handler.http_methods) - {"OPTIONS", "HEAD"}):
                yield f"{method} {route.path}", handler


@pytest.fixture(scope="module")
def routes(application) -> Routes:  # type: ignore[no-untyped-def]
    return dict(walk(application))


def test_each_route_is_public_or_names_one_permission(routes: Routes) -> None:
    for name, handler in routes.items():
        public, permission = handler.opt.get("public"), handler.opt.get("permission")
        assert (public is True) != isinstance(permission, Permission), name


def test_the_public_routes_are_exactly_these(routes: Routes) -> None:
    assert {name for name, handler in routes.items() if handler.opt.get("public")} == PUBLIC


def test_who_is_not_yet_signed_in_completely_reaches_exactly_these(routes: Routes) -> None:
    found = {
        name: set(handler.opt["unfinished"])
        for name, handler in routes.items()
        if handler.opt.get("unfinished")
    }
    assert found == UNFINISHED


def test_only_reading_goes_without_the_token_against_forgery(routes: Routes) -> None:
    """And the worker's forms: no cookie stands behind them, so that no other site can use one. Questions of
    programs come as forms too, since lists are long; they change nothing."""
    free = {name for name, handler in routes.items() if handler.opt.get("exclude_from_csrf")}
    written = {name for name in free if not name.startswith("GET ")}
    assert written == {f"POST {address}" for address in HELP} | {"POST /api/reconcile"}
    assert free <= PUBLIC


def test_a_route_that_changes_something_is_not_reached_by_a_link(routes: Routes) -> None:
    methods = {name.split(" ", 1)[0] for name in routes}
    assert methods <= {"GET", "POST"}


def test_every_permission_opens_something(routes: Routes) -> None:
    """The place of work shows in the menu alone: what it leads to, others may read as well."""
    opened = {handler.opt.get("permission") for handler in routes.values()}
    assert opened >= set(Permission) - {Permission.WORKPLACE}
