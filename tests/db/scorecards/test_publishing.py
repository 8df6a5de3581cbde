"""What the database keeps of published cards: their order, their bytes, and what they do not tell."""

import hashlib
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from conftest import KEY, NOW
from factories import agencies as agencies_factory
from factories import deciding
from factories.accounts import store_person
from factories.complaints import vault_of
from factories.deciding import Ministry
from recruitwatch.accounts.values import Role
from recruitwatch.actor import Actor
from recruitwatch.db.constraints import error_for
from recruitwatch.errors import RecruitwatchError
from recruitwatch.scorecards import queries
from recruitwatch.scorecards.actions import issue_scorecard, take_card_step
from recruitwatch.scorecards.tables import public_cards
from recruitwatch.scorecards.values.issued import NothingShown
from recruitwatch.scorecards.values.papers import PaperPlace
from recruitwatch.scorecards.values.public import PublicCard
from recruitwatch.scorecards.values.publishing import (
    CardState,
    CardStepKind,
    NewCardStep,
    NewerPublished,
    NoPublicCard,
    NotPrepared,
    NotPublished,
    NotServed,
    ReasonMissing,
    RecallUnexplained,
    StepRefused,
    StepTaken,
    TooEarly,
)

S, R, P, X = CardStepKind
TODAY = NOW.date()
NEXT_QUARTER = NOW + timedelta(days=1)


@pytest.fixture
async def agency_id(session: AsyncSession) -> UUID:
    return await agencies_factory.store_agency(session, licence_no="RL-77")


@pytest.fixture
async def regulator(session: AsyncSession) -> Actor:
    return await store_person(session, Role.REGULATOR)


@pytest.fixture
def place(tmp_path: Path) -> PaperPlace:
    return PaperPlace(files=tmp_path / "papers", ministry="Testland", address="https://cards.test")


def step(kind: CardStepKind, on: date, said: str = "Said.") -> NewCardStep:
    return NewCardStep(kind=kind, on_date=on, text=said)


async def take(
    session: AsyncSession,
    actor: Actor,
    place: PaperPlace,
    agency_id: UUID,
    revision: int,
    *days: tuple[CardStepKind, int],
) -> None:
    """Steps, each so many days after NOW."""
    for kind, after in days:
        at = NOW + timedelta(days=after)
        await take_card_step(
            session,
            actor,
            at,
            agency_id=agency_id,
            revision=revision,
            new=step(kind, at.date()),
            place=place,
        )


async def publish(
    session: AsyncSession,
    actor: Actor,
    place: PaperPlace,
    agency_id: UUID,
    day: int = 0,
    reason: str = "News.",
) -> int:
    """Issue on this day, serve, wait and publish."""
    at = NOW + timedelta(days=day)
    revision = await issue_scorecard(session, actor, at, agency_id=agency_id, reason=reason)
    await take(session, actor, place, agency_id, revision, (S, day), (P, day + 14))
    return revision


async def broken(
    session: AsyncSession, actor: Actor, card_id: UUID, new: NewCardStep
) -> RecruitwatchError | None:
    """What the database says of a step that no rule looked at."""
    with pytest.raises(IntegrityError) as refusal:
        async with session.begin_nested():
            await queries.insert_card_step(session, actor, NOW, card_id=card_id, new=new)
    return error_for(refusal.value, queries.CONSTRAINTS)


@pytest.mark.parametrize(
    ("before", "new", "error"),
    [
        ((), step(P, TODAY + timedelta(days=30)), NotServed),
        ((), step(R, TODAY), NotServed),
        (((S, 0),), step(P, TODAY + timedelta(days=13)), TooEarly),
        (((S, 0),), step(X, TODAY + timedelta(days=13)), NotPublished),
        (((S, 0),), step(S, TODAY), StepTaken),
        (((S, 0), (P, 14)), step(P, TODAY + timedelta(days=15)), StepTaken),
        (((S, 0), (P, 14)), step(X, TODAY + timedelta(days=15), ""), RecallUnexplained),
        (((S, 0), (P, 14), (X, 15)), step(X, TODAY + timedelta(days=16)), StepTaken),
    ],
)
async def test_the_database_keeps_the_order_by_itself(
    session: AsyncSession,
    regulator: Actor,
    place: PaperPlace,
    agency_id: UUID,
    before: tuple[tuple[CardStepKind, int], ...],
    new: NewCardStep,
    error: type[RecruitwatchError],
) -> None:
    await issue_scorecard(session, regulator, NOW, agency_id=agency_id)
    await take(session, regulator, place, agency_id, 1, *before)
    card_id = (await queries.get_prepared(session, agency_id, 1)).card_id
    assert isinstance(await broken(session, regulator, card_id, new), error)


