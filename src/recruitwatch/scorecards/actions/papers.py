"""The papers of a published card: drawn once, kept with the files, and the same from then on."""

import asyncio
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.agencies.queries import get_agency, get_register
from recruitwatch.db import files
from recruitwatch.scorecards import queries
from recruitwatch.scorecards.pdf import render
from recruitwatch.scorecards.queries.contests import list_marks
from recruitwatch.scorecards.queries.papers import list_papers
from recruitwatch.scorecards.queries.publishing_texts import get_public_questions
from recruitwatch.scorecards.values.papers import PaperFacts, PaperPlace
from recruitwatch.scorecards.values.publishing import Paper, PublishedCard
from recruitwatch.settings import Settings
from recruitwatch.web.languages import LANGUAGES
from recruitwatch.web.voices import Voice

TREND_READ = 50


def place_of(settings: Settings) -> PaperPlace:
    """Where an installation keeps its papers and what they say of it."""
    return PaperPlace(
        files=settings.files, ministry=settings.ministry, address=settings.public_address
    )


async def make_papers(
    session: AsyncSession, now: datetime, place: PaperPlace, *, card_id: UUID
) -> tuple[Paper, ...]:
    """Draw and keep the papers of a published card, one in each language; those that were made before
    stay as they are.

    Drawing and writing to the disk take a thread of their own. A file whose transaction fails is
    named nowhere, and the next attempt finds it in its place.
    """
    known = {paper.language: paper for paper in await list_papers(session, card_id)}
    missing = [language for language in LANGUAGES if language not in known]
    if missing:
        shown = await queries.get_published_by_card(session, card_id)
        facts = await _facts(session, shown, place, now)
        for language in missing:
            content = await asyncio.to_thread(render, shown.card, facts, Voice(language))
            paper = known[language] = Paper(
                card_id=card_id,
                language=language,
                sha256=await asyncio.to_thread(files.store, place.files, content),
                size=len(content),
                made_at=now,
            )
            await queries.insert_paper(session, paper)
    return tuple(known[language] for language in sorted(known))


async def _facts(
    session: AsyncSession, shown: PublishedCard, place: PaperPlace, now: datetime
) -> PaperFacts:
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
        reason=shown.reason,
        corrects=bool(shown.corrects),
        trend=tuple(line for line in published if line.revision <= shown.revision),
        replies=shown.replies,
        marks=tuple(await list_marks(session, shown.card_id, now)),
    )
