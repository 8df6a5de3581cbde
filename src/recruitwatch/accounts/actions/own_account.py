"""What a person does with the own account: password and second factor."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts import queries
from recruitwatch.accounts.actions import secrets
from recruitwatch.accounts.actions.own_keys import seal_own_key_again
from recruitwatch.accounts.rules import TRIES_WINDOW, too_many_tries, totp_step
from recruitwatch.accounts.values import SignedIn, SignInOutcome
from recruitwatch.actor import Actor
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.keys import InstallationKey


async def prove_password(
    session: AsyncSession, actor: Actor, now: datetime, key: InstallationKey, *, password: str
) -> SignInOutcome:
    """Whether whoever sits at an open sign-in knows its password. Wrong tries count, and stay counted:
    a refusal is returned, not raised."""
    name_hash = key.hash("sign-in-tries", f"password of {actor.id}")
    by_name, in_total = await queries.lock_tries(session, name_hash, now - TRIES_WINDOW)
    if too_many_tries(by_name, in_total):
        return SignInOutcome.TOO_MANY
    known = await queries.find_credentials(session, person_id=actor.id)
    if known is None or not await secrets.verify_password(known.password_hash, password):
        await queries.insert_try(session, name_hash, now, forget_before=now - TRIES_WINDOW)
        return SignInOutcome.REFUSED
    await queries.delete_tries(session, name_hash)
    return SignInOutcome.SIGNED_IN


async def change_password(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    key: InstallationKey,
    *,
    signed_in: SignedIn,
    token: str,
    old: str,
    new: str,
) -> SignInOutcome:
    """Set a new password and end the person's other sign-ins, if the old one fits. `token` is the
    cookie of this sign-in, in which the person's key stays open."""
    # A reset at the same moment must not be overwritten by somebody who knows the password before it.
    await queries.lock_own_row(session, actor.id)
    outcome = await prove_password(session, actor, now, key, password=old)
    if outcome is not SignInOutcome.SIGNED_IN:
        return outcome
    await queries.set_password(
        session, actor.id, password_hash=await secrets.hash_password(new), must_change=False
    )
    await queries.delete_sign_ins_of(session, actor.id, except_token=signed_in.token_hash)
    await record(session, actor, Action.PASSWORD_CHANGED, subject=("person", actor.id), now=now)
    if actor.agency_id is None:
        await seal_own_key_again(session, actor, now, key, token=token, old=old, new=new)
    return SignInOutcome.SIGNED_IN


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
