"""The people who sign in for an agency, as a regulator lets them in and shuts them out."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser, Page
from conftest import SignIn
from factories import agencies as agencies_factory
from factories.accounts import PASSWORD, store_agency_person, store_person
from recruitwatch.accounts.queries import list_agency_people
from recruitwatch.accounts.values import Role
from recruitwatch.web.paging import SIZE

NEW = {"full_name": "Amina Khatun", "sign_in_name": "amina.khatun"}


@pytest.fixture
async def agency_id(session: AsyncSession) -> UUID:
    return await agencies_factory.store_agency(session, legal_name="Silver Anchor Ltd")


async def add(regulator: Browser, agency_id: UUID, **typed: str) -> Page:
    return await regulator.post(f"/agencies/{agency_id}/people", NEW | typed, status=200)


def code(page: Page) -> str:
    [found] = [one for one in page.all("bdi") if "rw-code" in (one.get("class") or "")]
    return "".join(found.itertext())


async def enter(browser: Browser, name: str, password: str) -> str:
    """Where signing in with the first password leads."""
    await browser.get("/sign-in")
    await browser.post("/sign-in", {"sign_in_name": name, "password": password})
    return (await browser.get("/home", status=303)).response.headers["location"]


async def test_a_person_is_added_and_signs_in_with_the_first_password(
    sign_in: SignIn, browser: Browser, agency_id: UUID
) -> None:
    regulator = await sign_in(Role.REGULATOR)
    page = await regulator.get(f"/register/{agency_id}")
    assert f"/en/agencies/{agency_id}/people" in page.links().values()
    page = await regulator.get(f"/agencies/{agency_id}/people")
    assert "Nobody can sign in for this agency yet." in page.text
    page = await add(regulator, agency_id)
    assert "Silver Anchor Ltd" in page.text
    assert page.response.headers["cache-control"] == "no-store"
    first = code(page)
    page = await regulator.get(f"/agencies/{agency_id}/people")
    assert "First password, not yet changed" in page.text
    assert first not in page.html
    assert await enter(browser, NEW["sign_in_name"], first) == "/en/account/password"


async def test_somebody_shut_out_is_out_at_once_and_can_be_let_in_again(
    sign_in: SignIn, session: AsyncSession, agency_id: UUID
) -> None:
    regulator = await sign_in(Role.REGULATOR)
    person = await store_agency_person(session, agency_id)
    own = await sign_in(person=person)
    await own.get("/account")
    address = f"/agencies/{agency_id}/people/{person.id}"
    await regulator.get(f"{address}/disable")
    page = await regulator.follow(await regulator.post(f"{address}/disable", {}))
    assert "This person can no longer sign in." in page.text
    await own.get("/account", status=303)
    page = await regulator.follow(await regulator.post(f"{address}/enable", {}))
    assert "This person can sign in again." in page.text


async def test_a_reset_password_ends_every_sign_in(
    sign_in: SignIn, session: AsyncSession, agency_id: UUID, browser: Browser
) -> None:
    regulator = await sign_in(Role.REGULATOR)
    person = await store_agency_person(session, agency_id, sign_in_name="osmira")
    own = await sign_in(person=person)
    address = f"/agencies/{agency_id}/people/{person.id}/reset-password"
    await regulator.get(address)
    first = code(await regulator.post(address, {}, status=200))
    await own.get("/account", status=303)
    old = {"sign_in_name": "osmira", "password": PASSWORD}
    await browser.get("/sign-in")
    assert (await browser.post("/sign-in", old, status=422)).errors()
    assert await enter(browser, "osmira", first) == "/en/account/password"


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"full_name": ""}, {"full_name"}),
        ({"sign_in_name": "a"}, {"sign_in_name"}),
        ({"full_name": "", "sign_in_name": "not a name"}, {"full_name", "sign_in_name"}),
    ],
)
async def test_what_is_wrong_stands_beside_its_field(
    sign_in: SignIn,
    agency_id: UUID,
    session: AsyncSession,
    typed: dict[str, str],
    errors: set[str],
) -> None:
    regulator = await sign_in(Role.REGULATOR)
    page = await regulator.post(f"/agencies/{agency_id}/people", NEW | typed, status=422)
    assert set(page.errors()) == errors
    assert await list_agency_people(session, agency_id, limit=9) == []


async def test_a_name_that_is_taken_anywhere_is_refused(
    sign_in: SignIn, session: AsyncSession, agency_id: UUID
) -> None:
    await store_person(session, Role.INSPECTOR, sign_in_name=NEW["sign_in_name"])
    regulator = await sign_in(Role.REGULATOR)
    page = await regulator.post(f"/agencies/{agency_id}/people", NEW, status=422)
    assert set(page.errors()) == {"sign_in_name"}


async def test_nobody_is_reached_through_another_agency_or_the_ministry(
    sign_in: SignIn, session: AsyncSession, agency_id: UUID
) -> None:
    """A regulator manages agencies' people only; those of the ministry are the administrator's."""
    regulator = await sign_in(Role.REGULATOR)
    other = await store_agency_person(session, await agencies_factory.store_agency(session))
    officer = await store_person(session, Role.INSPECTOR)
    for person_id in (other.id, officer.id, uuid4()):
        address = f"/agencies/{agency_id}/people/{person_id}"
        await regulator.get(f"{address}/disable", status=404)
        for act in ("disable", "enable", "reset-password"):
            await regulator.post(f"{address}/{act}", {}, status=404)
    await regulator.get(f"/agencies/{uuid4()}/people", status=404)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.REGULATOR}))
async def test_only_a_regulator_gets_there(
    sign_in: SignIn, session: AsyncSession, agency_id: UUID, role: Role
) -> None:
    person = await store_agency_person(session, agency_id)
    visitor = await sign_in(role)
    address = f"/agencies/{agency_id}/people"
    await visitor.get(address, status=403)
    await visitor.post(address, NEW, status=403)
    for act in ("disable", "enable", "reset-password"):
        await visitor.post(f"{address}/{person.id}/{act}", {}, status=403)


async def test_the_list_is_paged(sign_in: SignIn, session: AsyncSession, agency_id: UUID) -> None:
    for _ in range(SIZE + 3):
        await store_agency_person(session, agency_id)
    regulator = await sign_in(Role.REGULATOR)
    first = await regulator.get(f"/agencies/{agency_id}/people")
    second = await regulator.get(f"/agencies/{agency_id}/people?page=2")

    def shown(page: Page) -> set[str]:
        return {link for link in page.links().values() if link.endswith("/disable")}

    assert len(shown(first)) + len(shown(second)) == SIZE + 3
    assert shown(first).isdisjoint(shown(second))
