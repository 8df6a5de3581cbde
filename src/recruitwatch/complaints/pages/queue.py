"""The officers' queue: most urgent first, only what the officer holds."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from litestar import get
from litestar.params import FromQuery

from recruitwatch.accounts.guards import needs, own_key
from recruitwatch.accounts.values import Permission
from recruitwatch.agencies.queries import get_register_version
from recruitwatch.complaints.actions.comparing import compare_again
from recruitwatch.complaints.forms.working import parse_filter
from recruitwatch.complaints.pages.staff_words import (
    CLOCK_COLOURS,
    CLOCKS,
    LIMITS,
    STATES,
    URGENCY,
    URGENCY_COLOURS,
)
from recruitwatch.complaints.queries.cases import count_queue, get_queue_counts, list_queue
from recruitwatch.complaints.queries.looks import list_looks
from recruitwatch.complaints.rules.running import running_clock, state_of_clock
from recruitwatch.complaints.rules.states import ENTERABLE
from recruitwatch.complaints.values.cases import CaseHead
from recruitwatch.complaints.values.clocks import RunningClock
from recruitwatch.complaints.values.codes import Compartment, Urgency
from recruitwatch.complaints.values.desks import NoKey
from recruitwatch.complaints.values.learning import Look
from recruitwatch.complaints.values.queue import QueueCounts, QueueFilter, Which
from recruitwatch.complaints.values.states import State
from recruitwatch.errors import N_, Message
from recruitwatch.web.formats import datetime as written
from recruitwatch.web.languages import gettext, path
from recruitwatch.web.paging import SIZE, Paging, offset, paging
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest
from recruitwatch.web.security import ASKED_FOR_HEAD
from recruitwatch.web.templating import render

READ = needs(Permission.COMPLAINT_READ)

TABS = {
    Which.OPEN: N_("Open"),
    Which.MINE: N_("Mine"),
    Which.OVERDUE: N_("Overdue"),
    Which.UNMATCHED: N_("Agency not found"),
    Which.CLOSED: N_("Closed"),
}
EMPTY = {
    Which.OPEN: N_("No open cases. New ones appear here as soon as they are sent."),
    Which.MINE: N_("No case is yours. Take one from the open cases."),
    Which.OVERDUE: N_("Nothing is overdue."),
    Which.UNMATCHED: N_("An agency is known in every open case."),
    Which.CLOSED: N_("No case is closed yet."),
}
NOTHING_FITS = N_("No case that you may read fits this.")
NOT_REACHED = N_("Nobody has spoken to her yet")
ALL = N_("All")
DONE = {
    "moved_on": N_("Saved. This case is for other readers now, so you no longer see it."),
}

SOMEBODY_FITS = N_("Somebody on record fits now")
CHANGED = N_("The register has changed since it was compared")
NOT_COMPARED = N_("Not compared yet")

Choices = list[tuple[str, str]]


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """A running clock in words."""

    sentence: str
    state: str
    colour: str


class Line(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    reference: str
    urgency: str
    urgency_colour: str
    state: str
    clock: Clock | None
    days: int
    assigned: str
    unread: bool
    protected: bool
    safety: bool
    mark: str
    mark_colour: str
    closed_at: datetime | None


class Tab(msgspec.Struct, frozen=True):
    url: str
    text: str
    current: bool


class Count(msgspec.Struct, frozen=True):
    text: str
    number: int


class QueuePage(msgspec.Struct, frozen=True, kw_only=True):
    tabs: list[Tab]
    counts: list[Count]
    ages: tuple[int, int, int, int]
    lines: list[Line]
    empty: str
    which: str
    urgencies: Choices
    states: Choices
    urgency: str
    stands: str
    reference: str
    paging: Paging
    no_key: str
    done: Message | None


def only_head(request: WebRequest) -> bool:
    """Nobody reads the answer to HEAD, so that it must not be noted as an opening."""
    return bool(request.scope["state"].get(ASKED_FOR_HEAD))


@get("/cases", opt=READ)
async def show_queue(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    which: FromQuery[str] = "",
    urgency: FromQuery[str] = "",
    stands: FromQuery[str] = "",
    reference: FromQuery[str] = "",
    page: FromQuery[int] = 1,
    done: FromQuery[str] = "",
) -> Page:
    wish = parse_filter(which, urgency, stands, reference)
    key = own_key(request)
    if wish.which is Which.UNMATCHED and key is not None and not only_head(request):
        await compare_again(session, actor, request.app.state.vault, private_key=key)
    found = await list_queue(session, actor, wish, now, limit=SIZE, offset=offset(page))
    total = await count_queue(session, actor, wish, now)
    counts = await get_queue_counts(session, actor, now)
    marks = await _marks(session, found) if wish.which is Which.UNMATCHED else {}
    view = QueuePage(
        tabs=_tabs(wish),
        counts=_counts(counts),
        ages=counts.by_age,
        lines=[_line(one, now, marks.get(one.id, ("", ""))) for one in found],
        empty=gettext(NOTHING_FITS if _narrows(wish) else EMPTY[wish.which]),
        which=wish.which.value,
        urgencies=[("", gettext(ALL)), *((one.value, gettext(URGENCY[one])) for one in Urgency)],
        states=[
            ("", gettext(ALL)),
            *((one.value, gettext(STATES[one])) for one in State if one in ENTERABLE),
        ],
        urgency=urgency,
        stands=stands,
        reference=wish.reference,
        paging=paging(
            "/cases", page, total,
            which=wish.which.value, urgency=urgency, stands=stands, reference=wish.reference,
        ),
        no_key=gettext(NoKey.sentence) if key is None else "",
        done=Message(DONE[done]) if done in DONE else None,
    )  # fmt: skip
    return render(request, "complaints/queue.html", view)


def _narrows(wish: QueueFilter) -> bool:
    return bool(wish.urgency or wish.state or wish.reference)


def _tabs(wish: QueueFilter) -> list[Tab]:
    return [
        Tab(f"{path('/cases')}?which={one.value}", gettext(text), one is wish.which)
        for one, text in TABS.items()
    ]


def _counts(counts: QueueCounts) -> list[Count]:
    return [
        *(Count(gettext(URGENCY[one]), counts.by_urgency[one]) for one in Urgency),
        Count(gettext(NOT_REACHED), counts.not_reached),
        Count(gettext(TABS[Which.OVERDUE]), counts.overdue),
    ]


async def _marks(session: Session, found: Sequence[CaseHead]) -> dict[UUID, tuple[str, str]]:
    """What the list of cases without an agency says beside each, and in which colour."""
    version = await get_register_version(session)
    known = await list_looks(session, [one.id for one in found], version=version)
    return {one.id: _mark(known.get(one.id)) for one in found}


def _mark(look: Look | None) -> tuple[str, str]:
    if look is None:
        return gettext(NOT_COMPARED), "blue"
    if look.is_stale:
        return gettext(CHANGED), "blue"
    return (gettext(SOMEBODY_FITS), "green") if look.fits else ("", "")


def _line(head: CaseHead, now: datetime, mark: tuple[str, str] = ("", "")) -> Line:
    return Line(
        id=head.id,
        reference=head.reference,
        urgency=gettext(URGENCY[head.urgency]),
        urgency_colour=URGENCY_COLOURS[head.urgency],
        state=gettext(STATES[head.state]),
        clock=clock_words(running_clock(head, now.tzinfo), now),
        days=max(0, (now - head.filed_at).days),
        assigned=head.assigned_name or "",
        unread=head.unread,
        protected=head.compartment is not Compartment.GENERAL,
        safety=head.safety,
        mark=mark[0],
        mark_colour=mark[1],
        closed_at=head.closed_at,
    )


def clock_words(clock: RunningClock | None, now: datetime) -> Clock | None:
    """What runs out when, and what that asks for."""
    if clock is None:
        return None
    state = state_of_clock(clock, now)
    when = written(clock.due, now.tzinfo) if now.tzinfo else written(clock.due)
    return Clock(
        sentence=gettext(LIMITS[clock.limit]) % {"when": when},
        state=gettext(CLOCKS[state]),
        colour=CLOCK_COLOURS[state],
    )
