"""A country to measure on: 3,000 agencies with licences and two approved audits each, then names up to
100,000. Agencies go in by the product's own bulk statements, the rest by COPY in the form that
the actions write."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

import asyncpg
import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from bench.ground import Ground
from factories.accounts import store_person
from recruitwatch.accounts.values import Role
from recruitwatch.actor import Actor
from recruitwatch.agencies.queries import insert_agencies, insert_register
from recruitwatch.agencies.rules import record_key
from recruitwatch.agencies.values import (
    Address,
    AgencyRecord,
    Contact,
    ContactKind,
    Deployment,
    NameKind,
    NumberKind,
    OtherName,
    Register,
    Sex,
    StatusClaim,
)
from recruitwatch.audits.actions.keeping import keep_due_results
from recruitwatch.audits.rules.freezing import canonical, sha256_of
from recruitwatch.audits.rules.opening import findings_of
from recruitwatch.audits.values import AuditDocument, DocumentAnswer, DocumentList
from recruitwatch.checklists.queries import get_parameters, get_version, list_published
from recruitwatch.checklists.rules import Parameters
from recruitwatch.checklists.values import Checklist
from recruitwatch.demo.answers import Hand, visit_answers
from recruitwatch.findings.values import NewFinding
from recruitwatch.generating import names
from recruitwatch.names.rules import normalise_number

NOW = datetime.now(UTC)
REGISTER = Register(id="bench", title="Register of a large country", country="BD",
                    numbers=NumberKind.OFFICIAL)  # fmt: skip
VISIT_LISTS = ("sop", "covenant")
VISITS = (420, 60)
"""Days since the two visits of each agency."""
BATCH = 500


class Country(msgspec.Struct, frozen=True):
    """Who works there, which agencies there are, and what they are asked."""

    inspector: Actor
    reviewer: Actor
    agencies: Sequence[UUID]
    checklists: dict[str, Checklist]
    hashes: dict[str, str]
    parameters: Parameters


async def make_country(ground: Ground, size: int) -> Country:
    """`size` agencies with everything a card reads."""
    async with ground.sessions() as open_session, open_session() as session, session.begin():
        country = await _found(session, size)
    async with ground.connection(owner=True) as connection:
        await _copy_licences(connection, country)
        await _copy_audits(connection, country)
    async with ground.sessions() as open_session, open_session() as session, session.begin():
        while await keep_due_results(session):
            pass
    async with ground.connection(owner=True) as connection:
        await connection.execute("vacuum analyze")
    return country


async def _found(session: AsyncSession, size: int) -> Country:
    inspector, reviewer = [
        await store_person(session, role) for role in (Role.INSPECTOR, Role.REVIEWER)
    ]
    await insert_register(session, REGISTER, NOW)
    ids = []
    for first in range(0, size, BATCH):
        entries = [_entry(number) for number in range(first, min(size, first + BATCH))]
        await insert_agencies(session, entries, NOW)
        ids += [agency_id for agency_id, _, _ in entries]
    published = {one.checklist_id: one for one in await list_published(session) if one.newest}
    return Country(
        inspector=inspector,
        reviewer=reviewer,
        agencies=ids,
        checklists={
            name: await get_version(session, name, published[name].version) for name in VISIT_LISTS
        },
        hashes={name: published[name].sha256 for name in VISIT_LISTS},
        parameters=await get_parameters(session),
    )


def _new_id(chance: Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def _entry(number: int) -> tuple[UUID, AgencyRecord, str]:
    chance = Random(number)
    city = chance.choice(names.CITIES)
    years = range(NOW.year - 3, NOW.year)
    record = AgencyRecord(
        register_id=REGISTER.id,
        legal_name=names.latin_name(chance),
        country="BD",
        licence_no=f"RL-{number:06}",
        names=tuple(
            OtherName(kind=NameKind.TRADING, name=name, source="sign")
            for name in names.other_names(chance)
        ),
        addresses=(Address(address=f"{number % 90 + 1} Lake Road", city=city, source="list"),),
        contacts=(
            Contact(kind=ContactKind.PHONE, value=f"+880 2 {number:07}", source="list"),
            Contact(kind=ContactKind.EMAIL, value=f"office@agency{number}.example", source="list"),
        ),
        sectors=("construction", "domestic_work"),
        destinations=("QA", "SA", "MY"),
        deployments=tuple(
            Deployment(year=year, sex=sex, destination=place, workers=chance.randrange(5, 400),
                       source="return")
            for year in years for sex in (Sex.MEN, Sex.WOMEN) for place in ("QA", "SA")
        ),
        claims=(StatusClaim(source="list", word="valid", stated_on=date(NOW.year, 1, 5)),),
    )  # fmt: skip
    return _new_id(chance), record, record_key(REGISTER.numbers, record)


async def _copy_licences(connection: asyncpg.Connection, country: Country) -> None:
    """One licence an agency; most are valid, some were suspended since."""
    chance, day = Random(2), NOW.date()
    licences, decisions = [], []
    for number, agency_id in enumerate(country.agencies):
        licence_id, written = _new_id(chance), f"RL-{number:06}"
        valid = asyncpg.Range(day - timedelta(days=900), day + timedelta(days=400))
        licences.append((licence_id, agency_id, REGISTER.id, written, normalise_number(written),
                         valid, country.reviewer.id, NOW))  # fmt: skip
        states = ("valid", "suspended") if number % 20 == 0 else ("valid",)
        for years, state in enumerate(states):
            begun = day - timedelta(days=900 - 365 * years)
            decisions.append((_new_id(chance), licence_id, state, begun, "Order of the ministry",
                              f"{number}/{years}", country.reviewer.id, NOW))  # fmt: skip
    await _copy(connection, "licences", "id agency_id register_id licence_no licence_no_norm valid "
                "recorded_by recorded_at", licences)  # fmt: skip
    await _copy(connection, "licence_decisions", "id licence_id state effective_on ground "
                "document_no decided_by decided_at", decisions)  # fmt: skip


async def _copy(
    connection: asyncpg.Connection, table: str, columns: str, rows: Sequence[tuple[object, ...]]
) -> None:
    await connection.copy_records_to_table(table, columns=columns.split(), records=rows)


def document(country: Country, agency_id: UUID, days_ago: int, chance: Random) -> AuditDocument:
    """A whole visit with the checklists of the SOP and the Covenant, as a device hands it in."""
    day = NOW.date() - timedelta(days=days_ago)
    facts = dict.fromkeys(
        ("has_branch_offices", "places_women", "places_domestic_workers", "operates_accommodation",
         "digital_recruitment", "had_deaths_or_injuries"), True)  # fmt: skip
    hand = Hand(
        quality=chance.uniform(0.5, 0.98),
        critical=("SOP-FEE-02",) if chance.random() < 0.1 else (),
        tested=True,
        visited_on=day,
        licence_until=day + timedelta(days=400),
        parameters=country.parameters,
    )
    office = country.inspector.office_id
    assert office is not None
    return AuditDocument(
        audit_id=_new_id(chance),
        revision=1,
        agency_id=agency_id,
        register_id=REGISTER.id,
        office_id=office,
        inspector_id=country.inspector.id,
        visited_on=day,
        announced=True,
        unannounced_reason="",
        lists=tuple(
            DocumentList(checklist_id=name, version=one.version, sha256=country.hashes[name])
            for name, one in country.checklists.items()
        ),
        facts=facts,
        answers=tuple(
            DocumentAnswer(checklist_id=name, item_id=one.item_id, value=one.value,
                           evidence=one.evidence, note=one.note, na_reason=one.na_reason)
            for name, checklist in country.checklists.items()
            for one in visit_answers(checklist, facts, hand, chance)
        ),
        interviews=(),
    )  # fmt: skip


async def _copy_audits(connection: asyncpg.Connection, country: Country) -> None:
    """Two approved audits an agency with the findings that they opened. The rows that answers have
    while an audit is a draft are left out: a card does not read them."""
    for first in range(0, len(country.agencies), BATCH):
        chance = Random(first)
        documents = [
            (_new_id(chance), document(country, agency_id, days_ago, chance))
            for agency_id in country.agencies[first : first + BATCH]
            for days_ago in VISITS
        ]
        await _copy_submissions(connection, country, documents)
        findings = [
            _finding(_new_id(chance), one)
            for submission_id, frozen in documents
            for one in findings_of(submission_id, frozen, country.checklists,
                                   dict.fromkeys(country.checklists, country.parameters))
        ]  # fmt: skip
        await _copy(connection, "findings", FINDING, findings)
    await connection.execute("update audits set state = 'approved'")


async def _copy_submissions(
    connection: asyncpg.Connection,
    country: Country,
    documents: Sequence[tuple[UUID, AuditDocument]],
) -> None:
    audits, lists, submissions, reviews = [], [], [], []
    by, approved_by = country.inspector.id, country.reviewer.id
    for submission_id, one in documents:
        at = datetime.combine(one.visited_on, datetime.min.time(), UTC) + timedelta(days=3)
        text = canonical(one)
        audits.append((one.audit_id, one.agency_id, "draft", True, "", one.visited_on,
                       json.dumps(one.facts), by, one.office_id, 1, at, at))  # fmt: skip
        lists += [(one.audit_id, used.checklist_id, used.version) for used in one.lists]
        submissions.append(
            (submission_id, one.audit_id, one.agency_id, 1, text, sha256_of(text), by, at)
        )
        reviews.append((submission_id, "approved", "", by, approved_by, at + timedelta(days=2)))
    await _copy(connection, "audits", "id agency_id state announced unannounced_reason visited_on "
                "facts inspector_id office_id revision created_at updated_at", audits)  # fmt: skip
    await _copy(connection, "audit_lists", "audit_id checklist_id version", lists)
    await _copy(connection, "audit_submissions", "id audit_id agency_id revision document sha256 "
                "submitted_by submitted_at", submissions)  # fmt: skip
    await _copy(connection, "audit_reviews", "submission_id verdict reason inspector_id reviewer_id "
                "reviewed_at", reviews)  # fmt: skip


FINDING = (
    "id agency_id source_kind source_id checklist_id checklist_version item_id principle severity "
    "gate question statement answer note trips_gate office_id found_by barred "
    "reviewers borne_out_by found_on opened_at"
)


def _finding(finding_id: UUID, one: NewFinding) -> tuple[object, ...]:
    opened_at = datetime.combine(one.found_on, datetime.min.time(), UTC) + timedelta(days=5)
    return (
        finding_id, one.agency_id, one.source_kind.value, one.source_id, one.checklist_id,
        one.checklist_version, one.item_id, one.principle, one.severity.value,
        one.gate.value if one.gate else None, one.question, one.statement,
        msgspec.json.encode(one.answer).decode(), one.note, one.trips_gate, one.office_id,
        one.found_by, [one.found_by], [], one.borne_out_by, one.found_on, opened_at,
    )  # fmt: skip


async def grow_names(ground: Ground, wanted: int) -> None:
    """Agencies with no more than names, a number and a city, until there are so many names."""
    async with ground.connection() as bare:
        have = await bare.fetchval("select count(*) from agency_names")
        number = await bare.fetchval("select count(*) from agencies")
    async with ground.sessions() as open_session:
        while have < wanted:
            entries = [_named(n) for n in range(number, number + BATCH)]
            async with open_session() as session, session.begin():
                await insert_agencies(session, entries, NOW)
            number += BATCH
            have += sum(1 + len(record.names) for _, record, _ in entries)
    async with ground.connection(owner=True) as connection:
        await connection.execute(
            "vacuum analyze agencies, agency_names, agency_addresses, agency_readings, agency_key_counts"
        )


def _named(number: int) -> tuple[UUID, AgencyRecord, str]:
    chance = Random(number)
    agency_id = _new_id(chance)
    record = AgencyRecord(
        register_id=REGISTER.id,
        legal_name=names.latin_name(chance),
        country="BD",
        licence_no=f"RL-{number:06}",
        names=tuple(
            OtherName(kind=NameKind.TRADING, name=name, source="sign")
            for name in names.other_names(chance)
        ),
        addresses=(Address(address="Lake Road", city=chance.choice(names.CITIES), source="list"),),
    )
    return agency_id, record, record_key(REGISTER.numbers, record)
