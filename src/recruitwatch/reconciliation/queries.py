"""Candidates and facts out of the register, by the queries that the public pages use."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.agencies import queries as register
from recruitwatch.agencies.values import AgencyHit, Register
from recruitwatch.names.values import Ranked
from recruitwatch.reconciliation import rules
from recruitwatch.reconciliation.values import (
    Candidate,
    Candidates,
    Cell,
    Extension,
    Kind,
    Question,
)
from recruitwatch.scorecards import queries as scorecards

PAGE = 20


async def find_candidates(
    session: AsyncSession, questions: Mapping[str, Question], kind: Kind
) -> dict[str, Candidates]:
    """The candidates of each question, one question after the other: each is matched by itself."""
    narrowed = any(one.registers or one.countries for one in questions.values())
    known = await register.list_registers(session) if narrowed else []
    ranked = {key: await _match(session, one, known) for key, one in questions.items()}
    named = {key: rules.identifier(one.text) for key, one in questions.items()}
    ids = {UUID(one.key) for found in ranked.values() for one in found} | {*named.values()} - {None}
    lines = await register.list_lines(session, [one for one in ids if one])
    return {
        key: Candidates(result=_candidates(ranked[key], named[key], lines, kind)[: one.limit])
        for key, one in questions.items()
    }


async def _match(
    session: AsyncSession, question: Question, known: Sequence[Register]
) -> tuple[Ranked, ...]:
    within = rules.registers_meant(question, known)
    if within == () or rules.said(question) == rules.said(Question()):
        return ()
    match = await register.match_said(session, rules.said(question), registers=within)
    return rules.shown(match)


def _candidates(
    ranked: Sequence[Ranked], named: UUID | None, lines: Mapping[UUID, AgencyHit], kind: Kind
) -> tuple[Candidate, ...]:
    if named is not None and named in lines:
        return (rules.itself(lines[named], kind),)
    found = [(one, lines.get(UUID(one.key))) for one in ranked]
    return tuple(rules.candidate(one, line, ranked, kind) for one, line in found if line)


async def find_suggestions(
    session: AsyncSession, prefix: str, cursor: int
) -> tuple[AgencyHit, ...]:
    """The agencies that begin so, twenty at a time; where none does, what a search would show."""
    named = rules.identifier(prefix)
    if named is not None:
        return tuple((await register.list_lines(session, [named])).values())[cursor:]
    found = await register.list_beginning(session, prefix, limit=PAGE, offset=cursor)
    if found or cursor or not prefix.strip():
        return found
    return (await register.search(session, prefix, limit=PAGE)).hits


async def load_rows(
    session: AsyncSession, asked: Extension, day: date, address: str
) -> dict[str, dict[str, tuple[Cell, ...]]]:
    """What is asked of each agency; an unknown one has nothing."""
    named = {given: rules.identifier(given) for given in asked.ids}
    ids = [one for one in dict.fromkeys(named.values()) if one]
    agencies = {one.id: one for one in await register.load_public_agencies(session, ids, day)}
    cards = await scorecards.load_valid(session, ids)
    nothing: dict[str, tuple[Cell, ...]] = {told.value: () for told in asked.properties}
    return {
        given: rules.cells(agencies[one], cards.get(one), asked.properties, address)
        if one in agencies
        else nothing
        for given, one in named.items()
    }
