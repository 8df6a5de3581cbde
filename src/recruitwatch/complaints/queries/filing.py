"""SQL of sending: a case with its sealed parts and the wrapped keys of its holders."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import (
    ARRAY,
    DateTime,
    LargeBinary,
    Uuid,
    bindparam,
    column,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.complaints.tables import case_exclusions, case_keys, complaints
from recruitwatch.complaints.values.filing import NewCase, Route


class SealedCase(msgspec.Struct, frozen=True, kw_only=True):
    """The sealed part of a case that begins."""

    statement_sealed: bytes
    code_hash: bytes
    code_public: bytes
    secret_by_code: bytes
    escrow_id: UUID
    secret_by_escrow: bytes
    pepper_sealed: bytes
    period: str


async def insert_case(session: AsyncSession, new: NewCase, sealed: SealedCase) -> None:
    await session.execute(
        insert(complaints).values(
            **{
                **msgspec.structs.asdict(new),
                "compartment": new.compartment.value,
                "urgency": new.urgency.value,
            },
            **msgspec.structs.asdict(sealed),
            state="received",
            state_since=new.filed_at,
            state_due_at=new.contact_due_at,
        )
    )


async def insert_case_keys(
    session: AsyncSession,
    case_id: UUID,
    wrapped: Sequence[tuple[UUID, bytes]],
    *,
    given_by: UUID | None,
    now: datetime,
) -> None:
    """One wrapped key for each holder, by the id of the holder's key."""
    rows = [(case_id, key_id, box) for key_id, box in wrapped]
    await _insert_keys(session, rows, given_by=given_by, now=now)


async def insert_keys_of(
    session: AsyncSession,
    key_id: UUID,
    wrapped: Sequence[tuple[UUID, bytes]],
    *,
    given_by: UUID | None,
    now: datetime,
) -> None:
    """Many cases for one holder, by the id of the case."""
    rows = [(case_id, key_id, box) for case_id, box in wrapped]
    await _insert_keys(session, rows, given_by=given_by, now=now)


async def _insert_keys(
    session: AsyncSession,
    new: Sequence[tuple[UUID, UUID, bytes]],
    *,
    given_by: UUID | None,
    now: datetime,
) -> None:
    """One statement for any number, prepared once."""
    given = (
        func.unnest(
            bindparam("cases", [case_id for case_id, _, _ in new], ARRAY(Uuid)),
            bindparam("keys", [key_id for _, key_id, _ in new], ARRAY(Uuid)),
            bindparam("boxes", [box for _, _, box in new], ARRAY(LargeBinary)),
        )
        .table_valued(
            column("case_id", Uuid), column("key_id", Uuid), column("wrapped", LargeBinary)
        )
        .render_derived()
    )
    rows = select(
        given.c.case_id, given.c.key_id, given.c.wrapped, literal(given_by, Uuid),
        literal(now, DateTime(timezone=True)),
    )  # fmt: skip
    columns = ["case_id", "key_id", "wrapped", "given_by", "given_at"]
    await session.execute(insert(case_keys).from_select(columns, rows))


async def insert_exclusions(session: AsyncSession, case_id: UUID, route: Route) -> None:
    rows = [
        {"case_id": case_id, "office_id": one, "person_id": None} for one in route.hidden_offices
    ]
    if rows:
        await session.execute(insert(case_exclusions).values(rows))
    await insert_hidden_people(session, [(case_id, one) for one in route.hidden_people])


async def insert_hidden_people(session: AsyncSession, pairs: Sequence[tuple[UUID, UUID]]) -> None:
    """Hide each case from the person beside it."""
    if pairs:
        rows = [{"case_id": case_id, "person_id": person_id} for case_id, person_id in pairs]
        await session.execute(insert(case_exclusions).values(rows))


async def set_period(
    session: AsyncSession, case_id: UUID, *, period: str, pepper_sealed: bytes
) -> None:
    """The case is kept until the end of another period."""
    await session.execute(
        update(complaints)
        .where(complaints.c.id == case_id)
        .values(period=period, pepper_sealed=pepper_sealed)
    )
