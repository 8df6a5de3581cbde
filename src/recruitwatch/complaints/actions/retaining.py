"""How long things are kept: drafts that are over, cases whose time has come, files nobody owns."""

from datetime import datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import SYSTEM
from recruitwatch.complaints.actions.drafting import owner_of
from recruitwatch.complaints.queries import drafts, files, filing, holding, retaining
from recruitwatch.complaints.rules.retaining import kept_until
from recruitwatch.complaints.values.cases import CaseHead
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.keys import Vault
from recruitwatch.keys.retention import month_period

BATCH = 200


async def keep_after_closing(
    session: AsyncSession, now: datetime, vault: Vault, *, head: CaseHead
) -> None:
    """Set the period of a case that was closed: when its key is destroyed, nobody can read it any more."""
    period = month_period(kept_until(now.date(), head.urgency), head.compartment.value)
    old = await holding.get_pepper(session, head.id)
    owner = owner_of("pepper", head.id)
    pepper = vault.retention.unseal(old.period, owner, old.pepper_sealed)
    await filing.set_period(
        session, head.id, period=period, pepper_sealed=vault.retention.seal(period, owner, pepper)
    )


async def forget_drafts(session: AsyncSession, now: datetime) -> int:
    """Delete up to 200 drafts that are over, with their files; gives how many."""
    ended = await drafts.delete_ended_drafts(session, now, limit=BATCH)
    for case_id in ended:
        await files.delete_files(session, case_id)
    return len(ended)


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
