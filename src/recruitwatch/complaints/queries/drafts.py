"""SQL of drafts, of visits with a code, and of codes that were tried."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import Row, delete, func, insert, literal, select, update
from sqlalchemy.dialects.postgresql import insert as insert_once
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.complaints.tables import (
    complaint_code_tries,
    complaint_drafts,
    complaint_nonces,
    complaint_visits,
    complaints,
)

_draft = complaint_drafts.c


class DraftRow(msgspec.Struct, frozen=True, kw_only=True):
    """A draft as it is stored. After sending only the receipt is left in it."""

    token_hash: bytes
    case_id: UUID
    sealed: bytes
    secret_by_token: bytes | None
    secret_by_code: bytes | None
    code_hash: bytes | None
    code_public: bytes | None
    pepper_sealed: bytes | None
    period: str
    operator_id: UUID | None
    expires_at: datetime
    sent_at: datetime | None


class CodeHolder(msgspec.Struct, frozen=True, kw_only=True):
    """What a code opens: a case, or a draft that was not sent."""

    case_id: UUID
    secret_by_code: bytes
    pepper_sealed: bytes
    period: str
    is_draft: bool


class VisitRow(msgspec.Struct, frozen=True, kw_only=True):
    """A visit with what opens its case. It holds no key that outlives the case's period."""

    case_id: UUID
    secret_sealed: bytes
    pepper_sealed: bytes
    period: str


_COLUMNS = tuple(_draft[name] for name in DraftRow.__struct_fields__)


def _row(row: Row[tuple[object, ...]] | None) -> DraftRow | None:
    return None if row is None else DraftRow(**row._mapping)


async def insert_draft(
    session: AsyncSession,
    *,
    token_hash: bytes,
    case_id: UUID,
    sealed: bytes,
    secret_by_token: bytes,
    pepper_sealed: bytes,
    period: str,
    operator_id: UUID | None,
    now: datetime,
    expires_at: datetime,
) -> None:
    await session.execute(
        insert(complaint_drafts).values(
            token_hash=token_hash,
            case_id=case_id,
            sealed=sealed,
            secret_by_token=secret_by_token,
            pepper_sealed=pepper_sealed,
            period=period,
            operator_id=operator_id,
            saved_at=now,
            expires_at=expires_at,
        )
    )


async def lock_draft(session: AsyncSession, token_hash: bytes, now: datetime) -> DraftRow | None:
    """The draft, for this transaction alone: two requests of one page wait for each other."""
    statement = (
        select(*_COLUMNS)
        .where(_draft.token_hash == token_hash, _draft.expires_at > now)
        .with_for_update()
    )
    return _row((await session.execute(statement)).one_or_none())


async def find_draft_of_case(
    session: AsyncSession, case_id: UUID, now: datetime
) -> DraftRow | None:
    statement = (
        select(*_COLUMNS)
        .where(_draft.case_id == case_id, _draft.expires_at > now, _draft.sent_at.is_(None))
        .with_for_update()
    )
    return _row((await session.execute(statement)).one_or_none())


async def set_draft(
    session: AsyncSession, token_hash: bytes, *, sealed: bytes, now: datetime
) -> None:
    await session.execute(
        update(complaint_drafts)
        .where(_draft.token_hash == token_hash)
        .values(sealed=sealed, saved_at=now)
    )


async def set_draft_code(
    session: AsyncSession,
    token_hash: bytes,
    *,
    sealed: bytes,
    code_hash: bytes,
    code_public: bytes,
    secret_by_code: bytes,
    now: datetime,
) -> None:
    await session.execute(
        update(complaint_drafts)
        .where(_draft.token_hash == token_hash)
        .values(
            sealed=sealed,
            code_hash=code_hash,
            code_public=code_public,
            secret_by_code=secret_by_code,
            saved_at=now,
        )
    )


async def set_draft_token(
    session: AsyncSession, old: bytes, *, token_hash: bytes, secret_by_token: bytes
) -> None:
    """The draft goes on under another token, and as her own: she came back with her code."""
    await session.execute(
        update(complaint_drafts)
        .where(_draft.token_hash == old)
        .values(token_hash=token_hash, secret_by_token=secret_by_token, operator_id=None)
    )


async def lock_draft_away(session: AsyncSession, old: bytes, *, token_hash: bytes) -> None:
    """No page opens the draft any more; its code does."""
    await session.execute(
        update(complaint_drafts)
        .where(_draft.token_hash == old)
        .values(token_hash=token_hash, secret_by_token=None)
    )


async def delete_receipt(session: AsyncSession, case_id: UUID) -> None:
    """The page with the code is not shown again."""
    await session.execute(
        delete(complaint_drafts).where(_draft.case_id == case_id, _draft.sent_at.is_not(None))
    )


