"""Published cards for machines: the frozen card, letter by letter, with where it stands today."""

import hashlib
from datetime import date, datetime
from uuid import UUID

import msgspec
from litestar import Response, Router, get
from litestar.enums import MediaType
from litestar.params import FromPath

from recruitwatch.accounts.guards import PUBLIC_READ
from recruitwatch.scorecards import queries
from recruitwatch.scorecards.queries.publishing_texts import (
    find_replaced_on,
    get_public_text,
    list_paper_sums,
)
from recruitwatch.scorecards.values.contests import ContestMark
from recruitwatch.scorecards.values.publishing import CardState, PublishedCard
from recruitwatch.web.request import Now, Session, WebRequest

# A recall or a contest must be seen at once, so a copy is asked for again every time; the ETag makes it
# cheap.
KEEP = "public, no-cache"


class CardAddresses(msgspec.Struct, frozen=True, kw_only=True):
    """`newest` is the permanent one of the agency; the others are of this revision."""

    newest: str
    page: str
    data: str
    verify: str


class CardAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """`card` stands last and is the frozen text itself: `sha256` is taken of it as it stands.
    `contested` are the marks of its lines as they stand now."""

    agency_id: UUID
    agency_name: str
    licence_no: str | None
    card_id: UUID
    revision: int
    newest_published: int
    state: CardState
    issued_on: date
    published_on: date
    replaced_on: date | None
    recalled_on: date | None
    recall_reason: str
    reason: str
    corrects: bool
    replies: tuple[str, ...]
    contested: tuple[ContestMark, ...]
    addresses: CardAddresses
    papers: dict[str, str]
    sha256: str
    card: msgspec.Raw


async def _answer(
    request: WebRequest, session: Session, now: datetime, shown: PublishedCard
) -> Response[bytes]:
    page = f"/cards/{shown.agency_id}"
    marks = await queries.list_marks(session, shown.card_id, now) if shown.contested else ()
    replaced = shown.revision != shown.newest_published
    own = CardAnswer(
        agency_id=shown.agency_id,
        agency_name=shown.agency_name,
        licence_no=shown.licence_no,
        card_id=shown.card_id,
        revision=shown.revision,
        newest_published=shown.newest_published,
        state=shown.state,
        issued_on=shown.issued_on,
        published_on=shown.published_on,
        replaced_on=await find_replaced_on(session, shown.card_id) if replaced else None,
        recalled_on=shown.recalled_on,
        recall_reason=shown.recall_reason,
        reason=shown.reason,
        corrects=shown.corrects,
        replies=shown.replies,
        contested=tuple(marks),
        addresses=CardAddresses(
            newest=page,
            page=f"{page}/{shown.revision}",
            data=f"/api{page}/{shown.revision}",
            verify=f"/verify/{shown.card_id}",
        ),
        papers=await list_paper_sums(session, shown.card_id),
        sha256=shown.sha256,
        card=msgspec.Raw((await get_public_text(session, shown.card_id)).encode()),
    )
    body = msgspec.json.encode(own)
    tag = hashlib.sha256(body).hexdigest()
    headers = {"ETag": f'"{tag}"', "Cache-Control": KEEP}
    if tag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, media_type=MediaType.JSON, headers=headers)
    return Response(body, media_type=MediaType.JSON, headers=headers)


@get("/api/cards/{agency_id:uuid}", opt=PUBLIC_READ)
async def newest_card_as_json(
    request: WebRequest, session: Session, now: Now, agency_id: FromPath[UUID]
) -> Response[bytes]:
    """The newest published card; it may be a recalled one."""
    return await _answer(request, session, now, await queries.get_published(session, agency_id))


@get("/api/cards/{agency_id:uuid}/{revision:int}", opt=PUBLIC_READ)
async def card_as_json(
    request: WebRequest,
    session: Session,
    now: Now,
    agency_id: FromPath[UUID],
    revision: FromPath[int],
) -> Response[bytes]:
    shown = await queries.get_published(session, agency_id, revision)
    return await _answer(request, session, now, shown)


scorecards_api = Router("/", route_handlers=[newest_card_as_json, card_as_json])
