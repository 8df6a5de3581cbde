"""Signing in as staff do it."""

import msgspec
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser, open_browser
from conftest import Clock, Slot
from factories.accounts import PASSWORD, store_person
from recruitwatch.accounts.guards import COOKIE
from recruitwatch.accounts.values import Role
from recruitwatch.app import as_served, create_app
from recruitwatch.keys import InstallationKey
from recruitwatch.settings import Settings


async def test_a_right_password_leads_to_the_account(
    browser: Browser, session: AsyncSession
) -> None:
    await store_person(session, Role.INSPECTOR, sign_in_name="amina.k")
    await session.commit()
    await browser.post("/sign-in", {"sign_in_name": "Amina.K", "password": PASSWORD})
    assert COOKIE in browser.client.cookies
    account = await browser.get("/account")
    assert "Inspector" in account.text


async def test_a_wrong_password_says_so_and_signs_nobody_in(
    browser: Browser, session: AsyncSession
) -> None:
    await store_person(session, Role.INSPECTOR, sign_in_name="amina.k")
    await session.commit()
    page = await browser.post(
        "/sign-in", {"sign_in_name": "amina.k", "password": "not this one"}, status=422
    )
    assert "not right" in page.errors()["sign_in_name"]
    assert COOKIE not in browser.client.cookies


async def test_the_eleventh_try_is_refused_even_with_the_right_password(
    browser: Browser, session: AsyncSession
) -> None:
    await store_person(session, Role.INSPECTOR, sign_in_name="amina.k")
    await session.commit()
    for _ in range(10):
        await browser.post("/sign-in", {"sign_in_name": "amina.k", "password": "no"}, status=422)
    page = await browser.post(
        "/sign-in", {"sign_in_name": "amina.k", "password": PASSWORD}, status=429
    )
    assert "Too many tries" in page.errors()["sign_in_name"]


async def test_without_the_form_token_nothing_happens(
    browser: Browser, session: AsyncSession
) -> None:
    response = await browser.client.post("/en/sign-in", data={"sign_in_name": "x", "password": "y"})
    assert response.status_code == 403
    assert "open too long" in response.text


async def test_a_page_for_staff_leads_a_stranger_to_signing_in(browser: Browser) -> None:
    page = await browser.get("/account", status=303)
    assert page.response.headers["location"] == "/en/sign-in"


@pytest.mark.parametrize("path", ["/en/people", "/en/sign-in", "/en/agencies"])
async def test_a_request_no_page_takes_is_refused_and_is_no_fault_of_ours(
    browser: Browser, path: str
) -> None:
    answer = await browser.client.request("OPTIONS", path)
    assert answer.status_code == 403
    assert "may not" in answer.text


async def test_behind_https_the_cookie_stays_on_https(
    settings: Settings, slot: Slot, browser: Browser, session: AsyncSession, clock: Clock
) -> None:
    await store_person(session, Role.INSPECTOR, sign_in_name="amina.k")
    await session.commit()
    secure = msgspec.structs.replace(settings, secure_cookies=True)
    app = create_app(secure, InstallationKey(b"k" * 32), lambda: slot.open_session(), clock=clock)
    async with open_browser(as_served(app, https=True)) as visitor:
        visitor.client.base_url = "https://recruitwatch.test"
        page = await visitor.post("/sign-in", {"sign_in_name": "amina.k", "password": PASSWORD})
        cookies = page.response.headers.get_list("set-cookie")
        assert any(c.startswith(COOKIE) and "secure" in c.lower() for c in cookies)
        assert "max-age" in page.response.headers["strict-transport-security"]
