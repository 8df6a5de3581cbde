"""How long things are kept: drafts that are over, cases whose time has come, files nobody owns.

`retain` is done once a day. Rows go first and keys after the commit, so that a stop between the two
leaves nothing that looks readable and is not.
"""

import asyncio
import contextlib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import SYSTEM
from recruitwatch.complaints.actions.drafting import owner_of
from recruitwatch.complaints.queries import drafts, files, filing, holding, periods, retaining
from recruitwatch.complaints.rules.retaining import LONGEST_KEPT, MOVED_ON, kept_until
from recruitwatch.complaints.values.cases import CaseHead
from recruitwatch.complaints.values.codes import Compartment
from recruitwatch.db.engine import OpenSession
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.keys import Vault
from recruitwatch.keys.boxes import DoesNotOpen
from recruitwatch.keys.retention import ensure_ahead, month_period

BATCH = 200


class Kept(Protocol):
    """What of a case says how long it is kept."""

    @property
    def id(self) -> UUID: ...

    @property
    def compartment(self) -> Compartment: ...


async def keep_after_closing(
    session: AsyncSession, now: datetime, vault: Vault, *, head: CaseHead
) -> None:
    """Set the period of a case that was closed: when its key is destroyed, nobody can read it any more."""
    await _keep_until(session, vault, head, kept_until(now.date(), head.urgency))


async def keep_while_open(
    session: AsyncSession, now: datetime, vault: Vault, *, head: Kept
) -> None:
    """A case that was opened again is kept as long as one filed today: what was left of the time after its
    closing could end while somebody works on it."""
    await _keep_until(session, vault, head, (now + LONGEST_KEPT).date())


async def _keep_until(session: AsyncSession, vault: Vault, head: Kept, last: date) -> None:
    period = month_period(last, head.compartment.value)
    old = await holding.get_pepper(session, head.id)
    owner = owner_of("pepper", head.id)
    pepper = vault.retention.unseal(old.period, owner, old.pepper_sealed)
    await filing.set_period(
        session, head.id, period=period, pepper_sealed=vault.retention.seal(period, owner, pepper)
    )


async def forget_drafts(session: AsyncSession, now: datetime) -> int:
    """Delete up to 200 drafts that are over, with their files, and visits that ended; gives how many."""
    await drafts.delete_ended_visits(session, now)
    ended = await drafts.delete_ended_drafts(session, now, limit=BATCH)
    for case_id in ended:
        await files.delete_files(session, case_id)
    return len(ended)


async def keep_open_cases(
    session: AsyncSession, now: datetime, vault: Vault, *, after: UUID | None
) -> UUID | None:
    """Move the periods of up to 200 open cases on that end within a year: nobody has judged them yet. Gives
    the last one looked at; None when none is left."""
    ending = await retaining.list_open_ending(
        session, (now + MOVED_ON).date(), after=after, limit=BATCH
    )
    for case in ending:
        # A lost key is told of when the program starts; the other cases must not wait for it.
        with contextlib.suppress(DoesNotOpen):
            await keep_while_open(session, now, vault, head=case)
    return ending[-1].id if ending else None


async def erase_ended_cases(session: AsyncSession, now: datetime) -> int:
    """Empty up to 200 cases whose period is over: every sealed part and wrapped key goes, what was counted
    stays. Gives how many. The keys of those periods are destroyed by the caller, after the commit."""
    ended = await retaining.list_ended(session, now.date(), limit=BATCH)
    for case_id in ended:
        await retaining.erase_case(session, case_id, now)
        await files.delete_files(session, case_id)
        await record(
            session, SYSTEM, Action.COMPLAINT_ERASED, subject=("complaint", case_id), now=now
        )
    return len(ended)


async def sweep_files(session: AsyncSession, folder: Path, names: list[str]) -> int:
    """Remove stored bytes that belong to no file any more; gives how many."""
    known = await files.list_stored_names(session, names)
    gone = [name for name in names if name not in known]
    for name in gone:
        (folder / name[:2] / name).unlink(missing_ok=True)
    return len(gone)


async def retain(open_session: OpenSession, now: datetime, vault: Vault, folder: Path) -> None:
    """Forget drafts, keep what is open, erase cases, destroy the keys of periods that are over, sweep up
    files. What is open comes before the keys are destroyed, however long nobody has done this."""
    after: UUID | None = None
    while True:
        async with open_session() as session, session.begin():
            after = await keep_open_cases(session, now, vault, after=after)
        if after is None:
            break
    for step in (forget_drafts, erase_ended_cases):
        done = BATCH
        while done == BATCH:
            async with open_session() as session, session.begin():
                done = await step(session, now)
    await asyncio.to_thread(vault.retention.destroy_ended, now.date())
    async with open_session() as session:
        needed = [use.period for use in await periods.list_period_uses(session)]
    if all(vault.retention.has(period) for period in needed):
        # A new key under the name of a lost one would be in its way when it is found.
        await asyncio.to_thread(ensure_ahead, vault.retention, now.date())
    stored = await asyncio.to_thread(_old_names, folder, now - timedelta(days=1))
    for start in range(0, len(stored), BATCH):
        async with open_session() as session, session.begin():
            await sweep_files(session, folder, stored[start : start + BATCH])


def _old_names(folder: Path, before: datetime) -> list[str]:
    """The names of stored files that are older: a newer one may belong to a request that is under way."""
    return sorted(
        file.name
        for file in folder.glob("*/*")
        if file.is_file() and file.stat().st_mtime < before.timestamp()
    )