async def test_an_older_revision_is_not_published_after_a_newer_one(
    session: AsyncSession, regulator: Actor, place: PaperPlace, agency_id: UUID
) -> None:
    await issue_scorecard(session, regulator, NOW, agency_id=agency_id)
    await take(session, regulator, place, agency_id, 1, (S, 0))
    await publish(session, regulator, place, agency_id, day=1)
    with pytest.raises(StepRefused):
        await take(session, regulator, place, agency_id, 1, (P, 20))
    old = await queries.get_prepared(session, agency_id, 1)
    late = step(P, TODAY + timedelta(days=20))
    assert isinstance(await broken(session, regulator, old.card_id, late), NewerPublished)


@pytest.mark.parametrize("table", ["public_cards", "card_steps"])
@pytest.mark.parametrize("change", ["delete from {}", "update {} set {}"])
async def test_what_is_frozen_stays_as_it_is(
    session: AsyncSession,
    regulator: Actor,
    place: PaperPlace,
    agency_id: UUID,
    table: str,
    change: str,
) -> None:
    await publish(session, regulator, place, agency_id)
    column = "reason = 'x'" if table == "public_cards" else "text = 'x'"
    with pytest.raises(DBAPIError):
        async with session.begin_nested():
            await session.execute(text(change.format(table, column)))


async def test_the_public_card_is_the_bytes_that_were_hashed(
    session: AsyncSession, regulator: Actor, place: PaperPlace, agency_id: UUID
) -> None:
    await publish(session, regulator, place, agency_id)
    row = (await session.execute(select(public_cards))).mappings().one()
    assert hashlib.sha256(row["public_card"].encode()).hexdigest() == row["sha256"]
    card = msgspec.json.decode(row["public_card"], type=PublicCard)
    assert msgspec.json.encode(card, order="sorted").decode() == row["public_card"]
    shown = await queries.get_published(session, agency_id)
    assert (shown.card, shown.sha256) == (card, row["sha256"])
    assert await queries.get_published_by_card(session, shown.card_id) == shown


async def test_a_later_revision_needs_its_reason_and_nothing_is_written_without(
    session: AsyncSession, regulator: Actor, agency_id: UUID
) -> None:
    await issue_scorecard(session, regulator, NOW, agency_id=agency_id)
    later = NOW + timedelta(days=1)
    with pytest.raises(ReasonMissing):
        await issue_scorecard(session, regulator, later, agency_id=agency_id)
    assert len(await queries.list_issued(session, agency_id, limit=10)) == 1
    await issue_scorecard(session, regulator, later, agency_id=agency_id, reason="A mistake.")
    assert (await queries.get_prepared(session, agency_id, 2)).reason == "A mistake."


async def test_what_everybody_reads_of_an_agencys_cards(
    session: AsyncSession, regulator: Actor, place: PaperPlace, agency_id: UUID
) -> None:
    with pytest.raises(NoPublicCard):
        await queries.get_published(session, agency_id)
    await publish(session, regulator, place, agency_id, reason="")
    await take(session, regulator, place, agency_id, 1, (R, 15), (R, 16))
    await publish(session, regulator, place, agency_id, day=20)
    await issue_scorecard(
        session, regulator, NOW + timedelta(days=100), agency_id=agency_id, reason="More."
    )
    with pytest.raises(NoPublicCard):
        await queries.get_published(session, agency_id, 3)
    first, second = [await queries.get_published(session, agency_id, one) for one in (1, 2)]
    assert (first.state, second.state) == (CardState.REPLACED, CardState.VALID)
    assert first.replies == ("Said.", "Said.")
    assert (first.issued_on, first.published_on) == (TODAY, TODAY + timedelta(days=14))
    assert await queries.get_published(session, agency_id) == second
    lines = await queries.list_published(session, agency_id, limit=10)
    assert [(one.revision, one.state.value) for one in lines] == [(2, "valid"), (1, "replaced")]
    assert await queries.list_published(session, agency_id, limit=1, offset=1) == lines[1:]
    assert await queries.count_published(session, agency_id) == 2


async def test_a_recalled_card_stands_with_its_reason_and_none_takes_its_place(
    session: AsyncSession, regulator: Actor, place: PaperPlace, agency_id: UUID
) -> None:
    await publish(session, regulator, place, agency_id)
    await publish(session, regulator, place, agency_id, day=20)
    await take(session, regulator, place, agency_id, 2, (X, 36))
    shown = await queries.get_published(session, agency_id)
    assert (shown.revision, shown.state) == (2, CardState.RECALLED)
    assert (shown.recall_reason, shown.recalled_on) == ("Said.", TODAY + timedelta(days=36))
    assert (await queries.get_published(session, agency_id, 1)).state is CardState.REPLACED
    assert [one async for one in queries.each_published(session)] == []


