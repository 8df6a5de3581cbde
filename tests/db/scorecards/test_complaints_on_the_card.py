"""From a filed complaint to the card: what counts, what does not, and when.

What is expected is worked out here from the text of the method, not by its own functions.
"""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import msgspec
import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from conftest import KEY, NOW
from factories import agencies as agencies_factory
from factories import audits as audits_factory
from factories import deciding
from factories.accounts import store_office, store_person
from factories.complaints import CALENDAR, TOLD, vault_of
from factories.deciding import CRITICAL, MAJOR, MINOR, VIOLENCE, Ministry
from recruitwatch.accounts.values import Role
from recruitwatch.agencies.values import Deployment, Sex
from recruitwatch.audits.actions.reviewing import approve_audit
from recruitwatch.checklists.values import NumberAnswer
from recruitwatch.complaints.actions.codes import code_key
from recruitwatch.complaints.actions.following import enter_code, open_visit, withdraw
from recruitwatch.complaints.actions.offering import find_candidates
from recruitwatch.complaints.queries.judging import insert_link
from recruitwatch.complaints.values.cases import JudgedMeanwhile
from recruitwatch.complaints.values.judging import Basis, Judgement, NewLink, Target
from recruitwatch.complaints.values.states import Outcome, Responsibility, State
from recruitwatch.scorecards.actions import compute_cards, issue_scorecard
from recruitwatch.scorecards.queries import get_issued
from recruitwatch.scorecards.values import Card
from recruitwatch.scorecards.values.issued import CurrentCard, NothingNew

CountQueries = Callable[[int], AbstractContextManager[Any]]
SENT = tuple(
    Deployment(year=year, sex=Sex.WOMEN, destination="SA", workers=workers)
    for year, workers in ((2025, 400), (2024, 300), (2023, 200))
)
E = (400 + 0.5 * 300 + 0.25 * 200) / 1000
NO_DUTIES = 100 * (0.6 * 2.8 / 4 + 0.4 * 2.8 / 4)


def c_of(points: float) -> float:
    """Part 4.3: shrunken rate, halved for each two benchmarks of 6 per thousand."""
    rate = (points + 0.5 * 6) / (E + 0.5)
    return 100 * 2 ** (-(rate / 6) / 2)


def r_of(on_time: int, due: int) -> float:
    return 100 * (0.6 * (on_time + 2.8) / (due + 4) + 0.4 * 0.7)


def on(year: int, month: int, day: int, hour: int = 9) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


@pytest.fixture
async def ministry(session: AsyncSession, tmp_path: Path) -> Ministry:
    return await deciding.open_ministry(session, vault_of(tmp_path, KEY))


@pytest.fixture
async def agency_id(session: AsyncSession) -> UUID:
    return await agencies_factory.store_agency(session, deployments=SENT, licence_no="RL-123")


async def current_of(session: AsyncSession, agency_id: UUID, **more: Any) -> CurrentCard:
    [current], _ = await compute_cards(session, [agency_id], more.pop("now", NOW), **more)
    return current


async def card_of(session: AsyncSession, agency_id: UUID, **more: Any) -> Card:
    return (await current_of(session, agency_id, **more)).card


async def unlinked(session: AsyncSession, at: Ministry, agency_id: UUID) -> None:
    filed = await deciding.file_about(session, at, NOW - timedelta(days=100))
    await deciding.walk(session, at, filed.case_id, NOW, deciding.TO_LINKING)


async def suggested_by_the_machine(session: AsyncSession, at: Ministry, agency_id: UUID) -> None:
    await unlinked(session, at, agency_id)
    offered = await find_candidates(session, told=TOLD, links=())
    assert agency_id in [one.agency_id for one in offered]


async def rejected(session: AsyncSession, at: Ministry, agency_id: UUID) -> None:
    filed = await deciding.file_about(session, at, NOW - timedelta(days=100))
    await deciding.link(session, at, filed.case_id, agency_id, NOW, Judgement.REJECTED)


async def confirmed_and_pending(session: AsyncSession, at: Ministry, agency_id: UUID) -> None:
    filed = await deciding.file_about(session, at, NOW - timedelta(days=10))
    await deciding.to_decision(session, at, filed.case_id, agency_id, NOW, MAJOR)
    await deciding.propose(session, at, filed.case_id, NOW, Outcome.SUBSTANTIATED)


