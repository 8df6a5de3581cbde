"""What handlers ask for: the transaction, the time, who acts; and the form that was sent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from litestar.response import Redirect
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.web.forms import FormReader
from recruitwatch.web.languages import path

WebRequest = Request[Any, Any, Any]
Session = NamedDependency[SkipValidation[AsyncSession]]
Now = NamedDependency[SkipValidation[datetime]]
SignedInActor = NamedDependency[SkipValidation[Actor]]
Page = Response[str]
"""A rendered page."""


async def read_form(request: WebRequest) -> FormReader:
    """The submitted form: last value of a name, and all values for groups of tick boxes."""
    form = await request.form()
    single: dict[str, str] = {}
    lists: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            single[name] = value
            lists.setdefault(name, []).append(value)
    return FormReader(single, lists)


def go_to(address: str, query: Mapping[str, str] | None = None) -> Redirect:
    """See other: the browser asks for the page at `address`, in the same language."""
    return Redirect(path(address), status_code=303, query_params=dict(query) if query else None)
