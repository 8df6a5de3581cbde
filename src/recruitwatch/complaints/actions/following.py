"""A worker comes back with her code: sees her case, writes, withdraws, leaves."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.actor import SYSTEM
from recruitwatch.complaints.actions import codes
from recruitwatch.complaints.actions.codes import CodeKey
from recruitwatch.complaints.actions.drafting import content_key, owner_of
from recruitwatch.complaints.actions.nonces import identity_of
from recruitwatch.complaints.actions.reopening import open_again, raise_danger
from recruitwatch.complaints.queries import cases, drafts, judging, work
from recruitwatch.complaints.rules.visits import (
    MOST_MESSAGES_A_DAY,
    TRIES_WINDOW,
    VISIT_LASTS,
    plain_code,
    seconds_to_wait,
)
from recruitwatch.complaints.values.cases import (
    Entry,
    Message,
    OwnCase,
    TooManyMessages,
    Visit,
    VisitOver,
)
from recruitwatch.complaints.values.clocks import Calendar
from recruitwatch.complaints.values.states import Mover, State
from recruitwatch.db.engine import OpenSession
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.keys import Vault
from recruitwatch.keys.boxes import DoesNotOpen, seal, unseal, unwrap

LISTED = 20


class Entered(msgspec.Struct, frozen=True):
    """Where a code led, with the token of the visit or of the draft that goes on."""

    entry: Entry
    token: str | None = None


async def prove_code(
    open_session: OpenSession, now: datetime, vault: Vault, *, typed: str
) -> CodeKey | None:
    """The key of a typed code, after the wait that refused tries have earned; None if it is no code.

    Waiting holds no connection to the database: it would let guessers use them up.
    """
    code = plain_code(typed)
    if code is None:
        return None
    key = await codes.code_key(vault.installation, code)
    async with open_session() as session:
        of_code, in_total = await drafts.count_code_tries(
            session, _tried(vault, key), now - TRIES_WINDOW
        )
    await asyncio.sleep(seconds_to_wait(of_code, in_total))
    return key


def _tried(vault: Vault, key: CodeKey) -> bytes:
    return vault.installation.hash("complaint-code-tries", key.lookup.hex())


async def enter_code(
    session: AsyncSession, now: datetime, vault: Vault, *, key: CodeKey
) -> Entered:
    """Begin a visit to the case of this code, or go on with the draft that has it."""
    found = await drafts.find_code_holder(session, key.lookup, now)
    if found is None:
        await drafts.insert_code_try(
            session, _tried(vault, key), now, forget_before=now - TRIES_WINDOW
        )
        return Entered(Entry.REFUSED)
    secret = unwrap(key.pair.private, owner_of("code", found.case_id), found.secret_by_code)
    token = codes.new_token()
    by_token = codes.token_key(vault.installation, token)
    hashed = codes.token_hash(vault.installation, token)
    if found.is_draft:
        await _go_on(session, now, found.case_id, secret, by_token, hashed)
        return Entered(Entry.DRAFT, token)
    await drafts.insert_visit(
        session,
        token_hash=hashed,
        case_id=found.case_id,
        secret_sealed=seal(by_token, owner_of("visit", found.case_id), secret),
        now=now,
        expires_at=now + VISIT_LASTS,
    )
    return Entered(Entry.CASE, token)


async def _go_on(
    session: AsyncSession,
    now: datetime,
    case_id: UUID,
    secret: bytes,
    by_token: bytes,
    hashed: bytes,
) -> None:
    """The draft gets a new token; an old page of it, left open on another phone, is worth nothing."""
    row = await drafts.find_draft_of_case(session, case_id, now)
    if row is None:
        raise VisitOver
    await drafts.set_draft_token(
        session,
        row.token_hash,
        token_hash=hashed,
        secret_by_token=seal(by_token, owner_of("draft.token", case_id), secret),
    )


async def open_visit(session: AsyncSession, now: datetime, vault: Vault, *, token: str) -> Visit:
    """The case of a visit. Raises VisitOver."""
    found = await drafts.find_visit(session, codes.token_hash(vault.installation, token), now)
    if found is None:
        raise VisitOver
    case_id = found.case_id
    try:
        by_token = codes.token_key(vault.installation, token)
        secret = unseal(by_token, owner_of("visit", case_id), found.secret_sealed)
        owner = owner_of("pepper", case_id)
        pepper = vault.retention.unseal(found.period, owner, found.pepper_sealed)
    except DoesNotOpen:
        raise VisitOver from None
    return Visit(case_id=case_id, key=content_key(secret, pepper))


async def end_visit(session: AsyncSession, vault: Vault, *, token: str) -> None:
    """She leaves: neither her case nor the page with its code is shown again to who goes back."""
    case_id = await drafts.delete_visit(session, codes.token_hash(vault.installation, token))
    if case_id is not None:
        await drafts.delete_receipt(session, case_id)


async def get_own_case(
    session: AsyncSession, *, visit: Visit, openings_listed: int = LISTED
) -> OwnCase:
    """What she sees of her case; the newest messages and openings, and how many there are."""
    row = await cases.get_own_row(session, visit.case_id)
    sealed = await work.list_messages(session, visit.case_id, limit=LISTED)
    decision = await judging.find_standing_decision(session, visit.case_id)
    openings = await work.list_openings(session, visit.case_id, limit=openings_listed)
    told = b""
    if decision is not None and row.closed_at is not None:
        told = unseal(visit.key, owner_of("decision.told", decision.id), decision.told_sealed)
    return OwnCase(
        state=State(row.state),
        state_since=row.state_since,
        next_news_on=row.next_news_on,
        contacted=row.contacted_at is not None,
        outcome=decision.outcome if decision and row.closed_at is not None else None,
        told=told.decode(),
        messages=tuple(open_message(one, visit.key) for one in sealed),
        messages_in_all=await work.count_messages(session, visit.case_id),
        openings=tuple(openings),
        openings_in_all=await work.count_openings(session, visit.case_id),
        files=(),
        withdrawn_at=row.withdrawn_at,
        closed_at=row.closed_at,
    )


def open_message(one: work.SealedMessage, key: bytes) -> Message:
    return Message(
        id=one.id,
        from_worker=one.from_worker,
        text=unseal(key, owner_of("message", one.id), one.sealed).decode(),
        at=one.at,
        written_by=one.written_by,
    )


async def write_message(
    session: AsyncSession,
    now: datetime,
    vault: Vault,
    *,
    visit: Visit,
    text: str,
    calendar: Calendar,
    nonce: str = "",
) -> None:
    """Her message to those who work on her case; to a closed one it opens it again. The same words out of
    the same page, whose number is `nonce`, are one message however often they are sent.

    Raises TooManyMessages.
    """
    await cases.get_own_row(session, visit.case_id, lock=True)
    message_id = identity_of(visit.case_id, nonce, text.encode())
    if await work.has_message(session, message_id):
        return
    since = now - timedelta(days=1)
    written = await work.count_messages(session, visit.case_id, from_worker_since=since)
    if written >= MOST_MESSAGES_A_DAY:
        raise TooManyMessages
    await open_again(session, now, vault, visit=visit, calendar=calendar)
    await _insert_message(session, now, visit, message_id, text)
    await record(
        session, SYSTEM, Action.COMPLAINT_MESSAGE_WRITTEN, subject=("complaint", visit.case_id),
        now=now,
    )  # fmt: skip


async def tell_danger(
    session: AsyncSession,
    now: datetime,
    vault: Vault,
    *,
    visit: Visit,
    text: str,
    calendar: Calendar,
    nonce: str = "",
) -> None:
    """She is in danger now, and `text` says so in her language among the messages. It is never too many."""
    await cases.get_own_row(session, visit.case_id, lock=True)
    message_id = identity_of(visit.case_id, nonce, text.encode())
    if await work.has_message(session, message_id):
        return
    await raise_danger(session, now, vault, visit=visit, calendar=calendar)
    await _insert_message(session, now, visit, message_id, text)


async def _insert_message(
    session: AsyncSession, now: datetime, visit: Visit, message_id: UUID, text: str
) -> None:
    await work.insert_message(
        session,
        message_id=message_id,
        case_id=visit.case_id,
        written_by=None,
        sealed=seal(visit.key, owner_of("message", message_id), text.encode()),
        now=now,
    )


async def withdraw(
    session: AsyncSession,
    now: datetime,
    vault: Vault,
    *,
    visit: Visit,
    pressed: bool,
    text: str,
    calendar: Calendar,
) -> None:
    """She withdraws. Nothing is closed by that: an officer decides, and looks at whether she was pressed. A
    closed case is opened again for it.

    Her reason is her last message in the case. Withdrawing again is the same withdrawal, with what she adds:
    another reason, and that she was pressed.
    """
    row = await cases.get_own_row(session, visit.case_id, lock=True)
    if row.closed_at is not None:
        await open_again(session, now, vault, visit=visit, calendar=calendar)
        row = await cases.get_own_row(session, visit.case_id)
    if row.withdrawn_at is None:
        await _go_to_decision(session, now, visit, State(row.state))
    since = row.withdrawn_at or now
    await work.set_withdrawn(session, visit.case_id, since, pressed=pressed)
    message_id = identity_of(visit.case_id, f"withdrawn {since.timestamp()}", text.encode())
    if text and not await work.has_message(session, message_id):
        await _insert_message(session, now, visit, message_id, text)
    await record(
        session, SYSTEM, Action.COMPLAINT_WITHDRAWN, subject=("complaint", visit.case_id), now=now
    )  # fmt: skip


async def _go_to_decision(
    session: AsyncSession, now: datetime, visit: Visit, before: State
) -> None:
    if before is State.DECIDE:
        return
    await work.insert_step(
        session, visit.case_id, before=before, after=State.DECIDE, mover=Mover.WORKER,
        person_id=None, now=now,
    )  # fmt: skip
    await cases.set_case(session, visit.case_id, state_due_at=None)
