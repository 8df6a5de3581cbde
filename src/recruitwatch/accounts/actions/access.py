"""What ends, gives back and renews somebody's way in, whoever has decided that. Callers have locked the
person and asked who may decide."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts import queries
from recruitwatch.accounts.actions import secrets
from recruitwatch.actor import Actor
from recruitwatch.errors import Conflict
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action


class Account(Protocol):
    """Whoever signs in: somebody of the ministry or of an agency."""

    @property
    def id(self) -> UUID: ...
    @property
    def disabled_at(self) -> datetime | None: ...
    @property
    def has_second_factor(self) -> bool: ...


async def shut_out(session: AsyncSession, actor: Actor, now: datetime, person: Account) -> None:
    """End every sign-in and refuse new ones. Raises Conflict where that is so already."""
    if person.disabled_at is not None:
        raise Conflict
    await queries.set_disabled(session, person.id, now)
    await queries.delete_sign_ins_of(session, person.id)
    await record(
        session, actor, Action.PERSON_DISABLED, subject=("person", person.id), now=now,
        details={"old": {"disabled": False}, "new": {"disabled": True}},
    )  # fmt: skip


async def let_in_again(session: AsyncSession, actor: Actor, now: datetime, person: Account) -> None:
    """Take sign-ins again. Raises Conflict where nobody was shut out."""
    if person.disabled_at is None:
        raise Conflict
    await queries.set_disabled(session, person.id, None)
    await record(
        session, actor, Action.PERSON_ENABLED, subject=("person", person.id), now=now,
        details={"old": {"disabled": True}, "new": {"disabled": False}},
    )  # fmt: skip


async def renew_password(
    session: AsyncSession, actor: Actor, now: datetime, person: Account
) -> str:
    """A new first password, shown once; ends every sign-in and removes the second factor."""
    first = secrets.first_password()
    await queries.set_password(
        session, person.id, password_hash=await secrets.hash_password(first), must_change=True
    )
    if person.has_second_factor:
        await queries.set_totp(session, person.id, sealed=None, confirmed_at=None)
        await record(
            session, actor, Action.SECOND_FACTOR_REMOVED, subject=("person", person.id), now=now,
            details={"old": {"second_factor": True}, "new": {"second_factor": False}},
        )  # fmt: skip
    await queries.delete_sign_ins_of(session, person.id)
    await record(session, actor, Action.PASSWORD_RESET, subject=("person", person.id), now=now)
    return first
