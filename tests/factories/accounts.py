"""People for tests."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts import queries
from recruitwatch.accounts.actions.secrets import new_token, new_totp_secret, seal_totp, token_hash
from recruitwatch.accounts.rules import sign_in_ends
from recruitwatch.accounts.values import Role
from recruitwatch.actor import Actor
from recruitwatch.history.queries import list_entries
from recruitwatch.history.values import Entry
from recruitwatch.keys import InstallationKey

NOW = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)

# argon2id of "four plain invented words", made once: hashing in each test would cost 20 ms.
PASSWORD = "four plain invented words"
PASSWORD_HASH = "$argon2id$v=19$m=19456,t=2,p=1$w7XQNyaaZtV9Lua2Z33XZw$ERvu9h9akEg9vgNc8NDznrAKnb9fI5leXU4Vw4JAfkA"


async def store_office(session: AsyncSession, name: str | None = None) -> UUID:
    office_id = uuid4()
    await queries.insert_office(
        session, office_id=office_id, name=name or f"Office {office_id.hex[:8]}", now=NOW
    )
    return office_id


async def store_person(
    session: AsyncSession, *roles: Role, sign_in_name: str | None = None, must_change: bool = False
) -> Actor:
    """A person with these roles in an office of their own."""
    person_id = uuid4()
    office_id = await store_office(session)
    name = f"Person {person_id.hex[:6]}"
    await queries.insert_person(
        session,
        person_id=person_id,
        sign_in_name=sign_in_name or f"person-{person_id.hex[:10]}",
        full_name=name,
        office_id=office_id,
        roles=roles,
        password_hash=PASSWORD_HASH,
        must_change_password=must_change,
        now=NOW,
    )
    return Actor(
        person_id=person_id,
        name=name,
        office_id=office_id,
        roles=frozenset(role.value for role in roles),
    )


async def store_agency_person(
    session: AsyncSession, agency_id: UUID, *, sign_in_name: str | None = None
) -> Actor:
    """A person of this agency, who belongs to no office."""
    person_id = uuid4()
    name = f"Agent {person_id.hex[:6]}"
    await queries.insert_person(
        session,
        person_id=person_id,
        sign_in_name=sign_in_name or f"agent-{person_id.hex[:10]}",
        full_name=name,
        office_id=None,
        agency_id=agency_id,
        roles={Role.AGENCY},
        password_hash=PASSWORD_HASH,
        must_change_password=False,
        now=NOW,
    )
    return Actor(
        person_id=person_id,
        name=name,
        office_id=None,
        roles=frozenset({Role.AGENCY.value}),
        agency_id=agency_id,
    )


async def store_sign_in(session: AsyncSession, actor: Actor) -> str:
    """A sign-in of this person; gives the token of its cookie."""
    token = new_token()
    await queries.insert_sign_in(
        session,
        token_hash=token_hash(token),
        person_id=actor.id,
        now=NOW,
        expires_at=sign_in_ends(NOW, NOW),
    )
    return token


async def store_second_factor(session: AsyncSession, actor: Actor, key: InstallationKey) -> str:
    """Give this person a second factor that is in force; gives its secret."""
    secret = new_totp_secret()
    sealed = seal_totp(key, str(actor.id), secret)
    await queries.set_totp(session, actor.id, sealed=sealed, confirmed_at=NOW)
    return secret


async def history_of(session: AsyncSession, actor: Actor) -> list[Entry]:
    """What history says about this person, newest first."""
    return await list_entries(session, subject=("person", actor.id), limit=50)
