"""SQL of audits while they are written: the visit, its lists, answers and interviews."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec
from sqlalchemy import delete, func, insert, select, text, union, update
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import people
from recruitwatch.actor import Actor
from recruitwatch.agencies.tables import agencies
from recruitwatch.audits.tables import (
    audit_answers,
    audit_interviews,
    audit_lists,
    audit_submissions,
    audits,
)
from recruitwatch.audits.values import (
    OPEN_STATES,
    Answer,
    Audit,
    AuditState,
    AuditUnknown,
    Interview,
    ListChoice,
    NewAudit,
    SectionUnknown,
    UsedList,
    VisitChange,
)
from recruitwatch.checklists.queries import get_version, list_published
from recruitwatch.checklists.values import AnswerValue, Checklist, EvidenceLevel
from recruitwatch.history.tables import entries
from recruitwatch.history.values import Action

LEVELS = tuple(EvidenceLevel)
MOST_ANSWERS = 50_000
MOST_INTERVIEWS = 1_000
ANSWERING = (Action.AUDIT_ANSWERED, Action.INTERVIEW_RECORDED, Action.INTERVIEW_REMOVED)

_LISTS = (
    select(
        func.json_agg(
            aggregate_order_by(
                func.json_build_array(audit_lists.c.checklist_id, audit_lists.c.version),
                audit_lists.c.checklist_id,
            )
        )
    )
    .where(audit_lists.c.audit_id == audits.c.id)
    .correlate(audits)
    .scalar_subquery()
)
_AUDIT = (
    select(
        audits,
        agencies.c.legal_name.label("agency_name"),
        agencies.c.register_id,
        people.c.full_name.label("inspector_name"),
        _LISTS.label("lists"),
    )
    .join(agencies, agencies.c.id == audits.c.agency_id)
    .join(people, people.c.id == audits.c.inspector_id)
)


def _audit(row: RowMapping) -> Audit:
    lists = tuple(
        ListChoice(checklist_id=name, version=version) for name, version in row["lists"] or ()
    )
    return Audit(**{**row, "state": AuditState(row["state"]), "lists": lists})


async def find_audit(session: AsyncSession, audit_id: UUID) -> Audit | None:
    row = (await session.execute(_AUDIT.where(audits.c.id == audit_id))).mappings().one_or_none()
    return None if row is None else _audit(row)


async def get_audit(session: AsyncSession, audit_id: UUID) -> Audit:
    found = await find_audit(session, audit_id)
    if found is None:
        raise AuditUnknown
    return found


async def lock_audit(session: AsyncSession, audit_id: UUID) -> Audit:
    """The audit, locked until the end of the transaction: answers, hand-ins and reviews of one audit
    wait for each other."""
    await session.execute(select(audits.c.id).where(audits.c.id == audit_id).with_for_update())
    return await get_audit(session, audit_id)


async def insert_audit(session: AsyncSession, actor: Actor, new: NewAudit, now: datetime) -> bool:
    """False if there is an audit with this id already."""
    statement = (
        upsert(audits)
        .values(
            id=new.id,
            agency_id=new.agency_id,
            state=AuditState.DRAFT.value,
            announced=new.announced,
            unannounced_reason=new.unannounced_reason,
            visited_on=new.visited_on,
            facts=dict(new.facts),
            inspector_id=actor.id,
            office_id=actor.office_id,
            revision=1,
            created_at=now,
            updated_at=now,
        )
        .on_conflict_do_nothing(index_elements=["id"])
        .returning(audits.c.id)
    )
    if (await session.execute(statement)).first() is None:
        return False
    await insert_lists(session, new.id, new.lists)
    return True


async def insert_lists(session: AsyncSession, audit_id: UUID, lists: Sequence[ListChoice]) -> None:
    rows = [
        {"audit_id": audit_id, "checklist_id": one.checklist_id, "version": one.version}
        for one in lists
    ]
    if rows:
        await session.execute(insert(audit_lists), rows)


async def set_visit(
    session: AsyncSession, audit_id: UUID, change: VisitChange, now: datetime
) -> None:
    await session.execute(
        update(audits)
        .where(audits.c.id == audit_id)
        .values(
            announced=change.announced,
            unannounced_reason=change.unannounced_reason,
            visited_on=change.visited_on,
            facts=dict(change.facts),
            updated_at=now,
        )
    )


async def set_state(
    session: AsyncSession,
    audit_id: UUID,
    state: AuditState,
    now: datetime,
    *,
    revision: int | None = None,
) -> None:
    values: dict[str, object] = {"state": state.value, "updated_at": now}
    if revision is not None:
        values["revision"] = revision
    await session.execute(update(audits).where(audits.c.id == audit_id).values(values))


async def set_touched(session: AsyncSession, audit_id: UUID, now: datetime) -> None:
    """The audit was worked on now."""
    await session.execute(update(audits).where(audits.c.id == audit_id).values(updated_at=now))


async def set_owner_of_open_audits(
    session: AsyncSession, *, from_person: UUID, to_person: UUID, now: datetime
) -> list[UUID]:
    """Every draft and returned audit of a person gets another inspector; gives their ids."""
    statement = (
        update(audits)
        .where(
            audits.c.inspector_id == from_person,
            audits.c.state.in_([state.value for state in OPEN_STATES]),
        )
        .values(inspector_id=to_person, updated_at=now)
        .returning(audits.c.id)
    )
    return sorted(await session.scalars(statement))


async def get_used_lists(session: AsyncSession, audit: Audit) -> tuple[UsedList, ...]:
    """The checklists of an audit in the versions it answers, with the hashes of their files."""
    hashes = {(one.checklist_id, one.version): one.sha256 for one in await list_published(session)}
    return tuple(
        [
            UsedList(
                checklist=await get_version(session, one.checklist_id, one.version),
                sha256=hashes[one.checklist_id, one.version],
            )
            for one in audit.lists
        ]
    )


async def get_checklist_of(session: AsyncSession, audit: Audit, checklist_id: str) -> Checklist:
    """One of the audit's lists, in the version that it answers."""
    version = next((one.version for one in audit.lists if one.checklist_id == checklist_id), None)
    if version is None:
        raise SectionUnknown
    return await get_version(session, checklist_id, version)


