"""A worker complains by what she has: curl, a keyboard, a phone of 240 pixels without script; an officer
finds the agency by half a licence number and decides; the regulator sees it on the card."""

import html
import re
import shutil
import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from complaining import code_on, file_by_buttons, follow_to_the_card
from screens import Site, scrolls_sideways, serious_faults

NARROW = {"width": 240, "height": 400}
BANGLA = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")


@pytest.fixture
def small(chromium: Browser) -> Iterator[BrowserContext]:
    """A phone of 240 pixels whose browser runs no script."""
    context = chromium.new_context(viewport=NARROW, java_script_enabled=False)
    context.set_default_timeout(15_000)
    yield context
    context.close()


def test_by_curl_alone(site: Site) -> None:
    curl = shutil.which("curl")
    assert curl, "no curl on this machine: install it"
    shown = subprocess.run(
        [curl, "-sS", site.url("/help")], capture_output=True, text=True, check=True
    ).stdout
    for step in (
        {"danger": "no"},
        {"go": "next", "wishes": "papers_back"},
        {"go": "next", "happened": "DOC-01", "happened_said": "Filed by curl."},
        {"go": "finish"},
        {"go": "next"},
    ):
        shown = curl_on(curl, site, shown, step)
    code = re.sub(r"\D", "", "".join(re.findall(r"<bdi[^>]*>(\d{4})</bdi>", shown)))[:16]
    shown = curl_on(curl, site, shown, {"last": code[-4:]})
    assert "It is sent" in shown
    again = re.sub(r"\D", "", "".join(re.findall(r"<bdi[^>]*>(\d{4})</bdi>", shown)))[:16]
    assert again == code


def curl_on(curl: str, site: Site, shown: str, said: dict[str, str]) -> str:
    """Post the form in the page's main part as its browser would, with what is said now."""
    main = shown.split("<main", 1)[1]
    form = re.split("<form ", main)[1]
    action = re.findall(r'action="([^"]+)"', form)[0]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    fields = {name: html.unescape(value) for name, value in hidden.items()} | said
    command = [curl, "-sS", f"{site.address}{action}"]
    for name, value in fields.items():
        command += ["--data-urlencode", f"{name}={value}"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def tab_to(page: Page, selector: str) -> None:
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} is not reached by Tab")


def test_by_keyboard_alone(site: Site, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto(site.url("/help"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Leave this page now"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.href").startswith("tel:")
    for selector, key in (
        ("button[value=no]", "Enter"),
        ("input[value=go_home]", "Space"),
        ("button[value=next]", "Enter"),
        ("input[value='WAG-02']", "Space"),
        ("button[value=finish]", "Enter"),
        ("button[value=next]", "Enter"),
    ):
        tab_to(page, selector)
        if key == "Space":
            page.keyboard.press("Space")
            continue
        with page.expect_navigation():
            page.keyboard.press("Enter")
    code = code_on(page)
    tab_to(page, "#last")
    page.keyboard.type(code[-4:])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("It is sent")


@pytest.mark.parametrize("language", ["bn", "ar"])
def test_on_a_phone_of_240_pixels_without_script(
    site: Site, small: BrowserContext, language: str
) -> None:
    page = small.new_page()
    code = file_by_buttons(page, site, language, licence="২৩", phone="٠١٧١١ ٠٠٠ ٠٠٠", paid="২ লাখ")
    page.goto(site.url("/help", language))
    page.locator("main form[action$='/help/code'] button").click()
    page.fill("#code", " ".join(code[place : place + 4] for place in range(0, 16, 4)))
    page.locator("main button.main").click()
    assert page.locator("#text").count() == 1
    assert small.cookies() == []


@pytest.mark.parametrize("language", ["en", "bn", "ar"])
def test_nothing_keeps_anybody_out(site: Site, chromium: Browser, language: str) -> None:
    """Axe and the width of each page of a filing, at 240 pixels."""
    context = chromium.new_context(viewport=NARROW, bypass_csp=True)
    page = context.new_page()
    page.goto(site.url("/help", language))
    seen = 0
    page_ok(page)
    page.locator("button[name=danger][value=no]").click()
    page.wait_for_load_state()
    while page.locator("#last").count() == 0:
        page_ok(page)
        seen += 1
        if page.locator("input[value='FEE-01']").count():
            page.locator("input[value='FEE-01']").check()
        page.locator("main button[value=next]").first.click()
        page.wait_for_load_state()
    page_ok(page)
    assert seen >= 14
    page.fill("#last", code_on(page)[-4:])
    page.locator("main button.main").click()
    page_ok(page)
    context.close()


def page_ok(page: Page) -> None:
    assert serious_faults(page) == []
    assert not scrolls_sideways(page)


def test_from_half_a_licence_number_to_the_card(
    site: Site, small: BrowserContext, chromium: Browser
) -> None:
    """In Bangla, with Bangla digits; test_main_line does the same in Arabic with a real register."""
    page = small.new_page()
    page.goto(site.url("/agencies?q=MV-0331"))
    line = page.locator(".rw-records > li").first
    name, number = line.locator("a").first.inner_text(), line.inner_text()
    half = re.findall(r"MV-(\d+)", number)[0].lstrip("0")
    sentence = f"They kept my passport ({half} is on the card)."
    file_by_buttons(page, site, "bn", happened_said=sentence, licence=half.translate(BANGLA))
    follow_to_the_card(site, chromium, sentence, name)
