"""Where an issued card stands on its way to the public, in words, and what may be done next."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

import msgspec

from recruitwatch.accounts.rules import may
from recruitwatch.accounts.values import Permission
from recruitwatch.actor import Actor
from recruitwatch.errors import N_, Message
from recruitwatch.findings.pages.days import TypedDay
from recruitwatch.scorecards import queries
from recruitwatch.scorecards.rules.publishing import (
    card_state,
    day_of_step,
    open_steps,
    publish_from,
)
from recruitwatch.scorecards.rules.reasons import known_reason
from recruitwatch.scorecards.values import wording
from recruitwatch.scorecards.values.issued import IssuedLine
from recruitwatch.scorecards.values.public import PublicCard
from recruitwatch.scorecards.values.publishing import (
    CardState,
    CardStep,
    CardStepKind,
    PreparedCard,
)
from recruitwatch.web.request import Session

STATE_NAMES: Mapping[CardState, tuple[str, str]] = {
    CardState.ISSUED: (N_("Issued"), "grey"),
    CardState.SERVED: (N_("Draft served"), "blue"),
    CardState.VALID: (N_("Published"), "green"),
    CardState.REPLACED: (N_("Replaced"), "yellow"),
    CardState.RECALLED: (N_("Recalled"), "red"),
}
STEP_NAMES: Mapping[CardStepKind, str] = {
    CardStepKind.SERVED: N_("The agency got the draft"),
    CardStepKind.REPLIED: N_("The agency replied"),
    CardStepKind.PUBLISHED: N_("Published"),
    CardStepKind.RECALLED: N_("Recalled"),
}
DONE: Mapping[str, str] = {
    "served": N_("Recorded: the agency got the draft."),
    "replied": N_("The reply was recorded."),
    "published": N_("The card is published. Everybody can read it."),
    "recalled": N_("The card is recalled. Its page says so, and why."),
}


class HistoryLine(msgspec.Struct, frozen=True, kw_only=True):
    """An issued card in the list. `state` is empty where a card has no public form."""

    issued: IssuedLine
    state: str
    colour: str


class Publishing(msgspec.Struct, frozen=True, kw_only=True):
    """An issued card on its way to the public. `first_day`: from which day on it may be published.
    `why` stands for `reason` where no person wrote it."""

    agency_id: UUID
    revision: int
    card: PublicCard
    grade: str
    sha256: str
    reason: str
    why: Message | None
    state: CardState
    state_name: str
    colour: str
    draft_days: int
    first_day: date | None
    older: bool
    steps: Sequence[tuple[str, CardStep]]
    may: frozenset[str]
    today: date
    typed: Mapping[str, str] = {}
    days: Mapping[str, TypedDay] = {}


async def list_history(session: Session, agency_id: UUID, limit: int) -> list[HistoryLine]:
    """The issued cards of an agency with where each stands, newest first."""
    lines = await queries.list_issued(session, agency_id, limit=limit)
    states = await queries.list_states(session, agency_id, [line.revision for line in lines])
    return [_history_line(line, states.get(line.revision)) for line in lines]


def _history_line(line: IssuedLine, state: CardState | None) -> HistoryLine:
    name, colour = ("", "grey") if state is None else STATE_NAMES[state]
    return HistoryLine(issued=line, state=name, colour=colour)


def publishing_of(prepared: PreparedCard, actor: Actor, today: date) -> Publishing:
    """What the page of an issued card says of its way to the public."""
    kinds = [step.kind for step in prepared.steps]
    state = card_state(kinds, prepared.revision, prepared.newest_published)
    served = day_of_step(prepared.steps, CardStepKind.SERVED)
    allowed = open_steps(prepared, today) if may(actor, Permission.CARD_PUBLISH) else ()
    name, colour = STATE_NAMES[state]
    return Publishing(
        agency_id=prepared.agency_id,
        revision=prepared.revision,
        card=prepared.card,
        grade=wording.GRADES[prepared.card.grade],
        sha256=prepared.sha256,
        reason=prepared.reason,
        why=known_reason(prepared.reason, corrects=prepared.contest_id is not None),
        state=state,
        state_name=name,
        colour=colour,
        draft_days=prepared.draft_days,
        first_day=publish_from(served, prepared.draft_days) if served else None,
        older=(prepared.newest_published or 0) > prepared.revision,
        steps=[(STEP_NAMES[step.kind], step) for step in prepared.steps],
        may=frozenset(kind.value for kind in allowed),
        today=today,
    )
