"""Brokers in a case: who may be meant, which agencies they stand for, and what cases show of both."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.brokers import actions as brokers
from recruitwatch.brokers.queries.finding import list_candidates
from recruitwatch.brokers.queries.people import list_person_ids, list_record_ids
from recruitwatch.brokers.queries.records import list_called
from recruitwatch.brokers.queries.ties import find_standing, list_confirmed
from recruitwatch.brokers.rules import are_enough
from recruitwatch.brokers.values import (
    BrokerCandidate,
    BrokerReason,
    NewTie,
    Tie,
    TieEvidence,
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
        numbers=said_texts(wanted, told.broker, told.phone, told.reach),
        names=said_texts(wanted or told.broker),
        places=said_texts(told.broker, told.place),
        without=[one.broker_id for one in links if one.broker_id is not None],
        limit=OFFERED,
    )


def said_texts(*texts: str) -> list[str]:
    """Those that say anything, each once."""
    return [text for text in dict.fromkeys(texts) if text.strip()]


async def list_by_broker(
    session: AsyncSession, *, links: tuple[Link, ...], offered: Sequence[BrokerCandidate]
) -> list[tuple[UUID, Fact]]:
    """Agencies for which a broker of this case works: one an officer confirmed, or one of the `offered` whose
    number she gave. An officer still links the agency."""
    said_yes = [
        one.broker_id
        for one in links
        if one.broker_id is not None and one.judgement == Judgement.CONFIRMED.value
    ]
    persons = await list_person_ids(session, said_yes) if said_yes else []
    persons += [one.line.id for one in offered if EXACT & {fact.reason for fact in one.facts}]
    if not persons:
        return []
    ties = await list_confirmed(session, persons)
    names = await list_called(session, {tie.broker_id for tie in ties})
    return [
        (tie.agency_id, Fact(evidence=TIED_BY[evidence], said=names[tie.broker_id]))
        for tie in ties
        for evidence in tie.evidence
    ]


async def list_proofs(
    session: AsyncSession,
    actor: Actor,
    *,
    decided: bool,
    broker_id: UUID,
    agency_id: UUID,
) -> tuple[TieEvidence, ...]:
    """What cases that the actor reads show of a broker and an agency that both stand confirmed in this one.

    `decided`: this case is decided against the agency. Only cases that the actor can open are counted:
    whether there are others must not be told by this answer.
    """
    persons = await list_person_ids(session, [broker_id])
    if not persons:
        return ()
    records = await list_record_ids(session, persons[0])
    proofs = [TieEvidence.DECISION] if decided else []
    if are_enough(await count_own_cases(session, actor, records, agency_id)):
        proofs.append(TieEvidence.CASES)
    return tuple(proofs)


async def tie_by_cases(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    new: NewTie,
    proofs: tuple[TieEvidence, ...],
) -> None:
    """Say in a case that a broker works for an agency. `proofs` are those of `list_proofs`; raises
    TooFewCases where there are none."""
    if not proofs:
        raise TooFewCases
    standing = await find_standing_word(session, new.broker_id, new.agency_id)
    kept = standing.evidence if standing else ()
    whole = msgspec.structs.replace(new, evidence=(*new.evidence, *kept))
    await brokers.judge_tie(session, actor, now, new=whole, proved=proofs)


async def find_standing_word(session: AsyncSession, broker_id: UUID, agency_id: UUID) -> Tie | None:
    persons = await list_person_ids(session, [broker_id])
    return await find_standing(session, persons[0], agency_id) if persons else None
