"""Work on all cards at once: a round of issuing as a task, and what the daily check found."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import msgspec
from litestar import Response, get, post
from litestar.response import Redirect
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.values import Permission
from recruitwatch.jobs.values import STATE_NAMES
from recruitwatch.scorecards.actions.issuing_all import RECOMPUTE, request_round
from recruitwatch.scorecards.forms.rounds import NewRound, parse_round
from recruitwatch.scorecards.queries.issuing_all import count_agencies, find_check, list_rounds
from recruitwatch.scorecards.rules.rounds import card_day, recent_periods
from recruitwatch.scorecards.values.rounds import CardCheck, Cause, MovedGrade, RoundLine
from recruitwatch.web.forms import Errors
from recruitwatch.web.request import (
    Now,
    Page,
    Session,
    SignedInActor,
    WebRequest,
    go_to,
    read_form,
)
from recruitwatch.web.templating import render

ISSUE = needs(Permission.CARD_ISSUE)
ROUNDS_SHOWN = 10


class PeriodChoice(msgspec.Struct, frozen=True, kw_only=True):
    """A period that can be chosen, with the day its cards are of."""

    name: str
    day: date
    is_over: bool


class WorkPage(msgspec.Struct, frozen=True, kw_only=True):
    agencies: int
    periods: Sequence[PeriodChoice]
    rounds: Sequence[RoundLine]
    state_names: Mapping[str, str]
    check: CardCheck | None
    by_time: Sequence[MovedGrade]
    by_records: Sequence[MovedGrade]
    typed: Mapping[str, str] = {}
    errors: Errors = {}


@get("/cards/work", opt=ISSUE)
async def show_work(request: WebRequest, session: Session, now: Now) -> Page:
    return render(request, "scorecards/work.html", await _page(session, now))


@post("/cards/work", opt=ISSUE, status_code=200)
async def do_start(
    request: WebRequest, session: Session, actor: SignedInActor, now: Now
) -> Response[str] | Redirect:
    form = await read_form(request)
    wanted = parse_round(form, recent_periods(now.date()))
    if not isinstance(wanted, NewRound):
        page = await _page(session, now, typed=form.form, errors=wanted)
        return render(request, "scorecards/work.html", page, status=422)
    job_id = await request_round(
        session, actor, now, period=wanted.period, reason=wanted.reason,
        draft_days=request.app.state.settings.draft_days,
    )  # fmt: skip
    return go_to(f"/jobs/{job_id}?wait=true")


async def _page(
    session: AsyncSession, now: datetime, typed: Mapping[str, str] | None = None,
    errors: Errors | None = None,
) -> WorkPage:  # fmt: skip
    today = now.date()
    check = await find_check(session)
    moved = check.moved if check else ()
    return WorkPage(
        agencies=await count_agencies(session),
        periods=[
            PeriodChoice(name=one.name, day=card_day(one, today), is_over=one.last <= today)
            for one in recent_periods(today)
        ],
        rounds=await list_rounds(session, RECOMPUTE, limit=ROUNDS_SHOWN),
        state_names={state.value: name for state, name in STATE_NAMES.items()},
        check=check,
        by_time=[one for one in moved if one.cause is Cause.TIME],
        by_records=[one for one in moved if one.cause is Cause.RECORDS],
        typed=typed or {},
        errors=errors or {},
    )


HANDLERS = (show_work, do_start)
