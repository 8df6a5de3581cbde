"""Contested scorecards for officers: which wait for a decision, one contest, and its documents."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

import msgspec
from litestar import Response, get
from litestar.params import FromPath, FromQuery

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.rules import may
from recruitwatch.accounts.values import Permission
from recruitwatch.actor import Actor
from recruitwatch.db import files
from recruitwatch.errors import N_, Message
from recruitwatch.scorecards import queries
from recruitwatch.scorecards.pages.contested_line import LineWords, lines_of, waiting
from recruitwatch.scorecards.pages.steps import STATE_NAMES
from recruitwatch.scorecards.queries.contested_hands import find_lines_worked_on
from recruitwatch.scorecards.rules.contesting import may_decide
from recruitwatch.scorecards.values.contests import Contest, ContestSummary
from recruitwatch.scorecards.values.issued import IssuedCard
from recruitwatch.scorecards.values.publishing import PreparedCard
from recruitwatch.web.paging import SIZE, Paging, offset, paging
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest
from recruitwatch.web.security import SHOWN_ALONE
from recruitwatch.web.templating import render

READ = needs(Permission.CONTEST_READ)
DECIDED = "decided"
DONE: Mapping[str, str] = {
    "upheld": N_("Decided: the agency was right."),
    "stands": N_("Decided: the line stands."),
    "already": N_("This line was decided already. Nothing was changed."),
}


class ContestsPage(msgspec.Struct, frozen=True, kw_only=True):
    """Open contests by the day they are due, or decided ones, newest first."""

    is_open: bool
    lines: Sequence[ContestSummary]
    paging: Paging
    open: int
    decided: int
    today: date


class ContestPage(msgspec.Struct, frozen=True, kw_only=True):
    """One contest. `state` says where the revision stands that corrects it, if there is one."""

    contest: Contest
    lines: Sequence[LineWords]
    waiting: int
    upheld: int
    may_decide: bool
    is_barred: bool
    own: frozenset[str]
    """Undecided lines that come from what the reader had a hand in."""
    state: tuple[str, str] | None
    today: date
    done: Message | None


@get("/contests", opt=READ)
async def show_contests(
    request: WebRequest,
    session: Session,
    now: Now,
    stands: FromQuery[str] = "",
    page: FromQuery[int] = 1,
) -> Page:
    is_open = stands != DECIDED
    counts = {one: await queries.count_contests(session, is_open=one) for one in (True, False)}
    shown = ContestsPage(
        is_open=is_open,
        lines=await queries.list_contests(
            session, is_open=is_open, limit=SIZE, offset=offset(page)
        ),
        paging=paging("/contests", page, counts[is_open], stands="" if is_open else DECIDED),
        open=counts[True],
        decided=counts[False],
        today=now.date(),
    )
    return render(request, "scorecards/contests.html", shown)


async def read_contest(
    session: Session, contest_id: UUID
) -> tuple[Contest, PreparedCard, IssuedCard]:
    """A contest, and the contested card as everybody reads it and as it was issued."""
    contest = await queries.get_contest(session, contest_id)
    prepared = await queries.get_prepared(session, contest.agency_id, contest.revision)
    issued = await queries.get_issued(session, contest.agency_id, contest.revision)
    return contest, prepared, issued


@get("/contests/{contest_id:uuid}", opt=READ)
async def show_contest(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    contest_id: FromPath[UUID],
    done: FromQuery[str] = "",
) -> Page:
    contest, prepared, issued = await read_contest(session, contest_id)
    lines = lines_of(contest, prepared.card, issued)
    page = ContestPage(
        contest=contest,
        lines=lines,
        waiting=waiting(lines),
        upheld=sum(line.decision is not None and line.decision.upheld for line in lines),
        may_decide=decides(actor, contest),
        is_barred=is_barred(actor, contest),
        own=await _own(session, actor, contest, issued),
        state=await _state(session, contest),
        today=now.date(),
        done=Message(DONE[done]) if done in DONE else None,
    )
    return render(request, "scorecards/contest.html", page)


def decides(actor: Actor, contest: Contest) -> bool:
    return may(actor, Permission.CONTEST_DECIDE) and may_decide(contest, actor.id)


def is_barred(actor: Actor, contest: Contest) -> bool:
    """Whether somebody would decide, had they not had a hand in the card."""
    return may(actor, Permission.CONTEST_DECIDE) and not may_decide(contest, actor.id)


async def _own(
    session: Session, actor: Actor, contest: Contest, issued: IssuedCard
) -> frozenset[str]:
    if not decides(actor, contest):
        return frozenset()
    open_lines = [one.line_id for one in contest.lines if one.decision is None]
    return await find_lines_worked_on(session, actor.id, open_lines, issued)


async def _state(session: Session, contest: Contest) -> tuple[str, str] | None:
    if contest.corrected is None:
        return None
    states = await queries.list_states(session, contest.agency_id, [contest.corrected])
    return STATE_NAMES[states[contest.corrected]]


@get("/contests/{contest_id:uuid}/papers/{paper_id:uuid}", opt=READ)
async def show_paper(
    request: WebRequest, session: Session, contest_id: FromPath[UUID], paper_id: FromPath[UUID]
) -> Response[bytes]:
    """The copy that is safe to look at. What came from the agency itself is kept as evidence and given to
    nobody: it may be hostile."""
    paper = await queries.get_contest_paper(session, contest_id, paper_id)
    folder = request.app.state.settings.files
    content = await asyncio.to_thread(files.read, folder, paper.copy_sha256)
    how = "inline" if paper.media_type.startswith("image/") else "attachment"
    name = f"document-{paper_id.hex[:8]}.{paper.media_type.rpartition('/')[2]}"
    return Response(
        content,
        media_type=paper.media_type,
        headers={
            "Content-Disposition": f'{how}; filename="{name}"',
            "Content-Security-Policy": SHOWN_ALONE,
        },
    )


HANDLERS = (show_contests, show_contest, show_paper)
