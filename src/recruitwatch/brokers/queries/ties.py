"""SQL of the words on whether a broker works for an agency. They are only ever added to."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Select, func, insert, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.tables import people
from recruitwatch.agencies.tables import agencies, agency_contacts
from recruitwatch.brokers.queries.people import list_record_ids, persons
from recruitwatch.brokers.tables import broker_agencies
from recruitwatch.brokers.values import Confidence, Judgement, NewTie, Tie, TieEvidence

MOST_WORDS = 500
MOST_AGENCIES = 20
_tie = broker_agencies.c


def _has_later() -> ColumnElement[bool]:
    """Two words of one instant: the one that takes the other's place is the later."""
    later = broker_agencies.alias("later")
    return select(later.c.id).where(later.c.supersedes == _tie.id).exists()


def _words() -> Select[*tuple[object, ...]]:
    return (
        select(
            _tie.id, _tie.broker_id, _tie.agency_id, agencies.c.legal_name.label("agency_name"),
            func.coalesce(agencies.c.licence_no, "").label("licence_no"), _tie.judgement,
            _tie.evidence, _tie.confidence, _tie.reason, people.c.full_name.label("judged_by"),
            _tie.judged_at,
        )
        .join(agencies, agencies.c.id == _tie.agency_id)
        .join(people, people.c.id == _tie.judged_by)
    )  # fmt: skip


_LAST_FIRST = (_tie.judged_at.desc(), _has_later(), _tie.id.desc())


def _read(row: RowMapping) -> Tie:
    return Tie(
        **{
            **row,
            "judgement": Judgement(row["judgement"]),
            "confidence": Confidence(row["confidence"]) if row["confidence"] else None,
            "evidence": tuple(TieEvidence(one) for one in row["evidence"]),
        }
    )


async def list_words(session: AsyncSession, broker_ids: Collection[UUID]) -> list[Tie]:
    """Every word on these records and any agency, in the order of their time."""
    statement = (
        _words()
        .where(_tie.broker_id.in_(broker_ids))
        .order_by(_tie.judged_at, ~_has_later(), _tie.id)
        .limit(MOST_WORDS)
    )
    return [_read(row) for row in (await session.execute(statement)).mappings()]


async def find_standing(session: AsyncSession, person_id: UUID, agency_id: UUID) -> Tie | None:
    """The last word on a person and an agency, whichever of the person's records it was said of."""
    records = await list_record_ids(session, person_id)
    statement = (
        _words()
        .where(_tie.broker_id.in_(records), _tie.agency_id == agency_id)
        .order_by(*_LAST_FIRST)
        .limit(1)
    )
    row = (await session.execute(statement)).mappings().one_or_none()
    return _read(row) if row else None


async def find_last_id(session: AsyncSession, broker_id: UUID, agency_id: UUID) -> UUID | None:
    """The end of the chain of one record and an agency."""
    statement = select(_tie.id).where(
        _tie.broker_id == broker_id, _tie.agency_id == agency_id, ~_has_later()
    )
    found: UUID | None = await session.scalar(statement)
    return found


async def list_confirmed(session: AsyncSession, person_ids: Collection[UUID]) -> list[Tie]:
    """The agencies that these persons work for, as it stands, by the agency's name. `broker_id` is the
    person, whichever record the word was said of."""
    found = persons()
    last = (
        _words()
        .add_columns(found.c.person_id)
        .join(found, found.c.broker_id == _tie.broker_id)
        .where(found.c.person_id.in_(person_ids))
        .ext(distinct_on(found.c.person_id, _tie.agency_id))
        .order_by(found.c.person_id, _tie.agency_id, *_LAST_FIRST)
        .subquery("last")
    )
    same = [one for one in last.c if one.name not in ("broker_id", "person_id")]
    statement = (
        select(last.c.person_id.label("broker_id"), *same)
        .where(last.c.judgement == Judgement.CONFIRMED.value)
        .order_by(last.c.agency_name, last.c.id)
    )
    return [_read(row) for row in (await session.execute(statement)).mappings()]


async def list_tied_persons(session: AsyncSession, agency_id: UUID) -> list[UUID]:
    """Everybody of whom somebody once said anything about this agency."""
    found = persons()
    statement = (
        select(found.c.person_id)
        .join(broker_agencies, _tie.broker_id == found.c.broker_id)
        .where(_tie.agency_id == agency_id)
        .distinct()
        .order_by(found.c.person_id)
        .limit(MOST_WORDS)
    )
    return list(await session.scalars(statement))


async def list_agencies_with(session: AsyncSession, keys: Collection[str]) -> list[UUID]:
    """Agencies one of whose telephones in the register has one of these keys."""
    contacts = agency_contacts.c
    statement = (
        select(contacts.agency_id)
        .where(contacts.value_norm.in_(keys))
        .distinct()
        .order_by(contacts.agency_id)
        .limit(MOST_AGENCIES)
    )
    return list(await session.scalars(statement))


async def insert_tie(
    session: AsyncSession,
    new: NewTie,
    *,
    new_id: UUID,
    broker_id: UUID,
    evidence: Collection[TieEvidence],
    supersedes: UUID | None,
    judged_by: UUID,
    now: datetime,
) -> None:
    await session.execute(
        insert(broker_agencies).values(
            id=new_id, broker_id=broker_id, agency_id=new.agency_id, judgement=new.judgement.value,
            evidence=[one.value for one in evidence],
            confidence=new.confidence.value if new.confidence else "", reason=new.reason,
            supersedes=supersedes, judged_by=judged_by, judged_at=now,
        )
    )  # fmt: skip
