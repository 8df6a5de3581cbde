"""Messages and the values in them in the reader's language: as text, and as HTML that marks English."""

from collections.abc import Callable

from markupsafe import Markup, escape

from recruitwatch.errors import (
    Country,
    Day,
    English,
    Figure,
    Language,
    Message,
    Spoken,
    Value,
)
from recruitwatch.web import formats
from recruitwatch.web.languages import DEFAULT, catalogue, current


def say(value: Value, *, language: str | None = None) -> str:
    """A message or a value in the language of this request, or in one that is named."""
    own = language or current.get()
    match value:
        case str():
            return value
        case Message():
            said: str = catalogue(own).ugettext(value.key)
            return said % _said(value, lambda one: say(one, language=own)) if value.values else said
        case _:
            return _plain(value, own)


def say_html(value: Value) -> str:
    """The same for a page: markup around what stays English, so that it is read aloud and set as English,
    and plain text where nothing does."""
    if not _has_english(value):
        return say(value)
    if isinstance(value, English):
        return Markup('<bdi lang="en" dir="ltr">{}</bdi>').format(value.text)
    assert isinstance(value, Message)
    sentence = escape(catalogue(current.get()).ugettext(value.key))
    return sentence % _said(value, say_html)


def _said(message: Message, each: Callable[[Value], str]) -> dict[str, str]:
    return {name: each(one) for name, one in message.values.items()}


def _has_english(value: Value) -> bool:
    if isinstance(value, Message):
        return any(_has_english(one) for one in value.values.values())
    return isinstance(value, English)


def _plain(value: int | Figure | Day | Country | Language | Spoken | English, own: str) -> str:
    match value:
        case int():
            return formats.number(value, language=own)
        case Figure():
            exponent = value.value.as_tuple().exponent
            decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
            return formats.number(value.value, decimals, language=own)
        case Day():
            return formats.date(value.on, language=own)
        case Country():
            return formats.country(value.code, language=own)
        case Language():
            return formats.language_name(value.code, language=own)
        case Spoken():
            return value.texts.get(own) or value.texts[DEFAULT]
        case English():
            return value.text
