"""Who holds the keys of cases: desks, officers who come and go, cases that move to other readers."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.values import Role
from recruitwatch.actor import Actor
from recruitwatch.complaints.actions.drafting import content_key, owner_of
from recruitwatch.complaints.actions.giving import give_cases, hidden_by_name
from recruitwatch.complaints.actions.teaching import forget_names
from recruitwatch.complaints.queries import cases, desks, escrow, filing, holding
from recruitwatch.complaints.rules.routing import may_confirm, route
from recruitwatch.complaints.values.cases import CaseHead
from recruitwatch.complaints.values.codes import Compartment
from recruitwatch.complaints.values.desks import (
    ConfirmedByAnother,
    HelpNumber,
    LastReader,
    NobodyMayRead,
    NobodyToAdmit,
    NoEscrow,
    NoKey,
    NotAtThisDesk,
    OnlyThemself,
)
from recruitwatch.complaints.values.filing import DeskHolder
from recruitwatch.errors import NotAllowed
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.keys import Vault
from recruitwatch.keys.boxes import wrap

BATCH = 500


async def open_desk(
    session: AsyncSession, actor: Actor, now: datetime, *, oversight: bool, takes_public: bool
) -> UUID:
    """Open the desk of the actor's office, or that of oversight, with the actor as its first officer. It
    takes no case before somebody else has confirmed it.

    The first officer is cleared for protected cases. Raises NotAllowed for somebody who could not be its
    officer, NoKey for somebody who has none, NoEscrow, and DeskOpenAlready.
    """
    role = Role.OVERSIGHT if oversight else Role.COMPLAINTS_OFFICER
    if role.value not in actor.roles:
        raise NotAllowed
    if await escrow.find_escrow_key(session) is None:
        raise NoEscrow
    desk_id = uuid4()
    await desks.insert_desk(
        session, desk_id=desk_id, office_id=None if oversight else actor.office_id,
        takes_public=takes_public and not oversight, opened_by=actor.id, now=now,
    )  # fmt: skip
    await record(session, actor, Action.DESK_OPENED, subject=("desk", desk_id), now=now)
    await _admit(session, actor, now, desk_id, actor.id, cleared=True)
    if _holder(await desks.list_holders(session, desk_id), actor.id) is None:
        raise NoKey
    return desk_id


async def confirm_desk(
    session: AsyncSession, actor: Actor, now: datetime, *, desk_id: UUID
) -> None:
    """A second person says that the desk is real: from now on it takes cases. Confirming again changes
    nothing. Raises DeskUnknown, and ConfirmedByAnother for who may not."""
    await desks.lock_desk(session, desk_id)
    desk = await desks.get_desk(session, desk_id)
    if desk.confirmed_at is not None:
        return
    regulator = Role.REGULATOR.value in actor.roles
    holders = await desks.list_holders(session)
    if not may_confirm(desk, holders, actor.id, regulator=regulator):
        raise ConfirmedByAnother
    await desks.set_confirmed(session, desk_id, confirmed_by=actor.id, now=now)
    await record(session, actor, Action.DESK_CONFIRMED, subject=("desk", desk_id), now=now)


async def set_takes_public(
    session: AsyncSession, actor: Actor, now: datetime, *, desk_id: UUID, takes_public: bool
) -> None:
    """Whether new cases of the public come to this desk."""
    await desks.lock_desk(session, desk_id)
    await _at_desk(session, actor, desk_id)
    await desks.set_takes_public(session, desk_id, takes_public)
    await record(
        session, actor, Action.DESK_CHANGED, subject=("desk", desk_id), now=now,
        details={"new": {"takes_public": takes_public}},
    )  # fmt: skip


async def admit_officer(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    vault: Vault,
    *,
    desk_id: UUID,
    person_id: UUID,
    cleared: bool,
    private_key: bytes | None,
) -> int:
    """A colleague joins the desk or gets the clearance for protected cases: every case that the actor holds
    is wrapped for them, but those hidden from them. Gives how many. Who has the clearance may give it back.

    Raises NotAtThisDesk, NobodyToAdmit for somebody without a key, NoKey. Only who is cleared clears. Nobody
    takes a colleague's clearance, OnlyThemself: a refusal would tell of cases that are hidden from who asks.
    LastReader where the clearance given back would leave a protected case without a reader.
    """
    if private_key is None:
        raise NoKey
    await desks.lock_desk(session, desk_id)
    own = await _at_desk(session, actor, desk_id)
    before = _holder(await desks.list_holders(session, desk_id), person_id)
    if not own.cleared and (cleared or (before is not None and before.cleared)):
        raise NotAtThisDesk
    if before is not None and before.cleared and not cleared:
        if person_id != actor.id:
            raise OnlyThemself
        await _require_other_readers(session, before, among=(Compartment.PROTECTED,))
    await _admit(session, actor, now, desk_id, person_id, cleared=cleared)
    new = _holder(await desks.list_holders(session, desk_id), person_id)
    if new is None:
        raise NobodyToAdmit
    if not cleared:
        await holding.delete_protected_keys(session, desk_id, new.key_id)
    given = await _give_keys(session, actor, now, vault, new, private_key)
    await record(session, actor, Action.CASE_KEYS_GIVEN, subject=("person", person_id), now=now)
    return given


async def _give_keys(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    vault: Vault,
    new: DeskHolder,
    private_key: bytes,
) -> int:
    given = 0
    after: UUID | None = None
    while batch := await holding.list_to_give(session, actor, new, after=after, limit=BATCH):
        done = await give_cases(
            session, now, vault, new, batch, private_key=private_key, wrapped_as="case_keys",
            given_by=actor.id,
        )  # fmt: skip
        given += done.cases
        after = batch[-1].id
    return given


async def leave_desk(session: AsyncSession, actor: Actor, now: datetime, *, desk_id: UUID) -> None:
    """The actor leaves the desk and loses every key of its cases. Nobody takes a colleague off: the answer
    would tell of cases that are hidden from who asks. An administrator takes the role or closes the account,
    which destroys the key.

    Raises LastReader for the last officer, the last cleared one, who has open cases, and the only one who
    holds some case: nobody could read it then but the escrow.
    """
    await desks.lock_desk(session, desk_id)
    own = await _at_desk(session, actor, desk_id)
    await _require_other_readers(session, own, among=tuple(Compartment))
    await desks.set_left(session, desk_id, actor.id, now)
    await holding.delete_keys_of(session, desk_id, actor.id)
    await record(session, actor, Action.DESK_OFFICER_LEFT, subject=("desk", desk_id), now=now)


async def _require_other_readers(
    session: AsyncSession, but: DeskHolder, *, among: Sequence[Compartment]
) -> None:
    """Somebody else is cleared, reads each of these cases and has taken over the open ones. Without a cleared
    officer nobody could read protected cases, nor clear anybody ever again."""
    left = [
        one for one in await desks.list_holders(session, but.desk_id) if one.key_id != but.key_id
    ]
    if (
        not left
        or (but.cleared and not any(one.cleared for one in left))
        or await holding.has_case_of_one(session, but.desk_id, but.key_id, among)
        or await holding.has_open_case(session, but.desk_id, but.person_id, among)
    ):
        raise LastReader


async def move_compartment(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    vault: Vault,
    *,
    head: CaseHead,
    compartment: Compartment,
    secret: bytes,
) -> None:
    """A case gets other readers because of what it is about. It only ever moves to fewer readers: violence
    to cleared officers, officials to oversight. Those who may no longer read it lose their keys here."""
    if not _narrower(head.compartment, compartment):
        return
    holders = await desks.list_holders(session)
    hidden_offices, hidden_people = await holding.list_exclusions(session, head.id)
    meant = await _meant_since(session, vault, head.id, secret, holders, but=hidden_people)
    chosen = route(
        holders,
        compartment=compartment,
        hidden_offices=hidden_offices,
        hidden_people=[*hidden_people, *meant],
        desk_id=None if compartment is Compartment.OVERSIGHT else head.desk_id,
    )
    if chosen is None:
        raise NobodyMayRead
    await filing.insert_hidden_people(session, [(head.id, one) for one in meant])
    await forget_names(session, key=await _content_key(session, vault, head.id, secret), head=head)
    people = {one.person_id for one in chosen.holders}
    assigned = head.assigned_to if head.assigned_to in people else None
    await cases.set_case(
        session, head.id, compartment=compartment.value, desk_id=chosen.desk_id, safety=True,
        assigned_to=assigned, **await _resealed(session, vault, head, compartment),
    )  # fmt: skip
    await _hold_only(session, actor, now, head.id, chosen.holders, secret)
    await record(
        session, actor, Action.CASE_KEYS_GIVEN, subject=("complaint", head.id), now=now,
        details={"old": {"compartment": head.compartment.value},
                 "new": {"compartment": compartment.value}},
    )  # fmt: skip


async def _meant_since(
    session: AsyncSession,
    vault: Vault,
    case_id: UUID,
    secret: bytes,
    holders: Sequence[DeskHolder],
    *,
    but: Sequence[UUID],
) -> list[UUID]:
    """Those whom the name she hid it from may mean, who came or got their name after she had filed."""
    statement = await holding.get_statement(session, case_id)
    key = await _content_key(session, vault, case_id, secret)
    return sorted(hidden_by_name(case_id, key, statement, holders).difference(but))


async def _content_key(session: AsyncSession, vault: Vault, case_id: UUID, secret: bytes) -> bytes:
    boxes = await holding.get_pepper(session, case_id)
    pepper = vault.retention.unseal(boxes.period, owner_of("pepper", case_id), boxes.pepper_sealed)
    return content_key(secret, pepper)


async def _resealed(
    session: AsyncSession, vault: Vault, head: CaseHead, compartment: Compartment
) -> dict[str, object]:
    """The pepper under the key of the same month in another compartment."""
    boxes, owner = await holding.get_pepper(session, head.id), owner_of("pepper", head.id)
    pepper = vault.retention.unseal(boxes.period, owner, boxes.pepper_sealed)
    period = moved_period(boxes.period, compartment)
    return {"period": period, "pepper_sealed": vault.retention.seal(period, owner, pepper)}


async def _hold_only(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    holders: Sequence[DeskHolder],
    secret: bytes,
) -> None:
    """These officers hold the case's key and nobody else does."""
    held = await holding.delete_other_keys(session, case_id, [one.key_id for one in holders])
    owner = owner_of("case_keys", case_id)
    missing = [
        (one.key_id, wrap(one.public_key, owner, secret))
        for one in holders
        if one.key_id not in held
    ]
    if missing:
        await filing.insert_case_keys(session, case_id, missing, given_by=actor.id, now=now)


