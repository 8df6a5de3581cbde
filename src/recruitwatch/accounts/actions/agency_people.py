"""What a regulator does to the accounts of an agency's people."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts import queries
from recruitwatch.accounts.actions import secrets
from recruitwatch.accounts.values import NewAgencyPerson, Role
from recruitwatch.actor import Actor
from recruitwatch.errors import Conflict
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action


async def create_agency_person(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    new: NewAgencyPerson,
    password: str | None = None,
) -> tuple[UUID, str]:
    """The new person's id, and the first password, which is shown once and must be changed."""
    person_id, first = uuid4(), password or secrets.first_password()
    await queries.insert_person(
        session,
        person_id=person_id,
        sign_in_name=new.sign_in_name,
        full_name=new.full_name,
        office_id=None,
        agency_id=new.agency_id,
        roles={Role.AGENCY},
        password_hash=await secrets.hash_password(first),
        must_change_password=password is None,
        now=now,
    )
    await record(
        session, actor, Action.PERSON_CREATED, subject=("person", person_id), now=now,
        details={"new": {"sign_in_name": new.sign_in_name, "full_name": new.full_name,
                         "agency_id": str(new.agency_id), "roles": [Role.AGENCY.value]}},
    )  # fmt: skip
    return person_id, first


async def disable_agency_person(
    session: AsyncSession, actor: Actor, now: datetime, *, agency_id: UUID, person_id: UUID
) -> None:
    """End every sign-in of this person and refuse new ones."""
    person = await queries.lock_agency_person(session, agency_id, person_id)
    if person.disabled_at is not None:
        raise Conflict
    await queries.set_disabled(session, person_id, now)
    await queries.delete_sign_ins_of(session, person_id)
    await record(
        session, actor, Action.PERSON_DISABLED, subject=("person", person_id), now=now,
        details={"old": {"disabled": False}, "new": {"disabled": True}},
    )  # fmt: skip


async def enable_agency_person(
    session: AsyncSession, actor: Actor, now: datetime, *, agency_id: UUID, person_id: UUID
) -> None:
    person = await queries.lock_agency_person(session, agency_id, person_id)
    if person.disabled_at is None:
        raise Conflict
    await queries.set_disabled(session, person_id, None)
    await record(
        session, actor, Action.PERSON_ENABLED, subject=("person", person_id), now=now,
        details={"old": {"disabled": True}, "new": {"disabled": False}},
    )  # fmt: skip


async def reset_agency_password(
    session: AsyncSession, actor: Actor, now: datetime, *, agency_id: UUID, person_id: UUID
) -> str:
    """A new first password, shown once; ends every sign-in and removes the second factor."""
    person = await queries.lock_agency_person(session, agency_id, person_id)
    first = secrets.first_password()
    await queries.set_password(
        session, person_id, password_hash=await secrets.hash_password(first), must_change=True
    )
    if person.has_second_factor:
        await queries.set_totp(session, person_id, sealed=None, confirmed_at=None)
    await queries.delete_sign_ins_of(session, person_id)
    await record(
        session, actor, Action.PASSWORD_RESET, subject=("person", person_id), now=now,
        details={"second_factor_removed": person.has_second_factor},
    )  # fmt: skip
    return first
