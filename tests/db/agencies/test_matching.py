"""PostgreSQL and memory give the same answer, whatever is registered, changed and removed."""

from collections.abc import Sequence
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from conftest import SHARED_DATA
from factories.accounts import NOW
from factories.agencies import make_record, store_agency, store_register
from recruitwatch.agencies import queries
from recruitwatch.agencies.queries.matching import match_said
from recruitwatch.agencies.queries.readings import list_unread
from recruitwatch.agencies.rules import record_key
from recruitwatch.agencies.rules.matching import facts_of
from recruitwatch.agencies.tables import agencies, agency_key_counts, agency_readings
from recruitwatch.agencies.values import (
    Address,
    AgencyRecord,
    Contact,
    ContactKind,
    NameKind,
    NumberKind,
    OtherName,
    Register,
)
from recruitwatch.cli.match_files import Query, read_queries, read_registers
from recruitwatch.generating import names
from recruitwatch.names.dictionary import load_dictionary
from recruitwatch.names.register import MemoryRegister
from recruitwatch.names.rules.agencies import read_agency
from recruitwatch.names.rules.readings import pack, unpack
from recruitwatch.names.values import AgencyFacts, Match, Outcome, Said
from recruitwatch.names.values import NameKind as MatchedKind


def random_record(chance: Random, number: int) -> AgencyRecord:
    return make_record(
        legal_name=names.latin_name(chance),
        licence_no=f"RL-{number:04}" if chance.random() < 0.8 else None,
        names=tuple(
            OtherName(kind=chance.choice(list(NameKind)), name=name, source="sign")
            for name in names.other_names(chance)
        ),
        addresses=(
            Address(address=f"{number} Lake Road", city=chance.choice(names.CITIES), source="list"),
        ),
        contacts=(Contact(kind=ContactKind.PHONE, value=f"+880 2 {number:07}"),)
        if chance.random() < 0.5
        else (),
    )


def random_words(chance: Random, known: Sequence[str] = ()) -> str:
    name = chance.choice([names.latin_name(chance), *known])
    return chance.choice(
        [
            name,
            names.misspelt(name, chance),
            name.split()[0],
            f"I paid {name} near the mosque in {chance.choice(names.CITIES)}",
            f"{name}, RL {chance.randrange(80)}",
            f"licence RL {chance.randrange(80)}",
            f"licence {chance.randrange(100, 1000)}",
            f"call 02 {chance.randrange(80):07}",
            " ".join(chance.choice(words.split()) for words in names.BANGLA),
            chance.choice(names.CHINESE[0].split()) + chance.choice(names.CHINESE[1].split()),
            "",
        ]
    )


async def in_memory(session: AsyncSession, register_id: str | None = None) -> MemoryRegister:
    """What the register holds, read again from its entries."""
    ids = list(await session.scalars(select(agencies.c.id)))
    stored = await queries.load_agencies(session, ids)
    kinds = {register.id: register.numbers for register in await queries.list_registers(session)}
    return MemoryRegister(
        facts_of(agency_id, one.record, kinds[one.record.register_id])
        for agency_id, one in stored.items()
        if register_id in (None, one.record.register_id)
    )


async def assert_same(
    session: AsyncSession, memory: MemoryRegister, words: str, register_id: str | None = None
) -> Match:
    said = Said(text=words)
    within = None if register_id is None else (register_id,)
    found = await match_said(session, said, registers=within)
    expected = memory.match(said)
    assert found.outcome is expected.outcome, words
    assert list(found.candidates) == list(expected.candidates), words
    return found


@pytest.mark.parametrize("seed", range(3))
async def test_random_registers_through_their_life(session: AsyncSession, seed: int) -> None:
    chance = Random(seed)
    ids = [await store_agency(session, random_record(chance, n)) for n in range(40)]
    await check(session, chance)
    for agency_id in ids[:10]:
        record = random_record(chance, 40 + chance.randrange(20))
        key = record_key(NumberKind.OFFICIAL, record) + str(agency_id)
        await queries.set_agency_record(session, agency_id, record, key, NOW)
    await check(session, chance)
    await queries.delete_agencies(session, ids[5:15])
    await check(session, chance)
    await session.execute(delete(agencies).where(agencies.c.id == ids[20]))
    await check(session, chance)


async def check(session: AsyncSession, chance: Random) -> None:
    memory = await in_memory(session)
    known = list(await session.scalars(select(agencies.c.legal_name)))
    asked = [random_words(chance, known) for _ in range(20)]
    outcomes = {(await assert_same(session, memory, words)).outcome for words in asked}
    assert len(outcomes) > 1, asked
    own, readings = agency_key_counts.c, agency_readings.c
    rows = await session.execute(select(own.key, own.agencies).where(own.agencies > 0))
    counted = {row.key: row.agencies for row in rows}
    keys: dict[str, int] = {}
    for listed in await session.scalars(select(readings["keys"])):
        for key in ["", *listed]:
            keys[key] = keys.get(key, 0) + 1
    assert counted == keys


async def test_one_register_or_all(session: AsyncSession) -> None:
    rows = Register(id="rows", title="A list", country="XT", numbers=NumberKind.ROW_KEY)
    await store_register(session, rows)
    chance = Random(7)
    for n in range(20):
        await store_agency(session, random_record(chance, n))
        await store_agency(
            session, make_record(register_id="rows", legal_name=names.latin_name(chance))
        )
    for register_id in ("rows", None):
        memory = await in_memory(session, register_id)
        for _ in range(20):
            await assert_same(session, memory, random_words(chance), register_id)


