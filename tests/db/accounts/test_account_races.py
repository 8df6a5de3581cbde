"""What holds when two people, or one impatient guesser, do things at the same moment."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import pyotp
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from factories.accounts import PASSWORD, history_of, store_person, store_second_factor
from recruitwatch.accounts import queries
from recruitwatch.accounts.actions.people import change_person, disable_person, reset_password
from recruitwatch.accounts.actions.secrets import new_token, token_hash
from recruitwatch.accounts.actions.sign_in import give_code, sign_in
from recruitwatch.accounts.rules import TRIES_PER_NAME, sign_in_ends, totp_step
from recruitwatch.accounts.values import (
    LastAdministrator,
    PersonChange,
    Role,
    SignedIn,
    SignInOutcome,
)
from recruitwatch.actor import Actor
from recruitwatch.keys import InstallationKey

KEY = InstallationKey(b"k" * 32)

pytestmark = pytest.mark.committed


@asynccontextmanager
async def transaction(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    async with AsyncSession(engine) as session, session.begin():
        yield session


async def try_password(engine: AsyncEngine, now: datetime, password: str) -> SignInOutcome:
    async with transaction(engine) as session:
        result = await sign_in(session, now, KEY, sign_in_name="amina.k", password=password)
        return result.outcome


async def test_parallel_guessing_gets_ten_tries_and_no_more(
    fresh_engine: AsyncEngine, now: datetime
) -> None:
    async with transaction(fresh_engine) as session:
        person = await store_person(session, Role.INSPECTOR, sign_in_name="amina.k")

    async def guess() -> list[SignInOutcome]:
        return [await try_password(fresh_engine, now, "wrong") for _ in range(8)]

    first, second = await asyncio.gather(guess(), guess())
    outcomes = Counter(first + second)
    assert outcomes == {SignInOutcome.REFUSED: TRIES_PER_NAME, SignInOutcome.TOO_MANY: 6}
    async with transaction(fresh_engine) as session:
        verified = await history_of(session, person)
    assert len(verified) == TRIES_PER_NAME
    assert await try_password(fresh_engine, now, PASSWORD) is SignInOutcome.TOO_MANY


async def test_a_name_that_nobody_has_is_counted_too(
    fresh_engine: AsyncEngine, now: datetime
) -> None:
    async def guess() -> list[SignInOutcome]:
        return [await try_password(fresh_engine, now, "wrong") for _ in range(6)]

    first, second = await asyncio.gather(guess(), guess())
    assert Counter(first + second) == {SignInOutcome.REFUSED: 10, SignInOutcome.TOO_MANY: 2}


async def begin_sign_in(session: AsyncSession, person: Actor, now: datetime) -> SignedIn:
    """A sign-in that waits for its code."""
    hashed = token_hash(new_token())
    await queries.insert_sign_in(
        session, token_hash=hashed, person_id=person.id, now=now, expires_at=sign_in_ends(now, now)
    )
    found = await queries.find_sign_in(session, hashed, now)
    assert found is not None
    return found


async def test_of_two_sign_ins_with_one_code_one_gets_in(
    fresh_engine: AsyncEngine, now: datetime
) -> None:
    async with transaction(fresh_engine) as session:
        person = await store_person(session, Role.INSPECTOR)
        secret = await store_second_factor(session, person, KEY)
        both = [await begin_sign_in(session, person, now) for _ in range(2)]
    code = pyotp.TOTP(secret).at(now)

    async def give(signed_in: SignedIn) -> SignInOutcome:
        async with transaction(fresh_engine) as session:
            return await give_code(session, now, KEY, signed_in=signed_in, code=code)

    outcomes = await asyncio.gather(*map(give, both))
    assert sorted(outcomes) == [SignInOutcome.REFUSED, SignInOutcome.SIGNED_IN]


async def test_a_step_is_taken_once_by_whoever_comes_first(
    fresh_engine: AsyncEngine, now: datetime
) -> None:
    async with transaction(fresh_engine) as session:
        person = await store_person(session, Role.INSPECTOR)

    async def take(step: int) -> bool:
        async with transaction(fresh_engine) as session:
            return await queries.use_totp_step(session, person.id, step)

    step = totp_step(now)
    assert sorted(await asyncio.gather(take(step), take(step))) == [False, True]
    assert not await take(step - 1)
    assert await take(step + 1)


async def disable(engine: AsyncEngine, now: datetime, actor: Actor, other: Actor) -> None:
    async with transaction(engine) as session:
        await disable_person(session, actor, now, person_id=other.id)


async def demote(engine: AsyncEngine, now: datetime, actor: Actor, other: Actor) -> None:
    async with transaction(engine) as session:
        known = await queries.get_person(session, other.id)
        change = PersonChange(
            full_name=known.full_name,
            office_id=known.office_id,
            roles=frozenset({Role.OVERSIGHT}),
            version=known.version,
        )
        await change_person(session, actor, now, person_id=other.id, change=change)


@pytest.mark.parametrize(
    ("first", "second"), [(disable, disable), (demote, demote), (disable, demote)]
)
async def test_two_administrators_cannot_remove_each_other(
    fresh_engine: AsyncEngine,
    now: datetime,
    first,
    second,  # type: ignore[no-untyped-def]
) -> None:
    async with transaction(fresh_engine) as session:
        one = await store_person(session, Role.ADMINISTRATOR)
        two = await store_person(session, Role.ADMINISTRATOR)
    said = await asyncio.gather(
        first(fresh_engine, now, one, two),
        second(fresh_engine, now, two, one),
        return_exceptions=True,
    )
    assert sorted(type(answer).__name__ for answer in said) == [
        LastAdministrator.__name__,
        "NoneType",
    ]
    async with transaction(fresh_engine) as session:
        assert await queries.lock_administrators(session) == 1


async def somebody_waits(engine: AsyncEngine) -> bool:
    """Whether a transaction waits for another one's row."""
    async with AsyncSession(engine) as session:
        question = "select exists(select from pg_locks where not granted)"
        return bool(await session.scalar(text(question)))


@pytest.mark.parametrize("act", [reset_password, disable_person])
async def test_a_sign_in_that_is_overtaken_by_a_reset_does_not_outlive_it(
    fresh_engine: AsyncEngine,
    now: datetime,
    act,  # type: ignore[no-untyped-def]
) -> None:
    async with transaction(fresh_engine) as session:
        admin = await store_person(session, Role.ADMINISTRATOR)
        person = await store_person(session, Role.INSPECTOR, sign_in_name="amina.k")
    async with transaction(fresh_engine) as session:
        await act(session, admin, now, person_id=person.id)
        overtaken = asyncio.create_task(try_password(fresh_engine, now, PASSWORD))
        # The database is asked, since it tells nobody that a transaction waits.
        while not overtaken.done() and not await somebody_waits(fresh_engine):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert await overtaken is SignInOutcome.REFUSED
    async with transaction(fresh_engine) as session:
        assert await session.scalar(text("select count(*) from sign_ins")) == 0
