"""Whatever people do in a browser they can do without script, on a phone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from screens import Site, scrolls_sideways

REGISTERS = Path(__file__).parent.parent / "data" / "registers"


@pytest.fixture
def plain(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    context.set_default_timeout(15_000)
    yield context
    context.close()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_search_and_licence_on_a_day(site: Site, plain: BrowserContext) -> None:
    page = plain.new_page()
    page.goto(site.url("/agencies"))
    name = page.locator(".rw-records a").first.inner_text()
    page.goto(site.url("/"))
    page.fill("#q", name)
    press(page, "Search")
    page.get_by_role("link", name=name, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.get_by_role("heading", name="Licence today")).to_be_visible()
    page.fill("#on", "2020-01-15")
    press(page, "Show")
    expect(page.get_by_role("heading", name="Licence on 15 January 2020")).to_be_visible()
    expect(page.locator("main .govuk-tag").first).to_be_visible()


def test_every_menu_entry_is_there(site: Site, plain: BrowserContext) -> None:
    """Nothing is folded away that only script could unfold."""
    page = plain.new_page()
    site.sign_in(page, "Regulator")
    entries = page.get_by_role("navigation", name="Main menu").get_by_role("link")
    assert entries.count() >= 5
    for entry in entries.all():
        expect(entry).to_be_visible()
    assert page.get_by_role("button", name="Menu").count() == 0
    entries.filter(has_text="Findings").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Findings")


def test_answering_a_section(site: Site, plain: BrowserContext) -> None:
    page = plain.new_page()
    site.sign_in(page, "Inspector")
    page.goto(site.url("/audits"))
    page.locator(".rw-records > li", has=page.locator(".govuk-tag", has_text="Draft")).first.get_by_role("link").click()  # fmt: skip
    page.locator("a[href*='/lists/covenant/']").first.click()
    item = page.locator("input[type=radio][value=partial]").first.get_attribute("name")
    page.check(f"[name='{item}'][value=partial]")
    page.select_option(f"[name='{item}-evidence']", "E1")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Saved.")
    expect(page.locator(f"[name='{item}'][value=partial]")).to_be_checked()
    expect(page.locator(f"[name='{item}-evidence']")).to_have_value("E1")
    assert not scrolls_sideways(page)


def test_a_mistake_is_named_and_led_to(site: Site, plain: BrowserContext) -> None:
    page = plain.new_page()
    page.goto(site.url("/sign-in"))
    press(page, "Sign in")
    page.locator(".govuk-error-summary a").first.click()
    assert page.url.endswith("#sign_in_name")
    expect(page.locator("#sign_in_name-error")).to_be_in_viewport()


def test_a_long_task_leads_to_its_result_by_itself(site: Site, plain: BrowserContext) -> None:
    page = plain.new_page()
    site.sign_in(page, "Regulator")
    page.goto(site.url("/imports/new"))
    page.set_input_files("#file", REGISTERS / "testland.csv")
    page.fill("#new_register", "testland")
    page.fill("#title", "Testland: a list")
    page.check("[name=numbers][value=official]")
    press(page, "Check the file")
    page.wait_for_url(re.compile("/imports/checks/"), timeout=30_000)
    expect(page.get_by_text("Nothing has been changed yet.")).to_be_visible()
    page.goto(site.url("/jobs"))
    page.locator("main a[href*='/jobs/']").first.click()
    expect(page.locator("main .govuk-tag")).to_have_text("Finished")
    page.get_by_role("button", name="See the result").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("testland.csv")
    assert not scrolls_sideways(page)
