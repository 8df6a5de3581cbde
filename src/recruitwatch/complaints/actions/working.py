"""Officers work on a case: take it, move it on, reach and write to the worker, set what it is about."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import Actor
from recruitwatch.complaints.actions.drafting import owner_of
from recruitwatch.complaints.actions.holding import move_compartment
from recruitwatch.complaints.actions.opening import get_case_key
from recruitwatch.complaints.actions.retaining import keep_while_open
from recruitwatch.complaints.queries import cases, desks, holding, judging, work
from recruitwatch.complaints.queries.codes import get_code_book
from recruitwatch.complaints.queries.safety import insert_safety_end
from recruitwatch.complaints.rules.clocks import (
    acknowledgement_due,
    contact_due,
    next_news,
    state_due,
)
from recruitwatch.complaints.rules.codes import code_of, codes_among, compartment_of
from recruitwatch.complaints.rules.urgency import raised, seconds_needed, urgency_of
from recruitwatch.complaints.values.cases import CaseHead, MayNotHold, SecondNeeded
from recruitwatch.complaints.values.clocks import Calendar
from recruitwatch.complaints.values.codes import Condition, Escalator, Urgency
from recruitwatch.complaints.values.judging import NewClassification, NewUrgency
from recruitwatch.complaints.values.states import Mover, State
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.keys import Vault
from recruitwatch.keys.boxes import seal

_FIRST = (State.RECEIVED, State.TRIAGE)


async def move_case(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    vault: Vault,
    *,
    case_id: UUID,
    before: State,
    after: State,
    calendar: Calendar,
    decision_id: UUID | None = None,
) -> None:
    """Take one step. `before` is where the officer saw the case: if it moved meanwhile, CaseMoved.

    Raises StepRefused for a step that is not in the table, NotLinked and Undecided where a judgement is
    missing. The database decides.
    """
    head = await cases.lock_case(session, actor, case_id)
    await work.insert_step(
        session, case_id, before=before, after=after, mover=Mover.OFFICER, person_id=actor.id,
        decision_id=decision_id, now=now,
    )  # fmt: skip
    await cases.set_case(
        session,
        case_id,
        state_due_at=_due(after, head, now, calendar),
        next_news_on=next_news(now).date(),
    )
    if after is State.REOPENED:
        await keep_while_open(session, now, vault, head=head)
    await record(
        session, actor, Action.COMPLAINT_MOVED, subject=("complaint", case_id), now=now,
        details={"old": {"state": before.value}, "new": {"state": after.value}},
    )  # fmt: skip


def _due(state: State, head: CaseHead, now: datetime, calendar: Calendar) -> datetime | None:
    if state is State.TRIAGE:
        return (
            head.contact_due_at if head.contacted_at is None else acknowledgement_due(now, calendar)
        )
    return state_due(state.value, now, calendar)


async def assign_case(
    session: AsyncSession, actor: Actor, now: datetime, *, case_id: UUID, person_id: UUID
) -> None:
    """Give a case to an officer who holds its key. Raises MayNotHold for anybody else."""
    head = await cases.lock_case(session, actor, case_id)
    if person_id not in await holding.list_holding_people(session, case_id):
        raise MayNotHold
    await cases.set_case(session, case_id, assigned_to=person_id)
    await record(
        session, actor, Action.COMPLAINT_ASSIGNED, subject=("complaint", case_id), now=now,
        details={"old": {"assigned_to": str(head.assigned_to or "")},
                 "new": {"assigned_to": str(person_id)}},
    )  # fmt: skip


async def note_contact(
    session: AsyncSession, actor: Actor, now: datetime, *, case_id: UUID, calendar: Calendar
) -> None:
    """A person has spoken to her. The first time counts; noting it again changes nothing. A case that stood
    at its beginning has now the time of an acknowledgement to go on."""
    head = await cases.lock_case(session, actor, case_id)
    if head.contacted_at is not None:
        return
    due = acknowledgement_due(now, calendar) if head.state in _FIRST else head.state_due_at
    await cases.set_case(
        session, case_id, contacted_at=now, state_due_at=due, next_news_on=next_news(now).date()
    )
    await record(
        session, actor, Action.COMPLAINT_CONTACTED, subject=("complaint", case_id), now=now
    )


async def send_message(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    vault: Vault,
    *,
    case_id: UUID,
    private_key: bytes | None,
    text: str,
) -> None:
    """Write to the worker. She reads it when she comes with her code; nothing is sent anywhere."""
    await cases.lock_case(session, actor, case_id)
    opened = await get_case_key(session, actor, vault, case_id=case_id, private_key=private_key)
    message_id = uuid4()
    await work.insert_message(
        session,
        message_id=message_id,
        case_id=case_id,
        written_by=actor.id,
        sealed=seal(opened.key, owner_of("message", message_id), text.encode()),
        now=now,
    )
    await cases.set_case(session, case_id, next_news_on=next_news(now).date())
    await record(
        session, actor, Action.COMPLAINT_MESSAGE_WRITTEN, subject=("complaint", case_id), now=now
    )


async def classify_case(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    vault: Vault,
    *,
    case_id: UUID,
    private_key: bytes | None,
    new: NewClassification,
    danger: bool,
    calendar: Calendar,
) -> None:
    """Set what a case is about. The urgency follows upwards only; a case that turns out to be about violence
    or an official moves to those who may read it, and leaves the others at once.

    Raises CodeUnknown.
    """
    await desks.share_desks(session)
    head = await cases.lock_case(session, actor, case_id)
    opened = await get_case_key(session, actor, vault, case_id=case_id, private_key=private_key)
    book = get_code_book()
    for code in new.codes:
        code_of(book, code)
    codes = codes_among(book, new.codes)
    escalators = [Escalator(one) for one in new.escalators]
    conditions = [Condition(one) for one in new.conditions]
    reading = urgency_of(codes, escalators, danger, conditions)
    urgency = raised(head.urgency, reading.urgency)
    compartment = compartment_of(codes, escalators)
    await judging.insert_classification(
        session, case_id, new, book_version=book.version, compartment=compartment,
        set_by=actor.id, now=now,
    )  # fmt: skip
    await record(
        session, actor, Action.COMPLAINT_CLASSIFIED, subject=("complaint", case_id), now=now
    )
    if urgency is not head.urgency:
        await _raise(session, head, urgency, now, calendar)
    await move_compartment(
        session, actor, now, vault, head=head, compartment=compartment, secret=opened.secret
    )


async def _raise(
    session: AsyncSession, head: CaseHead, urgency: Urgency, now: datetime, calendar: Calendar
) -> None:
    due = _contact_due(head, urgency, now, calendar)
    safety = head.safety or urgency in (Urgency.S1, Urgency.S2)
    await cases.set_case(session, head.id, urgency=urgency.value, contact_due_at=due, safety=safety)


async def set_urgency(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    vault: Vault,
    *,
    case_id: UUID,
    private_key: bytes | None,
    new: NewUrgency,
    calendar: Calendar,
) -> None:
    """Raise the urgency at once; lower it with a reason; from S1 the lowering waits for a second officer."""
    head = await cases.lock_case(session, actor, case_id)
    opened = await get_case_key(session, actor, vault, case_id=case_id, private_key=private_key)
    if new.urgency is head.urgency:
        return
    change_id = uuid4()
    await judging.insert_urgency(
        session, case_id, change_id=change_id, before=head.urgency, after=new.urgency,
        reason_sealed=seal(opened.key, owner_of("urgency.reason", change_id), new.reason.encode()),
        set_by=actor.id, now=now,
    )  # fmt: skip
    waits = bool(seconds_needed(head.urgency, new.urgency))
    await record(
        session, actor, Action.COMPLAINT_URGENCY_SET, subject=("complaint", case_id), now=now,
        details={"old": {"urgency": head.urgency.value}, "new": {"urgency": new.urgency.value},
                 "waits": waits},
    )  # fmt: skip
    if raised(head.urgency, new.urgency) is new.urgency:
        await _raise(session, head, new.urgency, now, calendar)
    elif not waits:
        due = _contact_due(head, new.urgency, now, calendar)
        await _lower(session, head, new.urgency, change_id, due)


def _contact_due(head: CaseHead, urgency: Urgency, now: datetime, calendar: Calendar) -> datetime:
    """Counted in days of the ministry's zone, which `now` comes in; the database keeps none."""
    return contact_due(head.filed_at.astimezone(now.tzinfo), urgency, calendar)