async def list_answers(
    session: AsyncSession,
    audit_id: UUID,
    *,
    checklist_id: str | None = None,
    interview_no: int | None = None,
) -> list[Answer]:
    """The answers of an audit, of one of its lists, or of one interview."""
    statement = select(
        audit_answers.c.checklist_id, audit_answers.c.interview_no, audit_answers.c.item_id,
        audit_answers.c.value, audit_answers.c.evidence, audit_answers.c.note,
        audit_answers.c.na_reason,
    ).where(audit_answers.c.audit_id == audit_id)  # fmt: skip
    if checklist_id is not None:
        statement = statement.where(audit_answers.c.checklist_id == checklist_id)
    if interview_no is not None:
        statement = statement.where(audit_answers.c.interview_no == interview_no)
    statement = statement.order_by(
        audit_answers.c.checklist_id, audit_answers.c.interview_no, audit_answers.c.item_id
    ).limit(MOST_ANSWERS)
    return [
        Answer(
            **{
                **row,
                "value": msgspec.convert(row["value"], AnswerValue | None),
                "evidence": None if row["evidence"] is None else LEVELS[row["evidence"]],
            }
        )
        for row in (await session.execute(statement)).mappings()
    ]


async def set_answers(
    session: AsyncSession, actor: Actor, audit_id: UUID, answers: Sequence[Answer], now: datetime
) -> None:
    """Draft answers may be written over; what was submitted is elsewhere and stands."""
    rows = [
        {
            "audit_id": audit_id,
            "checklist_id": answer.checklist_id,
            "interview_no": answer.interview_no,
            "item_id": answer.item_id,
            "value": None if answer.value is None else msgspec.to_builtins(answer.value),
            "evidence": None if answer.evidence is None else LEVELS.index(answer.evidence),
            "note": answer.note,
            "na_reason": answer.na_reason,
            "answered_by": actor.id,
            "answered_at": now,
        }
        for answer in answers
    ]
    if not rows:
        return
    statement = upsert(audit_answers)
    written = ("value", "evidence", "note", "na_reason", "answered_by", "answered_at")
    await session.execute(
        statement.on_conflict_do_update(
            constraint="pk_audit_answers",
            set_={name: statement.excluded[name] for name in written},
        ),
        rows,
    )