async def test_the_valid_card_of_every_agency_once(
    session: AsyncSession, regulator: Actor, place: PaperPlace
) -> None:
    agencies = [await agencies_factory.store_agency(session) for _ in range(4)]
    for agency_id in agencies[:3]:
        await publish(session, regulator, place, agency_id)
    await publish(session, regulator, place, agencies[0], day=20)
    await take(session, regulator, place, agencies[1], 1, (X, 20))
    await issue_scorecard(session, regulator, NOW, agency_id=agencies[3])
    found = [(one.agency_id, one.revision) async for one in queries.each_published(session)]
    assert found == sorted([(agencies[0], 2), (agencies[2], 1)])


async def test_a_card_of_before_has_no_public_form(session: AsyncSession, agency_id: UUID) -> None:
    with pytest.raises(NotPrepared):
        await queries.get_prepared(session, agency_id, 1)


@pytest.fixture
async def ministry(session: AsyncSession, tmp_path: Path) -> Ministry:
    return await deciding.open_ministry(session, vault_of(tmp_path, KEY))


async def figures(session: AsyncSession, agency_id: UUID, revision: int) -> PublicCard:
    """The public card but for its own day."""
    card = (await queries.get_prepared(session, agency_id, revision)).card
    return msgspec.structs.replace(card, as_of=TODAY)


async def issue(
    session: AsyncSession, actor: Actor, agency_id: UUID, at: datetime, revision: int
) -> tuple[PublicCard, float]:
    """The public figures, and what the whole card makes of complaints."""
    assert revision == await issue_scorecard(
        session, actor, at, agency_id=agency_id, reason="News."
    )
    whole = await queries.get_issued(session, agency_id, revision)
    return await figures(session, agency_id, revision), whole.snapshot.card.complaints.mid


@pytest.mark.parametrize("known", [0, 6], ids=["none shown before", "six shown before"])
async def test_one_more_decided_complaint_changes_no_public_figure(
    session: AsyncSession, ministry: Ministry, regulator: Actor, agency_id: UUID, known: int
) -> None:
    for _ in range(known):
        await deciding.store_decided(session, ministry, agency_id, NOW)
    before, whole_before = await issue(session, regulator, agency_id, NOW, 1)
    assert (before.complaints_of is not None) == (known > 0)
    await deciding.store_decided(session, ministry, agency_id, NOW)
    with pytest.raises(NothingShown):
        await issue(session, regulator, agency_id, NOW, 2)
    after, whole_after = await issue(session, regulator, agency_id, NEXT_QUARTER, 2)
    assert whole_after < whole_before, "the regulator's card knows it at once"
    assert after == before


async def test_the_fifth_new_complaint_brings_all_five(
    session: AsyncSession, ministry: Ministry, regulator: Actor, agency_id: UUID
) -> None:
    """Until then there is not even a new revision, whose number would tell that something came."""
    await deciding.store_decided(session, ministry, agency_id, NOW)
    before, _ = await issue(session, regulator, agency_id, NOW, 1)
    for _ in range(3):
        await deciding.store_decided(session, ministry, agency_id, NOW)
        with pytest.raises(NothingShown):
            await issue(session, regulator, agency_id, NOW, 2)
    await deciding.store_decided(session, ministry, agency_id, NOW)
    after, _ = await issue(session, regulator, agency_id, NOW, 2)
    assert after.complaints < before.complaints
    assert (before.complaints_of, after.complaints_of) == (None, TODAY)


async def test_what_is_recalled_may_be_issued_again(
    session: AsyncSession,
    ministry: Ministry,
    regulator: Actor,
    agency_id: UUID,
    place: PaperPlace,
) -> None:
    await publish(session, regulator, place, agency_id, day=10)
    await take(session, regulator, place, agency_id, 1, (X, 30))
    await deciding.store_decided(session, ministry, agency_id, NOW)
    assert await publish(session, regulator, place, agency_id, day=31) == 2


async def test_the_next_card_looks_back_on_all_that_may_still_be_shown(
    session: AsyncSession, regulator: Actor, agency_id: UUID, place: PaperPlace
) -> None:
    for day in (0, 100, 200, 300):
        await issue_scorecard(
            session, regulator, NOW + timedelta(days=day), agency_id=agency_id, reason="News."
        )
    assert len((await queries.find_last_bases(session, [agency_id]))[agency_id]) == 4
    await take(session, regulator, place, agency_id, 3, (S, 210), (P, 230))
    assert len((await queries.find_last_bases(session, [agency_id]))[agency_id]) == 2
