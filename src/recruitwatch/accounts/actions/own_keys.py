"""The key pair of a person who reads complaints: made, opened at sign-in, sealed again, destroyed.

The private part lies sealed under the password, and once more under the cookie of each open sign-in.
Either way the installation key is needed too: neither a copy of the database nor an administrator
opens it. A password that was handed over opens nothing, since no key is made before it is replaced.
"""

import asyncio
import os
from datetime import datetime
from uuid import UUID, uuid4

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts import queries
from recruitwatch.accounts.actions.secrets import LANES, MEMORY, PASSES, token_hash
from recruitwatch.accounts.rules import needs_key
from recruitwatch.accounts.values import PersonKey
from recruitwatch.actor import Actor
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.keys import InstallationKey, boxes

SALT = 16


async def open_own_key(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    key: InstallationKey,
    *,
    token: str,
    password: str,
) -> None:
    """At a sign-in with the own password: open the key for this sign-in, or make a first one. The
    person must be locked, or two first sign-ins at once would make two keys."""
    known = await queries.find_person_key(session, actor.id)
    if known is not None:
        private = await _open(session, actor, now, key, known, password)
    else:
        private = await _make(session, actor, now, key, password)
    if private is not None:
        await seal_for_sign_in(session, actor.id, key, token, private)


async def seal_own_key_again(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    key: InstallationKey,
    *,
    token: str,
    old: str,
    new: str,
) -> None:
    """At a change of the password: the same key under the new one; or a first key. The person must
    be locked, and the old password must be the right one."""
    known = await queries.find_person_key(session, actor.id)
    if known is None:
        await open_own_key(session, actor, now, key, token=token, password=new)
        return
    private = await _open(session, actor, now, key, known, old)
    if private is None:
        return
    salt = os.urandom(SALT)
    box = await asyncio.to_thread(_seal, key, actor.id, new, salt, private)
    await queries.set_person_key_sealed(session, actor.id, private_sealed=box, salt=salt)
    await seal_for_sign_in(session, actor.id, key, token, private)


async def destroy_key(
    session: AsyncSession, actor: Actor, now: datetime, *, person_id: UUID
) -> bool:
    """Whether there was a key. Whoever calls this ends the person's sign-ins, which hold it too."""
    if not await queries.delete_person_key(session, person_id):
        return False
    await record(session, actor, Action.KEY_DESTROYED, subject=("person", person_id), now=now)
    return True


def unseal_for_sign_in(
    key: InstallationKey, person_id: UUID, token: str, box: bytes
) -> bytes | None:
    """The private key that waits in a sign-in, with the token of its cookie; None if it does not fit."""
    try:
        return boxes.unseal(_sign_in_key(key, token), _sign_in_owner(person_id), box)
    except boxes.DoesNotOpen:
        return None


async def _make(
    session: AsyncSession, actor: Actor, now: datetime, key: InstallationKey, password: str
) -> bytes | None:
    person = await queries.get_person(session, actor.id)
    if person.disabled_at is not None or not needs_key(person.roles):
        return None
    pair, salt = boxes.new_pair(), os.urandom(SALT)
    box = await asyncio.to_thread(_seal, key, actor.id, password, salt, pair.private)
    made = PersonKey(
        id=uuid4(),
        person_id=actor.id,
        public_key=pair.public,
        private_sealed=box,
        salt=salt,
        made_at=now,
    )
    await queries.insert_person_key(session, made)
    await record(session, actor, Action.KEY_MADE, subject=("person", actor.id), now=now)
    return pair.private


async def _open(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    key: InstallationKey,
    known: PersonKey,
    password: str,
) -> bytes | None:
    """The private part. A damaged key keeps nobody out: it is told to history instead."""
    private = await asyncio.to_thread(_unseal, key, known, password)
    if private is None:
        await record(session, actor, Action.KEY_UNREADABLE, subject=("person", actor.id), now=now)
    return private


async def seal_for_sign_in(
    session: AsyncSession, person_id: UUID, key: InstallationKey, token: str, private: bytes
) -> None:
    box = boxes.seal(_sign_in_key(key, token), _sign_in_owner(person_id), private)
    await queries.set_sign_in_key(session, token_hash(token), box)


def _seal(
    key: InstallationKey, person_id: UUID, password: str, salt: bytes, private: bytes
) -> bytes:
    return boxes.seal(_password_key(key, password, salt), _key_owner(person_id), private)


def _unseal(key: InstallationKey, known: PersonKey, password: str) -> bytes | None:
    try:
        secret = _password_key(key, password, known.salt)
        private = boxes.unseal(secret, _key_owner(known.person_id), known.private_sealed)
    except (boxes.DoesNotOpen, HashingError):
        return None
    return private if boxes.pair_from(private).public == known.public_key else None


def _password_key(key: InstallationKey, password: str, salt: bytes) -> bytes:
    slow = hash_secret_raw(password.encode(), salt, PASSES, MEMORY, LANES, boxes.LENGTH, Type.ID)
    return boxes.derive(slow, "person-key", key.derive("person-key"))


def _sign_in_key(key: InstallationKey, token: str) -> bytes:
    return boxes.derive(token.encode(), "sign-in-key", key.derive("sign-in-key"))


def _key_owner(person_id: UUID) -> str:
    return f"person_keys/{person_id}"


def _sign_in_owner(person_id: UUID) -> str:
    return f"sign_ins/{person_id}"
