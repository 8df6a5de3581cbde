"""What every page of a worker has: the help numbers, and the token that stands in its forms.

No cookie is ever set on these pages. The token in the form is the only authority there is, so no other
site can make a browser act: this is why the routes are free of the token against forgery.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import msgspec
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.guards import PUBLIC
from recruitwatch.complaints.queries.desks import list_help_numbers
from recruitwatch.complaints.rules.visits import MOST_FILES
from recruitwatch.errors import Message
from recruitwatch.viewing.limits import LARGEST_FILE
from recruitwatch.web.formats import digits
from recruitwatch.web.forms import FormReader, plain_digits
from recruitwatch.web.request import Session, WebRequest, read_form

Errors = Mapping[str, Message]
NO_ERRORS: Errors = MappingProxyType({})

OPEN: dict[str, Any] = {**PUBLIC, "exclude_from_csrf": True}
FORM_LIMIT = 256 * 1024
FILE_LIMIT = LARGEST_FILE + 64 * 1024
MEGABYTES = LARGEST_FILE // (1024 * 1024)
GROUP = 4
LONGEST_TYPED = 60


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
    """The limits that are told beside the button. `once` is the number of this page: what is sent with it
    a second time is the same thing."""

    once: str

    most_files: int = MOST_FILES
    most_megabytes: int = MEGABYTES


async def frame_of(
    request: WebRequest, session: Session, *, token: str = "", visit: str = ""
) -> Frame:
    """With the numbers as they are now, which are remembered for pages that cannot ask for them."""
    numbers = await list_calls(session)
    request.app.state.help_frame = Frame(numbers=numbers)
    return Frame(numbers=numbers, token=token, visit=visit)


async def list_calls(session: AsyncSession) -> tuple[Call, ...]:
    return tuple(
        Call(name=one.name, number=one.number, dial=_dial(one.number), hours=one.hours)
        for one in await list_help_numbers(session)
    )


async def know_frame(request: WebRequest) -> None:
    """Before anything that can fail: a page that failed shows the help numbers, too, and its way out ends
    what is under way. Leaving itself never waits for this."""
    state = request.app.state
    if request.scope["path"].endswith("/leave"):
        return
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        remember_tokens(request, await read_form(request))
    if state.get("help_frame") is not None:
        return
    try:
        async with state.open_session() as session:
            state.help_frame = Frame(numbers=await list_calls(session))
    except (DBAPIError, PoolTimeout, ConnectionError):
        return


def remember_tokens(request: WebRequest, form: FormReader) -> None:
    request.scope["state"]["help_frame"] = msgspec.structs.replace(
        last_frame(request), token=form.form.get("t", ""), visit=form.form.get("v", "")
    )


def last_frame(request: WebRequest) -> Frame:
    """With the numbers that were shown last, and the tokens of this request's form."""
    found = request.scope["state"].get("help_frame") or request.app.state.get("help_frame")
    return found if isinstance(found, Frame) else Frame(numbers=())


def _dial(number: str) -> str:
    return re.sub(r"[^0-9+*#]", "", plain_digits(number))


def in_groups(code: str) -> tuple[str, ...]:
    return tuple(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def in_own_digits(groups: tuple[str, ...]) -> tuple[str, ...]:
    """The groups as the language of the page writes digits; nothing where that is the same."""
    own = tuple(digits(group) for group in groups)
    return () if own == groups else own
