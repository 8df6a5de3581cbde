"""Everything by the keyboard alone: one sees where one is, and the way follows the page."""

from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from recruitwatch.demo.country import SIGN_INS
from screens import Site

LANGUAGES = pytest.mark.parametrize("language", ["en", "ar"])
MOST_STOPS = 150

# Radios and checkboxes are drawn by their labels, so that is where their focus is to be seen.
LOOK = """
element => {
  const drawn = element.matches('[type=radio],[type=checkbox]');
  const style = drawn ? getComputedStyle(element.labels[0], '::before') : getComputedStyle(element);
  return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow,
          style.backgroundColor, style.borderWidth].join('|');
}
"""
STOP = """
() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const box = element.getBoundingClientRect();
  window.stops = window.stops || [];
  const again = window.stops.includes(element);
  if (!again) window.stops.push(element);
  return {
    number: window.stops.indexOf(element), again,
    tag: element.tagName, id: element.id, text: (element.innerText || element.value || '').trim(),
    top: box.top + scrollY, left: box.left, right: box.right, bottom: box.bottom + scrollY,
    shown: box.bottom > 0 && box.top < innerHeight && box.width > 1 && box.height > 1,
  };
}
"""
# Each thing that can be reached; a group of radios is one.
REACHABLE = """
() => {
  const all = [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')];
  const seen = all.filter(element => !element.disabled && element.checkVisibility());
  const names = new Set();
  return seen.filter(element => {
    if (element.type !== 'radio') return true;
    if (names.has(element.name)) return false;
    names.add(element.name);
    return true;
  }).length;
}
"""

Stop = dict[str, Any]


def tab(page: Page) -> Stop | None:
    page.keyboard.press("Tab")
    stop: Stop | None = page.evaluate(STOP)
    return stop


def tab_to(page: Page, selector: str) -> None:
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by Tab")


def look(page: Page, number: int) -> str:
    found: str = page.evaluate(f"({LOOK})(window.stops[{number}])")
    return found


def walk(page: Page) -> list[Stop]:
    """From the top to the end by Tab; at every stop the focus can be seen. A field for a date is
    one stop, though the browser stops at its day, month and year."""
    stops: list[Stop] = []
    focused = ""
    for _ in range(MOST_STOPS):
        stop = tab(page)
        if stop and stops and stop["number"] == stops[-1]["number"]:
            continue
        if stops:
            last = stops[-1]
            assert look(page, last["number"]) != focused, f"no visible focus on {last}"
        if stop is None or stop["again"]:
            return stops
        assert stop["shown"], f"focused out of sight: {stop}"
        focused = look(page, stop["number"])
        stops.append(stop)
    raise AssertionError("Tab never comes to the end of the page")


def against_the_reading(stops: list[Stop], *, mirrored: bool) -> list[tuple[str, str]]:
    """Pairs of stops where the way goes up, or backwards within a line."""
    wrong = []
    for one, two in pairwise(stops):
        beside = min(one["bottom"], two["bottom"]) - max(one["top"], two["top"]) > 4
        forward = two["right"] <= one["right"] if mirrored else two["left"] >= one["left"]
        if (beside and not forward) or (not beside and two["top"] < one["top"]):
            wrong.append((one["text"], two["text"]))
    return wrong


def sign_in_by_keyboard(page: Page, site: Site, role: str, language: str) -> None:
    entry = next(one for one in SIGN_INS if one.role == role)
    page.goto(site.url("/sign-in", language))
    tab_to(page, "#sign_in_name")
    page.keyboard.type(entry.sign_in_name)
    tab_to(page, "#password")
    page.keyboard.type(entry.password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/home")


@LANGUAGES
def test_the_skip_link(site: Site, desk: BrowserContext, language: str) -> None:
    page = desk.new_page()
    page.goto(site.url("/agencies", language))
    first = tab(page)
    assert first is not None
    assert page.evaluate("document.activeElement.hash") == "#main"
    assert first["shown"]
    assert first["bottom"] - first["top"] > 20
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q", "the menu and languages are passed by"


@LANGUAGES
def test_public_pages_from_end_to_end(site: Site, desk: BrowserContext, language: str) -> None:
    page = desk.new_page()
    page.goto(site.url("/agencies", language))
    agency = page.locator(".rw-records a").first.get_attribute("href")
    for url in (
        site.url("/", language),
        site.url("/agencies", language),
        f"{site.address}{agency}",
    ):
        page.goto(url)
        stops = walk(page)
        assert len(stops) == page.evaluate(REACHABLE), url
        assert against_the_reading(stops[1:], mirrored=language == "ar") == [], url


@LANGUAGES
def test_staff_pages_from_end_to_end(site: Site, desk: BrowserContext, language: str) -> None:
    page = desk.new_page()
    sign_in_by_keyboard(page, site, "Inspector", language)
    for path in ("/home", "/audits", "/findings", "/register"):
        page.goto(site.url(path, language))
        stops = walk(page)
        assert len(stops) == page.evaluate(REACHABLE), path
        assert against_the_reading(stops[1:], mirrored=language == "ar") == [], path


@LANGUAGES
def test_searching(site: Site, desk: BrowserContext, language: str) -> None:
    page = desk.new_page()
    page.goto(site.url("/agencies", language))
    name = page.locator(".rw-records a").nth(1).inner_text()
    page.goto(site.url("/", language))
    tab_to(page, "#q")
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    page.wait_for_url("**/agencies?**")
    tab_to(page, ".rw-records a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


@LANGUAGES
def test_the_menu_of_a_phone(site: Site, phone: BrowserContext, language: str) -> None:
    page = phone.new_page()
    sign_in_by_keyboard(page, site, "Inspector", language)
    tab_to(page, ".govuk-service-navigation__toggle")
    page.keyboard.press("Enter")
    tab_to(page, "a[href$='/audits']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/audits")


@LANGUAGES
def test_answering_and_saving(site: Site, desk: BrowserContext, language: str) -> None:
    page = desk.new_page()
    sign_in_by_keyboard(page, site, "Inspector", language)
    page.goto(site.url("/audits", language))
    draft = page.locator(".rw-records > li", has=page.locator(".govuk-tag--grey")).first
    page.goto(site.address + (draft.locator("a").first.get_attribute("href") or ""))
    tab_to(page, "a[href*='/lists/covenant/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lists/covenant/**")
    tab_to(page, "input[type=radio]")
    page.keyboard.press("Space")
    before = page.evaluate("document.activeElement.value")
    page.keyboard.press("ArrowDown" if before == "yes" else "ArrowUp")
    name, after = page.evaluate("[document.activeElement.name, document.activeElement.value]")
    assert after != before
    expect(page.locator(f"[name='{name}'][value='{after}']")).to_be_checked()
    tab_to(page, f"[name='{name}-evidence']")
    page.keyboard.press("End")
    tab_to(page, "button[name=then][value=stay]")
    page.keyboard.press("Enter")
    page.wait_for_url("**saved=true**")
    assert page.evaluate("document.activeElement.matches('.govuk-notification-banner')")
    expect(page.locator(f"[name='{name}'][value='{after}']")).to_be_checked()


@LANGUAGES
def test_mistakes_take_the_focus(site: Site, desk: BrowserContext, language: str) -> None:
    page = desk.new_page()
    page.goto(site.url("/sign-in", language))
    tab_to(page, "main button[type=submit]")
    page.keyboard.press("Enter")
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#sign_in_name")).to_be_focused()
    described = page.locator("#sign_in_name").get_attribute("aria-describedby") or ""
    assert "sign_in_name-error" in described
