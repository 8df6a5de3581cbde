"""What officers do with brokers: enter, correct, tie to agencies, say two are one, keep, erase."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.brokers.queries import people, records, ties
from recruitwatch.brokers.rules import (
    evidence_now,
    is_readable,
    look_again_on,
    may_be_certain,
    number_keys,
)
from recruitwatch.brokers.values import (
    BrokerUnknown,
    Confidence,
    DetailKind,
    Judgement,
    NewBroker,
    NewNumber,
    NewTie,
    NoSameNumber,
    NotCertain,
    NotReadable,
    NumberKind,
    OnePersonAlready,
    SaidMeanwhile,
    Tie,
    TieEvidence,
)
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action


async def enter_broker(
    session: AsyncSession, actor: Actor, now: datetime, *, broker_id: UUID, new: NewBroker
) -> UUID:
    """A new record. The id is made with the form, so that a form sent twice enters one. Raises NotReadable
    for a wallet that cannot be read."""
    entered = await records.insert_broker(
        session, broker_id=broker_id, name=new.name, look_again_on=look_again_on(now.date()),
        entered_by=actor.id, now=now,
    )  # fmt: skip
    if not entered:
        return await people.get_person_id(session, broker_id)
    await records.insert_name(session, broker_id, new_id=uuid4(), name=new.name)
    if new.phone:
        phone = NewNumber(kind=NumberKind.PHONE, value=new.phone)
        await records.insert_number(session, broker_id, new_id=uuid4(), new=phone)
    if new.wallet:
        wallet = NewNumber(kind=NumberKind.WALLET, value=new.wallet, service=new.service)
        await records.insert_number(session, broker_id, new_id=uuid4(), new=wallet)
    if new.area:
        await records.insert_area(session, broker_id, new_id=uuid4(), area=new.area)
    await record(session, actor, Action.BROKER_ENTERED, subject=("broker", broker_id), now=now)
    return broker_id


async def add_name(
    session: AsyncSession, actor: Actor, now: datetime, *, broker_id: UUID, name: str
) -> None:
    """Raises OnRecordAlready."""
    person_id = await people.get_person_id(session, broker_id)
    await records.insert_name(session, person_id, new_id=uuid4(), name=name)
    await _changed(session, actor, now, person_id, added=DetailKind.NAME)


async def add_number(
    session: AsyncSession, actor: Actor, now: datetime, *, broker_id: UUID, new: NewNumber
) -> None:
    """Raises OnRecordAlready, and NotReadable for what nobody could be led to."""
    if not is_readable(new):
        raise NotReadable
    person_id = await people.get_person_id(session, broker_id)
    await records.insert_number(session, person_id, new_id=uuid4(), new=new)
    await _changed(session, actor, now, person_id, added=DetailKind.NUMBER)


async def add_area(
    session: AsyncSession, actor: Actor, now: datetime, *, broker_id: UUID, area: str
) -> None:
    """Raises OnRecordAlready."""
    person_id = await people.get_person_id(session, broker_id)
    await records.insert_area(session, person_id, new_id=uuid4(), area=area)
    await _changed(session, actor, now, person_id, added=DetailKind.AREA)


async def remove_detail(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    broker_id: UUID,
    kind: DetailKind,
    detail_id: UUID,
) -> None:
    """What is wrong goes for good. Raises LastName; removing what is gone is no error."""
    person_id = await people.get_person_id(session, broker_id)
    own = await people.list_record_ids(session, person_id)
    if await records.delete_detail(session, kind, detail_id, own):
        await _changed(session, actor, now, person_id, removed=kind)


async def _changed(
    session: AsyncSession, actor: Actor, now: datetime, person_id: UUID, **what: DetailKind
) -> None:
    """History says of what kind, never what it was: what is removed must be gone."""
    await record(
        session, actor, Action.BROKER_CHANGED, subject=("broker", person_id), now=now,
        details={how: kind.value for how, kind in what.items()},
    )  # fmt: skip


async def judge_tie(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    new: NewTie,
    proved: Collection[TieEvidence] = (),
) -> UUID:
    """Say that a broker works for an agency, or does not, or take the last word back; gives the word’s id.

    `proved`: what the caller has seen in cases that the actor reads. Raises SaidMeanwhile where another word
    stands than the officer saw, NoSameNumber, and NotCertain.
    """
    person_id = await people.get_person_id(session, new.broker_id)
    standing = await ties.find_standing(session, person_id, new.agency_id)
    if new.seen != (standing.id if standing else None):
        raise SaidMeanwhile
    evidence = await _evidence(session, person_id, standing, new, proved)
    if new.confidence is Confidence.CERTAIN and not may_be_certain(evidence):
        raise NotCertain
    record_id = standing.broker_id if standing else person_id
    tie_id = uuid4()
    await ties.insert_tie(
        session, new, new_id=tie_id, broker_id=record_id, evidence=evidence,
        supersedes=await ties.find_last_id(session, record_id, new.agency_id),
        judged_by=actor.id, now=now,
    )  # fmt: skip
    await record(
        session, actor, Action.BROKER_TIED, subject=("broker", person_id), now=now,
        details={"agency": str(new.agency_id), "judgement": new.judgement.value},
    )  # fmt: skip
    return tie_id


async def _evidence(
    session: AsyncSession,
    person_id: UUID,
    standing: Tie | None,
    new: NewTie,
    proved: Collection[TieEvidence],
) -> tuple[TieEvidence, ...]:
    if new.judgement is Judgement.WITHDRAWN and (
        standing is None or standing.judgement is Judgement.WITHDRAWN
    ):
        raise SaidMeanwhile
    if new.judgement is not Judgement.CONFIRMED:
        return ()
    if TieEvidence.SAME_NUMBER in new.evidence:
        same = await list_same_number(session, person_id)
        if new.agency_id not in same:
            raise NoSameNumber
    return evidence_now(standing, new.evidence, proved=proved)


async def list_same_number(session: AsyncSession, broker_id: UUID) -> list[UUID]:
    """Agencies whose register entry has a number of this broker."""
    own = await people.list_record_ids(session, broker_id)
    numbers = await records.list_numbers(session, own)
    keys = {
        key for one in numbers if one.kind is not None for key in number_keys(one.kind, one.text)
    }
    return await ties.list_agencies_with(session, keys)


async def keep_broker(
    session: AsyncSession, actor: Actor, now: datetime, *, broker_id: UUID, reason: str
) -> None:
    """Somebody looked: the record is still needed, and why."""
    person_id = await people.get_person_id(session, broker_id)
    until = look_again_on(now.date())
    await records.set_look_again_on(session, person_id, until)
    await record(
        session, actor, Action.BROKER_KEPT, subject=("broker", person_id), now=now,
        details={"until": until.isoformat(), "reason": reason},
    )  # fmt: skip


async def merge_brokers(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    broker_id: UUID,
    into_id: UUID,
    reason: str,
) -> None:
    """Two records are one person: the first becomes a part of the second. Raises OnePersonAlready."""
    part = await people.get_person_id(session, broker_id)
    whole = await people.get_person_id(session, into_id)
    if part == whole:
        raise OnePersonAlready
    await people.insert_merge(
        session, new_id=uuid4(), broker_id=part, into_id=whole, reason=reason,
        supersedes=await people.find_last_merge(session, part), judged_by=actor.id, now=now,
    )  # fmt: skip
    await record(
        session, actor, Action.BROKERS_MERGED, subject=("broker", whole), now=now,
        details={"other": str(part)},
    )  # fmt: skip


async def part_brokers(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    broker_id: UUID,
    merge_id: UUID,
    reason: str,
) -> None:
    """Take back that a record is a part of another. Raises SaidMeanwhile where that does not stand."""
    if await people.find_last_merge(session, broker_id) != merge_id:
        raise SaidMeanwhile
    whole = await people.get_person_id(session, broker_id)
    if whole == broker_id:
        raise SaidMeanwhile
    await people.insert_merge(
        session, new_id=uuid4(), broker_id=broker_id, into_id=None, reason=reason,
        supersedes=merge_id, judged_by=actor.id, now=now,
    )  # fmt: skip
    await record(
        session, actor, Action.BROKERS_PARTED, subject=("broker", whole), now=now,
        details={"other": str(broker_id)},
    )  # fmt: skip


async def erase_broker(
    session: AsyncSession, actor: Actor, now: datetime, *, broker_id: UUID
) -> None:
    """Erase a broker that is tied to nothing. Raises StillTied. The answer is the same whether a case names
    the broker or not: what that case needs stays with it until its own time is over."""
    person_id = await people.get_person_id(session, broker_id)
    if person_id != broker_id:
        raise BrokerUnknown
    await records.erase_broker(session, person_id, now)
    await record(session, actor, Action.BROKER_ERASED, subject=("broker", person_id), now=now)