async def delete_answers(
    session: AsyncSession,
    audit_id: UUID,
    *,
    checklist_id: str | None = None,
    interview_no: int | None = None,
    items: Collection[str] | None = None,
) -> list[str]:
    """Draft answers that were taken back: of the whole audit, a list, an interview or some items.
    Gives the items."""
    statement = delete(audit_answers).where(audit_answers.c.audit_id == audit_id)
    if checklist_id is not None:
        statement = statement.where(audit_answers.c.checklist_id == checklist_id)
    if interview_no is not None:
        statement = statement.where(audit_answers.c.interview_no == interview_no)
    if items is not None:
        statement = statement.where(audit_answers.c.item_id.in_(items))
    return sorted(await session.scalars(statement.returning(audit_answers.c.item_id)))


async def list_workers_on(session: AsyncSession, audit_id: UUID) -> frozenset[UUID]:
    """Everybody who answered in this audit or handed it in. History is asked too: an answer written
    over, after a hand-over or by a device, no longer says who gave it first."""
    answered = select(audit_answers.c.answered_by).where(audit_answers.c.audit_id == audit_id)
    submitted = select(audit_submissions.c.submitted_by)
    recorded = select(entries.c.actor_id).where(
        entries.c.subject_kind == "audit",
        entries.c.subject_id == str(audit_id),
        entries.c.action.in_([action.value for action in ANSWERING]),
        entries.c.actor_id.is_not(None),
    )
    statement = union(answered, submitted.where(audit_submissions.c.audit_id == audit_id), recorded)
    return frozenset(await session.scalars(statement.order_by(text("1"))))


async def list_interviews(session: AsyncSession, audit_id: UUID) -> list[Interview]:
    statement = (
        select(
            audit_interviews.c.checklist_id, audit_interviews.c.interview_no,
            audit_interviews.c.held_on, audit_interviews.c.facts,
        )
        .where(audit_interviews.c.audit_id == audit_id)
        .order_by(audit_interviews.c.checklist_id, audit_interviews.c.interview_no)
        .limit(MOST_INTERVIEWS)
    )  # fmt: skip
    return [Interview(**row) for row in (await session.execute(statement)).mappings()]


async def insert_interview(
    session: AsyncSession, audit_id: UUID, interview: Interview, now: datetime
) -> None:
    await session.execute(
        insert(audit_interviews).values(
            audit_id=audit_id,
            checklist_id=interview.checklist_id,
            interview_no=interview.interview_no,
            held_on=interview.held_on,
            facts=dict(interview.facts),
            created_at=now,
        )
    )


async def set_interview(
    session: AsyncSession,
    audit_id: UUID,
    checklist_id: str,
    interview_no: int,
    *,
    held_on: date,
    facts: Mapping[str, bool],
) -> bool:
    """False if there is no such interview."""
    statement = (
        update(audit_interviews)
        .where(
            audit_interviews.c.audit_id == audit_id,
            audit_interviews.c.checklist_id == checklist_id,
            audit_interviews.c.interview_no == interview_no,
        )
        .values(held_on=held_on, facts=dict(facts))
        .returning(audit_interviews.c.interview_no)
    )
    return (await session.execute(statement)).first() is not None


async def delete_interview(
    session: AsyncSession, audit_id: UUID, checklist_id: str | None, interview_no: int | None
) -> None:
    """One interview, or every interview of the audit."""
    statement = delete(audit_interviews).where(audit_interviews.c.audit_id == audit_id)
    if checklist_id is not None:
        statement = statement.where(audit_interviews.c.checklist_id == checklist_id)
    if interview_no is not None:
        statement = statement.where(audit_interviews.c.interview_no == interview_no)
    await session.execute(statement)


async def delete_lists(session: AsyncSession, audit_id: UUID) -> None:
    await session.execute(delete(audit_lists).where(audit_lists.c.audit_id == audit_id))
