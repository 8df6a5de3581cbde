"""The figures of national law: what is in force, how each came about, and setting one."""

from collections.abc import Mapping
from datetime import datetime

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.values import Permission
from recruitwatch.checklists import queries
from recruitwatch.checklists.actions import set_parameter
from recruitwatch.checklists.forms import ParameterForm, parse_parameter
from recruitwatch.checklists.pages.words import Text, figure, in_english, parameter_name
from recruitwatch.checklists.rules import items_with_paths
from recruitwatch.checklists.values import (
    Checklist,
    Parameter,
    ParameterSetting,
    ParameterType,
    ParameterUnknown,
    ParameterValue,
    Reference,
    Vocabulary,
)
from recruitwatch.web import languages
from recruitwatch.web.forms import Errors
from recruitwatch.web.paging import SIZE, Paging, offset, paging
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

SETTER = needs(Permission.PARAMETER_SET)


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """An item that is compared with a figure."""

    id: str
    url: str
    text: Text


class ParameterView(msgspec.Struct, frozen=True, kw_only=True):
    """`figure` is none when nothing is in force; `set_at` when the ministry has not set it."""

    name: str
    label: str
    note: Text
    money: bool
    figure: str | None
    set_at: datetime | None
    set_by_name: str | None
    questions: tuple[Question, ...]


class ParametersPage(msgspec.Struct, frozen=True, kw_only=True):
    parameters: tuple[ParameterView, ...]
    unset: int


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    figure: str | None
    reason: str
    set_at: datetime
    set_by_name: str | None


class ParameterPage(msgspec.Struct, frozen=True, kw_only=True):
    parameter: ParameterView
    history: tuple[Setting, ...]
    paging: Paging
    saved: bool
    typed: Mapping[str, str] = {}
    errors: Errors = {}


@get("/parameters", opt=SETTER)
async def show_parameters(request: WebRequest, session: Session) -> Page:
    vocabulary = await queries.get_newest_vocabulary(session)
    views = await _views(session, vocabulary)
    page = ParametersPage(parameters=views, unset=sum(one.figure is None for one in views))
    return render(request, "checklists/parameters.html", page)


@get("/parameters/{name:str}", opt=SETTER)
async def show_parameter(
    request: WebRequest,
    session: Session,
    name: FromPath[str],
    page: FromQuery[int] = 1,
    saved: FromQuery[bool] = False,
) -> Page:
    _, vocabulary = await _parameter(session, name)
    shown = await _page(session, vocabulary, name, number=page, saved=saved)
    return render(request, "checklists/parameter.html", shown)


@post("/parameters/{name:str}", opt=SETTER, status_code=200)
async def do_set_parameter(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now, name: FromPath[str]
) -> Response[str] | Redirect:
    parameter, vocabulary = await _parameter(session, name)
    reader = await read_form(request)
    parsed = parse_parameter(reader, parameter)
    if isinstance(parsed, ParameterForm):
        await set_parameter(
            session,
            actor,
            now,
            name=name,
            amount=parsed.amount,
            currency=parsed.currency,
            reason=parsed.reason,
        )
        return go_to(f"/parameters/{name}", {"saved": "true"})
    shown = await _page(session, vocabulary, name, typed=reader.form, errors=parsed)
    return render(request, "checklists/parameter.html", shown, status=422)


async def _parameter(session: Session, name: str) -> tuple[Parameter, Vocabulary]:
    vocabulary = await queries.get_newest_vocabulary(session)
    for one in vocabulary.parameters:
        if one.name == name:
            return one, vocabulary
    raise ParameterUnknown


async def _page(
    session: Session,
    vocabulary: Vocabulary,
    name: str,
    *,
    number: int = 1,
    saved: bool = False,
    typed: Mapping[str, str] | None = None,
    errors: Errors | None = None,
) -> ParameterPage:
    views = await _views(session, vocabulary)
    history = await queries.list_parameter_history(session, name, SIZE, offset(number))
    total = await queries.count_parameter_history(session, name)
    return ParameterPage(
        parameter=next(one for one in views if one.name == name),
        history=tuple(
            Setting(
                figure=None if one.value is None else figure(one.value),
                reason=one.reason,
                set_at=one.set_at,
                set_by_name=one.set_by_name,
            )
            for one in history
        ),
        paging=paging(f"/parameters/{name}", number, total),
        saved=saved,
        typed=typed or {},
        errors=errors or {},
    )


async def _views(session: Session, vocabulary: Vocabulary) -> tuple[ParameterView, ...]:
    values = await queries.get_parameters(session, vocabulary=vocabulary)
    latest = {one.name: one for one in await queries.list_latest_settings(session)}
    questions = _questions(await queries.list_newest(session))
    return tuple(
        _view(one, values[one.name], latest.get(one.name), questions.get(one.name, ()))
        for one in vocabulary.parameters
    )


def _view(
    parameter: Parameter,
    value: ParameterValue | None,
    latest: ParameterSetting | None,
    questions: tuple[Question, ...],
) -> ParameterView:
    in_force = latest if latest is not None and latest.value is not None else None
    return ParameterView(
        name=parameter.name,
        label=parameter_name(parameter.name),
        note=in_english(parameter.note),
        money=parameter.type is ParameterType.MONEY,
        figure=None if value is None else figure(value),
        set_at=in_force.set_at if in_force else None,
        set_by_name=in_force.set_by_name if in_force else None,
        questions=questions,
    )


def _questions(lists: list[Checklist]) -> dict[str, tuple[Question, ...]]:
    """The items of the newest lists that are compared with each figure."""
    found: dict[str, tuple[Question, ...]] = {}
    for checklist in lists:
        for _, item in items_with_paths(checklist):
            value = item.answer.compliant.value if item.answer.compliant else None
            if isinstance(value, Reference) and value.param is not None:
                url = languages.path(f"/checklists/{checklist.id}") + f"#{item.id}"
                one = Question(id=item.id, url=url, text=in_english(item.text))
                found[value.param] = (*found.get(value.param, ()), one)
    return found


HANDLERS = (show_parameters, show_parameter, do_set_parameter)
