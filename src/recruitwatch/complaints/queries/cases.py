"""SQL of cases as officers find them. Whoever does not hold a case's key finds nothing: not in lists, not
in counts, not by its reference."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec
from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    and_,
    case,
    cast,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import people, person_keys
from recruitwatch.actor import Actor
from recruitwatch.complaints.queries.desks import fits_desk
from recruitwatch.complaints.tables import (
    case_exclusions,
    case_keys,
    case_register_looks,
    complaint_desks,
    complaint_files,
    complaint_links,
    complaint_messages,
    complaint_openings,
    complaints,
    desk_officers,
)
from recruitwatch.complaints.values.cases import CaseHead, CaseUnknown
from recruitwatch.complaints.values.codes import Compartment, Urgency
from recruitwatch.complaints.values.queue import QueueCounts, QueueFilter, Which
from recruitwatch.complaints.values.states import State

_case = complaints.c
_worker = people.alias("assigned")


def held_by(actor: Actor) -> ColumnElement[bool]:
    """The actor holds the key, is still at the desk, fits it, and is not hidden from the case."""
    hidden = (
        select(case_exclusions.c.id)
        .where(
            case_exclusions.c.case_id == _case.id,
            or_(
                case_exclusions.c.person_id == actor.id,
                case_exclusions.c.office_id == actor.office_id,
            ),
        )
        .exists()
    )
    holds = (
        select(case_keys.c.case_id)
        .join(person_keys, person_keys.c.id == case_keys.c.key_id)
        .join(people, people.c.id == person_keys.c.person_id)
        .join(desk_officers, desk_officers.c.person_id == people.c.id)
        .join(complaint_desks, complaint_desks.c.id == desk_officers.c.desk_id)
        .where(
            case_keys.c.case_id == _case.id,
            people.c.id == actor.id,
            people.c.disabled_at.is_(None),
            desk_officers.c.desk_id == _case.desk_id,
            desk_officers.c.left_at.is_(None),
            or_(desk_officers.c.cleared, _case.compartment != Compartment.PROTECTED.value),
            fits_desk(),
        )
        .exists()
    )
    return and_(holds, ~hidden, _case.erased_at.is_(None))


def _unread(actor: Actor) -> ColumnElement[bool]:
    """She wrote or added a file since this officer last opened the case itself, not a file of it."""
    last = (
        select(func.max(complaint_openings.c.at))
        .where(
            complaint_openings.c.case_id == _case.id,
            complaint_openings.c.person_id == actor.id,
            complaint_openings.c.part == "case",
        )
        .scalar_subquery()
    )
    since = func.coalesce(last, _case.filed_at)
    wrote = (
        select(complaint_messages.c.id)
        .where(
            complaint_messages.c.case_id == _case.id,
            complaint_messages.c.from_worker,
            complaint_messages.c.at > since,
        )
        .exists()
    )
    added = (
        select(complaint_files.c.id)
        .where(complaint_files.c.case_id == _case.id, complaint_files.c.added_at > since)
        .exists()
    )
    return or_(wrote, added)


_HEAD = tuple(
    _case[name] for name in CaseHead.__struct_fields__ if name not in ("assigned_name", "unread")
)


def _heads(actor: Actor) -> Select[tuple[object, ...]]:
    return (
        select(*_HEAD, _worker.c.full_name.label("assigned_name"), _unread(actor).label("unread"))
        .outerjoin(_worker, _worker.c.id == _case.assigned_to)
        .where(held_by(actor))
    )


def _head(row: RowMapping) -> CaseHead:
    return CaseHead(
        **{
            **row,
            "compartment": Compartment(row["compartment"]),
            "state": State(row["state"]),
            "urgency": Urgency(row["urgency"]),
        }
    )


_due = case((_case.contacted_at.is_(None), _case.contact_due_at), else_=_case.state_due_at)


def _late(now: datetime) -> ColumnElement[bool]:
    """The clock that runs is over, or the last day for deciding or for her news. Days are those of `now`'s
    zone."""
    last_day = func.least(_case.decide_due_on, _case.next_news_on)
    return or_(_due < now, _case.contacted_at.is_not(None) & (last_day < now.date()))


def without_agency() -> ColumnElement[bool]:
    """No officer's yes to an agency stands."""
    link, later = complaint_links.c, complaint_links.alias("later")
    named = (
        select(link.id)
        .where(
            link.case_id == _case.id,
            link.target == "agency",
            link.judgement == "confirmed",
            ~select(later.c.id).where(later.c.supersedes == link.id).exists(),
        )
        .exists()
    )
    return ~named


def _wanted(actor: Actor, wish: QueueFilter, now: datetime) -> list[ColumnElement[bool]]:
    is_open = _case.closed_at.is_(None)
    conditions: list[ColumnElement[bool]] = [~is_open if wish.which is Which.CLOSED else is_open]
    if wish.which is Which.MINE:
        conditions.append(_case.assigned_to == actor.id)
    if wish.which is Which.OVERDUE:
        conditions.append(_late(now))
    if wish.which is Which.UNMATCHED:
        conditions.append(without_agency())
    if wish.urgency is not None:
        conditions.append(_case.urgency == wish.urgency.value)
    if wish.state is not None:
        conditions.append(_case.state == wish.state.value)
    if wish.reference:
        conditions.append(_case.reference == wish.reference)
    return conditions


