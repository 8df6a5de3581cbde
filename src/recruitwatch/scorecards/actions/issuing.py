"""Issuing a card: the whole card and the public one are frozen together."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.scorecards import queries
from recruitwatch.scorecards.actions.computing import compute_cards
from recruitwatch.scorecards.rules.freezing import freeze, issued_details, write_inputs
from recruitwatch.scorecards.rules.preparing import prepare
from recruitwatch.scorecards.rules.publishing import needs_reason
from recruitwatch.scorecards.rules.rounds import needs_card, period_of
from recruitwatch.scorecards.rules.sheets import Sheets
from recruitwatch.scorecards.rules.snapshot import snapshot_of
from recruitwatch.scorecards.values.issued import CurrentCard, NothingNew, NothingShown
from recruitwatch.scorecards.values.public import PublicBasis, PublicCard
from recruitwatch.scorecards.values.publishing import DRAFT_DAYS, ReasonMissing


async def issue_scorecard(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    agency_id: UUID,
    reason: str = "",
    draft_days: int = DRAFT_DAYS,
) -> int:
    """Freeze today's card with its inputs, and the public card with it; gives the revision. Issuing is
    not publishing.

    Raises NothingNew when the newest issued card rests on the same inputs, NothingShown when this period's
    card would tell nothing else (`rules.rounds.needs_card`), and ReasonMissing when a revision after the
    first does not say why it was issued.
    """
    newest = await queries.lock_newest_issued(session, agency_id)
    [current], sheets = await compute_cards(session, [agency_id], now)
    written = write_inputs(current.inputs)
    if newest is not None and newest.inputs_sha256 == written.sha256:
        raise NothingNew
    public, basis = await _prepared(session, now, current, sheets)
    revision = 1 if newest is None else newest.revision + 1
    if needs_reason(revision) and not reason:
        raise ReasonMissing
    card = freeze(
        agency_id, written, snapshot_of(current, sheets), public, basis,
        card_id=uuid4(), revision=revision, reason=reason,
    )  # fmt: skip
    await queries.insert_card(session, actor, now, card, draft_days=draft_days)
    await record(
        session, actor, Action.SCORECARD_ISSUED, subject=("agency", agency_id), now=now,
        details=issued_details(card),
    )  # fmt: skip
    return revision


async def _prepared(
    session: AsyncSession, now: datetime, current: CurrentCard, sheets: Sheets
) -> tuple[PublicCard, PublicBasis]:
    """What everybody will read, and what it rests on for the next one."""
    agency_id = current.agency_id
    period = period_of(now.date())
    newest = await queries.find_newest(session, [agency_id], since=period.first)
    previous = await queries.find_last_bases(session, [agency_id])
    public, basis = prepare(current, sheets, previous.get(agency_id, ()))
    last = newest.get(agency_id)
    if not needs_card(current.inputs, public, last, period, sheets.interview_items):
        raise NothingShown
    return public, basis