async def superseded_by_another_agency(
    session: AsyncSession, at: Ministry, agency_id: UUID
) -> None:
    other = await agencies_factory.store_agency(session, deployments=SENT)
    filed = await deciding.store_decided(session, at, other, NOW - timedelta(days=9))
    first = await deciding.link(session, at, filed.case_id, agency_id, NOW - timedelta(days=8))
    third = await agencies_factory.store_agency(session, deployments=SENT)
    await deciding.link(
        session, at, filed.case_id, third, NOW - timedelta(days=7), supersedes=first
    )
    for one in (other, third):
        assert (await card_of(session, one)).complaints.mid == pytest.approx(c_of(4), abs=1e-9)


async def duplicate(session: AsyncSession, at: Ministry, agency_id: UUID) -> None:
    filed = await deciding.file_about(session, at, NOW - timedelta(days=200))
    await deciding.walk(session, at, filed.case_id, NOW, deciding.TO_DUPLICATE)
    await deciding.link(session, at, filed.case_id, agency_id, NOW)
    await deciding.classify(session, at, filed.case_id, NOW, MAJOR)
    await deciding.propose(session, at, filed.case_id, NOW, Outcome.DUPLICATE_LINKED)
    await deciding.close(session, at, filed.case_id, NOW)


async def decided_and_link_taken_back(session: AsyncSession, at: Ministry, agency_id: UUID) -> None:
    filed = await deciding.file_about(session, at, NOW - timedelta(days=200))
    linked = await deciding.to_decision(session, at, filed.case_id, agency_id, NOW, CRITICAL)
    await deciding.propose(session, at, filed.case_id, NOW, Outcome.SUBSTANTIATED)
    await deciding.close(session, at, filed.case_id, NOW)
    assert (await card_of(session, agency_id)).complaints.points == 8
    await deciding.link(
        session, at, filed.case_id, agency_id, NOW, Judgement.WITHDRAWN, supersedes=linked
    )


async def too_old(session: AsyncSession, at: Ministry, agency_id: UUID) -> None:
    """Closed exactly 36 months ago."""
    await deciding.store_decided(session, at, agency_id, on(2023, 6, 30), days=200)


Store = Callable[[AsyncSession, Ministry, UUID], Awaitable[None]]
NOTHING: tuple[Store, ...] = (
    unlinked, suggested_by_the_machine, rejected, confirmed_and_pending,
    superseded_by_another_agency, duplicate, decided_and_link_taken_back, too_old,
)  # fmt: skip


@pytest.mark.parametrize("store", NOTHING, ids=lambda one: one.__name__)
async def test_what_is_not_confirmed_and_decided_changes_nothing(
    session: AsyncSession, ministry: Ministry, agency_id: UUID, store: Store
) -> None:
    """V5."""
    await store(session, ministry, agency_id)
    card = await card_of(session, agency_id)
    assert card.complaints.mid == pytest.approx(85.4248, abs=1e-4)
    assert card.complaints.mid == pytest.approx(c_of(0), abs=1e-9)
    assert card.responsiveness.mid == pytest.approx(NO_DUTIES, abs=1e-9)
    assert (card.complaints.points, card.complaints.decided) == (0, 0)
    assert card.complaints.pending == (store is confirmed_and_pending)
    assert "G5" not in [cap.gate.value for cap in card.caps]


async def know_nobody(session: AsyncSession, agency_id: UUID, *, asked: int, know: int) -> None:
    """An approved visit that asked so many workers whom they could call."""
    inspector = await store_person(session, Role.INSPECTOR)
    reviewer = await store_person(session, Role.REVIEWER)
    audit_id = await audits_factory.store_audit(
        session, inspector, lists=("predeparture",), agency_id=agency_id
    )
    for number in range(1, asked + 1):
        names = NumberAnswer(number=Decimal(number <= know))
        await audits_factory.store_interview(
            session, inspector, audit_id, number,
            audits_factory.make_answer("PDI-CNS-01", interview_no=number),
            audits_factory.make_answer("PDI-RSP-02", value=names, interview_no=number),
            checklist_id="predeparture",
        )  # fmt: skip
    receipt = await audits_factory.store_submission(session, inspector, audit_id)
    await approve_audit(session, reviewer, NOW, submission_id=receipt.submission_id)


