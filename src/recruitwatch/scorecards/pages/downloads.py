"""The published cards as files: of every agency the one that is valid today, as it was frozen.

The names of columns are for programs and are not translated; docs/downloads.md describes them.
"""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from datetime import date
from uuid import UUID

import msgspec
from litestar import get
from litestar.types import ASGIApp

from recruitwatch.accounts.guards import PUBLIC_READ
from recruitwatch.db.engine import OpenSession
from recruitwatch.db.snapshot import read_snapshot
from recruitwatch.scorecards.queries import each_published
from recruitwatch.scorecards.values.public import PublicCard
from recruitwatch.scorecards.values.publishing import CardState, PublishedCard
from recruitwatch.web.downloads import Cell, file_name, streamed_csv, streamed_json
from recruitwatch.web.request import Now, WebRequest


class CardEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One published card in the file. `sha256` is that of `card` as it was frozen; `contested` and
    `pending` count its lines that are contested, and those of them not yet decided."""

    agency_id: UUID
    agency_name: str
    licence_no: str | None
    revision: int
    state: CardState
    published_on: date
    reason: str
    corrects: bool
    replies: tuple[str, ...]
    contested: int
    pending: int
    sha256: str
    card: PublicCard


@get("/download/cards.csv", opt=PUBLIC_READ)
async def cards_as_csv(request: WebRequest, now: Now) -> ASGIApp:
    rows = _rows(_cards(request.app.state.open_session))
    return streamed_csv(tuple(COLUMNS), rows, name=file_name("cards", now.date(), "csv"))


@get("/download/cards.json", opt=PUBLIC_READ)
async def cards_as_json(request: WebRequest, now: Now) -> ASGIApp:
    """Everything that docs/recompute_cards.py needs."""
    entries = _entries(_cards(request.app.state.open_session))
    name = file_name("cards", now.date(), "json")
    return streamed_json({"as_of": now.date()}, entries, of="cards", name=name)


async def _cards(open_session: OpenSession) -> AsyncGenerator[PublishedCard, None]:
    async with read_snapshot(open_session) as session, aclosing(each_published(session)) as found:
        async for card in found:
            yield card


async def _entries(
    found: AsyncGenerator[PublishedCard, None],
) -> AsyncGenerator[CardEntry, None]:
    async with aclosing(found):
        async for one in found:
            yield CardEntry(
                agency_id=one.agency_id,
                agency_name=one.agency_name,
                licence_no=one.licence_no,
                revision=one.revision,
                state=one.state,
                published_on=one.published_on,
                reason=one.reason,
                corrects=one.corrects,
                replies=one.replies,
                contested=one.contested,
                pending=one.pending,
                sha256=one.sha256,
                card=one.card,
            )


async def _rows(found: AsyncGenerator[PublishedCard, None]) -> AsyncGenerator[list[Cell], None]:
    async with aclosing(found):
        async for one in found:
            yield [cell(one) for cell in COLUMNS.values()]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _principles(one: PublishedCard) -> str:
    return " | ".join(
        f"{part.principle.value}: {part.mid}"
        for part in one.card.principles
        if part.mid is not None
    )


COLUMNS: Mapping[str, Callable[[PublishedCard], Cell]] = {
    "agency_id": lambda one: str(one.agency_id),
    "agency_name": lambda one: one.agency_name,
    "licence_no": lambda one: one.licence_no,
    "revision": lambda one: one.revision,
    "as_of": lambda one: one.card.as_of.isoformat(),
    "published_on": lambda one: one.published_on.isoformat(),
    "grade": lambda one: one.card.grade.value,
    "score": lambda one: one.card.score_shown,
    "score_low": lambda one: one.card.score_low,
    "score_high": lambda one: one.card.score_high,
    "certainty": lambda one: one.card.certainty.value,
    "licence_state": lambda one: one.card.licence_state.value if one.card.licence_state else "",
    "audit": lambda one: one.card.audit,
    "complaints": lambda one: one.card.complaints,
    "responsiveness": lambda one: one.card.responsiveness,
    "principles": _principles,
    "women": lambda one: one.card.gender.mid if one.card.gender else None,
    "limits": lambda one: " | ".join(f"{cap.gate.value}: {cap.cap.value}" for cap in one.card.caps),
    "months_since_inspection": lambda one: one.card.months_since_inspection,
    "files": lambda one: one.card.files,
    "interviews": lambda one: one.card.interviews,
    "workers_sent": lambda one: " | ".join(map(str, one.card.deployed)),
    "complaints_of": lambda one: _day(one.card.complaints_of),
    "interviews_of": lambda one: _day(one.card.interviews_of),
    "notes": lambda one: " | ".join(one.card.notes),
    "profile": lambda one: one.card.profile,
    "replied": lambda one: "yes" if one.replies else "no",
    "corrects": lambda one: "yes" if one.corrects else "no",
    "contested": lambda one: one.contested,
    "pending": lambda one: one.pending,
    "sha256": lambda one: one.sha256,
}

HANDLERS = (cards_as_csv, cards_as_json)
