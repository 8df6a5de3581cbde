"""Keys of people who read complaints: who can open them, and when they are gone."""

import asyncio
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
import pytest
from argon2 import low_level
from litestar import Litestar
from litestar.testing import RequestFactory
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from factories.accounts import (
    PASSWORD,
    PASSWORD_HASH,
    history_of,
    store_office,
    store_person,
    store_second_factor,
    store_sign_in,
)
from recruitwatch.accounts import queries
from recruitwatch.accounts.actions.own_account import change_password
from recruitwatch.accounts.actions.own_keys import unseal_for_sign_in
from recruitwatch.accounts.actions.people import change_person, disable_person, reset_password
from recruitwatch.accounts.actions.secrets import new_token, token_hash
from recruitwatch.accounts.actions.sign_in import sign_in
from recruitwatch.accounts.guards import COOKIE, own_key
from recruitwatch.accounts.tables import person_keys, sign_ins
from recruitwatch.accounts.values import PersonChange, PersonKey, Role, SignedIn, SignInOutcome
from recruitwatch.actor import Actor
from recruitwatch.history.values import Action
from recruitwatch.keys import InstallationKey
from recruitwatch.keys.boxes import DoesNotOpen, derive, pair_from, unseal

KEY = InstallationKey(b"k" * 32)
NEW_PASSWORD = "seven lamps on a hill"
OFFICER = Role.COMPLAINTS_OFFICER


async def begin(session: AsyncSession, now: datetime, password: str = PASSWORD) -> str:
    """Sign in as amina.k; gives the cookie's token."""
    result = await sign_in(session, now, KEY, sign_in_name="amina.k", password=password)
    assert result.token is not None
    return result.token


async def opened(session: AsyncSession, now: datetime, token: str) -> bytes | None:
    """The private key as a page gets it that is asked for with this cookie."""
    signed_in = await queries.find_sign_in(session, token_hash(token), now)
    return None if signed_in is None else asked(signed_in, token)


def asked(signed_in: SignedIn, token: str, key: InstallationKey = KEY) -> bytes | None:
    app = Litestar()
    app.state.key = key
    request = RequestFactory(app=app).get("/", cookies=f"{COOKIE}={token}")
    request.scope["state"] = {"signed_in": signed_in}
    return own_key(request)


async def key_of(session: AsyncSession, person: Actor) -> PersonKey:
    found = await queries.find_person_key(session, person.id)
    assert found is not None
    return found


async def actions_of(session: AsyncSession, person: Actor) -> list[str]:
    """What happened to the person's key, oldest first."""
    said = [entry.action for entry in await history_of(session, person)]
    return [action for action in reversed(said) if action.startswith("key_")]


async def choose(session: AsyncSession, person: Actor, now: datetime, token: str, old: str) -> None:
    """Choose the new password at the sign-in of this token."""
    signed_in = await queries.find_sign_in(session, token_hash(token), now)
    assert signed_in is not None
    outcome = await change_password(
        session, person, now, KEY, signed_in=signed_in, token=token, old=old, new=NEW_PASSWORD
    )
    assert outcome is SignInOutcome.SIGNED_IN


@pytest.fixture
async def officer(session: AsyncSession) -> Actor:
    return await store_person(session, OFFICER, sign_in_name="amina.k")


@pytest.fixture
async def admin(session: AsyncSession) -> Actor:
    return await store_person(session, Role.ADMINISTRATOR)


@pytest.mark.parametrize("role", [OFFICER, Role.OVERSIGHT])
async def test_the_first_sign_in_makes_a_key_and_later_ones_open_it(
    session: AsyncSession, now: datetime, role: Role
) -> None:
    person = await store_person(session, role, sign_in_name="amina.k")
    first = await opened(session, now, await begin(session, now))
    again = await opened(session, now, await begin(session, now))
    assert first is not None
    assert first == again
    known = await key_of(session, person)
    assert pair_from(first).public == known.public_key
    assert known.made_at == now
    assert await actions_of(session, person) == ["key_made"]