async def test_the_ends_of_numbers_find_the_same(session: AsyncSession) -> None:
    for number in (201, 1739, *range(20100, 20170)):
        await store_agency(session, make_record(legal_name="Padma", licence_no=f"RL-{number}"))
    memory = await in_memory(session)
    for said in ("RL 201", "739", "licence 173", "licence 016", "RL 2016", "2010, 201"):
        await assert_same(session, memory, said)
    by_end = await assert_same(session, memory, "licence 739")
    assert by_end.outcome is not Outcome.CERTAIN
    (reason,) = [one for one in by_end.candidates[0].reasons if one.feature == "licence-part"]
    assert (reason.said, reason.known) == ("739", "RL-1739")
    assert (await assert_same(session, memory, "RL 201")).outcome is Outcome.CERTAIN


async def test_nobody_is_registered(session: AsyncSession) -> None:
    found = await match_said(session, Said(text="Padma Overseas"))
    assert (found.outcome, found.candidates) == (Outcome.UNMATCHED, ())


async def test_a_search_takes_five_statements(session: AsyncSession, queries) -> None:  # type: ignore[no-untyped-def]
    await store_agency(session)
    with queries(at_most=5):
        await match_said(session, Said(text="Padma Overseas"))


async def test_agencies_read_with_other_tables_are_read_again(session: AsyncSession) -> None:
    ids = [await store_agency(session, make_record(legal_name=f"Delta {n}")) for n in range(3)]
    assert await list_unread(session, limit=10) == []
    await session.execute(
        update(agency_readings).where(agency_readings.c.agency_id == ids[0]).values(read_with="old")
    )
    await session.execute(delete(agency_readings).where(agency_readings.c.agency_id == ids[1]))
    assert await list_unread(session, limit=10) == sorted(ids[:2])
    assert await queries.read_again(session, limit=1) == 1
    assert await queries.read_again(session, limit=10) == 1
    assert await queries.read_again(session, limit=10) == 0
    assert await session.scalar(select(func.count()).select_from(agency_readings)) == 3
    memory = await in_memory(session)
    await assert_same(session, memory, "Delta 1")


def test_a_reading_comes_back_as_it_was() -> None:
    record = random_record(Random(3), 3)
    agency = read_agency(facts_of(UUID(int=1), record, NumberKind.OFFICIAL), load_dictionary())
    assert unpack(pack(agency)) == agency


def test_what_of_an_entry_is_compared() -> None:
    record = make_record(
        legal_name="Padma Overseas",
        licence_no="RL-1",
        names=(
            OtherName(kind=NameKind.FORMER, name="Old Padma"),
            OtherName(kind=NameKind.TRADING, name="Padma Gulf"),
        ),
        contacts=(
            Contact(kind=ContactKind.PHONE, value="029550101"),
            Contact(kind=ContactKind.EMAIL, value="padma@padma.example"),
            Contact(kind=ContactKind.WEBSITE, value="https://www.boro-bari.example"),
        ),
    )
    facts = facts_of(UUID(int=1), record, NumberKind.ROW_KEY, called=["Boro Bari"])
    assert [(name.text, name.kind, name.taught) for name in facts.names] == [
        ("Padma Overseas", MatchedKind.REGISTERED, False),
        ("Old Padma", MatchedKind.FORMER, False),
        ("Padma Gulf", MatchedKind.ALIAS, False),
        ("Boro Bari", MatchedKind.ALIAS, False),
        ("boro bari", MatchedKind.WEB, False),
    ]
    assert facts.phones == ("029550101",)
    assert facts.row_key


@pytest.mark.skipif(
    not SHARED_DATA.exists(), reason="the real registers are not part of the project"
)
@pytest.mark.parametrize("register_id", ["bangladesh", "indonesia", "us-staffing"])
async def test_real_registers_give_the_same(session: AsyncSession, register_id: str) -> None:
    """Their agencies by name and number, and every fifth query of the set."""
    asked = [q for q in read_queries(SHARED_DATA / "matching-dev.csv") if q.register == register_id]
    wanted = Query(row=1, text="", register=register_id)
    known = read_registers(SHARED_DATA, [wanted])[register_id]
    is_row_key = all(facts.row_key for facts in known)
    numbers = NumberKind.ROW_KEY if is_row_key else NumberKind.OFFICIAL
    await store_register(
        session, Register(id=register_id, title=register_id, country="XT", numbers=numbers)
    )
    for facts in known:
        await store_agency(session, as_record(register_id, facts))
    memory = await in_memory(session)
    for query in asked[::5]:
        await assert_same(session, memory, query.text)


def as_record(register_id: str, facts: AgencyFacts) -> AgencyRecord:
    place = Address(address=facts.address or facts.key, city=facts.city)
    return make_record(
        register_id=register_id,
        legal_name=facts.names[0].text,
        licence_no=facts.number if facts.number and not facts.row_key else None,
        source_key=facts.key if facts.row_key else None,
        addresses=(place,),
        contacts=tuple(Contact(kind=ContactKind.PHONE, value=phone) for phone in facts.phones),
    )
