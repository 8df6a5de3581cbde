"""A visitor for tests: follows no redirect by itself, keeps cookies, checks every page it gets."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import httpx
from sqlalchemy import Connection, event

from recruitwatch.accounts.guards import COOKIE
from recruitwatch.actor import Actor

XHTML = "{http://www.w3.org/1999/xhtml}"


class Page:
    """A parsed page with what a person would look for."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.status = response.status_code
        self.html = response.text
        self.tree: Element = html5lib.HTMLParser(strict=False).parse(response.text)

    def all(self, tag: str) -> list[Element]:
        return list(self.tree.iter(f"{XHTML}{tag}"))

    @property
    def heading(self) -> str:
        return text_of(self.all("h1")[0])

    @property
    def text(self) -> str:
        """All words of the page, blanks folded."""
        return text_of(self.tree)

    def links(self) -> dict[str, str]:
        """Words of each link to its address; the last of equal words wins."""
        return {text_of(a): a.get("href", "") for a in self.all("a")}

    def errors(self) -> dict[str, str]:
        """Field to sentence, from the error summary."""
        found = {}
        for box in self.all("div"):
            if "govuk-error-summary" in (box.get("class") or "").split():
                for item in box.iter(f"{XHTML}li"):
                    anchors = list(item.iter(f"{XHTML}a"))
                    found[(anchors[0].get("href") or "").lstrip("#") if anchors else ""] = text_of(
                        item
                    )
        return found

    def form(self, action_ends: str = "") -> dict[str, str]:
        """The values of the form whose action ends so, as a browser would send them unchanged."""
        for form in self.all("form"):
            if (form.get("action") or "").endswith(action_ends) and form.get("method") == "post":
                return _form_values(form)
        raise AssertionError(f"no form for {action_ends!r} on the page {self.heading!r}")


def _form_values(form: Element) -> dict[str, str]:
    values: dict[str, str] = {}
    for field in form.iter():
        name = field.get("name")
        if not name:
            continue
        if field.tag == f"{XHTML}input":
            if field.get("type") in ("radio", "checkbox") and field.get("checked") is None:
                continue
            if field.get("type") != "file":
                values[name] = field.get("value") or ""
        elif field.tag == f"{XHTML}textarea":
            values[name] = "".join(field.itertext())
        elif field.tag == f"{XHTML}select":
            options = list(field.iter(f"{XHTML}option"))
            chosen = next((o for o in options if o.get("selected") is not None), options[0])
            values[name] = chosen.get("value") or ""
    return values


def text_of(element: Element) -> str:
    skip = {f"{XHTML}script", f"{XHTML}style"}
    parts: list[str] = []

    def walk(node: Element) -> None:
        if node.tag in skip or not isinstance(node.tag, str):
            return
        parts.append(node.text or "")
        for child in node:
            walk(child)
            parts.append(child.tail or "")

    walk(element)
    return re.sub(r"\s+", " ", "".join(parts)).strip()


class Browser:
    """Gets and posts pages of one application."""

    def __init__(self, client: httpx.AsyncClient, actor: Actor | None) -> None:
        self.client = client
        self._actor = actor

    @property
    def actor(self) -> Actor:
        assert self._actor is not None
        return self._actor

    async def get(self, path: str, *, status: int = 200, language: str = "en", **kw: Any) -> Page:
        response = await self.client.get(_address(path, language), **kw)
        return self._check(response, status)

    async def post(
        self,
        path: str,
        data: dict[str, Any] | None = None,
        *,
        status: int = 303,
        language: str = "en",
        files: Any = None,
    ) -> Page:
        """Post a form with the token against forgery that the last page set."""
        token = self.client.cookies.get("rw_form")
        if token is None:
            await self.client.get("/en/sign-in")
            token = self.client.cookies.get("rw_form")
        response = await self.client.post(
            _address(path, language), data={"_csrf_token": token, **(data or {})}, files=files
        )
        return self._check(response, status)

    async def follow(self, page: Page, *, status: int = 200) -> Page:
        """The page that a redirect leads to."""
        return self._check(await self.client.get(page.response.headers["location"]), status)

    def _check(self, response: httpx.Response, status: int) -> Page:
        page = Page(response)
        assert response.status_code == status, f"{response.status_code}: {page.text[-1500:]}"
        check_headers(response)
        if response.headers.get("content-type", "").startswith("text/html") and page.html:
            check_page(page)
        return page


def _address(path: str, language: str) -> str:
    return (
        path
        if path.startswith(("/api/", "/healthz", "/readyz", "/static", f"/{language}/"))
        else f"/{language}{path}"
    )


def check_headers(response: httpx.Response) -> None:
    policy = response.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"


def check_page(page: Page) -> None:
    """What every page owes its reader, whatever it is about."""
    html = page.tree if page.tree.tag == f"{XHTML}html" else page.all("html")[0]
    assert html.get("lang") in ("en", "bn", "ar")
    assert html.get("dir") == ("rtl" if html.get("lang") == "ar" else "ltr")
    assert len(page.all("h1")) == 1, f"{len(page.all('h1'))} headings of the first level"
    assert text_of(page.all("title")[0])
    assert "Undefined" not in page.html
    ids = [e.get("id") for e in page.tree.iter() if e.get("id")]
    doubled = {i for i in ids if ids.count(i) > 1}
    assert not doubled, f"ids twice: {doubled}"
    labelled = {label.get("for") for label in page.all("label")}
    for tag in ("input", "select", "textarea"):
        for field in page.all(tag):
            if field.get("type") in ("hidden", "submit"):
                continue
            named = field.get("id") in labelled or field.get("aria-label")
            assert named, f"no label for {field.get('name')}"
    assert not [e for e in page.tree.iter() if e.get("style")], "style attributes"
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(page.html)
    faults = [e for e in parser.errors if e[1] not in ("eof-in-table",)]
    assert not faults, f"not well-formed: {faults[:3]}"


@asynccontextmanager
async def open_browser(
    app: Any, *, token: str | None = None, actor: Actor | None = None
) -> AsyncIterator[Browser]:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    cookies = {COOKIE: token} if token else {}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://recruitwatch.test", cookies=cookies
    ) as client:
        yield Browser(client, actor)


class CountedQueries:
    """The statements seen in a block."""

    def __init__(self, connection: Connection, at_most: int) -> None:
        self.connection, self.at_most = connection, at_most
        self.statements: list[str] = []

    def _seen(self, _c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.upper().startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            self.statements.append(statement)

    def __enter__(self) -> "CountedQueries":
        event.listen(self.connection, "before_cursor_execute", self._seen)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _v: BaseException | None, _t: TracebackType | None
    ) -> None:
        event.remove(self.connection, "before_cursor_execute", self._seen)
        if kind is None:
            assert len(self.statements) <= self.at_most, "\n\n".join(self.statements)


def count_queries(connection: Connection | None, at_most: int) -> CountedQueries:
    assert connection is not None
    return CountedQueries(connection, at_most)
