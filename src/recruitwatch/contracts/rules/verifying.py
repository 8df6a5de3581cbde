"""Comparing what stands on a paper with what is registered."""

import hmac
import re

from recruitwatch.contracts.values.terms import SHORT_HASH

_HEX = re.compile(r"[0-9a-f]+", re.ASCII)


def read_short_hash(text: str) -> str | None:
    """The check code that somebody wrote, in small letters and without blanks; None when it is none."""
    plain = "".join(text.split()).lower()
    return plain if len(plain) == SHORT_HASH and _HEX.fullmatch(plain) else None


def same_terms(registered: str, told: str) -> bool | None:
    """Whether a whole SHA-256 is that of the registered terms; None when it is no SHA-256."""
    if len(told) != 64 or not _HEX.fullmatch(told):
        return None
    return hmac.compare_digest(registered, told)
