"""SQL that finds brokers: by number exactly, by name and area as they are spelt. Whom erased records were
finds nobody."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from sqlalchemy import Select, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.brokers.queries.people import persons
from recruitwatch.brokers.queries.ties import list_confirmed, list_tied_persons
from recruitwatch.brokers.rules import (
    name_reason,
    said_keys,
    telling_words,
    weigh,
    works_there,
)
from recruitwatch.brokers.tables import broker_areas, broker_names, broker_phones, brokers
from recruitwatch.brokers.values import (
    BrokerCandidate,
    BrokerFact,
    BrokerLine,
    BrokerReason,
    NumberKind,
)
from recruitwatch.names.rules import normalise

MOST = 50
ALIKE = 0.6


async def list_brokers(session: AsyncSession, *, limit: int, offset: int = 0) -> list[BrokerLine]:
    """Everybody on record, by name."""
    statement = _people().order_by(brokers.c.name, brokers.c.id).limit(limit).offset(offset)
    return await list_lines(session, [row.id for row in await session.execute(statement)])


async def count_brokers(session: AsyncSession) -> int:
    found = _people().subquery()
    return await session.scalar(select(func.count()).select_from(found)) or 0


def _people() -> Select[tuple[UUID, str]]:
    found = persons()
    return select(brokers.c.id, brokers.c.name).join(
        found, (found.c.person_id == brokers.c.id) & (found.c.broker_id == brokers.c.id)
    )


async def list_of_agency(session: AsyncSession, agency_id: UUID) -> list[BrokerLine]:
    """Whoever works for the agency, as it stands, by name."""
    tied = await list_tied_persons(session, agency_id)
    standing = [
        one.broker_id for one in await list_confirmed(session, tied) if one.agency_id == agency_id
    ]
    lines = await list_lines(session, standing)
    return sorted(lines, key=lambda one: (one.name, one.id))


async def list_lines(session: AsyncSession, person_ids: Sequence[UUID]) -> list[BrokerLine]:
    """The lines of these persons, in this order."""
    found = persons()
    of_person = found.c.person_id.in_(person_ids)
    own = dict(
        (await session.execute(select(brokers.c.id, brokers.c.name).where(brokers.c.id.in_(person_ids)))).all()
    )
    names = await _details(
        session,
        select(found.c.person_id, broker_names.c.name)
        .join(broker_names, broker_names.c.broker_id == found.c.broker_id)
        .where(of_person)
        .order_by(broker_names.c.name_norm, broker_names.c.id),
    )
    numbers = await _details(
        session,
        select(
            found.c.person_id,
            func.ltrim(func.concat(broker_phones.c.service, " ", broker_phones.c.value)),
        )
        .join(broker_phones, broker_phones.c.broker_id == found.c.broker_id)
        .where(of_person)
        .order_by(broker_phones.c.kind, broker_phones.c.value_norm, broker_phones.c.id),
    )
    areas = await _details(
        session,
        select(found.c.person_id, broker_areas.c.area)
        .join(broker_areas, broker_areas.c.broker_id == found.c.broker_id)
        .where(of_person)
        .order_by(broker_areas.c.area_norm, broker_areas.c.id),
    )
    return [
        BrokerLine(
            id=one,
            name=own[one],
            other_names=tuple(name for name in names.get(one, ()) if name != own[one]),
            numbers=names_once(numbers.get(one, ())),
            areas=names_once(areas.get(one, ())),
        )
        for one in person_ids
        if one in own
    ]


def names_once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


async def _details(
    session: AsyncSession, statement: Select[tuple[UUID, str]]
) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    for person_id, value in await session.execute(statement):
        if value not in found.setdefault(person_id, []):
            found[person_id].append(value)
    return found


async def list_candidates(
    session: AsyncSession,
    *,
    numbers: Sequence[str],
    names: Sequence[str],
    places: Sequence[str] = (),
    without: Collection[UUID] = (),
    limit: int,
) -> list[BrokerCandidate]:
    """Who may be meant by what somebody said: exact numbers first, then names, with the reasons for each.
    `without` are records that were judged already; the whole person is left out."""
    found = await _by_number(session, numbers)
    found += await _by_name(session, names)
    left_out = set(await _persons_of(session, without)) if without else set()
    facts: dict[UUID, list[BrokerFact]] = {}
    for person_id, fact in found:
        known = facts.setdefault(person_id, [])
        if person_id not in left_out and fact.reason not in {one.reason for one in known}:
            known.append(fact)
    lines = await list_lines(session, [one for one, known in facts.items() if known][:MOST])
    candidates = [_candidate(line, facts[line.id], places) for line in lines]
    candidates.sort(key=lambda one: (weigh(one.facts), one.line.name, one.line.id))
    return candidates[:limit]


def _candidate(
    line: BrokerLine, facts: list[BrokerFact], places: Sequence[str]
) -> BrokerCandidate:
    names = (line.name, *line.other_names)
    known = [
        BrokerFact(reason=name_reason(one.said, names), said=one.said)
        if one.reason is BrokerReason.NAME_ALIKE
        else one
        for one in facts
    ]
    if place := works_there(line.areas, places):
        known.append(BrokerFact(reason=BrokerReason.AREA, said=place))
    return BrokerCandidate(line=line, facts=tuple(known))


async def _persons_of(session: AsyncSession, broker_ids: Collection[UUID]) -> list[UUID]:
    found = persons()
    statement = select(found.c.person_id).where(found.c.broker_id.in_(broker_ids))
    return list(await session.scalars(statement.order_by(found.c.person_id)))


async def _by_number(
    session: AsyncSession, said: Sequence[str]
) -> list[tuple[UUID, BrokerFact]]:
    found, hits = persons(), []
    for text in said:
        if not (keys := said_keys(text)):
            continue
        statement = (
            select(found.c.person_id, broker_phones.c.kind)
            .join(broker_phones, broker_phones.c.broker_id == found.c.broker_id)
            .where(broker_phones.c.value_norm.in_(keys))
            .order_by(broker_phones.c.kind, found.c.person_id)
            .limit(MOST)
        )
        for person_id, kind in await session.execute(statement):
            wallet = kind == NumberKind.WALLET.value
            reason = BrokerReason.WALLET if wallet else BrokerReason.PHONE
            hits.append((person_id, BrokerFact(reason=reason, said=text)))
    return hits


async def _by_name(session: AsyncSession, said: Sequence[str]) -> list[tuple[UUID, BrokerFact]]:
    """Names that are what was said, or hold a telling word of it, or one that is spelt alike."""
    found, hits, name = persons(), [], broker_names.c.name_norm
    limit = func.set_config("pg_trgm.word_similarity_threshold", str(ALIKE), True)
    await session.execute(select(limit))
    for text in said:
        words = telling_words(text)
        likeness = sum(
            (func.word_similarity(one, name) for one in words),
            start=literal(0.0),
        )
        statement = (
            select(found.c.person_id)
            .join(broker_names, broker_names.c.broker_id == found.c.broker_id)
            .where(
                or_(name == normalise(text), *(literal(one).op("<%")(name) for one in words)),
                name != "",
            )
            .order_by((name == normalise(text)).desc(), likeness.desc(), name, found.c.person_id)
            .limit(MOST)
        )
        fact = BrokerFact(reason=BrokerReason.NAME_ALIKE, said=text)
        hits += [(person_id, fact) for person_id in await session.scalars(statement)]
    return hits


async def list_by_area(session: AsyncSession, said: str, *, limit: int) -> list[UUID]:
    """Persons who work where this says, by every word of it."""
    found, area = persons(), broker_areas.c.area_norm
    words = normalise(said).split()
    statement = (
        select(found.c.person_id)
        .join(broker_areas, broker_areas.c.broker_id == found.c.broker_id)
        .where(*(area.contains(one, autoescape=True) for one in words))
        .distinct()
        .order_by(found.c.person_id)
        .limit(limit if words else 0)
    )
    return list(await session.scalars(statement))
