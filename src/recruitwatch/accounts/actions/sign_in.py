"""Signing in and out, and the second factor of a sign-in."""

from datetime import datetime

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts import queries
from recruitwatch.accounts.actions import secrets
from recruitwatch.accounts.actions.own_keys import open_own_key
from recruitwatch.accounts.rules import TRIES_WINDOW, sign_in_ends, too_many_tries, totp_step
from recruitwatch.accounts.values import Credentials, SignedIn, SignInOutcome
from recruitwatch.actor import SYSTEM, Actor
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.keys import InstallationKey


class SignInResult(msgspec.Struct, frozen=True):
    """The outcome, and the token for the cookie when a sign-in began."""

    outcome: SignInOutcome
    token: str | None = None


async def sign_in(
    session: AsyncSession,
    now: datetime,
    key: InstallationKey,
    *,
    sign_in_name: str,
    password: str,
) -> SignInResult:
    """Begin a sign-in. A refusal is returned, not raised, so that the try stays counted."""
    name = sign_in_name.strip().lower()
    name_hash = key.hash("sign-in-tries", name)
    by_name, in_total = await queries.lock_tries(session, name_hash, now - TRIES_WINDOW)
    if too_many_tries(by_name, in_total):
        return SignInResult(SignInOutcome.TOO_MANY)
    known = await queries.find_credentials(session, sign_in_name=name)
    fits = await secrets.verify_password(known.password_hash if known else None, password)
    if known is not None and fits:
        fits = await _still_the_same(session, known)
    if known is None or known.disabled or not fits:
        await queries.insert_try(session, name_hash, now, forget_before=now - TRIES_WINDOW)
        if known is not None:
            subject = ("person", known.person_id)
            await record(session, SYSTEM, Action.SIGN_IN_REFUSED, subject=subject, now=now)
        return SignInResult(SignInOutcome.REFUSED)
    await queries.delete_tries(session, name_hash)
    return await _begin(session, now, key, known, password)


async def _begin(
    session: AsyncSession, now: datetime, key: InstallationKey, known: Credentials, password: str
) -> SignInResult:
    token = secrets.new_token()
    await queries.insert_sign_in(
        session,
        token_hash=secrets.token_hash(token),
        person_id=known.person_id,
        now=now,
        expires_at=sign_in_ends(now, now),
    )
    actor = _actor(known)
    needs_code = known.totp_confirmed
    said = Action.CODE_ASKED if needs_code else Action.SIGNED_IN
    await record(session, actor, said, subject=("person", known.person_id), now=now)
    # Who handed over a first password knows it: no key is made under it. People of agencies read no
    # complaints and never have a key.
    if not known.must_change_password and known.agency_id is None:
        await open_own_key(session, actor, now, key, token=token, password=password)
    return SignInResult(SignInOutcome.CODE_NEEDED if needs_code else SignInOutcome.SIGNED_IN, token)


def _actor(known: Credentials) -> Actor:
    return Actor(
        person_id=known.person_id,
        name=known.full_name,
        office_id=known.office_id,
        agency_id=known.agency_id,
    )


async def _still_the_same(session: AsyncSession, known: Credentials) -> bool:
    """Checking a password takes long enough for a reset to come between: it has ended the sign-ins
    that it saw, and would miss the one that begins here."""
    newest = await queries.find_credentials(session, person_id=known.person_id, lock=True)
    return (
        newest is not None
        and newest.password_hash == known.password_hash
        and newest.must_change_password == known.must_change_password
        and newest.disabled == known.disabled
    )


async def give_code(
    session: AsyncSession, now: datetime, key: InstallationKey, *, signed_in: SignedIn, code: str
) -> SignInOutcome:
    """Complete a sign-in with a one-time code. Wrong codes count like wrong passwords."""
    name_hash = key.hash("sign-in-tries", f"code of {signed_in.person_id}")
    by_name, in_total = await queries.lock_tries(session, name_hash, now - TRIES_WINDOW)
    if too_many_tries(by_name, in_total):
        return SignInOutcome.TOO_MANY
    known = await queries.find_credentials(session, person_id=signed_in.person_id)
    if known is None or known.totp_sealed is None:
        return SignInOutcome.REFUSED
    secret = secrets.unseal_totp(key, str(known.person_id), known.totp_sealed)
    step = secrets.totp_matches(secret, code, totp_step(now))
    subject = ("person", known.person_id)
    if step is None or not await queries.use_totp_step(session, known.person_id, step):
        await queries.insert_try(session, name_hash, now, forget_before=now - TRIES_WINDOW)
        await record(session, SYSTEM, Action.SIGN_IN_REFUSED, subject=subject, now=now)
        return SignInOutcome.REFUSED
    await queries.delete_tries(session, name_hash)
    await queries.set_second_factor_done(session, signed_in.token_hash, now)
    actor = _actor(known)
    await record(session, actor, Action.SIGNED_IN, subject=subject, now=now)
    return SignInOutcome.SIGNED_IN


async def sign_out(
    session: AsyncSession, actor: Actor, now: datetime, *, token_hash: bytes
) -> None:
    await queries.delete_sign_in(session, token_hash)
    await record(session, actor, Action.SIGNED_OUT, subject=("person", actor.id), now=now)
