"""What somebody typed, in characters that a typeface has."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from anyascii import anyascii

from recruitwatch.documents import lacking


@lru_cache(maxsize=1024)
def printable(text: str) -> str:
    """The text, line breaks kept, with what no typeface here has in Latin letters by sound. Never an
    empty box, and never nothing where there was something."""
    missing = lacking(text)
    if not missing and text.isprintable():
        return text
    kept = "".join(_letter(one, missing) for one in text)
    return "…" if text.strip() and not kept.strip() else kept


def _letter(one: str, missing: frozenset[str]) -> str:
    if one == "\n":
        return one
    if one.isspace() or unicodedata.category(one) == "Cc":
        return " "
    if one not in missing:
        return one
    return "" if unicodedata.category(one)[0] == "M" else anyascii(one) or "?"


@lru_cache(maxsize=1024)
def is_romanised(text: str) -> bool:
    """Whether letters of this text are printed as others."""
    return any(unicodedata.category(one)[0] in "LMNPS" for one in lacking(text))
