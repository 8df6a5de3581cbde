"""What comes of an approved audit: evidence served, replies recorded, findings decided."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from random import Random
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.checklists.values import Severity
from recruitwatch.demo.people import Staff
from recruitwatch.demo.remarks import (
    CONFIRMED_TEXTS,
    DISMISSED_TEXTS,
    REPLY_TEXTS,
    SERVED_TEXTS,
    UNANSWERED_TEXTS,
)
from recruitwatch.demo.stories import Part, Story, chance_of
from recruitwatch.demo.timeline import Timeline, days_later
from recruitwatch.demo.visits import Visit
from recruitwatch.findings.actions import decide_finding, record_reply, serve_evidence
from recruitwatch.findings.queries import list_findings
from recruitwatch.findings.rules import REPLY_DAYS
from recruitwatch.findings.values import (
    FindingFilter,
    FindingLine,
    FindingState,
    NewDecision,
    NewStep,
    StepKind,
)

MOST_FINDINGS = 500


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """How far the findings of an agency have come, and how many of them it replies to."""

    served: bool = True
    decided: bool = True
    replies: float = 0.3
    slowest_reply: int = REPLY_DAYS - 3


def pace_of(part: Part) -> Pace:
    """Of the doubtful cases the first waits for its evidence, the second for a reply, the third for
    the decision; everybody else's findings take their course."""
    if part.story is not Story.IN_DOUBT:
        return Pace()
    return (
        Pace(served=False, decided=False),
        Pace(replies=0.0, decided=False),
        Pace(replies=1.0, decided=False, slowest_reply=5),
    )[part.rank]


class FollowUp:
    """The reviewer's and the regulator's work on findings, in one session."""

    def __init__(self, session: AsyncSession, staff: Staff, timeline: Timeline) -> None:
        self._session = session
        self._staff = staff
        self._timeline = timeline

    def plan(self, visit: Visit, agency_id: UUID, approved_at: datetime) -> None:
        """The evidence is served some days after the approval, in doubtful cases only so far."""
        pace = pace_of(visit.part)
        if pace.served:
            chance = chance_of("findings", visit.id)
            at = days_later(approved_at, chance.randint(2, 5), chance)
            self._timeline.add(at, partial(self._serve, agency_id, pace, chance))

    async def _serve(self, agency_id: UUID, pace: Pace, chance: Random, now: datetime) -> None:
        """Everything that was found is handed over at once; some agencies answer, some do not."""
        chosen = FindingFilter(agency_id=agency_id, state=FindingState.OPEN)
        found = await list_findings(self._session, chosen, limit=MOST_FINDINGS)
        # By question, not by id: ids differ each time, and chance shall fall the same way.
        found = [line for line in found if not line.kept_back]
        found.sort(key=lambda line: line.item_id)
        step = NewStep(on_date=now.date(), text=chance.choice(SERVED_TEXTS))
        for line in found:
            await serve_evidence(
                self._session, self._staff.reviewer, now, finding_id=line.id, step=step
            )
        answered = [line for line in found if chance.random() < pace.replies]
        if answered:
            at = days_later(now, chance.randint(4, pace.slowest_reply), chance)
            self._timeline.add(at, partial(self._reply, answered, chance))
        if pace.decided:
            at = days_later(now, chance.randint(REPLY_DAYS + 2, REPLY_DAYS + 18), chance)
            known = {line.id for line in answered}
            self._timeline.add(at, partial(self._decide, found, known, chance))

    async def _reply(self, lines: Sequence[FindingLine], chance: Random, now: datetime) -> None:
        for line in lines:
            step = NewStep(on_date=now.date(), text=chance.choice(REPLY_TEXTS))
            await record_reply(
                self._session, self._staff.reviewer, now, finding_id=line.id, step=step
            )

    async def _decide(
        self, lines: Sequence[FindingLine], answered: set[UUID], chance: Random, now: datetime
    ) -> None:
        for line in lines:
            decision = _decision(line, line.id in answered, chance)
            await decide_finding(
                self._session, self._staff.regulator, now, finding_id=line.id, decision=decision
            )


def _decision(line: FindingLine, answered: bool, chance: Random) -> NewDecision:
    """A reply may clear a finding up; a critical one is confirmed, because the stories need it."""
    if not answered:
        return NewDecision(kind=StepKind.CONFIRMED, text=chance.choice(UNANSWERED_TEXTS))
    if line.severity is not Severity.CRITICAL and chance.random() < 0.3:
        return NewDecision(kind=StepKind.DISMISSED, text=chance.choice(DISMISSED_TEXTS))
    return NewDecision(kind=StepKind.CONFIRMED, text=chance.choice(CONFIRMED_TEXTS))
