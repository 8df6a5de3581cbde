"""An office and its officers, signed in with their keys, for tests of what officers see."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from clients import Browser
from conftest import KEY, NOW
from factories.complaints import (
    TOLD,
    DeskMade,
    Filed,
    Officer,
    desk_with_officers,
    file_case,
    give_sign_in_key,
    store_escrow,
    vault_of,
)
from recruitwatch.accounts.guards import COOKIE
from recruitwatch.complaints.values.filing import Told
from recruitwatch.keys import Vault
from recruitwatch.settings import Settings

SignIn = Callable[..., Awaitable[Browser]]


class Office:
    """A desk that takes cases of the public, and the browsers of its officers."""

    def __init__(
        self, session: AsyncSession, sign_in: SignIn, vault: Vault, desk: DeskMade
    ) -> None:
        self.session, self.sign_in, self.vault, self.desk = session, sign_in, vault, desk

    async def browser(self, officer: Officer | int = 0) -> Browser:
        """An officer signed in whose own key is open, as after signing in with the password."""
        who = self.desk.officers[officer] if isinstance(officer, int) else officer
        browser = await self.sign_in(person=who.actor)
        await give_sign_in_key(self.session, KEY, who, browser.client.cookies[COOKIE])
        await self.session.commit()
        return browser

    async def file(self, told: Told = TOLD, **changes: object) -> Filed:
        filed = await file_case(
            self.session, self.vault, told=msgspec.structs.replace(told, **changes), now=NOW
        )
        await self.session.commit()
        return filed


async def open_office(
    session: AsyncSession,
    sign_in: SignIn,
    settings: Settings,
    *,
    cleared: int = 2,
    uncleared: int = 0,
) -> Office:
    await store_escrow(session)
    desk = await desk_with_officers(session, cleared=cleared, uncleared=uncleared)
    return Office(session, sign_in, vault_of(settings.keys, KEY), desk)


def of(case_id: UUID, rest: str = "") -> str:
    """The address of a case."""
    return f"/cases/{case_id}{rest}"