@pytest.mark.parametrize(
    ("asked", "know", "silent"), [(8, 3, True), (8, 4, False), (7, 0, False)]
)  # fmt: skip
async def test_silence_of_workers_who_know_nobody_proves_nothing(
    session: AsyncSession, ministry: Ministry, agency_id: UUID, asked: int, know: int, silent: bool
) -> None:
    """V6: with every kind of case that does not count on record."""
    for store in NOTHING:
        await store(session, ministry, agency_id)
    await know_nobody(session, agency_id, asked=asked, know=know)
    card = await card_of(session, agency_id)
    expected = 100 / 2**0.5 if silent else c_of(0)
    assert card.complaints.mid == pytest.approx(expected, abs=1e-9)
    assert card.responsiveness.mid == pytest.approx(NO_DUTIES, abs=1e-9)


async def k1(session: AsyncSession, at: Ministry, agency_id: UUID) -> None:
    await deciding.store_decided(session, at, agency_id, on(2026, 2, 20))


async def k2(session: AsyncSession, at: Ministry, agency_id: UUID) -> None:
    await deciding.store_decided(
        session, at, agency_id, on(2025, 3, 20), code=MINOR, severity="minor"
    )


async def k3(session: AsyncSession, at: Ministry, agency_id: UUID) -> None:
    await deciding.store_decided(
        session, at, agency_id, on(2026, 4, 20), outcome=Outcome.SETTLED_CONFIRMED, workers=2
    )


async def k4(session: AsyncSession, at: Ministry, agency_id: UUID) -> None:
    """Decided on the 91st day: one too late."""
    await deciding.store_decided(
        session, at, agency_id, on(2026, 3, 20), outcome=Outcome.NOT_SUBSTANTIATED, days=91
    )


async def k5(session: AsyncSession, at: Ministry, agency_id: UUID) -> None:
    await confirmed_and_pending(session, at, agency_id)


@pytest.mark.parametrize("order", [(k1, k2, k3, k4, k5), (k5, k3, k4, k2, k1)], ids=("to", "fro"))
async def test_the_worked_example_comes_out_of_real_cases(
    session: AsyncSession, ministry: Ministry, agency_id: UUID, order: Sequence[Store]
) -> None:
    """Part 4.10: K1 4, K2 half of 1, K3 2 for each of two workers, K4 and K5 nothing."""
    for store in order:
        await store(session, ministry, agency_id)
    card = await card_of(session, agency_id)
    part = card.complaints
    assert part.points == pytest.approx(8.5, abs=1e-9)
    assert part.exposure == pytest.approx(0.6, abs=1e-9)
    assert part.rate == pytest.approx(11.5 / 1.1, abs=1e-9)
    assert part.mid == pytest.approx(c_of(8.5), abs=1e-9)
    assert part.mid == pytest.approx(54.668734, abs=1e-6)
    assert (part.decided, part.pending) == (4, 1)
    assert part.mid_if_pending_upheld == pytest.approx(c_of(8.5 + 4), abs=1e-9)
    assert card.responsiveness.mid == pytest.approx(r_of(3, 4), abs=1e-9)
    assert card.responsiveness.low == pytest.approx(r_of(3, 5), abs=1e-9)
    assert card.responsiveness.high == pytest.approx(r_of(4, 5), abs=1e-9)


@pytest.mark.parametrize(
    ("outcome", "responsibility", "points"),
    [(Outcome.SUBSTANTIATED, Responsibility.EMPLOYER, 2.0),
     (Outcome.SUBSTANTIATED, Responsibility.EMPLOYER_TOLD, 4.0),
     (Outcome.PARTLY_SUBSTANTIATED, Responsibility.AGENCY, 3.0),
     (Outcome.INSUFFICIENT_EVIDENCE, Responsibility.AGENCY, 0.0),
     (Outcome.WITHDRAWN_OWN_WISH, Responsibility.AGENCY, 0.0)],
)  # fmt: skip
async def test_what_an_outcome_weighs(
    session: AsyncSession, ministry: Ministry, agency_id: UUID, outcome: Outcome,
    responsibility: Responsibility, points: float,
) -> None:  # fmt: skip
    await deciding.store_decided(
        session, ministry, agency_id, NOW - timedelta(days=5), outcome=outcome,
        responsibility=responsibility,
    )  # fmt: skip
    card = await card_of(session, agency_id)
    assert card.complaints.points == pytest.approx(points, abs=1e-9)
    assert card.complaints.decided == 1
    assert card.responsiveness.mid == pytest.approx(r_of(1, 1), abs=1e-9)


