"""From an issued card to a published one: where it stands, and which step may be taken when.

Source: part 4.9 of the method and decision 0018: the agency has the draft for some days before everybody
may read it, a recall gives its reason, and a replaced revision never comes back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from recruitwatch.errors import N_, Message
from recruitwatch.scorecards.values.publishing import (
    CardState,
    CardStep,
    CardStepKind,
    NewCardStep,
    NewerPublished,
    NotPublished,
    NotServed,
    PreparedCard,
    RecallUnexplained,
    StepTaken,
)

DATE_AHEAD = N_("This day lies in the future.")
BEFORE_ISSUED = N_("This day lies before the day of the card.")
BEFORE_SERVED = N_("This day lies before the day on which the agency got the draft.")
NOT_TODAY = N_("A card is published and recalled on the day it is recorded.")
DAYS_OPEN = N_("The agency has the draft until then: this card may be published from %(day)s on.")
HOW_MISSING = N_("Write down how the agency got the draft.")
REPLY_MISSING = N_("Write down what the agency replied.")
ALREADY_RECALLED = N_("This card was recalled.")

DAY_FAULTS = frozenset({DATE_AHEAD, BEFORE_ISSUED, BEFORE_SERVED, NOT_TODAY})

_TEXTS = {
    CardStepKind.SERVED: HOW_MISSING,
    CardStepKind.REPLIED: REPLY_MISSING,
    CardStepKind.RECALLED: RecallUnexplained.sentence,
}


def card_state(
    steps: Iterable[CardStepKind], revision: int, newest_published: int | None
) -> CardState:
    """Where a card stands. A recalled one stays recalled when a newer one is published."""
    taken = set(steps)
    if CardStepKind.RECALLED in taken:
        return CardState.RECALLED
    if CardStepKind.PUBLISHED in taken:
        return CardState.VALID if revision == newest_published else CardState.REPLACED
    return CardState.SERVED if CardStepKind.SERVED in taken else CardState.ISSUED


def day_of_step(steps: Iterable[CardStep], kind: CardStepKind) -> date | None:
    """The day of a step that is taken once; None where it was not taken."""
    return next((step.on_date for step in steps if step.kind is kind), None)


def publish_from(served_on: date, draft_days: int) -> date:
    """The first day on which the card may be published: the days of the draft lie before it (4.9)."""
    return served_on + timedelta(days=draft_days)


def days_left(prepared: PreparedCard, today: date) -> int:
    """Days of a served draft that are still to come before it may be published; none once it was."""
    served = day_of_step(prepared.steps, CardStepKind.SERVED)
    published = day_of_step(prepared.steps, CardStepKind.PUBLISHED)
    if served is None or published is not None:
        return 0
    return max((publish_from(served, prepared.draft_days) - today).days, 0)


def is_overtaken(prepared: PreparedCard) -> bool:
    """Whether a newer revision is published, so that this one never will be."""
    return prepared.newest_published is not None and prepared.newest_published > prepared.revision


def open_steps(prepared: PreparedCard, today: date) -> tuple[CardStepKind, ...]:
    """The steps that may be taken today, whatever their text."""
    return tuple(
        kind
        for kind in CardStepKind
        if not may_take(NewCardStep(kind=kind, on_date=today, text="-"), prepared, today=today)
    )


def may_take(new: NewCardStep, prepared: PreparedCard, *, today: date) -> tuple[Message, ...]:
    """Why this step cannot be taken; nothing when it can.

    The draft is served once, and a reply, publication and recall follow in this order. A step that
    is not yet possible gives one reason; a possible one gives what is wrong with its day and text.
    """
    refusal = _order(new.kind, prepared, today)
    if refusal is not None:
        return (refusal,)
    reasons = [Message(key) for key in (_day(new, prepared, today), _text(new)) if key]
    return tuple(reasons)


def _order(kind: CardStepKind, prepared: PreparedCard, today: date) -> Message | None:
    taken = {step.kind for step in prepared.steps}
    if kind is not CardStepKind.REPLIED and kind in taken:
        return Message(StepTaken.sentence)
    if CardStepKind.RECALLED in taken:
        return Message(ALREADY_RECALLED)
    if kind is CardStepKind.SERVED:
        return None
    if CardStepKind.SERVED not in taken:
        return Message(NotServed.sentence)
    if kind is CardStepKind.PUBLISHED:
        return _publishing(prepared, today)
    if kind is CardStepKind.RECALLED and CardStepKind.PUBLISHED not in taken:
        return Message(NotPublished.sentence)
    return None


def _publishing(prepared: PreparedCard, today: date) -> Message | None:
    if is_overtaken(prepared):
        return Message(NewerPublished.sentence)
    served = day_of_step(prepared.steps, CardStepKind.SERVED)
    first = publish_from(served, prepared.draft_days) if served else None
    if first is not None and today < first:
        return Message(DAYS_OPEN, {"day": first.isoformat()})
    return None


def _day(new: NewCardStep, prepared: PreparedCard, today: date) -> str | None:
    if new.on_date > today:
        return DATE_AHEAD
    if new.on_date < today and new.kind in (CardStepKind.PUBLISHED, CardStepKind.RECALLED):
        return NOT_TODAY
    if new.on_date < prepared.card.as_of:
        return BEFORE_ISSUED
    served = day_of_step(prepared.steps, CardStepKind.SERVED)
    if served is not None and new.on_date < served:
        return BEFORE_SERVED
    return None


def _text(new: NewCardStep) -> str | None:
    return None if new.text else _TEXTS.get(new.kind)


def needs_reason(revision: int) -> bool:
    """Every revision after the first says why it was issued (4.9)."""
    return revision > 1
