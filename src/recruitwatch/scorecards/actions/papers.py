"""The paper of a published card: drawn once, kept with the files, and the same from then on."""

import asyncio
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.agencies.queries import get_agency, get_register
from recruitwatch.db import files
from recruitwatch.scorecards import queries
from recruitwatch.scorecards.pdf import render
from recruitwatch.scorecards.queries.publishing_texts import get_public_questions
from recruitwatch.scorecards.rules.reasons import CORRECTS
from recruitwatch.scorecards.values.papers import PAPER_LANGUAGE, PaperFacts, PaperPlace
from recruitwatch.scorecards.values.publishing import Paper, PublishedCard
from recruitwatch.settings import Settings

TREND_READ = 50


def place_of(settings: Settings) -> PaperPlace:
    """Where an installation keeps its papers and what they say of it."""
    return PaperPlace(
        files=settings.files, ministry=settings.ministry, address=settings.public_address
    )


async def make_paper(
    session: AsyncSession, now: datetime, place: PaperPlace, *, card_id: UUID
) -> Paper:
    """Draw and keep the paper of a published card; gives the one that is there if it was made before.

    Drawing and writing to the disk take a thread of their own. A file whose transaction fails is
    named nowhere, and the next attempt finds it in its place.
    """
    known = await queries.find_paper(session, card_id, PAPER_LANGUAGE)
    if known is not None:
        return known
    shown = await queries.get_published_by_card(session, card_id)
    content = await asyncio.to_thread(render, shown.card, await _facts(session, shown, place))
    paper = Paper(
        card_id=card_id,
        language=PAPER_LANGUAGE,
        sha256=await asyncio.to_thread(files.store, place.files, content),
        size=len(content),
        made_at=now,
    )
    await queries.insert_paper(session, paper)
    return paper


async def _facts(session: AsyncSession, shown: PublishedCard, place: PaperPlace) -> PaperFacts:
    """What the paper says beside the card. Later revisions are no part of it."""
    agency = await get_agency(session, shown.agency_id)
    register = await get_register(session, agency.record.register_id)
    published = await queries.list_published(session, shown.agency_id, limit=TREND_READ)
    return PaperFacts(
        ministry=place.ministry,
        agency_name=shown.agency_name,
        licence_no=shown.licence_no,
        register_title=register.title,
        revision=shown.revision,
        issued_on=shown.issued_on,
        published_on=shown.published_on,
        card_address=f"{place.address}/cards/{shown.agency_id}/{shown.revision}",
        verify_address=f"{place.address}/verify/{shown.card_id}",
        sha256=shown.sha256,
        questions=await get_public_questions(session, shown.card_id),
        reason=shown.reason or (CORRECTS if shown.corrects else ""),
        trend=tuple(line for line in published if line.revision <= shown.revision),
        replies=shown.replies,
    )