@pytest.mark.parametrize("outcome", [Outcome.OUTSIDE_MANDATE, Outcome.NO_CONTACT_SLEEPING])
async def test_an_outcome_that_says_nothing_of_the_agency_leaves_the_card(
    session: AsyncSession, ministry: Ministry, agency_id: UUID, outcome: Outcome
) -> None:
    await deciding.store_decided(
        session, ministry, agency_id, NOW - timedelta(days=5), outcome=outcome, days=200
    )
    card = await card_of(session, agency_id)
    assert (card.complaints.decided, card.complaints.pending) == (0, 0)
    assert card.responsiveness.mid == pytest.approx(NO_DUTIES, abs=1e-9)


async def test_a_withdrawal_under_pressure_counts_half_once_a_second_officer_agreed(
    session: AsyncSession, ministry: Ministry, agency_id: UUID
) -> None:
    filed = await deciding.file_about(session, ministry, NOW - timedelta(days=20))
    entered = await enter_code(session, NOW, ministry.vault, key=await code_key(KEY, filed.code))
    visit = await open_visit(session, NOW, ministry.vault, token=entered.token or "")
    await withdraw(
        session, NOW, ministry.vault, visit=visit, pressed=True, text="", calendar=CALENDAR
    )
    await deciding.link(session, ministry, filed.case_id, agency_id, NOW)
    await deciding.classify(session, ministry, filed.case_id, NOW, MAJOR)
    await deciding.propose(session, ministry, filed.case_id, NOW, Outcome.WITHDRAWN_PRESSURE)
    with pytest.raises(IntegrityError, match="nobody decided the case"):
        async with session.begin_nested():
            await deciding.close(session, ministry, filed.case_id, NOW)
    waiting = (await card_of(session, agency_id)).complaints
    assert (waiting.points, waiting.decided, waiting.pending) == (0, 0, 1)
    await deciding.agree(session, ministry, filed.case_id, NOW)
    await deciding.close(session, ministry, filed.case_id, NOW)
    counted = (await card_of(session, agency_id)).complaints
    assert (counted.points, counted.decided, counted.pending) == (2, 1, 0)
    assert counted.mid == pytest.approx(c_of(2), abs=1e-9)


async def g5_of(session: AsyncSession, agency_id: UUID) -> str | None:
    caps = {cap.gate.value: cap.cap.value for cap in (await card_of(session, agency_id)).caps}
    return caps.get("G5")


async def test_critical_complaints_limit_the_grade(
    session: AsyncSession, ministry: Ministry, agency_id: UUID
) -> None:
    for closed_at, more in (
        (on(2025, 6, 30), {}),  # Exactly twelve months ago: outside.
        (NOW, {"outcome": Outcome.PARTLY_SUBSTANTIATED}),
        (NOW, {"responsibility": Responsibility.EMPLOYER}),
        (NOW, {"code": MAJOR}),
    ):
        given = {"code": CRITICAL, **more}
        await deciding.store_decided(session, ministry, agency_id, closed_at, **given)  # type: ignore[arg-type]
    assert await g5_of(session, agency_id) is None
    limits = []
    for closed_at in (on(2025, 7, 1), NOW - timedelta(days=40), NOW):
        filed = await deciding.store_decided(session, ministry, agency_id, closed_at, code=CRITICAL)
        limits.append(await g5_of(session, agency_id))
    assert limits == ["C", "C", "D"]
    await second_word_on_the_same_agency(session, ministry, filed.case_id, agency_id)
    assert len((await current_of(session, agency_id)).inputs.complaints) == 7


async def second_word_on_the_same_agency(
    session: AsyncSession, at: Ministry, case_id: UUID, agency_id: UUID
) -> None:
    """One case is one event: a second yes is refused, and where one is on record it is not counted twice."""
    with pytest.raises(JudgedMeanwhile):
        await deciding.link(session, at, case_id, agency_id, NOW)
    again = NewLink(
        target=Target.AGENCY, agency_id=agency_id, judgement=Judgement.CONFIRMED,
        basis=Basis.ADMITTED, reason="",
    )  # fmt: skip
    await insert_link(
        session, case_id, again, link_id=uuid4(), reason_sealed=b"sealed",
        judged_by=at.first.actor.id, now=NOW,
    )  # fmt: skip


