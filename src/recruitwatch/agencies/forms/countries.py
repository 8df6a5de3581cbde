"""Countries by the name people know them by, in their own language."""

from collections.abc import Mapping
from functools import lru_cache

from recruitwatch.names.rules import normalise
from recruitwatch.web.formats import country
from recruitwatch.web.languages import DEFAULT, locale


@lru_cache
def country_names(language: str) -> Mapping[str, str]:
    """ISO 3166 code to name in this language, by name."""
    names = {
        code: country(code, language=language)
        for code in map(str, locale(language).territories)
        if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "ZZ", "XA", "XB")
    }
    return dict(sorted(names.items(), key=lambda pair: (normalise(pair[1]), pair[0])))


@lru_cache
def _codes(language: str) -> Mapping[str, str]:
    return {normalise(name): code for code, name in country_names(language).items()}


def country_code(typed: str, language: str) -> str | None:
    """The code of a country that was typed by code or by its name, in this language or English."""
    code = typed.strip().upper()
    if code in country_names(DEFAULT):
        return code
    key = normalise(typed)
    return _codes(language).get(key) or _codes(DEFAULT).get(key)
