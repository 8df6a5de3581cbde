"""Contesting chosen lines of a card: a ground and a reason for each, then all of it once more with the
documents, and only then it is sent. Nothing is kept before that."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from recruitwatch.accounts.guards import needs
from recruitwatch.accounts.values import Permission
from recruitwatch.actor import Actor
from recruitwatch.errors import N_, Message
from recruitwatch.portal import queries
from recruitwatch.portal.forms import check_papers, paper_name, parse_lines, refuse_papers
from recruitwatch.portal.pages.cards import card_page
from recruitwatch.portal.pages.own import Handed, get_handed
from recruitwatch.portal.pages.words import GROUND_HINTS, LineWords, contested_words
from recruitwatch.scorecards.actions.contesting import file_contest
from recruitwatch.scorecards.queries import get_contest
from recruitwatch.scorecards.queries.publishing_texts import get_public_questions
from recruitwatch.scorecards.rules.contesting import NO_LINE, decide_until, state_refusal
from recruitwatch.scorecards.values import wording
from recruitwatch.scorecards.values.contests import (
    LONGEST_TEXT,
    MOST_PAPERS,
    LineContested,
    NewContest,
    NewContestLine,
    NewPaper,
    PapersRefused,
)
from recruitwatch.viewing.limits import LARGEST_FILE, MOST_PAGES
from recruitwatch.web.forms import Errors, FormReader
from recruitwatch.web.request import Now, Page, Session, SignedInActor, WebRequest, go_to, read_form
from recruitwatch.web.templating import render

PLACE = needs(Permission.AGENCY_PLACE)
MEGABYTE = 1024 * 1024
MOST_TOGETHER = 24
"""Megabytes of all documents of one contest: the whole form may have 25 (`app.FORM_LIMIT`)."""
LINES_GONE = N_(
    "A colleague has contested one of these lines in the meantime. It is left out now. Check the others "
    "and send again."
)
SEND, CHANGE = "send", "change"
"""What the form may be sent with in `go`; without either it is shown once more to be checked."""


class ContestForm(msgspec.Struct, frozen=True, kw_only=True):
    """The form for the chosen lines."""

    handed: Handed
    lines: list[LineWords]
    grounds: list[tuple[str, str, str]]
    typed: Mapping[str, str]
    decided_until: date
    longest: int
    errors: Errors = {}


class CheckPage(msgspec.Struct, frozen=True, kw_only=True):
    """What will be sent, line by line, and the documents to add."""

    handed: Handed
    lines: list[tuple[LineWords, str, NewContestLine]]
    most_papers: int
    most_pages: int
    megabytes_each: int
    megabytes_together: int
    errors: Errors = {}


async def _choose(
    session: Session, actor: Actor, handed: Handed, line_ids: Sequence[str]
) -> list[LineWords]:
    """Those of the chosen lines that are on the card and not contested yet."""
    card, card_id = handed.prepared.card, handed.prepared.card_id
    contested = await queries.list_own_lines(session, actor.own_agency, card_id)
    free = [one for one in dict.fromkeys(line_ids) if one not in contested]
    return list(contested_words(card, await get_public_questions(session, card_id), free).values())


def _form(
    handed: Handed, lines: list[LineWords], until: date, reader: FormReader | None = None
) -> ContestForm:
    return ContestForm(
        handed=handed,
        lines=lines,
        grounds=[(one.value, wording.GROUNDS[one], GROUND_HINTS[one]) for one in wording.GROUNDS],
        typed=dict(reader.form) if reader else {},
        decided_until=until,
        longest=LONGEST_TEXT,
        errors=reader.errors if reader else {},
    )


def _check(
    handed: Handed, lines: list[LineWords], new: Sequence[NewContestLine], errors: Errors
) -> CheckPage:
    return CheckPage(
        handed=handed,
        lines=[
            (line, wording.GROUNDS[one.ground], one) for line, one in zip(lines, new, strict=True)
        ],
        most_papers=MOST_PAPERS,
        most_pages=MOST_PAGES,
        megabytes_each=LARGEST_FILE // MEGABYTE,
        megabytes_together=MOST_TOGETHER,
        errors=errors,
    )


async def _card_again(
    request: WebRequest, session: Session, actor: Actor, revision: int, line_ids: Sequence[str]
) -> Page:
    """The card once more, because nothing on it was chosen that can be contested."""
    page = await card_page(session, actor, revision)
    fault = page.refusal or Message(LineContested.sentence if line_ids else NO_LINE)
    again = msgspec.structs.replace(page, errors={"line": fault})
    return render(request, "portal/card.html", again, status=422)


@get("/agency/cards/{revision:int}/contest", opt=PLACE)
async def show_contesting(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    revision: FromPath[int],
    line: FromQuery[list[str] | None] = None,
) -> Page:
    handed = await get_handed(session, actor, revision)
    chosen = line or []
    lines = await _choose(session, actor, handed, chosen)
    if not lines or state_refusal(handed.state):
        return await _card_again(request, session, actor, revision, chosen)
    until = decide_until(now.date())
    return render(request, "portal/contest_form.html", _form(handed, lines, until))


@post("/agency/cards/{revision:int}/contest", opt=PLACE, status_code=200)
async def do_contest(
    request: WebRequest,
    session: Session,
    actor: SignedInActor,
    now: Now,
    revision: FromPath[int],
) -> Response[str] | Redirect:
    """Everything is checked before anything is written: a page that is shown again leaves nothing."""
    handed = await get_handed(session, actor, revision)
    reader = await read_form(request)
    chosen, go = reader.lists.get("line", []), reader.form.get("go")
    lines = await _choose(session, actor, handed, chosen)
    if go == SEND and not lines:
        known = await _sent_before(session, actor, handed, chosen, reader)
        if known is not None:
            return go_to(f"/agency/contests/{known}", {"done": "filed"})
    if not lines or state_refusal(handed.state):
        return await _card_again(request, session, actor, revision, chosen)
    if len(lines) < len(set(chosen)):
        reader.refuse("", LINES_GONE)
    new = None if go == CHANGE else parse_lines(reader, [one.id for one in lines])
    if not isinstance(new, tuple):
        page = _form(handed, lines, decide_until(now.date()), reader)
        return render(
            request, "portal/contest_form.html", page, status=422 if reader.errors else 200
        )
    if go == SEND:
        contest_id = await _send(request, session, actor, now, revision, new, reader)
        if contest_id is not None:
            return go_to(f"/agency/contests/{contest_id}", {"done": "filed"})
    view = _check(handed, lines, new, reader.errors)
    return render(request, "portal/contest_check.html", view, status=422 if reader.errors else 200)


async def _sent_before(
    session: Session, actor: Actor, handed: Handed, line_ids: Sequence[str], reader: FormReader
) -> UUID | None:
    """The contest that says the same to the letter: its form was sent once more, since no answer came."""
    own = await queries.list_own_lines(session, actor.own_agency, handed.prepared.card_id)
    sent = parse_lines(reader, list(dict.fromkeys(line_ids)))
    found = {own[one].contest_id for one in line_ids if one in own}
    if not isinstance(sent, tuple) or len(found) != 1:
        return None
    contest = await get_contest(session, *found, agency_id=actor.own_agency)
    kept = {(one.line_id, one.ground, one.reason) for one in contest.lines}
    same = kept == {(one.line_id, one.ground, one.reason) for one in sent}
    return contest.id if same else None


async def _send(
    request: WebRequest,
    session: Session,
    actor: Actor,
    now: Now,
    revision: int,
    lines: tuple[NewContestLine, ...],
    reader: FormReader,
) -> UUID | None:
    """The contest that was filed; None where documents cannot be added, which the reader then says."""
    papers = await _papers(request)
    check_papers(reader, papers)
    if reader.errors:
        return None
    new = NewContest(lines=lines, papers=tuple(papers))
    folder = request.app.state.settings.files
    try:
        return await file_contest(session, actor, now, folder, revision=revision, new=new)
    except PapersRefused as problem:
        refuse_papers(reader, problem.refused)
        return None


async def _papers(request: WebRequest) -> list[NewPaper]:
    """The documents that were chosen, none read further than one byte past the largest that is taken."""
    form = await request.form()
    return [
        NewPaper(file_name=paper_name(one.filename), content=await one.read(LARGEST_FILE + 1))
        for one in form.getall("documents", [])
        if isinstance(one, UploadFile) and one.filename
    ]


HANDLERS = (show_contesting, do_contest)
