"""The card of an agency as everybody reads it: the newest one, older ones, and all of them."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

import msgspec
from litestar import Router, get
from litestar.params import FromPath, FromQuery

from recruitwatch.accounts.guards import PUBLIC_READ
from recruitwatch.agencies.pages.public import ProfilePage, make_profile
from recruitwatch.agencies.pages.words import StatusWords, public_words
from recruitwatch.agencies.queries import get_agency, get_status
from recruitwatch.errors import Message
from recruitwatch.scorecards import queries
from recruitwatch.scorecards.pages import verifying
from recruitwatch.scorecards.pages.public_words import STATES, PublicWords, words_of
from recruitwatch.scorecards.queries.publishing_texts import (
    find_replaced_on,
    get_public_questions,
    list_paper_sums,
)
from recruitwatch.scorecards.rules.reasons import known_reason
from recruitwatch.scorecards.values import Grade, wording
from recruitwatch.scorecards.values.publishing import (
    CardState,
    NoPublicCard,
    PublishedCard,
    PublishedLine,
)
from recruitwatch.web.languages import LANGUAGES
from recruitwatch.web.paging import SIZE, Paging, offset, paging
from recruitwatch.web.request import Now, Page, Session, WebRequest
from recruitwatch.web.templating import render

TREND = 6
"""Revisions in the small table of a card; the rest stand on a page of their own."""


class CardPage(msgspec.Struct, frozen=True, kw_only=True):
    """One published revision, with the licence as it is today."""

    shown: PublishedCard
    words: PublicWords
    why: Message | None
    licence: StatusWords
    today: date
    replaced_on: date | None
    questions: Mapping[str, str]
    trend: list[PublishedLine]
    more: bool
    papers: list[tuple[str, str]]
    """Language and its own name of every paper of the card."""
    grades: Mapping[str, str]
    states: Mapping[str, tuple[str, str]]


class NoCardPage(msgspec.Struct, frozen=True, kw_only=True):
    """An agency without a published card."""

    agency_id: UUID
    agency_name: str
    licence: StatusWords
    today: date


class HistoryPage(msgspec.Struct, frozen=True, kw_only=True):
    """All published revisions of an agency."""

    agency_id: UUID
    agency_name: str
    lines: list[PublishedLine]
    paging: Paging
    grades: Mapping[str, str]
    states: Mapping[str, tuple[str, str]]


class AgencyPage(ProfilePage, frozen=True, kw_only=True):
    """The register's profile of an agency with its newest card, where one is published."""

    published: PublishedCard | None
    grade_word: str
    is_valid: bool


GRADES: Mapping[str, str] = {grade.value: word for grade, word in wording.GRADES.items()}
STATE_TAGS: Mapping[str, tuple[str, str]] = {state.value: tag for state, tag in STATES.items()}


async def _licence(session: Session, agency_id: UUID, now: datetime) -> StatusWords:
    return public_words(await get_status(session, agency_id, now.date()))


async def _show(request: WebRequest, session: Session, shown: PublishedCard, now: datetime) -> Page:
    questions = await get_public_questions(session, shown.card_id)
    trend = await queries.list_published(session, shown.agency_id, limit=TREND + 1)
    replaced = shown.revision != shown.newest_published
    marks = await queries.list_marks(session, shown.card_id, now) if shown.contested else ()
    page = CardPage(
        shown=shown,
        words=words_of(shown.card, questions, marks),
        why=known_reason(shown.reason, corrects=shown.corrects),
        licence=await _licence(session, shown.agency_id, now),
        today=now.date(),
        replaced_on=await find_replaced_on(session, shown.card_id) if replaced else None,
        questions=questions,
        trend=trend[:TREND],
        more=len(trend) > TREND,
        papers=[
            (code, LANGUAGES[code])
            for code in await list_paper_sums(session, shown.card_id)
            if code in LANGUAGES
        ],
        grades=GRADES,
        states=STATE_TAGS,
    )
    return render(request, "public/card.html", page)


@get("/cards/{agency_id:uuid}", opt=PUBLIC_READ)
async def show_newest_card(
    request: WebRequest, session: Session, now: Now, agency_id: FromPath[UUID]
) -> Page:
    """The permanent address of an agency's card."""
    try:
        shown = await queries.get_published(session, agency_id)
    except NoPublicCard:
        agency = await get_agency(session, agency_id)
        page = NoCardPage(
            agency_id=agency_id,
            agency_name=agency.record.legal_name,
            licence=await _licence(session, agency_id, now),
            today=now.date(),
        )
        return render(request, "public/no_card.html", page, status=404)
    return await _show(request, session, shown, now)


@get("/cards/{agency_id:uuid}/{revision:int}", opt=PUBLIC_READ)
async def show_card_revision(
    request: WebRequest,
    session: Session,
    now: Now,
    agency_id: FromPath[UUID],
    revision: FromPath[int],
) -> Page:
    """A published revision for good: it says whether it still holds."""
    return await _show(
        request, session, await queries.get_published(session, agency_id, revision), now
    )


@get("/cards/{agency_id:uuid}/all", opt=PUBLIC_READ)
async def list_cards(
    request: WebRequest, session: Session, agency_id: FromPath[UUID], page: FromQuery[int] = 1
) -> Page:
    agency = await get_agency(session, agency_id)
    total = await queries.count_published(session, agency_id)
    shown = HistoryPage(
        agency_id=agency_id,
        agency_name=agency.record.legal_name,
        lines=await queries.list_published(session, agency_id, limit=SIZE, offset=offset(page)),
        paging=paging(f"/cards/{agency_id}/all", page, total),
        grades=GRADES,
        states=STATE_TAGS,
    )
    return render(request, "public/card_history.html", shown)


@get("/agencies/{agency_id:uuid}", opt=PUBLIC_READ)
async def show_agency(
    request: WebRequest,
    session: Session,
    now: Now,
    agency_id: FromPath[UUID],
    on: FromQuery[str] = "",
) -> Page:
    """The register's profile with the grade of the newest card above it."""
    profile = await make_profile(session, agency_id, now, on)
    try:
        published = await queries.get_published(session, agency_id)
    except NoPublicCard:
        published = None
    page = AgencyPage(
        **msgspec.structs.asdict(profile),
        published=published,
        grade_word=wording.GRADES[published.card.grade if published else Grade.U],
        is_valid=published is not None and published.state is CardState.VALID,
    )
    return render(request, "scorecards/profile.html", page, status=422 if page.errors else 200)


public_card_pages = Router(
    "/",
    route_handlers=[
        show_newest_card,
        show_card_revision,
        list_cards,
        show_agency,
        *verifying.HANDLERS,
    ],
)
