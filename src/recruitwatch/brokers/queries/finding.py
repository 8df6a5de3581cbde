"""SQL that finds brokers: by number exactly, by name and area as they are spelt. Whom erased records were
finds nobody."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.brokers.queries.people import persons
from recruitwatch.brokers.queries.ties import list_confirmed, list_tied_persons
from recruitwatch.brokers.rules import (
    heard_keys,
    is_heard,
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
    NewBroker,
    NumberKind,
)
from recruitwatch.names.rules import normalise

MOST = 50
ALIKE = 0.6


async def list_brokers(
    session: AsyncSession, *, due_on: date | None = None, limit: int, offset: int = 0
) -> list[BrokerLine]:
    """Everybody on record, by name; or those at whose records somebody must look again."""
    statement = _people(due_on).order_by(brokers.c.name, brokers.c.id).limit(limit).offset(offset)
    return await list_lines(session, [row.id for row in await session.execute(statement)])


async def count_brokers(session: AsyncSession, *, due_on: date | None = None) -> int:
    found = _people(due_on).subquery()
    return await session.scalar(select(func.count()).select_from(found)) or 0


def _people(due_on: date | None) -> Select[UUID, str]:
    found = persons()
    everybody = select(brokers.c.id, brokers.c.name).join(
        found, (found.c.person_id == brokers.c.id) & (found.c.broker_id == brokers.c.id)
    )
    return everybody if due_on is None else everybody.where(brokers.c.look_again_on <= due_on)


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
    called = select(brokers.c.id, brokers.c.name).where(brokers.c.id.in_(person_ids))
    own = {row.id: row.name for row in await session.execute(called)}
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
            numbers=tuple(numbers.get(one, ())),
            areas=tuple(areas.get(one, ())),
        )
        for one in person_ids
        if one in own
    ]


async def _details(session: AsyncSession, statement: Select[UUID, str]) -> dict[UUID, list[str]]:
    """What the statement finds for each person, in its order and each once."""
    found: dict[UUID, list[str]] = {}
    for row in await session.execute(statement):
        person_id, value = row[0], row[1]
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


def _candidate(line: BrokerLine, facts: list[BrokerFact], places: Sequence[str]) -> BrokerCandidate:
    names = (line.name, *line.other_names)
    known: list[BrokerFact] = [
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


async def _by_number(session: AsyncSession, said: Sequence[str]) -> list[tuple[UUID, BrokerFact]]:
    found = persons()
    hits: list[tuple[UUID, BrokerFact]] = []
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
    """Names that are what was said, or hold a telling word of it, or one that is spelt or sounds alike."""
    found, name = persons(), broker_names.c.name_norm
    hits: list[tuple[UUID, BrokerFact]] = []
    limit = func.set_config("pg_trgm.word_similarity_threshold", str(ALIKE), True)
    await session.execute(select(limit))
    for text in said:
        words, whole = telling_words(text), name == normalise(text)
        spelt = or_(whole, *(literal(one).op("<%")(name) for one in words))
        likeness = sum((func.word_similarity(one, name) for one in words), start=literal(0.0))
        statement = (
            select(found.c.person_id, broker_names.c.name, spelt.label("spelt"))
            .join(broker_names, broker_names.c.broker_id == found.c.broker_id)
            .where(or_(spelt, broker_names.c.heard.overlap(list(heard_keys(text)))), name != "")
            .order_by(whole.desc(), likeness.desc(), name, found.c.person_id, broker_names.c.id)
            .limit(MOST)
        )
        fact = BrokerFact(reason=BrokerReason.NAME_ALIKE, said=text)
        for row in await session.execute(statement):
            if row.spelt or is_heard(text, (row.name,)):
                hits.append((row.person_id, fact))
    return hits


SAME = frozenset(
    {BrokerReason.PHONE, BrokerReason.WALLET, BrokerReason.NAME, BrokerReason.SOUNDS_ALIKE}
)


async def find_similar(session: AsyncSession, new: NewBroker, *, limit: int) -> list[BrokerLine]:
    """Who on record may be the one that is about to be entered: a number is the same, or a name is, in
    whatever script."""
    found = await list_candidates(
        session, numbers=(new.phone, new.wallet), names=(new.name,), limit=MOST
    )
    return [one.line for one in found if SAME & {fact.reason for fact in one.facts}][:limit]


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
