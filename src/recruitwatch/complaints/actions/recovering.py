"""Recovering cases from the escrow: two of three shares give one officer of a desk its keys again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import SYSTEM
from recruitwatch.complaints.actions.giving import give_cases
from recruitwatch.complaints.queries import desks, escrow, holding
from recruitwatch.complaints.values.desks import NobodyToAdmit
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.keys import Vault
from recruitwatch.keys.escrow import SharesDoNotFit, restore

BATCH = 500
WRONG_ESCROW = "The shares fit each other, but belong to no escrow of this installation."


class Recovered(msgspec.Struct, frozen=True):
    """How many cases were given, and how many could not be opened with these shares."""

    given: int
    unopened: int


async def recover_keys(
    session: AsyncSession,
    now: datetime,
    vault: Vault,
    *,
    shares: Sequence[str],
    desk_id: UUID,
    person_id: UUID,
) -> Recovered:
    """Wrap every case of the desk that this officer may hold and lacks, but those hidden from the officer,
    also by a name that only the opened case tells. The officer was at the desk and has
    a key, which may be a new one: the shares let it in. History says that it was done.

    Raises SharesDoNotFit in one sentence, NobodyToAdmit for somebody who is not at the desk with a key.
    """
    pair = restore(shares)
    escrow_id = await escrow.find_escrow_by_public_key(session, pair.public)
    if escrow_id is None:
        raise SharesDoNotFit(WRONG_ESCROW)
    await desks.lock_desk(session, desk_id)
    found = await desks.list_holders(session, desk_id, any_key=True)
    officer = next((one for one in found if one.person_id == person_id), None)
    if officer is None:
        raise NobodyToAdmit
    await desks.set_desk_officer(
        session, desk_id=desk_id, person_id=person_id, cleared=officer.cleared,
        admitted_by=None, now=now,
    )  # fmt: skip
    given = unopened = 0
    after: UUID | None = None
    while batch := await holding.list_to_recover(
        session, officer, escrow_id=escrow_id, after=after, limit=BATCH
    ):
        done = await give_cases(
            session, now, vault, officer, batch, private_key=pair.private, wrapped_as="escrow",
            given_by=None,
        )  # fmt: skip
        given += done.cases
        unopened += done.unopened
        after = batch[-1].id
    await record(
        session, SYSTEM, Action.CASE_KEYS_RECOVERED, subject=("person", person_id), now=now,
        details={"cases": given, "unopened": unopened},
    )  # fmt: skip
    return Recovered(given, unopened)
