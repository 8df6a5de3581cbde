"""The revision that puts contested lines right, issued by whoever decided the last of them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.checklists.queries import get_versions
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.scorecards import queries
from recruitwatch.scorecards.actions.computing import compute_cards
from recruitwatch.scorecards.rules import compute
from recruitwatch.scorecards.rules.correcting import (
    asked_of_workers,
    corrected_at_once,
    corrected_basis,
)
from recruitwatch.scorecards.rules.freezing import freeze, issued_details, write_inputs
from recruitwatch.scorecards.rules.preparing import prepare
from recruitwatch.scorecards.rules.public import public_card
from recruitwatch.scorecards.rules.publishing import day_of_step, days_left
from recruitwatch.scorecards.rules.snapshot import snapshot_of
from recruitwatch.scorecards.values import CardInputs
from recruitwatch.scorecards.values.contests import Correction, CorrectionKind
from recruitwatch.scorecards.values.issued import IssuedCard, Snapshot
from recruitwatch.scorecards.values.public import PublicBasis, PublicCard
from recruitwatch.scorecards.values.publishing import CardStepKind, NewCardStep, PreparedCard
from recruitwatch.scorecards.values.rounds import FrozenCard


async def issue_corrected(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    issued: IssuedCard,
    contest_id: UUID,
    corrections: Sequence[Correction],
    draft_days: int,
) -> int | None:
    """Issue the new revision and hand its draft to the agency; gives its number.

    Where only answers were corrected, no newer card was issued and this one was not recalled, it is the
    contested card with these answers and nothing else, of the same day: it has what is left of the days
    of that card's draft, since its other lines are the same. Otherwise it is the card as the records stand
    today, with the days of every draft; None where the newest card says so already.
    """
    contested = await queries.get_prepared(session, issued.agency_id, issued.revision)
    days = draft_days
    if _same_card(issued, contested, corrections):
        card = await _put_right(session, issued, corrections)
        days = days_left(contested, now.date())
    else:
        card = await _of_today(session, now, issued)
        newest = await queries.lock_newest_issued(session, issued.agency_id)
        if newest is not None and newest.inputs_sha256 == card.inputs_sha256:
            return None
    await queries.insert_card(session, actor, now, card, contest_id=contest_id, draft_days=days)
    await record(
        session, actor, Action.SCORECARD_ISSUED, subject=("agency", issued.agency_id), now=now,
        details=issued_details(card, contest=str(contest_id)),
    )  # fmt: skip
    await _hand_over(session, actor, now, card)
    return card.revision


def _same_card(
    issued: IssuedCard, contested: PreparedCard, corrections: Sequence[Correction]
) -> bool:
    return (
        issued.revision == issued.newest_revision
        and day_of_step(contested.steps, CardStepKind.RECALLED) is None
        and all(one.kind is not CorrectionKind.RECORDS for one in corrections)
    )


async def _put_right(
    session: AsyncSession, issued: IssuedCard, corrections: Sequence[Correction]
) -> FrozenCard:
    """The contested card with corrected answers, from what was frozen with it and from nothing else."""
    used = {(one.checklist_id, one.version) for one in issued.snapshot.questions.values()}
    asked = asked_of_workers(issued.snapshot.questions, await get_versions(session, used))
    inputs = corrected_at_once(issued.inputs, corrections)
    basis = corrected_basis(await queries.get_basis(session, issued.id), corrections)
    gone = {one.item for one in corrections if one.pooled}
    kept = tuple(one for one in issued.snapshot.interviews if one.item_id not in gone)
    snapshot = replace(issued.snapshot, card=compute(inputs), interviews=kept)
    public = public_card(issued.agency_id, inputs, asked, basis)
    return _frozen(issued, inputs, snapshot, public, basis)


async def _of_today(session: AsyncSession, now: datetime, issued: IssuedCard) -> FrozenCard:
    agency_id = issued.agency_id
    [current], sheets = await compute_cards(session, [agency_id], now)
    previous = await queries.find_last_bases(session, [agency_id])
    public, basis = prepare(current, sheets, previous.get(agency_id, ()))
    return _frozen(issued, current.inputs, snapshot_of(current, sheets), public, basis)


def _frozen(
    issued: IssuedCard,
    inputs: CardInputs,
    snapshot: Snapshot,
    public: PublicCard,
    basis: PublicBasis,
) -> FrozenCard:
    """The revision after the newest one."""
    return freeze(
        issued.agency_id, write_inputs(inputs), snapshot, public, basis,
        card_id=uuid4(), revision=issued.newest_revision + 1,
    )  # fmt: skip


async def _hand_over(session: AsyncSession, actor: Actor, now: datetime, card: FrozenCard) -> None:
    """The agency finds the draft in its own place at once: it can sign in, since it contested there."""
    step = NewCardStep(kind=CardStepKind.SERVED, on_date=now.date(), text="")
    await queries.insert_card_step(session, actor, now, card_id=card.card_id, new=step)
    await record(
        session, actor, Action.CARD_SERVED, subject=("agency", card.agency_id), now=now,
        details={"card": str(card.card_id), "revision": card.revision,
                 "on_date": step.on_date.isoformat()},
    )  # fmt: skip
