"""keys recover: two of the three shares give an officer of a desk the keys of its cases again."""

import argparse
import asyncio
import getpass
import sys
from datetime import datetime

from recruitwatch.accounts.queries import find_person
from recruitwatch.app import clock_in
from recruitwatch.cli.database import Database, database, transaction
from recruitwatch.cli.failures import CommandFailed
from recruitwatch.complaints.actions.recovering import Recovered, recover_keys
from recruitwatch.complaints.queries.desks import list_holders
from recruitwatch.complaints.values.filing import DeskHolder
from recruitwatch.db.schema import check_ready
from recruitwatch.keys import RetentionKeys, Vault, read_key
from recruitwatch.keys.escrow import NEEDED, SharesDoNotFit
from recruitwatch.settings import Settings


def add_command(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    recover = verbs.add_parser(
        "recover", help="give an officer the keys of a desk's cases from two shares"
    )
    recover.add_argument("sign_in_name", help="an officer who is at the desk and has signed in")
    recover.set_defaults(run=run_recover)


def run_recover(settings: Settings, options: argparse.Namespace) -> int:
    """Shares are typed, never arguments: those stay in the history of the shell."""
    vault = Vault(read_key(settings.keys), RetentionKeys(settings.keys))
    with database(settings) as place:
        asyncio.run(check_ready(place.app_url))
        officer = asyncio.run(_officer(place, options.sign_in_name))
        shares = [_share(number) for number in range(1, NEEDED + 1)]
        now = clock_in(settings.zone)()
        done = asyncio.run(_recover(place, officer, shares, vault, now))
    print(f"Cases given to {officer.full_name}: {done.given}.")
    if done.unopened:
        print(f"Cases that these shares do not open: {done.unopened}.", file=sys.stderr)
    return 0


async def _officer(place: Database, sign_in_name: str) -> DeskHolder:
    async with transaction(place.app_url) as session:
        person_id = await find_person(session, sign_in_name.strip().lower())
        if person_id is None:
            raise CommandFailed(f"Nobody signs in as {sign_in_name!r}.")
        for one in await list_holders(session, any_key=True):
            if one.person_id == person_id:
                return one
    raise CommandFailed(
        f"{sign_in_name} is at no desk, or has no key yet: they sign in with their own password first, "
        "and open the desk or are admitted to it."
    )


def _share(number: int) -> str:
    prompt = f"Share {number} of {NEEDED} (unseen): "
    try:
        typed = getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline()
    except EOFError:
        typed = ""
    if not typed.strip():
        raise CommandFailed("A share is missing. Nothing was changed.")
    return typed


async def _recover(
    place: Database, officer: DeskHolder, shares: list[str], vault: Vault, now: datetime
) -> Recovered:
    try:
        async with transaction(place.app_url) as session:
            return await recover_keys(
                session, now, vault, shares=shares, desk_id=officer.desk_id,
                person_id=officer.person_id,
            )  # fmt: skip
    except SharesDoNotFit as problem:
        raise CommandFailed(f"{problem} Nothing was changed.") from None
