"""What people see of their key for reading complaints."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser
from conftest import SignIn
from factories.accounts import PASSWORD, store_person
from recruitwatch.accounts.tables import person_keys
from recruitwatch.accounts.values import Role

OWN_PASSWORD = "seven lamps on a hill"


async def enter(browser: Browser, password: str) -> str:
    """Sign in as amina.k; gives the words of the own account."""
    await browser.post("/sign-in", {"sign_in_name": "amina.k", "password": password})
    return (await browser.get("/account")).text


async def test_an_officer_sees_the_key_before_and_after_a_new_password(
    browser: Browser, session: AsyncSession
) -> None:
    await store_person(session, Role.COMPLAINTS_OFFICER, sign_in_name="amina.k")
    await session.commit()
    made = await enter(browser, PASSWORD)
    assert "Key for reading complaints Made on 30 Jun" in made
    assert "not open" not in made
    form = {"old": PASSWORD, "new": OWN_PASSWORD, "again": OWN_PASSWORD}
    await browser.post("/account/password", form)
    assert (await browser.get("/account")).text == made
    await browser.post("/sign-out")
    assert await enter(browser, OWN_PASSWORD) == made


async def test_a_first_password_gives_no_key_and_the_own_one_does(
    browser: Browser, session: AsyncSession
) -> None:
    await store_person(session, Role.OVERSIGHT, sign_in_name="amina.k", must_change=True)
    await session.commit()
    await browser.post("/sign-in", {"sign_in_name": "amina.k", "password": PASSWORD})
    form = {"old": PASSWORD, "new": OWN_PASSWORD, "again": OWN_PASSWORD}
    await browser.post("/account/password", form)
    assert "complaints Made on" in (await browser.get("/account")).text


async def test_a_damaged_key_lets_in_and_says_what_to_do(
    browser: Browser, session: AsyncSession
) -> None:
    await store_person(session, Role.COMPLAINTS_OFFICER, sign_in_name="amina.k")
    await session.commit()
    await enter(browser, PASSWORD)
    await browser.post("/sign-out")
    await session.execute(person_keys.update().values(private_sealed=b"lost"))
    await session.commit()
    assert "ask an administrator to reset your password" in await enter(browser, PASSWORD)


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.COMPLAINTS_OFFICER, "Sign out and sign in again to get one."),
        (Role.INSPECTOR, "Your roles do not need one."),
    ],
)
async def test_who_has_no_key_reads_why(sign_in: SignIn, role: Role, words: str) -> None:
    """An officer whose role is new has an open sign-in from before it."""
    browser = await sign_in(role)
    assert words in (await browser.get("/account")).text
