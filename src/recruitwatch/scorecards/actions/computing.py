"""Computing cards from the records as they stand."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.scorecards import queries
from recruitwatch.scorecards.rules import DEFAULT_0_1, compute, last_instant
from recruitwatch.scorecards.rules.gather import Gathered, gather_card
from recruitwatch.scorecards.rules.sheets import Sheets, sheets_of
from recruitwatch.scorecards.values.evidence import AgencyEvidence, Library
from recruitwatch.scorecards.values.issued import CurrentCard


async def compute_cards(
    session: AsyncSession, agency_ids: Sequence[UUID], now: datetime, as_of: date | None = None
) -> tuple[list[CurrentCard], Sheets]:
    """The cards of these agencies, in their order, from a constant number of statements, and the
    checklists they rest on. `now` is in the ministry's zone: its date is today. For a past day
    `as_of` the records count as they stood at the end of it, with the corrections of today."""
    day = now.date() if as_of is None else as_of
    found = await queries.collect_evidence(
        session, agency_ids, day, last_instant(day, now), corrected_until=now
    )
    evidence = [found[agency_id] for agency_id in agency_ids]
    library = await queries.get_library(session, evidence)
    gathered, sheets = await asyncio.to_thread(_gathered, evidence, library)
    if any(one.inputs.months_since_inspection is None for one in gathered):
        evidence, gathered, sheets = await _looked_back(session, evidence, gathered)
    return await asyncio.to_thread(_cards, evidence, gathered), sheets


def _gathered(
    evidence: Sequence[AgencyEvidence], library: Library
) -> tuple[list[Gathered], Sheets]:
    sheets = sheets_of(library, DEFAULT_0_1)
    return [gather_card(one, sheets) for one in evidence], sheets


def _cards(evidence: Sequence[AgencyEvidence], gathered: Sequence[Gathered]) -> list[CurrentCard]:
    """In a thread, as gathering: many cards take a while, and others wait for the loop."""
    return [
        CurrentCard(
            agency_id=each.agency_id,
            evidence=each,
            inputs=given.inputs,
            card=compute(given.inputs),
            pooled=given.pooled,
            talks=given.talks,
        )
        for each, given in zip(evidence, gathered, strict=True)
    ]


async def _looked_back(
    session: AsyncSession, evidence: Sequence[AgencyEvidence], gathered: Sequence[Gathered]
) -> tuple[list[AgencyEvidence], list[Gathered], Sheets]:
    """A last full inspection counts however old it is. Most agencies have one in the window, so
    older audits are read only for those that have none there."""
    without = [
        one
        for one, given in zip(evidence, gathered, strict=True)
        if given.inputs.months_since_inspection is None
    ]
    whole = {one.agency_id: one for one in await queries.get_whole_evidence(session, without)}
    full = [whole.get(one.agency_id, one) for one in evidence]
    sheets = sheets_of(await queries.get_library(session, full), DEFAULT_0_1)
    again = [
        gather_card(one, sheets) if one.agency_id in whole else given
        for one, given in zip(full, gathered, strict=True)
    ]
    return full, again, sheets
