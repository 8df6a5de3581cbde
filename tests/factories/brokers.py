"""Brokers for tests."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from conftest import NOW
from recruitwatch.actor import Actor
from recruitwatch.brokers import actions
from recruitwatch.brokers.values import (
    Confidence,
    Judgement,
    NewBroker,
    NewTie,
    TieEvidence,
)


def make_broker(**overrides: str) -> NewBroker:
    return NewBroker(**{"name": f"Broker {uuid4().hex[:8]}", **overrides})


async def store_broker(
    session: AsyncSession, actor: Actor, *, entered_at: datetime = NOW, **overrides: str
) -> UUID:
    return await actions.enter_broker(
        session, actor, entered_at, broker_id=uuid4(), new=make_broker(**overrides)
    )


def make_tie(broker_id: UUID, agency_id: UUID, **overrides: object) -> NewTie:
    values: dict[str, object] = {
        "broker_id": broker_id, "agency_id": agency_id, "judgement": Judgement.CONFIRMED,
        "evidence": (TieEvidence.DOCUMENT,), "confidence": Confidence.LIKELY,
        "reason": "A visiting card bears both.", **overrides,
    }  # fmt: skip
    return NewTie(**values)  # type: ignore[arg-type]


async def store_tie(
    session: AsyncSession, actor: Actor, broker_id: UUID, agency_id: UUID, **overrides: object
) -> UUID:
    new = make_tie(broker_id, agency_id, **overrides)
    return await actions.judge_tie(session, actor, NOW, new=new)
