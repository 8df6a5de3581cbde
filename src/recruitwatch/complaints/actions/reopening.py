"""What a worker does to her case by coming back: what she adds to a closed one opens it again, and when she
is in danger it is of the first urgency at once."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import SYSTEM
from recruitwatch.complaints.actions.drafting import owner_of
from recruitwatch.complaints.actions.retaining import keep_while_open
from recruitwatch.complaints.queries import cases, judging, work
from recruitwatch.complaints.rules.clocks import contact_due, next_news, state_due
from recruitwatch.complaints.values.cases import Visit
from recruitwatch.complaints.values.clocks import Calendar
from recruitwatch.complaints.values.codes import Urgency
from recruitwatch.complaints.values.states import Mover, State
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.keys import Vault
from recruitwatch.keys.boxes import seal

SAID_IN_DANGER = "I am in danger now."


async def open_again(
    session: AsyncSession, now: datetime, vault: Vault, *, visit: Visit, calendar: Calendar
) -> None:
    """She added something to her case, which is locked here. A closed one is opened again by it, so that it
    stands in the queue; and what she took back goes on, until she takes it back again."""
    row = await cases.get_own_row(session, visit.case_id, lock=True)
    if row.closed_at is None:
        return
    after = State.REOPENED
    await work.insert_step(
        session, visit.case_id, before=State(row.state), after=after, mover=Mover.WORKER,
        person_id=None, now=now,
    )  # fmt: skip
    await cases.set_case(
        session,
        visit.case_id,
        state_due_at=state_due(after.value, now, calendar),
        next_news_on=next_news(now).date(),
        withdrawn_at=None,
    )
    await keep_while_open(
        session, now, vault, head=await work.get_own_clocks(session, visit.case_id)
    )
    await record(
        session, SYSTEM, Action.COMPLAINT_MOVED, subject=("complaint", visit.case_id), now=now,
        details={"old": {"state": row.state}, "new": {"state": after.value}},
    )  # fmt: skip


async def raise_danger(
    session: AsyncSession, now: datetime, vault: Vault, *, visit: Visit, calendar: Calendar
) -> None:
    """She is in danger now: urgency S1 from this moment, whatever it was. Who spoke to her before did
    not speak of this: she counts as not reached, with a new clock of the first contact. A lowering that
    waited for a second officer is over."""
    await open_again(session, now, vault, visit=visit, calendar=calendar)
    own = await work.get_own_clocks(session, visit.case_id)
    change_id, due = uuid4(), contact_due(now, Urgency.S1, calendar)
    if own.urgency is Urgency.S1 and own.contacted_at is None:
        due = min(due, own.contact_due_at)  # saying it again gives nobody more time
    await judging.insert_urgency(
        session, visit.case_id, change_id=change_id, before=own.urgency, after=Urgency.S1,
        reason_sealed=seal(
            visit.key, owner_of("urgency.reason", change_id), SAID_IN_DANGER.encode()
        ),
        set_by=None, now=now,
    )  # fmt: skip
    await cases.set_case(
        session, visit.case_id, urgency=Urgency.S1.value, safety=True, contacted_at=None,
        contact_due_at=due,
    )  # fmt: skip
    await record(
        session, SYSTEM, Action.COMPLAINT_URGENCY_SET, subject=("complaint", visit.case_id), now=now,
        details={"old": {"urgency": own.urgency.value}, "new": {"urgency": Urgency.S1.value}},
    )  # fmt: skip
