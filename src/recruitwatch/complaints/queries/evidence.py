"""SQL of what cases say of agencies: for many agencies at once, as it stood at one instant."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, Subquery, and_, func, or_, select
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
    link, turn, about = _links(agency_ids, until), _turns(until), _classifications(until)
    closed = func.coalesce(turn.c.to_state, "") == State.CLOSED.value
    hidden = select(case_exclusions.c.id).where(case_exclusions.c.case_id == _case.id).exists()
    known = and_(_case.compartment == Compartment.GENERAL.value, ~hidden)
    statement = (
        select(
            link.c.agency_id, _case.card_mark.label("reference"), _case.decide_due_on,
            turn.c.at.label("closed_at"),
            _decision.outcome, _decision.responsibility, _decision.workers, _decision.severity,
            about.c.book_version, about.c.main_code, about.c.codes,
        )
        .select_from(link)
        .join(complaints, _case.id == link.c.case_id)
        .outerjoin(turn, turn.c.case_id == _case.id)
        .outerjoin(complaint_decisions, and_(_decision.id == turn.c.decision_id, closed))
        .outerjoin(about, about.c.case_id == _case.id)
        # What is closed for long cannot be on the card: passed over before its steps are looked up.
        .where(or_(_case.closed_at.is_(None), _case.closed_at >= since))
        .where(or_(and_(closed, turn.c.at >= since), and_(~closed, known)))
        .order_by(link.c.agency_id, _case.card_mark, _case.id)
    )  # fmt: skip
    return [_linked(row) for row in (await session.execute(statement)).mappings()]


def _links(agency_ids: Sequence[UUID], until: datetime) -> Subquery:
    """Agency and case, once however many judgements say so."""
    own, later = complaint_links.alias("own"), complaint_links.alias("later")
    superseded = (
        select(later.c.id)
        .where(
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
        .distinct()
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
    """What the case was last set to be about."""
    about = complaint_classifications.c
    return (
        select(about.case_id, about.book_version, about.main_code, about.codes)
        .where(about.case_id == _case.id, about.set_at <= until)
        .order_by(about.id.desc())
        .limit(1)
        .correlate(complaints)
        .lateral("about")
    )


def _linked(row: RowMapping) -> LinkedCase:
    decision = None
    if row["outcome"] is not None:
        decision = StandingDecision(
            outcome=Outcome(row["outcome"]),
            responsibility=Responsibility(row["responsibility"]),
            workers=row["workers"],
            closed_at=row["closed_at"],
        )
    return LinkedCase(
        agency_id=row["agency_id"],
        reference=row["reference"],
        decide_due_on=row["decide_due_on"],
        severity=row["severity"] or _severity(row),
        decision=decision,
    )


def _severity(row: RowMapping) -> str:
    """That of the worst code, as a decision would freeze it."""
    if row["main_code"] is None:
        return UNCLASSIFIED
    version = row["book_version"]
    codes = codes_among(get_code_book(version), (row["main_code"], *row["codes"]))
    worst = worst_category(codes, get_code_categories(version))
    return UNCLASSIFIED if worst is None else worst.severity.value