async def set_draft_sent(
    session: AsyncSession, token_hash: bytes, *, receipt: bytes, now: datetime, until: datetime
) -> None:
    """What was told leaves the draft; the receipt stays until `until`, sealed under the token alone."""
    await session.execute(
        update(complaint_drafts)
        .where(_draft.token_hash == token_hash)
        .values(
            sealed=receipt,
            secret_by_token=None,
            secret_by_code=None,
            code_hash=None,
            code_public=None,
            pepper_sealed=None,
            sent_at=now,
            expires_at=until,
        )
    )


async def delete_draft(session: AsyncSession, token_hash: bytes) -> None:
    await session.execute(delete(complaint_drafts).where(_draft.token_hash == token_hash))


async def delete_ended_drafts(session: AsyncSession, now: datetime, *, limit: int) -> list[UUID]:
    """Delete drafts that are over, with the rows of their files; gives the ids that were not sent."""
    ended = (
        select(_draft.token_hash)
        .where(_draft.expires_at <= now)
        .order_by(_draft.expires_at, _draft.token_hash)
        .limit(limit)
    )
    rows = await session.execute(
        delete(complaint_drafts)
        .where(_draft.token_hash.in_(ended))
        .returning(_draft.case_id, _draft.sent_at)
    )
    return [case_id for case_id, sent_at in rows if sent_at is None]


async def find_code_holder(
    session: AsyncSession, code_hash: bytes, now: datetime
) -> CodeHolder | None:
    """What this code opens."""
    case = select(
        complaints.c.id, complaints.c.secret_by_code, complaints.c.pepper_sealed,
        complaints.c.period, literal(False),
    ).where(complaints.c.code_hash == code_hash, complaints.c.erased_at.is_(None))  # fmt: skip
    draft = select(
        _draft.case_id, _draft.secret_by_code, _draft.pepper_sealed, _draft.period, literal(True)
    ).where(_draft.code_hash == code_hash, _draft.expires_at > now)
    row = (await session.execute(case.union_all(draft))).one_or_none()
    if row is None:
        return None
    return CodeHolder(
        case_id=row[0], secret_by_code=row[1], pepper_sealed=row[2], period=row[3], is_draft=row[4]
    )


async def count_code_tries(
    session: AsyncSession, code_hash: bytes, since: datetime
) -> tuple[int, int]:
    """Refused tries since then: of this code, and of all codes."""
    tries = complaint_code_tries.c
    of_code = select(func.count()).where(tries.code_hash == code_hash, tries.at > since)
    in_total = select(func.count()).where(tries.at > since)
    row = (
        await session.execute(select(of_code.scalar_subquery(), in_total.scalar_subquery()))
    ).one()
    return row[0], row[1]


async def insert_code_try(
    session: AsyncSession, code_hash: bytes, now: datetime, *, forget_before: datetime
) -> None:
    await session.execute(
        delete(complaint_code_tries).where(complaint_code_tries.c.at < forget_before)
    )
    await session.execute(insert(complaint_code_tries).values(code_hash=code_hash, at=now))


async def insert_visit(
    session: AsyncSession,
    *,
    token_hash: bytes,
    case_id: UUID,
    secret_sealed: bytes,
    now: datetime,
    expires_at: datetime,
) -> None:
    await session.execute(delete(complaint_visits).where(complaint_visits.c.expires_at <= now))
    await session.execute(
        insert(complaint_visits).values(
            token_hash=token_hash,
            case_id=case_id,
            secret_sealed=secret_sealed,
            expires_at=expires_at,
        )
    )


async def find_visit(session: AsyncSession, token_hash: bytes, now: datetime) -> VisitRow | None:
    visit = complaint_visits.c
    statement = (
        select(visit.case_id, visit.secret_sealed, complaints.c.pepper_sealed, complaints.c.period)
        .join(complaints, complaints.c.id == visit.case_id)
        .where(
            visit.token_hash == token_hash, visit.expires_at > now, complaints.c.erased_at.is_(None)
        )
    )
    row = (await session.execute(statement)).mappings().one_or_none()
    return None if row is None else VisitRow(**row)


async def delete_visit(session: AsyncSession, token_hash: bytes) -> UUID | None:
    """Gives the case that was visited."""
    case_id: UUID | None = await session.scalar(
        delete(complaint_visits)
        .where(complaint_visits.c.token_hash == token_hash)
        .returning(complaint_visits.c.case_id)
    )
    return case_id


async def delete_ended_visits(session: AsyncSession, now: datetime) -> None:
    """Forget visits that are over, and numbers of pages that are too old to be used again anyway."""
    await session.execute(delete(complaint_visits).where(complaint_visits.c.expires_at <= now))
    await session.execute(delete(complaint_nonces).where(complaint_nonces.c.expires_at <= now))


async def insert_nonce(session: AsyncSession, used: bytes, expires_at: datetime) -> bool:
    """False where it was used before."""
    statement = (
        insert_once(complaint_nonces)
        .values(hash=used, expires_at=expires_at)
        .on_conflict_do_nothing()
        .returning(complaint_nonces.c.hash)
    )
    return await session.scalar(statement) is not None
