"""An officer opens a case with the own key. Every opening is noted, where she can see it."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.values import Role
from recruitwatch.actor import Actor
from recruitwatch.complaints.actions.drafting import content_key, owner_of
from recruitwatch.complaints.actions.following import open_message
from recruitwatch.complaints.queries import cases, files, judging, work
from recruitwatch.complaints.queries.cases import Boxes
from recruitwatch.complaints.queries.safety import SealedSafetyEnd, find_safety_end
from recruitwatch.complaints.rules.states import seconds_needed
from recruitwatch.complaints.values.cases import (
    CaseFile,
    CaseHead,
    CaseUnknown,
    Decision,
    FileFacts,
    Link,
    OpenedCase,
    SafetyEnd,
    UrgencyChange,
)
from recruitwatch.complaints.values.desks import NoKey
from recruitwatch.complaints.values.filing import Told
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.keys import Vault
from recruitwatch.keys.boxes import DoesNotOpen, unseal, unwrap

LISTED = 50
SAME_SITTING = timedelta(minutes=30)


class CaseKey(msgspec.Struct, frozen=True):
    """A case's content key, and the secret that is wrapped for others."""

    key: bytes
    secret: bytes


def open_boxes(boxes: Boxes, vault: Vault, private_key: bytes) -> CaseKey:
    """Raises CaseUnknown where the wrapped key does not open: it was made for another key."""
    try:
        secret = unwrap(private_key, owner_of("case_keys", boxes.case_id), boxes.wrapped)
        pepper = vault.retention.unseal(
            boxes.period, owner_of("pepper", boxes.case_id), boxes.pepper_sealed
        )
    except DoesNotOpen:
        raise CaseUnknown from None
    return CaseKey(content_key(secret, pepper), secret)


async def get_case_key(
    session: AsyncSession, actor: Actor, vault: Vault, *, case_id: UUID, private_key: bytes | None
) -> CaseKey:
    """The key of a case that the actor holds. Raises NoKey and CaseUnknown."""
    if private_key is None:
        raise NoKey
    return open_boxes(await cases.get_boxes(session, actor, case_id), vault, private_key)


async def read_told(
    session: AsyncSession, actor: Actor, vault: Vault, *, case_id: UUID, private_key: bytes | None
) -> tuple[CaseKey, Told]:
    """A case's key and what she told, for the program to work with: nobody is shown it, so that it is no
    opening. Raises NoKey and CaseUnknown."""
    if private_key is None:
        raise NoKey
    boxes = await cases.get_boxes(session, actor, case_id)
    opened = open_boxes(boxes, vault, private_key)
    return opened, _told(boxes, opened.key)


def _told(boxes: Boxes, key: bytes) -> Told:
    told = unseal(key, owner_of("statement", boxes.case_id), boxes.statement_sealed)
    return msgspec.json.decode(told, type=Told)


def acting_role(actor: Actor) -> str:
    """The role a worker is told about."""
    officer = Role.COMPLAINTS_OFFICER.value
    return officer if officer in actor.roles else Role.OVERSIGHT.value


async def open_case(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    vault: Vault,
    *,
    case_id: UUID,
    private_key: bytes | None,
    goes_on: bool = False,
) -> OpenedCase:
    """Everything of a case, and one more line in its list of openings. Who `goes_on` with a case that they
    opened within the last half hour, on one of its forms, is not noted once more.

    Raises NoKey where the sign-in holds no key, CaseUnknown where the actor holds none of this case.
    """
    head = await cases.get_head(session, actor, case_id)
    if private_key is None:
        raise NoKey
    boxes = await cases.get_boxes(session, actor, case_id)
    opened = open_boxes(boxes, vault, private_key)
    last = await work.find_last_opening(session, case_id, actor.id) if goes_on else None
    if last is None or last < now - SAME_SITTING:
        await work.insert_opening(
            session, case_id, person_id=actor.id, role=acting_role(actor), part="case", now=now
        )
        await record(
            session, actor, Action.COMPLAINT_OPENED, subject=("complaint", case_id), now=now
        )
    return await _whole(session, head, boxes, opened)


async def _whole(
    session: AsyncSession, head: CaseHead, boxes: Boxes, opened: CaseKey
) -> OpenedCase:
    key, case_id = opened.key, head.id
    messages = await work.list_messages(session, case_id, limit=LISTED)
    return OpenedCase(
        head=head,
        told=_told(boxes, key),
        key=key,
        secret=opened.secret,
        messages=tuple(open_message(one, key) for one in messages),
        openings=tuple(await work.list_openings(session, case_id, limit=LISTED)),
        steps=tuple(await work.list_steps(session, case_id, limit=LISTED)),
        classification=await judging.find_classification(session, case_id),
        links=tuple([link_of(one, key) for one in await judging.list_links(session, case_id)]),
        lowering=_lowering(await judging.find_urgency_change(session, case_id), key, head),
        safety_end=_safety_end(await find_safety_end(session, case_id), key),
        decision=_decision(await judging.find_decision(session, case_id), key, head),
        files=tuple(case_file(row, key) for row in await files.list_files(session, case_id)),
    )


def case_file(row: files.FileRow, key: bytes) -> CaseFile:
    """A file as a list shows it."""
    facts = file_facts(row, key)
    return CaseFile(
        id=row.id, kind=facts.kind, size=facts.size, pages=facts.pages, added_at=row.added_at
    )


def file_facts(row: files.FileRow, key: bytes) -> FileFacts:
    """The sealed facts of a file. Raises DoesNotOpen."""
    facts = unseal(key, owner_of("file", row.id), row.facts_sealed)
    return msgspec.json.decode(facts, type=FileFacts)


def _text(key: bytes, what: str, identity: UUID, box: bytes) -> str:
    return unseal(key, owner_of(what, identity), box).decode()


def link_of(one: judging.SealedLink, key: bytes) -> Link:
    """A judgement, opened."""
    given = msgspec.structs.asdict(one)
    reason = _text(key, "link.reason", one.id, given.pop("reason_sealed"))
    return Link(**given, reason=reason)


def _lowering(
    one: judging.SealedUrgency | None, key: bytes, head: CaseHead
) -> UrgencyChange | None:
    """A lowering that waits for its second officer; one that took effect or was overtaken is not shown."""
    if one is None or one.seconded or one.before is not head.urgency or one.after <= one.before:
        return None
    given = msgspec.structs.asdict(one)
    reason = _text(key, "urgency.reason", one.id, given.pop("reason_sealed"))
    return UrgencyChange(**given, reason=reason)


def _safety_end(one: SealedSafetyEnd | None, key: bytes) -> SafetyEnd | None:
    if one is None:
        return None
    reason = _text(key, "safety.reason", one.id, one.reason_sealed)
    return SafetyEnd(reason=reason, ended_by=one.ended_by, ended_at=one.ended_at)


def _decision(one: judging.SealedDecision | None, key: bytes, head: CaseHead) -> Decision | None:
    """While the case is open it waits for as many as the case asks for now: she may have come into danger
    since the decision was written."""
    if one is None:
        return None
    given = msgspec.structs.asdict(one)
    if head.closed_at is None:
        given["seconds_needed"] = max(one.seconds_needed, seconds_needed(one.outcome, head))
    reasons = _text(key, "decision.reasons", one.id, given.pop("reasons_sealed"))
    told = _text(key, "decision.told", one.id, given.pop("told_sealed"))
    return Decision(**given, reasons=reasons, told=told)
