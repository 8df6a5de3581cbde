"""SQL of who holds the keys of cases, and of giving and taking them."""

from collections.abc import Collection, Sequence
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import people, person_keys
from recruitwatch.actor import Actor
from recruitwatch.complaints.queries.cases import held_by
from recruitwatch.complaints.tables import case_exclusions, case_keys, complaints
from recruitwatch.complaints.values.codes import Compartment
from recruitwatch.complaints.values.filing import DeskHolder

_case = complaints.c
_SEALED = (_case.period, _case.pepper_sealed, _case.statement_sealed)
MOST_HOLDERS = 5000


class SealedCase(msgspec.Struct, frozen=True, kw_only=True):
    """A case with its secret wrapped for somebody, and what opens with it."""

    id: UUID
    wrapped: bytes
    period: str
    pepper_sealed: bytes
    statement_sealed: bytes


class Pepper(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a case's key that is sealed under a key which is destroyed on time."""

    period: str
    pepper_sealed: bytes


async def list_holding_people(session: AsyncSession, case_id: UUID) -> list[UUID]:
    """Everybody for whom the key of this case is wrapped."""
    statement = (
        select(person_keys.c.person_id)
        .join(case_keys, case_keys.c.key_id == person_keys.c.id)
        .where(case_keys.c.case_id == case_id)
        .order_by(person_keys.c.person_id)
        .limit(MOST_HOLDERS + 1)
    )
    found = list(await session.scalars(statement))
    if len(found) > MOST_HOLDERS:
        raise RuntimeError(f"more than {MOST_HOLDERS} people hold one case")
    return found


def _hidden_from(person_id: UUID) -> ColumnElement[bool]:
    return (
        select(case_exclusions.c.id)
        .select_from(case_exclusions)
        .join(people, people.c.id == person_id)
        .where(
            case_exclusions.c.case_id == _case.id,
            or_(
                case_exclusions.c.person_id == people.c.id,
                case_exclusions.c.office_id == people.c.office_id,
            ),
        )
        .exists()
    )


def _lacked_by(new: DeskHolder) -> list[ColumnElement[bool]]:
    """Cases of the holder's desk that they may have and do not."""
    has = (
        select(case_keys.c.case_id)
        .where(case_keys.c.case_id == _case.id, case_keys.c.key_id == new.key_id)
        .correlate(complaints)
        .exists()
    )
    conditions = [
        _case.desk_id == new.desk_id,
        _case.erased_at.is_(None),
        ~_hidden_from(new.person_id),
        ~has,
    ]
    if not new.cleared:
        conditions.append(_case.compartment != Compartment.PROTECTED.value)
    return conditions


async def list_to_give(
    session: AsyncSession, actor: Actor, new: DeskHolder, *, after: UUID | None, limit: int
) -> list[SealedCase]:
    """Cases that the actor holds and a colleague lacks and may have, with the actor's wrapped key; in the
    order of their ids, from `after` on."""
    own = case_keys.alias("own")
    statement = (
        select(_case.id, own.c.wrapped, *_SEALED)
        .join(own, own.c.case_id == _case.id)
        .join(person_keys, person_keys.c.id == own.c.key_id)
        .where(held_by(actor), person_keys.c.person_id == actor.id, *_lacked_by(new))
        .order_by(_case.id)
        .limit(limit)
    )
    if after is not None:
        statement = statement.where(_case.id > after)
    return [SealedCase(**row) for row in (await session.execute(statement)).mappings()]


async def list_to_recover(
    session: AsyncSession, new: DeskHolder, *, escrow_id: UUID, after: UUID | None, limit: int
) -> list[SealedCase]:
    """Cases that an officer lacks and may have, with the key wrapped for the escrow."""
    statement = (
        select(_case.id, _case.secret_by_escrow.label("wrapped"), *_SEALED)
        .where(_case.escrow_id == escrow_id, *_lacked_by(new))
        .order_by(_case.id)
        .limit(limit)
    )
    if after is not None:
        statement = statement.where(_case.id > after)
    return [SealedCase(**row) for row in (await session.execute(statement)).mappings()]


async def delete_keys_of(session: AsyncSession, desk_id: UUID, person_id: UUID) -> None:
    """Take from a person the keys of all cases of a desk."""
    await session.execute(
        delete(case_keys).where(
            case_keys.c.key_id.in_(
                select(person_keys.c.id).where(person_keys.c.person_id == person_id)
            ),
            case_keys.c.case_id.in_(select(_case.id).where(_case.desk_id == desk_id)),
        )
    )


async def has_case_of_one(
    session: AsyncSession, desk_id: UUID, key_id: UUID, among: Collection[Compartment]
) -> bool:
    """Whether this key alone opens some case of the desk that is in one of these compartments."""
    other = case_keys.alias("other")
    statement = (
        select(_case.id)
        .join(case_keys, case_keys.c.case_id == _case.id)
        .where(
            case_keys.c.key_id == key_id,
            _case.desk_id == desk_id,
            _case.compartment.in_([one.value for one in among]),
            _case.erased_at.is_(None),
            ~select(other.c.case_id)
            .where(other.c.case_id == _case.id, other.c.key_id != key_id)
            .exists(),
        )
        .limit(1)
    )
    return await session.scalar(statement) is not None


async def has_open_case(
    session: AsyncSession, desk_id: UUID, person_id: UUID, among: Collection[Compartment]
) -> bool:
    """Whether this officer works on an open case of the desk that is in one of these compartments."""
    statement = (
        select(_case.id)
        .where(
            _case.assigned_to == person_id,
            _case.desk_id == desk_id,
            _case.compartment.in_([one.value for one in among]),
            _case.closed_at.is_(None),
        )
        .limit(1)
    )
    return await session.scalar(statement) is not None


async def delete_protected_keys(session: AsyncSession, desk_id: UUID, key_id: UUID) -> None:
    """Take from a person the keys of a desk's protected cases: the clearance there is gone."""
    protected = select(_case.id).where(
        _case.desk_id == desk_id, _case.compartment == Compartment.PROTECTED.value
    )
    await session.execute(
        delete(case_keys).where(case_keys.c.key_id == key_id, case_keys.c.case_id.in_(protected))
    )


async def delete_other_keys(
    session: AsyncSession, case_id: UUID, keep: Sequence[UUID]
) -> set[UUID]:
    """Take the key of a case from all but these keys; gives those that hold it still."""
    await session.execute(
        delete(case_keys).where(case_keys.c.case_id == case_id, case_keys.c.key_id.not_in(keep))
    )
    left = select(case_keys.c.key_id).where(case_keys.c.case_id == case_id)
    return set(await session.scalars(left))


async def list_exclusions(session: AsyncSession, case_id: UUID) -> tuple[list[UUID], list[UUID]]:
    """The offices and the people whom she hid the case from."""
    statement = (
        select(case_exclusions.c.office_id, case_exclusions.c.person_id)
        .where(case_exclusions.c.case_id == case_id)
        .order_by(case_exclusions.c.id)
    )
    rows = (await session.execute(statement)).all()
    return [row[0] for row in rows if row[0]], [row[1] for row in rows if row[1]]


async def get_statement(session: AsyncSession, case_id: UUID) -> bytes:
    """What was filed, sealed."""
    statement = select(_case.statement_sealed).where(_case.id == case_id)
    return bytes((await session.execute(statement)).scalar_one())


async def get_pepper(session: AsyncSession, case_id: UUID) -> Pepper:
    statement = select(_case.period, _case.pepper_sealed).where(_case.id == case_id)
    return Pepper(**(await session.execute(statement)).mappings().one())
