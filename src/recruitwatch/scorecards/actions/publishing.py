"""From draft to recall: each step is added, none is changed or taken back."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.scorecards import queries
from recruitwatch.scorecards.actions.papers import make_papers
from recruitwatch.scorecards.rules.publishing import may_take
from recruitwatch.scorecards.values.papers import PaperPlace
from recruitwatch.scorecards.values.publishing import CardStepKind, NewCardStep, StepRefused

ACTIONS: Mapping[CardStepKind, Action] = {
    CardStepKind.SERVED: Action.CARD_SERVED,
    CardStepKind.REPLIED: Action.CARD_REPLIED,
    CardStepKind.PUBLISHED: Action.CARD_PUBLISHED,
    CardStepKind.RECALLED: Action.CARD_RECALLED,
}


async def take_card_step(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    agency_id: UUID,
    revision: int,
    new: NewCardStep,
    place: PaperPlace,
) -> None:
    """Serve the draft, record a reply, publish or recall. Whoever issued the card may do it.
    Publishing makes the card's papers too.

    Raises NotPrepared for a card without a public form and StepRefused when the step's turn has not
    come, or its day or text is wrong.
    """
    prepared = await queries.lock_prepared(session, agency_id, revision)
    reasons = may_take(new, prepared, today=now.date())
    if reasons:
        raise StepRefused(reasons)
    await queries.insert_card_step(session, actor, now, card_id=prepared.card_id, new=new)
    if new.kind is CardStepKind.PUBLISHED:
        await make_papers(session, now, place, card_id=prepared.card_id)
    await record(
        session, actor, ACTIONS[new.kind], subject=("agency", agency_id), now=now,
        details={"card": str(prepared.card_id), "revision": revision,
                 "on_date": new.on_date.isoformat(), "text": new.text},
    )  # fmt: skip
