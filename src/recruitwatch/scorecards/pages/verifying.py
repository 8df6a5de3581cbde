"""The page that a card's QR code leads to: whether the card still holds, and whether a copy is the same."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath

from recruitwatch.accounts.guards import PUBLIC
from recruitwatch.errors import N_
from recruitwatch.scorecards import queries
from recruitwatch.scorecards.pages.public_words import STATES
from recruitwatch.scorecards.queries.publishing_texts import find_replaced_on, list_paper_sums
from recruitwatch.scorecards.rules.checking import fingerprint, fingerprints_of
from recruitwatch.scorecards.values import wording
from recruitwatch.scorecards.values.publishing import NoPublicCard, PublishedCard
from recruitwatch.web.forms import Errors, FormReader
from recruitwatch.web.languages import LANGUAGES
from recruitwatch.web.request import Page, Session, WebRequest
from recruitwatch.web.templating import render

FILE_LIMIT = 5 * 1024 * 1024
LONGEST = 200
NOTHING = N_("Write a SHA-256, or choose a file.")
NO_SHA256 = N_("A SHA-256 has 64 characters, only digits and the letters a to f.")


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What a copy is: the card's data, its paper in a language, or something else."""

    sha256: str
    is_card: bool
    paper: str | None


class VerifyPage(msgspec.Struct, frozen=True, kw_only=True):
    """A published card, and what came of comparing. `shown` is empty if there is no such card."""

    card_id: UUID
    shown: PublishedCard | None
    grade_word: str
    state: tuple[str, str]
    replaced_on: date | None
    papers: Mapping[str, str]
    """Language to SHA-256."""
    languages: Mapping[str, str]
    """Every language's own name."""
    typed: str = ""
    comparison: Comparison | None = None
    errors: Errors = {}


async def _page(session: Session, card_id: UUID) -> VerifyPage:
    try:
        shown = await queries.get_published_by_card(session, card_id)
    except NoPublicCard:
        return VerifyPage(
            card_id=card_id,
            shown=None,
            grade_word="",
            state=("", ""),
            replaced_on=None,
            papers={},
            languages=LANGUAGES,
        )
    replaced = shown.revision != shown.newest_published
    return VerifyPage(
        card_id=card_id,
        shown=shown,
        grade_word=wording.GRADES[shown.card.grade],
        state=STATES[shown.state],
        replaced_on=await find_replaced_on(session, card_id) if replaced else None,
        papers=await list_paper_sums(session, card_id),
        languages=LANGUAGES,
    )


def _answer(request: WebRequest, page: VerifyPage) -> Page:
    status = 404 if page.shown is None else 422 if page.errors else 200
    return render(request, "public/verify.html", page, status=status)


@get("/verify/{card_id:uuid}", opt=PUBLIC)
async def show_verify(request: WebRequest, session: Session, card_id: FromPath[UUID]) -> Page:
    return _answer(request, await _page(session, card_id))


@post("/verify/{card_id:uuid}", opt=PUBLIC, status_code=200, request_max_body_size=FILE_LIMIT)
async def do_verify(request: WebRequest, session: Session, card_id: FromPath[UUID]) -> Page:
    """Compare a file, or a SHA-256 typed, with what was published."""
    page = await _page(session, card_id)
    form = await request.form()
    typed, file = form.get("sha256"), form.get("file")
    reader = FormReader({"sha256": typed if isinstance(typed, str) else ""})
    text = reader.text("sha256", longest=LONGEST)
    if isinstance(file, UploadFile) and file.filename:
        found = fingerprints_of(await file.read())
    else:
        found = _typed(text, reader)
    return _answer(
        request,
        msgspec.structs.replace(
            page,
            typed=text,
            errors=reader.errors,
            comparison=_compare(page, found) if found and page.shown else None,
        ),
    )


def _typed(text: str, reader: FormReader) -> tuple[str, ...]:
    if not text:
        reader.refuse("sha256", NOTHING)
        return ()
    sha256 = fingerprint(text)
    if sha256 is None:
        reader.refuse("sha256", NO_SHA256)
        return ()
    return (sha256,)


def _compare(page: VerifyPage, found: tuple[str, ...]) -> Comparison:
    papers = {sha256: language for language, sha256 in page.papers.items()}
    return Comparison(
        sha256=found[0],
        is_card=page.shown is not None and page.shown.sha256 in found,
        paper=next((papers[one] for one in found if one in papers), None),
    )


HANDLERS = (show_verify, do_verify)
