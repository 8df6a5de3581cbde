"""The invented ministry's desks for complaints: keys by signing in, the escrow, the numbers of help."""

from datetime import datetime
from uuid import UUID, uuid4

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts.actions.own_keys import unseal_for_sign_in
from recruitwatch.accounts.actions.secrets import token_hash
from recruitwatch.accounts.actions.sign_in import sign_in, sign_out
from recruitwatch.accounts.queries import find_sign_in
from recruitwatch.actor import SYSTEM, Actor
from recruitwatch.complaints.actions.holding import (
    admit_officer,
    confirm_desk,
    open_desk,
    set_help_numbers,
)
from recruitwatch.complaints.queries.escrow import insert_escrow_key
from recruitwatch.complaints.values.desks import HelpNumber
from recruitwatch.demo.casewords import HELP_NUMBERS
from recruitwatch.demo.people import Staff, password_of
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.keys import InstallationKey, Vault
from recruitwatch.keys.escrow import make_escrow


class Officer(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody at a desk, with the private key while the country is being made."""

    actor: Actor
    private_key: bytes


class Desks(msgspec.Struct, frozen=True, kw_only=True):
    """Who reads complaints, and the shares of the escrow, which are shown once."""

    cleared: Officer
    uncleared: Officer
    also_cleared: Officer
    regional: Officer
    oversight: Officer
    shares: tuple[str, ...]

    @property
    def head_office(self) -> UUID | None:
        return self.cleared.actor.office_id


async def open_desks(session: AsyncSession, now: datetime, vault: Vault, staff: Staff) -> Desks:
    """Everybody gets a key by signing in once; then the desks open, that of the head office first, so
    that new cases go there."""
    shares = await _escrow(session, now)
    first, second, third = staff.complaints
    desks = Desks(
        cleared=await _with_key(session, now, vault.installation, first, "complaints"),
        uncleared=await _with_key(session, now, vault.installation, second, "complaints2"),
        also_cleared=await _with_key(session, now, vault.installation, third, "complaints3"),
        regional=await _with_key(session, now, vault.installation, staff.regional, "regional"),
        oversight=await _with_key(session, now, vault.installation, staff.oversight, "oversight"),
        shares=shares,
    )
    head = await open_desk(session, first, now, oversight=False, takes_public=True)
    for colleague, cleared in ((second, False), (third, True)):
        await admit_officer(
            session, first, now, vault, desk_id=head, person_id=colleague.id, cleared=cleared,
            private_key=desks.cleared.private_key,
        )  # fmt: skip
    await confirm_desk(session, staff.regulator, now, desk_id=head)
    above = await open_desk(session, staff.oversight, now, oversight=True, takes_public=False)
    await confirm_desk(session, staff.regulator, now, desk_id=above)
    numbers = [
        HelpNumber(id=uuid4(), position=place, name=name, number=number, hours=hours)
        for place, (name, number, hours) in enumerate(HELP_NUMBERS)
    ]
    await set_help_numbers(session, first, now, numbers=numbers)
    return desks


async def open_regional_desk(session: AsyncSession, now: datetime, desks: Desks) -> None:
    """Some weeks later: it takes what people hide from the head office, whose officer confirms it."""
    regional = desks.regional.actor
    desk_id = await open_desk(session, regional, now, oversight=False, takes_public=True)
    await confirm_desk(session, desks.cleared.actor, now, desk_id=desk_id)


async def _escrow(session: AsyncSession, now: datetime) -> tuple[str, ...]:
    made, escrow_id = make_escrow(), uuid4()
    await insert_escrow_key(session, escrow_id=escrow_id, public_key=made.public, now=now)
    await record(session, SYSTEM, Action.ESCROW_MADE, subject=("escrow", escrow_id), now=now)
    return made.shares


async def _with_key(
    session: AsyncSession, now: datetime, key: InstallationKey, actor: Actor, sign_in_name: str
) -> Officer:
    result = await sign_in(
        session, now, key, sign_in_name=sign_in_name, password=password_of(sign_in_name)
    )
    token = result.token or ""
    signed_in = await find_sign_in(session, token_hash(token), now)
    box = signed_in.key_sealed if signed_in is not None else None
    private = unseal_for_sign_in(key, actor.id, token, box) if box is not None else None
    if private is None:
        raise RuntimeError(f"{sign_in_name} has no key after signing in")
    await sign_out(session, actor, now, token_hash=token_hash(token))
    return Officer(actor=actor, private_key=private)