async def test_the_database_and_the_installation_key_open_nothing_without_password_or_cookie(
    session: AsyncSession, officer: Actor, now: datetime
) -> None:
    await begin(session, now)
    row = (await session.execute(select(person_keys))).mappings().one()
    opening = (await session.execute(select(sign_ins))).mappings().one()
    boxes = {f"person_keys/{officer.id}": row["private_sealed"],
             f"sign_ins/{officer.id}": opening["key_sealed"]}  # fmt: skip
    known = [KEY.secret, row["salt"].ljust(32, b"\0"), row["public_key"], opening["token_hash"]]
    known += [PASSWORD_HASH.encode(), officer.id.bytes]
    purposes = ["person-key", "sign-in-key"]
    guesses = [KEY.secret, row["public_key"], opening["token_hash"]]
    guesses += [KEY.derive(purpose) for purpose in purposes]
    guesses += [derive(one, purpose, KEY.derive(purpose)) for one in known for purpose in purposes]
    for owner, box in boxes.items():
        for guess in guesses:
            with pytest.raises(DoesNotOpen):
                unseal(guess, owner, box)
    stored = repr((dict(row), dict(opening)))
    private = await opened(session, now, await begin(session, now))
    assert repr(private) not in stored


async def test_a_cookie_opens_its_own_sign_in_only_and_not_without_the_installation_key(
    session: AsyncSession, officer: Actor, now: datetime
) -> None:
    one, other = await begin(session, now), await begin(session, now)
    signed_in = await queries.find_sign_in(session, token_hash(one), now)
    assert signed_in is not None
    box = signed_in.key_sealed
    assert box is not None
    assert asked(signed_in, one) is not None
    assert asked(signed_in, other) is None
    assert asked(signed_in, new_token()) is None
    assert asked(signed_in, one, InstallationKey(b"o" * 32)) is None
    stranger = await store_person(session, OFFICER)
    assert unseal_for_sign_in(KEY, stranger.id, one, box) is None


async def test_a_sign_in_without_its_code_has_no_key_yet(
    session: AsyncSession, officer: Actor, now: datetime
) -> None:
    await store_second_factor(session, officer, KEY)
    token = await begin(session, now)
    assert await opened(session, now, token) is None
    await queries.set_second_factor_done(session, token_hash(token), now)
    assert await opened(session, now, token) is not None


async def test_after_a_new_password_the_same_key_opens_with_it_and_not_with_the_old_one(
    session: AsyncSession, officer: Actor, now: datetime
) -> None:
    token = await begin(session, now)
    before, private = await key_of(session, officer), await opened(session, now, token)
    await choose(session, officer, now, token, PASSWORD)
    assert await opened(session, now, token) == private
    assert await opened(session, now, await begin(session, now, NEW_PASSWORD)) == private
    after = await key_of(session, officer)
    assert (after.id, after.public_key) == (before.id, before.public_key)
    assert after.salt != before.salt
    assert await actions_of(session, officer) == ["key_made"]

    # The hash of the old password comes back; the key still wants the new one.
    await queries.set_password(session, officer.id, password_hash=PASSWORD_HASH, must_change=False)
    assert await opened(session, now, await begin(session, now)) is None
    assert await actions_of(session, officer) == ["key_made", "key_unreadable"]


async def test_no_key_is_made_under_a_password_that_was_handed_over(
    session: AsyncSession, now: datetime
) -> None:
    person = await store_person(session, OFFICER, sign_in_name="amina.k", must_change=True)
    token = await begin(session, now)
    assert await queries.find_person_key(session, person.id) is None
    await choose(session, person, now, token, PASSWORD)
    private = await opened(session, now, token)
    assert private is not None
    assert pair_from(private).public == (await key_of(session, person)).public_key
    assert await opened(session, now, await begin(session, now, NEW_PASSWORD)) == private


async def leave_office(session: AsyncSession, admin: Actor, now: datetime, person_id: UUID) -> None:
    office = await store_office(session)
    await change(session, admin, now, person_id, office_id=office)


