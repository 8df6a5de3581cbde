"""The languages of the pages: catalogues, which one a request wants, and addresses that carry it.

A page's language is the first part of its path (`/bn/agencies`), so that it needs no cookie and a
link can be passed on. Without it the browser's own wish decides.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from babel import Locale, negotiate_locale
from babel.support import NullTranslations, Translations
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from recruitwatch.bundled import PACKAGE

LANGUAGES: Mapping[str, str] = {"en": "English", "bn": "বাংলা", "ar": "العربية"}
DEFAULT = "en"
LOCALES = PACKAGE / "locale"

current: ContextVar[str] = ContextVar("language", default=DEFAULT)


class LanguageLink(NamedTuple):
    """A link to the same page in another language."""

    code: str
    name: str
    url: str


@lru_cache
def catalogue(language: str, folder: Path = LOCALES) -> NullTranslations:
    """The translations of a language; English is the source and needs none."""
    if language == DEFAULT:
        return NullTranslations()
    return Translations.load(folder, [language], "recruitwatch")


@lru_cache
def locale(language: str) -> Locale:
    return Locale.parse(language)


def direction(language: str) -> str:
    """`ltr` or `rtl`, from the language and never guessed from text."""
    return locale(language).text_direction


def gettext(key: str) -> str:
    return catalogue(current.get()).ugettext(key)


def ngettext(one: str, many: str, number: int) -> str:
    return catalogue(current.get()).ungettext(one, many, number)


def pgettext(context: str, key: str) -> str:
    return str(catalogue(current.get()).upgettext(context, key))


def npgettext(context: str, one: str, many: str, number: int) -> str:
    return str(catalogue(current.get()).unpgettext(context, one, many, number))


def wanted(accept_language: str) -> str:
    """The declared language the browser would like best."""
    weighted: list[tuple[float, str]] = []
    for part in accept_language.split(",")[:20]:
        tag, _, weight = part.partition(";q=")
        try:
            weighted.append((float(weight) if weight else 1.0, tag.strip().replace("-", "_")))
        except ValueError:
            continue
    ordered = [tag for _, tag in sorted(weighted, key=lambda pair: -pair[0]) if tag]
    return negotiate_locale(ordered, list(LANGUAGES)) or DEFAULT


def split_path(path: str) -> tuple[str | None, str]:
    """The language a path names, if any, and the path without it."""
    first, _, rest = path.removeprefix("/").partition("/")
    if first in LANGUAGES:
        return first, f"/{rest}"
    return None, path


def path(address: str) -> str:
    """An address inside recruitwatch in the language of this request."""
    return f"/{current.get()}{address}"


def links(address: str) -> tuple[LanguageLink, ...]:
    """The same page in every declared language."""
    return tuple(LanguageLink(code, name, f"/{code}{address}") for code, name in LANGUAGES.items())


class LanguageByPath:
    """Outermost layer: takes the language off the path and sets it for the request."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        named, rest = split_path(scope["path"])
        if named:
            scope["path"] = rest
            scope["raw_path"] = rest.encode()
        header = next((v for k, v in scope["headers"] if k == b"accept-language"), b"")
        token = current.set(named or wanted(header.decode("latin-1")))
        try:
            await self.app(scope, receive, send)
        finally:
            current.reset(token)