async def test_a_past_day_sees_the_links_and_decisions_of_its_own_time(
    session: AsyncSession, ministry: Ministry, agency_id: UUID
) -> None:
    filed = await deciding.file_about(session, ministry, on(2026, 3, 2))
    linked = await deciding.to_decision(
        session, ministry, filed.case_id, agency_id, on(2026, 4, 2), MAJOR
    )
    await deciding.propose(session, ministry, filed.case_id, on(2026, 5, 2), Outcome.SUBSTANTIATED)
    await deciding.close(session, ministry, filed.case_id, on(2026, 5, 2))
    await deciding.walk(
        session, ministry, filed.case_id, on(2026, 6, 2),
        (State.CLOSED, State.REOPENED, State.INVESTIGATE, State.DECIDE),
    )  # fmt: skip
    await deciding.link(
        session, ministry, filed.case_id, agency_id, on(2026, 6, 9), Judgement.WITHDRAWN, linked
    )
    seen = []
    for day in (on(2026, 4, 1), on(2026, 4, 2), on(2026, 5, 1), on(2026, 5, 2), on(2026, 6, 1),
                on(2026, 6, 2), on(2026, 6, 9)):  # fmt: skip
        card = await card_of(session, agency_id, as_of=day.date())
        part, response = card.complaints, card.responsiveness
        seen.append((f"{day:%m-%d}", part.points, part.decided, part.pending))
        met = {1: r_of(1, 1), 0: NO_DUTIES}[part.decided]
        late = part.pending and day >= on(2026, 6, 1)
        assert response.mid == pytest.approx(r_of(0, 1) if late else met, abs=1e-9)
    assert seen == [
        ("04-01", 0, 0, 0), ("04-02", 0, 0, 1), ("05-01", 0, 0, 1), ("05-02", 4, 1, 0),
        ("06-01", 4, 1, 0), ("06-02", 0, 0, 1), ("06-09", 0, 0, 0),
    ]  # fmt: skip


async def test_a_pending_case_weighs_what_it_was_then_said_to_be_about(
    session: AsyncSession, ministry: Ministry, agency_id: UUID
) -> None:
    filed = await deciding.file_about(session, ministry, on(2026, 6, 1))
    await deciding.link(session, ministry, filed.case_id, agency_id, on(2026, 6, 2))
    for day, code in ((3, MAJOR), (4, CRITICAL)):
        await deciding.classify(session, ministry, filed.case_id, on(2026, 6, day), code)
    for day, points in ((2, 1), (3, 4), (4, 8)):
        part = (await card_of(session, agency_id, as_of=on(2026, 6, day).date())).complaints
        assert part.mid_if_pending_upheld == pytest.approx(c_of(points), abs=1e-9)
        assert part.mid == pytest.approx(c_of(0), abs=1e-9)


async def test_a_case_of_the_third_year_counts_a_quarter(
    session: AsyncSession, ministry: Ministry, agency_id: UUID
) -> None:
    for closed_at in (on(2024, 6, 30), on(2023, 7, 1)):
        await deciding.store_decided(session, ministry, agency_id, closed_at)
    card = await card_of(session, agency_id)
    assert card.complaints.mid == pytest.approx(c_of(2), abs=1e-9)
    assert card.responsiveness.mid == pytest.approx(r_of(2, 2), abs=1e-9)


async def test_the_day_of_closing_is_that_of_the_ministry(
    session: AsyncSession, ministry: Ministry, agency_id: UUID
) -> None:
    """20 hours of the 29th in London is the 30th in Dhaka: not yet 12 months on the 29th a year later."""
    await deciding.store_decided(session, ministry, agency_id, on(2025, 6, 29, 20))
    noon = on(2026, 6, 29, 12)
    for zone, points in ((ZoneInfo("Asia/Dhaka"), 4), (UTC, 2)):
        card = await card_of(session, agency_id, now=noon.astimezone(zone))
        assert card.complaints.points == points


