"""SQL of judgements: classifications, links, urgency, decisions. All are only ever added to."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import Select, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import people
from recruitwatch.agencies.tables import agencies
from recruitwatch.brokers.tables import brokers
from recruitwatch.complaints.tables import (
    complaint_classifications,
    complaint_decision_seconds,
    complaint_decisions,
    complaint_links,
    complaint_steps,
    complaint_urgencies,
    complaint_urgency_seconds,
)
from recruitwatch.complaints.values.cases import Classification
from recruitwatch.complaints.values.codes import Compartment, Urgency
from recruitwatch.complaints.values.judging import NewClassification, NewLink
from recruitwatch.complaints.values.states import Outcome, Responsibility, State

_class, _link = complaint_classifications.c, complaint_links.c
_decision, _second = complaint_decisions.c, complaint_decision_seconds.c
MOST_LINKS = 200


class SealedLink(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    target: str
    agency_id: UUID | None
    broker_id: UUID | None
    name: str
    number: str
    judgement: str
    basis: str
    reason_sealed: bytes
    judged_by: str
    judged_at: datetime


class SealedDecision(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    outcome: Outcome
    responsibility: Responsibility
    workers: int
    severity: str
    category: str
    reasons_sealed: bytes
    told_sealed: bytes
    proposed_by_id: UUID
    proposed_by: str
    proposed_at: datetime
    seconds_needed: int
    seconds: int
    seconded_by_oversight: bool


class SealedUrgency(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    before: Urgency
    after: Urgency
    reason_sealed: bytes
    set_by_id: UUID
    set_by: str
    set_at: datetime
    seconded: bool


async def insert_classification(
    session: AsyncSession,
    case_id: UUID,
    new: NewClassification,
    *,
    book_version: int,
    compartment: Compartment,
    set_by: UUID,
    now: datetime,
) -> None:
    await session.execute(
        insert(complaint_classifications).values(
            case_id=case_id,
            book_version=book_version,
            codes=list(new.codes),
            main_code=new.main_code,
            stage=new.stage.value,
            escalators=list(new.escalators),
            conditions=list(new.conditions),
            compartment=compartment.value,
            set_by=set_by,
            set_at=now,
        )
    )


async def find_classification(session: AsyncSession, case_id: UUID) -> Classification | None:
    """The newest, which counts."""
    statement = (
        select(
            _class.book_version, _class.codes, _class.main_code, _class.stage, _class.escalators,
            _class.conditions, _class.compartment, people.c.full_name.label("set_by"),
            _class.set_at,
        )
        .join(people, people.c.id == _class.set_by)
        .where(_class.case_id == case_id)
        .order_by(_class.id.desc())
        .limit(1)
    )  # fmt: skip
    row = (await session.execute(statement)).mappings().one_or_none()
    if row is None:
        return None
    return Classification(
        **{
            **row,
            "codes": tuple(row["codes"]),
            "escalators": tuple(row["escalators"]),
            "conditions": tuple(row["conditions"]),
            "compartment": Compartment(row["compartment"]),
        }
    )


async def insert_link(
    session: AsyncSession,
    case_id: UUID,
    new: NewLink,
    *,
    link_id: UUID,
    reason_sealed: bytes,
    judged_by: UUID,
    now: datetime,
) -> None:
    await session.execute(
        insert(complaint_links).values(
            id=link_id,
            case_id=case_id,
            target=new.target.value,
            agency_id=new.agency_id,
            broker_id=new.broker_id,
            judgement=new.judgement.value,
            basis=new.basis.value,
            reason_sealed=reason_sealed,
            supersedes=new.supersedes,
            judged_by=judged_by,
            judged_at=now,
        )
    )


async def list_links(session: AsyncSession, case_id: UUID) -> list[SealedLink]:
    """Judgements that stand: not superseded and not a mere taking back. In their order."""
    later = complaint_links.alias("later")
    statement = (
        select(
            _link.id, _link.target, _link.agency_id, _link.broker_id,
            func.coalesce(agencies.c.legal_name, brokers.c.name, "").label("name"),
            func.coalesce(agencies.c.licence_no, "").label("number"),
            _link.judgement, _link.basis, _link.reason_sealed,
            people.c.full_name.label("judged_by"), _link.judged_at,
        )
        .join(people, people.c.id == _link.judged_by)
        .outerjoin(agencies, agencies.c.id == _link.agency_id)
        .outerjoin(brokers, brokers.c.id == _link.broker_id)
        .where(
            _link.case_id == case_id,
            _link.judgement != "withdrawn",
            ~select(later.c.id).where(later.c.supersedes == _link.id).exists(),
        )
        .order_by(_link.judged_at, _link.id)
        .limit(MOST_LINKS)
    )  # fmt: skip
    return [SealedLink(**row) for row in (await session.execute(statement)).mappings()]


async def insert_urgency(
    session: AsyncSession,
    case_id: UUID,
    *,
    change_id: UUID,
    before: Urgency,
    after: Urgency,
    reason_sealed: bytes,
    set_by: UUID | None,
    now: datetime,
) -> None:
    """The worker's own word has nobody of the ministry behind it."""
    await session.execute(
        insert(complaint_urgencies).values(
            id=change_id,
            case_id=case_id,
            from_urgency=before.value,
            to_urgency=after.value,
            reason_sealed=reason_sealed,
            set_by=set_by,
            set_at=now,
        )
    )


