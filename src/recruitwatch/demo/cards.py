"""The published cards of the invented country: drafts served, replies, publications, one recall."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from random import Random
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.demo.disputes import Disputes
from recruitwatch.demo.people import Staff
from recruitwatch.demo.remarks import CARD_REASONS, CARD_REPLY_TEXTS, RECALL_TEXT, SERVED_TEXTS
from recruitwatch.demo.stories import Part, Story, chance_of
from recruitwatch.demo.timeline import Timeline, days_later, office_hours
from recruitwatch.scorecards.actions import issue_scorecard, take_card_step
from recruitwatch.scorecards.values.papers import PaperPlace
from recruitwatch.scorecards.values.publishing import DRAFT_DAYS, CardStepKind, NewCardStep

PUBLISHED = 25
"""Agencies with a published card."""
SECOND = 5
"""Those of them with an older revision."""
WAITING = 2
"""Agencies whose draft was served and whose days are not over."""
FIRST_ROUND = (300, 270)
ROUND = (70, 40)
DRAFTS = (9, 6)
REPLIES = 0.3


class CardOffice:
    """The regulator's work on cards, in one session."""

    def __init__(
        self,
        session: AsyncSession,
        staff: Staff,
        timeline: Timeline,
        agencies: Mapping[int, UUID],
        place: PaperPlace,
        now: datetime,
    ) -> None:
        self._session = session
        self._now = now
        self._disputes = Disputes(session, staff, timeline, place, now)
        self._regulator = staff.regulator
        self._timeline = timeline
        self._agencies = agencies
        self._place = place

    def plan(self, parts: Sequence[Part]) -> None:
        """Each chosen agency gets its card some weeks ago, a few of them another one long before."""
        chosen = [part for part in parts if part.story is not Story.APPLICANT]
        for rank, part in enumerate(chosen[: PUBLISHED + WAITING]):
            chance = chance_of("cards", part.number)
            rounds = [ROUND if rank < PUBLISHED else DRAFTS]
            if rank < SECOND:
                rounds.insert(0, FIRST_ROUND)
            for nth, (most, least) in enumerate(rounds, start=1):
                day = (self._now - timedelta(days=chance.randint(least, most))).date()
                at = office_hours(day, self._now, chance)
                recalled = rank == SECOND
                self._timeline.add(at, partial(self._issue, part, nth, chance, recalled))

    async def _issue(
        self, part: Part, nth: int, chance: Random, recalled: bool, at: datetime
    ) -> None:
        reason = chance.choice(CARD_REASONS) if nth > 1 else ""
        agency_id = self._agencies[part.number]
        revision = await issue_scorecard(
            self._session, self._regulator, at, agency_id=agency_id, reason=reason
        )
        served = days_later(at, chance.randint(1, 2), chance)
        published = days_later(served, DRAFT_DAYS, chance)
        steps = [(served, CardStepKind.SERVED, chance.choice(SERVED_TEXTS))]
        if chance.random() < REPLIES:
            replied = days_later(served, chance.randint(3, 9), chance)
            steps.append((replied, CardStepKind.REPLIED, chance.choice(CARD_REPLY_TEXTS)))
        steps.append((published, CardStepKind.PUBLISHED, ""))
        if recalled:
            steps.append((days_later(published, 5, chance), CardStepKind.RECALLED, RECALL_TEXT))
        await self._disputes.follow(part.number, agency_id, nth, revision, served, at)
        for when, kind, text in steps:
            self._timeline.add(when, partial(self._take, agency_id, revision, kind, text))

    async def _take(
        self, agency_id: UUID, revision: int, kind: CardStepKind, text: str, at: datetime
    ) -> None:
        await take_card_step(
            self._session, self._regulator, at,
            agency_id=agency_id, revision=revision, place=self._place,
            new=NewCardStep(kind=kind, on_date=at.date(), text=text),
        )  # fmt: skip
