"""SQL of what cases say of agencies: for many agencies at once, as it stood at one instant."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Subquery, and_, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.selectable import LateralFromClause

from recruitwatch.complaints.queries.codes import get_code_book, get_code_categories
from recruitwatch.complaints.rules.codes import codes_among, worst_category
from recruitwatch.complaints.tables import (
    case_exclusions,
    complaint_classifications,
    complaint_decisions,
    complaint_links,
    complaint_steps,
    complaints,
)
from recruitwatch.complaints.values.codes import Compartment
from recruitwatch.complaints.values.evidence import LinkedCase, StandingDecision
from recruitwatch.complaints.values.judging import Judgement, Target
from recruitwatch.complaints.values.states import Outcome, Responsibility, State

_case, _decision = complaints.c, complaint_decisions.c
UNCLASSIFIED = "minor"
_OUTCOMES = {one.value: one for one in Outcome}
_RESPONSIBILITIES = {one.value: one for one in Responsibility}


async def get_mark(session: AsyncSession, case_id: UUID) -> str:
    """What this case is called on cards. Its reference is for those who work on it: whoever reads cards could
    ask a colleague for the case by it, or see it on a paper of hers. By chance, so that no number in history
    leads to it."""
    return await session.scalar(select(_case.card_mark).where(_case.id == case_id)) or ""


async def list_linked_cases(
    session: AsyncSession, agency_ids: Sequence[UUID], *, until: datetime, since: datetime
) -> list[LinkedCase]:
    """The cases with a link to these agencies that an officer had confirmed and nobody had superseded
    by `until`: those closed since `since` and those that stood open. One statement.

    An open case is left out where few may know that it exists: she hid it from somebody, or it is about
    violence or an official. It comes in when it is decided.
    """
    link, turn = _links(agency_ids, until), _turns(until)
    about = _classifications(until)
    closed = func.coalesce(turn.c.to_state, "") == State.CLOSED.value
    hidden = select(case_exclusions.c.id).where(case_exclusions.c.case_id == _case.id).exists()
    known = and_(_case.compartment == Compartment.GENERAL.value, ~hidden)
    statement = (
        select(
            link.c.agency_id, _case.card_mark, _case.decide_due_on, turn.c.at,
            _decision.outcome, _decision.responsibility, _decision.workers, _decision.severity,
            about.c.book_version, about.c.main_code, about.c.codes,
        )
        # Once however many judgements say so: sorted anyway, so twins lie side by side.
        .ext(distinct_on(link.c.agency_id, _case.id))
        .select_from(link)
        .join(complaints, _case.id == link.c.case_id)
        .outerjoin(turn, turn.c.case_id == _case.id)
        .outerjoin(complaint_decisions, and_(_decision.id == turn.c.decision_id, closed))
        .outerjoin(about, about.c.case_id == _case.id)
        # What is closed for long cannot be on the card: passed over before its steps are looked up.
        .where(or_(_case.closed_at.is_(None), _case.closed_at >= since))
        .where(or_(and_(closed, turn.c.at >= since), and_(~closed, known)))
        .order_by(link.c.agency_id, _case.id)
    )  # fmt: skip
    return [_linked(*row) for row in await session.execute(statement)]


def _links(agency_ids: Sequence[UUID], until: datetime) -> Subquery:
    """Agency and case. Few judgements supersede another: named first, they are all that is looked at."""
    own, later = complaint_links.alias("own"), complaint_links.alias("later")
    superseded = (
        select(later.c.id)
        .where(
            later.c.supersedes.is_not(None),
            later.c.supersedes == own.c.id,
            later.c.case_id == own.c.case_id,
            later.c.judged_at <= until,
        )
        .exists()
    )
    return (
        select(own.c.agency_id, own.c.case_id)
        .where(
            own.c.agency_id.in_(agency_ids),
            own.c.target == Target.AGENCY.value,
            own.c.judgement == Judgement.CONFIRMED.value,
            own.c.judged_at <= until,
            ~superseded,
        )
        .subquery("link")
    )


def _turns(until: datetime) -> LateralFromClause:
    """The last time the case was closed or reopened."""
    step = complaint_steps.c
    return (
        select(step.case_id, step.to_state, step.decision_id, step.at)
        .where(
            step.case_id == _case.id,
            step.to_state.in_([State.CLOSED.value, State.REOPENED.value]),
            step.at <= until,
        )
        .order_by(step.id.desc())
        .limit(1)
        .correlate(complaints)
        .lateral("turn")
    )


def _classifications(until: datetime) -> LateralFromClause:
    """What the case was last set to be about, where no decision says it."""
    about = complaint_classifications.c
    return (
        select(about.case_id, about.book_version, about.main_code, about.codes)
        .where(about.case_id == _case.id, about.set_at <= until, _decision.id.is_(None))
        .order_by(about.id.desc())
        .limit(1)
        .correlate(complaints, complaint_decisions)
        .lateral("about")
    )


def _linked(
    agency_id: UUID,
    mark: str,
    decide_due_on: date,
    closed_at: datetime,
    outcome: str | None,
    responsibility: str,
    workers: int,
    severity: str | None,
    book_version: int,
    main_code: str | None,
    codes: Sequence[str],
) -> LinkedCase:
    decision = None
    if outcome is not None:
        decision = StandingDecision(
            outcome=_OUTCOMES[outcome],
            responsibility=_RESPONSIBILITIES[responsibility],
            workers=workers,
            closed_at=closed_at,
        )
    if severity is None and main_code is not None:
        severity = _severity(book_version, (main_code, *codes))
    return LinkedCase(
        agency_id=agency_id,
        reference=mark,
        decide_due_on=decide_due_on,
        severity=severity or UNCLASSIFIED,
        decision=decision,
    )


def _severity(version: int, codes: Sequence[str]) -> str:
    """That of the worst code, as a decision would freeze it."""
    worst = worst_category(codes_among(get_code_book(version), codes), get_code_categories(version))
    return UNCLASSIFIED if worst is None else worst.severity.value