def _narrower(old: Compartment, new: Compartment) -> bool:
    order = (Compartment.GENERAL, Compartment.PROTECTED, Compartment.OVERSIGHT)
    return order.index(new) > order.index(old)


def moved_period(period: str, compartment: Compartment) -> str:
    """The same month in another compartment."""
    _, year, month = period.rsplit("-", 2)
    return f"{compartment.value}-{year}-{month}"


async def _admit(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    desk_id: UUID,
    person_id: UUID,
    *,
    cleared: bool,
) -> None:
    await desks.set_desk_officer(
        session, desk_id=desk_id, person_id=person_id, cleared=cleared, admitted_by=actor.id,
        now=now,
    )  # fmt: skip
    await record(
        session, actor, Action.DESK_OFFICER_ADMITTED, subject=("desk", desk_id), now=now,
        details={"person_id": str(person_id), "cleared": cleared},
    )  # fmt: skip


async def _at_desk(session: AsyncSession, actor: Actor, desk_id: UUID) -> DeskHolder:
    own = _holder(await desks.list_holders(session, desk_id), actor.id)
    if own is None:
        raise NotAtThisDesk
    return own


def _holder(holders: Sequence[DeskHolder], person_id: UUID) -> DeskHolder | None:
    return next((one for one in holders if one.person_id == person_id), None)


async def set_help_numbers(
    session: AsyncSession, actor: Actor, now: datetime, *, numbers: Sequence[HelpNumber]
) -> None:
    """The numbers that every worker sees first, in this order."""
    old = await desks.list_help_numbers(session)
    await desks.set_help_numbers(session, numbers)
    await record(
        session, actor, Action.HELP_NUMBERS_SET, subject=("help", "numbers"), now=now,
        details={"old": {"numbers": [f"{one.name}: {one.number}" for one in old]},
                 "new": {"numbers": [f"{one.name}: {one.number}" for one in numbers]}},
    )  # fmt: skip
