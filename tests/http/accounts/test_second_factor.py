"""The second factor: set-up with a real authenticator's codes, sign-in with them, and no way round."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pyotp
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser
from conftest import Clock, SignIn
from factories.accounts import PASSWORD, history_of, store_person, store_second_factor
from recruitwatch.accounts.values import Role
from recruitwatch.actor import Actor


def code_at(secret: str, at: datetime) -> str:
    return pyotp.TOTP(secret).at(at)


async def give_password(browser: Browser, name: str) -> str:
    """Sign in by password; gives the address this leads to."""
    page = await browser.post("/sign-in", {"sign_in_name": name, "password": PASSWORD})
    location: str = page.response.headers["location"]
    return location


@pytest.fixture
async def guarded(application, session: AsyncSession) -> tuple[Actor, str]:  # type: ignore[no-untyped-def]
    """An inspector who uses a second factor, and its secret."""
    person = await store_person(session, Role.INSPECTOR, sign_in_name="amina.k")
    secret = await store_second_factor(session, person, application[0].state.key)
    await session.commit()
    return person, secret


async def test_set_up_then_sign_in_with_a_code(
    sign_in: Callable[..., object], browser: Browser, session: AsyncSession, clock: Clock
) -> None:
    person = await store_person(session, Role.INSPECTOR, sign_in_name="amina.k")
    own: Browser = await sign_in(person=person)  # type: ignore[misc]
    page = await own.post("/account/second-factor", {"password": PASSWORD}, status=200)
    form = page.form("/confirm")
    secret = next(t for t in page.text.split("Key: ")[1:])[:39].replace(" ", "")
    wrong = await own.post("/account/second-factor/confirm", {**form, "code": "12345"}, status=422)
    assert "does not fit" in wrong.errors()["code"]
    await own.post(
        "/account/second-factor/confirm",
        {**wrong.form("/confirm"), "code": code_at(secret, clock.at)},
    )
    assert "In use" in (await own.get("/account")).text

    clock.at += timedelta(minutes=1)
    assert await give_password(browser, "amina.k") == "/en/sign-in/code"
    await browser.post("/sign-in/code", {"code": code_at(secret, clock.at)})
    assert (await browser.get("/account")).heading == "Your account"


async def test_a_code_works_once(
    browser: Browser, guarded: tuple[Actor, str], clock: Clock, session: AsyncSession
) -> None:
    person, secret = guarded
    code = code_at(secret, clock.at)
    await give_password(browser, "amina.k")
    await browser.post("/sign-in/code", {"code": code})
    await browser.post("/sign-out")
    await give_password(browser, "amina.k")
    page = await browser.post("/sign-in/code", {"code": code}, status=422)
    assert "used before" in page.errors()["code"]
    assert (
        (await browser.get("/account", status=303))
        .response.headers["location"]
        .endswith("/sign-in/code")
    )
    actions = [entry.action for entry in await history_of(session, person)]
    assert actions == ["sign_in_refused", "code_asked", "signed_out", "signed_in", "code_asked"]


async def test_the_code_set_up_with_is_used_up(
    sign_in: Callable[..., object], browser: Browser, session: AsyncSession, clock: Clock
) -> None:
    person = await store_person(session, Role.INSPECTOR, sign_in_name="amina.k")
    own: Browser = await sign_in(person=person)  # type: ignore[misc]
    page = await own.post("/account/second-factor", {"password": PASSWORD}, status=200)
    secret = page.text.split("Key: ")[1][:39].replace(" ", "")
    code = code_at(secret, clock.at)
    await own.post("/account/second-factor/confirm", {**page.form("/confirm"), "code": code})
    await give_password(browser, "amina.k")
    await browser.post("/sign-in/code", {"code": code}, status=422)


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/account/second-factor", {}),
        ("/account/second-factor/confirm", {"code": "123456", "box": ""}),
        (
            "/account/password",
            {"old": PASSWORD, "new": "quite another phrase", "again": "quite another phrase"},
        ),
    ],
)
async def test_who_has_only_the_password_cannot_get_round_the_code(
    browser: Browser, guarded: tuple[Actor, str], path: str, form: dict[str, str], clock: Clock
) -> None:
    await give_password(browser, "amina.k")
    page = await browser.post(path, form)
    assert page.response.headers["location"] == "/en/sign-in/code"
    await browser.post("/sign-in/code", {"code": code_at(guarded[1], clock.at)})
    assert "In use" in (await browser.get("/account")).text


async def test_the_old_factor_stays_until_the_new_one_is_confirmed(
    browser: Browser, guarded: tuple[Actor, str], clock: Clock
) -> None:
    await give_password(browser, "amina.k")
    await browser.post("/sign-in/code", {"code": code_at(guarded[1], clock.at)})
    await browser.post("/account/second-factor", {"password": PASSWORD}, status=200)
    await browser.post("/sign-out")
    clock.at += timedelta(minutes=1)
    assert await give_password(browser, "amina.k") == "/en/sign-in/code"
    await browser.post("/sign-in/code", {"code": code_at(guarded[1], clock.at)})


async def test_a_forged_key_is_not_taken(
    sign_in: Callable[..., object], session: AsyncSession, clock: Clock
) -> None:
    own: Browser = await sign_in(Role.INSPECTOR)  # type: ignore[misc]
    own_key = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    await own.post(
        "/account/second-factor/confirm", {"box": own_key, "code": code_at(own_key, clock.at)}
    )
    assert "Not set up" in (await own.get("/account")).text


async def test_ten_wrong_codes_end_the_tries(
    browser: Browser, guarded: tuple[Actor, str], clock: Clock
) -> None:
    await give_password(browser, "amina.k")
    for _ in range(10):
        await browser.post("/sign-in/code", {"code": "000000"}, status=422)
    page = await browser.post("/sign-in/code", {"code": code_at(guarded[1], clock.at)}, status=429)
    assert "Too many tries" in page.errors()["code"]


async def test_a_code_typed_with_blanks_counts(
    browser: Browser, guarded: tuple[Actor, str], clock: Clock
) -> None:
    await give_password(browser, "amina.k")
    code = code_at(guarded[1], clock.at)
    await browser.post("/sign-in/code", {"code": f" {code[:3]} {code[3:]} "})


@pytest.mark.parametrize("zero", ["\u0660", "\u09e6"], ids=["arabic", "bangla"])
async def test_a_code_may_be_typed_in_the_digits_of_any_script(
    browser: Browser, guarded: tuple[Actor, str], clock: Clock, zero: str
) -> None:
    await give_password(browser, "amina.k")
    code = code_at(guarded[1], clock.at)
    await browser.post("/sign-in/code", {"code": "".join(chr(ord(zero) + int(c)) for c in code)})


async def test_letters_instead_of_a_code_are_refused_with_a_sentence(
    browser: Browser, guarded: tuple[Actor, str]
) -> None:
    await give_password(browser, "amina.k")
    page = await browser.post("/sign-in/code", {"code": "كلمة"}, status=422)
    assert "not right" in page.errors()["code"]


async def test_an_open_browser_alone_gets_no_new_key(sign_in: SignIn) -> None:
    own = await sign_in(Role.INSPECTOR)
    page = await own.post("/account/second-factor", {"password": "somebody else"}, status=422)
    assert "present password" in page.errors()["password"]
    assert "Key" not in page.text
