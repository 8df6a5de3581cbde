"""Contests of the invented country: an agency that was right once and contests again, which is not decided
yet, and another one whose newest card was put right."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.actions.agency_people import create_agency_person
from recruitwatch.accounts.values import NewAgencyPerson, Role
from recruitwatch.actor import Actor
from recruitwatch.demo.people import AGENCY, Staff
from recruitwatch.demo.receipts import receipt
from recruitwatch.demo.remarks import (
    CONTEST_TEXTS,
    LINE_STANDS_TEXT,
    LINE_UPHELD_TEXT,
)
from recruitwatch.demo.stories import chance_of
from recruitwatch.demo.timeline import Timeline, days_later, office_hours
from recruitwatch.scorecards.actions import take_card_step
from recruitwatch.scorecards.actions.contesting import decide_line, file_contest
from recruitwatch.scorecards.queries import get_contest, get_issued, get_prepared
from recruitwatch.scorecards.rules.contesting import item_of, possible_ways
from recruitwatch.scorecards.values import Answer, CardInputs, Evidence, Ratio
from recruitwatch.scorecards.values.contests import (
    CorrectionKind,
    Ground,
    NewContest,
    NewContestLine,
    NewLineDecision,
    NewPaper,
)
from recruitwatch.scorecards.values.papers import PaperPlace
from recruitwatch.scorecards.values.public import PublicLineKind
from recruitwatch.scorecards.values.publishing import CardStepKind, NewCardStep

RECENTLY = timedelta(days=6)
GROUNDS = (Ground.WRONG_FACT, Ground.ALREADY_FIXED)


class Disputant(msgspec.Struct, frozen=True, kw_only=True):
    """An agency that contests: who signs in for it, and which rounds of cards it contests. `sign_in_name`
    without a password that is printed belongs to somebody who never shows up."""

    full_name: str
    sign_in_name: str
    password: str | None = None
    decided: int
    """The round whose contest is decided."""
    open: int | None = None
    """The round whose contest waits."""


DISPUTANTS: Mapping[int, Disputant] = {
    3: Disputant(
        full_name=AGENCY.full_name, sign_in_name=AGENCY.sign_in.sign_in_name,
        password=AGENCY.sign_in.password, decided=1, open=2,
    ),
    12: Disputant(full_name="Osmira Delvantine", sign_in_name="dalmarine", decided=1),
}  # fmt: skip
"""By the number of the agency's part."""


class Disputes:
    """What those agencies contest, and what regulators make of it, in one session."""

    def __init__(
        self,
        session: AsyncSession,
        staff: Staff,
        timeline: Timeline,
        place: PaperPlace,
        now: datetime,
    ) -> None:
        self._session = session
        self._staff = staff
        self._timeline = timeline
        self._place = place
        self._now = now
        self._people: dict[int, Actor] = {}

    async def follow(
        self, number: int, agency_id: UUID, nth: int, revision: int, served: datetime, at: datetime
    ) -> None:
        """Plan what comes of the card issued in this round, if its agency contests it."""
        one = DISPUTANTS.get(number)
        if one is None:
            return
        chance = chance_of("contest", number, nth)
        if number not in self._people:
            self._people[number] = await self._let_in(one, agency_id, at)
        if nth == one.decided:
            filed = days_later(served, 18, chance)
            self._timeline.add(filed, partial(self._contest, number, revision, True))
        if nth == one.open:
            filed = office_hours((self._now - RECENTLY).date(), self._now, chance)
            self._timeline.add(max(filed, served), partial(self._contest, number, revision, False))

    async def _let_in(self, one: Disputant, agency_id: UUID, at: datetime) -> Actor:
        new = NewAgencyPerson(
            agency_id=agency_id, full_name=one.full_name, sign_in_name=one.sign_in_name
        )
        person_id, _ = await create_agency_person(
            self._session, self._staff.regulator, at, new=new, password=one.password
        )
        return Actor(
            person_id=person_id,
            name=one.full_name,
            office_id=None,
            roles=frozenset({Role.AGENCY.value}),
            agency_id=agency_id,
        )

    async def _contest(self, number: int, revision: int, decided: bool, at: datetime) -> None:
        """Two answers of the visit, the dearest that could be others, with a photo of a paper."""
        person, chance = self._people[number], chance_of("contested lines", number, revision)
        lines = await self._lines(person.own_agency, revision)
        if not lines:
            return
        new = NewContest(
            lines=tuple(
                NewContestLine(line_id=line_id, ground=ground, reason=text)
                for line_id, ground, text in zip(lines, GROUNDS, CONTEST_TEXTS, strict=False)
            ),
            papers=(NewPaper(file_name="receipt.jpg", content=receipt(chance)),),
        )
        contest_id = await file_contest(
            self._session, person, at, self._place.files, revision=revision, new=new
        )
        if decided:
            later = days_later(at, 9, chance)
            self._timeline.add(later, partial(self._decide, contest_id, person.own_agency))

    async def _lines(self, agency_id: UUID, revision: int) -> list[str]:
        card = (await get_prepared(self._session, agency_id, revision)).card
        issued = await get_issued(self._session, agency_id, revision)
        talks = issued.snapshot.interviews
        answers = [
            line
            for line in card.lines
            if line.kind is PublicLineKind.ANSWER
            and CorrectionKind.ANSWER in possible_ways(line.id, issued.inputs, talks)
        ]
        dearest = sorted(answers, key=lambda line: (-line.points, line.id))
        return [line.id for line in dearest[: len(GROUNDS)]]

    async def _decide(self, contest_id: UUID, agency_id: UUID, at: datetime) -> None:
        """The second regulator agrees with the first line only; the first one publishes the new card."""
        contest = await get_contest(self._session, contest_id)
        inputs = (await get_issued(self._session, agency_id, contest.revision)).inputs
        corrected = None
        for nth, line in enumerate(contest.lines):
            stands = NewLineDecision(line_id=line.line_id, upheld=False, reason=LINE_STANDS_TEXT)
            new = stands if nth else _put_right(line.line_id, inputs)
            corrected = await decide_line(
                self._session, self._staff.second_regulator, at, contest_id=contest_id, new=new
            )
        if corrected is not None:
            later = days_later(at, 2, chance_of("corrected", agency_id))
            self._timeline.add(later, partial(self._publish, agency_id, corrected))

    async def _publish(self, agency_id: UUID, revision: int, at: datetime) -> None:
        await take_card_step(
            self._session, self._staff.regulator, at,
            agency_id=agency_id, revision=revision, place=self._place,
            new=NewCardStep(kind=CardStepKind.PUBLISHED, on_date=at.date(), text=""),
        )  # fmt: skip


def _put_right(line_id: str, inputs: CardInputs) -> NewLineDecision:
    item = item_of(line_id, inputs)
    counted = item.answer if item is not None and isinstance(item.answer, Ratio) else None
    return NewLineDecision(
        line_id=line_id,
        upheld=True,
        reason=LINE_UPHELD_TEXT,
        how=CorrectionKind.ANSWER,
        answer=Ratio(ok=counted.checked, checked=counted.checked) if counted else Answer.YES,
        evidence=Evidence.E2,
    )
