"""Jinja: strict, escaped, translated. `render` is the one way from a page struct to an answer."""

import json
from collections.abc import Mapping, MutableMapping
from datetime import UTC, tzinfo
from functools import cached_property, lru_cache, partial
from typing import Any
from urllib.parse import quote

import msgspec
from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
)
from litestar import Request, Response
from litestar.enums import MediaType
from litestar.template.base import csrf_token
from markupsafe import Markup

from recruitwatch.actor import Actor
from recruitwatch.bundled import PACKAGE, folder
from recruitwatch.errors import Message, Value
from recruitwatch.web import formats, languages
from recruitwatch.web.navigation import Link, Menu
from recruitwatch.web.saying import say, say_html

VENDOR = PACKAGE / "static" / "vendor"

WebRequest = Request[Any, Any, Any]


class Person(msgspec.Struct, frozen=True):
    """Who is signed in, as the page head shows them."""

    name: str
    office: str
    role_names: list[str]


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """What every page knows besides its own struct."""

    name: str
    ministry: str
    language: str
    direction: str
    languages: tuple[languages.LanguageLink, ...]
    demo: bool
    navigation: list[Link]
    agency_links: list[tuple[str, str]]
    person: Person | None
    csrf_token: str
    address: str
    footer: tuple[Link, ...] = ()


@lru_cache
def _manifest() -> Mapping[str, str]:
    names: dict[str, str] = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))
    return names


def asset(name: str) -> str:
    """The address of a built file; its name holds its content's hash."""
    return f"/static/vendor/{_manifest()[name]}"


def message(value: Value | None) -> str | None:
    """A message or a value in the reader's language; plain text and nothing stay as they are."""
    return None if value is None else say_html(value)


def messages(values: Mapping[str, Message]) -> dict[str, str]:
    """The errors of a form in the reader's language."""
    return {name: say(value) for name, value in values.items()}


def translated(text: str) -> str:
    """What published data say, in the reader's language. Unlike `_()` it takes percent signs as they are."""
    return say(Message(text))


def isolate(value: str) -> Markup:
    """Numbers and codes keep their order inside right-to-left text."""
    return Markup("<bdi>{}</bdi>").format(value)


COMPONENTS = "govuk_frontend_jinja/"


class PageEnvironment(Environment):
    """Our templates fail on a name that does not exist. The component macros come from a library that
    asks for every option it knows, so they are compiled in an overlay where absent means absent."""

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - the name of the base class
    ) -> Template:
        if (
            isinstance(name, str)
            and name.startswith(COMPONENTS)
            and self.undefined is StrictUndefined
        ):
            return self._components.get_template(name, parent, globals)
        return super().get_template(name, parent, globals)

    @cached_property
    def _components(self) -> Environment:
        return self.overlay(undefined=ChainableUndefined)


def make_environment(zone: tzinfo = UTC) -> Environment:
    """The environment of all pages. Undefined names fail; nothing is unescaped by default. Instants are
    shown in `zone`."""
    environment = PageEnvironment(
        loader=ChoiceLoader(
            [
                FileSystemLoader(folder("templates")),
                PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
            ]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        languages.gettext,
        languages.ngettext,
        newstyle=True,
        pgettext=languages.pgettext,
        npgettext=languages.npgettext,
    )
    environment.globals.update(asset=asset, path=languages.path)
    environment.filters.update(
        number=formats.number,
        percent=formats.percent,
        money=formats.money,
        date=formats.date,
        datetime=partial(formats.datetime, zone=zone),
        month=formats.month,
        listing=formats.listing,
        digits=formats.digits,
        message=message,
        messages=messages,
        isolate=isolate,
        translated=translated,
    )
    return environment


def site_of(request: WebRequest) -> Site:
    """The frame of this request's page."""
    settings = request.app.state.settings
    menu: Menu = request.app.state.menu
    actor: Actor | None = request.scope.get("state", {}).get("actor")
    query = request.scope["query_string"].decode("latin-1")
    address = quote(request.scope["path"]) + (f"?{query}" if query else "")
    return Site(
        name="recruitwatch",
        ministry=settings.ministry,
        language=languages.current.get(),
        direction=languages.direction(languages.current.get()),
        languages=languages.links(
            address if request.method == "GET" else quote(request.scope["path"])
        ),
        demo=settings.demo,
        navigation=menu.links(actor, request.scope["path"]) if actor else [],
        agency_links=menu.agency_links(actor) if actor else [],
        person=Person(actor.name, actor.office_name, menu.role_names(actor)) if actor else None,
        csrf_token=csrf_token({"request": request}),
        address=request.scope["path"],
    )


def render(
    request: WebRequest,
    template: str,
    page: msgspec.Struct,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response[str]:
    """The page, rendered now: the commit comes after it and before the first byte leaves."""
    environment: Environment = request.app.state.templates
    html = environment.get_template(template).render(site=site_of(request), page=page)
    return Response(
        html,
        status_code=status,
        media_type=MediaType.HTML,
        headers={"Content-Language": languages.current.get(), **(headers or {})},
    )
