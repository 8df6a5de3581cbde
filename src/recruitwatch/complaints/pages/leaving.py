"""Pages: the way out, which always works, and the calendar where it leads."""

import calendar
from datetime import date

import msgspec
from babel.dates import get_day_names
from litestar import Response, get, post
from litestar.exceptions import HTTPException
from litestar.response import Redirect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from recruitwatch.accounts.guards import PUBLIC_READ
from recruitwatch.complaints.actions.drafting import leave_draft
from recruitwatch.complaints.actions.following import end_visit
from recruitwatch.complaints.pages.frames import FORM_LIMIT, OPEN
from recruitwatch.errors import RecruitwatchError
from recruitwatch.web.languages import current, locale, path
from recruitwatch.web.request import Now, Page, Session, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

WEEK = 7
# The language alone does not say on which day its readers begin a week.
COUNTRIES = {"bn": "bn_BD", "ar": "ar_EG", "en": "en_GB"}
ONLY_POST = (
    "/help/start", "/help/step", "/help/paper", "/help/send", "/help/delete", "/help/code",
    "/help/case", "/help/message", "/help/file", "/help/danger", "/help/withdraw", "/help/leave",
)  # fmt: skip


class CalendarPage(msgspec.Struct, frozen=True, kw_only=True):
    """`weeks` hold days of the month, 0 where a week reaches over its edge."""

    month: date
    today: int
    weekdays: tuple[tuple[str, str], ...]
    weeks: tuple[tuple[int, ...], ...]


def _out() -> Redirect:
    return Redirect(path("/calendar"), status_code=303, headers={"Clear-Site-Data": '"cache"'})


def leave_anyway(_request: WebRequest, _problem: Exception) -> Response[None] | Redirect:
    """Whatever fails behind it, the page is left."""
    return _out()


# Named one by one: a handler of the application for a narrower kind would go before that for any.
WHATEVER_FAILS: tuple[type[Exception], ...] = (
    Exception,
    RecruitwatchError,
    HTTPException,
    DBAPIError,
    PoolTimeout,
    ConnectionError,
)


@post(
    "/help/leave",
    opt=OPEN,
    status_code=200,
    request_max_body_size=FORM_LIMIT,
    exception_handlers=dict.fromkeys(WHATEVER_FAILS, leave_anyway),
)
async def leave(request: WebRequest, session: Session, now: Now) -> Redirect:
    """End the visit and what going back would show, and show something that nobody minds."""
    form = await read_form(request)
    vault, visit, token = request.app.state.vault, form.form.get("v", ""), form.form.get("t", "")
    if visit:
        await end_visit(session, vault, token=visit)
    if token:
        await leave_draft(session, now, vault, token=token, forget=form.flag("forget"))
    return _out()


@get(list(ONLY_POST), opt=OPEN)
async def first_page_instead() -> Redirect:
    """These addresses take forms only; who loads one starts at the first page."""
    return go_to("/help")


@get("/calendar", opt=PUBLIC_READ)
async def this_month(request: WebRequest, now: Now) -> Page:
    today = now.date()
    first = locale(COUNTRIES[current.get()]).first_week_day
    letters = get_day_names("narrow", locale=current.get())
    names = get_day_names("wide", locale=current.get())
    days = [(first + day) % WEEK for day in range(WEEK)]
    page = CalendarPage(
        month=today,
        today=today.day,
        weekdays=tuple((letters[day], names[day]) for day in days),
        weeks=tuple(
            tuple(week)
            for week in calendar.Calendar(first).monthdayscalendar(today.year, today.month)
        ),
    )
    return render(request, "help/calendar.html", page)
