"""A confirmed link teaches how workers call the agency: only what an officer writes down as its name."""

import asyncio
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.agencies.actions import unteach_name
from recruitwatch.agencies.queries import get_agency, match_said
from recruitwatch.complaints.actions.drafting import owner_of
from recruitwatch.complaints.queries.judging import list_links
from recruitwatch.complaints.queries.learning import find_link_name, is_hidden
from recruitwatch.complaints.rules.learning import name_fault
from recruitwatch.complaints.values.cases import CaseHead
from recruitwatch.complaints.values.codes import Compartment
from recruitwatch.complaints.values.filing import Told
from recruitwatch.complaints.values.learning import NAME_OF_ANOTHER
from recruitwatch.keys.boxes import unseal
from recruitwatch.names.dictionary import load_dictionary
from recruitwatch.names.values import Outcome, Said


async def may_teach(session: AsyncSession, head: CaseHead, told: Told) -> bool:
    """Not where few may know that the case exists: a name that comes from it could tell others. Whom she
    named to hide from may be at another desk, or have no account yet."""
    general = head.compartment is Compartment.GENERAL
    said = bool(told.hide_person.strip() or told.hide_offices)
    return general and not said and not await is_hidden(session, head.id)


async def forget_name(session: AsyncSession, *, key: bytes, link_id: UUID) -> None:
    """Let go of the name that this judgement taught, if it taught one."""
    sealed = await find_link_name(session, link_id)
    if sealed is not None:
        name_id = UUID(bytes=unseal(key, owner_of("link.taught", link_id), sealed))
        await unteach_name(session, name_id=name_id)


async def forget_names(session: AsyncSession, *, key: bytes, head: CaseHead) -> None:
    """Let go of all that a case has taught which few may know of from now on. Not twice: it has taught
    nothing since."""
    if head.compartment is Compartment.GENERAL:
        for link in await list_links(session, head.id):
            await forget_name(session, key=key, link_id=link.id)


async def find_name_fault(
    session: AsyncSession, *, told: Told, agency_id: UUID, name: str
) -> str | None:
    """Why these words cannot be kept as a name of the agency: a sentence, or None where they can."""
    record = (await get_agency(session, agency_id)).record
    known = (record.legal_name, *(one.name for one in record.names))
    fault = await asyncio.to_thread(name_fault, name, told, known, load_dictionary())
    if fault is not None:
        return fault
    match = await match_said(session, Said(text=name))
    others = (one for one in match.candidates if one.key != str(agency_id))
    is_anothers = any(
        one.outcome is Outcome.CERTAIN
        or any(reason.feature == "whole-name" for reason in one.reasons)
        for one in others
    )
    return NAME_OF_ANOTHER if is_anothers else None


async def propose_name(
    session: AsyncSession, *, head: CaseHead, told: Told, agency_id: UUID
) -> str | None:
    """What an officer may keep as a name of the agency: her words for it, or empty where they are no name;
    None where the case teaches nothing."""
    if not await may_teach(session, head, told):
        return None
    name = " ".join(told.name.split())
    fault = await find_name_fault(session, told=told, agency_id=agency_id, name=name)
    return "" if fault else name
