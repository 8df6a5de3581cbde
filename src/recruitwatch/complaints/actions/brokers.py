"""Brokers in a case: who may be meant, which agencies they stand for, and what several cases together show."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.brokers import actions as brokers
from recruitwatch.brokers.queries.finding import list_candidates
from recruitwatch.brokers.queries.people import list_person_ids, list_record_ids
from recruitwatch.brokers.queries.records import get_name
from recruitwatch.brokers.queries.ties import find_standing, list_confirmed
from recruitwatch.brokers.rules import are_enough
from recruitwatch.brokers.values import (
    BrokerCandidate,
    BrokerReason,
    NewTie,
)
from recruitwatch.brokers.values import (
    Judgement as TieJudgement,
)
from recruitwatch.complaints.queries.brokers import count_own_cases
from recruitwatch.complaints.values.cases import Link, TooFewCases
from recruitwatch.complaints.values.filing import Told
from recruitwatch.complaints.values.judging import TIED_BY, Fact, Judgement

OFFERED = 5
EXACT = {BrokerReason.PHONE, BrokerReason.WALLET}


async def find_brokers(
    session: AsyncSession, *, told: Told, links: tuple[Link, ...], wanted: str = ""
) -> list[BrokerCandidate]:
    """Brokers on record whose telephone or wallet she gave, then those called what she wrote; at most five.
    Whom an officer judged already is left out."""
    return await list_candidates(
        session,
        numbers=_said(wanted, told.broker, told.phone, told.reach),
        names=_said(wanted or told.broker),
        places=_said(told.broker, told.place),
        without=[one.broker_id for one in links if one.broker_id is not None],
        limit=OFFERED,
    )


def _said(*texts: str) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text.strip()]


async def list_by_broker(
    session: AsyncSession, *, told: Told, links: tuple[Link, ...], wanted: str = ""
) -> list[tuple[UUID, Fact]]:
    """Agencies for which a broker of this case works: one an officer confirmed, or one whose number she gave.
    An officer still links the agency."""
    said_yes = [
        one.broker_id
        for one in links
        if one.broker_id is not None and one.judgement == Judgement.CONFIRMED.value
    ]
    persons = await list_person_ids(session, said_yes) if said_yes else []
    for one in await find_brokers(session, told=told, links=links, wanted=wanted):
        if EXACT & {fact.reason for fact in one.facts}:
            persons.append(one.line.id)
    ties = await list_confirmed(session, persons)
    names = {one: await get_name(session, one) for one in {tie.broker_id for tie in ties}}
    return [
        (tie.agency_id, Fact(evidence=TIED_BY[evidence], said=names[tie.broker_id]))
        for tie in ties
        for evidence in tie.evidence
    ]


async def may_tie_by_cases(
    session: AsyncSession, actor: Actor, *, broker_id: UUID, agency_id: UUID
) -> bool:
    """Whether the actor reads enough cases in which both stand confirmed. Only cases that the actor can open
    are looked at: whether there are others must not be told by this answer."""
    persons = await list_person_ids(session, [broker_id])
    if not persons:
        return False
    records = await list_record_ids(session, persons[0])
    return are_enough(await count_own_cases(session, actor, records, agency_id))


async def tie_by_cases(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    broker_id: UUID,
    agency_id: UUID,
    reason: str,
) -> None:
    """Say that a broker works for an agency because several workers said so. Raises TooFewCases."""
    if not await may_tie_by_cases(session, actor, broker_id=broker_id, agency_id=agency_id):
        raise TooFewCases
    person_id = (await list_person_ids(session, [broker_id]))[0]
    standing = await find_standing(session, person_id, agency_id)
    says_yes = standing is not None and standing.judgement is TieJudgement.CONFIRMED
    new = NewTie(
        broker_id=person_id,
        agency_id=agency_id,
        judgement=TieJudgement.CONFIRMED,
        evidence=standing.evidence if standing and says_yes else (),
        reason=reason,
        seen=standing.id if standing else None,
    )
    await brokers.judge_tie(session, actor, now, new=new, by_cases=True)
