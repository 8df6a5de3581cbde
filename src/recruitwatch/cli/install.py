"""init, migrate and reset-password: a new installation, this version, and the way back in."""

import argparse
import asyncio
import getpass
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.accounts import queries as accounts
from recruitwatch.accounts.actions.people import create_office, create_person, reset_password
from recruitwatch.accounts.rules import password_faults
from recruitwatch.accounts.values import NewPerson, Role
from recruitwatch.actor import SYSTEM
from recruitwatch.agencies.actions import read_unread
from recruitwatch.audits.actions.keeping import keep_due_results
from recruitwatch.checklists.actions import load_library
from recruitwatch.cli.database import Database, database, sessions, tell, transaction
from recruitwatch.cli.failures import CommandFailed
from recruitwatch.cli.keys import make_ahead
from recruitwatch.db.schema import check_ready, migrate, role_of
from recruitwatch.history.queries import record
from recruitwatch.history.values import Action
from recruitwatch.keys import make_key, read_key
from recruitwatch.settings import Settings
from recruitwatch.web.saying import say


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    init = commands.add_parser("init", help="set up a new installation and its first administrator")
    init.add_argument("--office", default="Head office", help="name of the first office")
    init.add_argument("--name", default="Administrator", help="full name of the administrator")
    init.add_argument("--sign-in-name", default="administrator")
    init.add_argument(
        "--ask-password", action="store_true", help="type a password instead of getting one"
    )
    init.set_defaults(run=run_init)
    change = commands.add_parser(
        "migrate", help="bring the database to this version; may be repeated"
    )
    change.set_defaults(run=run_migrate)
    reset = commands.add_parser(
        "reset-password", help="a new first password for a person locked out"
    )
    reset.add_argument("sign_in_name")
    reset.set_defaults(run=run_reset_password)


def run_init(settings: Settings, options: argparse.Namespace) -> int:
    make_key(settings.keys)
    with database(settings) as place:
        bring_up_to_date(place)
        make_ahead(settings, place)
        password = _typed_password(options.sign_in_name) if options.ask_password else None
        print(f"The keys are in {settings.keys}. Back them up apart from the database.")
        asyncio.run(_first_administrator(place, options, password))
    return 0


def run_migrate(settings: Settings, _options: argparse.Namespace) -> int:
    read_key(settings.keys)
    with database(settings) as place:
        bring_up_to_date(place)
        make_ahead(settings, place)
    return 0


def run_reset_password(settings: Settings, options: argparse.Namespace) -> int:
    """For a last administrator who lost the password: whoever runs this machine can let them in again."""
    read_key(settings.keys)
    with database(settings) as place:
        asyncio.run(check_ready(place.app_url))
        asyncio.run(_reset_password(place, options.sign_in_name))
    return 0


async def _reset_password(place: Database, sign_in_name: str) -> None:
    async with transaction(place.app_url) as session:
        person_id = await accounts.find_person(session, sign_in_name.strip().lower())
        if person_id is None:
            raise CommandFailed(f"Nobody signs in as {sign_in_name!r}.")
        now = datetime.now(UTC)
        first = await reset_password(session, SYSTEM, now, person_id=person_id)
        print(f"First password (shown once, must be changed): {first}", flush=True)


def bring_up_to_date(place: Database) -> None:
    """Migrate, give the application's role its rights, load checklists, keep the results of audits that were
    approved before results were kept, and read agencies anew where the word tables changed. Repeating changes
    nothing."""
    before, after = asyncio.run(migrate(place.owner(), role_of(place.app_url)))
    if before != after:
        tell(f"Database schema: {before or 'none'} to {after}.")
    asyncio.run(check_ready(place.app_url))
    loaded = asyncio.run(_load_checklists(place))
    if loaded:
        tell(f"Checklists loaded: {loaded}.")
    kept = asyncio.run(_by_batches(place, keep_due_results))
    if kept:
        tell(f"Audits whose results are kept now: {kept}.")
    read = asyncio.run(_by_batches(place, read_unread))
    if read:
        tell(f"Agencies read for the matcher: {read}.")


async def _by_batches(place: Database, step: Callable[[AsyncSession], Awaitable[int]]) -> int:
    """Each batch in its own transaction: stopped and begun again, it goes on where it was."""
    done = 0
    async with sessions(place.app_url) as open_session:
        while True:
            async with open_session() as session, session.begin():
                more = await step(session)
            if not more:
                return done
            done += more


async def _load_checklists(place: Database) -> int:
    async with transaction(place.app_url) as session:
        report = await load_library(session, SYSTEM, datetime.now(UTC))
        return len(report.loaded)


async def _first_administrator(
    place: Database, options: argparse.Namespace, password: str | None
) -> None:
    """Make the first administrator unless there is one. The password is shown before it is kept:
    if it cannot be shown, nobody would know it, and init can be repeated."""
    now = datetime.now(UTC)
    async with transaction(place.app_url) as session:
        if await accounts.lock_administrators(session):
            print("There is an administrator already: nothing else was changed.")
            return
        office_id = await create_office(session, SYSTEM, now, name=options.office)
        new = NewPerson(
            sign_in_name=options.sign_in_name.lower(),
            full_name=options.name,
            office_id=office_id,
            roles=frozenset({Role.ADMINISTRATOR}),
        )
        _, first = await create_person(session, SYSTEM, now, new=new, password=password)
        await record(session, SYSTEM, Action.INSTALLED, subject=("office", office_id), now=now)
        print(f"Sign in as: {new.sign_in_name}")
        if password is None:
            print(f"First password (shown once, must be changed): {first}")
        sys.stdout.flush()


def _typed_password(sign_in_name: str) -> str:
    password = _typed("Password: ")
    if faults := password_faults(password, sign_in_name):
        raise CommandFailed(" ".join(say(fault) for fault in faults))
    if _typed("Again: ") != password:
        raise CommandFailed("The two passwords differ.")
    return password


def _typed(prompt: str) -> str:
    try:
        return getpass.getpass(prompt)
    except EOFError:
        raise CommandFailed("A password cannot be typed here: use a terminal.") from None