async def leave_role(session: AsyncSession, admin: Actor, now: datetime, person_id: UUID) -> None:
    await change(session, admin, now, person_id, roles=frozenset({Role.REVIEWER}))


async def change(
    session: AsyncSession, admin: Actor, now: datetime, person_id: UUID, **new: Any
) -> None:
    known = await queries.get_person(session, person_id)
    same = PersonChange(
        full_name=known.full_name,
        office_id=known.office_id,
        roles=known.roles,
        version=known.version,
    )
    wanted = msgspec.structs.replace(same, **new)
    await change_person(session, admin, now, person_id=person_id, change=wanted)


async def reset(session: AsyncSession, admin: Actor, now: datetime, person_id: UUID) -> None:
    await reset_password(session, admin, now, person_id=person_id)


async def disable(session: AsyncSession, admin: Actor, now: datetime, person_id: UUID) -> None:
    await disable_person(session, admin, now, person_id=person_id)


@pytest.mark.parametrize("act", [reset, disable, leave_office, leave_role])
async def test_the_key_is_destroyed_and_no_sign_in_keeps_it(
    session: AsyncSession,
    officer: Actor,
    admin: Actor,
    now: datetime,
    act,  # type: ignore[no-untyped-def]
) -> None:
    for _ in range(2):
        await begin(session, now)
    await act(session, admin, now, officer.id)
    assert await queries.find_person_key(session, officer.id) is None
    assert (await session.execute(select(sign_ins))).all() == []
    assert await actions_of(session, officer) == ["key_made", "key_destroyed"]
    entry = next(e for e in await history_of(session, officer) if e.action == Action.KEY_DESTROYED)
    assert entry.actor_id == admin.id


@pytest.mark.parametrize(
    "new",
    [
        {"full_name": "New Name"},
        {"roles": frozenset({OFFICER, Role.INSPECTOR})},
        {"roles": frozenset({OFFICER, Role.OVERSIGHT})},
    ],
    ids=["name", "more work", "more cases"],
)
async def test_other_changes_leave_the_key_and_the_sign_ins(
    session: AsyncSession, officer: Actor, admin: Actor, now: datetime, new: dict[str, Any]
) -> None:
    token = await begin(session, now)
    await change(session, admin, now, officer.id, **new)
    assert await opened(session, now, token) is not None
    assert await actions_of(session, officer) == ["key_made"]


@pytest.mark.parametrize("act", [reset, disable, leave_office, leave_role])
async def test_nothing_is_said_of_keys_where_there_is_none(
    session: AsyncSession,
    admin: Actor,
    now: datetime,
    act,  # type: ignore[no-untyped-def]
) -> None:
    inspector = await store_person(session, Role.INSPECTOR)
    await store_sign_in(session, inspector)
    await act(session, admin, now, inspector.id)
    assert await actions_of(session, inspector) == []


async def test_who_comes_back_gets_another_key(
    session: AsyncSession, officer: Actor, admin: Actor, now: datetime
) -> None:
    old = await opened(session, now, await begin(session, now))
    await leave_office(session, admin, now, officer.id)
    new = await opened(session, now, await begin(session, now))
    assert new is not None
    assert new != old


async def flip(session: AsyncSession, person: Actor) -> None:
    """A bit of the box was lost."""
    box = bytearray((await key_of(session, person)).private_sealed)
    box[-1] ^= 1
    await session.execute(person_keys.update().values(private_sealed=bytes(box)))


async def cut(session: AsyncSession, person: Actor) -> None:
    """Nothing is left of the box."""
    await session.execute(person_keys.update().values(private_sealed=b""))


async def shorten(session: AsyncSession, person: Actor) -> None:
    """Nothing is left of the salt."""
    await session.execute(person_keys.update().values(salt=b""))


async def exchange(session: AsyncSession, person: Actor) -> None:
    """Somebody put a public key of their own there, so that others wrap for them."""
    other = pair_from(b"x" * 32).public
    await session.execute(person_keys.update().values(public_key=other))


