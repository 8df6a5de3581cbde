"""What administrators do: create, change, disable and reset people; offices; second-factor rules."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts import queries
from recruitwatch.accounts.actions import secrets
from recruitwatch.accounts.actions.access import let_in_again, renew_password, shut_out
from recruitwatch.accounts.actions.own_keys import destroy_key
from recruitwatch.accounts.rules import loses_key, role_faults
from recruitwatch.accounts.values import (
    LastAdministrator,
    NewPerson,
    NotYourself,
    Person,
    PersonChange,
    Role,
)
from recruitwatch.actor import Actor
from recruitwatch.errors import Conflict, Rejected
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action


async def create_person(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    new: NewPerson,
    password: str | None = None,
) -> tuple[UUID, str]:
    """The new person's id, and the first password, which is shown once and must be changed."""
    if faults := role_faults(new.roles):
        raise Rejected(faults)
    person_id, first = uuid4(), password or secrets.first_password()
    await queries.insert_person(
        session,
        person_id=person_id,
        sign_in_name=new.sign_in_name,
        full_name=new.full_name,
        office_id=new.office_id,
        roles=new.roles,
        password_hash=await secrets.hash_password(first),
        must_change_password=password is None,
        now=now,
    )
    await record(
        session, actor, Action.PERSON_CREATED, subject=("person", person_id), now=now,
        details={"new": {"sign_in_name": new.sign_in_name, "full_name": new.full_name,
                         "office_id": str(new.office_id), "roles": sorted(new.roles)}},
    )  # fmt: skip
    return person_id, first


async def change_person(
    session: AsyncSession, actor: Actor, now: datetime, *, person_id: UUID, change: PersonChange
) -> None:
    """Change name, office and roles. Nobody changes their own roles. Who leaves the office or a role
    that reads complaints loses the key, and is signed out, since open sign-ins hold it too."""
    if faults := role_faults(change.roles):
        raise Rejected(faults)
    administrators = await queries.lock_administrators(session)
    old = await queries.lock_person(session, person_id)
    if old.version != change.version:
        raise Conflict
    if person_id == actor.id and old.roles != change.roles:
        raise NotYourself
    if _loses_administrator(old, change.roles) and administrators <= 1:
        raise LastAdministrator
    await queries.set_person(
        session, person_id, full_name=change.full_name, office_id=change.office_id
    )
    await queries.set_roles(session, person_id, change.roles)
    await record(
        session, actor, Action.PERSON_CHANGED, subject=("person", person_id), now=now,
        details={
            "old": {"full_name": old.full_name, "office_id": str(old.office_id),
                    "roles": sorted(old.roles)},
            "new": {"full_name": change.full_name, "office_id": str(change.office_id),
                    "roles": sorted(change.roles)},
        },
    )  # fmt: skip
    if loses_key(old, change) and await destroy_key(session, actor, now, person_id=person_id):
        await queries.delete_sign_ins_of(session, person_id)


def _loses_administrator(person: Person, roles: frozenset[Role]) -> bool:
    active = person.disabled_at is None
    return active and Role.ADMINISTRATOR in person.roles and Role.ADMINISTRATOR not in roles


async def disable_person(
    session: AsyncSession, actor: Actor, now: datetime, *, person_id: UUID
) -> None:
    """End every sign-in of a person and refuse new ones."""
    if person_id == actor.id:
        raise NotYourself
    administrators = await queries.lock_administrators(session)
    person = await queries.lock_person(session, person_id)
    if _loses_administrator(person, frozenset()) and administrators <= 1:
        raise LastAdministrator
    await shut_out(session, actor, now, person)
    await destroy_key(session, actor, now, person_id=person_id)


async def enable_person(
    session: AsyncSession, actor: Actor, now: datetime, *, person_id: UUID
) -> None:
    person = await queries.lock_person(session, person_id)
    await let_in_again(session, actor, now, person)


async def reset_password(
    session: AsyncSession, actor: Actor, now: datetime, *, person_id: UUID
) -> str:
    """A new first password, shown once; ends every sign-in, removes the second factor and destroys
    the key, which nobody could open without the old password. Nobody
    resets their own: who finds an administrator's browser open would need no password then."""
    if person_id == actor.person_id:
        raise NotYourself
    person = await queries.lock_person(session, person_id)
    first = await renew_password(session, actor, now, person)
    await destroy_key(session, actor, now, person_id=person_id)
    return first


async def create_office(session: AsyncSession, actor: Actor, now: datetime, *, name: str) -> UUID:
    office_id = uuid4()
    await queries.insert_office(session, office_id=office_id, name=name, now=now)
    await record(
        session, actor, Action.OFFICE_CREATED, subject=("office", office_id), now=now,
        details={"new": {"name": name}},
    )  # fmt: skip
    return office_id


async def rename_office(
    session: AsyncSession, actor: Actor, now: datetime, *, office_id: UUID, name: str
) -> None:
    old = await queries.lock_office(session, office_id)
    await queries.set_office(session, office_id, name=name)
    await record(
        session, actor, Action.OFFICE_CHANGED, subject=("office", office_id), now=now,
        details={"old": {"name": old}, "new": {"name": name}},
    )  # fmt: skip


async def set_second_factor_rule(
    session: AsyncSession, actor: Actor, now: datetime, *, role: Role, required: bool
) -> None:
    """Make a role use a second factor, or stop making it."""
    before = role in await queries.list_second_factor_roles(session)
    await queries.set_second_factor_rule(session, role, required)
    await record(
        session, actor, Action.SECOND_FACTOR_RULE_SET, subject=("role", role.value), now=now,
        details={"old": {"second_factor_required": before},
                 "new": {"second_factor_required": required}},
    )  # fmt: skip
