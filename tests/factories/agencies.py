"""Agencies, registers and licences for tests."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.agencies import actions, queries
from recruitwatch.agencies.rules import record_key
from recruitwatch.agencies.values import (
    Address,
    AgencyRecord,
    Branch,
    Contact,
    ContactKind,
    Deployment,
    NameKind,
    NewDecision,
    NewLicence,
    NumberKind,
    Officer,
    OfficerRole,
    OtherName,
    Register,
    Sex,
    StatusClaim,
)

NOW = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)
REGISTER = Register(
    id="testland", title="Register of Testland", country="BD", numbers=NumberKind.OFFICIAL
)


def make_record(**overrides: object) -> AgencyRecord:
    """A record with little in it."""
    values: dict[str, object] = {
        "register_id": REGISTER.id,
        "legal_name": f"Agency {uuid4().hex[:8]}",
        "country": "BD",
        **overrides,
    }
    return AgencyRecord(**values)  # type: ignore[arg-type]


def full_record(**overrides: object) -> AgencyRecord:
    """A record with something in every part."""
    values: dict[str, object] = {
        "legal_name": "Padma Overseas Ltd",
        "licence_no": "RL-0042",
        "names": (
            OtherName(kind=NameKind.TRADING, name="Padma Jobs", source="sign"),
            OtherName(kind=NameKind.ALIAS, name="পদ্মা ওভারসিজ"),
        ),
        "addresses": (Address(address="12 Lake Road", city="Dhaka", source="list"),),
        "contacts": (
            Contact(kind=ContactKind.PHONE, value="+880 2 955-0101"),
            Contact(kind=ContactKind.EMAIL, value="Office@Padma.example"),
        ),
        "branches": (Branch(name="Sylhet office", address="3 Mill Lane", phone="+880 821 1"),),
        "officers": (
            Officer(name="Secret Owner", role=OfficerRole.OWNER, from_on=date(2020, 1, 1)),
        ),
        "sectors": ("construction", "domestic_work"),
        "destinations": ("QA", "SA"),
        "deployments": (
            Deployment(year=2024, sex=Sex.MEN, destination="QA", workers=120, source="return"),
            Deployment(year=2025, sex=Sex.WOMEN, destination="SA", workers=30),
        ),
        "claims": (
            StatusClaim(source="list-2023", word="listed", stated_on=date(2023, 5, 1)),
            StatusClaim(source="list-2024", word="valid", valid_until=date(2027, 1, 31)),
        ),
        "note": "Moved in 2024.",
        **overrides,
    }
    return make_record(**values)


async def store_register(session: AsyncSession, register: Register = REGISTER) -> Register:
    await queries.insert_register(session, register, NOW)
    return register


async def store_agency(
    session: AsyncSession, record: AgencyRecord | None = None, **overrides: object
) -> UUID:
    """An agency in the register of Testland, or in the record's own if that is stored."""
    record = record or make_record(**overrides)
    if record.register_id == REGISTER.id:
        await store_register(session)
    register = await queries.get_register(session, record.register_id)
    agency_id = uuid4()
    await queries.insert_agency(
        session, agency_id, record, record_key(register.numbers, record), NOW
    )
    return agency_id


async def store_licence(
    session: AsyncSession,
    actor: Actor,
    agency_id: UUID,
    *decisions: NewDecision,
    licence: NewLicence | None = None,
    folder: Path = Path("unused"),
) -> UUID:
    """A licence of 2024 to 2026 and these decisions about it, one minute after the other."""
    licence = licence or make_new_licence()
    licence_id = await actions.record_licence(
        session, actor, NOW, agency_id=agency_id, licence=licence
    )
    for minute, decision in enumerate(decisions):
        await actions.decide_licence(
            session,
            actor,
            NOW + timedelta(minutes=minute),
            licence_id=licence_id,
            decision=decision,
            folder=folder,
        )
    return licence_id


def make_new_licence(**overrides: object) -> NewLicence:
    values: dict[str, object] = {
        "licence_no": "RL-0042",
        "valid_from": date(2024, 1, 1),
        "valid_until": date(2026, 12, 31),
        **overrides,
    }
    return NewLicence(**values)  # type: ignore[arg-type]
