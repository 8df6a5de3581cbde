"""Which agencies officers are offered for a case, and how well that fitted once somebody has judged."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.agencies.queries import list_lines, list_meant
from recruitwatch.agencies.values import AgencyHit
from recruitwatch.brokers.values import BrokerCandidate
from recruitwatch.complaints.actions.brokers import find_brokers, list_by_broker, said_texts
from recruitwatch.complaints.rules.learning import script_said
from recruitwatch.complaints.values.cases import Link
from recruitwatch.complaints.values.filing import Told
from recruitwatch.complaints.values.judging import Candidate, Fact, Seen
from recruitwatch.names.values import MATCHER, Judgement, Outcome, Said

OFFERED = 5
# An exact score would be a print of her sealed words: whoever reads the database could try words against it.
SCORE_DIGITS = 1
_SUREST = (Outcome.CERTAIN, Outcome.SUGGESTED, Outcome.UNMATCHED, None)
_PROPOSED = (Outcome.CERTAIN, Outcome.SUGGESTED)


async def find_candidates(
    session: AsyncSession,
    *,
    told: Told,
    links: tuple[Link, ...],
    wanted: str = "",
    brokers: Sequence[BrokerCandidate] | None = None,
) -> list[Candidate]:
    """Agencies the case may be about by the matcher of the register, best first with its reasons, and those
    that her broker works for; at most five. `wanted` is what an officer types to look further, `brokers`
    whom `find_brokers` gave for it, where that is known. An agency that was judged already is never offered
    again."""
    judged = _judged(links)
    hits = await _hits(session, told, wanted, judged)
    certain = sum(hit.outcome is Outcome.CERTAIN for hit in hits)
    if brokers is None:
        brokers = await find_brokers(session, told=told, links=links, wanted=wanted)
    by_broker = await list_by_broker(session, links=links, offered=brokers)
    tied = [(agency_id, fact) for agency_id, fact in by_broker if str(agency_id) not in judged]
    found = [*_facts(hits[:certain]), *tied, *_facts(hits[certain:])]
    return (await _candidates(session, found))[:OFFERED]


async def _candidates(session: AsyncSession, found: Iterable[tuple[UUID, Fact]]) -> list[Candidate]:
    """The agencies with all that speaks for each, in the order they were first found."""
    facts: dict[UUID, list[Fact]] = {}
    for agency_id, fact in found:
        known = facts.setdefault(agency_id, [])
        if fact.evidence not in {one.evidence for one in known}:
            known.append(fact)
    lines = await list_lines(session, facts)
    return [
        Candidate(
            agency_id=agency_id,
            legal_name=lines[agency_id].legal_name,
            licence_no=lines[agency_id].licence_no,
            register_title=lines[agency_id].register_title,
            city=lines[agency_id].city,
            facts=tuple(known),
        )
        for agency_id, known in facts.items()
        if agency_id in lines
    ]


async def see_how_it_did(session: AsyncSession, *, told: Told, agency_id: UUID) -> Seen | None:
    """What the matcher makes of her words alone, as if nobody had judged yet: an officer who ruled out the
    first suggestion must not make the second one the first. None where she said nothing of an agency."""
    texts = [said.text for said in _meant(told)]
    if not any(text.strip() for text in (*texts, told.licence, told.phone)):
        return None
    suggested = [hit for hit in await _hits(session, told) if hit.outcome in _PROPOSED]
    places = list(dict.fromkeys(hit.id for hit in suggested))[:OFFERED]
    own = next((hit for hit in suggested if hit.id == agency_id), None)
    return Seen(
        matcher=MATCHER,
        script=script_said([told.name] if told.name.strip() else texts),
        outcome=(suggested[0].outcome or Outcome.UNMATCHED) if suggested else Outcome.UNMATCHED,
        rank=places.index(agency_id) + 1 if agency_id in places else None,
        score=round(own.score, SCORE_DIGITS) if own and own.score is not None else None,
    )


async def fits_somebody(session: AsyncSession, *, told: Told, links: tuple[Link, ...]) -> bool:
    """Whether an agency is suggested, or a broker known, whom nobody has judged in this case."""
    judged = _judged(links)
    hits = await _hits(session, told, judged=judged)
    if any(hit.outcome in _PROPOSED for hit in hits):
        return True
    if await find_brokers(session, told=told, links=links):
        return True
    tied = await list_by_broker(session, links=links, offered=())
    return any(str(agency_id) not in judged for agency_id, _ in tied)


async def _hits(
    session: AsyncSession,
    told: Told,
    wanted: str = "",
    judged: Mapping[str, Judgement] | None = None,
) -> list[AgencyHit]:
    hits: list[AgencyHit] = []
    for said in _meant(told, wanted):
        hits += await list_meant(session, said, judged=judged, limit=OFFERED)
    hits.sort(key=lambda hit: _SUREST.index(hit.outcome))
    return hits


def _judged(links: Sequence[Link]) -> dict[str, Judgement]:
    """Whoever was judged, either way, is not offered again."""
    return {str(one.agency_id): Judgement.OTHER for one in links if one.agency_id is not None}


def _facts(hits: Sequence[AgencyHit]) -> Iterator[tuple[UUID, Fact]]:
    for hit in hits:
        for reason in hit.reasons:
            yield hit.id, Fact(evidence=reason.feature, said=reason.said or reason.known)


def _meant(told: Told, wanted: str = "") -> Iterator[Said]:
    """What she said of the agency, and apart from it what may be another name of it: the place, and the
    employer, whom some take for the agency."""
    if wanted.strip():
        yield Said(text=wanted, numbers=(wanted,))
        return
    numbers, phones = said_texts(told.licence), said_texts(told.phone, told.reach)
    yield Said(text=told.name, numbers=tuple(numbers), phones=tuple(phones), place=told.place)
    for other in said_texts(told.place, told.employer):
        yield Said(text=other)
