"""Whether a file is what was published: its fingerprint, and that of the card inside it."""

from __future__ import annotations

import hashlib
import re

import msgspec

_SHA256 = re.compile(r"[0-9a-f]{64}")


class _Answer(msgspec.Struct):
    """The data of a card as the public address gives it; the card is its field `card`."""

    card: msgspec.Raw


def fingerprint(typed: str) -> str | None:
    """A SHA-256 as it was typed: blanks, colons and capitals do not matter. None if it is none."""
    sha256 = re.sub(r"[\s:\-\u200e\u200f\u2066-\u2069]", "", typed).lower()
    return sha256 if _SHA256.fullmatch(sha256) else None


def fingerprints_of(content: bytes) -> tuple[str, ...]:
    """The SHA-256 of the file and, where it is the downloaded data of a card, of the card in it.

    The data tell more than the card, such as that it was replaced, and change with that; the card
    inside stays the same letter by letter.
    """
    whole = hashlib.sha256(content).hexdigest()
    try:
        inside = bytes(msgspec.json.decode(content, type=_Answer).card)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return (whole,)
    return (whole, hashlib.sha256(inside).hexdigest())
