"""What an agency contested: all of it, one contest with its decisions, and its own documents."""

import asyncio
from collections.abc import Mapping
from datetime import date, datetime
from urllib.parse import quote
from uuid import UUID

import msgspec
from litestar import Response, get
from litestar.params import FromPath, FromQuery

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.values import Permission
from recruitwatch.db import files
from recruitwatch.errors import N_, Message
from recruitwatch.portal.pages.own import get_handed
from recruitwatch.portal.pages.words import LineWords, contested_words
from recruitwatch.scorecards import queries as cards_queries
from recruitwatch.scorecards.queries.publishing_texts import get_public_questions
from recruitwatch.scorecards.values import wording
from recruitwatch.scorecards.values.contests import (
    ContestedLine,
    ContestPaper,
    ContestSummary,
    Ground,
)
from recruitwatch.web.paging import SIZE, Paging, offset, paging
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest
from recruitwatch.web.templating import render

PLACE = needs(Permission.AGENCY_PLACE)
DONE: Mapping[str, str] = {
    "filed": N_(
        "We have received it. The card shows from now on that these lines are contested. This page is "
        "your receipt: keep its reference."
    ),
}


class ContestsPage(msgspec.Struct, frozen=True, kw_only=True):
    contests: list[ContestSummary]
    paging: Paging


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """How a line was decided: never who decided, and nothing of the records it was compared with."""

    upheld: bool
    reason: str
    on_date: date


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A contested line. `cost`: its points when it was contested."""

    words: LineWords
    cost: float | None
    ground: str
    reason: str
    decided: Decided | None


class ContestPage(msgspec.Struct, frozen=True, kw_only=True):
    """One contest of the own agency. `corrected`: the revision that puts upheld lines right."""

    id: UUID
    revision: int
    filed_by_name: str
    filed_at: datetime
    due_on: date
    lines: list[Line]
    papers: tuple[ContestPaper, ...]
    waiting: int
    corrected: int | None
    done: Message | None


@get("/agency/contests", opt=PLACE)
async def list_own_contests(
    request: WebRequest, session: Session, actor: SignedInActor, page: FromQuery[int] = 1
) -> Page:
    own = actor.own_agency
    total = await cards_queries.count_contests(session, agency_id=own)
    view = ContestsPage(
        contests=await cards_queries.list_contests(
            session, agency_id=own, limit=SIZE, offset=offset(page)
        ),
        paging=paging("/agency/contests", page, total),
    )
    return render(request, "portal/contests.html", view)


@get("/agency/contests/{contest_id:uuid}", opt=PLACE)
async def show_own_contest(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    contest_id: FromPath[UUID],
    done: FromQuery[str] = "",
) -> Page:
    contest = await cards_queries.get_contest(session, contest_id, agency_id=actor.own_agency)
    handed = await get_handed(session, actor, contest.revision)
    questions = await get_public_questions(session, contest.card_id)
    ids = [line.line_id for line in contest.lines]
    words = contested_words(handed.prepared.card, questions, ids)
    sentence = DONE.get(done)
    page = ContestPage(
        id=contest.id,
        revision=contest.revision,
        filed_by_name=contest.filed_by_name,
        filed_at=contest.filed_at,
        due_on=contest.due_on,
        lines=[_line(one, words[one.line_id], now) for one in contest.lines],
        papers=contest.papers,
        waiting=sum(one.decision is None for one in contest.lines),
        corrected=contest.corrected,
        done=Message(sentence) if sentence else None,
    )
    return render(request, "portal/contest.html", page)


def _line(line: ContestedLine, words: LineWords, now: Now) -> Line:
    decision = line.decision
    return Line(
        words=words,
        cost=line.points,
        ground=wording.GROUNDS[Ground(line.ground)],
        reason=line.reason,
        decided=Decided(
            upheld=decision.upheld,
            reason=decision.reason,
            on_date=decision.decided_at.astimezone(now.tzinfo).date(),
        )
        if decision
        else None,
    )


@get("/agency/contests/{contest_id:uuid}/documents/{paper_id:uuid}", opt=PLACE)
async def download_own_document(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    contest_id: FromPath[UUID],
    paper_id: FromPath[UUID],
) -> Response[bytes]:
    """The document as the agency sent it, always as a download."""
    await cards_queries.get_contest(session, contest_id, agency_id=actor.own_agency)
    paper = await cards_queries.get_contest_paper(session, contest_id, paper_id)
    folder = request.app.state.settings.files
    content = await asyncio.to_thread(files.read, folder, paper.sha256)
    disposition = f"attachment; filename*=UTF-8''{quote(paper.file_name)}"
    return Response(
        content, media_type=paper.media_type, headers={"Content-Disposition": disposition}
    )


HANDLERS = (list_own_contests, show_own_contest, download_own_document)
