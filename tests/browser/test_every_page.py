"""Every page a person can reach: accessible, no wider than a phone, without a script error."""

import re
from collections import deque

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Response

from screens import Site, scrolls_sideways, serious_faults

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
MOST_PAGES = 120
SEEN: dict[str, set[str]] = {}
"""Shapes of pages that another test of this run has looked at, by language."""
ROLES = ["Inspector", "Reviewer", "Regulator", "Administrator", "Oversight", "Agency"]


def shape(path: str) -> str:
    """Pages that differ only in an id are one page."""
    bare = re.sub(r"[?#].*", "", path)
    return re.sub(r"/\d+(?=/|$)", "/N", UUID.sub("ID", bare))


def links(page: Page, address: str, language: str) -> list[str]:
    hrefs: list[str] = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
    start = f"{address}/{language}"
    return [href for href in hrefs if href.startswith(start + "/") or href == start]


def opened(page: Page, url: str) -> Response | None:
    """What the address answers with; None where it is a file to keep."""
    try:
        return page.goto(url)
    except Error as problem:
        if "Download is starting" not in problem.message:
            raise
        return None


def visit_all(
    context: BrowserContext, page: Page, site: Site, language: str, start: str
) -> dict[str, list[str]]:
    """Faults by page, following every link of the language. A page that an earlier test of the run has
    looked at is not looked at again; the first page of a role always is."""
    faults: dict[str, list[str]] = {}
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    seen = SEEN.setdefault(language, set())
    visited = 0
    waiting = deque([site.url(start, language)])
    seen.discard(shape(waiting[0]))
    while waiting and visited < MOST_PAGES:
        url = waiting.popleft()
        if shape(url) in seen:
            continue
        seen.add(shape(url))
        visited += 1
        response = opened(page, url)
        if response is None or "text/html" not in (response.headers.get("content-type") or ""):
            errors.clear()  # a browser's own page around a picture says what of it is not allowed
            continue
        found = serious_faults(page)
        if response.status >= 400:
            found.append(f"answered {response.status}")
        if scrolls_sideways(page):
            found.append("scrolls sideways")
        found += errors
        errors.clear()
        if found:
            faults[url.removeprefix(site.address)] = found
        waiting.extend(links(page, site.address, language))
    return faults


@pytest.mark.parametrize("language", ["en", "bn", "ar"])
def test_public_pages(site: Site, phone: BrowserContext, language: str) -> None:
    assert visit_all(phone, phone.new_page(), site, language, "/") == {}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("role", ROLES)
def test_staff_pages(site: Site, phone: BrowserContext, role: str, language: str) -> None:
    page = phone.new_page()
    site.sign_in(page, role)
    start = "/agency" if role == "Agency" else "/home"
    assert visit_all(phone, page, site, language, start) == {}
