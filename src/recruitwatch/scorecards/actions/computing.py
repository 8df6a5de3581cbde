"""Computing cards from the records as they stand."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.scorecards import queries
from recruitwatch.scorecards.rules import compute, last_instant
from recruitwatch.scorecards.rules.gather import gather_all
from recruitwatch.scorecards.values import CardInputs
from recruitwatch.scorecards.values.evidence import AgencyEvidence, Library
from recruitwatch.scorecards.values.issued import CurrentCard


async def compute_cards(
    session: AsyncSession, agency_ids: Sequence[UUID], now: datetime, as_of: date | None = None
) -> tuple[list[CurrentCard], Library]:
    """The cards of these agencies, in their order, from a constant number of statements, and the
    checklists they rest on. `now` is in the ministry's zone: its date is today. For a past day
    `as_of` the records count as they stood at the end of it."""
    day = now.date() if as_of is None else as_of
    found = await queries.collect_evidence(session, agency_ids, day, last_instant(day, now))
    evidence = [found[agency_id] for agency_id in agency_ids]
    library = await queries.get_library(session, evidence)
    inputs = await asyncio.to_thread(gather_all, evidence, library)
    if any(one.months_since_inspection is None for one in inputs):
        evidence, inputs, library = await _looked_back(session, evidence, inputs)
    return await asyncio.to_thread(_cards, evidence, inputs), library


def _cards(evidence: Sequence[AgencyEvidence], inputs: Sequence[CardInputs]) -> list[CurrentCard]:
    """In a thread, as gathering: many cards take seconds, and others wait for the loop."""
    return [
        CurrentCard(agency_id=each.agency_id, evidence=each, inputs=given, card=compute(given))
        for each, given in zip(evidence, inputs, strict=True)
    ]


async def _looked_back(
    session: AsyncSession, evidence: Sequence[AgencyEvidence], inputs: Sequence[CardInputs]
) -> tuple[list[AgencyEvidence], list[CardInputs], Library]:
    """A last full inspection counts however old it is. Most agencies have one in the window, so
    older audits are read only for those that have none there."""
    without = [
        one
        for one, given in zip(evidence, inputs, strict=True)
        if given.months_since_inspection is None
    ]
    whole = await queries.get_whole_evidence(session, without)
    by_agency = {one.agency_id: one for one in whole}
    full = [by_agency.get(one.agency_id, one) for one in evidence]
    library = await queries.get_library(session, full)
    again = {
        one.agency_id: given for one, given in zip(whole, gather_all(whole, library), strict=True)
    }
    gathered = [
        again.get(one.agency_id, given) for one, given in zip(evidence, inputs, strict=True)
    ]
    return full, gathered, library
