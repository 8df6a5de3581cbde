"""Agencies and licences: a register entry with names in several scripts, contacts, returns of four years."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from uuid import UUID

import asyncpg

from recruitwatch.agencies.rules import record_key
from recruitwatch.agencies.values import (
    Address,
    AgencyRecord,
    Contact,
    ContactKind,
    Deployment,
    NameKind,
    OtherName,
    Sex,
    StatusClaim,
)
from recruitwatch.generating import names
from recruitwatch.generating.plan import COUNTRY, REGISTER_ID, Plan, Times, new_id
from recruitwatch.names.rules import normalise_number

Row = tuple[object, ...]
SOURCE = "invented"
PLACES = ("QA", "SA", "MY", "KW", "AE")
SECTORS = ("construction", "domestic_work", "cleaning", "hospitality")
SUSPENDED_OF = 20
"""One licence in so many was suspended since."""


def licence_number(number: int) -> str:
    return f"RL-{number:06}"


def entry(plan: Plan, times: Times, number: int) -> tuple[UUID, AgencyRecord, str]:
    """One agency with its id and its key in the register."""
    chance = plan.chance("agency", number)
    sectors = tuple(sorted(chance.sample(SECTORS, chance.randint(1, 2))))
    record = AgencyRecord(
        register_id=REGISTER_ID,
        legal_name=names.latin_name(chance),
        country=COUNTRY,
        licence_no=licence_number(number),
        names=tuple(
            OtherName(kind=NameKind.TRADING, name=name, source=SOURCE)
            for name in names.other_names(chance)
        ),
        addresses=(
            Address(
                address=f"{number % 90 + 1} Lake Road", city=chance.choice(names.CITIES),
                source=SOURCE,
            ),
        ),
        contacts=(
            Contact(kind=ContactKind.PHONE, value=f"+999 2 {number:07}", source=SOURCE),
            Contact(kind=ContactKind.EMAIL, value=f"office@agency{number}.example", source=SOURCE),
        ),
        sectors=sectors,
        destinations=tuple(sorted(chance.sample(PLACES, 3))),
        deployments=tuple(_deployments(chance, times.now.date())),
        claims=(StatusClaim(source=SOURCE, word="valid", stated_on=times.now.date()),),
    )  # fmt: skip
    return new_id(chance), record, record_key(plan.register.numbers, record)


def _deployments(chance: Random, today: date) -> Iterator[Deployment]:
    for year in range(today.year - 3, today.year + 1):
        for sex in (Sex.MEN, Sex.WOMEN):
            workers = chance.randrange(20, 900)
            yield Deployment(
                year=year, sex=sex, destination=chance.choice(PLACES), workers=workers,
                source=SOURCE,
            )  # fmt: skip


def licence_rows(
    plan: Plan, times: Times, number: int, agency_id: UUID, decided_by: UUID
) -> tuple[Row, list[Row]]:
    """The licence of an agency, and what was decided about it."""
    chance, today = plan.chance("licence", number), times.now.date()
    begun = today - timedelta(days=chance.randint(900, 3_000))
    licence_id, written = new_id(chance), licence_number(number)
    valid = asyncpg.Range(begun, today + timedelta(days=chance.randint(30, 900)))
    licence = (licence_id, agency_id, REGISTER_ID, written, normalise_number(written), valid,
               decided_by, times.begun)  # fmt: skip
    states = ["valid"] + ["suspended"] * (number % SUSPENDED_OF == 0)
    decisions: list[Row] = [
        (new_id(chance), licence_id, state, begun + timedelta(days=365 * place),
         "Order of the ministry", f"{number}/{place}", decided_by, times.begun)
        for place, state in enumerate(states)
    ]  # fmt: skip
    return licence, decisions
