"""Cases without an agency, compared again by the program with the register as it stands.

What she said opens with an officer's key alone, so this happens when one of them looks at the list. Nobody
is shown a word of hers by it, so it is no opening; what is kept is whether an agency or a broker fits.
"""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.agencies.queries import get_register_version
from recruitwatch.complaints.actions.offering import fits_somebody
from recruitwatch.complaints.actions.opening import link_of, read_told
from recruitwatch.complaints.queries import judging, looks
from recruitwatch.complaints.values.cases import CaseUnknown, OpenedCase
from recruitwatch.keys import Vault

MOST_AT_ONCE = 10


async def compare_again(
    session: AsyncSession, actor: Actor, vault: Vault, *, private_key: bytes
) -> None:
    """Compare the actor's cases that were not compared with the register as it stands, ten at most."""
    version = await get_register_version(session)
    for case_id in await looks.list_stale(session, actor, version=version, limit=MOST_AT_ONCE):
        try:
            fits = await _fits(session, actor, vault, case_id, private_key)
        except CaseUnknown:
            continue
        await looks.set_look(session, case_id, version=version, fits=fits)


async def note_look(session: AsyncSession, opened: OpenedCase) -> None:
    """An officer looks at whom the case may be about: from now on only what changes later is new."""
    version, case_id = await get_register_version(session), opened.head.id
    known = await looks.list_looks(session, [case_id], version=version)
    if case_id in known and not known[case_id].is_stale:
        return
    fits = await fits_somebody(session, told=opened.told, links=opened.links)
    await looks.set_look(session, case_id, version=version, fits=fits)


async def _fits(
    session: AsyncSession, actor: Actor, vault: Vault, case_id: UUID, private_key: bytes
) -> bool:
    opened, told = await read_told(session, actor, vault, case_id=case_id, private_key=private_key)
    standing = await judging.list_links(session, case_id)
    links = tuple(link_of(one, opened.key) for one in standing)
    return await fits_somebody(session, told=told, links=links)