async def list_queue(
    session: AsyncSession,
    actor: Actor,
    wish: QueueFilter,
    now: datetime,
    *,
    limit: int,
    offset: int = 0,
) -> list[CaseHead]:
    """Most urgent first; of equal ones, those whom nobody has reached, then whose clock ends first."""
    statement = (
        _heads(actor)
        .where(*_wanted(actor, wish, now))
        .order_by(
            _case.urgency,
            _case.contacted_at.is_not(None),
            func.least(
                _due,
                cast(func.least(_case.decide_due_on, _case.next_news_on) + 1, _case.filed_at.type),
            ),
            _case.filed_at,
            _case.id,
        )
        .limit(limit)
        .offset(offset)
    )
    if wish.which is Which.CLOSED:
        statement = statement.order_by(None).order_by(_case.closed_at.desc(), _case.id)
    if wish.which is Which.UNMATCHED:
        statement = statement.order_by(None).order_by(
            ~_fits(), _case.urgency, _case.filed_at, _case.id
        )
    return [_head(row) for row in (await session.execute(statement)).mappings()]


def _fits() -> ColumnElement[bool]:
    look = case_register_looks.c
    return select(look.case_id).where(look.case_id == _case.id, look.fits).exists()


async def count_queue(session: AsyncSession, actor: Actor, wish: QueueFilter, now: datetime) -> int:
    statement = (
        select(func.count())
        .select_from(complaints)
        .where(held_by(actor), *_wanted(actor, wish, now))
    )
    return await session.scalar(statement) or 0


async def get_queue_counts(session: AsyncSession, actor: Actor, now: datetime) -> QueueCounts:
    """Open cases by urgency, how many nobody has reached, how many are late, and by age."""
    days = func.extract("epoch", now - _case.filed_at) / 86_400

    def those(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count().filter(condition)

    statement = (
        select(
            *(those(_case.urgency == one.value) for one in Urgency),
            those(_case.contacted_at.is_(None)),
            those(_late(now)),
            those(days < 30),
            those((days >= 30) & (days < 90)),
            those((days >= 90) & (days < 365)),
            those(days >= 365),
        )
        .select_from(complaints)
        .where(held_by(actor), _case.closed_at.is_(None))
    )
    row = (await session.execute(statement)).one()
    return QueueCounts(
        by_urgency={one: row[place] for place, one in enumerate(Urgency)},
        not_reached=row[4],
        overdue=row[5],
        by_age=(row[6], row[7], row[8], row[9]),
    )


async def get_head(session: AsyncSession, actor: Actor, case_id: UUID) -> CaseHead:
    """The plain part of a case that the actor holds. Raises CaseUnknown."""
    row = (await session.execute(_heads(actor).where(_case.id == case_id))).mappings().one_or_none()
    if row is None:
        raise CaseUnknown
    return _head(row)


async def find_by_reference(session: AsyncSession, actor: Actor, reference: str) -> UUID | None:
    """A case that the actor holds, open or closed; None for every other one."""
    found: UUID | None = await session.scalar(
        select(_case.id).where(_case.reference == reference, held_by(actor))
    )
    return found


async def lock_case(session: AsyncSession, actor: Actor, case_id: UUID) -> CaseHead:
    """The same, for this transaction alone."""
    await session.execute(
        select(_case.id).where(_case.id == case_id).with_for_update(key_share=True)
    )
    return await get_head(session, actor, case_id)


class Boxes(msgspec.Struct, frozen=True, kw_only=True):
    """What is sealed about a case, with the key that was wrapped for the one who asks."""

    case_id: UUID
    compartment: str
    statement_sealed: bytes
    pepper_sealed: bytes
    period: str
    wrapped: bytes


async def get_boxes(session: AsyncSession, actor: Actor, case_id: UUID) -> Boxes:
    """Raises CaseUnknown."""
    found = await list_boxes(session, actor, [case_id])
    if not found:
        raise CaseUnknown
    return found[0]


async def list_boxes(session: AsyncSession, actor: Actor, case_ids: Sequence[UUID]) -> list[Boxes]:
    statement = (
        select(
            _case.id.label("case_id"), _case.compartment, _case.statement_sealed,
            _case.pepper_sealed, _case.period, case_keys.c.wrapped,
        )
        .join(case_keys, case_keys.c.case_id == _case.id)
        .join(person_keys, person_keys.c.id == case_keys.c.key_id)
        .where(held_by(actor), person_keys.c.person_id == actor.id, _case.id.in_(case_ids))
        .order_by(_case.id)
    )  # fmt: skip
    return [Boxes(**row) for row in (await session.execute(statement)).mappings()]


class OwnRow(msgspec.Struct, frozen=True, kw_only=True):
    """The plain part of a case as its worker sees it."""

    state: str
    state_since: datetime
    next_news_on: date
    contacted_at: datetime | None
    withdrawn_at: datetime | None
    closed_at: datetime | None


async def get_own_row(session: AsyncSession, case_id: UUID, *, lock: bool = False) -> OwnRow:
    """For the one who showed the case's code."""
    statement = select(*(_case[name] for name in OwnRow.__struct_fields__)).where(
        _case.id == case_id, _case.erased_at.is_(None)
    )
    if lock:
        statement = statement.with_for_update(key_share=True)
    row = (await session.execute(statement)).mappings().one_or_none()
    if row is None:
        raise CaseUnknown
    return OwnRow(**row)


async def set_case(session: AsyncSession, case_id: UUID, **values: object) -> None:
    """Plain fields of a case: clocks, who works on it, the marks of routing. Not its state."""
    await session.execute(update(complaints).where(_case.id == case_id).values(**values))
