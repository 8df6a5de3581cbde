"""What a person does with the own account: password and second factor."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts import queries
from recruitwatch.accounts.actions import secrets
from recruitwatch.accounts.rules import totp_step
from recruitwatch.accounts.values import SignedIn
from recruitwatch.actor import Actor
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.keys import InstallationKey


async def change_password(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    signed_in: SignedIn,
    old: str,
    new: str,
) -> bool:
    """Set a new password and end the person's other sign-ins. False if the old one does not fit."""
    known = await queries.find_credentials(session, person_id=actor.id)
    if known is None or not await secrets.verify_password(known.password_hash, old):
        return False
    await queries.set_password(
        session, actor.id, password_hash=await secrets.hash_password(new), must_change=False
    )
    await queries.delete_sign_ins_of(session, actor.id, except_token=signed_in.token_hash)
    await record(session, actor, Action.PASSWORD_CHANGED, subject=("person", actor.id), now=now)
    return True


async def confirm_second_factor(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    key: InstallationKey,
    *,
    signed_in: SignedIn,
    secret: str,
    code: str,
) -> bool:
    """Put an offered secret in force once a code from it was typed. False if the code does not fit."""
    step = secrets.totp_matches(secret, code, totp_step(now))
    if step is None:
        return False
    sealed = secrets.seal_totp(key, str(actor.id), secret)
    await queries.set_totp(session, actor.id, sealed=sealed, confirmed_at=now)
    await queries.use_totp_step(session, actor.id, step)
    await queries.set_second_factor_done(session, signed_in.token_hash, now)
    await record(
        session, actor, Action.SECOND_FACTOR_SET, subject=("person", actor.id), now=now,
        details={"old": {"second_factor": signed_in.has_second_factor},
                 "new": {"second_factor": True}},
    )  # fmt: skip
    return True
