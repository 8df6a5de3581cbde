"""Desks, officers with keys and filed cases for tests."""

from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from factories import accounts
from recruitwatch.accounts import queries as accounts_queries
from recruitwatch.accounts.actions.own_keys import seal_for_sign_in
from recruitwatch.accounts.values import PersonKey, Role
from recruitwatch.actor import Actor
from recruitwatch.complaints.actions.drafting import give_code, start_draft
from recruitwatch.complaints.actions.filing import send
from recruitwatch.complaints.queries import desks, escrow
from recruitwatch.complaints.values.clocks import Calendar
from recruitwatch.complaints.values.filing import SendOutcome, Told
from recruitwatch.keys import InstallationKey, RetentionKeys, Vault
from recruitwatch.keys.boxes import KeyPair, new_pair
from recruitwatch.keys.escrow import NewEscrow, make_escrow

NOW = accounts.NOW
CALENDAR = Calendar(weekend=frozenset({5, 6}), holidays=frozenset())
TOLD = Told(
    wishes=("money_back",),
    happened=("FEE-01",),
    happened_said="They took two lakh taka for a job that is free.",
    licence="RL 123",
)


class Officer(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody at a desk, with the key pair that only tests know."""

    actor: Actor
    pair: KeyPair


class DeskMade(msgspec.Struct, frozen=True, kw_only=True):
    desk_id: UUID
    office_id: UUID | None
    officers: tuple[Officer, ...]


class Filed(msgspec.Struct, frozen=True, kw_only=True):
    """A case of the code's holder, by its id."""

    case_id: UUID
    code: str
    token: str


def vault_of(folder: Path, key: InstallationKey) -> Vault:
    return Vault(key, RetentionKeys(folder))


async def store_escrow(session: AsyncSession, now: datetime = NOW) -> NewEscrow:
    made = make_escrow()
    await escrow.insert_escrow_key(session, escrow_id=uuid4(), public_key=made.public, now=now)
    return made


async def store_officer(
    session: AsyncSession, role: Role = Role.COMPLAINTS_OFFICER, *, office_id: UUID | None = None
) -> Officer:
    """A person of the role with a key pair; in the given office or one of their own."""
    actor = await accounts.store_person(session, role)
    if office_id is not None:
        await accounts_queries.set_person(
            session, actor.id, full_name=actor.name, office_id=office_id
        )
        actor = msgspec.structs.replace(actor, office_id=office_id)
    pair = new_pair()
    await accounts_queries.insert_person_key(
        session,
        PersonKey(
            id=uuid4(),
            person_id=actor.id,
            public_key=pair.public,
            private_sealed=b"tests keep it",
            salt=b"salt",
            made_at=NOW,
        ),
    )
    return Officer(actor=actor, pair=pair)


async def desk_with_officers(
    session: AsyncSession,
    *,
    cleared: int = 1,
    uncleared: int = 0,
    takes_public: bool = True,
    oversight: bool = False,
    office_id: UUID | None = None,
    confirmed: bool = True,
) -> DeskMade:
    """A desk with so many officers, the cleared ones first. An escrow must be stored before."""
    role = Role.OVERSIGHT if oversight else Role.COMPLAINTS_OFFICER
    office = office_id or await accounts.store_office(session)
    people = [
        await store_officer(session, role, office_id=office) for _ in range(cleared + uncleared)
    ]
    desk_id = uuid4()
    first = people[0].actor.id
    await desks.insert_desk(
        session, desk_id=desk_id, office_id=None if oversight else office,
        takes_public=takes_public and not oversight, opened_by=first, now=NOW,
    )  # fmt: skip
    if confirmed:
        await desks.set_confirmed(session, desk_id, confirmed_by=uuid4(), now=NOW)
    for place, one in enumerate(people):
        await desks.set_desk_officer(
            session, desk_id=desk_id, person_id=one.actor.id, cleared=place < cleared,
            admitted_by=first, now=NOW,
        )  # fmt: skip
    return DeskMade(
        desk_id=desk_id, office_id=None if oversight else office, officers=tuple(people)
    )


async def file_case(
    session: AsyncSession, vault: Vault, *, told: Told = TOLD, now: datetime = NOW
) -> Filed:
    """A case filed as the worker's pages file it."""
    token = await start_draft(session, now, vault, language="en", told=told)
    draft = await give_code(session, now, vault, token=token)
    code = draft.draft.code or ""
    sent = await send(session, now, vault, token=token, last_digits=code[-4:], calendar=CALENDAR)
    assert sent.outcome is SendOutcome.SENT
    return Filed(case_id=draft.case_id, code=code, token=token)


async def give_sign_in_key(
    session: AsyncSession, key: InstallationKey, officer: Officer, token: str
) -> None:
    """The officer's private key under this sign-in, as signing in with the password leaves it."""
    await seal_for_sign_in(session, officer.actor.id, key, token, officer.pair.private)
