"""What every page of a worker has: the help numbers, and the token that stands in its forms.

No cookie is ever set on these pages. The token in the form is the only authority there is, so no other
site can make a browser act: this is why the routes are free of the token against forgery.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from recruitwatch.accounts.guards import PUBLIC
from recruitwatch.complaints.queries.desks import list_help_numbers
from recruitwatch.complaints.rules.visits import MOST_FILES
from recruitwatch.errors import Message
from recruitwatch.viewing.limits import LARGEST_FILE
from recruitwatch.web.formats import digits
from recruitwatch.web.forms import plain_digits
from recruitwatch.web.request import Session

Errors = Mapping[str, Message]
NO_ERRORS: Errors = MappingProxyType({})

OPEN: dict[str, Any] = {**PUBLIC, "exclude_from_csrf": True}
FORM_LIMIT = 256 * 1024
FILE_LIMIT = LARGEST_FILE + 64 * 1024
MEGABYTES = LARGEST_FILE // (1024 * 1024)
GROUP = 4


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """A help number as it is shown and dialled."""

    name: str
    number: str
    dial: str
    hours: str


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """`token` is that of a draft, `visit` that of a visit with a code."""

    numbers: tuple[Call, ...]
    token: str = ""
    visit: str = ""


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """A field for words. Without a label the question itself is its label."""

    name: str
    value: str
    label: Message | None = None
    rows: int = 1


class Files(msgspec.Struct, frozen=True, kw_only=True):
    """The limits that are told beside the button."""

    most_files: int = MOST_FILES
    most_megabytes: int = MEGABYTES


async def frame_of(session: Session, *, token: str = "", visit: str = "") -> Frame:
    calls = tuple(
        Call(name=one.name, number=one.number, dial=_dial(one.number), hours=one.hours)
        for one in await list_help_numbers(session)
    )
    return Frame(numbers=calls, token=token, visit=visit)


def _dial(number: str) -> str:
    return re.sub(r"[^0-9+*#]", "", plain_digits(number))


def in_groups(code: str) -> tuple[str, ...]:
    return tuple(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def in_own_digits(groups: tuple[str, ...]) -> tuple[str, ...]:
    """The groups as the language of the page writes digits; nothing where that is the same."""
    own = tuple(digits(group) for group in groups)
    return () if own == groups else own
