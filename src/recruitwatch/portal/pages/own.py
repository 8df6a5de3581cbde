"""What the pages of an agency read: always by the agency of who is signed in, never by an address."""

from datetime import date
from uuid import UUID

import msgspec

from recruitwatch.actor import Actor
from recruitwatch.portal import queries
from recruitwatch.portal.pages.words import CARD_STATES, GRADES, Choice
from recruitwatch.portal.values import CardUnknown, OwnCard
from recruitwatch.scorecards import queries as cards_queries
from recruitwatch.scorecards.rules.contesting import state_for_agency
from recruitwatch.scorecards.rules.publishing import (
    card_state,
    day_of_step,
    is_overtaken,
    publish_from,
)
from recruitwatch.scorecards.values.publishing import (
    CardState,
    CardStepKind,
    NotPrepared,
    PreparedCard,
)
from recruitwatch.web.request import Session

HIGHEST_REVISION = 2**31 - 1


class Handed(msgspec.Struct, frozen=True, kw_only=True):
    """A card that the agency was handed, and where it stands. `first_day`: from which day on the ministry
    may publish it."""

    prepared: PreparedCard
    state: CardState
    first_day: date
    published_on: date | None
    recalled_on: date | None
    recall_reason: str
    replies: tuple[str, ...]


async def get_handed(session: Session, actor: Actor, revision: int) -> Handed:
    """A card of the own agency. Raises CardUnknown also for one that was issued and not handed over:
    the agency does not learn that it is there."""
    if revision > HIGHEST_REVISION:
        raise CardUnknown
    try:
        prepared = await cards_queries.get_prepared(session, actor.own_agency, revision)
    except NotPrepared:
        raise CardUnknown from None
    steps = prepared.steps
    served = day_of_step(steps, CardStepKind.SERVED)
    if served is None:
        raise CardUnknown
    state = card_state((step.kind for step in steps), revision, prepared.newest_published)
    recall = next((step for step in steps if step.kind is CardStepKind.RECALLED), None)
    return Handed(
        prepared=prepared,
        state=state_for_agency(state, overtaken=is_overtaken(prepared)),
        first_day=publish_from(served, prepared.draft_days),
        published_on=day_of_step(steps, CardStepKind.PUBLISHED),
        recalled_on=recall.on_date if recall else None,
        recall_reason=recall.text if recall else "",
        replies=tuple(step.text for step in steps if step.kind is CardStepKind.REPLIED),
    )


async def list_choices(
    session: Session, agency_id: UUID, *, limit: int, offset: int = 0
) -> list[Choice]:
    """The cards that the agency was handed with where each stands, newest first."""
    cards = await queries.list_own_cards(session, agency_id, limit=limit, offset=offset)
    states = await cards_queries.list_states(session, agency_id, [one.revision for one in cards])
    return [_choice(one, states[one.revision]) for one in cards]


def _choice(card: OwnCard, state: CardState) -> Choice:
    name, colour = CARD_STATES[state_for_agency(state, overtaken=card.overtaken)]
    return Choice(
        revision=card.revision,
        as_of=card.as_of,
        grade=card.grade.value,
        grade_word=GRADES[card.grade.value],
        score_shown=card.score_shown,
        state=name,
        colour=colour,
    )
