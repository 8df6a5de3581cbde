"""An answer put right by a contest stays right on every card that follows, and touches no other agency."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncSession

from db.scorecards.test_computing import given, store_approved, whole_list
from factories import agencies as agencies_factory
from factories.accounts import NOW, store_agency_person, store_person
from recruitwatch.accounts.values import Role
from recruitwatch.checklists.values import Word, WordAnswer
from recruitwatch.scorecards import queries
from recruitwatch.scorecards.actions import compute_cards, issue_scorecard
from recruitwatch.scorecards.actions.contesting import decide_line, file_contest
from recruitwatch.scorecards.actions.issuing_all import issue_batch
from recruitwatch.scorecards.rules.rounds import parse_period
from recruitwatch.scorecards.values import Answer, CardInputs, Evidence, ItemInput
from recruitwatch.scorecards.values.contests import (
    CorrectionKind,
    Ground,
    NewContest,
    NewContestLine,
    NewLineDecision,
)
from recruitwatch.scorecards.values.issued import NothingNew
from recruitwatch.scorecards.values.publishing import CardStepKind, NewCardStep
from recruitwatch.scorecards.values.rounds import Round

ITEM = "SOP-LIC-02"
LINE = f"item:{ITEM}:answer"
VISIT = date(2026, 6, 1)
Q2, Q3 = parse_period("2026-Q2"), parse_period("2026-Q3")


class Case:
    """An agency with one answer against it, and the officers around its card."""

    def __init__(self, session: AsyncSession, files: Path) -> None:
        self.session, self.files = session, files

    async def begin(self) -> "Case":
        self.issuer = await store_person(self.session, Role.REGULATOR)
        self.decider = await store_person(self.session, Role.REGULATOR)
        self.agency_id = await self.visited(VISIT)
        self.person = await store_agency_person(self.session, self.agency_id)
        return self

    async def visited(self, day: date, agency_id: UUID | None = None) -> UUID:
        """A visit on which the licence hung nowhere, and all else was in order."""
        answers = [one for one in whole_list() if one.item_id != ITEM]
        wrong = replace(given(ITEM, WordAnswer(word=Word.NO)), note="It hung nowhere.")
        return await store_approved(
            self.session, *answers, wrong, visited_on=day, agency_id=agency_id
        )

    async def contest(
        self, how: CorrectionKind | None, answer: Answer | None = None, *, wait: int = 0,
        then: Sequence[tuple[CardStepKind, int]] = (),
    ) -> int | None:  # fmt: skip
        """Issue, serve, contest the one line, decide it after so many days: upheld if it says how; gives
        the corrected revision. `then`: the steps taken before the decision, each after so many days."""
        await issue_scorecard(self.session, self.issuer, NOW, agency_id=self.agency_id)
        prepared = await queries.get_prepared(self.session, self.agency_id, 1)
        served = NewCardStep(kind=CardStepKind.SERVED, on_date=NOW.date(), text="By letter")
        await queries.insert_card_step(
            self.session, self.issuer, NOW, card_id=prepared.card_id, new=served
        )
        line = NewContestLine(line_id=LINE, ground=Ground.WRONG_FACT, reason="It hangs there.")
        contest_id = await file_contest(
            self.session, self.person, NOW, self.files, revision=1, new=NewContest(lines=(line,))
        )
        for kind, days in then:
            step = NewCardStep(kind=kind, on_date=(NOW + timedelta(days=days)).date(), text="So.")
            await queries.insert_card_step(
                self.session, self.issuer, NOW, card_id=prepared.card_id, new=step
            )
        decision = NewLineDecision(
            line_id=LINE, upheld=how is not None, reason="By the photo.", how=how, answer=answer,
            evidence=Evidence.E2 if answer else None,
        )  # fmt: skip
        decided = NOW + timedelta(days=wait)
        return await decide_line(
            self.session, self.decider, decided, contest_id=contest_id, new=decision
        )

    async def inputs(self, revision: int) -> CardInputs:
        return (await queries.get_issued(self.session, self.agency_id, revision)).inputs


def item_of(inputs: CardInputs) -> ItemInput:
    return next(one for one in inputs.items if one.id == ITEM)


@pytest.fixture
async def case(session: AsyncSession, tmp_path: Path) -> Case:
    return await Case(session, tmp_path).begin()


HOW = pytest.mark.parametrize(
    ("how", "given_answer", "stands"),
    [
        (CorrectionKind.ANSWER, Answer.YES, Answer.YES),
        (CorrectionKind.LEFT_OUT, None, Answer.NOT_CHECKED),
    ],
)


@HOW
async def test_an_upheld_answer_stays_upheld_on_the_cards_that_follow(
    session: AsyncSession,
    case: Case,
    how: CorrectionKind,
    given_answer: Answer | None,
    stands: Answer,
) -> None:
    assert await case.contest(how, given_answer) == 2
    assert item_of(await case.inputs(1)).answer is Answer.NO
    later = NOW + timedelta(days=40)
    ids = [case.agency_id]
    outcome = await issue_batch(session, case.issuer, later, period=Q3, agency_ids=ids)
    assert outcome.issued == 1
    assert [item_of(await case.inputs(one)).answer for one in (2, 3)] == [stands, stands]


@HOW
async def test_the_records_give_the_corrected_card_again(
    session: AsyncSession,
    case: Case,
    how: CorrectionKind,
    given_answer: Answer | None,
    stands: Answer,
) -> None:
    await case.contest(how, given_answer)
    [current], _ = await compute_cards(session, [case.agency_id], NOW)
    assert current.inputs == await case.inputs(2)
    with pytest.raises(NothingNew):
        await issue_scorecard(session, case.issuer, NOW, agency_id=case.agency_id, reason="Again")
    outcome = await issue_batch(
        session, case.issuer, NOW + timedelta(days=3), period=Q2, agency_ids=[case.agency_id]
    )
    assert outcome == Round(unchanged=1)


async def test_a_later_visit_that_finds_the_same_counts_again(
    session: AsyncSession, case: Case
) -> None:
    await case.contest(CorrectionKind.ANSWER, Answer.YES)
    await case.visited(date(2026, 6, 25), case.agency_id)
    [current], _ = await compute_cards(session, [case.agency_id], NOW)
    assert item_of(current.inputs).answer is Answer.NO


async def test_no_other_agency_s_card_moves(session: AsyncSession, case: Case) -> None:
    others = [await case.visited(VISIT), await agencies_factory.store_agency(session)]
    before, _ = await compute_cards(session, others, NOW)
    await case.contest(CorrectionKind.ANSWER, Answer.YES)
    after, _ = await compute_cards(session, [*others, case.agency_id], NOW)
    assert [one.inputs for one in after[:2]] == [one.inputs for one in before]
    assert [one.card for one in after[:2]] == [one.card for one in before]
    assert [item_of(after[one].inputs).answer for one in (0, 2)] == [Answer.NO, Answer.YES]


async def test_a_line_that_is_not_upheld_changes_nothing(session: AsyncSession, case: Case) -> None:
    assert await case.contest(None) is None
    [current], _ = await compute_cards(session, [case.agency_id], NOW)
    assert current.inputs == await case.inputs(1)


@pytest.mark.parametrize(("wait", "left"), [(0, 14), (3, 11), (14, 0), (20, 0)])
async def test_a_draft_put_right_before_its_days_are_over_has_the_days_that_are_left(
    session: AsyncSession, case: Case, wait: int, left: int
) -> None:
    """All its other lines are as they were: the agency has its 14 days with them."""
    assert await case.contest(CorrectionKind.ANSWER, Answer.YES, wait=wait) == 2
    corrected = await queries.get_prepared(session, case.agency_id, 2)
    assert (corrected.draft_days, corrected.card.as_of) == (left, NOW.date())


async def test_a_published_card_put_right_needs_no_days_of_a_draft(
    session: AsyncSession, case: Case
) -> None:
    published = [(CardStepKind.PUBLISHED, 14)]
    await case.contest(CorrectionKind.ANSWER, Answer.YES, wait=15, then=published)
    corrected = await queries.get_prepared(session, case.agency_id, 2)
    assert (corrected.draft_days, corrected.card.as_of) == (0, NOW.date())


async def test_a_recalled_card_does_not_come_back_through_a_contest(
    session: AsyncSession, case: Case
) -> None:
    """What was recalled was wrong beyond the contested line: the card of today takes its place."""
    steps = [(CardStepKind.PUBLISHED, 14), (CardStepKind.RECALLED, 15)]
    await case.contest(CorrectionKind.ANSWER, Answer.YES, wait=16, then=steps)
    corrected = await queries.get_prepared(session, case.agency_id, 2)
    today = (NOW + timedelta(days=16)).date()
    assert (corrected.draft_days, corrected.card.as_of) == (14, today)
    assert item_of(await case.inputs(2)).answer is Answer.YES