@pytest.mark.parametrize("damage", [flip, cut, shorten, exchange])
async def test_a_damaged_key_keeps_nobody_out_and_is_told(
    session: AsyncSession,
    officer: Actor,
    now: datetime,
    damage,  # type: ignore[no-untyped-def]
) -> None:
    await begin(session, now)
    await damage(session, officer)
    token = await begin(session, now)
    assert await queries.find_sign_in(session, token_hash(token), now) is not None
    assert await opened(session, now, token) is None
    assert await actions_of(session, officer) == ["key_made", "key_unreadable"]
    await choose(session, officer, now, token, PASSWORD)
    assert await opened(session, now, await begin(session, now, NEW_PASSWORD)) is None


class Counted:
    """The C library of argon2, which says how often it was asked to work."""

    def __init__(self, library: Any) -> None:
        self.library, self.calls = library, 0

    def __getattr__(self, name: str) -> Any:
        self.calls += name in ("argon2_hash", "argon2_ctx", "argon2_verify")
        return getattr(self.library, name)


@pytest.mark.parametrize(("role", "hashes"), [(Role.INSPECTOR, 1), (OFFICER, 2)])
async def test_only_who_reads_complaints_waits_for_a_second_hash(
    session: AsyncSession, now: datetime, monkeypatch: pytest.MonkeyPatch, role: Role, hashes: int
) -> None:
    person = await store_person(session, role, sign_in_name="amina.k")
    counted = Counted(low_level.lib)
    monkeypatch.setattr(low_level, "lib", counted)
    token = await begin(session, now)
    assert counted.calls == hashes
    assert (await queries.get_person(session, person.id)).has_key is (role is OFFICER)
    assert (await opened(session, now, token) is not None) is (role is OFFICER)


@pytest.mark.committed
async def test_two_first_sign_ins_at_once_share_one_key(
    fresh_engine: AsyncEngine, now: datetime
) -> None:
    async with AsyncSession(fresh_engine) as session, session.begin():
        person = await store_person(session, OFFICER, sign_in_name="amina.k")

    async def one() -> str:
        async with AsyncSession(fresh_engine) as session, session.begin():
            return await begin(session, now)

    tokens = await asyncio.gather(*(one() for _ in range(3)))
    async with AsyncSession(fresh_engine) as session, session.begin():
        keys = {await opened(session, now, token) for token in tokens}
        assert None not in keys
        assert len(keys) == 1
        assert await actions_of(session, person) == ["key_made"]


@pytest.mark.committed
async def test_a_new_password_that_is_overtaken_by_a_reset_is_refused(
    fresh_engine: AsyncEngine, now: datetime
) -> None:
    async with AsyncSession(fresh_engine) as session, session.begin():
        admin = await store_person(session, Role.ADMINISTRATOR)
        person = await store_person(session, OFFICER, sign_in_name="amina.k")
        token = await begin(session, now)
        signed_in = await queries.find_sign_in(session, token_hash(token), now)
        assert signed_in is not None

    async def overtaken() -> SignInOutcome:
        async with AsyncSession(fresh_engine) as session, session.begin():
            return await change_password(
                session, person, now, KEY, signed_in=signed_in, token=token,
                old=PASSWORD, new=NEW_PASSWORD,
            )  # fmt: skip

    waits = text("select exists(select from pg_locks where not granted)")
    async with AsyncSession(fresh_engine) as session, session.begin():
        await reset(session, admin, now, person.id)
        task = asyncio.create_task(overtaken())
        # The database is asked, since it tells nobody that a transaction waits.
        while not task.done():
            async with AsyncSession(fresh_engine) as watching:
                if await watching.scalar(waits):
                    break
            await asyncio.sleep(0.01)
    assert await task is SignInOutcome.REFUSED
    async with AsyncSession(fresh_engine) as session, session.begin():
        assert await queries.find_person_key(session, person.id) is None