async def insert_urgency_second(
    session: AsyncSession, change_id: UUID, *, person_id: UUID, now: datetime
) -> None:
    await session.execute(
        insert(complaint_urgency_seconds).values(change_id=change_id, person_id=person_id, at=now)
    )


async def find_urgency_change(session: AsyncSession, case_id: UUID) -> SealedUrgency | None:
    """The newest; none where the worker herself said since then that she is in danger."""
    change, second = complaint_urgencies.c, complaint_urgency_seconds.c
    statement = (
        select(
            change.id, change.from_urgency, change.to_urgency, change.reason_sealed,
            change.set_by, people.c.full_name, change.set_at, second.change_id.is_not(None),
        )
        .outerjoin(people, people.c.id == change.set_by)
        .outerjoin(complaint_urgency_seconds, second.change_id == change.id)
        .where(change.case_id == case_id)
        .order_by(change.set_at.desc(), change.id)
        .limit(1)
    )  # fmt: skip
    row = (await session.execute(statement)).one_or_none()
    if row is None or row[4] is None:
        return None
    return SealedUrgency(
        id=row[0], before=Urgency(row[1]), after=Urgency(row[2]), reason_sealed=row[3],
        set_by_id=row[4], set_by=row[5], set_at=row[6], seconded=row[7],
    )  # fmt: skip


async def insert_decision(session: AsyncSession, **values: object) -> None:
    """A decision, with what it froze of the classification."""
    await session.execute(insert(complaint_decisions).values(**values))


async def insert_decision_second(
    session: AsyncSession,
    decision_id: UUID,
    *,
    person_id: UUID,
    as_oversight: bool,
    now: datetime,
) -> None:
    await session.execute(
        insert(complaint_decision_seconds).values(
            decision_id=decision_id, person_id=person_id, as_oversight=as_oversight, at=now
        )
    )


def _decisions(case_id: UUID) -> Select[tuple[object, ...]]:
    counted = (
        select(
            _second.decision_id,
            func.count().label("seconds"),
            func.bool_or(_second.as_oversight).label("oversight"),
        )
        .group_by(_second.decision_id)
        .subquery()
    )
    return (
        select(
            _decision.id, _decision.outcome, _decision.responsibility, _decision.workers,
            _decision.severity, _decision.category, _decision.reasons_sealed,
            _decision.told_sealed, _decision.proposed_by.label("proposed_by_id"),
            people.c.full_name.label("proposed_by"), _decision.proposed_at,
            _decision.seconds_needed, func.coalesce(counted.c.seconds, 0).label("seconds"),
            func.coalesce(counted.c.oversight, False).label("seconded_by_oversight"),
        )
        .join(people, people.c.id == _decision.proposed_by)
        .outerjoin(counted, counted.c.decision_id == _decision.id)
        .where(_decision.case_id == case_id)
        .order_by(_decision.proposed_at.desc(), _decision.id)
        .limit(1)
    )  # fmt: skip


async def find_decision(session: AsyncSession, case_id: UUID) -> SealedDecision | None:
    """The newest decision of the case where it stands now, or stood when it was closed. One from before
    more facts were found, or before a reopening, is no longer shown and closes nothing."""
    last_step = (
        select(func.max(complaint_steps.c.id))
        .where(
            complaint_steps.c.case_id == case_id,
            complaint_steps.c.to_state != State.CLOSED.value,
        )
        .scalar_subquery()
    )
    return await _one(session, _decisions(case_id).where(_decision.after_step == last_step))


async def find_standing_decision(session: AsyncSession, case_id: UUID) -> SealedDecision | None:
    """The decision that closed the case, if one did."""
    closing = select(complaint_steps.c.decision_id).where(
        complaint_steps.c.case_id == case_id,
        complaint_steps.c.to_state == State.CLOSED.value,
    )
    return await _one(session, _decisions(case_id).where(_decision.id.in_(closing)))


async def _one(
    session: AsyncSession, statement: Select[tuple[object, ...]]
) -> SealedDecision | None:
    row = (await session.execute(statement)).mappings().one_or_none()
    if row is None:
        return None
    return SealedDecision(
        **{
            **row,
            "outcome": Outcome(row["outcome"]),
            "responsibility": Responsibility(row["responsibility"]),
        }
    )
