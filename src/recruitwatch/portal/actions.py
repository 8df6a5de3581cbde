"""An agency answers a notice that was served on it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.findings.actions import record_reply
from recruitwatch.findings.values import FindingDecided, NewStep
from recruitwatch.portal import queries


async def reply_to_notice(
    session: AsyncSession, actor: Actor, now: datetime, *, notice_id: UUID, text: str
) -> None:
    """The reply of today, to every undecided finding that carries this notice.

    Raises NoticeUnknown and FindingDecided.
    """
    notice = await queries.get_notice(session, actor.own_agency, notice_id)
    if not notice.undecided:
        raise FindingDecided
    step = NewStep(on_date=now.date(), text=text)
    for finding_id in notice.undecided:
        await record_reply(session, actor, now, finding_id=finding_id, step=step)