async def test_what_few_may_know_of_is_not_shown_before_it_is_decided(
    session: AsyncSession, ministry: Ministry, agency_id: UUID
) -> None:
    long_ago, office = NOW - timedelta(days=120), await store_office(session)
    known = await deciding.file_about(session, ministry, long_ago, MAJOR)
    hidden = await deciding.file_about(
        session, ministry, long_ago, MAJOR, hide_offices=(str(office),)
    )
    violent = await deciding.file_about(session, ministry, long_ago, VIOLENCE)
    for one, code in ((hidden, MAJOR), (violent, VIOLENCE)):
        await deciding.to_decision(session, ministry, one.case_id, agency_id, NOW, code)
    card = await card_of(session, agency_id)
    assert card.complaints.pending == 0
    assert card.responsiveness.mid == pytest.approx(NO_DUTIES, abs=1e-9)
    for one in (hidden, violent):
        await deciding.propose(session, ministry, one.case_id, NOW, Outcome.SUBSTANTIATED)
        if one is violent:
            await deciding.agree(session, ministry, one.case_id, NOW)
        await deciding.close(session, ministry, one.case_id, NOW)
    await deciding.to_decision(session, ministry, known.case_id, agency_id, NOW, MAJOR)
    card = await card_of(session, agency_id)
    assert (card.complaints.points, card.complaints.pending) == (12, 1)
    assert card.responsiveness.mid == pytest.approx(r_of(0, 3), abs=1e-9)


async def test_a_judgement_of_another_case_cannot_be_taken_back_from_here(
    session: AsyncSession, ministry: Ministry, agency_id: UUID
) -> None:
    filed = await deciding.file_about(session, ministry, NOW - timedelta(days=20))
    linked = await deciding.to_decision(session, ministry, filed.case_id, agency_id, NOW, MAJOR)
    other = await deciding.file_about(session, ministry, NOW - timedelta(days=20))
    with pytest.raises(JudgedMeanwhile):
        await deciding.link(
            session, ministry, other.case_id, agency_id, NOW, Judgement.WITHDRAWN, linked
        )
    assert (await card_of(session, agency_id)).complaints.pending == 1


async def test_an_issued_card_keeps_its_complaints_and_a_decision_is_news(
    session: AsyncSession, ministry: Ministry, agency_id: UUID
) -> None:
    issuer = await store_person(session, Role.REGULATOR)
    await issue_scorecard(session, issuer, NOW, agency_id=agency_id)
    with pytest.raises(NothingNew):
        await issue_scorecard(session, issuer, NOW, agency_id=agency_id)
    filed = await deciding.store_decided(session, ministry, agency_id, NOW)
    later = NOW + timedelta(days=1)
    assert (
        await issue_scorecard(session, issuer, later, agency_id=agency_id, reason="A decision.")
        == 2
    )
    await deciding.walk(session, ministry, filed.case_id, NOW, (State.CLOSED, State.REOPENED))
    first, second = [await get_issued(session, agency_id, revision) for revision in (1, 2)]
    assert first.inputs.complaints == ()
    [kept] = second.inputs.complaints
    assert kept.id == await deciding.mark_of(session, filed.case_id)
    assert second.snapshot.card.complaints.mid == pytest.approx(c_of(4), abs=1e-9)
    assert first.inputs_sha256 != second.inputs_sha256
    for never in (str(filed.case_id), await deciding.reference_of(session, filed.case_id)):
        assert never not in msgspec.json.encode(second.inputs).decode()


async def test_the_number_of_statements_does_not_grow_with_agencies_or_cases(
    session: AsyncSession, ministry: Ministry, queries: CountQueries
) -> None:
    agency_ids = [await agencies_factory.store_agency(session, deployments=SENT) for _ in range(30)]
    for place, agency_id in enumerate(agency_ids):
        if place % 3 == 0:
            await k1(session, ministry, agency_id)
        if place % 7 == 0:
            await k5(session, ministry, agency_id)
    counted = []
    for ids in (agency_ids[:1], agency_ids):
        with queries(13) as count:
            cards, _ = await compute_cards(session, ids, NOW)
        counted.append(len(count.statements))
        assert [one.agency_id for one in cards] == list(ids)
    assert counted[0] == counted[1]
    assert [one.card.complaints.points for one in cards] == [4 * (n % 3 == 0) for n in range(30)]
    assert [one.card.complaints.pending for one in cards] == [n % 7 == 0 for n in range(30)]