async def _lower(
    session: AsyncSession, head: CaseHead, urgency: Urgency, change_id: UUID, due: datetime
) -> None:
    await cases.set_case(
        session, head.id, urgency=urgency.value, urgency_change_id=change_id, contact_due_at=due
    )


async def second_urgency(
    session: AsyncSession, actor: Actor, now: datetime, *, case_id: UUID, calendar: Calendar
) -> None:
    """Agree to a colleague's lowering from S1. Raises NotYourOwn, and SecondNeeded if nothing waits."""
    head = await cases.lock_case(session, actor, case_id)
    change = await judging.find_urgency_change(session, case_id)
    if change is None or change.seconded or change.before is not head.urgency:
        raise SecondNeeded
    await judging.insert_urgency_second(session, change.id, person_id=actor.id, now=now)
    due = _contact_due(head, change.after, now, calendar)
    await _lower(session, head, change.after, change.id, due)
    await record(
        session, actor, Action.COMPLAINT_SECONDED, subject=("complaint", case_id), now=now,
        details={"new": {"urgency": change.after.value}},
    )  # fmt: skip


async def open_care(session: AsyncSession, actor: Actor, now: datetime, *, case_id: UUID) -> None:
    """Open the care for her safety, which runs beside everything else."""
    head = await cases.lock_case(session, actor, case_id)
    await _set_safety(session, actor, now, head, safety=True)


async def end_care(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    vault: Vault,
    *,
    case_id: UUID,
    private_key: bytes | None,
    reason: str,
) -> None:
    """End the care for her safety. One officer may, and the reason stays with the name, sealed like her own
    words: colleagues see at once what it rests on."""
    head = await cases.lock_case(session, actor, case_id)
    if not head.safety:
        return
    opened = await get_case_key(session, actor, vault, case_id=case_id, private_key=private_key)
    end_id = uuid4()
    await insert_safety_end(
        session, case_id, end_id=end_id, ended_by=actor.id, now=now,
        reason_sealed=seal(opened.key, owner_of("safety.reason", end_id), reason.encode()),
    )  # fmt: skip
    await _set_safety(session, actor, now, head, safety=False)


async def _set_safety(
    session: AsyncSession, actor: Actor, now: datetime, head: CaseHead, *, safety: bool
) -> None:
    await cases.set_case(session, head.id, safety=safety)
    await record(
        session, actor, Action.COMPLAINT_MOVED, subject=("complaint", head.id), now=now,
        details={"old": {"safety": head.safety}, "new": {"safety": safety}},
    )  # fmt: skip


async def get_holders(session: AsyncSession, actor: Actor, case_id: UUID) -> list[tuple[UUID, str]]:
    """The colleagues who hold this case's key, by name."""
    head = await cases.get_head(session, actor, case_id)
    holds = set(await holding.list_holding_people(session, case_id))
    found = await desks.list_holders(session, head.desk_id)
    return sorted(
        ((one.person_id, one.full_name) for one in found if one.person_id in holds),
        key=lambda one: (one[1], str(one[0])),
    )
