"""Administrators keep people: from the form to the first sign-in, and back out again."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser
from conftest import Clock, SignIn
from factories.accounts import (
    PASSWORD,
    history_of,
    store_office,
    store_person,
    store_second_factor,
    store_sign_in,
)
from recruitwatch.accounts import queries
from recruitwatch.accounts.guards import COOKIE
from recruitwatch.accounts.values import Role
from recruitwatch.actor import Actor
from recruitwatch.history.queries import list_entries

OWN_PASSWORD = "seven lamps on a hill"


@pytest.fixture
async def admin(sign_in: SignIn) -> Browser:
    return await sign_in(Role.ADMINISTRATOR)


async def add_person(admin: Browser, office: object, **typed: object) -> Any:
    """Send the form of a new person; gives the page that answers."""
    form = {
        "full_name": "Amina Khatun",
        "sign_in_name": "Amina.K",
        "office_id": str(office),
        "roles": ["inspector"],
        **typed,
    }
    return await admin.post("/people/new", form, status=200)


def first_password(page: Any) -> str:
    return next(b.text for b in page.all("bdi") if b.get("class") == "rw-code")


async def form_of(admin: Browser, person: Actor) -> dict[str, Any]:
    """The form for changing a person, as its page gives it."""
    page = await admin.get(f"/people/{person.id}/change")
    ticked = [i.get("value") for i in page.all("input") if i.get("checked") is not None]
    return {**page.form("/change"), "roles": ticked}


async def test_from_the_form_to_the_own_password(
    admin: Browser, browser: Browser, session: AsyncSession
) -> None:
    office = await store_office(session, "Dhaka")
    await session.commit()
    answer = await add_person(admin, office)
    assert answer.heading == "Amina Khatun was added"
    assert answer.response.headers["cache-control"] == "no-store"
    first = first_password(answer)

    page = await browser.post("/sign-in", {"sign_in_name": "amina.k", "password": first})
    home = await browser.follow(page, status=303)
    assert home.response.headers["location"] == "/en/account/password"
    form = {"old": first, "new": OWN_PASSWORD, "again": OWN_PASSWORD}
    done = await browser.post("/account/password", form)
    assert (await browser.follow(done)).heading == "Home"
    await browser.post("/sign-out")
    await browser.post("/sign-in", {"sign_in_name": "amina.k", "password": first}, status=422)
    await browser.post("/sign-in", {"sign_in_name": "amina.k", "password": OWN_PASSWORD})


async def test_the_first_password_cannot_be_kept(
    admin: Browser, browser: Browser, session: AsyncSession
) -> None:
    office = await store_office(session)
    await session.commit()
    first = first_password(await add_person(admin, office))
    await browser.post("/sign-in", {"sign_in_name": "amina.k", "password": first})
    form = {"old": first, "new": first, "again": first}
    page = await browser.post("/account/password", form, status=422)
    assert "present password" in page.errors()["new"]


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"full_name": " "}, "full_name", "Fill in"),
        ({"sign_in_name": ""}, "sign_in_name", "Fill in"),
        ({"sign_in_name": "ab"}, "sign_in_name", "3 to 100"),
        ({"sign_in_name": "amina khatun"}, "sign_in_name", "letters, digits"),
        ({"sign_in_name": "TAKEN"}, "sign_in_name", "Another person"),
        ({"office_id": ""}, "office_id", "office"),
        ({"office_id": str(uuid4())}, "office_id", "Choose one"),
        ({"roles": []}, "roles", "at least one role"),
        ({"roles": ["administrator", "inspector"]}, "roles", "no other role"),
        ({"roles": ["minister"]}, "roles", "Choose one"),
    ],
)
async def test_what_is_wrong_stands_beside_its_field_and_nobody_is_added(
    admin: Browser, session: AsyncSession, typed: dict[str, Any], field: str, words: str
) -> None:
    office = await store_office(session)
    await store_person(session, Role.INSPECTOR, sign_in_name="taken")
    await session.commit()
    before = await queries.count_people(session)
    form = {"full_name": "A B", "sign_in_name": "new.one", "office_id": str(office),
            "roles": ["inspector"], **typed}  # fmt: skip
    page = await admin.post("/people/new", form, status=422)
    assert words in page.errors()[field]
    assert await queries.count_people(session) == before


async def test_a_wrong_form_keeps_what_was_typed(admin: Browser, session: AsyncSession) -> None:
    office = await store_office(session)
    await session.commit()
    form = {
        "full_name": "রহিমা বেগম",
        "sign_in_name": "x",
        "office_id": str(office),
        "roles": ["reviewer"],
    }
    page = await admin.post("/people/new", form, status=422)
    kept = page.form("/people/new")
    assert kept["full_name"] == "রহিমা বেগম"
    assert kept["office_id"] == str(office)
    assert kept["roles"] == "reviewer"


async def test_the_list_shows_who_can_sign_in_first(admin: Browser, session: AsyncSession) -> None:
    gone = await store_person(session, Role.REVIEWER)
    here = await store_person(session, Role.INSPECTOR)
    await queries.set_disabled(session, gone.id, None)
    await session.commit()
    await admin.post(f"/people/{gone.id}/disable")
    text = (await admin.get("/people")).text
    assert text.index(here.name) < text.index(gone.name)
    assert "Disabled" in text


async def test_the_list_is_read_by_few_statements(
    admin: Browser, session: AsyncSession, queries: Any
) -> None:
    for _ in range(5):
        await store_person(session, Role.INSPECTOR, Role.REVIEWER)
    await session.commit()
    with queries(at_most=4):
        await admin.get("/people")


async def test_a_long_list_has_pages(admin: Browser, session: AsyncSession) -> None:
    for _ in range(51):
        await store_person(session, Role.INSPECTOR)
    await session.commit()
    page = await admin.get("/people")
    assert "Page 1 of 2" in page.text
    assert (await admin.get("/people", params={"page": 2})).heading == "People"


async def test_a_disabled_person_is_out_at_once(
    admin: Browser, sign_in: SignIn, browser: Browser, session: AsyncSession
) -> None:
    person = await store_person(session, Role.INSPECTOR, sign_in_name="amina.k")
    own = await sign_in(person=person)
    await own.get("/account")
    page = await admin.get(f"/people/{person.id}/disable")
    assert "signed out at once" in page.text
    await admin.post(f"/people/{person.id}/disable", page.form("/disable"))
    await own.get("/account", status=303)
    refused = await browser.post(
        "/sign-in", {"sign_in_name": "amina.k", "password": PASSWORD}, status=422
    )
    assert "not right" in refused.errors()["sign_in_name"]

    await admin.post(f"/people/{person.id}/enable")
    await browser.post("/sign-in", {"sign_in_name": "amina.k", "password": PASSWORD})
    said = [(e.action, e.details) for e in await history_of(session, person)]
    assert ("person_disabled", {"old": {"disabled": False}, "new": {"disabled": True}}) in said
    assert ("person_enabled", {"old": {"disabled": True}, "new": {"disabled": False}}) in said


async def test_disabling_or_enabling_twice_is_told(admin: Browser, session: AsyncSession) -> None:
    person = await store_person(session, Role.INSPECTOR)
    await session.commit()
    await admin.post(f"/people/{person.id}/enable", status=409)
    await admin.post(f"/people/{person.id}/disable")
    await admin.post(f"/people/{person.id}/disable", status=409)


async def test_a_reset_ends_sign_ins_and_removes_the_second_factor(
    application,
    admin: Browser,
    sign_in: SignIn,
    browser: Browser,
    session: AsyncSession,  # type: ignore[no-untyped-def]
) -> None:
    person = await store_person(session, Role.INSPECTOR, sign_in_name="amina.k")
    own = await sign_in(person=person)
    await own.get("/account")
    await store_second_factor(session, person, application[0].state.key)
    await session.commit()
    page = await admin.get(f"/people/{person.id}/reset-password")
    assert "second factor is removed" in page.text
    answer = await admin.post(f"/people/{person.id}/reset-password", status=200)
    assert answer.response.headers["cache-control"] == "no-store"
    assert (await own.get("/account", status=303)).response.headers["location"] == "/en/sign-in"
    await browser.post("/sign-in", {"sign_in_name": "amina.k", "password": PASSWORD}, status=422)
    led = await browser.post(
        "/sign-in", {"sign_in_name": "amina.k", "password": first_password(answer)}
    )
    assert led.response.headers["location"] == "/en/home"
    to = await browser.get("/home", status=303)
    assert to.response.headers["location"] == "/en/account/password"
    actions = [e.action for e in await history_of(session, person)]
    assert {"second_factor_removed", "password_reset"} <= set(actions)


KEY_GOES = "This person's key is destroyed. A colleague must let them in again."


@pytest.mark.parametrize("path", ["/disable", "/reset-password"])
async def test_who_would_destroy_a_key_is_told_before(
    admin: Browser, browser: Browser, session: AsyncSession, path: str
) -> None:
    officer = await store_person(session, Role.COMPLAINTS_OFFICER, sign_in_name="amina.k")
    await session.commit()
    assert KEY_GOES not in (await admin.get(f"/people/{officer.id}{path}")).text
    await browser.post("/sign-in", {"sign_in_name": "amina.k", "password": PASSWORD})
    page = await admin.get(f"/people/{officer.id}{path}")
    assert KEY_GOES in page.text
    await admin.post(
        f"/people/{officer.id}{path}", page.form(path), status=303 if path == "/disable" else 200
    )
    await browser.get("/account", status=303)
    assert not (await queries.get_person(session, officer.id)).has_key


async def test_who_moves_a_person_with_a_key_is_told_and_the_person_signs_in_again(
    admin: Browser, browser: Browser, session: AsyncSession
) -> None:
    officer = await store_person(session, Role.COMPLAINTS_OFFICER, sign_in_name="amina.k")
    office = await store_office(session)
    await session.commit()
    address = f"/people/{officer.id}/change"
    assert "key is destroyed" not in (await admin.get(address)).text
    await browser.post("/sign-in", {"sign_in_name": "amina.k", "password": PASSWORD})
    assert "this person's key is destroyed" in (await admin.get(address)).text
    form = await form_of(admin, officer)
    again = await admin.post(address, {**form, "full_name": ""}, status=422)
    assert "this person's key is destroyed" in again.text
    await admin.post(address, {**form, "full_name": "New Name"})
    await browser.get("/account")
    form = await form_of(admin, officer)
    await admin.post(address, {**form, "office_id": str(office)})
    await browser.get("/account", status=303)


async def test_a_password_is_in_no_history_entry(admin: Browser, session: AsyncSession) -> None:
    office = await store_office(session)
    await session.commit()
    first = first_password(await add_person(admin, office))
    person_id = await queries.find_person(session, "amina.k")
    assert person_id is not None
    actor = Actor(person_id=person_id, name="", office_id=None)
    entries = await history_of(session, actor)
    assert [e.action for e in entries] == ["person_created"]
    assert first not in str(entries)


async def test_a_change_is_saved_with_old_and_new(admin: Browser, session: AsyncSession) -> None:
    person = await store_person(session, Role.INSPECTOR)
    office = await store_office(session, "Sylhet")
    await session.commit()
    form = await form_of(admin, person)
    assert form["roles"] == ["inspector"]
    form |= {"full_name": "New Name", "office_id": str(office), "roles": ["reviewer", "regulator"]}
    done = await admin.follow(await admin.post(f"/people/{person.id}/change", form))
    assert "The change was saved." in done.text
    assert "Sylhet" in done.text
    assert "Reviewer and Regulator" in done.text
    entry = (await history_of(session, person))[0]
    assert entry.details == {
        "old": {
            "full_name": person.name,
            "office_id": str(person.office_id),
            "roles": ["inspector"],
        },
        "new": {
            "full_name": "New Name",
            "office_id": str(office),
            "roles": ["regulator", "reviewer"],
        },
    }


async def test_of_two_changes_the_second_is_told_and_not_saved(
    admin: Browser, session: AsyncSession
) -> None:
    person = await store_person(session, Role.INSPECTOR)
    await session.commit()
    form = await form_of(admin, person)
    await admin.post(f"/people/{person.id}/change", {**form, "roles": ["reviewer"]})
    page = await admin.post(
        f"/people/{person.id}/change", {**form, "roles": ["regulator"]}, status=409
    )
    assert "Somebody changed this" in page.text
    assert (await queries.get_person(session, person.id)).roles == {Role.REVIEWER}


async def test_new_roles_hold_from_the_next_page_on(
    admin: Browser, sign_in: SignIn, session: AsyncSession
) -> None:
    person = await store_person(session, Role.ADMINISTRATOR)
    own = await sign_in(person=person)
    await own.get("/people")
    form = await form_of(admin, person)
    await admin.post(f"/people/{person.id}/change", {**form, "roles": ["inspector"]})
    await own.get("/people", status=403)


@pytest.mark.parametrize(
    "path", ["/people/{id}/change", "/people/{id}/disable", "/people/{id}/reset-password"]
)
async def test_nobody_does_this_to_the_own_account(admin: Browser, path: str) -> None:
    own = await form_of(admin, admin.actor)
    page = await admin.post(
        path.format(id=admin.actor.id), {**own, "roles": ["inspector"]}, status=403
    )
    assert "your own account" in page.text
    assert (await admin.get("/people")).heading == "People"


async def test_an_administrator_may_correct_the_own_name(admin: Browser) -> None:
    page = await admin.get(f"/people/{admin.actor.id}/change")
    assert "cannot change your own roles" in page.text
    form = page.form("/change")
    await admin.post(f"/people/{admin.actor.id}/change", {**form, "full_name": "Corrected"})
    assert "Corrected" in (await admin.get("/account")).text


@pytest.mark.parametrize("path", ["", "/change", "/disable", "/reset-password"])
async def test_a_person_nobody_knows_is_not_found(admin: Browser, path: str) -> None:
    await admin.get(f"/people/{uuid4()}{path}", status=404)


async def test_offices_are_added_and_renamed_with_history(
    admin: Browser, session: AsyncSession
) -> None:
    await admin.post("/offices", {"name": "  Dhaka   North "})
    page = await admin.get("/offices")
    address = page.links()["Dhaka North"]
    renamed = await admin.post(address, {"name": "Dhaka South"})
    assert "Dhaka South" in (await admin.follow(renamed)).text
    entries = await list_entries(session, subject=("office", address.rsplit("/", 1)[1]), limit=5)
    assert [(e.action, e.details) for e in entries] == [
        ("office_changed", {"old": {"name": "Dhaka North"}, "new": {"name": "Dhaka South"}}),
        ("office_created", {"new": {"name": "Dhaka North"}}),
    ]


@pytest.mark.parametrize(
    ("name", "words"), [("", "Fill in"), ("dhaka", "already"), ("x" * 201, "200")]
)
async def test_an_office_needs_a_name_of_its_own(
    admin: Browser, session: AsyncSession, name: str, words: str
) -> None:
    await store_office(session, "Dhaka")
    other = await store_office(session, "Sylhet")
    await session.commit()
    assert words in (await admin.post("/offices", {"name": name}, status=422)).errors()["name"]
    page = await admin.post(f"/offices/{other}", {"name": name}, status=422)
    assert words in page.errors()["name"]
    assert "Sylhet" in (await admin.get("/offices")).text


async def test_an_office_may_change_only_its_capitals(
    admin: Browser, session: AsyncSession
) -> None:
    office = await store_office(session, "dhaka")
    await session.commit()
    await admin.post(f"/offices/{office}", {"name": "Dhaka"})
    assert "Dhaka" in (await admin.get("/offices")).links()


async def test_a_role_made_to_use_a_second_factor_is_led_to_its_set_up(
    admin: Browser, sign_in: SignIn, session: AsyncSession
) -> None:
    inspector = await sign_in(Role.INSPECTOR, Role.REVIEWER)
    regulator = await sign_in(Role.REGULATOR)
    await inspector.get("/account")
    page = await admin.get("/people/second-factor")
    await admin.post("/people/second-factor/inspector", page.form("/inspector"))
    led = await inspector.get("/account", status=303)
    assert led.response.headers["location"] == "/en/account/second-factor"
    assert "Your role needs a second factor" in (await inspector.follow(led)).text
    await regulator.get("/account")

    page = await admin.get("/people/second-factor")
    await admin.post("/people/second-factor/inspector", page.form("/inspector"))
    await inspector.get("/account")
    entries = await list_entries(session, subject=("role", "inspector"), limit=5)
    assert [e.details for e in entries] == [
        {"old": {"second_factor_required": True}, "new": {"second_factor_required": False}},
        {"old": {"second_factor_required": False}, "new": {"second_factor_required": True}},
    ]


async def test_a_sign_in_ends_after_two_hours_without_a_page(sign_in: SignIn, clock: Clock) -> None:
    own = await sign_in(Role.INSPECTOR)
    clock.at += timedelta(hours=1, minutes=59)
    await own.get("/account")
    clock.at += timedelta(hours=1, minutes=59)
    await own.get("/account")
    clock.at += timedelta(hours=2)
    await own.get("/account", status=303)


async def test_a_sign_in_ends_after_twelve_hours_however_busy(
    sign_in: SignIn, clock: Clock
) -> None:
    own = await sign_in(Role.INSPECTOR)
    for _ in range(11):
        clock.at += timedelta(hours=1)
        await own.get("/account")
    clock.at += timedelta(minutes=59)
    await own.get("/account")
    clock.at += timedelta(minutes=1)
    await own.get("/account", status=303)


async def test_a_new_password_ends_the_other_sign_ins(
    sign_in: SignIn,
    application,
    session: AsyncSession,  # type: ignore[no-untyped-def]
) -> None:
    person = await store_person(session, Role.INSPECTOR)
    here, elsewhere = await sign_in(person=person), await sign_in(person=person)
    form = {"old": PASSWORD, "new": OWN_PASSWORD, "again": OWN_PASSWORD}
    await here.post("/account/password", form)
    await here.get("/account")
    await elsewhere.get("/account", status=303)


async def test_the_cookie_is_hidden_from_scripts_and_other_sites(
    browser: Browser, session: AsyncSession
) -> None:
    await store_person(session, Role.INSPECTOR, sign_in_name="amina.k")
    await session.commit()
    page = await browser.post("/sign-in", {"sign_in_name": "amina.k", "password": PASSWORD})
    cookie = next(c for c in page.response.headers.get_list("set-cookie") if c.startswith(COOKIE))
    flags = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/"} <= flags
    assert not any(flag.startswith("max-age") or flag.startswith("expires") for flag in flags)


async def test_a_post_without_the_form_token_changes_nothing(
    admin: Browser, session: AsyncSession
) -> None:
    person = await store_person(session, Role.INSPECTOR)
    await store_sign_in(session, person)
    await session.commit()
    answer = await admin.client.post(f"/en/people/{person.id}/disable", data={})
    assert answer.status_code == 403
    assert (await queries.get_person(session, person.id)).disabled_at is None
