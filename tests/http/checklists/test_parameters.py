"""Figures of national law: who may set them, what is refused, and what is kept."""

from decimal import Decimal

import pytest

from clients import Browser, text_of
from factories.checklists import store_parameter
from recruitwatch.accounts.values import Role
from recruitwatch.checklists import queries as checklists
from recruitwatch.checklists.values import Money


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.REGULATOR, 200),
        (Role.INSPECTOR, 403),
        (Role.REVIEWER, 403),
        (Role.OVERSIGHT, 403),
        (Role.ADMINISTRATOR, 403),
    ],
)
async def test_only_the_regulator_sees_and_sets_figures(sign_in, session, role, status) -> None:
    browser = await sign_in(role)
    await browser.get("/parameters", status=status)
    await browser.get("/parameters/required_bond", status=status)
    form = {"amount": "7", "reason": "Circular 3"}
    await browser.post("/parameters/interviews_min", form, status=303 if status == 200 else status)
    kept = await checklists.count_parameter_history(session, "interviews_min")
    assert kept == (1 if status == 200 else 0)


async def test_a_stranger_must_sign_in(browser: Browser) -> None:
    for address in ("/parameters", "/parameters/required_bond"):
        page = await browser.get(address, status=303)
        assert page.response.headers["location"] == "/en/sign-in"
    await browser.post("/parameters/interviews_min", {"amount": "7", "reason": "x"})
    assert "/sign-in" in (await browser.get("/parameters", status=303)).response.headers["location"]


async def test_unset_figures_are_marked_with_what_that_means(sign_in) -> None:
    browser = await sign_in(Role.REGULATOR)
    page = await browser.get("/parameters")
    assert (
        "3 figures are not set. Until they are set, answers that need them are recorded, not scored."
        in page.text
    )
    rows = {
        text_of(one.find(".//{*}h2")): text_of(one)
        for one in page.all("li")
        if one.find("{*}h2") is not None
    }
    assert "Not set" in rows["Security deposit or bank guarantee of the agency"]
    assert "1 question is compared with it" in rows["Hours of training before departure"]
    assert "10 " in rows["Fewest worker files to open in an inspection"]
    assert (
        "Starting value, not set by the ministry"
        in rows["Fewest worker files to open in an inspection"]
    )


async def test_setting_money_shows_the_figure_with_reason_and_person(sign_in, session) -> None:
    browser = await sign_in(Role.REGULATOR)
    form = (await browser.get("/parameters/required_bond")).form("/required_bond")
    form |= {"amount": "1,500,000.50", "currency": "bdt", "reason": "Gazette of 3 May 2026"}
    sent = await browser.post("/parameters/required_bond", form)
    page = await browser.follow(sent)
    assert "The figure is set. It counts from now on." in page.text
    assert "In force: 1,500,000.50 BDT" in page.text
    assert "Gazette of 3 May 2026" in page.text
    assert browser.actor.name in page.text
    found = (await checklists.get_parameters(session))["required_bond"]
    assert found == Money(amount_minor=150_000_050, currency="BDT")


async def test_digits_of_every_script_are_read(sign_in, session) -> None:
    browser = await sign_in(Role.REGULATOR)
    form = {"amount": "৪০", "reason": "পরিপত্র"}
    await browser.post("/parameters/required_training_hours", form, language="bn")
    found = (await checklists.get_parameters(session))["required_training_hours"]
    assert found == Decimal(40)


@pytest.mark.parametrize(
    ("name", "form", "fields"),
    [
        ("required_bond", {}, {"amount", "currency", "reason"}),
        ("required_bond", {"amount": "x", "currency": "ZZZ"}, {"amount", "currency", "reason"}),
        ("required_bond", {"amount": "1.234", "currency": "BDT", "reason": "r"}, {"amount"}),
        ("required_bond", {"amount": "1.5", "currency": "JPY", "reason": "r"}, {"amount"}),
        ("required_bond", {"amount": "-1", "currency": "BDT", "reason": "r"}, {"amount"}),
        ("sample_files_min", {}, {"amount", "reason"}),
        ("sample_files_min", {"amount": "1.23456", "reason": "r"}, {"amount"}),
        ("sample_files_min", {"amount": "NaN", "reason": "r" * 1001}, {"amount", "reason"}),
        ("sample_files_min", {"amount": "5", "take_back": "yes"}, {"amount", "reason"}),
    ],
)
async def test_all_mistakes_are_told_at_once_and_nothing_is_kept(
    sign_in, session, name: str, form: dict[str, str], fields: set[str]
) -> None:
    browser = await sign_in(Role.REGULATOR)
    page = await browser.post(f"/parameters/{name}", form, status=422)
    assert set(page.errors()) == fields
    again = page.form(f"/{name}")
    assert again["amount"] == form.get("amount", "")
    assert await checklists.count_parameter_history(session, name) == 0


async def test_taking_back_leaves_the_history_in_place(sign_in, session) -> None:
    browser = await sign_in(Role.REGULATOR)
    await store_parameter(session, browser.actor, "required_training_hours", amount=Decimal(40))
    await session.commit()
    form = {"amount": "", "take_back": "yes", "reason": "The circular was withdrawn"}
    page = await browser.follow(await browser.post("/parameters/required_training_hours", form))
    events = [text_of(one) for one in page.all("li") if one.find("{*}time") is not None]
    assert len(events) == 2
    assert "Taken back" in events[0]
    assert "The circular was withdrawn" in events[0]
    assert "Circular 12 of 2025" in events[1]
    assert "Answers that need it are recorded, not scored." in page.text


async def test_a_long_history_is_paged(sign_in, session) -> None:
    browser = await sign_in(Role.REGULATOR)
    for count in range(55):
        await store_parameter(
            session, browser.actor, amount=Decimal(count), reason=f"Circular number {count}."
        )
    await session.commit()
    first = await browser.get("/parameters/required_training_hours")
    assert "Circular number 54." in first.text
    assert "Circular number 4." not in first.text
    second = await browser.get("/parameters/required_training_hours?page=2")
    assert "Circular number 4." in second.text
    assert "Circular number 54." not in second.text


async def test_unknown_figure_is_not_found(sign_in) -> None:
    browser = await sign_in(Role.REGULATOR)
    await browser.get("/parameters/price_of_tea", status=404)
    await browser.post("/parameters/price_of_tea", {"amount": "1", "reason": "r"}, status=404)


@pytest.mark.parametrize("language", ["en", "bn", "ar"])
async def test_pages_of_figures_exist_in_every_language(sign_in, language: str) -> None:
    browser = await sign_in(Role.REGULATOR)
    await browser.get("/parameters", language=language)
    await browser.get("/parameters/lawful_worker_cost", language=language)
