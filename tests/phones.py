"""A worker's phone for tests: no script, no cookies; every page it gets is checked for what protects her."""

import re
from typing import Any
from xml.etree.ElementTree import Element

import httpx

from clients import XHTML, Browser, Page, check_headers, check_page, text_of

FORBIDDEN_IN_TITLES = re.compile(r"complain|agency|agencies|recruit|ministry|labour|case", re.I)


class Phone:
    """Loads and posts pages. `page` is the last one; hidden fields go along as a browser sends them."""

    def __init__(self, browser: Browser, language: str = "en") -> None:
        self.client = browser.client
        self.language = language
        self.page: Page

    async def load(self, address: str = "/help", *, status: int = 200) -> Page:
        response = await self.client.get(f"/{self.language}{address}")
        return self._seen(response, status)

    async def press(
        self,
        button: str = "",
        said: dict[str, Any] | None = None,
        *,
        status: int = 200,
        language: str | None = None,
        file: tuple[str, bytes, str] | None = None,
        within: str = "main",
    ) -> Page:
        """Press the button of these words, in a form filled with what was `said`."""
        form, pressed = self._button(button, within)
        data = {**_values(form), **(said or {})}
        if pressed is not None and pressed.get("name"):
            data[pressed.get("name") or ""] = pressed.get("value") or ""
        action = (pressed.get("formaction") if pressed is not None else None) or form.get("action")
        assert action is not None
        files = {"file": file} if file else None
        sent: dict[str, Any] = {"data": data}
        if form.get("enctype") == "multipart/form-data":
            sent["files"] = files or {"file": ("", b"", "application/octet-stream")}
        return self._seen(await self.client.post(action, **sent), status)

    def _button(self, words: str, within: str) -> tuple[Element, Element | None]:
        root = self.page.tree if within == "page" else self.page.all(within)[0]
        for form in root.iter(f"{XHTML}form"):
            buttons = list(form.iter(f"{XHTML}button"))
            if not words:
                return form, None
            for one in buttons:
                if text_of(one) == words or one.get("aria-label") == words:
                    return form, one
        raise AssertionError(f"no button {words!r} on: {self.page.text[:1500]}")

    def _seen(self, response: httpx.Response, status: int) -> Page:
        page = Page(response)
        assert response.status_code == status, f"{response.status_code}: {page.text[-1500:]}"
        check_headers(response)
        assert "set-cookie" not in response.headers
        assert not self.client.cookies
        if response.text and response.headers.get("content-type", "").startswith("text/html"):
            check_page(page)
            assert response.headers["cache-control"] == "no-store"
            title = text_of(page.all("title")[0])
            assert not FORBIDDEN_IN_TITLES.search(title), title
            assert not page.all("script")
            assert "recruitwatch" not in page.html.lower()
            self.page = page
        return page

    def picked(self) -> set[str]:
        return {
            box.get("value") or ""
            for box in self.page.all("input")
            if box.get("type") == "checkbox" and box.get("checked") is not None
        }

    def errors(self) -> dict[str, str]:
        """Field to sentence, from the summary; each must lead to something on the page."""
        ids = {one.get("id") for one in self.page.tree.iter() if one.get("id")}
        found = {}
        for box in self.page.all("div"):
            if box.get("class") == "wrong":
                for link in box.iter(f"{XHTML}a"):
                    target = (link.get("href") or "").lstrip("#")
                    assert target in ids, target
                    found[target] = text_of(link)
        return found

    def focusable(self) -> list[str]:
        """What the Tab key reaches, in order, by its words."""
        return [
            text_of(one) or one.get("name") or ""
            for one in self.page.tree.iter()
            if one.tag
            in {f"{XHTML}{tag}" for tag in ("a", "button", "input", "textarea", "select")}
            and one.get("type") != "hidden"
        ]


def _values(form: Element) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in form.iter():
        name = field.get("name")
        if not name:
            continue
        if field.tag == f"{XHTML}input" and field.get("type") == "checkbox":
            if field.get("checked") is not None:
                values.setdefault(name, []).append(field.get("value") or "on")
        elif field.tag == f"{XHTML}input" and field.get("type") != "file":
            values[name] = field.get("value") or ""
        elif field.tag == f"{XHTML}textarea":
            values[name] = "".join(field.itertext())
    return values
