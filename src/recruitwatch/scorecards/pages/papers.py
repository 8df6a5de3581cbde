"""The papers of a published card for everybody, and the papers of all valid cards for officers."""

import asyncio
import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from pathlib import Path
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath, FromQuery
from litestar.types import ASGIApp

from recruitwatch.accounts.guards import PUBLIC_READ, needs
from recruitwatch.accounts.values import Permission
from recruitwatch.db import files
from recruitwatch.db.engine import OpenSession
from recruitwatch.db.snapshot import read_snapshot
from recruitwatch.scorecards import queries
from recruitwatch.scorecards.queries.papers import each_current_paper
from recruitwatch.scorecards.values.papers import NoPaper
from recruitwatch.scorecards.values.publishing import CardState
from recruitwatch.web.archive import streamed_zip
from recruitwatch.web.downloads import file_name
from recruitwatch.web.languages import DEFAULT, LANGUAGES, current
from recruitwatch.web.request import Now, Session, WebRequest

PDF = "application/pdf"
ALL = "all"
# A recall changes the file's name, so a copy is asked for again every time; the ETag makes it cheap.
KEEP = "public, no-cache"
UNPRINTED = re.compile(r"[^a-z0-9]+")
LONGEST_LICENCE = 40


@get("/cards/{agency_id:uuid}/{revision:int}/paper.pdf", opt=PUBLIC_READ)
async def give_paper(
    request: WebRequest,
    session: Session,
    agency_id: FromPath[UUID],
    revision: FromPath[int],
    language: FromQuery[str] = "",
) -> Response[bytes]:
    """The paper as it was made on publication, in the language of the address unless another is asked
    for. One that no longer holds says so in its file name."""
    shown = await queries.get_published(session, agency_id, revision)
    paper = await queries.find_paper(session, shown.card_id, language or current.get())
    if paper is None and not language:
        # Cards that were published before papers had languages have one in English.
        paper = await queries.find_paper(session, shown.card_id, DEFAULT)
    if paper is None:
        raise NoPaper
    ending = "" if shown.state is CardState.VALID else f"-{shown.state.value}"
    licence = _plain(shown.licence_no, agency_id)
    name = f"{licence}-revision-{revision}-{paper.language}{ending}.pdf"
    headers = {
        "ETag": f'"{paper.sha256}"',
        "Cache-Control": KEEP,
        "Content-Disposition": f'inline; filename="scorecard-{name}"',
        "Content-Language": paper.language,
    }
    if paper.sha256 in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, media_type=PDF, headers=headers)
    folder = request.app.state.settings.files
    content = await asyncio.to_thread(files.read, folder, paper.sha256)
    return Response(content, media_type=PDF, headers=headers)


@get("/cards/all.zip", opt=needs(Permission.CARD_READ))
async def give_all_papers(request: WebRequest, now: Now, language: FromQuery[str] = "") -> ASGIApp:
    """The papers of all valid cards, by agency, in one language or in all. It reads a state of its own
    while it is sent."""
    chosen = tuple(LANGUAGES) if language == ALL else (language or current.get(),)
    if not set(chosen) <= LANGUAGES.keys():
        raise NoPaper
    folder, open_session = request.app.state.settings.files, request.app.state.open_session
    return streamed_zip(
        _papers(open_session, folder, chosen),
        name=file_name(f"scorecards-{language or chosen[0]}", now.date(), "zip"),
    )


async def _papers(
    open_session: OpenSession, folder: Path, chosen: Sequence[str]
) -> AsyncGenerator[tuple[str, bytes], None]:
    async with (
        read_snapshot(open_session) as session,
        aclosing(each_current_paper(session, chosen)) as found,
    ):
        async for paper in found:
            # The agency's id keeps names apart: licence numbers repeat from register to register.
            licence = _plain(paper.licence_no, None)
            name = f"{licence}{paper.agency_id}-revision-{paper.revision}-{paper.language}.pdf"
            yield name, await asyncio.to_thread(files.read, folder, paper.sha256)


def _plain(licence_no: str | None, agency_id: UUID | None) -> str:
    """The licence number as part of a file name: small letters, digits and hyphens. With an agency it
    stands for it where there is no number; without one it is a beginning that may be empty."""
    licence = UNPRINTED.sub("-", (licence_no or "").lower())[:LONGEST_LICENCE].strip("-")
    if agency_id is not None:
        return licence or str(agency_id)
    return f"{licence}-" if licence else ""


HANDLERS = (give_paper, give_all_papers)
