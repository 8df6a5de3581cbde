"""The three brokers of the invented country: what people call them, and for whom they work."""

from collections.abc import Mapping
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.brokers.actions import add_area, add_name, add_number, enter_broker, judge_tie
from recruitwatch.brokers.queries.ties import find_standing
from recruitwatch.brokers.values import (
    Confidence,
    Judgement,
    NewBroker,
    NewNumber,
    NewTie,
    NumberKind,
    TieEvidence,
)
from recruitwatch.demo.told import BROKERS


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A broker as workers speak of them (`said`) and as officers came to know them."""

    said: str
    new: NewBroker
    names: tuple[str, ...]
    wallet: str = ""
    area: str = ""

    @property
    def id(self) -> UUID:
        return uuid5(NAMESPACE_URL, f"demo broker {self.said}")


KNOWN = (
    Known(
        said=BROKERS[0],
        new=NewBroker(name="Jorrick", phone="07455 010 118", area="Tor Amara"),
        names=("Uncle Jorrick", "جوريك", "জরিক চাচা"),
        wallet="07455 010 119",
        area="Tor Amara, tea stall at the old bridge",
    ),
    Known(
        said=BROKERS[1],
        new=NewBroker(name="Teovald", area="Low Farrow"),
        names=("تيوفالد",),
        wallet="TV-55 2081",
    ),
    Known(
        said=BROKERS[2],
        new=NewBroker(name="Madam Belinde", phone="07455 010 233", area="Port Miravel"),
        names=("Belinde apa", "বেলিন্দে আপা"),
    ),
)
WALLET_SERVICE = "MiraPay"


class Tied(msgspec.Struct, frozen=True, kw_only=True):
    """What was said of a broker and an agency, the agency by its place among those of the country."""

    broker: int
    agency: int
    evidence: tuple[TieEvidence, ...]
    confidence: Confidence
    reason: str
    taken_back: str = ""


TIES = (
    Tied(
        broker=0, agency=3, evidence=(TieEvidence.DOCUMENT, TieEvidence.ADMITTED),
        confidence=Confidence.CERTAIN,
        reason="His name stands on a receipt of the agency. Its manager says that he brings people.",
    ),
    Tied(
        broker=1, agency=7, evidence=(TieEvidence.VISIT,), confidence=Confidence.LIKELY,
        reason="He sat at a desk in the agency’s front room and gave out forms.",
    ),
    Tied(
        broker=1, agency=11, evidence=(TieEvidence.DOCUMENT,), confidence=Confidence.LIKELY,
        reason="A visiting card bears both names.",
        taken_back="The card was printed by somebody else. The agency does not know him.",
    ),
)  # fmt: skip


def known_as(said: str) -> UUID:
    """The record of the broker of whom a worker speaks so."""
    return next(one.id for one in KNOWN if one.said == said)


async def enter_brokers(session: AsyncSession, actor: Actor, now: datetime) -> None:
    for one in KNOWN:
        await enter_broker(session, actor, now, broker_id=one.id, new=one.new)
        for name in one.names:
            await add_name(session, actor, now, broker_id=one.id, name=name)
        if one.wallet:
            wallet = NewNumber(kind=NumberKind.WALLET, value=one.wallet, service=WALLET_SERVICE)
            await add_number(session, actor, now, broker_id=one.id, new=wallet)
        if one.area:
            await add_area(session, actor, now, broker_id=one.id, area=one.area)


async def tie_brokers(
    session: AsyncSession, actor: Actor, now: datetime, agencies: Mapping[int, UUID]
) -> None:
    for one in TIES:
        new = NewTie(
            broker_id=KNOWN[one.broker].id, agency_id=_agency(agencies, one),
            judgement=Judgement.CONFIRMED, evidence=one.evidence, confidence=one.confidence,
            reason=one.reason,
        )  # fmt: skip
        await judge_tie(session, actor, now, new=new)


async def take_ties_back(
    session: AsyncSession, actor: Actor, now: datetime, agencies: Mapping[int, UUID]
) -> None:
    """What turned out to be wrong."""
    for one in (tied for tied in TIES if tied.taken_back):
        broker_id, agency_id = KNOWN[one.broker].id, _agency(agencies, one)
        standing = await find_standing(session, broker_id, agency_id)
        back = NewTie(
            broker_id=broker_id, agency_id=agency_id, judgement=Judgement.WITHDRAWN, evidence=(),
            reason=one.taken_back, seen=standing.id if standing else None,
        )  # fmt: skip
        await judge_tie(session, actor, now, new=back)


def _agency(agencies: Mapping[int, UUID], one: Tied) -> UUID:
    return agencies[sorted(agencies)[one.agency]]
