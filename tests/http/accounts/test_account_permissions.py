"""Who reaches which page of accounts: the stranger, and each role."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser
from conftest import SignIn
from factories.checklists import store_library
from recruitwatch.accounts.rules import TABLE
from recruitwatch.accounts.values import Permission, Role

OWN = ["/home", "/account", "/account/password", "/account/second-factor"]
MANAGE = [
    "/people",
    "/people/new",
    "/people/second-factor",
    "/people/{self}",
    "/people/{self}/change",
    "/people/{self}/disable",
    "/people/{self}/reset-password",
    "/people/{self}/hand-over",
    "/offices",
]
CHANGES = [
    "/people/new",
    "/people/{self}/change",
    "/people/{self}/disable",
    "/people/{self}/enable",
    "/people/{self}/reset-password",
    "/people/{self}/hand-over",
    "/people/second-factor/inspector",
    "/offices",
    "/offices/{self}",
]


@pytest.mark.parametrize("path", [*OWN, *MANAGE])
async def test_a_stranger_is_led_to_signing_in(browser: Browser, path: str) -> None:
    page = await browser.get(path.format(self=uuid4()), status=303)
    assert page.response.headers["location"] == "/en/sign-in"


@pytest.mark.parametrize("path", CHANGES)
async def test_a_stranger_changes_nothing(browser: Browser, path: str) -> None:
    page = await browser.post(path.format(self=uuid4()), {"name": "x"})
    assert page.response.headers["location"] == "/en/sign-in"


@pytest.mark.parametrize("role", Role)
async def test_everybody_reaches_the_own_pages(sign_in: SignIn, role: Role) -> None:
    """An agency's people are led from the ministry's place of work to their own."""
    browser = await sign_in(role)
    for path in OWN:
        led = role is Role.AGENCY and path == "/home"
        await browser.get(path, status=303 if led else 200)


@pytest.mark.parametrize("role", Role)
async def test_only_administrators_reach_people(sign_in: SignIn, role: Role) -> None:
    browser = await sign_in(role)
    status = 200 if role is Role.ADMINISTRATOR else 403
    for path in MANAGE:
        await browser.get(path.format(self=browser.actor.id), status=status)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
async def test_nobody_else_changes_people(sign_in: SignIn, role: Role) -> None:
    browser = await sign_in(role)
    for path in CHANGES:
        await browser.post(path.format(self=browser.actor.id), {"name": "x"}, status=403)


def guarded_pages(app: Litestar) -> list[tuple[str, str, Permission]]:
    """Method, path with invented identifiers, and permission of every page and address for staff."""
    found = []
    for route in app.routes:
        if not isinstance(route, HTTPRoute):
            continue
        for handler in route.route_handlers:
            permission: Permission | None = handler.opt.get("permission")
            if permission is None:
                continue
            path = "".join(f"/{_part(part)}" for part in route.path_components)
            found.extend((method, path, permission) for method in handler.http_methods)
    return found


def _part(part: Any) -> object:
    if isinstance(part, str):
        return part
    invented = {UUID: uuid4(), int: 1, str: "x"}
    return invented.get(part.type, "x")


async def test_an_administrator_reads_no_case(application, sign_in: SignIn) -> None:  # type: ignore[no-untyped-def]
    """Whatever features there are: an address that needs another permission is refused."""
    own = {p for p in Permission if Role.ADMINISTRATOR in TABLE[p]}
    assert own == {Permission.OWN_ACCOUNT, Permission.PEOPLE_MANAGE, Permission.WORKPLACE}
    browser = await sign_in(Role.ADMINISTRATOR)
    await browser.get("/people")
    token = browser.client.cookies.get("rw_form") or ""
    closed = [page for page in guarded_pages(application[0]) if page[2] not in own]
    assert {permission for _, _, permission in closed} >= {
        Permission.HISTORY_READ,
        Permission.FINDING_READ,
    }
    for method, path, _ in closed:
        if method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            data = {"_csrf_token": token} if method != "GET" else None
            answer = await browser.client.request(method, path, data=data)
            assert answer.status_code == 403, f"{method} {path}: {answer.status_code}"
            assert "may not" in answer.text, f"{method} {path}"


async def test_the_menu_shows_what_the_person_may_reach(
    sign_in: SignIn, session: AsyncSession
) -> None:
    await store_library(session)
    await session.commit()
    for role in Role:
        browser = await sign_in(role)
        page = await browser.get("/account")
        menu = next(n for n in page.all("nav") if n.get("aria-label") == "Main menu")
        for link in menu.iter():
            if link.tag.endswith("}a"):
                await browser.get(link.get("href") or "")
