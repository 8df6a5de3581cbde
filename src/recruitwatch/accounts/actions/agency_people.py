"""What a regulator does to the accounts of an agency's people."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts import queries
from recruitwatch.accounts.actions import secrets
from recruitwatch.accounts.actions.access import let_in_again, renew_password, shut_out
from recruitwatch.accounts.values import NewAgencyPerson, Role
from recruitwatch.actor import Actor
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
    await shut_out(session, actor, now, person)


async def enable_agency_person(
    session: AsyncSession, actor: Actor, now: datetime, *, agency_id: UUID, person_id: UUID
) -> None:
    person = await queries.lock_agency_person(session, agency_id, person_id)
    await let_in_again(session, actor, now, person)


async def reset_agency_password(
    session: AsyncSession, actor: Actor, now: datetime, *, agency_id: UUID, person_id: UUID
) -> str:
    """A new first password, shown once; ends every sign-in and removes the second factor."""
    person = await queries.lock_agency_person(session, agency_id, person_id)
    return await renew_password(session, actor, now, person)
